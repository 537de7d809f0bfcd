"""Ways between stations: which one counts, how many parts go it, and what that takes of carriers and conveyors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from plantwright.model.flows import made_things, needs
from plantwright.model.journey import journey
from plantwright.model.load import station_shares
from plantwright.model.plant import Plant
from plantwright.model.station import Travel

STATION, SHOP, SITE = 4, 2, 1
"""How specific an end of a way is; a way is as specific as its two ends together."""

Pair = tuple[str, str]
"""Two stations: from, to."""


def ways_between(plant: Plant) -> dict[Pair, int]:
    """Position in ``travel`` of the way that counts between two stations: the most specific one, of equals the first.

    Pairs between which parts pass in no time are left out.
    """
    chosen: dict[Pair, int] = {}
    best: dict[Pair, int] = {}
    for index, way in enumerate(plant.travel):
        ends = dict(_ends(plant, way.to))
        for start, rank_from in _ends(plant, way.from_):
            for end, rank_to in ends.items():
                rank = rank_from + rank_to
                if rank > best.get((start, end), 0) and not _stays(start, end, rank):
                    chosen[start, end], best[start, end] = index, rank
    return chosen


def _ends(plant: Plant, name: str) -> Iterator[tuple[str, int]]:
    """Stations that an end of a way means, with how specifically: by their own name, their shop's or their site's."""
    for station, written in plant.stations.items():
        shop = plant.shops.get(written.shop) if written.shop is not None else None
        names = {STATION: station, SHOP: written.shop, SITE: shop.site if shop is not None else None}
        rank = max((rank for rank, named in names.items() if named == name), default=0)
        if rank:
            yield station, rank


def _stays(start: str, end: str, rank: int) -> bool:
    """Whether a way between shops would lead from a station to itself: only one written for the station does."""
    return start == end and rank < 2 * STATION


def parts_between(plant: Plant, wanted: Mapping[str, float]) -> dict[Pair, float]:
    """Parts that pass from one station to another for what is wanted, rework and samples counted.

    Parameters
    ----------
    plant
        A plant whose bill of materials has no cycle.
    wanted
        Pieces to deliver, by id of product or item; per year or per unit, the result is in the same.

    Notes
    -----
    Of alternative stations each takes its share of the work, whatever station a part comes from.
    """
    needed, shares = needs(plant, wanted), station_shares(plant, wanted)
    found: defaultdict[Pair, float] = defaultdict(float)
    for name, made, route in made_things(plant):
        trip = journey(route)
        if not needed.get(name) or not trip.good:
            continue
        parts = needed[name] / trip.good / made.moves_as
        for (before, after), share in trip.moves.items():
            for start, part_from in shares[name, route[before].op].items():
                for end, part_to in shares[name, route[after].op].items():
                    found[start, end] += parts * share * part_from * part_to
    return dict(found)


class Trips(NamedTuple):
    """What a carrier does for what is wanted.

    Attributes
    ----------
    number : float
        Trips, every one with a full load. [-]
    hours : float
        Hours of vehicles out and back. [h]
    """

    number: float
    hours: float


def trips_of(plant: Plant, wanted: Mapping[str, float]) -> dict[str, Trips]:
    """Trips of each carrier for what is wanted, and the hours that they take; those that carry nothing are left out."""
    numbers: defaultdict[str, float] = defaultdict(float)
    hours: defaultdict[str, float] = defaultdict(float)
    for way, parts in _carried(plant, wanted):
        if way.carrier is not None and way.time is not None:
            carrier = plant.carriers[way.carrier]
            back = carrier.return_ or way.time
            trips = parts / carrier.load
            numbers[way.carrier] += trips
            hours[way.carrier] += trips * (way.time.mean + back.mean) / 3600
    return {name: Trips(numbers[name], hours[name]) for name in plant.carriers if name in numbers}


def conveyor_loads(plant: Plant, wanted: Mapping[str, float]) -> dict[str, float]:
    """Hours for which the begin of each conveyor is taken: a spacing at its speed for every part. [h]"""
    hours: defaultdict[str, float] = defaultdict(float)
    for way, parts in _carried(plant, wanted):
        if way.conveyor is not None:
            belt = plant.conveyors[way.conveyor]
            hours[way.conveyor] += parts * belt.spacing.base / belt.speed.base / 3600
    return {name: hours[name] for name in plant.conveyors if name in hours}


def driver_loads(plant: Plant, wanted: Mapping[str, float]) -> dict[str, float]:
    """Hours of people with each skill that carriers hold on their trips and on the way back. [h]"""
    loads: defaultdict[str, float] = defaultdict(float)
    for name, trips in trips_of(plant, wanted).items():
        for skill, people in plant.carriers[name].people.items():
            loads[skill] += trips.hours * people
    return dict(loads)


def _carried(plant: Plant, wanted: Mapping[str, float]) -> Iterator[tuple[Travel, float]]:
    """Ways, and the parts that go them."""
    if not plant.travel:
        return
    ways = ways_between(plant)
    for pair, parts in parts_between(plant, wanted).items():
        if parts and pair in ways:
            yield plant.travel[ways[pair]], parts
