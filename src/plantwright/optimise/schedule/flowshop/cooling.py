"""Hybrid flow shops in full: who runs on which machine in which order at each stage, changed by simulated annealing.

While one stage is changed all others stand. Every path through the shop passes the stage once, so that with the ends
of the stage before as heads and the ways behind it as tails the makespan of the whole is that of the one stage: a
change of two machines is judged exactly by their own jobs alone.

References
----------
S. Kirkpatrick, C. D. Gelatt, M. P. Vecchi (1983), "Optimization by simulated annealing", Science 220(4598), 671-680,
doi 10.1126/science.220.4598.671.
J. Carlier (1987), "Scheduling jobs with release dates and tails on identical machines to minimize the makespan",
European Journal of Operational Research 29(3), 298-306, doi 10.1016/0377-2217(87)90243-8.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from plantwright.jit import by_pointer, entry, kernel
from plantwright.optimise.schedule.flowshop.chance import State, below, share
from plantwright.optimise.schedule.flowshop.shop import FlowShop
from plantwright.problems.schedule import Ints

NOBODY = -1
CURRENT, BEST = range(2)
"""Rows of ``value``: makespan of the present schedule and of the best."""
NEAR = 2
"""On another machine a job goes so many places from where it would begin at the same time, at most. [-]"""


@by_pointer
class Floor(NamedTuple):
    """A schedule under change. S stages, J jobs, M machines of a stage.

    Attributes
    ----------
    time, lag, machines
        As in ``FlowShop``.
    line, number
        Jobs of each machine in order, and how many. (S, M, J), (S, M)
    best_line, best_number
        Of the best schedule.
    end
        Of each job at each stage. (S, J) [tick]
    way
        From the begin of each job at each stage to the end of all. (S + 1, J) [tick]
    head, tail
        Of the stage that is changed: when jobs come, and how long it goes on after them. (J,) [tick]
    first, second
        Room for what two machines would do. (J,) each
    place
        Of a move: machine, from which place, up to two jobs put in, then on with which machine from which place, of
        both machines that change. (2, 6)
    value, state
        Makespans (2,); random numbers (1,).
    """

    time: Ints
    lag: Ints
    machines: Ints
    line: Ints
    number: Ints
    best_line: Ints
    best_number: Ints
    end: Ints
    way: Ints
    head: Ints
    tail: Ints
    first: Ints
    second: Ints
    place: Ints
    value: Ints
    state: State


def floor_of(shop: FlowShop, state: State) -> Floor:
    """An empty floor."""
    S, J = shop.time.shape
    M = int(shop.machines.max())
    lines = [np.zeros((S, M, J), np.int64), np.zeros((S, M), np.int64)]
    return Floor(
        shop.time,
        shop.lag,
        shop.machines,
        *lines,
        *(each.copy() for each in lines),
        np.zeros((S, J), np.int64),
        np.zeros((S + 1, J), np.int64),
        *(np.zeros(J, np.int64) for _ in range(4)),
        np.zeros((2, 6), np.int64),
        np.zeros(2, np.int64),
        state,
    )


@kernel
def cost(past: int) -> float:
    """What a path costs that is longer than the aim by so much."""
    return np.float64(past) * np.float64(past) * np.float64(past) if past > 0 else 0.0


@kernel
def difference(floor: Floor, stage: int, side: int, aim: int, limit: float) -> float:
    """What one machine of a move costs more than its jobs cost now; past the limit only that it is past it."""
    end, time = floor.end[stage], floor.time[stage]
    machine, place = floor.place[side, 0], floor.place[side, 1]
    source, following = floor.place[side, 4], floor.place[side, 5]
    now = end[floor.line[stage, machine, place - 1]] if place > 0 else 0
    more = 0.0
    for put in range(2, 4):
        job = floor.place[side, put]
        if job != NOBODY:
            now = max(now, floor.head[job]) + time[job]
            more += cost(now + floor.tail[job] - aim) - cost(end[job] + floor.tail[job] - aim)
    for at in range(following, floor.number[stage, source]):
        job = floor.line[stage, source, at]
        now = max(now, floor.head[job]) + time[job]
        if now == end[job]:
            break
        more += cost(now + floor.tail[job] - aim) - cost(end[job] + floor.tail[job] - aim)
        if now > end[job] and more > limit:
            break
    return more


@kernel
def gather(floor: Floor, stage: int, side: int, room: Ints) -> int:
    """Put down what a machine does from the place of the move on; how much that is."""
    number = 0
    for put in range(2, 4):
        if floor.place[side, put] != NOBODY:
            room[number] = floor.place[side, put]
            number += 1
    source = floor.place[side, 4]
    for at in range(floor.place[side, 5], floor.number[stage, source]):
        room[number] = floor.line[stage, source, at]
        number += 1
    return number


@kernel
def write(floor: Floor, stage: int, side: int, room: Ints, number: int) -> None:
    """Let a machine do it."""
    machine, place = floor.place[side, 0], floor.place[side, 1]
    now = floor.end[stage, floor.line[stage, machine, place - 1]] if place > 0 else 0
    for at in range(number):
        job = room[at]
        floor.line[stage, machine, place + at] = job
        now = max(now, floor.head[job]) + floor.time[stage, job]
        floor.end[stage, job] = now
    floor.number[stage, machine] = place + number


@kernel
def put(floor: Floor, side: int, machine: int, place: int, source: int, following: int) -> None:
    """One machine of a move: up to a place as it is, then on with the jobs of a machine from a place."""
    floor.place[side, 0] = machine
    floor.place[side, 1] = place
    floor.place[side, 2] = NOBODY
    floor.place[side, 3] = NOBODY
    floor.place[side, 4] = source
    floor.place[side, 5] = following


@kernel
def near(floor: Floor, stage: int, machine: int, begin: int, reach: int) -> int:
    """A place on a machine near where a job would begin at that time; it may be none of the machine's."""
    low, high = 0, floor.number[stage, machine]
    while low < high:
        middle = (low + high) >> 1
        if floor.end[stage, floor.line[stage, machine, middle]] <= begin:
            low = middle + 1
        else:
            high = middle
    return low + below(floor.state, 2 * reach + 1) - reach


