"""A schedule within a second, then better with time: starts, walks or a search made for the kind of shop, and a proof.

References
----------
M. L. Pinedo (2022), "Scheduling: theory, algorithms, and systems", 6th edition, Springer, doi
10.1007/978-3-031-05921-6.
"""

from __future__ import annotations

import os
from dataclasses import replace

from plantwright.optimise.schedule.bounds import lower
from plantwright.optimise.schedule.budget import Budget, Told
from plantwright.optimise.schedule.decode import Decision
from plantwright.optimise.schedule.floor.layout import lay
from plantwright.optimise.schedule.goals import better, with_bounds
from plantwright.optimise.schedule.prover import is_provable, proved
from plantwright.optimise.schedule.search import Search
from plantwright.optimise.schedule.shops import by_shop, kind_of
from plantwright.optimise.schedule.start import Start, starts
from plantwright.optimise.schedule.warm import warm
from plantwright.problems.schedule import Limit, Schedule, ScheduleProblem

DEFAULT = Limit()
"""No limit told: as many trials as take some seconds."""

SEARCH = 0.7
"""Share of the limit after which what is left goes to the proof, where one is within reach. [-]"""


SEARCH_SHOP = 0.05
"""The same for small shops with a search of their own, which finds in no time what takes long to prove. [-]"""


def solve(
    problem: ScheduleProblem,
    limit: Limit = DEFAULT,
    *,
    workers: int | None = None,
    told: Told | None = None,
    start: Decision | Schedule | None = None,
    seed: int = 1,
) -> Schedule:
    """The best schedule found, with a bound; incomplete where deadlines or longest waits cannot all be kept.

    Parameters
    ----------
    limit
        How long to search. Work is trials of each of two walks: the same answer twice. Without a limit it is work for
        some seconds.
    workers
        Threads, at most as many as there are processors; the answer of a work limit does not depend on their number.
    told
        Told of progress: the share done, the value of the first goal, its bound.
    start
        A schedule, or a decision, to begin with, besides the dispatching rules and the reference.
    """
    warm()
    threads = min(workers or 2, os.cpu_count() or 1)
    budget = Budget(problem, limit, told)
    first = _begun(problem, budget, start)
    best = first[0].schedule
    for each in first[1:]:
        best = better(best, each.schedule)
    best = with_bounds(problem, best, lower(problem))
    budget.hear(best)
    if not best.proven:
        until = _until(problem)
        found = by_shop(problem, budget, best, until, threads, seed)
        if found is None:
            found = _walked(problem, budget, first, best, until, threads, seed)
        best = with_bounds(problem, better(best, found), found.bounds)
        budget.hear(best)
    if not best.proven:
        best = proved(problem, budget, best, threads, seed)
    budget.hear(best, share=1.0)
    return replace(best, history=tuple(budget.history))


def _until(problem: ScheduleProblem) -> float:
    """Share of the limit that is spent on search. [-]"""
    if not is_provable(problem):
        return 1.0
    return SEARCH if kind_of(problem) is None else SEARCH_SHOP


def _begun(problem: ScheduleProblem, budget: Budget, start: Decision | Schedule | None) -> list[Start]:
    """Starts, as many as there is time for; the first in any case."""
    found = []
    for each in starts(problem, start):
        found.append(each)
        budget.hear(each.schedule)
        if budget.share > SEARCH / 2:
            break
    return found


def _walked(
    problem: ScheduleProblem, budget: Budget, first: list[Start], best: Schedule, until: float, threads: int, seed: int
) -> Schedule:
    """The best that walks from the best starts find."""
    ranked = sorted(first, key=lambda each: (not each.schedule.complete, each.schedule.values))
    floor = lay(problem)
    search = Search(floor, [each.plan(floor) for each in ranked[:2]], seed, threads)
    bounds = best.bounds
    for trials in budget.rounds(until):
        search.step(trials, min(1.0, budget.share / until))
        search.gather()
        budget.note(search.value)
        budget.tell(search.value, bounds[0])
        if search.is_best(bounds):
            break
    return with_bounds(problem, replace(search.schedule(), bounds=bounds))
