"""What is there and under way when a plan begins: stock, open orders, and what work in process has yet to take."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from plantwright.compile.owing import every_part
from plantwright.compile.stocks import level
from plantwright.model.buying import offers_for
from plantwright.model.flows import kit, made_things, thing
from plantwright.model.plant import Plant
from plantwright.model.product import Item
from plantwright.model.route import Operation
from plantwright.model.state import DONE, Part, State


@dataclass(frozen=True, slots=True)
class Coming:
    """An open order: pieces that come at a date.

    Attributes
    ----------
    item : str
        What comes.
    pieces : int
        How many. [pieces]
    due : date
        When.
    kind : str
        ``purchase`` (bought), ``work`` (in process), or ``called`` (called for and not begun).
    name : str
        Number by which people know it; empty where it has none.
    """

    item: str
    pieces: int
    due: dt.date
    kind: Literal["purchase", "work", "called"]
    name: str = ""


def on_hand(plant: Plant, state: State | None) -> dict[str, int]:
    """Pieces of everything on its shelf, less what customers wait for. [pieces]

    As a state says; else as the document does, or as much as the policy of the item holds.
    """
    there = {name: _at_begin(plant, name) for name in (*plant.products, *plant.items)}
    if state is None:
        return there
    return {name: state.stocks.get(name, pieces) - state.backlogs.get(name, 0) for name, pieces in there.items()}


def _at_begin(plant: Plant, name: str) -> int:
    what = thing(plant, name)
    if what is not None and what.start is not None:
        return what.start
    if not isinstance(what, Item):
        return 0
    policy = (what.buy.policy if what.buy else None) or what.policy
    return level(policy) if policy is not None and (what.made_by or offers_for(plant, name)) else 0


def coming(plant: Plant, today: dt.date, state: State | None, lead_days: Mapping[str, int]) -> tuple[Coming, ...]:
    """Open orders by date: those of the document, or, where there is a state, what it says is under way.

    A delivery without a date comes after the mean lead time of its offer; work in process when the lead time of the
    item since it entered is over; what is called for and not begun when it is due, or after a whole lead time. [d]
    """
    found = _written(plant, today) if state is None else _under_way(plant, today, state, lead_days)
    return tuple(sorted(found, key=lambda each: each.due))


def _written(plant: Plant, today: dt.date) -> Iterator[Coming]:
    for order in plant.planning.receipts if plant.planning else ():
        kind: Literal["purchase", "work"] = "purchase" if offers_for(plant, order.item) else "work"
        yield Coming(order.item, order.pieces, max(today, order.due), kind, order.name)


def _under_way(plant: Plant, today: dt.date, state: State, lead_days: Mapping[str, int]) -> Iterator[Coming]:
    for delivery in state.deliveries:
        due = delivery.due
        if due is None:
            offer = delivery.offer or next(iter(offers_for(plant, delivery.item)), None)
            mean_s = plant.offers[offer].lead_time.mean if offer is not None else 0.0
            due = (delivery.ordered or state.at) + dt.timedelta(seconds=mean_s)
        yield Coming(delivery.item, delivery.pieces, max(today, due.date()), "purchase")
    for part in every_part(state.parts):
        done = (part.entered or part.since or state.at) + dt.timedelta(days=lead_days[part.item])
        yield Coming(part.item, _pieces(plant, part), max(today, done.date()), "work")
    for order in state.orders:
        due = order.due or state.at + dt.timedelta(days=lead_days[order.item])
        yield Coming(order.item, order.pieces, max(today, due.date()), "called")


def _pieces(plant: Plant, part: Part) -> int:
    made = thing(plant, part.item)
    usual = made.moves_as if made is not None else 1
    return part.count * (usual if part.pieces is None else part.pieces)


def still_taken(plant: Plant, state: State | None) -> dict[str, int]:
    """Pieces that work in process and what is called for has yet to take from stock. [pieces]"""
    if state is None:
        return {}
    taken: defaultdict[str, float] = defaultdict(float)
    routes = {name: (made, route) for name, made, route in made_things(plant)}
    ahead = [(part.item, _ahead(routes[part.item][1], part), _pieces(plant, part)) for part in every_part(state.parts)]
    ahead += [(order.item, routes[order.item][1], order.pieces) for order in state.orders]
    for name, operations, pieces in ahead:
        for operation in operations:
            for used, each in kit(routes[name][0], operation).items() if not operation.side else ():
                taken[used] += each * pieces
    return {name: round(pieces) for name, pieces in taken.items()}


def _ahead(route: tuple[Operation, ...], part: Part) -> tuple[Operation, ...]:
    """Operations whose kits a part has yet to take: from its own on, or the next where it is on a machine."""
    if part.op == DONE:
        return ()
    place = next((number for number, operation in enumerate(route) if operation.op == part.op), len(route))
    return route[place + (part.machine is not None) :]
