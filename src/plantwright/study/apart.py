"""The same plant without a platform: each product of a family has its own copy of every module that it shares."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from plantwright.model.flows import built_from
from plantwright.model.members import members
from plantwright.model.plant import Plant
from plantwright.model.product import Item
from plantwright.model.route import Operation
from plantwright.model.station import Machine, Station
from plantwright.study.modules import Module

SIGN = "+"
"""Between the id of a module and that of the product whose copy it is."""


def copy_of(item: str, product: str) -> str:
    """The id of a product's own copy of a module."""
    return f"{item}{SIGN}{product}"


def apart(plant: Plant, name: str, modules: tuple[Module, ...]) -> Plant:
    """A plant in which the products of a family share none of these modules.

    Parameters
    ----------
    plant
        A sound plant.
    name
        The family.
    modules
        What they share; each gets a copy for each product that takes it, with its own route and offers. A module
        stays for what else takes it: products outside the family, spare parts.

    Notes
    -----
    Machines stay as they are, and may make all copies of what they may make. Stocks and orders are split by the share
    of each product; offers keep their capacity, price and lead time. What is planned of single items, and the sections
    that decide or protect, are left out.
    """
    copied = {module.item: module for module in modules}
    owners = _owners(plant, members(plant, name))
    routes: dict[str, tuple[Operation, ...]] = {}
    items: dict[str, Item] = {}
    offers, making = dict(plant.offers), dict(plant.making)
    for item, module in copied.items():
        for product, share in module.shares.items():
            key, thing = copy_of(item, product), plant.items[item]
            items[key] = _copy(thing, key, share)
            if thing.made_by is not None:
                steps = plant.routes[thing.made_by]
                routes[key] = tuple(_step(step, copied, product, {item: key}) for step in steps)
            for offer, promised in plant.offers.items():
                if promised.item == item or offer in _offers(thing):
                    offers[copy_of(offer, product)] = promised.model_copy(update={"item": key})
            for way, able in plant.making.items():
                if able.item == item:
                    making[copy_of(way, product)] = able.model_copy(update={"item": key})
    for key, of in owners.items():
        if len(of) == 1 and key not in copied:
            made = plant.products.get(key) or plant.items[key]
            if made.made_by is not None:
                routes[made.made_by] = tuple(_step(step, copied, of[0], {}) for step in plant.routes[made.made_by])
    gone = {item for item in copied if item not in _kept(plant, routes)}
    left = {plant.items[item].made_by for item in gone} - {plant.items[item].made_by for item in {*plant.items} - gone}
    return plant.replace(
        items={**{key: item for key, item in plant.items.items() if key not in gone}, **items},
        routes={**{key: steps for key, steps in plant.routes.items() if key not in left}, **routes},
        offers={key: offer for key, offer in offers.items() if offer.item not in gone},
        stations={key: _station(station, copied, gone) for key, station in plant.stations.items()},
        making={key: way for key, way in making.items() if way.item not in gone},
        families={},
        planning=None,
        scheduling=None,
        balancing={},
        sourcing=None,
        risk=None,
        sources=(),
    )


def _kept(plant: Plant, routes: Mapping[str, tuple[Operation, ...]]) -> set[str]:
    """What somebody still takes or orders once the family has its copies."""
    found = set(plant.demand)
    waiting = [*plant.products, *plant.demand]
    while waiting:
        key = waiting.pop()
        made = plant.products.get(key) or plant.items.get(key)
        by = made.made_by if made is not None else None
        for step in routes.get(by or "", plant.routes.get(by or "", ())):
            waiting += [used for used in {**step.uses, **step.gives} if used not in found]
            found |= {*step.uses, *step.gives}
    return found


def _owners(plant: Plant, products: tuple[str, ...]) -> dict[str, list[str]]:
    """Products of the family that each made thing goes into; the things that go into others too are left out."""
    built, above = built_from(plant), {key: [key] for key in products}
    outside = [key for key in plant.products if key not in products]
    for product in (*products, *outside):
        waiting, seen = [product], {product}
        while waiting:
            for child in built.get(waiting.pop(), {}):
                if child not in seen:
                    seen.add(child)
                    waiting.append(child)
                    above.setdefault(child, []).append(product)
    return {key: of for key, of in above.items() if key in built and not set(of) & set(outside)}


def _offers(thing: Item) -> tuple[str, ...]:
    named = thing.buy.from_ if thing.buy is not None else None
    return (named,) if isinstance(named, str) else named or ()


def _copy(thing: Item, key: str, share: float) -> Item:
    """An item for one product: its own route or offers, and its share of what circulates."""
    product = key.rpartition(SIGN)[2]
    changes: dict[str, Any] = {"made_by": key if thing.made_by is not None else None}
    if thing.policy is not None:
        changes["policy"] = thing.policy.model_copy(
            update=_split(thing.policy.model_dump(by_alias=False), share, thing.moves_as)
        )
    if thing.buy is not None:
        policy = thing.buy.policy
        split = (
            policy.model_copy(update=_split(policy.model_dump(by_alias=False), share, 1))
            if policy is not None
            else None
        )
        named = tuple(copy_of(each, product) for each in _offers(thing)) or None
        changes["buy"] = thing.buy.model_copy(update={"from_": named, "policy": split})
    if thing.start is not None:
        changes["start"] = math.ceil(thing.start * share)
    return thing.model_copy(update=changes)


def _split(policy: Mapping[str, Any], share: float, moves_as: int) -> dict[str, int]:
    """Numbers of a policy for a share of the pieces: whole lots of whole parts."""
    lot = max(1, math.ceil((policy["lot"] or 1) * share / moves_as)) * moves_as if policy["lot"] > 1 else policy["lot"]
    made = {key: math.ceil(policy[key] * share) for key in ("s", "Q") if policy[key] is not None}
    for key in ("kanban", "base_stock"):
        if policy[key] is not None:
            made[key] = max(1, math.ceil(policy[key] * share / lot)) * lot
    return {**made, "lot": lot}


def _step(step: Operation, copied: Mapping[str, Module], product: str, own: Mapping[str, str]) -> Operation:
    """An operation that takes and gives the product's own copies, in a setup family of its own."""

    def mine(amounts: Mapping[str, Any]) -> dict[str, Any]:
        return {copy_of(key, product) if _takes(copied, key, product) else key: n for key, n in amounts.items()}

    family = own.get(step.family or "", step.family)
    return step.model_copy(update={"uses": mine(step.uses), "gives": mine(step.gives), "family": family})


def _takes(copied: Mapping[str, Module], item: str, product: str) -> bool:
    return item in copied and product in copied[item].needs


def _station(station: Station, copied: Mapping[str, Module], gone: set[str]) -> Station:
    """A station whose machines may make the copies of what they may make."""
    if not isinstance(station.machines, tuple) or not any(machine.only for machine in station.machines):
        return station

    def able(machine: Machine) -> Machine:
        more = [copy_of(key, product) for key in machine.only if key in copied for product in copied[key].needs]
        return machine.model_copy(update={"only": (*(key for key in machine.only if key not in gone), *more)})

    return station.model_copy(update={"machines": tuple(map(able, station.machines))})
