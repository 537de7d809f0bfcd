"""Shortest takt for a number of stations, and least stations times takt: a search over takts, each a simple line."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from plantwright.optimise.balance.effort import Spent
from plantwright.optimise.balance.line import closed, line_of
from plantwright.optimise.balance.simple import FIRST, GROWTH, Seeker, Seen
from plantwright.problems.balance import Arcs, Ints


class Found(NamedTuple):
    """Station of each task, the takt that they keep, and what no balance goes below. (N,), [tick], [tick]"""

    station: Ints
    takt: int
    bound: int


class Takts:
    """A line whose takt is sought: what is known of each takt for one number of stations.

    Times are divided by their greatest common divisor, so that no takt between two multiples is tried.
    """

    def __init__(self, time: Ints, arcs: Arcs, stations: int, spent: Spent) -> None:
        self.unit = int(np.gcd.reduce(time)) or 1
        self.time, self.arcs, self.stations, self.spent = time // self.unit, arcs, stations, spent
        self.low = max(int(self.time.max(initial=0)), -(-int(self.time.sum()) // stations))
        self.station = _packed(self.time, arcs, stations)
        self.high = self._longest(self.station)

    @property
    def found(self) -> Found:
        return Found(self.station, self.high * self.unit, self.low * self.unit)

    def round(self, keep: int, turn: int, below: float = math.inf) -> None:
        """Narrow the range of takts, those below a limit only: by halves, a takt that is left undecided counts as not
        found. [tick]
        """
        start = self.low
        while start < self.high and not (turn and self.spent.is_over()):
            last = self.high - 1 if math.isinf(below) else min(self.high - 1, math.ceil(below / self.unit) - 1)
            if start > last:
                return
            middle = (start + last) // 2
            seen = self._try(middle, keep, turn)
            if seen.station is not None:
                self.station, self.high = seen.station, self._longest(seen.station)
                continue
            if seen.is_impossible:
                self.low = max(self.low, middle + 1)
            start = middle + 1

    def _try(self, takt: int, keep: int, turn: int) -> Seen:
        seeker = Seeker(line_of(self.time, max(takt, 1), self.arcs), self.spent)
        if seeker.least > self.stations:
            return Seen(None, True)
        return seeker.seek(self.stations, keep, turn)

    def _longest(self, station: Ints) -> int:
        return int(np.bincount(station, weights=self.time).max(initial=0))


def shortest_takt(time: Ints, arcs: Arcs, stations: int, spent: Spent) -> Found:
    """The shortest takt that so many stations keep."""
    takts = Takts(time, arcs, stations, spent)
    keep, turn = FIRST, 0
    while takts.low < takts.high and not (turn and spent.is_over()):
        takts.round(keep, turn)
        keep, turn = keep * GROWTH, turn + 1
    return takts.found


def least_line_time(
    time: Ints, arcs: Arcs, longest: int, stations: int, pieces: int, spent: Spent
) -> tuple[Found, int]:
    """The least product of stations and takt within limits of both, and what none goes below. [tick]

    Times are those of so many pieces: the takt that counts is a whole number of ticks for each of them. Where nothing
    was found within the limits the takt found is longer than the longest.
    """
    least = max(1, -(-int(time.sum()) // max(longest, 1)))
    lines = [Takts(time, arcs, number, spent) for number in range(least, max(least, stations) + 1)]

    def best() -> int:
        found = [_product(line, line.found.takt, pieces) for line in lines if line.found.takt <= longest]
        return min(found, default=longest * lines[-1].stations + 1)

    def is_open(line: Takts) -> bool:
        return line.found.bound <= longest and _product(line, line.found.bound, pieces) < best()

    keep, turn = FIRST, 0
    while any(is_open(line) for line in lines) and not (turn and spent.is_over()):
        for line in lines:
            if is_open(line):
                line.round(keep, turn, min(longest, pieces * ((best() - 1) // line.stations)) + 1)
        keep, turn = keep * GROWTH, turn + 1
    chosen = min(lines, key=lambda line: (line.found.takt > longest, _product(line, line.found.takt, pieces)))
    bounds = [_product(line, line.found.bound, pieces) for line in lines if line.found.bound <= longest]
    return chosen.found, min([best(), *bounds])


def _product(line: Takts, takt: int, pieces: int) -> int:
    """Stations times takt of a piece. [tick]"""
    return -(-takt // pieces) * line.stations


def _packed(time: Ints, arcs: Arcs, stations: int) -> Ints:
    """A balance to begin with: tasks in an order that precedence allows, filled up to the shortest takt that does."""
    order = np.argsort(closed(len(time), arcs).sum(axis=0), kind="stable")
    low, high = max(int(time.max(initial=0)), -(-int(time.sum()) // stations)), int(time.sum())
    while low < high:
        middle = (low + high) // 2
        if _filled(time, order, middle)[-1] < stations:
            high = middle
        else:
            low = middle + 1
    station = np.empty(len(time), dtype=np.int64)
    station[order] = _filled(time, order, low)
    return station


def _filled(time: Ints, order: Ints, takt: int) -> list[int]:
    """Station of each task in the order, the next one opened when one is full."""
    stations, used, station = [], 0, 0
    for task in order.tolist():
        if used + int(time[task]) > takt:
            station, used = station + 1, 0
        used += int(time[task])
        stations.append(station)
    return stations