@kernel
def draw(floor: Floor, stage: int) -> int:
    """Draw a move into ``place``: how many machines it changes, 0 where none was found.

    A job to another machine, two neighbours of a machine exchanged, two jobs of two machines exchanged, or all that
    two machines do from a time on.
    """
    m = floor.machines[stage]
    a = below(floor.state, m)
    if floor.number[stage, a] == 0:
        return 0
    i = below(floor.state, floor.number[stage, a])
    job = floor.line[stage, a, i]
    b = below(floor.state, m)
    if a == b:
        if i + 1 >= floor.number[stage, a]:
            return 0
        put(floor, 0, a, i, a, i + 2)
        floor.place[0, 2] = floor.line[stage, a, i + 1]
        floor.place[0, 3] = job
        return 1
    kind = below(floor.state, 4)
    t = near(floor, stage, b, floor.end[stage, job] - floor.time[stage, job], NEAR if kind < 3 else 1)
    if t < 0 or t > floor.number[stage, b] or (kind == 2 and t == floor.number[stage, b]):
        return 0
    if kind == 3:
        put(floor, 0, a, i, b, t)
        put(floor, 1, b, t, a, i)
        return 2
    put(floor, 0, a, i, a, i + 1)
    put(floor, 1, b, t, b, t + 1 if kind == 2 else t)
    floor.place[1, 2] = job
    if kind == 2:
        floor.place[0, 2] = floor.line[stage, b, t]
    return 2


