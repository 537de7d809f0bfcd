"""The questions: one file, one public function each."""

QUESTIONS = ("capacity", "bottleneck", "compare", "simulate")
"""Nouns that are asked on their own: in Python, on the command line, in the docs and in the tests. ``run`` asks all."""
