"""What is ordered: written orders, else the plan of material, else the demand of the horizon."""

from __future__ import annotations

import datetime as dt
import math

from plantwright.compile.demand import daily_demand
from plantwright.compile.schedule.clock import clock_of
from plantwright.errors import Finding, Place, RunError
from plantwright.model.flows import thing
from plantwright.model.plant import Plant
from plantwright.model.scheduling import ScheduledOrder, Scheduling
from plantwright.study.materials.making import make
from plantwright.study.materials.planned import planned_orders

DAY = dt.timedelta(days=1)
Ordered = dict[str, ScheduledOrder]


def orders_of(plant: Plant) -> tuple[Ordered, tuple[str, ...]]:
    """The orders of a plant by id, and where they come from if they are not written.

    Raises
    ------
    RunError
        There are none.
    """
    scheduling = plant.scheduling or Scheduling()
    if scheduling.orders:
        return dict(scheduling.orders), ()
    if plant.planning is not None and plant.demand:
        found, source = _planned(plant, scheduling), "the plan of material releases within the horizon"
    else:
        found, source = _demanded(plant, scheduling), "customers want within the horizon"
    if not found:
        remedy = "Write scheduling: {orders: {A-1: {item: ..., pieces: ..., due: ...}}}, or a demand."
        raise RunError(
            Finding("E572", "there is nothing to schedule: no orders, and no demand", remedy, Place("demand"))
        )
    whole = ", each in one lot" if not scheduling.lots else ""
    return found, (f"No orders are written: scheduled is what {source}, {len(found)} orders{whole}.",)


def _planned(plant: Plant, scheduling: Scheduling) -> Ordered:
    """What is made by the plan of material and released in the days of the horizon."""
    first, last = _days(plant, scheduling)
    found: Ordered = {}
    for each in planned_orders(make(plant)):
        release, due = dt.date.fromisoformat(each.release), dt.date.fromisoformat(each.due)
        if each.kind != "buy" and first <= release < last:
            begin = dt.datetime.combine(max(release, first), dt.time())
            end = dt.datetime.combine(max(due, release + DAY), dt.time())
            found[each.order] = ScheduledOrder(item=each.item, pieces=each.pieces, release=begin, due=end)
    return found


def _demanded(plant: Plant, scheduling: Scheduling) -> Ordered:
    """What customers want on each day of the horizon, due at its end."""
    first, last = _days(plant, scheduling)
    found: Ordered = {}
    for name in plant.demand:
        made = thing(plant, name)
        if made is None or made.made_by not in plant.routes:
            continue
        pieces = daily_demand(plant, name, (last - plant.from_).days)
        for day in range((first - plant.from_).days, (last - plant.from_).days):
            date = plant.from_ + day * DAY
            if 0 <= day < len(pieces) and pieces[day]:
                due = dt.datetime.combine(date + DAY, dt.time())
                found[f"{name}/{date.isoformat()}"] = ScheduledOrder(item=name, pieces=pieces[day], due=due)
    return found


def _days(plant: Plant, scheduling: Scheduling) -> tuple[dt.date, dt.date]:
    """The days of the horizon: the first, and the one after the last."""
    first = clock_of(plant).wall(0).date()
    return first, first + math.ceil(scheduling.horizon.base / 86_400) * DAY
