"""The questions: one file, one public function each."""

SUPPLY: tuple[str, ...] = ("platform", "materials", "sourcing", "risk", "siting", "screening")
"""Nouns of the questions about supply, in the order of the report. The module of each has ``has_data(plant)``, whether
the document says what it needs, and ``briefly(plant, asked)``, the answer as part of ``run``."""

WORK: tuple[str, ...] = ("schedule", "balance")
"""Nouns of the questions about work on the floor, in the order of the report; their modules are like those of
``SUPPLY``."""

QUESTIONS = ("capacity", "bottleneck", "compare", "simulate", *SUPPLY, *WORK)
"""Nouns that are asked on their own: in Python, on the command line, in the docs and in the tests. ``run`` asks all."""
