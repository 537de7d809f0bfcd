"""The plant as a network of supply: what is wanted, what goes into what, who offers it, who makes it, what it costs.

The one lowering that `sourcing` and `risk` share: plain numbers by id, money in base currency, time in seconds.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from plantwright.compile.prices import in_base
from plantwright.model.flows import kit, made_things, needs, target_amounts
from plantwright.model.journey import journey
from plantwright.model.making import Making
from plantwright.model.plant import Plant
from plantwright.model.product import Item
from plantwright.model.supply import Offer

Bill = Mapping[str, Mapping[str, float]]
"""Pieces of each thing that go into one good piece of each made thing."""


@dataclass(frozen=True)
class Bought:
    """An offer in plain numbers.

    Attributes
    ----------
    offer, item, supplier
        Its id, what is offered, by whom (None where nobody is named).
    country
        Where it ships from: the supplier's country, else the origin of the goods. ISO 3166, None where unknown.
    site
        Where it is delivered; None in a plant without sites.
    lane
        The lane on which it comes, where one is named.
    capacity
        Most that it delivers, infinite where nothing bounds it. [pieces/s]
    lead_time
        Mean time from order to delivery. [s]
    minimum
        Least pieces of an order.
    prices
        Price of a piece from each quantity on, duty not counted. [base money]
    duty
        Share of the price that is paid on top. [-]
    """

    offer: str
    item: str
    supplier: str | None
    country: str | None
    site: str | None
    lane: str | None
    capacity: float
    lead_time: float
    minimum: int
    prices: Mapping[int, float]
    duty: float

    def price(self, quantity: float = math.inf) -> float | None:
        """Price of a piece with duty, so many ordered together; None where no price is written. [base money]

        Below the smallest quantity it is the price from that on.
        """
        if not self.prices:
            return None
        steps = [step for step in self.prices if step <= quantity] or [min(self.prices)]
        return self.prices[max(steps)] * (1.0 + self.duty)


@dataclass(frozen=True)
class Made:
    """A way to make a thing: the route of the plant, or another site that can.

    Attributes
    ----------
    making
        Id in ``making``; None for a route that nothing more is said of.
    item
        What is made.
    sites
        Where: every site that its route passes, or the one that makes it.
    is_own
        Whether a route of the plant makes it.
    capacity
        Most that it makes, infinite where nothing bounds it here. [pieces/s]
    lead_time
        From order to delivery; 0 where nothing is said. [s]
    """

    making: str | None
    item: str
    sites: tuple[str, ...]
    is_own: bool
    capacity: float
    lead_time: float

    @property
    def name(self) -> str:
        """How the way is called among all ways: its id, or the item's."""
        return self.making or self.item


@dataclass(frozen=True)
class Supply:
    """The network.

    Attributes
    ----------
    items
        Everything that is wanted or goes into it, in document order, products first.
    wanted
        Pieces that customers take a year. [pieces/year]
    needed
        Good pieces of each item that this takes, scrap and spares counted. [pieces/year]
    bill
        What goes into a good piece of each made thing: options at their shares, scrap and rework counted.
    bought, made
        All ways to get each item that is needed, preferred first.
    currency
        In which prices are.
    """

    items: tuple[str, ...]
    wanted: Mapping[str, float]
    needed: Mapping[str, float]
    bill: Bill
    bought: Mapping[str, tuple[Bought, ...]]
    made: Mapping[str, tuple[Made, ...]]
    currency: str


def supply(plant: Plant, wanted: Mapping[str, float] | None = None) -> Supply:
    """The network of supply of a plant.

    Parameters
    ----------
    plant
        A plant whose bill of materials has no cycle; without the offers that screening refuses.
    wanted
        Pieces a year by id of product or item; what the plant is meant to deliver when left out.

    Raises
    ------
    ValueError
        The bill of materials has a cycle.
    """
    wanted = target_amounts(plant) if wanted is None else wanted
    needed = {name: pieces for name, pieces in needs(plant, wanted).items() if pieces > 0}
    things = [name for name in (*plant.products, *plant.items) if name in needed]
    return Supply(
        items=tuple(things),
        wanted={name: pieces for name, pieces in wanted.items() if pieces},
        needed={name: needed[name] for name in things},
        bill={name: parts for name, parts in bill(plant).items() if name in needed},
        bought={name: offers for name in things if (offers := tuple(_bought(plant, name)))},
        made={name: ways for name in things if (ways := tuple(_made(plant, name)))},
        currency=plant.money.base,
    )


