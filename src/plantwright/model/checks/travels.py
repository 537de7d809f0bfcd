"""Ways between stations: each written once, and only to stations where what arrives can wait."""

from __future__ import annotations

from collections.abc import Iterator

from plantwright.errors import Finding
from plantwright.model.checks.fault import fault
from plantwright.model.journey import Route, next_of, target, ways_back
from plantwright.model.plant import Plant


def ways(plant: Plant) -> Iterator[Finding]:
    """Ways written twice, from a place to itself, or to a station without room."""
    seen: dict[tuple[str, str], int] = {}
    for index, travel in enumerate(plant.travel):
        pair = (travel.from_, travel.to)
        here = f"travel.{index}"
        if travel.from_ == travel.to and travel.from_ in plant.stations:
            yield fault("W516", here, f"a way from {travel.from_} to itself is never taken", "Delete it.")
        if pair in seen:
            yield fault(
                "E250",
                here,
                f"the way from {travel.from_} to {travel.to} is written before, as entry {seen[pair]}",
                "Delete one of the two.",
            )
        seen.setdefault(pair, index)
    yield from _no_room(plant)


def _no_room(plant: Plant) -> Iterator[Finding]:
    """Stations with room 0 that parts travel to: nobody could take what arrives."""
    reported: set[str] = set()
    for name, route in plant.routes.items():
        for here, there in _steps(plant, route):
            station = plant.stations[there]
            if station.room == 0 and there not in reported and travels(plant, here, there):
                reported.add(there)
                yield fault(
                    "E251",
                    f"stations.{there}.room",
                    f"parts of {name} travel here from {here}, and there is no room where they can arrive",
                    "Write a room of 1 or more, or take the way out of travel.",
                )


def travels(plant: Plant, here: str, there: str) -> bool:
    """Whether parts travel from one station to another: by a way between the two, or between their shops."""
    ends = [(name, plant.stations[name].shop) for name in (here, there)]
    return any(travel.from_ in ends[0] and travel.to in ends[1] for travel in plant.travel if here != there)


def _steps(plant: Plant, route: Route) -> Iterator[tuple[str, str]]:
    """Pairs of stations that parts of a route go between."""
    for index, operation in enumerate(route):
        nexts = [next_of(route, index)]
        nexts += [target(route, place) for way in ways_back(operation) for place in (way.to, way.then) if place]
        for later in nexts:
            if isinstance(later, int):
                for here in operation.stations:
                    for there in route[later].stations:
                        if here in plant.stations and there in plant.stations:
                            yield here, there
