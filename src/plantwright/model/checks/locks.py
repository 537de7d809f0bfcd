"""Rings of queues with little room, in which parts can end up waiting for each other for ever."""

from __future__ import annotations

from collections.abc import Iterator

from plantwright.errors import Finding
from plantwright.model.checks.fault import fault, listed
from plantwright.model.journey import next_of, target, ways_back
from plantwright.model.plant import Plant
from plantwright.model.route import Operation


def rings(plant: Plant) -> Iterator[Finding]:
    """A way round through stations that all have limited room: once all are full, none can hand over (deadlock)."""
    told: set[frozenset[str]] = set()
    following = _hand_overs(plant)
    for start in following:
        ring = _way_round(following, start)
        if ring and frozenset(ring) not in told:
            told.add(frozenset(ring))
            where = f"{listed(ring)} hand parts on in a ring" if len(ring) > 1 else "it hands parts back to itself"
            yield fault(
                "W519",
                f"stations.{ring[0]}.room",
                f"{where}, each with limited room: when all is full, the parts wait for each other for ever",
                "Leave out the room of one station on the way, best the one to which parts come back.",
            )


def _hand_overs(plant: Plant) -> dict[str, list[str]]:
    """Stations with limited room that hand parts on to each."""
    found: dict[str, list[str]] = {}
    for route in plant.routes.values():
        for index, operation in enumerate(route):
            goals = {next_of(route, index)}
            goals |= {target(route, name) for way in ways_back(operation) for name in (way.to, way.then) if name}
            for goal in goals:
                if isinstance(goal, int):
                    for station in _tight(plant, operation):
                        found.setdefault(station, []).extend(_tight(plant, route[goal]))
    return found


def _tight(plant: Plant, operation: Operation) -> list[str]:
    """The operation's stations, where every one of them has limited room."""
    stations = [plant.stations.get(name) for name in operation.stations]
    tight = all(station is not None and station.room is not None for station in stations)
    return list(operation.stations) if tight else []


def _way_round(following: dict[str, list[str]], start: str) -> list[str]:
    """A shortest way from a station back to itself; empty without."""
    ways = [[start]]
    seen: set[str] = set()
    for way in ways:
        for station in dict.fromkeys(following.get(way[-1], ())):
            if station == start:
                return way
            if station not in seen:
                seen.add(station)
                ways.append([*way, station])
    return []
