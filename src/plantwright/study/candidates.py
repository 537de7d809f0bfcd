"""Changes worth trying: one more of each resource, one more shift, quicker repairs, shorter times, better yields.

Each is a handful of new values by path, so that the same change can be written as a patch document.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from plantwright.model.calendar import Calendar, Shift
from plantwright.model.naming import called
from plantwright.model.path import title
from plantwright.model.plant import Plant
from plantwright.model.route import Operation
from plantwright.model.station import Station
from plantwright.study.change import changed, keys_at
from plantwright.study.number import stretched
from plantwright.units import Quantity

REPAIR, SETUP, TIME, YIELD, ROOM = 0.9, 0.8, 0.95, 0.01, 0.1
"""Faster repair, shorter setup and shorter time as factors; better yield and more room as shares. [-]"""
LONGEST_SHIFT_MIN = 480
SHORTEST_SHIFT_MIN = 240

SECTIONS = {
    "people": "crews",
    "tool": "tools",
    "carrier": "carriers",
    "process": "products",
    "stock": "items",
    "shift": "calendars",
}
"""Where the resource of a kind of change stands in the document; all others are stations."""


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A change that may be worth it.

    Attributes
    ----------
    resource : str
        Id of the station, crew, item, tool, carrier or calendar.
    change : str
        In words.
    kind : str
        machine, people, room, stock, process, tool, carrier, shift, repair, setup, time or yield.
    sets : mapping of str to any
        New values by path, as a patch writes them.
    """

    resource: str
    change: str
    kind: str
    sets: Mapping[str, Any]

    def name(self, plant: Plant) -> str:
        """What people call the resource."""
        return called(getattr(plant, SECTIONS.get(self.kind, "stations")), self.resource)

    def said(self, plant: Plant) -> str:
        """The change with what people call its resource."""
        return f"{self.name(plant)}: {self.change}"

    def apply(self, plant: Plant) -> Plant:
        """The plant with this change."""
        for path, value in self.sets.items():
            plant = changed(plant, {keys_at(plant, path): value})
        return plant


def candidates(plant: Plant) -> Iterator[Candidate]:
    """Every change of the list that this plant has something to change for, in document order."""
    at_station = _operations(plant)
    for name, station in plant.stations.items():
        if name in at_station:
            yield from _of_station(name, station, at_station[name])
    for name, crew in plant.crews.items():
        yield Candidate(name, "one more on each shift", "people", {f"crews.{name}.people": crew.people + 1})
    for name, tool in plant.tools.items():
        yield Candidate(name, "one more", "tool", {f"tools.{name}.number": tool.number + 1})
    for name, carrier in plant.carriers.items():
        yield Candidate(name, "one more", "carrier", {f"carriers.{name}.number": carrier.number + 1})
    yield from _of_stocks(plant)
    for name, calendar in plant.calendars.items():
        yield from _of_calendar(name, calendar)


def _operations(plant: Plant) -> dict[str, list[tuple[str, Operation]]]:
    """For each station: the operations that it alone does, with their routes."""
    found: dict[str, list[tuple[str, Operation]]] = {}
    for route, operations in plant.routes.items():
        for operation in operations:
            for name in operation.stations:
                found.setdefault(name, []).append((route, operation))
    return found


def _of_station(name: str, station: Station, operations: list[tuple[str, Operation]]) -> Iterator[Candidate]:
    yield Candidate(name, "one more machine", "machine", {f"stations.{name}.machines": _one_more(station)})
    if station.room is not None:
        more = max(1, math.ceil(station.room * ROOM))
        words = "one more place to wait" if more == 1 else f"{more} more places to wait"
        yield Candidate(name, words, "room", {f"stations.{name}.room": station.room + more})
    if station.failures:
        repairs = {
            f"stations.{name}.failures.{title(failure) or index}.repair": stretched(failure.repair, REPAIR)
            for index, failure in enumerate(station.failures)
        }
        yield Candidate(name, "10 % faster repair", "repair", repairs)
    if station.setup is not None and (setups := dict(_setups(name, station))):
        yield Candidate(name, "20 % shorter setup", "setup", setups)
    alone = [(route, operation) for route, operation in operations if operation.stations == (name,)]
    times = {path: text for route, operation in alone for path, text in _times(route, operation)}
    if times:
        yield Candidate(name, "5 % shorter time", "time", times)
    yields = {path: value for route, operation in alone for path, value in _yields(route, operation)}
    if yields:
        yield Candidate(name, "1 % better yield", "yield", yields)


