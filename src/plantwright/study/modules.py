"""The items that products of a family share, in plain numbers: how many are needed, what they cost, how they come."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from plantwright.compile.prices import in_base, prices_of
from plantwright.compile.problem import Prices
from plantwright.compile.supply import bill, offers_of
from plantwright.model.family import Family
from plantwright.model.flows import Amounts, needs, target_amounts
from plantwright.model.load import pieces_per_start
from plantwright.model.members import families, members
from plantwright.model.plant import Plant
from plantwright.model.product import Item
from plantwright.model.route import Operation
from plantwright.model.station import Setup
from plantwright.study.effective import scv

HOUR, DAY = 3600.0, 86_400.0
"""[s]"""


@dataclass(frozen=True, slots=True)
class Changeover:
    """A setup that each lot of an item may cause: time of the machine [h], money an hour of it [base money/h]."""

    station: str
    hours: float
    cost_per_h: float


@dataclass(frozen=True, slots=True)
class Module:
    """An item that several products of the family share.

    Attributes
    ----------
    item : str
        Its id.
    needs : dict of str to float
        Good pieces a year that each product takes of it; the products that take any. [pieces/year]
    value : float or None
        Worth of a piece: its price with duty, or the bought material in it. [base money]
    prices : dict of int to float
        Price of a piece with duty from each quantity on; empty where it is made or nothing is written. [base money]
    minimum : int
        Least pieces of an order.
    lot : int or None
        Pieces that are ordered or called for together.
    lead_time_d, lead_time_deviation_d : float
        From order to delivery; of a made item its route without waiting, an under-estimate. [d]
    changeovers : tuple of Changeover
        Of one lot.
    qualification : float
        Paid once for a design and for each of its offers. [base money]
    tooling : float
        Paid once for a design, beside its tools. [base money]
    tools : dict of str to tuple of (int, float)
        Tools that only it needs: how many, price of one. [-], [base money]
    """

    item: str
    needs: Mapping[str, float]
    value: float | None
    prices: Mapping[int, float]
    minimum: int
    lot: int | None
    lead_time_d: float
    lead_time_deviation_d: float
    changeovers: tuple[Changeover, ...]
    qualification: float
    tooling: float
    tools: Mapping[str, tuple[int, float]]

    @property
    def needed(self) -> float:
        """Good pieces a year. [pieces/year]"""
        return sum(self.needs.values())

    @property
    def shares(self) -> dict[str, float]:
        """Share of each product in them. [-]"""
        return {product: pieces / self.needed for product, pieces in self.needs.items()}


def shared_modules(plant: Plant, name: str) -> tuple[Module, ...]:
    """Every item that at least two products of a family take, but for its catalogue, in document order."""
    family = families(plant)[name]
    wanted = target_amounts(plant)
    by_product = {key: needs(plant, {key: wanted[key]}) for key in members(plant, name) if wanted.get(key)}
    prices = prices_of(plant)
    values = _values(plant, prices)
    found = []
    for item in plant.items:
        taken = {key: amounts[item] for key, amounts in by_product.items() if amounts.get(item, 0.0) > 0.0}
        if len(taken) > 1 and item not in family.catalogue:
            found.append(_module(plant, family, item, taken, prices, values[item]))
    return tuple(found)


def _module(plant: Plant, family: Family, item: str, taken: Amounts, prices: Prices, value: float | None) -> Module:
    thing = plant.items[item]
    offers = offers_of(plant, item) if thing.buy is not None else {}
    first = next(iter(offers.values()), None)
    lead_d, deviation_d = _route_d(plant, thing), 0.0
    if first is not None:
        lead_d = first.lead_time.mean / DAY
        deviation_d = lead_d * math.sqrt(scv(first.lead_time))
    duty = 1.0 + (first.tariff.base if first is not None and first.tariff else 0.0)
    written = family.modules.get(item)
    qualified = sum(in_base(plant.money, offer.qualification_cost) for offer in offers.values())
    return Module(
        item=item,
        needs=taken,
        value=value,
        prices={step: in_base(plant.money, price) * duty for step, price in first.prices.items()} if first else {},
        minimum=(first.minimum or 0) if first else 0,
        lot=_lot(thing),
        lead_time_d=lead_d,
        lead_time_deviation_d=deviation_d,
        changeovers=_changeovers(plant, item, prices),
        qualification=qualified + (in_base(plant.money, written.qualification) if written else 0.0),
        tooling=in_base(plant.money, written.tooling) if written else 0.0,
        tools=_tools(plant, thing),
    )


def _values(plant: Plant, prices: Prices) -> dict[str, float | None]:
    """What a piece of each item is worth: the bought material in it; None where a price is missing."""
    built = bill(plant)
    found: dict[str, float | None] = {}

    def value(item: str) -> float | None:
        if item not in found:
            parts = {part: value(part) for part in built.get(item, ())}
            known = [
                pieces * worth for part, pieces in built.get(item, {}).items() if (worth := parts[part]) is not None
            ]
            whole = math.fsum(known) if len(known) == len(parts) else None
            found[item] = whole if item in built else prices.piece.get(item)
        return found[item]

    return {item: value(item) for item in plant.items}


def _lot(thing: Item) -> int | None:
    """Pieces that come together: those of an order, or those called for, at least a part's."""
    policies = [policy for policy in (thing.buy.policy if thing.buy else None, thing.policy) if policy is not None]
    return next((max(policy.Q or policy.lot, thing.moves_as) for policy in policies), None)


