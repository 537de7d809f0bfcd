"""Hybrid flow shops by one order: at the first stage it counts, later jobs are served as they arrive.

References
----------
R. Ruiz, T. Stützle (2007), "A simple and effective iterated greedy algorithm for the permutation flowshop scheduling
problem", European Journal of Operational Research 177(3), 2033-2049, doi 10.1016/j.ejor.2005.12.009.
Q.-K. Pan, R. Ruiz, P. Alfaro-Fernandez (2017), "Iterated search methods for earliness and tardiness minimization in
hybrid flowshops with due windows", Computers & Operations Research 80, 50-60, doi 10.1016/j.cor.2016.11.022.
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
"""Rows of ``value``: makespan of the present and of the best order; how many jobs stand in the present one."""

DESTROYED = 2
"""Jobs taken out at once. [-]"""
TRIES = 4
"""After each repair one job in so many is tried elsewhere. [-]"""
TOO_LONG = 2**60


@by_pointer
class Arrival(NamedTuple):
    """What the search for an order works on. S stages, J jobs, M machines of a stage.

    Attributes
    ----------
    time, lag, machines
        As in ``FlowShop``; ``rest``: the shortest way from the end of each stage. (S, J), (S + 1, J), (S,), (S, J)
    order, new, best, trial, out, value
        Present, changed, best and tried order; jobs taken out. (J,) each; (3,)
    ready, queue, free
        Of a decoded order: when jobs are ready, who comes when, when machines are free. (J,), (J,), (M,)
    state
        Random numbers. (1,) uint64
    """

    time: Ints
    lag: Ints
    machines: Ints
    rest: Ints
    order: Ints
    new: Ints
    best: Ints
    trial: Ints
    out: Ints
    value: Ints
    ready: Ints
    queue: Ints
    free: Ints
    state: State


def arrival_of(shop: FlowShop, order: Ints, state: State) -> Arrival:
    """A search whose jobs are still to be placed, in this order."""
    S, J = shop.time.shape
    rest = np.zeros((S, J), np.int64)
    rest[-1] = shop.lag[-1]
    for stage in range(S - 2, -1, -1):
        rest[stage] = shop.lag[stage + 1] + shop.time[stage + 1] + rest[stage + 1]
    rows = [np.zeros(J, np.int64) for _ in range(4)]
    return Arrival(
        shop.time,
        shop.lag,
        shop.machines,
        rest,
        order.copy(),
        *rows,
        np.array([TOO_LONG, TOO_LONG, 0], np.int64),
        np.zeros(J, np.int64),
        np.zeros(J, np.int64),
        np.zeros(int(shop.machines.max()), np.int64),
        state,
    )


@kernel
def sort_by_arrival(work: Arrival, jobs: int) -> None:
    """Sort the queue by when jobs are ready; who stood before stays before where that is the same."""
    for place in range(1, jobs):
        job = work.queue[place]
        at = place - 1
        while at >= 0 and work.ready[work.queue[at]] > work.ready[job]:
            work.queue[at + 1] = work.queue[at]
            at -= 1
        work.queue[at + 1] = job


@kernel
def makespan(work: Arrival, order: Ints, jobs: int, limit: int) -> int:
    """Of the first jobs of an order; of more than the limit only that it is more. [tick]"""
    for place in range(jobs):
        work.queue[place] = order[place]
        work.ready[order[place]] = 0
    longest = 0
    for stage in range(work.time.shape[0]):
        m = work.machines[stage]
        for place in range(jobs):
            work.ready[work.queue[place]] += work.lag[stage, work.queue[place]]
        if stage > 0:
            sort_by_arrival(work, jobs)
        for machine in range(m):
            work.free[machine] = 0
        longest = 0
        for place in range(jobs):
            job = work.queue[place]
            first = 0
            for machine in range(1, m):
                if work.free[machine] < work.free[first]:
                    first = machine
            end = max(work.free[first], work.ready[job]) + work.time[stage, job]
            work.free[first] = end
            work.ready[job] = end
            longest = max(longest, end + work.rest[stage, job])
        if longest > limit:
            return TOO_LONG
    return longest


@kernel
def insert(work: Arrival, order: Ints, jobs: int, job: int) -> int:
    """Put a job where the makespan is the least, one of the places where it is the same by chance; the makespan."""
    best, place, ties = TOO_LONG, 0, 0
    for at in range(jobs):
        work.trial[at + 1] = order[at]
    work.trial[0] = job
    for at in range(jobs + 1):
        if at > 0:
            work.trial[at - 1] = work.trial[at]
            work.trial[at] = job
        value = makespan(work, work.trial, jobs + 1, best)
        if value < best:
            best, place, ties = value, at, 1
        elif value == best:
            ties += 1
            if below(work.state, ties) == 0:
                place = at
    put(order, jobs, place, job)
    return best


@entry
def measure(work: Arrival) -> None:
    """The order as it is becomes the present and the best one."""
    J = work.order.shape[0]
    work.value[CURRENT] = makespan(work, work.order, J, TOO_LONG)
    work.value[BEST] = work.value[CURRENT]
    work.value[PLACED] = J
    for at in range(J):
        work.best[at] = work.order[at]


@kernel
def build(work: Arrival) -> None:
    """Jobs go, in their order, where the makespan of those that are in is the least (NEH)."""
    J = work.order.shape[0]
    for at in range(J):
        work.out[at] = work.order[at]
    for at in range(J):
        insert(work, work.order, at, work.out[at])


@entry
def iterate(work: Arrival, rounds: int, warmth: float) -> None:
    """Iterated greedy: take some jobs out, put them where they fit, try others elsewhere; mostly keep what is better.

    Parameters
    ----------
    work
        The search; overwritten. Where no order is measured yet, one is built first.
    rounds
        How many. [-]
    warmth
        How much worse an order may be that is kept. [tick], > 0
    """
    J = work.order.shape[0]
    if work.value[PLACED] < J:
        build(work)
        measure(work)
    for _ in range(rounds):
        for at in range(J):
            work.new[at] = work.order[at]
        gone = min(DESTROYED, J - 1)
        for taken in range(gone):
            work.out[taken] = take(work.new, J - taken, below(work.state, J - taken))
        value = work.value[CURRENT]
        for taken in range(gone):
            value = insert(work, work.new, J - gone + taken, work.out[taken])
        for _ in range(J // TRIES):
            value = insert(work, work.new, J - 1, take(work.new, J, below(work.state, J)))
        worse = value - work.value[CURRENT]
        if worse <= 0 or share(work.state) < math.exp(-worse / warmth):
            work.value[CURRENT] = value
            for at in range(J):
                work.order[at] = work.new[at]
        if value < work.value[BEST]:
            work.value[BEST] = value
            for at in range(J):
                work.best[at] = work.new[at]
