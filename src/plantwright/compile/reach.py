"""Ways to get each item, and what each of them passes: whoever is lost takes every way through him."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from plantwright.compile.supply import Bought, Made, Supply
from plantwright.model.lane import Lane, Mode
from plantwright.model.plant import Plant

Node = tuple[str, str]
"""Kind (supplier, site, lane, port, country) and id."""


@dataclass(frozen=True)
class Way:
    """A way to get an item.

    Attributes
    ----------
    name, item
        Id of the offer, or of what is made; what it gives.
    is_bought
        Whether it is an offer.
    passes
        Everything that it needs.
    capacity
        Infinite where nothing bounds it. [pieces/s]
    lead
        From order to delivery. [s]
    transit
        How long of it goods are under way, and safe if the supplier is lost; 0 where no lane says. [s]
    wait
        How long until it may be used: the time to qualify it. [s]
    ramp
        From the end of a loss until it delivers fully. [s]
    """

    name: str
    item: str
    is_bought: bool
    passes: frozenset[Node]
    capacity: float
    lead: float
    transit: float
    wait: float
    ramp: float

    @property
    def is_qualified(self) -> bool:
        """Whether it may be used today."""
        return self.wait <= 0


def ways(plant: Plant, network: Supply) -> tuple[Way, ...]:
    """Every way of a network, by item, preferred first; offers that may never be used are left out."""
    found: list[Way] = []
    for item in network.items:
        found += [_offered(plant, offer) for offer in network.bought.get(item, ())]
        found += [_made(plant, made) for made in network.made.get(item, ())]
    return tuple(found)


def behind(plant: Plant, supplier: str) -> tuple[str, ...]:
    """A supplier and everybody that it buys from, and these again."""
    found = {supplier: None}
    waiting = [supplier]
    while waiting:
        known = plant.suppliers.get(waiting.pop())
        for each in known.buys_from if known is not None else ():
            if each not in found:
                found[each] = None
                waiting.append(each)
    return tuple(found)


def lane_of(plant: Plant, offer: Bought) -> str | None:
    """The lane on which an offer comes: the one it names, else one from its supplier or country to its site."""
    if offer.lane is not None:
        return offer.lane
    for start in (offer.supplier, offer.country):
        for name, lane in plant.lanes.items():
            if start is not None and lane.from_ == start and lane.to in (None, offer.site):
                return name
    return None


def usual_mode(lane: Lane) -> Mode | None:
    """The mode by which a lane is travelled: the first one."""
    return next(iter(lane.modes.values()), None)


def _offered(plant: Plant, offer: Bought) -> Way:
    written = plant.offers[offer.offer]
    lane = lane_of(plant, offer)
    mode = usual_mode(plant.lanes[lane]) if lane in plant.lanes else None
    qualifying = written.qualification.base if written.qualification is not None else 0.0
    return Way(
        name=offer.offer,
        item=offer.item,
        is_bought=True,
        passes=frozenset(_passed(plant, offer, lane, mode)),
        capacity=offer.capacity,
        lead=offer.lead_time,
        transit=min(offer.lead_time, mode.time.base) if mode is not None and mode.time is not None else 0.0,
        wait=0.0 if written.qualified else (qualifying or math.inf),
        ramp=written.ramp.base if written.ramp is not None else 0.0,
    )


def _passed(plant: Plant, offer: Bought, lane: str | None, mode: Mode | None) -> Iterator[Node]:
    for supplier in behind(plant, offer.supplier) if offer.supplier is not None else ():
        yield "supplier", supplier
        known = plant.suppliers.get(supplier)
        if known is not None and known.country is not None:
            yield "country", known.country
    if offer.country is not None:
        yield "country", offer.country
    if lane is not None:
        yield "lane", lane
    for port in mode.via if mode is not None else ():
        yield "port", port


def _made(plant: Plant, made: Made) -> Way:
    countries = {plant.sites[site].country for site in made.sites if site in plant.sites}
    return Way(
        name=made.name,
        item=made.item,
        is_bought=False,
        passes=frozenset(
            [("site", site) for site in made.sites] + [("country", country) for country in countries if country]
        ),
        capacity=made.capacity,
        lead=made.lead_time if not made.is_own else 0.0,
        transit=0.0,
        wait=0.0,
        ramp=0.0,
    )
