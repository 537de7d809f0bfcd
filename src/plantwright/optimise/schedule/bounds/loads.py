"""Machines, groups of machines and pools, and the work that only they can do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush, heappushpop

from plantwright.optimise.schedule.bounds.hours import Hours
from plantwright.optimise.schedule.bounds.paths import Paths
from plantwright.problems.schedule import NONE

GROUPS = 200
"""Groups of machines that are looked at, those with the most work first."""


@dataclass(frozen=True, slots=True)
class Load:
    """What a group of machines has to do.

    Attributes
    ----------
    machines
        The group.
    operations
        Done surely, and only there.
    width
        Operations at a time: machines times their room. [pieces]
    has_room
        There are batches.
    time
        Least working time times pieces, by operation. [tick pieces]
    hours
        The calendar that all share; without one, always.
    """

    machines: frozenset[int]
    operations: list[int]
    width: int
    has_room: bool
    time: dict[int, int]
    hours: Hours


def loads(paths: Paths) -> list[Load]:
    """Of each set of machines that are all the modes of some operation."""
    machine, room = paths.problem.modes.machine.tolist(), paths.problem.machines.room.tolist()
    on: dict[frozenset[int], list[int]] = {}
    for operation, modes in enumerate(paths.modes):
        group = frozenset(machine[mode] for mode in modes)
        if paths.is_sure[operation] and NONE not in group:
            on.setdefault(group, []).append(operation)
    largest = sorted(on, key=lambda group: (-len(on[group]), sorted(group)))[:GROUPS]
    found = []
    for group in largest:
        inside = [operation for other in on if other <= group for operation in on[other]]
        width, pieces = sum(room[index] for index in group), paths.problem.operations.pieces.tolist()
        has_room = any(room[index] > 1 for index in group)
        time = {i: paths.least[i] * (pieces[i] if has_room and len(group) == 1 else 1) for i in inside}
        found.append(Load(group, sorted(inside), width, has_room, time, _hours(paths, inside)))
    return found


def _hours(paths: Paths, operations: list[int]) -> Hours:
    calendars = {int(paths.problem.modes.calendar[mode]) for operation in operations for mode in paths.modes[operation]}
    return paths.hours[calendars.pop() if len(calendars) == 1 else NONE]


def last_end(paths: Paths, load: Load) -> int:
    """No schedule is over before the work of these machines is. [tick]

    The largest of three bounds over the sets of work that begins at or after some time: by the clock with the smallest
    heads and tails, by the calendar, and for one machine the preemptive schedule by largest tail.

    References
    ----------
    J. Carlier (1987), "Scheduling jobs with release dates and tails on identical machines", European Journal of
    Operational Research 29(3), doi 10.1016/0377-2217(87)90243-8, theorem 1.
    """
    rows = sorted(((paths.head[i], load.time[i], paths.tail[i]) for i in load.operations), reverse=True)
    best = _by_sets(rows, load)
    if load.width == 1:
        best = max(best, preemptive(rows))
    return best


def _by_sets(rows: list[tuple[int, int, int]], load: Load) -> int:
    r""":math:`(\sum_m r + \sum p + \sum_m q) / m` with the m smallest heads and tails of each set."""
    best = work = heads = tails = 0
    latest: list[int] = []
    least: list[int] = []
    for head, time, tail in rows:
        work += time
        latest.append(head)
        heads += head - (latest[-1 - load.width] if len(latest) > load.width else 0)
        if len(least) < load.width:
            heappush(least, -tail)
            tails += tail
        else:
            tails += tail + heappushpop(least, -tail)
        if len(latest) >= load.width and not load.has_room:
            best = max(best, -(-(heads + work + tails) // load.width))
        over = load.hours.over(load.hours.worked(head) + -(-work // load.width))
        best = max(best, over + min(-tail for tail in least))
    return best


def preemptive(rows: list[tuple[int, int, int]]) -> int:
    """End of the preemptive schedule of one machine: always the work with the longest tail that is there. [tick]

    References
    ----------
    J. Carlier (1982), "The one-machine sequencing problem", European Journal of Operational Research 11(1), doi
    10.1016/S0377-2217(82)80007-6, section 2.
    """
    coming = sorted(rows)
    waiting: list[tuple[int, int]] = []
    best = now = index = 0
    while index < len(coming) or waiting:
        if not waiting:
            now = max(now, coming[index][0])
        while index < len(coming) and coming[index][0] <= now:
            heappush(waiting, (-coming[index][2], coming[index][1]))
            index += 1
        tail, time = heappop(waiting)
        until = now + time
        if index < len(coming):
            until = min(until, coming[index][0])
        if until - now < time:
            heappush(waiting, (tail, time - (until - now)))
        else:
            best = max(best, until - tail)
        now = until
    return best


def pool_ends(paths: Paths) -> Iterator[int]:
    """No schedule is over before each pool has done its work. [tick]"""
    pools = paths.problem.pools
    work: dict[int, list[tuple[int, int, int]]] = {}
    for operation, is_sure in enumerate(paths.is_sure):
        for pool, held in _held(paths, operation).items() if is_sure else ():
            work.setdefault(pool, []).append((paths.head[operation], held, paths.tail[operation]))
    for pool, rows in work.items():
        here = slice(int(pools.first_level[pool]), int(pools.first_level[pool]) + int(pools.levels[pool]))
        levels = list(zip(pools.level_from[here].tolist(), pools.level[here].tolist()))
        yield from _pool_ends(sorted(rows, reverse=True), levels)


def _held(paths: Paths, operation: int) -> dict[int, int]:
    """The least that an operation holds of each pool in any of its modes, times how long."""
    modes, needs = paths.problem.modes, paths.problem.needs
    least: dict[int, int] | None = None
    for mode in paths.modes[operation]:
        here = slice(int(modes.first_need[mode]), int(modes.first_need[mode]) + int(modes.needs[mode]))
        held: dict[int, int] = {}
        for pool, amount in zip(needs.pool[here].tolist(), needs.amount[here].tolist()):
            held[pool] = held.get(pool, 0) + amount * int(modes.time[mode])
        least = held if least is None else {pool: min(least[pool], held[pool]) for pool in held if pool in least}
    return least or {}


def _pool_ends(rows: list[tuple[int, int, int]], levels: list[tuple[int, int]]) -> Iterator[int]:
    """Energy of the work that begins at or after each time, against the levels from then on; a few sets are enough."""
    work, tail = 0, rows[0][2]
    step = max(1, len(rows) // 16)
    for index, (head, held, this) in enumerate(rows, 1):
        work, tail = work + held, min(tail, this)
        if index % step == 0 or index == len(rows):
            over = _over(levels, head, work)
            if over is not None:
                yield over + tail


def _over(levels: list[tuple[int, int]], begin: int, work: int) -> int | None:
    """When a pool that begins at a time has done so much; None if never. [tick]"""
    ends: list[int | None] = [*(start for start, _ in levels[1:]), None]
    for (start, level), end in zip(levels, ends):
        here = max(begin, start)
        if end is not None and end <= here:
            continue
        if level and (end is None or work <= level * (end - here)):
            return here - (-work // level)
        work -= level * ((end or here) - here)
    return None
