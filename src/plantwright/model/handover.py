"""Flows handed from one station to the next: places to hold them, and rooms between two calendars.

A year of hours hides that one station works on five days and the next on seven. What one of them passes while the
other is off has to stand between them, so that the rooms there bound the year. Without stops or chance: upper bounds.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from plantwright.model.flows import needs
from plantwright.model.journey import Next, Route, next_of
from plantwright.model.load import Task, machine_hours, station_hours, tasks
from plantwright.model.plant import Plant
from plantwright.model.worktime import Interval, first_year, hours, intervals

_HALVINGS = 60
"""Steps of the bisection for the room that would be enough."""
WEEKS = 365.25 / 7
"""Weeks of a year. [-]"""


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
    station, off : str
        The station looked at, and the one that is off while it works.
    between, between_needed : float
        Pieces that can stand between the two, and that would have to. [pieces]
    most, need : float
        Good pieces that can pass in a mean week of the first year, and that are wanted. [pieces]
    """

    station: str
    off: str
    between: float
    between_needed: float
    most: float
    need: float


def tight_places(plant: Plant, wanted: Mapping[str, float]) -> Iterator[TightPlaces]:
    """Pairs of stations that hand everything from the first to the second on the same hours, the first being faster.

    Parameters
    ----------
    plant
        A plant without errors of names and structure.
    wanted
        Pieces to deliver in the year, by id of product or item.
    """
    flow = _Flow(plant, wanted)
    for first, following in flow.next_stations().items():
        if len(following) != 1:
            continue
        (second,) = following
        stations = plant.stations[first], plant.stations[second]
        hours_wanted = flow.hours[first], flow.hours[second]
        if stations[0].calendar != stations[1].calendar or not all(hours_wanted):
            continue
        needed = math.ceil(stations[0].machine_count * hours_wanted[1] / hours_wanted[0] - 1e-9)
        if needed > stations[1].machine_count:
            load = hours_wanted[1] / (station_hours(plant, stations[1]) or math.inf)
            yield TightPlaces(first, second, stations[0].machine_count, stations[1].machine_count, needed, load)


def tight_rooms(plant: Plant, wanted: Mapping[str, float]) -> Iterator[TightRoom]:
    """Stations that rooms and calendars keep from what is wanted; of those on one way the one kept furthest from it.

    Parameters
    ----------
    plant
        A plant without errors of names and structure.
    wanted
        Pieces to deliver in the year, by id of product or item.
    """
    flow = _Flow(plant, wanted)
    worst: dict[tuple[str, ...], TightRoom] = {}
    for station, things in flow.things.items():
        for other in plant.stations:
            tight = flow.pair(other, station)
            if tight is not None and tight.most / tight.need < _reached(worst.get(things)):
                worst[things] = tight
    yield from worst.values()


def _reached(tight: TightRoom | None) -> float:
    return math.inf if tight is None else tight.most / tight.need


def _main_way(route: Route) -> list[int]:
    """Operations in the order in which a piece that never fails comes to them."""
    order: list[int] = []
    index: Next = 0 if route else "done"
    while isinstance(index, int) and index not in order:
        order.append(index)
        index = next_of(route, index)
    return order


