"""From a scheduling problem to its job shop, and from what the search finds back to a schedule of the problem."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from plantwright.optimise.schedule.jobshop.search import TURNS_OF_WORK, Search
from plantwright.optimise.schedule.jobshop.shop import JobShop, as_job_shop, lower_bound
from plantwright.problems.schedule import NONE, Ints, Limit, Schedule, ScheduleProblem


def improve(
    problem: ScheduleProblem,
    limit: Limit,
    seed: int = 0,
    workers: int = 1,
    *,
    start: Schedule | None = None,
    told: Callable[[Schedule], None] | None = None,
    bound: int = 0,
) -> Schedule | None:
    """The best schedule found of a job shop; None where the problem is more than that.

    Parameters
    ----------
    problem
        What is to be scheduled.
    limit
        Work in thousands of turns, or seconds.
    seed, workers
        The same seed and work give the same schedule, whoever does it.
    start
        A schedule to begin from; else one is dispatched.
    told
        Is given every schedule that is better than those before, from whichever thread finds it.
    bound
        A makespan that no schedule goes below, where one is known. [tick]
    """
    shop = as_job_shop(problem)
    if shop is None:
        return None
    bound = max(bound, lower_bound(shop))
    began, history = time.monotonic(), list[tuple[float, int]]()

    def heard(makespan: int, turns: int, mode: Ints, order: Ints) -> None:
        after = time.monotonic() - began if limit.work is None else turns / TURNS_OF_WORK
        history.append((after, makespan))
        if told is not None:
            told(_schedule(shop, mode, order, bound, tuple(history)))

    search = Search(shop, seed, workers, bound, heard)
    found = search.run(limit, None if start is None else _begun(shop, start))
    return _schedule(shop, found.mode, found.order, bound, tuple(history))


def _begun(shop: JobShop, start: Schedule) -> tuple[Ints, Ints]:
    """Modes in the shop's numbering, and an order, of a schedule; a mode that was dropped becomes the quicker one."""
    N = len(start.start)
    order = np.lexsort((np.arange(N), start.end, start.start)).astype(np.int64)
    position = np.full(int(max(shop.number.max(), start.mode.max())) + 1, NONE, np.int64)
    position[shop.number] = np.arange(len(shop.number))
    mode = position[start.mode]
    return np.where(mode == NONE, shop.first_mode[:-1], mode), order


def _schedule(shop: JobShop, mode: Ints, order: Ints, bound: int, history: tuple[tuple[float, int], ...]) -> Schedule:
    """Every operation as early as its job and its machine allow, in the numbering of the problem."""
    N = len(order)
    start, end = np.zeros(N, np.int64), np.zeros(N + 1, np.int64)
    free = np.zeros(len(shop.room), np.int64)
    machine, time_ = shop.machine[mode], shop.time[mode]
    for each in order:
        start[each] = max(end[shop.before[each]] + shop.lag[each], free[machine[each]])
        end[each] = free[machine[each]] = start[each] + time_[each]
    makespan = int(end.max())
    return Schedule(
        start=start,
        end=end[:-1].copy(),
        mode=shop.number[mode],
        setup=np.full(N, NONE, np.int64),
        values=(makespan,),
        bounds=(min(bound, makespan),),
        proven=makespan <= bound,
        history=history,
    )