@kernel
def change(floor: Floor, stage: int, moves: int, aim: int, warmth: float) -> int:
    """Try so many moves at one stage; the makespan afterwards."""
    J = floor.time.shape[1]
    for job in range(J):
        floor.head[job] = floor.lag[stage, job] + (floor.end[stage - 1, job] if stage > 0 else 0)
        floor.tail[job] = floor.lag[stage + 1, job] + floor.way[stage + 1, job]
    forwards(floor, stage)
    for _ in range(moves):
        sides = draw(floor, stage)
        if sides == 0:
            continue
        limit = -warmth * math.log(share(floor.state))
        more = difference(floor, stage, 0, aim, 1e300 if sides == 2 else limit)
        if sides == 2:
            more += difference(floor, stage, 1, aim, limit - more)
        if more > limit:
            continue
        number = gather(floor, stage, 0, floor.first)
        other = gather(floor, stage, 1, floor.second) if sides == 2 else 0
        write(floor, stage, 0, floor.first, number)
        if sides == 2:
            write(floor, stage, 1, floor.second, other)
    longest = 0
    for job in range(J):
        longest = max(longest, floor.end[stage, job] + floor.tail[job])
    return longest


@kernel
def forwards(floor: Floor, stage: int) -> None:
    """Ends of a stage, from its heads."""
    for machine in range(floor.machines[stage]):
        now = 0
        for at in range(floor.number[stage, machine]):
            job = floor.line[stage, machine, at]
            now = max(now, floor.head[job]) + floor.time[stage, job]
            floor.end[stage, job] = now


@kernel
def backwards(floor: Floor, stage: int) -> None:
    """Ways of a stage to the end of all, from those of the next."""
    for machine in range(floor.machines[stage]):
        way = 0
        for at in range(floor.number[stage, machine] - 1, -1, -1):
            job = floor.line[stage, machine, at]
            way = max(way, floor.lag[stage + 1, job] + floor.way[stage + 1, job]) + floor.time[stage, job]
            floor.way[stage, job] = way


@kernel
def copy(floor: Floor, line: Ints, count: Ints, to_line: Ints, to_number: Ints) -> None:
    """Who runs where in which order, written elsewhere."""
    for stage in range(floor.time.shape[0]):
        for machine in range(floor.machines[stage]):
            to_number[stage, machine] = count[stage, machine]
            for at in range(count[stage, machine]):
                to_line[stage, machine, at] = line[stage, machine, at]


@kernel
def keep(floor: Floor) -> None:
    """The present schedule is kept as the best if it is better."""
    if floor.value[CURRENT] < floor.value[BEST]:
        floor.value[BEST] = floor.value[CURRENT]
        copy(floor, floor.line, floor.number, floor.best_line, floor.best_number)


@entry
def cool(floor: Floor, sweeps: int, moves: int, width: float, warm: float, cold: float, afresh: bool) -> None:
    """Change a schedule, stage by stage to the last and back, less and less freely.

    Parameters
    ----------
    floor
        The schedule; overwritten.
    sweeps, moves
        How often there and back, and moves at a stage each time. [-]
    width
        Paths within this share of the best makespan cost something. [-], > 0
    warm, cold
        How much worse a schedule may be that is kept, at first and at last, in widths: as one path that is so long
        past where paths begin to cost. [-], > 0
    afresh
        Whether to begin from the best schedule instead of the present one.
    """
    S = floor.time.shape[0]
    if afresh:
        copy(floor, floor.best_line, floor.best_number, floor.line, floor.number)
    for stage in range(S - 1, -1, -1):
        backwards(floor, stage)
    for sweep in range(sweeps):
        band = width * np.float64(floor.value[BEST])
        by = band * warm * (cold / warm) ** (np.float64(sweep) / np.float64(sweeps))
        aim = np.int64(np.float64(floor.value[BEST]) - band)
        for turn in range(2 * S - 1):
            stage = turn if turn < S else 2 * S - 2 - turn
            floor.value[CURRENT] = change(floor, stage, moves, aim, by * by * by)
            keep(floor)
            if turn >= S - 1:
                backwards(floor, stage)
