"""Permutation flow shops: one order for all stages, changed by iterated greedy.

With the ends of every job from the front and its way to the end from behind, the makespan with one more job at a
place needs that job's own row only; all places of a job cost about as much as one makespan (Taillard's acceleration,
here with setups). What is sought otherwise, and blocking or no waiting, is worked out from the place on.

References
----------
E. Taillard (1990), "Some efficient heuristic methods for the flow shop sequencing problem", European Journal of
Operational Research 47(1), 65-74, doi 10.1016/0377-2217(90)90090-X.
R. Ruiz, T. Stützle (2008), "An iterated greedy heuristic for the sequence dependent setup times flowshop problem with
makespan and weighted tardiness objectives", European Journal of Operational Research 187(3), 1143-1159,
doi 10.1016/j.ejor.2006.07.029.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from plantwright.jit import by_pointer, entry, kernel
from plantwright.optimise.schedule.flowshop.chance import State, below, share
from plantwright.optimise.schedule.flowshop.order import put, take
from plantwright.optimise.schedule.flowshop.shop import FlowShop
from plantwright.problems.schedule import Ints

CURRENT, BEST, PLACED = range(3)
"""Rows of ``value``: of the present order and of the best; how many jobs stand in the present one."""
TOO_LONG = 2**60

MAKESPAN, FLOW, TARDINESS = range(3)
FREE, BLOCKING, NO_WAIT = range(3)
OBJECTIVES = {"makespan": MAKESPAN, "flow": FLOW, "tardiness": TARDINESS}
WAITINGS = {"free": FREE, "blocking": BLOCKING, "none": NO_WAIT}


@by_pointer
class Line(NamedTuple):
    """What the search works on. J jobs, S stages, G kinds.

    Attributes
    ----------
    time, lag
        By job: (J, S), (J, S + 1) [tick]
    kind, setup, due, weight
        As in ``FlowShop``. (J,), (G + 1, G, S) [tick], (J,) [tick], (J,)
    rule
        Objective and how jobs wait. (2,)
    order, new, best, out, value
        Present, changed and best order; jobs taken out. (J,) each; (3,)
    end, total
        When each stage is free after each place of an order, and what the jobs so far come to; the last two rows are
        room. (J + 3, S) [tick], (J + 1,)
    way, late
        Ways from each place to the end, and the latest end of all that a release from that place on leads to.
        (J + 1, S), (J + 1,) [tick]
    state
        Random numbers. (1,)
    """

    time: Ints
    lag: Ints
    kind: Ints
    setup: Ints
    due: Ints
    weight: Ints
    rule: Ints
    order: Ints
    new: Ints
    best: Ints
    out: Ints
    value: Ints
    end: Ints
    total: Ints
    way: Ints
    late: Ints
    state: State


def line_of(shop: FlowShop, order: Ints, state: State) -> Line:
    """A search whose jobs are still to be placed, in this order."""
    S, J = shop.time.shape
    rows = [np.zeros(J, np.int64) for _ in range(3)]
    return Line(
        np.ascontiguousarray(shop.time.T),
        np.ascontiguousarray(shop.lag.T),
        shop.kind,
        shop.setup,
        shop.due,
        shop.weight,
        np.array([OBJECTIVES[shop.objective], WAITINGS[shop.waiting]], np.int64),
        order.copy(),
        *rows,
        np.array([TOO_LONG, TOO_LONG, 0], np.int64),
        np.zeros((J + 3, S), np.int64),
        np.zeros(J + 1, np.int64),
        np.zeros((J + 1, S), np.int64),
        np.zeros(J + 1, np.int64),
        state,
    )


@kernel
def advance(line: Line, job: int, before: int, row: int, into: int) -> int:
    """When each stage is free after a job, written into a row of ``end``; the job's completion. [tick]

    ``before`` is the kind that the stages stand at, ``row`` tells when they are free of it.
    """
    S = line.time.shape[1]
    now = 0
    if line.rule[1] == NO_WAIT:
        begin, past = line.lag[job, 0], 0
        for stage in range(S):
            begin = max(begin, line.end[row, stage] - past)
            past += line.time[job, stage]
        for stage in range(S):
            begin += line.time[job, stage]
            line.end[into, stage] = begin
        return begin
    for stage in range(S):
        free = line.end[row, stage] + line.setup[before, line.kind[job], stage]
        now = max(free, now + line.lag[job, stage]) + line.time[job, stage]
        if line.rule[1] == BLOCKING and stage + 1 < S:
            now = max(now, line.end[row, stage + 1])
        line.end[into, stage] = now
    return now + line.lag[job, S]


@kernel
def added(line: Line, total: int, job: int, done: int) -> int:
    """What is sought, with one more job that is done at a time."""
    if line.rule[0] == MAKESPAN:
        return max(total, done)
    since = line.lag[job, 0] if line.rule[0] == FLOW else line.due[job]
    return total + line.weight[job] * max(0, done - since)


@kernel
def from_front(line: Line, order: Ints, jobs: int) -> None:
    """Ends and totals of the first jobs of an order; row 0 of ``end`` is before the first."""
    before = line.setup.shape[1]
    for place in range(jobs):
        job = order[place]
        done = advance(line, job, before, place, place + 1)
        line.total[place + 1] = added(line, line.total[place], job, done)
        before = line.kind[job]


@kernel
def from_behind(line: Line, order: Ints, jobs: int) -> None:
    """Ways from the begin of each job to the end of all; of no job after the last."""
    S = line.time.shape[1]
    for stage in range(S):
        line.way[jobs, stage] = 0
    line.late[jobs] = 0
    for place in range(jobs - 1, -1, -1):
        job = order[place]
        has_next = place + 1 < jobs
        after = line.kind[order[place + 1]] if has_next else 0
        now = 0
        for stage in range(S - 1, -1, -1):
            change = line.setup[line.kind[job], after, stage] if has_next else 0
            now = max(line.way[place + 1, stage] + change, now + line.lag[job, stage + 1]) + line.time[job, stage]
            line.way[place, stage] = now
        line.late[place] = max(line.late[place + 1], line.lag[job, 0] + now)


@kernel
def with_job(line: Line, order: Ints, jobs: int, job: int, place: int) -> int:
    """The makespan with a job at a place, from the ends before it and the ways after it. [tick]

    The longest way leads through the job, or ends before it, or begins after it at a release.
    """
    S = line.time.shape[1]
    kind = line.kind[job]
    before = line.kind[order[place - 1]] if place > 0 else line.setup.shape[1]
    has_next = place < jobs
    after = line.kind[order[place]] if has_next else 0
    now, longest = 0, 0
    for stage in range(S):
        free = line.end[place, stage] + line.setup[before, kind, stage]
        now = max(free, now + line.lag[job, stage]) + line.time[job, stage]
        way = line.way[place, stage] + (line.setup[kind, after, stage] if has_next else 0)
        longest = max(longest, now + way)
    return max(longest, now + line.lag[job, S], line.total[place], line.late[place])


@kernel
def slowly_with_job(line: Line, order: Ints, jobs: int, job: int, place: int, limit: int) -> int:
    """What is sought with a job at a place, from the ends before it; past the limit only that it is past it."""
    row, into = place, line.end.shape[0] - 2
    before = line.kind[order[place - 1]] if place > 0 else line.setup.shape[1]
    total = line.total[place]
    for at in range(place, jobs + 1):
        each = job if at == place else order[at - 1]
        total = added(line, total, each, advance(line, each, before, row, into))
        if total > limit:
            return TOO_LONG
        before = line.kind[each]
        row = into
        into = 2 * line.end.shape[0] - 3 - row
    return total


@kernel
def insert(line: Line, order: Ints, jobs: int, job: int) -> int:
    """Put a job where it is best, one of the places where it is the same by chance; what is sought then."""
    quick = line.rule[0] == MAKESPAN and line.rule[1] == FREE
    from_front(line, order, jobs)
    if quick:
        from_behind(line, order, jobs)
    best, place, ties = TOO_LONG, 0, 0
    for at in range(jobs + 1):
        if quick:
            value = with_job(line, order, jobs, job, at)
        else:
            value = slowly_with_job(line, order, jobs, job, at, best)
        if value < best:
            best, place, ties = value, at, 1
        elif value == best:
            ties += 1
            if below(line.state, ties) == 0:
                place = at
    put(order, jobs, place, job)
    return best


@kernel
def polish(line: Line, order: Ints, value: int, tries: int) -> int:
    """Try jobs elsewhere until none of them helps, or so many times; what is sought then."""
    J = order.shape[0]
    since = 0
    for _ in range(tries):
        now = insert(line, order, J - 1, take(order, J, below(line.state, J)))
        since = 0 if now < value else since + 1
        value = now
        if since == J:
            break
    return value


@entry
def measure(line: Line) -> None:
    """The order as it is becomes the present one, and the best one if it is."""
    J = line.order.shape[0]
    from_front(line, line.order, J)
    line.value[CURRENT] = line.total[J]
    line.value[PLACED] = J
    if line.total[J] < line.value[BEST]:
        line.value[BEST] = line.total[J]
        for at in range(J):
            line.best[at] = line.order[at]


@entry
def build(line: Line) -> None:
    """Jobs go, in their order, where the makespan of those that are in is the least (NEH)."""
    J = line.order.shape[0]
    for at in range(J):
        line.out[at] = line.order[at]
    for at in range(J):
        insert(line, line.order, at, line.out[at])


@entry
def iterate(line: Line, rounds: int, destroyed: int, tries: int, warmth: float) -> None:
    """Iterated greedy: take jobs out, put them back where they fit, try others elsewhere; mostly keep the better.

    Parameters
    ----------
    line
        The search; overwritten. Its order has been measured.
    rounds, destroyed, tries
        How many rounds, jobs taken out in each, and jobs tried elsewhere in each, at most. [-]
    warmth
        How much worse an order may be that is kept, in what is sought. > 0
    """
    J = line.order.shape[0]
    for _ in range(rounds):
        for at in range(J):
            line.new[at] = line.order[at]
        gone = min(destroyed, J - 1)
        for taken in range(gone):
            line.out[taken] = take(line.new, J - taken, below(line.state, J - taken))
        value = line.value[CURRENT]
        for taken in range(gone):
            value = insert(line, line.new, J - gone + taken, line.out[taken])
        value = polish(line, line.new, value, tries)
        worse = value - line.value[CURRENT]
        if worse <= 0 or share(line.state) < math.exp(-worse / warmth):
            line.value[CURRENT] = value
            for at in range(J):
                line.order[at] = line.new[at]
        if value < line.value[BEST]:
            line.value[BEST] = value
            for at in range(J):
                line.best[at] = line.new[at]
