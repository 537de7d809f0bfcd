"""Balances to begin with: station by station, by several rules of priority, with everything that binds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from plantwright.optimise.balance.groups import Groups
from plantwright.optimise.balance.line import closed
from plantwright.optimise.balance.span import fastest
from plantwright.problems.balance import EITHER, LEFT, NONE, BalanceProblem, Floats, Ints

TRIES = 24
"""Orders of the tasks that are tried: four rules, then chance. [-]"""


class Draft(NamedTuple):
    """A balance without what its goals come to; see ``Balance``."""

    station: Ints
    place: Ints
    start: Ints
    worker: Ints
    copies: Ints
    takt: int


def plain(station: Ints, takt: int) -> Draft:
    """Stations numbered without gaps, each there once, with one person."""
    nothing = np.zeros(len(station), dtype=np.int64)
    stations = int(station.max(initial=-1)) + 1
    ones = np.ones(stations, dtype=np.int64)
    return Draft(station, nothing, nothing, NONE * ones, ones, takt)


class Filling:
    """One attempt, station after station."""

    def __init__(self, problem: BalanceProblem, groups: Groups, takt: int, stations: int) -> None:
        self.problem, self.groups, self.takt, self.stations = problem, groups, takt, stations
        self.members = groups.members()
        self.before = [set() for _ in self.members]  # type: list[set[int]]
        for first, second in groups.arcs.tolist():
            self.before[second].add(first)
        self.apart: dict[int, set[int]] = {}
        zoning = problem.zoning
        for one, other in zoning.apart.tolist() if zoning is not None else []:
            self.apart.setdefault(one, set()).add(other)
            self.apart.setdefault(other, set()).add(one)
        self.pieces = int(problem.pieces.sum())
        self.direct: list[list[int]] = [[] for _ in range(problem.tasks)]
        for first, second in problem.arcs.tolist():
            self.direct[second].append(first)

    def run(self, priority: Floats) -> Draft | None:
        """Fill with the tasks of the largest priority that fit; None where some are left over."""
        tasks = self.problem.tasks
        self.station = np.full(tasks, NONE, dtype=np.int64)
        self.place, self.start = np.zeros(tasks, dtype=np.int64), np.zeros(tasks, dtype=np.int64)
        order = np.argsort(-priority, kind="stable").tolist()
        left = set(order)
        worker: list[int] = []
        copies: list[int] = []
        free = set(range(len(self.problem.workers))) if self.problem.workers is not None else {NONE}
        for at in range(self.stations):
            if not left or sum(copies) >= self.stations or not free:
                break
            chosen, filled, times = self._best_filling(at, order, left, free)
            worker.append(chosen if filled else NONE)
            copies.append(times if filled else 0)
            left -= set(filled)
            if self.problem.workers is not None and filled:
                free.discard(chosen)
        if left or sum(copies) > self.stations:
            return None
        return Draft(
            self.station, self.place, self.start, np.array(worker, np.int64), np.array(copies, np.int64), self.takt
        )

    def _best_filling(self, at: int, order: list[int], left: set[int], free: set[int]) -> tuple[int, list[int], int]:
        """Worker, groups and copies of the next station: the worker who takes most, in the time of the fastest."""
        most, chosen = -1.0, min(free)
        if len(free) > 1:
            assert self.problem.workers is not None
            time = fastest(self.problem.workers)
            for worker in sorted(free):
                filled, _ = self._fill(at, order, left, worker)
                worth = float(sum(1 + time[task] for group in filled for task in self.members[group]))
                self._clear(filled)
                if worth > most:
                    most, chosen = worth, worker
        filled, times = self._fill(at, order, left, chosen)
        return chosen, filled, times

    def _clear(self, filled: list[int]) -> None:
        for group in filled:
            self.station[self.members[group]] = NONE

    def _fill(self, at: int, order: list[int], left: set[int], worker: int) -> tuple[list[int], int]:
        """Groups that go into a station, and how often it is there."""
        filled: list[int] = []
        state = _Station(self, at, worker)
        found = True
        while found:
            found = False
            for group in order:
                if group not in left or group in filled or any(each in left for each in self.before[group] - {*filled}):
                    continue
                if state.take(self.members[group], is_first=not filled):
                    filled.append(group)
                    found = True
                    break
        return filled, state.copies


class _Station:
    """One station while it is filled."""

    def __init__(self, filling: Filling, at: int, worker: int) -> None:
        self.filling, self.at, self.worker, self.copies = filling, at, worker, 1
        problem = filling.problem
        self.load = np.zeros(len(problem.variants), dtype=np.int64)
        self.used = 0
        self.free = [0] * problem.places
        self.tasks: set[int] = set()

    def take(self, tasks: list[int], *, is_first: bool) -> bool:
        """Put tasks in where they fit; copies are made only for what else would not fit into any station."""
        filling, problem = self.filling, self.filling.problem
        zoning = problem.zoning
        allowed = zoning.allowed if zoning is not None else None
        if allowed is not None and (self.at >= allowed.shape[1] or not allowed[tasks, self.at].all()):
            return False
        if any(filling.apart.get(task, set()) & {*self.tasks, *tasks} for task in tasks):
            return False
        if problem.workers is not None:
            times = problem.workers[self.worker, tasks]
            if (times == NONE).any() or self.used + int(times.sum()) > filling.takt:
                return False
            self.used += int(times.sum())
        elif not self._fits(tasks, is_first=is_first):
            return False
        self.tasks.update(tasks)
        filling.station[tasks] = self.at
        return True

    def _fits(self, tasks: list[int], *, is_first: bool) -> bool:
        filling, problem = self.filling, self.filling.problem
        load = self.load + problem.variants[:, tasks].sum(axis=1)
        for copies in range(self.copies, (problem.parallel if is_first else self.copies) + 1):
            room = filling.takt * copies
            is_long = problem.longest is not None and bool((load > problem.longest * copies).any())
            is_full = int(problem.pieces @ load) > room * filling.pieces * problem.places
            if not is_long and not is_full and self._seat(tasks, room):
                self.load, self.copies = load, copies
                return True
        return False

    def _seat(self, tasks: list[int], room: int) -> bool:
        """Give tasks a place and a start, each as early as it can be."""
        filling, problem = self.filling, self.filling.problem
        if problem.places == 1:
            return True
        free, seated = list(self.free), {}  # type: ignore[var-annotated]
        for task in _ordered(tasks, filling.direct):
            time = -(-int(problem.mixed[task]) // filling.pieces)
            ready = 0
            for other in filling.direct[task]:
                if other in seated or other in self.tasks:
                    begin = seated[other][1] if other in seated else int(filling.start[other])
                    ready = max(ready, begin - (-int(problem.mixed[other]) // filling.pieces))
            side = EITHER if problem.side is None else int(problem.side[task])
            places = range(problem.places) if side == EITHER else (side - LEFT,)
            place = min(places, key=lambda each: (max(free[each], ready), each))
            begin = max(free[place], ready)
            if begin + time > room:
                return False
            seated[task] = (place, begin)
            free[place] = begin + time
        self.free = free
        for task, (place, begin) in seated.items():
            filling.place[task], filling.start[task] = place, begin
        return True


def _ordered(tasks: list[int], direct: list[list[int]]) -> list[int]:
    """Tasks of a group in an order that precedence among them allows."""
    done: list[int] = []
    while len(done) < len(tasks):
        done += [task for task in tasks if task not in done and all(b in done or b not in tasks for b in direct[task])][
            :1
        ]
    return done


def priorities(time: Ints, groups: Groups) -> Iterator[Floats]:
    """Of groups: time with all that follows (Helgeson and Birnie), time, followers, a mix of them; then by chance.

    References
    ----------
    W. B. Helgeson, D. P. Birnie (1961), "Assembly line balancing using the ranked positional weight technique",
    Journal of Industrial Engineering 12
    """
    own = groups.total(time).astype(np.float64)
    follows = closed(groups.count, groups.arcs)
    weight: Floats = own + follows @ own
    followers = follows.sum(axis=1)
    yield from (weight, own, followers + own / (own.max(initial=0.0) + 1.0), weight * (1.0 + followers))
    random = np.random.Generator(np.random.Philox(1))
    for _ in range(TRIES - 4):
        yield (own + random.uniform(0.0, 2.0) * (weight - own)) * random.uniform(0.5, 1.5, groups.count)


def drafts(problem: BalanceProblem, groups: Groups, takt: int, stations: int) -> Iterator[Draft]:
    """Balances for a takt and most stations, by each rule that leads to one. [tick]"""
    filling = Filling(problem, groups, takt, stations)
    time = problem.mixed
    if problem.workers is not None:
        time = fastest(problem.workers)
    for priority in priorities(time, groups):
        found = filling.run(priority)
        if found is not None:
            yield found
