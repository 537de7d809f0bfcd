"""Simple lines: fewest stations for a takt, shortest takt for a number of stations, least stations times takt.

Rounds of passes through the line from both ends, each round wider than the one before. A pass that leaves nothing out
proves that there is no balance of so many stations.

References
----------
J. Bautista, J. Pereira (2009), "A dynamic programming based heuristic for the assembly line balancing problem",
European Journal of Operational Research 194(3), doi 10.1016/j.ejor.2008.01.016; E. C. Sewell, S. H. Jacobson (2012),
"A branch, bound, and remember algorithm for the simple assembly line balancing problem", INFORMS Journal on Computing
24(3), doi 10.1287/ijoc.1110.0462
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from plantwright.optimise.balance.effort import Spent
from plantwright.optimise.balance.line import Line, line_of
from plantwright.optimise.balance.passes import Pass, Searcher
from plantwright.optimise.balance.weights import stations_for
from plantwright.problems.balance import Arcs, Floats, Ints

FIRST, GROWTH = 100, 4
"""States kept in the first round, and how many times more in each further one. [-]"""
LOADS = 10
"""One load of a state is looked at for so many states that are kept. [-]"""
LEAST_LOADS = 100
"""And so many at least. [-]"""
TAIL = 0.3
"""What the stations that a task and its followers need count in its value, beside its time. [-]"""
NOISE = 0.02
"""What chance counts in it after the first round. [-]"""


class Seen(NamedTuple):
    """What is known of a number of stations: a balance, or that there is none, or neither."""

    station: Ints | None
    is_impossible: bool


class Seeker:
    """A line that is searched from both ends."""

    def __init__(self, line: Line, spent: Spent) -> None:
        self.lines = (line, line.reversed())
        self.spent = spent
        self.searchers: tuple[Searcher, ...] = ()

    @property
    def least(self) -> int:
        """Stations that the bounds ask for. [-]"""
        line = self.lines[0]
        return max(1, stations_for(line.weight, line.room), *(int(each.need.max()) for each in self.lines))

    def seek(self, stations: int, keep: int, turn: int) -> Seen:
        """One round: a pass from each end."""
        keep = min(keep, self.spent.effort.keep)
        need = keep * (stations + 1)
        if not self.searchers or self.searchers[0].most_states < need or self.searchers[0].most_keep < keep:
            self.searchers = tuple(Searcher(line, need, keep) for line in self.lines)
        loads = max(LEAST_LOADS, keep // LOADS)

        def run(side: int) -> Pass:
            value = _value(self.lines[side], turn)
            return self.searchers[side].run(stations, keep, loads, value, self.spent.is_late)

        if self.spent.effort.threads > 1 and keep > FIRST:
            with ThreadPoolExecutor(2) as pool:
                passes = list(pool.map(run, (0, 1)))
        else:
            passes = [run(0), run(1)]
        self.spent.add(sum(each.loads for each in passes))
        forward, backward = passes
        if forward.station is not None:
            return Seen(_closed_up(forward.station), False)
        if backward.station is not None:
            return Seen(_closed_up(stations - 1 - backward.station), False)
        return Seen(None, forward.is_exhaustive or backward.is_exhaustive)


def fewest_stations(time: Ints, arcs: Arcs, takt: int, spent: Spent) -> tuple[Ints, int]:
    """Station of each task, with as few stations as were found, and the fewest that there can be.

    Every task must fit into the takt.
    """
    seeker = Seeker(line_of(time, takt, arcs), spent)
    low = seeker.least
    best, low = _first(seeker, low)
    high, keep, turn = int(best.max()) + 1, FIRST, 0
    while low < high and not spent.is_over():
        keep, turn = keep * GROWTH, turn + 1
        while high - 1 > low:
            found = seeker.seek(high - 1, keep, turn).station
            if found is None:
                break
            best, high = found, int(found.max()) + 1
        seen = seeker.seek(low, keep, turn)
        if seen.station is not None:
            return seen.station, low
        while seen.is_impossible:
            low += 1
            if low == high:
                break
            seen = seeker.seek(low, keep, turn)
            if seen.station is not None:
                return seen.station, low
    return best, low


def _first(seeker: Seeker, low: int) -> tuple[Ints, int]:
    """A balance by narrow passes with one station more each time, and the fewest stations as far as they tell."""
    tasks = seeker.lines[0].tasks
    for stations in range(low, tasks):
        seen = seeker.seek(stations, FIRST, 0)
        if seen.station is not None:
            return seen.station, low
        if seen.is_impossible and stations == low:
            low += 1
    return _one_each(seeker.lines[0]), low


def _one_each(line: Line) -> Ints:
    """Every task in a station of its own. (N,) int64"""
    where = np.empty(line.tasks, dtype=np.int64)
    where[np.argsort(line.before.sum(axis=0), kind="stable")] = np.arange(line.tasks)
    return where


def _closed_up(station: Ints) -> Ints:
    """Stations numbered from 0 without gaps. (N,) int64"""
    return np.unique(station, return_inverse=True)[1].astype(np.int64)


def _value(line: Line, turn: int) -> Floats:
    """What a task counts in the score of a state that has done it: its time and what waits for it, a little varied.

    The first round has the plain value, each further one its own.
    """
    share = line.time / line.takt
    waiting = line.need / max(1, line.need.max())
    if turn == 0:
        return np.asarray(share + TAIL * waiting)
    random = np.random.Generator(np.random.Philox(turn))
    bound = line.weight[-1 if turn % 2 else 0] / line.room[-1 if turn % 2 else 0]
    noise = NOISE * random.standard_normal(line.tasks)
    return np.asarray(0.5 * (share + bound) + random.uniform(0.0, 2.0 * TAIL) * waiting + noise)
