"""Who waits for room at a station: releases that begin there, and stations that look ahead before they start."""

from __future__ import annotations

from itertools import product

from plantwright.codes import NONE
from plantwright.compile.draft import Draft
from plantwright.compile.transport import ways


def link_upstream(draft: Draft) -> None:
    """Sources, feeders and siblings of every station."""
    stations = range(len(draft.stations))
    sources: dict[int, list[int]] = {station: [] for station in stations}
    for row in range(len(draft.rows["release"])):
        for station in _stations_of(draft, draft.rows["release"][row]["operation"]):
            sources[station].append(row)
    feeders = _feeders(draft)
    siblings = _siblings(draft)
    for station in stations:
        first_source, source_count = draft.link(sources[station])
        first_feeder, feeder_count = draft.link(sorted(feeders.get(station, ())))
        draft.rows["station"].set(
            station, first_source=first_source, sources=source_count, first_feeder=first_feeder, feeders=feeder_count
        )
        first_sibling, sibling_count = draft.link(sorted(siblings.get(station, ())))
        draft.rows["station"].set(station, first_sibling=first_sibling, siblings=sibling_count)
    _conveyor_feeders(draft)


def _conveyor_feeders(draft: Draft) -> None:
    """Stations with blocking before service that deliver onto each conveyor."""
    routes = ways(draft)
    found: dict[int, set[int]] = {}
    for row in range(len(draft.rows["operation"]) if draft.conveyors else 0):
        following = draft.rows["operation"][row]["next"]
        before = [at for at in _stations_of(draft, row) if draft.rows["station"][at]["before_service"]]
        for here, there in product(before, _stations_of(draft, following) if following >= 0 else ()):
            way = int(routes[here, there])
            conveyor = NONE if way == NONE else draft.rows["travel"][way]["conveyor"]
            if conveyor != NONE:
                found.setdefault(conveyor, set()).add(here)
    for conveyor, stations in found.items():
        first, count = draft.link(sorted(stations))
        draft.rows["conveyor"].set(conveyor, first_feeder=first, feeders=count)


def _feeders(draft: Draft) -> dict[int, set[int]]:
    """Stations with blocking before service, by the stations they deliver to."""
    found: dict[int, set[int]] = {}
    for row in range(len(draft.rows["operation"])):
        operation = draft.rows["operation"][row]
        before = [at for at in _stations_of(draft, row) if draft.rows["station"][at]["before_service"]]
        for to in {operation["next"], operation["otherwise"]} if before else ():
            for station in _stations_of(draft, to) if to >= 0 else ():
                found.setdefault(station, set()).update(before)
    return found


def _siblings(draft: Draft) -> dict[int, set[int]]:
    """Stations that share an operation with each station: alternatives of one another."""
    found: dict[int, set[int]] = {}
    for row in range(len(draft.rows["operation"])):
        stations = set(_stations_of(draft, row))
        for station in stations if len(stations) > 1 else ():
            found.setdefault(station, set()).update(stations - {station})
    return found


def _stations_of(draft: Draft, operation: int) -> list[int]:
    row = draft.rows["operation"][operation]
    return [
        draft.rows["choice"][choice]["station"]
        for choice in range(row["first_choice"], row["first_choice"] + row["choices"])
    ]
