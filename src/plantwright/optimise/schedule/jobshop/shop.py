"""What a job shop is, when a scheduling problem is one, and below what its makespan cannot go."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from plantwright.jit import by_pointer
from plantwright.problems.schedule import NEVER, NONE, Ints, ScheduleProblem


@by_pointer
class JobShop(NamedTuple):
    """Chains of operations on machines that do one thing at a time; of several modes one is taken.

    Axes: N operations, K modes, M machines, J jobs. Operation N is none: it ends at 0 and takes no time.

    Attributes
    ----------
    before, after
        The operation before and after in the job; N for none. (N + 1,) int64
    lag
        It begins at least so long after the operation before, or after 0. (N + 1,) int64 [tick]
    first_mode
        Modes of an operation are those from its own to that of the next. (N + 1,) int64
    machine, time
        Of each mode. (K,) int64, int64 [tick]
    number
        Its number among the modes of the problem. (K,) int64
    rest
        The least time from its start to the end of its job. (N + 1,) int64 [tick]
    first
        First operation of each job. (J,) int64
    room
        How many operations each machine could do. (M,) int64
    """

    before: Ints
    after: Ints
    lag: Ints
    first_mode: Ints
    machine: Ints
    time: Ints
    number: Ints
    rest: Ints
    first: Ints
    room: Ints


def as_job_shop(problem: ScheduleProblem) -> JobShop | None:
    """The problem as a job shop where it is nothing else, for makespan alone; releases and least lags are allowed."""
    if not _is_plain(problem):
        return None
    job, arcs = problem.operations.job, problem.arcs
    N = len(job)
    linked = np.full(N, NONE, np.int64)
    within = (job[1:] == job[:-1]).nonzero()[0] + 1
    chain = (arcs.after == arcs.before + 1) & (job[arcs.before] == job[arcs.after])
    linked[arcs.after[chain]] = arcs.least[chain]
    if not chain.all() or len(arcs.after) != len(within) or (linked[within] < 0).any():
        return None
    is_first = np.ones(N, bool)
    is_first[within] = False
    return _shop(problem, np.where(is_first, problem.jobs.release[job], linked), is_first)


def _is_plain(problem: ScheduleProblem) -> bool:
    """No setups, calendars, people, batches, routes, deadlines, nothing fixed, and the end of the last is sought."""
    jobs, operations, modes, machines = problem.jobs, problem.operations, problem.modes, problem.machines
    goal = problem.goals[0]
    weights = {name: weight for name, weight in zip(goal.measures, goal.weights) if weight > 0}
    return bool(
        len(problem.goals) == 1
        and set(weights) == {"makespan"}
        and weights["makespan"] == 1
        and len(operations.job)
        and (jobs.routes == 1).all()
        and (jobs.deadline >= NEVER).all()
        and not operations.blocks.any()
        and (operations.fixed_mode == NONE).all()
        and (operations.fixed_start == NONE).all()
        and (modes.machine != NONE).all()
        and (modes.calendar == NONE).all()
        and (modes.needs == 0).all()
        and (machines.room == 1).all()
        and (machines.free == 0).all()
        and (machines.setup == NONE).all()
        and (problem.arcs.most == NONE).all()
        and not problem.arcs.from_start.any()
    )


def _shop(problem: ScheduleProblem, lag: Ints, is_first: np.ndarray) -> JobShop:
    """Of modes on the same machine only the quickest is kept."""
    operations, modes = problem.operations, problem.modes
    N = len(lag)
    owner = np.repeat(np.arange(N), operations.modes)
    rows = np.repeat(operations.first_mode, operations.modes) + _within(operations.modes)
    order = np.lexsort((rows, modes.time[rows], modes.machine[rows], owner))
    rows, owner = rows[order], owner[order]
    machine = modes.machine[rows]
    kept = np.append(True, (machine[1:] != machine[:-1]) | (owner[1:] != owner[:-1]))
    rows, owner, machine = rows[kept], owner[kept], machine[kept]
    time = modes.time[rows]
    first_mode = np.searchsorted(owner, np.arange(N + 1)).astype(np.int64)
    numbers = np.arange(N, dtype=np.int64)
    is_last = np.append(is_first[1:], True)
    return JobShop(
        before=np.append(np.where(is_first, N, numbers - 1), N),
        after=np.append(np.where(is_last, N, numbers + 1), N),
        lag=np.append(lag, 0),
        first_mode=first_mode,
        machine=machine.copy(),
        time=time.copy(),
        number=rows.copy(),
        rest=_rest(np.minimum.reduceat(time, first_mode[:-1]), lag, is_last),
        first=np.flatnonzero(is_first),
        room=np.bincount(machine, minlength=len(problem.machines.room)).astype(np.int64),
    )


def _within(counts: Ints) -> Ints:
    """0, 1, ... for each count anew."""
    ends = np.cumsum(counts)
    return np.arange(ends[-1]) - np.repeat(ends - counts, counts)


def _rest(least: Ints, lag: Ints, is_last: np.ndarray) -> Ints:
    rest = np.zeros(len(least) + 1, np.int64)
    for each in range(len(least) - 1, -1, -1):
        rest[each] = least[each] + (0 if is_last[each] else lag[each + 1] + rest[each + 1])
    return rest


def lower_bound(shop: JobShop) -> int:
    """What no makespan goes below: the longest job, and of each machine what nobody else can do. [tick]

    The work of a machine stands between the least time before and the least time after it; work that has a choice is
    spread over all machines as if it could be cut.
    """
    N = len(shop.lag) - 1
    choices = np.diff(shop.first_mode)
    least = np.minimum.reduceat(shop.time, shop.first_mode[:-1])
    total = shop.lag[shop.first] + shop.rest[shop.first]
    starts = np.append(shop.first, N)
    head = np.repeat(total, np.diff(starts)) - shop.rest[:N]
    bound = max(int(total.max()), -(-int(least.sum()) // len(shop.room)))
    alone = choices == 1
    place = shop.machine[shop.first_mode[:-1]]
    for machine in range(len(shop.room)):
        here = np.flatnonzero(alone & (place == machine))
        if len(here):
            tail = shop.rest[here] - least[here]
            bound = max(bound, _preemptive(head[here], least[here], tail))
    return bound


def _preemptive(head: Ints, time: Ints, tail: Ints) -> int:
    """Makespan of one machine that may interrupt work: always the longest tail first (Jackson 1955). [tick]"""
    import heapq

    waiting: list[list[int]] = []
    clock, best = 0, 0
    order = np.argsort(head, kind="stable").tolist()
    index = 0
    while index < len(order) or waiting:
        if not waiting:
            clock = max(clock, int(head[order[index]]))
        while index < len(order) and head[order[index]] <= clock:
            heapq.heappush(waiting, [-int(tail[order[index]]), int(time[order[index]])])
            index += 1
        until = int(head[order[index]]) if index < len(order) else None
        worked = waiting[0][1] if until is None else min(waiting[0][1], until - clock)
        clock += worked
        waiting[0][1] -= worked
        if waiting[0][1] == 0:
            best = max(best, clock - heapq.heappop(waiting)[0])
    return best
