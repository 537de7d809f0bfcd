"""Flows handed from one station to the next: places to hold them, and rooms between two calendars.

A year of hours hides that one station works on five days and the next on seven. What one of them passes while the
other is off has to stand between them, so that the rooms there bound the year. Without stops or chance: upper bounds.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from plantwright.model.flows import needs
from plantwright.model.journey import Next, Route, next_of
from plantwright.model.load import Task, machine_hours, station_hours, tasks
from plantwright.model.plant import Plant
from plantwright.model.worktime import Interval, first_year, hours, intervals

_HALVINGS = 60
"""Steps of the bisection for the room that would be enough."""


@dataclass(frozen=True, slots=True)
class TightPlaces:
    """A station that cannot hold what the one before it can deliver on the same hours.

    Attributes
    ----------
    feeder, station : str
        The two stations.
    feeder_machines, machines, needed : int
        Machines (places) of each, and what the second would need by Little's law to take all that the first delivers.
    load : float
        Share of the second one's hours that is wanted of it. [-]
    """

    feeder: str
    station: str
    feeder_machines: int
    machines: int
    needed: int
    load: float


@dataclass(frozen=True, slots=True)
class TightRoom:
    """A station that another one, on other hours, starves or blocks because too little can stand between them.

    Attributes
    ----------
    thing, station, off : str
        What is made, the station looked at, and the one that is off while it works.
    between, between_needed : float
        Pieces that can stand between the two, and that would have to. [pieces]
    most, need : float
        Good pieces that can pass in a mean week of the first year, and that are wanted. [pieces]
    """

    thing: str
    station: str
    off: str
    between: float
    between_needed: float
    most: float
    need: float


def tight_places(plant: Plant, wanted: Mapping[str, float]) -> Iterator[TightPlaces]:
    """Pairs of stations of one operation each, on the same hours, of which the first is the faster one.

    Parameters
    ----------
    plant
        A plant without errors of names and structure.
    wanted
        Pieces to deliver in the year, by id of product or item.
    """
    for way in _ways(plant, wanted):
        for before, after in zip(way.tasks, way.tasks[1:], strict=False):
            first, second = way.only_station(before), way.only_station(after)
            if not first or not second or first == second or not before.pieces:
                continue
            stations = plant.stations[first], plant.stations[second]
            works = machine_hours(stations[0], before), machine_hours(stations[1], after)
            if stations[0].calendar != stations[1].calendar or not all(works):
                continue
            delivered = stations[0].machine_count / works[0] * after.pieces / before.pieces
            load = after.pieces * works[1] / (station_hours(plant, stations[1]) or math.inf)
            needed = math.ceil(delivered * works[1] - 1e-9)
            if needed > stations[1].machine_count:
                yield TightPlaces(first, second, stations[0].machine_count, stations[1].machine_count, needed, load)


def tight_rooms(plant: Plant, wanted: Mapping[str, float]) -> Iterator[TightRoom]:
    """For each thing the pair of stations whose calendars and rooms rule its quantity out most clearly.

    Parameters
    ----------
    plant
        A plant without errors of names and structure.
    wanted
        Pieces to deliver in the year, by id of product or item.
    """
    for way in _ways(plant, wanted):
        found = [way.pair(first, second) for first in range(len(way.tasks)) for second in range(len(way.tasks))]
        tight = [each for each in found if each is not None]
        if tight:
            yield min(tight, key=lambda each: each.most)


def _ways(plant: Plant, wanted: Mapping[str, float]) -> Iterator[_Way]:
    """The main way of everything made, with its work."""
    work = [task for task in tasks(plant, wanted) if task.pieces > 0]
    needed = needs(plant, wanted)
    visits = Counter(station for task in work for station in task.operation.stations)
    shifts = _Shifts(plant)
    for name in dict.fromkeys(task.thing for task in work):
        by_op = {task.operation.op: task for task in work if task.thing == name}
        route = plant.routes[next(iter(by_op.values())).route]
        line = tuple(by_op[route[index].op] for index in _main_way(route) if route[index].op in by_op)
        yield _Way(plant, name, needed[name], line, visits, shifts)


def _main_way(route: Route) -> list[int]:
    """Operations in the order in which a piece that never fails comes to them."""
    order: list[int] = []
    index: Next = 0 if route else "done"
    while isinstance(index, int) and index not in order:
        order.append(index)
        index = next_of(route, index)
    return order


@dataclass(frozen=True, slots=True)
class _Way:
    """The operations that a good piece of one thing passes, in order, with what the year wants of them."""

    plant: Plant
    thing: str
    need: float
    tasks: tuple[Task, ...]
    visits: Mapping[str, int]
    shifts: _Shifts

    def only_station(self, task: Task) -> str | None:
        """The station of an operation that has no alternative and no other work there."""
        stations = task.operation.stations
        return stations[0] if len(stations) == 1 and self.visits[stations[0]] == 1 else None

    def pair(self, first: int, second: int) -> TightRoom | None:
        """What the second operation can pass if the first is off at times, where that is too little."""
        off, on = self.tasks[first], self.tasks[second]
        if first == second or len(off.operation.stations) > 1 or len(on.operation.stations) > 1:
            return None
        absent, station = off.operation.stations[0], on.operation.stations[0]
        together, alone = self.shifts.of(station, absent)
        between = self._between(first, second)
        work = machine_hours(self.plant.stations[station], on)
        if not alone or math.isinf(between) or not work:
            return None
        hourly = _speed(self.plant, station) / work * self.need / on.pieces
        most = hourly * together + sum(min(between, hourly * gap) for gap in alone)
        if most >= self.need or hourly * (together + sum(alone)) < self.need:
            return None
        enough = _enough(self.need - hourly * together, [hourly * gap for gap in alone])
        return TightRoom(self.thing, station, absent, between, enough, most / _weeks(), self.need / _weeks())

    def _between(self, first: int, second: int) -> float:
        """Pieces that can stand between two operations: waiting, or on the machines of those between. [pieces]"""
        low, high = sorted((first, second))
        return sum(self._waiting(task) for task in self.tasks[low + 1 : high + 1]) + sum(
            self._inside(task) for task in self.tasks[low + 1 : high]
        )

    def _waiting(self, task: Task) -> float:
        rooms = [self.plant.stations[name].room for name in task.operation.stations]
        return sum(math.inf if room is None else room * task.moves_as for room in rooms)

    def _inside(self, task: Task) -> float:
        stations = [self.plant.stations[name] for name in task.operation.stations]
        lots = (task.operation.transfer or 1, task.operation.sample.every if task.operation.sample else 1)
        held_back = task.moves_as * sum(lot for lot in lots if lot > 1)
        return held_back + sum(
            each.machine_count * (each.batch.max if each.batch else task.moves_as) for each in stations
        )


def _speed(plant: Plant, name: str) -> float:
    """Machines of a station at the speed of the routes. [-]"""
    machines = plant.stations[name].machines
    return machines if isinstance(machines, int) else sum(machine.speed for machine in machines)


def _enough(missing: float, gaps: list[float]) -> float:
    """Room with which the gaps together let through what is missing. [pieces]"""
    low, high = 0.0, max(gaps)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if sum(min(middle, gap) for gap in gaps) >= missing else (middle, high)
    return high


def _weeks() -> float:
    """Weeks of a year. [-]"""
    return 365.25 / 7


class _Shifts:
    """Hours that stations work together and alone in the first year, reckoned once for each pair of calendars."""

    def __init__(self, plant: Plant) -> None:
        self._plant = plant
        self._worked: dict[str | None, list[Interval]] = {}
        self._pairs: dict[tuple[str | None, str | None], tuple[float, list[float]]] = {}

    def of(self, station: str, absent: str) -> tuple[float, list[float]]:
        """Hours both work, and those the station works in each gap of the absent one. [h]"""
        pair = self._plant.stations[station].calendar, self._plant.stations[absent].calendar
        if pair not in self._pairs:
            self._pairs[pair] = self._apart(*pair)
        return self._pairs[pair]

    def _apart(self, works: str | None, absent: str | None) -> tuple[float, list[float]]:
        if works == absent:
            return hours(self._intervals(works)), []
        start, end = first_year(self._plant)
        edges = [start, *(edge for span in self._intervals(absent) for edge in span), end]
        gaps = [_common(self._intervals(works), (edges[i], edges[i + 1])) for i in range(0, len(edges), 2)]
        alone = [gap for gap in gaps if gap > 0]
        return max(0.0, hours(self._intervals(works)) - sum(alone)), alone

    def _intervals(self, calendar: str | None) -> list[Interval]:
        if calendar not in self._worked:
            self._worked[calendar] = intervals(self._plant, calendar, *first_year(self._plant))
        return self._worked[calendar]


def _common(spans: list[Interval], gap: Interval) -> float:
    return hours((max(start, gap[0]), min(end, gap[1])) for start, end in spans if start < gap[1] and gap[0] < end)
