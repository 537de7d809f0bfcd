"""The proof that a schedule is the best one, or a better one, where the whole problem fits into a model."""

from __future__ import annotations

from plantwright.errors import RunError
from plantwright.optimise.schedule.budget import Budget
from plantwright.optimise.schedule.goals import better, with_bounds
from plantwright.optimise.schedule.proof.prove import prove
from plantwright.optimise.schedule.proof.size import rows
from plantwright.optimise.schedule.shops import kind_of
from plantwright.problems.schedule import Limit, Schedule, ScheduleProblem

LARGEST = 20_000
"""Rows of a model that is worth solving in what is left of a search. [-]"""

LARGEST_SHOP = 700
"""Rows of the model of a shop with a search of its own, which finds more in the time than the solver. [-]"""

LEAST_S = 0.1
"""Less time than this is not worth a model. [s]"""

WORK = 10
"""Trials for which a thousandth of the solver's deterministic seconds is spent. [-]"""


def is_provable(problem: ScheduleProblem) -> bool:
    """Whether a model is worth what is left of a search."""
    return rows(problem) <= (LARGEST if kind_of(problem) is None else LARGEST_SHOP)


def proved(problem: ScheduleProblem, budget: Budget, best: Schedule, threads: int, seed: int) -> Schedule:
    """The schedule at hand with better bounds, or a better one."""
    limit = _limit(budget)
    if limit is None or not is_provable(problem):
        return best
    try:
        found = prove(problem, limit, start=best if best.complete else None, workers=threads, seed=seed)
    except RunError:  # the solver is an extra
        return best
    if found is None:
        return best
    return with_bounds(problem, better(best, found), found.bounds)


def _limit(budget: Budget) -> Limit | None:
    """What the solver may use."""
    left = budget.left()
    if left.seconds is not None and left.seconds < LEAST_S:
        return None
    return Limit(None if left.work is None else max(1, left.work // WORK), left.seconds)
