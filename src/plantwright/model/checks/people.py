"""People: somebody has the skill, enough of them at once, and at the hours of the station."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from plantwright.errors import Finding, nearest
from plantwright.model.checks.fault import fault, listed
from plantwright.model.crew import Crew
from plantwright.model.plant import Plant
from plantwright.model.presence import Span, crew_span, cut, machine_span
from plantwright.model.station import Machine, Station, people_of_stops
from plantwright.model.worktime import Interval, first_year, intervals

MOST_KINDS = 4
"""Kinds of people that the simulator lets one operation, setup or repair hold at once."""
_ROUNDED = 0.0005
"""People are counted in thousandths. [people]"""
_WEEKS = dt.timedelta(weeks=5)
"""Span in which people and machine must meet at least once; longer than any usual shutdown."""


class _Worked(NamedTuple):
    """When a station or carrier works: within which dates, and by which calendar."""

    span: Span
    calendar: str | None


class _Call(NamedTuple):
    """People held together: where it is written, by skill, for which stations or carriers, and when those work."""

    path: str
    people: tuple[tuple[str, float], ...]
    where: tuple[str, ...]
    worked: tuple[_Worked, ...]


def skills(plant: Plant) -> Iterator[Finding]:
    """Skills that nobody has, more people than one crew has, too many kinds at once, crews nobody asks for."""
    asked: set[str] = set()
    reported: set[tuple[str, str]] = set()
    for call in _calls(plant):
        asked.update(skill for skill, _ in call.people)
        if len(call.people) > MOST_KINDS:
            yield fault(
                "E232",
                call.path,
                f"it holds {listed(skill for skill, _ in call.people)} at once; {MOST_KINDS} can be held",
                "Join skills that always come together.",
            )
        for skill, number in call.people:
            finding = _missing(plant, call, skill, number)
            if finding is not None and (skill, finding.message) not in reported:
                reported.add((skill, finding.message))
                yield finding
        if len(call.people) > 1 and not _any_missing(plant, call) and not _together(plant, call):
            yield fault(
                "E235",
                call.path,
                f"it holds {listed(skill for skill, _ in call.people)} together, and the crews never have so many "
                "people: the same ones would serve two of these skills",
                "Put more people on these crews, or let the skills be those of different crews.",
            )
    for name, crew in plant.crews.items():
        if not asked.intersection(crew.skills):
            near = next((found for skill in crew.skills if (found := nearest(skill, asked))), None)
            yield fault(
                "W509",
                f"crews.{name}.skills",
                f"nothing asks for {listed(crew.skills)}",
                "Write it under people of an operation, setup or repair, or delete the crew.",
                near=near,
            )


def _any_missing(plant: Plant, call: _Call) -> bool:
    """Whether a skill, or enough people of it, is missing already by itself."""
    return any(_missing(plant, call, skill, number) is not None for skill, number in call.people)


def _together(plant: Plant, call: _Call) -> bool:
    """Whether everybody whom something holds can be had at once when all are there, as the simulator looks for them:
    in the order written or from the last to the first, each time the crew with the fewest skills that has enough.
    """
    crews = sorted(plant.crews.values(), key=lambda crew: len(crew.skills))
    for people in (call.people, call.people[::-1]):
        free = [float(crew.people) for crew in crews]
        for skill, number in people:
            able = (at for at, crew in enumerate(crews) if skill in crew.skills and free[at] >= number - _ROUNDED)
            chosen = next(able, None)
            if chosen is None:
                break
            free[chosen] -= number
        else:
            return True
    return False


def _missing(plant: Plant, call: _Call, skill: str, number: float) -> Finding | None:
    """What is wrong with asking for so many people of a skill."""
    crews = [crew for crew in plant.crews.values() if skill in crew.skills]
    if not crews:
        known = sorted({each for crew in plant.crews.values() for each in crew.skills})
        return fault(
            "E230",
            f"{call.path}.people.{skill}",
            f'nobody has the skill "{skill}"',
            "Give it to a crew under skills, or correct the name.",
            near=nearest(skill, known),
        )
    most = max(crew.people for crew in crews)
    if number > most:
        return fault(
            "E231",
            f"{call.path}.people.{skill}",
            f"it needs {number:g} people with {skill} at once, the largest crew has {most}",
            f"Put {number:g} on that crew, or ask for fewer.",
        )
    if not any(_meet(plant, worked, crew) for worked in call.worked for crew in crews if crew.people):
        return fault(
            "E233",
            f"{call.path}.people.{skill}",
            f"people with {skill} are never there when {listed(call.where)} works",
            "Give them calendars with common hours.",
        )
    return None


def _meet(plant: Plant, worked: _Worked, crew: Crew) -> bool:
    """Whether a station or carrier and a crew have any time in common; unknown calendars count as always."""
    days = first_year(plant)
    for span in (worked.span, crew_span(plant, crew)):
        days = cut(span, days)
    end = min(days[1], days[0] + _WEEKS)
    hours = [
        intervals(plant, calendar if calendar in plant.calendars else None, days[0], end)
        for calendar in (worked.calendar, crew.calendar)
    ]
    return _overlap(hours[0], hours[1])


def _overlap(first: list[Interval], second: list[Interval]) -> bool:
    i = j = 0
    while i < len(first) and j < len(second):
        if first[i][0] < second[j][1] and second[j][0] < first[i][1]:
            return True
        if first[i][1] <= second[j][1]:
            i += 1
        else:
            j += 1
    return False


def _calls(plant: Plant) -> Iterator[_Call]:
    """Every place where the document asks for people."""
    for name, route in plant.routes.items():
        for operation in route:
            attended = tuple(operation.attended.people.items()) if operation.attended else ()
            stations = tuple(each for each in operation.stations if each in plant.stations)
            if stations:
                people = (*operation.people.items(), *attended)
                worked = tuple(_worked(plant, plant.stations[each]) for each in stations)
                yield _Call(f"routes.{name}.{operation.op}", people, stations, worked)
    for name, station in plant.stations.items():
        here = f"stations.{name}"
        groups = dict(people_of_stops(station))
        groups |= {"setup": station.setup.people} if station.setup is not None else {}
        for what, group in groups.items():
            yield _Call(f"{here}.{what}", tuple(group.items()), (name,), (_worked(plant, station),))
    for name, shared in plant.shared_failures.items():
        struck = [each for each, station in plant.stations.items() if shared.strikes(each, station.shop)]
        if struck:
            worked = tuple(_worked(plant, plant.stations[each]) for each in struck)
            yield _Call(f"shared-failures.{name}", tuple(shared.people.items()), tuple(struck), worked)
    for name, carrier in plant.carriers.items():
        here = f"carriers.{name}"
        groups = {f"failures.{failure.name or index}": failure.people for index, failure in enumerate(carrier.failures)}
        groups["people"] = carrier.people
        for what, group in groups.items():
            path = here if what == "people" else f"{here}.{what}"
            yield _Call(path, tuple(group.items()), (name,), (_Worked((None, None), carrier.calendar),))


def _worked(plant: Plant, station: Station) -> _Worked:
    return _Worked(machine_span(plant, station, Machine()), station.calendar)


def tools(plant: Plant) -> Iterator[Finding]:
    """Operations that hold more of a tool than there are."""
    for name, route in plant.routes.items():
        for operation in route:
            for tool, number in operation.tools.items():
                there = plant.tools[tool].number if tool in plant.tools else number
                if number > there:
                    yield fault(
                        "E235",
                        f"routes.{name}.{operation.op}.tools.{tool}",
                        f"it holds {number} {tool} at once, and there {'is' if there == 1 else 'are'} only {there}",
                        f"Write number: {number} at the tool, or hold fewer.",
                    )


def attendance(plant: Plant) -> Iterator[Finding]:
    """People who are held to load and unload, which takes no time."""
    for name, route in plant.routes.items():
        for operation in route:
            attended = operation.attended
            if attended is not None and attended.load is None and attended.unload is None:
                yield fault(
                    "E234",
                    f"routes.{name}.{operation.op}.attended",
                    "people attend to load and unload, but neither takes any time",
                    "Write load or unload with a time, or people instead of attended.",
                )
