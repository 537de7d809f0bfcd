"""Safety stocks: as given, or of each item on its own for a share of periods in which they are enough."""

from __future__ import annotations

import math

import numpy as np

from plantwright.analytic.mrp import low_level_codes
from plantwright.analytic.stock import safety_stock
from plantwright.compile.materials import Materials
from plantwright.model.buying import offers_for
from plantwright.model.planning import DAY_S, Planning, PlanningItem
from plantwright.model.plant import Plant
from plantwright.model.pulling import pulled
from plantwright.problems.materials import Bill, Floats, Ints
from plantwright.study.effective import scv


def safety_stocks(plant: Plant, planning: Planning, materials: Materials) -> Ints:
    """Safety stock of each thing; of what a kanban calls for, the pieces that it holds. (I,) int64 [pieces]

    Notes
    -----
    Forecasts of what is sold miss by ``forecast-error``, independently of one another; what goes into several of them
    is wanted with the root of the sum of the squares. What is ordered already is certain.
    """
    loops = pulled(plant, planning)
    found = _for_service(plant, planning, materials) if planning.safety == "service" else np.zeros(len(materials.names))
    for item, name in enumerate(materials.names):
        written = planning.items.get(name, PlanningItem()).safety
        if written is not None or name in loops:
            found[item] = loops.get(name, 0) if written is None else written
    return np.array([math.ceil(pieces - 1e-6) for pieces in found], dtype=np.int64)


def _for_service(plant: Plant, planning: Planning, materials: Materials) -> Floats:
    """Of each thing on its own. (I,) float64 [pieces]"""
    mean, deviation = demand_of(planning, materials)
    found = np.zeros(len(materials.names))
    for item, name in enumerate(materials.names):
        law = next((plant.offers[each].lead_time for each in offers_for(plant, name)), None)
        spread = law.mean * math.sqrt(scv(law)) / DAY_S / planning.bucket_days if law is not None else 0.0
        found[item] = safety_stock(
            float(mean[item]),
            float(deviation[item]),
            lead=float(materials.problem.lead[item]) + 1.0,
            lead_deviation=spread,
            service=planning.service.base,
        )
    return found


def demand_of(planning: Planning, materials: Materials) -> tuple[Floats, Floats]:
    """Mean demand of each thing in a period, and how far it misses, what goes into other things included.

    Both (I,) float64 [pieces]
    """
    items = len(materials.names)
    taken = usage(materials.problem.bill, items)
    expected = materials.forecast.mean(axis=1)
    error = planning.forecast_error.base * expected
    mean: Floats = materials.problem.demand.mean(axis=1) @ taken
    return mean, np.sqrt(error**2 @ taken**2)


def usage(bill: Bill, items: int) -> Floats:
    """Pieces of each thing (column) in a piece of each thing (row), itself once. (I, I) float64 [pieces]"""
    taken = np.eye(items)
    level = low_level_codes(bill, items)
    for child in np.argsort(level, kind="stable"):
        for arc in np.flatnonzero(bill.child == child):
            taken[:, child] += taken[:, bill.parent[arc]] * bill.pieces[arc]
    return taken