def _route_d(plant: Plant, thing: Item) -> float:
    """Time that a part takes along its route if it never waits. [d]"""
    seconds = 0.0
    for operation in plant.routes.get(thing.made_by or "", ()):
        if operation.law is not None and not operation.side:
            station = plant.stations[operation.stations[0]]
            each = operation.per == "piece" and station.batch is None
            seconds += operation.law.mean * (pieces_per_start(station, thing.moves_as) if each else 1)
    return seconds / DAY


def _changeovers(plant: Plant, item: str, prices: Prices) -> tuple[Changeover, ...]:
    """Setups at operations whose family is the item itself: a copy would be a family of its own."""
    found = []
    for operation in plant.routes.get(plant.items[item].made_by or "", ()):
        station = plant.stations[operation.stations[0]]
        if station.setup is None or operation.side or operation.family not in (None, item):
            continue
        hours = _setup_s(station.setup) / HOUR
        if hours > 0:
            people = sum(number * _wage(plant, skill, prices) for skill, number in station.setup.people.items())
            running = prices.running_per_h.get(operation.stations[0], 0.0)
            found.append(Changeover(operation.stations[0], hours, people + running))
    return tuple(found)


def _setup_s(setup: Setup) -> float:
    """Mean time of a change of family. [s]"""
    times = [time.base for before, row in setup.matrix.items() for after, time in row.items() if before != after]
    if setup.between_families is not None:
        return setup.between_families.mean
    return sum(times) / len(times) if times else 0.0


def _wage(plant: Plant, skill: str, prices: Prices) -> float:
    """Least wage of those who have a skill; 0 where none is written. [base money/h]"""
    wages = [prices.wage_per_h.get(name, 0.0) for name, crew in plant.crews.items() if skill in crew.skills]
    return min(wages, default=0.0)


def _tools(plant: Plant, thing: Item) -> dict[str, tuple[int, float]]:
    """Tools that no other route needs."""
    route = thing.made_by or ""
    others = {tool for name, steps in plant.routes.items() if name != route for tool in _tools_of(steps)}
    return {
        tool: (plant.tools[tool].number, in_base(plant.money, plant.tools[tool].price))
        for tool in dict.fromkeys(_tools_of(plant.routes.get(route, ())))
        if tool not in others
    }


def _tools_of(route: tuple[Operation, ...]) -> list[str]:
    return [tool for operation in route for tool in operation.tools]
