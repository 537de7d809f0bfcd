"""Hours of work that stations, people and tools have to do for what a plant delivers, and the hours they have.

At 100 % availability, without setups, waiting or blocking: more cannot be done, less always is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from plantwright.model.crew import Attendance
from plantwright.model.flows import Amounts, made_things, things_through
from plantwright.model.plant import Plant
from plantwright.model.practice import mean_paces
from plantwright.model.presence import Span, crew_span, cut, machine_span
from plantwright.model.route import Operation
from plantwright.model.station import Machine, Station
from plantwright.model.worktime import Interval, first_year, hours, intervals

_ROUNDS = 50
"""Passes in which work with alternatives is shared out; what is left moves by less than one part in a thousand."""


@dataclass(frozen=True, slots=True)
class Task:
    """One operation of one thing, and the work it is in a year.

    Attributes
    ----------
    thing, route
        Ids of what is made and of the route that makes it.
    operation : Operation
        The operation.
    moves_as : int
        Pieces that move as one part. [pieces]
    pieces : float
        Pieces that pass in the year. [pieces]
    pace, hand_pace : float
        Mean share of the written times, of the work and of loading and unloading, in the first year as it is planned:
        1 where nothing is learned. [-]
    """

    thing: str
    route: str
    operation: Operation
    moves_as: int
    pieces: float
    pace: float = 1.0
    hand_pace: float = 1.0


def tasks(plant: Plant, wanted: Mapping[str, float]) -> Iterator[Task]:
    """Every operation with the pieces that pass it for what is wanted in a year, in document order."""
    through = things_through(plant, wanted)
    paces = mean_paces(plant)
    for name, made, route in made_things(plant):
        for operation in route:
            by = made.made_by or ""
            pieces = through[name, operation.op]
            yield Task(name, by, operation, made.moves_as, pieces, *paces.get((by, operation.op), (1.0, 1.0)))


def machine_hours(station: Station, task: Task) -> float:
    """Time that one piece takes of a machine, its share of a full batch where there are batches. [h]"""
    operation = task.operation
    own = task.pace * operation.law.mean if operation.law else 0.0
    hands = task.hand_pace * hands_on(operation.attended)
    if station.batch is not None:
        return (own + hands) / pieces_per_start(station, task.moves_as) / 3600
    per_piece = own if operation.per == "piece" else own / task.moves_as
    return (per_piece + hands / task.moves_as) / 3600


def pieces_per_start(station: Station, moves_as: int) -> int:
    """Pieces that one start of a machine works on: a full batch, or one part."""
    parts = max(1, station.batch.max // moves_as) if station.batch else 1
    return parts * moves_as


def hands_on(attended: Attendance | None) -> float:
    """Mean time to load and unload. [s]"""
    laws = (attended.load, attended.unload) if attended else ()
    return sum(law.mean for law in laws if law)


def station_hours(plant: Plant, station: Station, within: Interval | None = None) -> float:
    """Machine-hours of a station at the machines' speeds and between their dates. [h]

    Parameters
    ----------
    plant, station
        The plant and the station.
    within
        Begin and end in UTC; the plant's first year when left out.
    """
    asked = within or first_year(plant)
    if isinstance(station.machines, int):
        return station.machines * hours_present(plant, station.calendar, machine_span(plant, station, Machine()), asked)
    return sum(
        machine.speed * hours_present(plant, station.calendar, machine_span(plant, station, machine), asked)
        for machine in station.machines
    )


def hours_present(plant: Plant, calendar: str | None, span: Span, within: Interval) -> float:
    """Hours of an interval in which something is there and on shift. [h]"""
    start, end = cut(span, within)
    return hours(intervals(plant, calendar, start, end)) if start < end else 0.0


def station_loads(plant: Plant, wanted: Mapping[str, float]) -> dict[str, float]:
    """Machine-hours of work that each station has to do in a year, alternatives shared out evenly. [h]

    Parameters
    ----------
    plant
        A plant without errors of names and structure.
    wanted
        Pieces to deliver in the year, by id of product or item.
    """
    loads = dict.fromkeys(plant.stations, 0.0)
    shares = station_shares(plant, wanted)
    for task in tasks(plant, wanted):
        for name, share in shares[task.thing, task.operation.op].items():
            loads[name] += share * task.pieces * machine_hours(plant.stations[name], task)
    return loads


def station_shares(plant: Plant, wanted: Mapping[str, float]) -> dict[tuple[str, str], Amounts]:
    """Share of each operation's work that each of its stations does, by thing made and operation. [-]

    Parameters
    ----------
    plant
        A plant without errors of names and structure.
    wanted
        Pieces to deliver in the year, by id of product or item.
    """
    loads = dict.fromkeys(plant.stations, 0.0)
    found: dict[tuple[str, str], Amounts] = {}
    flexible: dict[tuple[str, str], Amounts] = {}
    for task in tasks(plant, wanted):
        work = {name: task.pieces * machine_hours(plant.stations[name], task) for name in task.operation.stations}
        found[task.thing, task.operation.op] = dict.fromkeys(work, 1.0 / len(work))
        if len(work) == 1:
            loads[next(iter(work))] += next(iter(work.values()))
        elif any(work.values()):
            flexible[task.thing, task.operation.op] = work
    if flexible:
        available = {name: station_hours(plant, station) for name, station in plant.stations.items()}
        shares = _shared_out(loads, list(flexible.values()), available)
        found |= dict(zip(flexible, shares, strict=True))
    return found


def _shared_out(fixed: Amounts, flexible: list[Amounts], available: Amounts) -> list[Amounts]:
    """Share each piece of work among its stations so that the fullest of them is as empty as can be."""
    shares = [dict.fromkeys(work, 1.0 / len(work)) for work in flexible]
    loads = defaultdict(float, fixed)
    for work, share in zip(flexible, shares, strict=True):
        for name in work:
            loads[name] += work[name] * share[name]
    for _ in range(_ROUNDS):
        for index, work in enumerate(flexible):
            for name in work:
                loads[name] -= work[name] * shares[index][name]
            shares[index] = _levelled(work, loads, available)
            for name in work:
                loads[name] += work[name] * shares[index][name]
    return shares


def _levelled(work: Amounts, others: Mapping[str, float], available: Amounts) -> Amounts:
    """Shares of one piece of work by which its stations come to one level of use, beside what others give them."""
    usable = [name for name in work if available[name] > 0] or list(work)
    capacity = {name: max(available[name], 1e-9) for name in usable}
    effort = {name: max(work[name], 1e-9) for name in usable}
    taken: list[str] = []
    level = 0.0
    for name in sorted(usable, key=lambda each: others[each] / capacity[each]):
        if taken and level <= others[name] / capacity[name]:
            break
        taken.append(name)
        room = sum(capacity[each] / effort[each] for each in taken)
        level = (1.0 + sum(others[each] / effort[each] for each in taken)) / room
    shares = {name: max(0.0, (level * capacity[name] - others[name]) / effort[name]) for name in taken}
    total = sum(shares.values()) or 1.0
    return {name: shares.get(name, 0.0) / total for name in work}


def skill_loads(plant: Plant, wanted: Mapping[str, float]) -> dict[str, float]:
    """Hours of people with each skill that operations hold in a year; setups and repairs come on top. [h]"""
    loads: defaultdict[str, float] = defaultdict(float)
    for task in tasks(plant, wanted):
        station = plant.stations[task.operation.stations[0]]
        work = task.pieces * machine_hours(station, task)
        starts = task.pieces / pieces_per_start(station, task.moves_as)
        attended = starts * task.hand_pace * hands_on(task.operation.attended) / 3600
        for skill, people in task.operation.people.items():
            loads[skill] += work * people
        for skill, people in task.operation.attended.people.items() if task.operation.attended else ():
            loads[skill] += attended * people
    return dict(loads)


def skill_hours(plant: Plant) -> dict[str, float]:
    """Hours of people with each skill in a year if nobody is absent; who has several skills counts for each. [h]"""
    present: defaultdict[str, float] = defaultdict(float)
    for crew in plant.crews.values():
        hours_each = hours_present(plant, crew.calendar, crew_span(plant, crew), first_year(plant))
        for skill in crew.skills:
            present[skill] += crew.people * hours_each
    return dict(present)