def _one_more(station: Station) -> Any:
    if isinstance(station.machines, int):
        return station.machines + 1
    written = [machine.model_dump(mode="json", by_alias=True, exclude_defaults=True) for machine in station.machines]
    return [*written, {key: value for key, value in written[-1].items() if key != "name"}]


def _setups(name: str, station: Station) -> Iterator[tuple[str, Any]]:
    setup = station.setup
    assert setup is not None
    for field, law in (("between-families", setup.between_families), ("first", setup.first)):
        if law is not None and law.mean:
            yield f"stations.{name}.setup.{field}", stretched(law, SETUP)
    if setup.matrix:
        shorter = {
            before: {after: str(Quantity(time.value * SETUP, time.unit)) for after, time in row.items()}
            for before, row in setup.matrix.items()
        }
        yield f"stations.{name}.setup.matrix", shorter


def _times(route: str, operation: Operation) -> Iterator[tuple[str, str]]:
    for field, law in (("time", operation.time), ("work", operation.work)):
        if law is not None and law.mean:
            yield f"routes.{route}.{operation.op}.{field}", stretched(law, TIME)


def _yields(route: str, operation: Operation) -> Iterator[tuple[str, Any]]:
    path = f"routes.{route}.{operation.op}.good"
    if isinstance(operation.good, tuple):
        if any(share.base < 1 for share in operation.good):
            yield path, [_better(share) for share in operation.good]
    elif operation.good is not None and operation.good.base < 1:
        yield path, _better(operation.good)


def _better(share: Quantity) -> str:
    return f"{min(1.0, share.base + YIELD) * 100:.10g} %"


def _of_stocks(plant: Plant) -> Iterator[Candidate]:
    for name, product in plant.products.items():
        if product.conwip is not None:
            more = max(product.moves_as, math.ceil(product.conwip * ROOM))
            words = f"{more} more units in process"
            yield Candidate(name, words, "process", {f"products.{name}.conwip": product.conwip + more})
    for name, item in plant.items.items():
        if item.room is not None:
            more = max(1, math.ceil(item.room * ROOM))
            yield Candidate(name, f"room for {more} more in stock", "stock", {f"items.{name}.room": item.room + more})
        policy = item.policy
        if policy is None:
            continue
        for field, pieces in (("kanban", policy.kanban), ("base-stock", policy.base_stock)):
            if pieces is not None:
                more = max(policy.lot, math.ceil(pieces * ROOM))
                words = f"{more} more pieces in circulation"
                yield Candidate(name, words, "stock", {f"items.{name}.policy.{field}": pieces + more})


def _of_calendar(name: str, calendar: Calendar) -> Iterator[Candidate]:
    """A Saturday as long as Friday's first shift, and one more shift in the gap between the last and the first."""
    shifts = [shift._text() for shift in calendar.shifts]
    path = f"calendars.{name}.shifts"
    worked = {day for shift in calendar.shifts for day in shift.days}
    first = min(calendar.shifts, key=lambda shift: shift.start)
    if worked and max(worked) == 4:
        saturday = Shift(days=(5,), start=first.start, end=first.end)._text()
        yield Candidate(name, f"Saturday shift ({saturday})", "shift", {path: [*shifts, saturday]})
    last = max(calendar.shifts, key=lambda shift: shift.start)
    gap = first.start + 1440 - (last.start + last.minutes)
    if gap >= SHORTEST_SHIFT_MIN and last.days == first.days:
        begin = (last.start + last.minutes) % 1440
        end = (begin + min(gap, LONGEST_SHIFT_MIN)) % 1440 or 1440
        more = Shift(days=last.days, start=begin, end=end)._text()
        count = len({(shift.start, shift.end) for shift in calendar.shifts if shift.days == last.days})
        words = {1: "second shift", 2: "third shift"}.get(count, "one more shift")
        yield Candidate(name, f"{words} ({more})", "shift", {path: [*shifts, more]})


def patch_of(*chosen: Candidate) -> dict[str, Any]:
    """One patch document's ``set`` for several changes."""
    return {path: value for candidate in chosen for path, value in candidate.sets.items()}
