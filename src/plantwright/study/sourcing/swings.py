"""The plan, and the best plan, when transfer prices or exchange rates move."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from plantwright.compile.sourcing import lowered
from plantwright.model.path import fields_given
from plantwright.model.plant import Plant
from plantwright.optimise.sourcing import check
from plantwright.optimise.sourcing.solve import Solution
from plantwright.results import SwingRow
from plantwright.study.sourcing.content import asked_share, invoiced_share
from plantwright.study.sourcing.planning import Sourced, flips
from plantwright.units import Quantity


def swings(asked: Sourced, best: Solution) -> Iterator[SwingRow]:
    """Each currency that an offer is written in, and transfer prices, up and down."""
    size = asked.plant.sourcing.swing.base if asked.plant.sourcing is not None else 0.1
    if np.isfinite(asked.problem.shipments.invoice).any():
        for sign in (-1.0, 1.0):
            ships = asked.problem.shipments
            moved = replace(ships, invoice=ships.invoice * (1.0 + sign * size))
            other = replace(asked.low, problem=asked.problem.replace(shipments=moved))
            yield _row("transfer prices", sign * size, asked, best, Sourced(asked.plant, other))
    for code in _currencies(asked.plant):
        for sign in (-1.0, 1.0):
            money = asked.plant.money
            rates = {**money.rates, code: money.rates[code] * (1.0 + sign * size)}
            plant = asked.plant.replace(money=money.model_copy(update={"rates": rates}))
            yield _row(code, sign * size, asked, best, Sourced(plant, lowered(plant)))


def _currencies(plant: Plant) -> list[str]:
    """Currencies other than the base in which what is bought and made is written."""
    found: set[str] = set()
    for section in (plant.offers, plant.making, plant.lanes):
        for record in section.values():
            for _, _, value in fields_given(record):
                for each in value.values() if isinstance(value, dict) else (value,):
                    if isinstance(each, Quantity) and each.currency is not None:
                        found.add(each.currency)
    return sorted(code for code in found if code in plant.money.rates and code != plant.money.base)


def _row(what: str, change: float, asked: Sourced, best: Solution, moved: Sourced) -> SwingRow:
    again = moved.best
    plan = asked.plan(best)
    now = replace(best, objective=moved.model.cost.at(best.x))
    repriced = replace(plan, paid=moved.plan(now).paid)
    return SwingRow(
        what=what,
        change=change,
        cost_of_plan=now.objective,
        local_share_of_plan=asked_share(moved, now),
        local_share_of_plan_at_invoice=invoiced_share(moved, now),
        plan_keeps_limits=not check.faults(moved.problem, repriced),
        cost_solved_again=None if again is None else again.objective,
        local_share_solved_again=None if again is None else asked_share(moved, again),
        flips=() if again is None else flips(asked.names, plan, moved.plan(again)),
    )
