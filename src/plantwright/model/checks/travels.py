"""Ways between stations: each written once, and only to stations where what arrives can wait."""

from __future__ import annotations

from collections.abc import Iterator

from plantwright.errors import Finding
from plantwright.model.checks.fault import fault
from plantwright.model.journey import Route, next_of, target, ways_back
from plantwright.model.plant import Plant


def ways(plant: Plant) -> Iterator[Finding]:
    """Ways written twice, from a place to itself, or to an oven without room."""
    seen: dict[tuple[str, str], int] = {}
    stays = {here for route in plant.routes.values() for here, there in _steps(plant, route) if here == there}
    for index, travel in enumerate(plant.travel):
        pair = (travel.from_, travel.to)
        here = f"travel.{index}"
        if travel.from_ == travel.to and travel.from_ in plant.stations and travel.from_ not in stays:
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
    """Ovens with room 0 that parts travel to: nothing can come together there."""
    reported: set[str] = set()
    for name, route in plant.routes.items():
        for here, there in _steps(plant, route):
            station = plant.stations[there]
            closed = station.room == 0 and station.batch is not None
            if closed and there not in reported and travels(plant, here, there):
                reported.add(there)
                yield fault(
                    "E251",
                    f"stations.{there}.room",
                    f"parts of {name} travel here from {here}, and there is no room where a batch can come together",
                    "Write a room of at least the batch, or take the way out of travel.",
                )


def conveyors(plant: Plant) -> Iterator[Finding]:
    """Conveyors that hold nothing or do not move."""
    for name, belt in plant.conveyors.items():
        if belt.speed.base <= 0 or belt.spacing.base <= 0:
            field, what = ("speed", "nothing moves on it")
            if belt.speed.base > 0:
                field, what = ("spacing", "its parts take no place on it")
            yield fault("E252", f"conveyors.{name}.{field}", what, f"Write a {field} above 0.")
        elif belt.length.base < belt.spacing.base:
            yield fault(
                "E252",
                f"conveyors.{name}.length",
                f"a part takes {belt.spacing} of it, and it is only {belt.length} long",
                "Write a length of at least the spacing.",
            )


def carriers(plant: Plant) -> Iterator[Finding]:
    """Ways to fail that a carrier does not have."""
    for name, carrier in plant.carriers.items():
        for index, failure in enumerate(carrier.failures):
            here = f"carriers.{name}.failures.{failure.name or index}"
            if failure.uptime.by == "busy":
                yield fault(
                    "E253",
                    f"{here}.uptime",
                    "a carrier fails by the clock or in trips, not by busy time",
                    'Write the law alone, or a count such as "geometric(0.01) trips".',
                )
            if failure.then != "resume":
                yield fault(
                    "E253",
                    f"{here}.then",
                    "a carrier that breaks down goes on with its load, it does not lose it",
                    "Delete then.",
                )


def travels(plant: Plant, here: str, there: str) -> bool:
    """Whether parts travel from one station to another: by a way between the two, their shops or their sites."""
    ends = [places(plant, name) for name in (here, there)]
    return any(travel.from_ in ends[0] and travel.to in ends[1] for travel in plant.travel if here != there)


def places(plant: Plant, station: str) -> tuple[str | None, ...]:
    """What a way to a station may name: the station, its shop, its site."""
    shop = plant.stations[station].shop
    return station, shop, plant.shops[shop].site if shop in plant.shops else None


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
