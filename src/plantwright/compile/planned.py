"""Planned orders, lowered: things are made and bought as a plan says, and no policy calls for more of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plantwright.codes import DELIVERY, LAUNCHED, NONE, TAKE_EVENT, UNLIMITED
from plantwright.compile.draft import Draft
from plantwright.model.product import Product
from plantwright.units import TICKS_PER_SECOND


@dataclass(frozen=True, slots=True)
class Planned:
    """A planned order.

    Attributes
    ----------
    pieces : int
        Good pieces to make, or pieces to buy. [pieces]
    begin_s, due_s : float
        When it is released or ordered, and when it shall be there, from the plant's first day. [s]
    offer : str or None
        By which it is bought; None where it is made.
    """

    pieces: int
    begin_s: float
    due_s: float
    offer: str | None = None


def by_date(plan: Mapping[str, Sequence[Planned]]) -> dict[str, list[Planned]]:
    """The orders of each thing in the order of their release."""
    return {name: sorted(orders, key=lambda order: (order.begin_s, order.due_s)) for name, orders in plan.items()}


def releases(draft: Draft, name: str) -> dict[str, float]:
    """Columns of a release that lets in what is planned, from its date on; pieces that are scrapped are made again."""
    thing = draft.thing(name)
    first = len(draft.rows["opening"])
    orders = draft.plan[name]
    for order in orders:
        begin = max(draft.start, round(order.begin_s * TICKS_PER_SECOND))
        due = max(begin, round(order.due_s * TICKS_PER_SECOND))
        draft.rows["opening"].add(time=begin, due=due, pieces=order.pieces)
    cap = draft.conwip.get(name) or (thing.conwip if isinstance(thing, Product) else None)
    open_now = [order.pieces for order in orders if round(order.begin_s * TICKS_PER_SECOND) <= draft.start]
    return {
        "kind": LAUNCHED,
        "cap": float(UNLIMITED) if cap is None else -(-cap // thing.moves_as),
        "first_opening": first,
        "openings": len(orders),
        "next_opening": len(open_now),
        "pending": sum(open_now),
    }


def purchases(draft: Draft) -> None:
    """Planned purchases as deliveries to come, each after a lead time of its own, drawn from its offer's law.

    An offer that is cut off or that delivers only so much in a time delivers all the same: a plan has to know that.
    """
    for name, orders in draft.plan.items():
        for order in orders:
            if order.offer is None or order.offer not in draft.offers:
                continue
            item = draft.items[name]
            ahead = round(order.begin_s * TICKS_PER_SECOND) - draft.start
            draft.rows["item"].set(item, on_order=draft.rows["item"][item]["on_order"] + order.pieces)
            law = draft.rows["offer"][draft.offers.index(order.offer)]["law"]
            columns = {"time": NONE, "law": law, "spent": -ahead, "value": order.pieces}
            draft.rows["start"].add(what=TAKE_EVENT, how=DELIVERY, who=item, **columns)