def bill(plant: Plant) -> dict[str, dict[str, float]]:
    """Pieces of each thing that go into one good piece of each made thing.

    Options count at their shares, scrap and rework by how often an operation sees a piece; what teardowns give back is
    taken off.
    """
    found: dict[str, dict[str, float]] = {}
    for name, made, route in made_things(plant):
        trip = journey(route)
        parts: dict[str, float] = {}
        for operation, visits in zip(route, trip.visits, strict=True):
            passes = visits / trip.good if trip.good > 0 else 0.0
            for used, pieces in kit(made, operation).items():
                parts[used] = parts.get(used, 0.0) + pieces * passes
            for given, count in operation.gives.items():
                parts[given] = parts.get(given, 0.0) - count * passes
        found[name] = {used: pieces for used, pieces in parts.items() if pieces > 0}
    return found


def offers_of(plant: Plant, item: str) -> dict[str, Offer]:
    """All offers for an item, preferred first: those its purchase names, then every other one that names the item."""
    thing = plant.items.get(item)
    buy = thing.buy if thing is not None else None
    named = buy.from_ if buy is not None else None
    first = [named] if isinstance(named, str) else list(named or ())
    others = [name for name, offer in plant.offers.items() if offer.item == item]
    return {name: plant.offers[name] for name in dict.fromkeys([*first, *others]) if name in plant.offers}


def sites_of(plant: Plant, route: str) -> tuple[str, ...]:
    """The sites that a route passes: those of the shops of its stations, the first one where a shop names none."""
    first = next(iter(plant.sites), None)
    found: dict[str, None] = {}
    for operation in plant.routes[route]:
        for name in operation.stations:
            shop = plant.shops.get(plant.stations[name].shop or "") if name in plant.stations else None
            site = (shop.site if shop is not None else None) or first
            if site is not None:
                found[site] = None
    return tuple(found)


def _bought(plant: Plant, item: str) -> Iterator[Bought]:
    for name, offer in offers_of(plant, item).items():
        supplier = plant.suppliers.get(offer.supplier or "")
        yield Bought(
            offer=name,
            item=item,
            supplier=offer.supplier,
            country=(supplier.country if supplier is not None else None) or offer.origin,
            site=offer.to or next(iter(plant.sites), None),
            lane=offer.lane,
            capacity=math.inf if offer.capacity is None else offer.capacity.base,
            lead_time=offer.lead_time.mean,
            minimum=offer.minimum or 0,
            prices={step: in_base(plant.money, price) for step, price in sorted(offer.prices.items())},
            duty=0.0 if offer.tariff is None else offer.tariff.base,
        )


def _made(plant: Plant, item: str) -> Iterator[Made]:
    thing = plant.products.get(item) or plant.items.get(item)
    route = thing.made_by if thing is not None else None
    others = {name: making for name, making in plant.making.items() if making.item == item}
    if route in plant.routes:
        sites = sites_of(plant, route)
        own = next((name for name, making in others.items() if making.site in sites), None)
        making = others.pop(own) if own is not None else None
        yield _way(own, item, sites, making, is_own=True)
    for name, making in others.items():
        yield _way(name, item, (making.site,), making, is_own=False)


def _way(name: str | None, item: str, sites: tuple[str, ...], making: Making | None, *, is_own: bool) -> Made:
    capacity = making.capacity if making is not None else None
    lead_time = making.lead_time if making is not None else None
    return Made(
        making=name,
        item=item,
        sites=sites,
        is_own=is_own,
        capacity=math.inf if capacity is None else capacity.base,
        lead_time=0.0 if lead_time is None else lead_time.base,
    )


def price_of(plant: Plant, network: Supply, item: str) -> float | None:
    """What a piece costs to buy: its own price, else that of its preferred offer; None where none is written.

    [base money]
    """
    thing = plant.items.get(item)
    if isinstance(thing, Item) and thing.price is not None and thing.buy is not None:
        return in_base(plant.money, thing.price)
    return next((price for offer in network.bought.get(item, ()) if (price := offer.price()) is not None), None)


def material_of(plant: Plant, network: Supply, item: str) -> tuple[float, tuple[str, ...]]:
    """Bought material in a good piece [base money], and the items in it whose price nobody has written."""
    bought, unknown = 0.0, []
    for name, pieces in needs(plant, {item: 1.0}).items():
        part = plant.items.get(name)
        if part is None or part.made_by is not None or not pieces:
            continue
        price = price_of(plant, network, name)
        if price is None:
            unknown.append(name)
        else:
            bought += price * pieces
    return bought, tuple(unknown)
