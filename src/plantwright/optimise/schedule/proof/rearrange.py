"""Part of a schedule arranged anew, the rest kept where it is or in the order it is in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from plantwright.optimise.schedule.proof.model import Model
from plantwright.optimise.schedule.proof.order import order
from plantwright.optimise.schedule.proof.prove import in_ticks, schedule as told
from plantwright.optimise.schedule.proof.scale import divided, divisor
from plantwright.optimise.schedule.proof.search import Effort, search
from plantwright.problems.schedule import NEVER, NONE, Limit, Schedule, ScheduleProblem

Keep = Literal["order", "start"]
"""What is kept of operations that are not free: mode and order on their machines, or mode and start."""

LATER = 10
"""A neighbour may end later than the schedule by one part of so many. [-]"""


def neighbourhood(
    problem: ScheduleProblem,
    schedule: Schedule,
    free: Iterable[int],
    limit: Limit,
    *,
    keep: Keep = "order",
    workers: int = 1,
    seed: int = 0,
) -> Schedule | None:
    """The best schedule that differs from one at hand in some operations only, and no worse; None where none is found.

    Operations that are not ``free`` keep their modes and, among themselves, their order on each machine (their starts
    move as they must); or modes and starts. The schedule at hand keeps every deadline and longest wait.

    Raises
    ------
    RunError
        OR-Tools is not installed.

    References
    ----------
    D. Godard, P. Laborie and W. Nuijten (2005), "Randomized large neighborhood search for cumulative scheduling",
    ICAPS, 81-89.
    """
    tick, is_free = divisor(problem), set(free)
    small, hint = divided(problem, tick), in_ticks(schedule, tick)
    kept = _kept(small, hint, is_free, keep)
    known = order(small, hint, is_free, keeps_times=keep == "start")
    model = Model(kept, _latest(small, hint), tick, hint, order=known)
    for operation, mode in enumerate(schedule.mode.tolist()):
        if mode == NONE and operation not in is_free:
            model.variables.model.add(model.variables.present[operation] == 0)
    found = told(search(model, Effort(limit, workers, seed, is_brief=True), schedule.values), tick)
    if found is None or found.values > schedule.values:
        return None
    # What is best among the neighbours says nothing about all others.
    is_same = [found.values[:level] == schedule.values[:level] for level in range(len(found.values))]
    bounds = tuple(bound if same else 0 for bound, same in zip(schedule.bounds, is_same))
    return replace(found, bounds=bounds, proven=bounds == found.values)


def _kept(problem: ScheduleProblem, schedule: Schedule, free: set[int], keep: Keep) -> ScheduleProblem:
    """The problem in which everything that is not free is fixed in its mode, and if asked at its start."""
    mode, start = problem.operations.fixed_mode.copy(), problem.operations.fixed_start.copy()
    for operation, now in enumerate(schedule.mode.tolist()):
        if operation not in free and now != NONE:
            mode[operation] = now
            start[operation] = schedule.start[operation] if keep == "start" else start[operation]
    return replace(problem, operations=replace(problem.operations, fixed_mode=mode, fixed_start=start))


def _latest(problem: ScheduleProblem, schedule: Schedule) -> int:
    """When a neighbour is over: no later than now where that comes first, else a little later, or when it is due."""
    now = int(schedule.end.max(initial=0))
    if problem.goals[0].measures == ("makespan",):
        return now
    due = problem.jobs.due[problem.jobs.due != NEVER]
    waits = any(measure == "earliness" for goal in problem.goals for measure in goal.measures)
    return max(now + now // LATER, int(due.max(initial=0)) if waits else 0)
