"""Makings, their steps of capacity, and ways between sites, lowered."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from plantwright.compile.prices import in_base
from plantwright.compile.sourcing.buying import carried, freight
from plantwright.compile.sourcing.names import Shipment, Stage, Workplace
from plantwright.compile.sourcing.plan import YEAR_S, Planned, modes
from plantwright.compile.supply import Made, price_of
from plantwright.model.lane import Lane, Mode
from plantwright.model.making import Expansion, Making
from plantwright.problems.sourcing import Makings, Shipments, Steps


class Carriage(NamedTuple):
    """An item that goes from one site to another."""

    shipment: Shipment
    lane: Lane | None
    mode: Mode | None


@dataclass(frozen=True)
class Working:
    """All that can be made, and moved between sites.

    Attributes
    ----------
    planned
        The plant.
    workplaces, ways
        What can be made where, and how it is described.
    carriages
        What can go from site to site.
    """

    planned: Planned
    workplaces: tuple[Workplace, ...]
    ways: tuple[Made, ...]
    carriages: tuple[Carriage, ...]

    def making(self, workplace: Workplace) -> Making | None:
        """What the document says of it."""
        return self.planned.plant.making.get(workplace.making) if workplace.making is not None else None

    @property
    def stages(self) -> tuple[tuple[Stage, Expansion], ...]:
        """Every step of capacity that can be bought."""
        return tuple(
            (Stage(workplace, name), step)
            for workplace in self.workplaces
            if (making := self.making(workplace)) is not None
            for name, step in making.expansions.items()
        )

    @property
    def costless(self) -> tuple[str, ...]:
        """Items whose making nobody says the cost of."""
        found = (each.item for each in self.workplaces if (making := self.making(each)) is None or making.cost is None)
        return tuple(dict.fromkeys(found))


def working(planned: Planned) -> Working:
    """What can be made and moved."""
    places, ways = [], []
    for item in planned.network.items:
        for way in planned.network.made.get(item, ()):
            places.append(Workplace(way.making, item, way.sites[0] if way.sites else planned.sites[0]))
            ways.append(way)
    return Working(planned, tuple(places), tuple(ways), tuple(_carriages(planned, places)))


def _carriages(planned: Planned, places: list[Workplace]) -> Iterator[Carriage]:
    """Items from a site that can have them to one that needs them, on every lane between the two."""
    made = {(place.item, place.site) for place in places}
    needed = {(part, place.site) for place in places for part in planned.network.bill.get(place.item, {})}
    needed |= {(thing, planned.home(thing)) for wanted in planned.wanted for thing in wanted}
    for item in planned.network.items:
        for start in planned.sites:
            if (item, start) not in made and not (item in planned.network.bought and start == planned.sites[0]):
                continue
            for end in planned.sites:
                if end != start and (item, end) in needed:
                    yield from _between(planned, item, start, end)


def _between(planned: Planned, item: str, start: str, end: str) -> Iterator[Carriage]:
    lanes = planned.lanes({start}, end)
    if not lanes:
        yield Carriage(Shipment(item, start, end, None, None), None, None)
    for name, lane in lanes.items():
        for mode_name, mode in modes(lane).items():
            yield Carriage(Shipment(item, start, end, name, mode_name), lane, mode)


def makings_of(found: Working, node_of: dict[tuple[str, str], int]) -> Makings:
    """Makings as arrays."""
    planned, places = found.planned, found.workplaces
    uses = np.zeros((len(places), len(node_of)))
    for row, place in enumerate(places):
        for part, pieces in planned.network.bill.get(place.item, {}).items():
            if (part, place.site) in node_of:
                uses[row, node_of[part, place.site]] = pieces
    known = [found.making(place) for place in places]
    money = planned.plant.money
    return Makings(
        node=np.array([node_of[place.item, place.site] for place in places], dtype=np.int64),
        uses=uses,
        cost=np.array([0.0 if making is None else in_base(money, making.cost) for making in known]),
        capacity=np.array([[way.capacity * each for each in planned.seconds] for way in found.ways]).reshape(
            -1, planned.sourcing.years
        ),
        opening=np.array([0.0 if making is None else in_base(money, making.qualification_cost) for making in known]),
        carbon=np.array([0.0 if making is None or making.carbon is None else making.carbon.base for making in known]),
        final=np.array([place.item in planned.plant.products for place in places], dtype=bool),
    )


def steps_of(found: Working) -> Steps:
    """Steps as arrays."""
    stages, money = found.stages, found.planned.plant.money
    return Steps(
        making=np.array([found.workplaces.index(stage.workplace) for stage, _ in stages], dtype=np.int64),
        capacity=np.array([step.adds.base * YEAR_S for _, step in stages]),
        cost=np.array([in_base(money, step.cost) for _, step in stages]),
        delay=np.array(
            [0 if step.takes is None else math.ceil(step.takes.base / YEAR_S - 1e-6) for _, step in stages],
            dtype=np.int64,
        ),
        life=np.array([math.inf if step.life is None else step.life.base / YEAR_S for _, step in stages]),
    )


def shipments_of(found: Working, node_of: dict[tuple[str, str], int]) -> Shipments:
    """Ways between sites as arrays."""
    planned, ways = found.planned, found.carriages
    invoices = [_invoice(found, way.shipment) for way in ways]
    days = [way.mode.time.base if way.mode is not None and way.mode.time is not None else 0.0 for way in ways]
    rate = planned.sourcing.holding.base / YEAR_S
    return Shipments(
        start=np.array([node_of[way.shipment.item, way.shipment.start] for way in ways], dtype=np.int64),
        end=np.array([node_of[way.shipment.item, way.shipment.end] for way in ways], dtype=np.int64),
        freight=np.array([freight(planned, way.shipment.item, way.mode, way.shipment.lane) for way in ways]),
        duty=np.array([0.0 if way.lane is None or way.lane.tariff is None else way.lane.tariff.base for way in ways]),
        holding=np.array([time * rate * (invoice or 0.0) for time, invoice in zip(days, invoices, strict=True)]),
        carbon=np.array([carried(planned, way.shipment.item, way.mode) for way in ways]),
        invoice=np.array([math.nan if invoice is None else invoice for invoice in invoices]),
    )


def _invoice(found: Working, shipment: Shipment) -> float | None:
    """The transfer price where the item is made there, else what it was bought for."""
    planned = found.planned
    for place in found.workplaces:
        if (place.item, place.site) == (shipment.item, shipment.start):
            making = found.making(place)
            if making is None or making.transfer_price is None:
                return None
            return in_base(planned.plant.money, making.transfer_price)
    return price_of(planned.plant, planned.network, shipment.item)
