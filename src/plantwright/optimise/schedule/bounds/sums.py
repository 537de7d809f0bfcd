"""Sums over jobs, weighted: tardiness, late jobs and flow on the machines that are short."""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush

from plantwright.optimise.schedule.bounds.hours import Hours
from plantwright.optimise.schedule.bounds.loads import Load
from plantwright.optimise.schedule.bounds.paths import Paths
from plantwright.problems.schedule import NEVER

LAYERS = 12
"""Layers of weights; with more of them the bound would be a little higher. [-]"""

Row = tuple[int, int, int, int]
"""A job on a group of machines: head, working time, tail, due date. [tick]"""

Sum = Callable[[list[Row], int, Hours], int]
"""A bound of an unweighted sum over jobs."""


def tardiness(rows: list[Row], width: int, hours: Hours) -> int:
    """Ticks past due dates: the k-th end is no earlier than the k-th of the preemptive schedule, the k-th due date is
    no later than it is. [tick]

    References
    ----------
    C. Chu (1992), "A branch-and-bound algorithm to minimize total tardiness with different release dates", Naval
    Research Logistics 39(2), doi 10.1002/1520-6750(199203)39:2<265::AID-NAV3220390209>3.0.CO;2-L, theorem 2.
    """
    due = sorted(due - tail for _, _, tail, due in rows)
    return sum(max(0, end - date) for end, date in zip(ends(rows, width, hours), due))


def flow(rows: list[Row], width: int, hours: Hours) -> int:
    """Sum of completions. [tick]"""
    return sum(ends(rows, width, hours)) + sum(tail for _, _, tail, _ in rows)


def late(rows: list[Row], width: int, hours: Hours) -> int:
    """Late jobs, when all could begin with the first. [-]

    References
    ----------
    J. M. Moore (1968), "An n job, one machine sequencing algorithm for minimizing the number of late jobs", Management
    Science 15(1), doi 10.1287/mnsc.15.1.102.
    """
    begin = hours.worked(min(head for head, _, _, _ in rows)) * width
    done: list[int] = []
    time = late = 0
    for _, work, tail, due in sorted(rows, key=lambda row: row[3] - row[2]):
        heappush(done, -work)
        time += work
        if begin + time > width * hours.worked(max(0, due - tail)):
            time += heappop(done)
            late += 1
    return late


def ends(rows: list[Row], width: int, hours: Hours) -> list[int]:
    """Ends of the preemptive schedule by shortest remaining time, rising: none has its k-th end earlier. [tick]

    A group of machines is one that is so many times as fast; closures are passed over on the clock of work.

    References
    ----------
    L. Schrage (1968), "A proof of the optimality of the shortest remaining processing time discipline", Operations
    Research 16(3), doi 10.1287/opre.16.3.687.
    """
    coming = sorted((hours.worked(head) * width, time) for head, time, _, _ in rows)
    waiting: list[int] = []
    found = []
    now = index = 0
    while index < len(coming) or waiting:
        if not waiting:
            now = max(now, coming[index][0])
        while index < len(coming) and coming[index][0] <= now:
            heappush(waiting, coming[index][1])
            index += 1
        time = heappop(waiting)
        until = now + time if index == len(coming) else min(now + time, coming[index][0])
        if until - now < time:
            heappush(waiting, time - (until - now))
        else:
            found.append(hours.over(-(-until // width)))
        now = until
    return found


def weighted(paths: Paths, loads: list[Load], bound: Sum, alone: list[int]) -> int:
    r"""A weighted sum over jobs.

    The most of: each job for itself (``alone``), and for each group of machines its jobs together, the others for
    themselves. Weights are taken off in layers: :math:`\sum_j w_j T_j = \int_0^\infty \sum_{j: w_j \ge v} T_j dv`.
    """
    weight: list[int] = paths.problem.jobs.weight.tolist()
    every = sum(w * value for w, value in zip(weight, alone))
    best = every
    for load in loads:
        rows = _rows(paths, load)
        others = every - sum(weight[job] * alone[job] for job in rows)
        best = max(best, others + _layered(rows, weight, bound, load))
    return best


def _layered(rows: dict[int, Row], weight: list[int], bound: Sum, load: Load) -> int:
    values = sorted({weight[job] for job in rows if weight[job]})
    values = values[:: max(1, -(-len(values) // LAYERS))]
    total, below = 0, 0
    for value in values:
        layer = [row for job, row in rows.items() if weight[job] >= value]
        total += (value - below) * bound(layer, load.width, load.hours)
        below = value
    return total


def _rows(paths: Paths, load: Load) -> dict[int, Row]:
    """What each job has to do there: all of it, from its first head, before its smallest tail."""
    due = paths.problem.jobs.due.tolist()
    found: dict[int, Row] = {}
    for operation in load.operations:
        job = paths.job[operation]
        head, time, tail, _ = found.get(job, (NEVER, 0, NEVER, 0))
        found[job] = (
            min(head, paths.head[operation]),
            time + load.time[operation],
            min(tail, paths.job_tail[operation]),
            due[job],
        )
    return found
