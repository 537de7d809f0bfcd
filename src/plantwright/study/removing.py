"""A plant without the offers, ways of making and orders of those with whom it may not deal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plantwright.model.demand import Demand
from plantwright.model.plant import Plant
from plantwright.model.product import Item
from plantwright.model.supply import Offer
from plantwright.study.judging import Judgement, country_state
from plantwright.study.parties import customer_key


@dataclass(frozen=True)
class Removed:
    """What is left of a plant, and what is not.

    Attributes
    ----------
    plant
        What is left.
    offers, making
        Ids of those left out.
    orders
        Orders left out, in words.
    unsupplied
        Bought items that had offers, of which none is left: nobody may supply them.
    """

    plant: Plant
    offers: tuple[str, ...] = ()
    making: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    unsupplied: tuple[str, ...] = ()


def without(plant: Plant, judgement: Judgement) -> Removed:
    """The plant without what parties and countries that are refused or held would deliver, make or be delivered.

    Notes
    -----
    An item keeps its policy when its last offer goes: it is ordered, and nothing comes. Nothing takes the place of
    what is left out.
    """
    barred = judgement.keys("refused", "held")
    countries = judgement.levels.countries
    offers = tuple(name for name, offer in plant.offers.items() if _is_barred(plant, offer, barred, countries))
    making = tuple(name for name, way in plant.making.items() if _site_state(plant, way.site, countries))
    orders = {name: _orders_left(demand, barred) for name, demand in plant.demand.items()}
    gone = tuple(
        f"{order.pieces} {name} on {order.date} for {order.customer}"
        for name, demand in plant.demand.items()
        for order in demand.orders
        if customer_key(order.customer.strip()) in barred
    )
    if not (offers or making or gone):
        return Removed(plant)
    left = {name: offer for name, offer in plant.offers.items() if name not in offers}
    changed = plant.replace(
        offers=left,
        making={name: way for name, way in plant.making.items() if name not in making},
        items={name: _bought(item, offers) for name, item in plant.items.items()},
        demand={name: demand for name, demand in orders.items() if demand is not None},
    )
    supplied = {offer.item for offer in left.values()}
    bare = {plant.offers[name].item for name in offers} - supplied
    return Removed(changed, offers, making, gone, tuple(name for name in plant.items if name in bare))


def _is_barred(plant: Plant, offer: Offer, barred: set[str], countries: Sequence[str]) -> bool:
    """Whether an offer comes from somebody, or from or by way of somewhere, with whom nobody deals."""
    if f"suppliers.{offer.supplier}" in barred:
        return True
    lane = plant.lanes.get(offer.lane) if offer.lane is not None else None
    places = [offer.origin, *offer.content, lane.from_ if lane is not None else None]
    return any(country_state(place, countries)[0] for place in places if place) or bool(
        _site_state(plant, offer.to, countries)
    )


def _site_state(plant: Plant, site: str | None, countries: Sequence[str]) -> str:
    """Whether a site is in a country with which nobody deals."""
    found = plant.sites.get(site) if site is not None else None
    return country_state(found.country or "", countries)[0] if found is not None else ""


def _orders_left(demand: Demand, barred: set[str]) -> Demand | None:
    """A demand without the orders of those that are barred; None where no order is left of any."""
    left = tuple(order for order in demand.orders if customer_key(order.customer.strip()) not in barred)
    if len(left) == len(demand.orders):
        return demand
    return demand.model_copy(update={"orders": left}) if left or demand.year is not None else None


def _bought(item: Item, gone: Sequence[str]) -> Item:
    """An item that no longer names offers that are gone."""
    if item.buy is None or item.buy.from_ is None:
        return item
    named = tuple(_each(item.buy.from_))
    left = tuple(name for name in named if name not in gone)
    if left == named:
        return item
    buy = item.buy.model_copy(update={"from_": left or None})
    return item.model_copy(update={"buy": buy})


def _each(named: str | tuple[str, ...]) -> Iterator[str]:
    yield from (named,) if isinstance(named, str) else named
