"""A plan in pieces and money, from the columns of the programme."""

from __future__ import annotations

import numpy as np

from plantwright.optimise.sourcing.model import Model
from plantwright.problems.sourcing import Floats, SourcingPlan

NOTHING = 1e-8
"""Share of a year's use of an item below which a quantity is rounding. [-]"""


def plan_of(model: Model, x: Floats) -> SourcingPlan:
    """What the columns say.

    Parameters
    ----------
    model
        Whose columns.
    x
        (n,) float64
    """
    at, problem = model.columns, model.problem
    pieces = np.where(x > NOTHING, x, 0.0) * at.unit
    lots = pieces[at.bought]
    bought = np.zeros((problem.lines, len(problem.purchases.offer), problem.years))
    paid = np.zeros_like(bought)
    for lot, (purchase, tier) in enumerate(zip(at.lot_purchase, at.lot_tier, strict=True)):
        bought[:, purchase] += lots[:, lot]
        paid[:, purchase] += lots[:, lot] * problem.offers.price[tier]
    return SourcingPlan(
        bought=bought,
        paid=paid,
        made=pieces[at.made],
        shipped=pieces[at.shipped],
        qualified=x[at.qualified] > 0.5,
        opened=x[at.opened] > 0.5,
        built=x[at.built] > 0.5,
        earned=x[at.earned] > 0.5,
    )