class _Flow:
    """What a year wants of every station, and the ways on which it comes there."""

    def __init__(self, plant: Plant, wanted: Mapping[str, float]) -> None:
        self.plant = plant
        self.need = needs(plant, wanted)
        work = [task for task in tasks(plant, wanted) if task.pieces > 0]
        by_thing: dict[str, dict[str, Task]] = {}
        for task in work:
            by_thing.setdefault(task.thing, {})[task.operation.op] = task
        self.ways = {name: self._way(by_op) for name, by_op in by_thing.items()}
        self.hours = dict.fromkeys(plant.stations, 0.0)
        for task in work:
            for name in task.operation.stations:
                self.hours[name] += task.pieces * machine_hours(plant.stations[name], task)
        self.things = self._things(work)
        self._shifts = _Shifts(plant)

    def _way(self, by_op: Mapping[str, Task]) -> tuple[Task, ...]:
        route = self.plant.routes[next(iter(by_op.values())).route]
        return tuple(by_op[route[index].op] for index in _main_way(route) if route[index].op in by_op)

    def _things(self, work: list[Task]) -> dict[str, tuple[str, ...]]:
        """The things that come to a station, where each of them has to come there exactly once."""
        found: dict[str, list[str] | None] = {}
        for task in work:
            for name in task.operation.stations:
                here = found.setdefault(name, [])
                on_way = any(task is other for other in self.ways[task.thing])
                if len(task.operation.stations) > 1 or not on_way or here is None or task.thing in here:
                    found[name] = None
                else:
                    here.append(task.thing)
        return {name: tuple(things) for name, things in found.items() if things}

    def next_stations(self) -> dict[str, set[str]]:
        """Where the things of a station go next, for stations that hand all they make to stations fed by no other."""
        onward: dict[str, set[str]] = {}
        for name, things in self.things.items():
            following = {self._neighbour(thing, name) for thing in things}
            if all(after is not None and self.things.get(after) == things for after in following):
                onward[name] = {after for after in following if after is not None}
        return onward

    def _neighbour(self, thing: str, station: str) -> str | None:
        """The station that a thing comes to after another one, where it has no choice."""
        way = self.ways[thing]
        after = next(
            (later for task, later in zip(way, way[1:], strict=False) if station in task.operation.stations), None
        )
        return after.operation.stations[0] if after is not None and len(after.operation.stations) == 1 else None

    def pair(self, off: str, station: str) -> TightRoom | None:
        """What a station can pass if another one is off at times, where that is too little."""
        things = self.things[station]
        together, alone = self._shifts.of(station, off)
        if not alone or off == station or not self.hours[station]:
            return None
        between = self._between(off, station, things)
        if math.isinf(between):
            return None
        need = sum(self.need[thing] for thing in things)
        hourly = _speed(self.plant, station) * need / self.hours[station]
        most = hourly * together + sum(min(between, hourly * gap) for gap in alone)
        if most >= need or hourly * (together + sum(alone)) < need:
            return None
        enough = _enough(need - hourly * together, [hourly * gap for gap in alone])
        return TightRoom(station, off, between, enough, most / WEEKS, need / WEEKS)

    def _between(self, off: str, station: str, things: tuple[str, ...]) -> float:
        """Pieces that can stand between two stations: waiting, or on the machines of those between. [pieces]

        Infinite where they do not lie on all the ways in the same order.
        """
        waiting: dict[str, float] = {}
        inside: dict[str, float] = {}
        before = set()
        for thing in things:
            way = self.ways[thing]
            ends = [
                [index for index, task in enumerate(way) if name in task.operation.stations] for name in (off, station)
            ]
            if any(len(found) != 1 for found in ends) or len(way[ends[0][0]].operation.stations) > 1:
                return math.inf
            low, high = sorted((ends[0][0], ends[1][0]))
            before.add(ends[0][0] < ends[1][0])
            _keep_most(waiting, (self._waiting(task) for task in way[low + 1 : high + 1]))
            _keep_most(inside, (self._inside(task) for task in way[low + 1 : high]))
        return sum(waiting.values()) + sum(inside.values()) if len(before) == 1 else math.inf

    def _waiting(self, task: Task) -> dict[str, float]:
        rooms = {name: self.plant.stations[name].room for name in task.operation.stations}
        return {name: math.inf if room is None else room * task.moves_as for name, room in rooms.items()}

    def _inside(self, task: Task) -> dict[str, float]:
        operation = task.operation
        lots = (operation.transfer or 1, operation.sample.every if operation.sample else 1)
        held = {f"{task.thing} {operation.op}": float(task.moves_as * sum(lot for lot in lots if lot > 1))}
        stations = {name: self.plant.stations[name] for name in operation.stations}
        return held | {
            name: float(each.machine_count * (each.batch.max if each.batch else task.moves_as))
            for name, each in stations.items()
        }


def _keep_most(kept: dict[str, float], found: Iterator[dict[str, float]]) -> None:
    """Keep the larger number of pieces for every place."""
    for places in found:
        for name, pieces in places.items():
            kept[name] = max(pieces, kept.get(name, 0.0))


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
