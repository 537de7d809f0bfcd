"""The questions: one file, one public function each."""

SUPPLY: tuple[str, ...] = ("platform", "materials", "sourcing", "risk", "siting", "screening")
"""Nouns of the questions about supply, in the order of the report. The module of each has ``has_data(plant)``, whether
the document says what it needs, and ``briefly(plant, asked)``, the answer as part of ``run``."""

QUESTIONS = ("capacity", "bottleneck", "compare", "simulate", *SUPPLY)
"""Nouns that are asked on their own: in Python, on the command line, in the docs and in the tests. ``run`` asks all."""
