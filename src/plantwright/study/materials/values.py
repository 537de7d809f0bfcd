"""What a piece is worth by what was bought for it."""

from __future__ import annotations

import math

import numpy as np

from plantwright.analytic.mrp import low_level_codes
from plantwright.compile.materials import Materials
from plantwright.compile.prices import prices_of
from plantwright.model.planning import Planning
from plantwright.model.plant import Plant
from plantwright.problems.materials import Floats

YEAR_D = 365.25
PLAIN = 1.0
"""Value of a piece where no price is known, so that one is held as soon as another. [money]"""


def holding_costs(planning: Planning, values: Floats) -> Floats:
    """Cost of a piece held for a period; of unknown value, that of one worth 1. (I,) float64 [base money]"""
    worth = np.nan_to_num(values, nan=PLAIN)
    return np.where(worth > 0, worth, PLAIN) * planning.holding.base * planning.bucket_days / YEAR_D


def unit_values(plant: Plant, materials: Materials) -> Floats:
    """Value of a piece of everything: prices of what is bought, added up along the bill; NaN where one is missing.

    (I,) float64 [base money]
    """
    bill, prices = materials.problem.bill, prices_of(plant).piece
    values = np.array([prices.get(name, math.nan) for name in materials.names], dtype=np.float64)
    level = low_level_codes(bill, len(values))
    for parent in np.argsort(-level, kind="stable"):
        arcs = np.flatnonzero(bill.parent == parent)
        if len(arcs):
            values[parent] = float((bill.pieces[arcs] * values[bill.child[arcs]]).sum())
    return values
