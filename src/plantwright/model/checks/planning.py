"""The plan of material: names that exist, lead times within its horizon, open orders that are still to come."""

from __future__ import annotations

from collections.abc import Iterator

from plantwright.errors import Finding
from plantwright.model.buying import offers_for
from plantwright.model.checks.fault import fault, unknown
from plantwright.model.plant import Plant
from plantwright.units import Quantity, show_duration


def planning(plant: Plant) -> Iterator[Finding]:
    """Things that are planned and are not there, and what the plan cannot do anything about."""
    if plant.planning is None:
        return
    things = [*plant.items, *plant.products]
    for name in plant.planning.items:
        if name not in things:
            yield unknown(f"planning.items.{name}", "item or product", name, things, "items or products")
    for index, order in enumerate(plant.planning.receipts):
        here = f"planning.receipts.{order.name or index}"
        if order.item not in things:
            yield unknown(f"{here}.item", "item or product", order.item, things, "items or products")
        elif order.due < plant.from_:
            yield fault(
                "W540",
                f"{here}.due",
                f"{order.pieces:,} of {order.item} were due on {order.due}, before the plant's first day, "
                f"{plant.from_}",
                "They are taken to come at once: correct the date, or delete the order.",
            )
    yield from _lead_times(plant, plant.planning.horizon)


def _lead_times(plant: Plant, horizon: Quantity) -> Iterator[Finding]:
    """Items of which nothing that is ordered now comes within the horizon."""
    for name in (*plant.items, *plant.products):
        path, seconds = _lead_time(plant, name)
        if seconds >= horizon.base:
            yield fault(
                "W541",
                path,
                f"what is ordered of {name} today comes after {show_duration(seconds)}, "
                f"beyond the horizon of {show_duration(horizon.base)}: none of it can be planned",
                "Let the horizon reach further, or correct the lead time.",
            )


def _lead_time(plant: Plant, name: str) -> tuple[str, float]:
    """Where a lead time is written, and how long it is; 0 where none is. [s]"""
    given = plant.planning.items.get(name) if plant.planning else None
    if given is not None and given.lead_time is not None:
        return f"planning.items.{name}.lead-time", given.lead_time.base
    for offer in offers_for(plant, name):
        return f"offers.{offer}.lead-time", plant.offers[offer].lead_time.mean
    return "", 0.0
