"""Dates from which or until which machines, people, tools and carriers are there: all that is made needs some."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plantwright.errors import Finding
from plantwright.model.checks.fault import fault, listed
from plantwright.model.flows import made_things
from plantwright.model.plant import Plant
from plantwright.model.presence import (
    Span,
    carrier_span,
    crew_span,
    day_at,
    in_first_year,
    machine_span,
    site_at,
    tool_span,
)
from plantwright.model.route import Operation
from plantwright.model.station import Machine
from plantwright.model.worktime import Interval, first_year


def presence(plant: Plant) -> Iterator[Finding]:
    """Operations that nobody can do on some days of the first year: no machine, no skill, no tool is there."""
    told: set[tuple[str, str]] = set()
    for name, made, route in made_things(plant):
        for operation in route:
            here = f"routes.{made.made_by}.{operation.op}"
            for what, spans in _needed(plant, name, made.made_by or "", operation):
                gaps = _gaps(plant, [in_first_year(plant, span) for span in spans])
                if gaps and (here, what) not in told:
                    told.add((here, what))
                    yield _missing(plant, here, what, gaps)


def carriage(plant: Plant) -> Iterator[Finding]:
    """Ways whose carrier is away on some days of the first year."""
    for index, travel in enumerate(plant.travel):
        carrier = plant.carriers.get(travel.carrier or "")
        gaps = _gaps(plant, [in_first_year(plant, carrier_span(plant, carrier))]) if carrier else []
        if gaps:
            yield _missing(plant, f"travel.{index}", f'no "{travel.carrier}"', gaps)


def _needed(plant: Plant, name: str, route: str, operation: Operation) -> Iterator[tuple[str, list[Span]]]:
    """What an operation cannot do without, and from when to when each that would do is there."""
    stations = [plant.stations[each] for each in operation.stations if each in plant.stations]
    if stations:
        able = [
            machine_span(plant, station, machine)
            for station in stations
            for machine in station.each_machine
            if _is_qualified(machine, name, route)
        ]
        yield f"no machine of {listed(operation.stations)}", able
    for skill in dict.fromkeys([*operation.people, *(operation.attended.people if operation.attended else ())]):
        crews = [crew for crew in plant.crews.values() if skill in crew.skills and crew.people]
        if crews:
            yield f'nobody with the skill "{skill}"', [crew_span(plant, crew) for crew in crews]
    for tool in operation.tools:
        if tool in plant.tools:
            yield f'no "{tool}"', [tool_span(plant, plant.tools[tool])]


def _is_qualified(machine: Machine, name: str, route: str) -> bool:
    return not machine.only or name in machine.only or route in machine.only


def _gaps(plant: Plant, spans: Iterable[Interval]) -> list[Interval]:
    """Times of the first year, of a day or more, that none of the spans covers."""
    covered, end = first_year(plant)
    gaps = []
    for start, stop in sorted(span for span in spans if span[0] < span[1]):
        if start > covered:
            gaps.append((covered, start))
        covered = max(covered, stop)
    site = site_at(plant, None, None)
    return [gap for gap in (*gaps, (covered, end)) if day_at(gap[0], site) < day_at(gap[1], site)]


def _missing(plant: Plant, here: str, what: str, gaps: list[Interval]) -> Finding:
    if gaps == [first_year(plant)]:
        return fault(
            "E243",
            here,
            f"{what} that can do it is there in the year from {plant.from_}",
            "Correct the dates under from and until, or name another one.",
        )
    site = site_at(plant, None, None)
    days = [f"from {day_at(start, site)} to {day_at(end, site)}" for start, end in gaps]
    return fault(
        "W530",
        here,
        f"{what} that can do it is there {' and '.join(days)}: what comes then waits",
        "Correct the dates under from and until, or name another one.",
    )


def dates(plant: Plant) -> Iterator[Finding]:
    """Machines that come after their station has left, or leave before it has come."""
    for name, station in plant.stations.items():
        for index, machine in enumerate(station.machines if isinstance(station.machines, tuple) else ()):
            for start, end in ((station.from_, machine.until), (machine.from_, station.until)):
                if start is not None and end is not None and end <= start:
                    yield fault(
                        "E244",
                        f"stations.{name}.machines.{machine.name or index}",
                        f"it is never there: by its own dates and those of {name} it is gone on {end} and comes on "
                        f"{start}",
                        "Let the dates of the machine lie within those of its station.",
                    )
