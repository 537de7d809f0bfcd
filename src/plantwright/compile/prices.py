"""What things cost, in base money per hour, kilowatt-hour or piece: the only place where currencies are converted."""

from __future__ import annotations

from plantwright.compile.problem import Prices
from plantwright.model.finance import Currencies
from plantwright.model.plant import Plant
from plantwright.model.product import Item
from plantwright.model.station import Station
from plantwright.model.supply import Offer
from plantwright.units import Quantity

HOUR = 3600.0
"""[s]"""
KILO = 1000.0
KWH = HOUR * KILO
"""[J]"""
READY = ("setup", "blocked", "waiting for people", "starved for kit")
"""States in which a machine stands ready: they draw what idle does where nothing else is written."""


def prices_of(plant: Plant) -> Prices:
    """Power by state, and prices in base money, of everything that has them."""
    stations = plant.stations.items()
    return Prices(
        currency=plant.money.base,
        energy_per_kwh=in_base(plant.money, plant.energy.price) * KWH,
        power_kw={name: _power(station) for name, station in stations if station.power},
        running_per_h={
            name: in_base(plant.money, station.running_cost) * HOUR
            for name, station in stations
            if station.running_cost
        },
        wage_per_h={name: in_base(plant.money, crew.wage) * HOUR for name, crew in plant.crews.items() if crew.wage},
        piece={name: price for name, item in plant.items.items() if (price := _piece(plant, name, item)) is not None},
    )


def in_base(money: Currencies, quantity: Quantity | None) -> float:
    """An amount (per canonical unit) in base money; 0 where none is written."""
    if quantity is None:
        return 0.0
    currency = quantity.currency
    return quantity.base * (1.0 if currency is None or currency == money.base else money.rates[currency])


def _power(station: Station) -> dict[str, float]:
    """Power of one machine by state. [kW]"""
    written = {str(state): power.base / KILO for state, power in station.power.items()}
    ready = dict.fromkeys(READY, written["idle"]) if "idle" in written else {}
    return {**ready, **written}


def _piece(plant: Plant, name: str, item: Item) -> float | None:
    """Price of a bought piece: its own, else that of its first offer at the quantity that is ordered, with duty."""
    if item.buy is None:
        return None
    if item.price is not None:
        return in_base(plant.money, item.price)
    policy = item.buy.policy or item.policy
    quantity = policy.Q if policy is not None and policy.Q is not None else 1
    for offer in _offers(plant, name, item):
        if offer.prices:
            duty = 0.0 if offer.tariff is None else offer.tariff.base
            return in_base(plant.money, at_quantity(offer, quantity)) * (1.0 + duty)
    return None


def _offers(plant: Plant, name: str, item: Item) -> list[Offer]:
    """The offers that supply an item, preferred first."""
    named = item.buy.from_ if item.buy else None
    if named is None:
        return [offer for offer in plant.offers.values() if offer.item == name]
    return [plant.offers[each] for each in ((named,) if isinstance(named, str) else named) if each in plant.offers]


def price_of(plant: Plant, name: str, pieces: int) -> float | None:
    """Price of a piece where so many are bought together: of the first offer, with duty, else as the item says.

    None where it is not bought or nothing says what it costs. [base money]
    """
    item = plant.items.get(name)
    if item is None or item.buy is None:
        return None
    for offer in _offers(plant, name, item)[:1]:
        if offer.prices:
            duty = 0.0 if offer.tariff is None else offer.tariff.base
            return in_base(plant.money, at_quantity(offer, pieces)) * (1.0 + duty)
    return _piece(plant, name, item)


def at_quantity(offer: Offer, quantity: int) -> Quantity:
    """Price of a piece of an offer, so many ordered together; below its smallest quantity the price from that on."""
    steps = [step for step in offer.prices if step <= quantity] or [min(offer.prices)]
    return offer.prices[max(steps)]
