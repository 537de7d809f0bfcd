"""A plan in tables: master schedule, items, value of stock, cost of purchases."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from plantwright.analytic.promise import available_to_promise
from plantwright.results import ItemPlan, LotsTogether, MasterSchedule, PlannedOrder
from plantwright.study.materials.planned import Made


def master(made: Made) -> dict[str, MasterSchedule]:
    """The master schedule of everything that customers want, and what can be promised of it."""
    found = {}
    for thing in made.plant.demand:
        item = made.materials.names.index(thing)
        scheduled, planned = made.problem.scheduled[item], made.plan.receipts[item]
        # what goes into other things cannot be promised
        taken = made.materials.orders[item] + made.plan.gross[item] - made.problem.demand[item]
        promise = available_to_promise(scheduled + planned, taken, stock=int(made.problem.stock[item]))
        found[thing] = MasterSchedule(
            name=made.name(item),
            forecast=made.rows(made.materials.forecast, item),
            orders=made.rows(made.materials.orders, item),
            open=made.rows(made.problem.scheduled, item),
            planned=made.rows(made.plan.receipts, item),
            projected=made.rows(made.plan.projected, item),
            promise=tuple(promise[: made.shown].tolist()),
        )
    return found


def items(made: Made) -> dict[str, ItemPlan]:
    """The plan of everything that is wanted, directly or not."""
    wanted = np.flatnonzero(made.plan.gross.any(axis=1) | made.problem.scheduled.any(axis=1))
    return {made.materials.names[item]: _item(made, int(item)) for item in wanted}


def lots(made: Made) -> LotsTogether | None:
    """How good lots are that were sized together; None where each item has a rule of its own."""
    if made.together is None:
        return None
    plan = made.together.plan
    return LotsTogether(
        cost=plan.cost,
        lower_bound=plan.lower_bound if math.isfinite(plan.lower_bound) else None,
        gap=plan.gap if plan.is_within_capacity else None,
        overtime_h=float(plan.overtime.sum()),
    )


def _item(made: Made, item: int) -> ItemPlan:
    value = float(made.values[item])
    return ItemPlan(
        name=made.name(item),
        kind=made.kind(item),
        level=int(made.plan.level[item]),
        lead_time_d=int(made.problem.lead[item]) * made.horizon.days,
        rule="lots" if made.together is not None and item in made.together.rules else made.lots[item].rule,
        stock=int(made.problem.stock[item]),
        safety=int(made.problem.safety[item]),
        unit_value=None if np.isnan(value) else value,
        gross=made.rows(made.plan.gross, item),
        open=made.rows(made.problem.scheduled, item),
        net=made.rows(made.plan.net, item),
        receipts=made.rows(made.plan.receipts, item),
        releases=made.rows(made.plan.releases, item),
        projected=made.rows(made.plan.projected, item),
    )


def stock_value(made: Made) -> tuple[float, ...]:
    """Value of the projected stock at the end of each period; what has no price counts nothing. [base money]"""
    there = np.maximum(0, made.plan.projected[:, : made.shown])
    return tuple((np.nan_to_num(made.values) @ there).tolist())


def bought_cost(made: Made, orders: Sequence[PlannedOrder]) -> tuple[float, ...]:
    """Cost of the purchases that are ordered in each period; what has no price counts nothing. [base money]"""
    costs = dict.fromkeys((made.day(period) for period in range(made.shown)), 0.0)
    for order in orders:
        costs[order.release] += order.cost or 0.0
    return tuple(costs.values())
