"""Every balance of a small line, tried one by one: what the searches are compared with."""

from dataclasses import replace
from itertools import permutations, product

import numpy as np

from plantwright.optimise.balance.check import faults, measure
from plantwright.problems.balance import NONE, Balance, BalanceProblem


def least(problem: BalanceProblem, most: int = 4) -> tuple[int, ...] | None:
    """What the goals come to at best, with at most so many stations; None where there is no balance.

    A takt that is sought is the shortest that each of them keeps.
    """
    has_names = problem.present is not None or (problem.zoning is not None and problem.zoning.allowed is not None)
    found = [
        tuple(measure(problem, each, goal) for goal in problem.goals)
        for station in product(range(most), repeat=problem.tasks)
        if all(station[a] <= station[b] for a, b in problem.arcs)
        and (has_names or len(set(station)) == max(station) + 1)
        for each in staffed(problem, np.array(station))
    ]
    return min(found, default=None)


def staffed(problem, station):
    """Balances with tasks in these stations: every number of copies, every worker, every place and start."""
    used = sorted(set(station.tolist()))
    size = max(used) + 1
    for copies in product(range(1, problem.parallel + 1), repeat=len(used)):
        there = np.zeros(size, dtype=np.int64)
        there[used] = copies
        hands = permutations(range(len(problem.workers)), len(used)) if problem.workers is not None else [None]
        for hand in hands:
            worker = np.full(size, NONE)
            if hand is not None:
                worker[used] = hand
            for place, start in seats(problem, station):
                each = Balance(station, place, start, worker, there, problem.takt or 0, (), ())
                if problem.takt is None or {"takt", "line_time"} & {*problem.goals}:
                    each = replace(each, takt=shortest(problem, each))
                if not faults(replace(problem, goals=()), each):
                    yield each


def seats(problem, station):
    """Places, and the earliest starts for each order in which the tasks may be taken up."""
    none = np.zeros(problem.tasks, dtype=np.int64)
    if problem.places == 1:
        yield none, none
        return
    time = [-(-int(t) // int(problem.pieces.sum())) for t in problem.mixed]
    for place in product(range(problem.places), repeat=problem.tasks):
        for order in permutations(range(problem.tasks)):
            if any(order.index(a) > order.index(b) for a, b in problem.arcs):
                continue
            start, free = none.copy(), {}
            for task in order:
                ready = [start[a] + time[a] for a, b in problem.arcs if b == task and station[a] == station[task]]
                start[task] = max([free.get((station[task], place[task]), 0), *ready])
                free[station[task], place[task]] = start[task] + time[task]
            yield np.array(place), start


def shortest(problem, each):
    """The shortest takt that a balance keeps, in whole ticks."""
    pieces = int(problem.pieces.sum())
    time = problem.mixed
    if problem.workers is not None:
        time = problem.workers[each.worker[each.station], range(problem.tasks)]
    if problem.places > 1:
        return max(int(each.start[task]) - (-int(time[task]) // pieces) for task in range(problem.tasks))
    load = np.bincount(each.station, weights=time, minlength=len(each.copies)).astype(int)
    return max(-(-int(load[at]) // (pieces * int(each.copies[at]))) for at in set(each.station.tolist()))
