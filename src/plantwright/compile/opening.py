"""What lies on the shelves and is under way when a loss begins: from a state, or what policies usually keep."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plantwright.compile.reach import Way
from plantwright.compile.stocks import level
from plantwright.model.plant import Plant
from plantwright.model.product import Item, Policy
from plantwright.model.state import Delivery, State

DAY_S = 86_400.0


@dataclass(frozen=True)
class Coming:
    """Bought pieces under way."""

    way: int
    pieces: float
    due: float
    """From the beginning. [s]"""


@dataclass(frozen=True)
class Opening:
    """The beginning.

    Attributes
    ----------
    stock
        Pieces on the shelf of each item, those in process counted.
    coming
        Open deliveries, where a state names them.
    is_state
        Whether it is a state; otherwise the stocks are what policies keep on average and deliveries come as planned.
    """

    stock: Mapping[str, float]
    coming: tuple[Coming, ...]
    is_state: bool


def opening(plant: Plant, ways: Sequence[Way], usual: Mapping[str, float], state: State | None = None) -> Opening:
    """The beginning of an analysis.

    Parameters
    ----------
    plant
        The plant.
    ways
        All ways of its network.
    usual
        What is taken of each item. [pieces/s]
    state
        The plant today.

    Notes
    -----
    Without a state an item begins with its ``start`` where that is written, made items with what their policy keeps,
    and bought items with what their policy has on the shelf on average: reorder point, less what is used while an order
    is under way, and half an order on top.

    References
    ----------
    S. Nahmias, T. L. Olsen (2015), Production and Operations Analysis, 7th ed., section 5.4: mean stock under (Q, R).
    """
    stock = {item: _usual(plant, item, rate, ways) for item, rate in usual.items()}
    if state is None:
        return Opening(stock, (), is_state=False)
    stock |= {item: float(pieces) for item, pieces in state.stocks.items() if item in stock}
    for part in state.parts:
        thing = plant.products.get(part.item) or plant.items.get(part.item)
        if thing is not None and part.item in stock:
            stock[part.item] += part.count * (part.pieces or thing.moves_as)
    places = {way.name: place for place, way in enumerate(ways) if way.is_bought}
    coming = tuple(_coming(places, ways, state, delivery) for delivery in state.deliveries if delivery.item in stock)
    return Opening(stock, tuple(each for each in coming if each is not None), is_state=True)


def _coming(places: Mapping[str, int], ways: Sequence[Way], state: State, delivery: Delivery) -> Coming | None:
    first = next((place for place, way in enumerate(ways) if way.is_bought and way.item == delivery.item), None)
    place = places.get(delivery.offer or "", first)
    if place is None:
        return None
    due = delivery.due or (delivery.ordered or state.at) + dt.timedelta(seconds=ways[place].lead)
    return Coming(place, float(delivery.pieces), max(0.0, (due - state.at).total_seconds()))


def _usual(plant: Plant, name: str, rate: float, ways: Sequence[Way]) -> float:
    thing = plant.products.get(name) or plant.items.get(name)
    if thing is None:
        return 0.0
    if thing.start is not None:
        return float(thing.start)
    if not isinstance(thing, Item):
        return 0.0
    policy = (thing.buy.policy if thing.buy is not None else None) or thing.policy
    if policy is None:
        return 0.0
    if thing.made_by is not None and thing.buy is None:
        return float(level(policy))
    lead = next((way.lead for way in ways if way.item == name and way.is_bought), 0.0)
    return _on_shelf(policy, rate * lead)


def _on_shelf(policy: Policy, under_way: float) -> float:
    """Mean pieces on the shelf of something bought."""
    if policy.s is not None and policy.Q is not None:
        return max(0.0, policy.s - under_way) + policy.Q / 2
    return max(0.0, level(policy) - under_way)
