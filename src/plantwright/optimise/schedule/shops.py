"""Shops of a kind for which there is a search of its own."""

from __future__ import annotations

from plantwright.optimise.schedule.budget import Budget
from plantwright.problems.schedule import Schedule, ScheduleProblem


def by_shop(problem: ScheduleProblem, budget: Budget, best: Schedule, threads: int, seed: int) -> Schedule | None:
    """The best that the search for this kind of shop finds; None where there is none for it."""
    return None
