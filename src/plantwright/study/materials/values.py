"""What a piece is worth by what was bought for it."""

from __future__ import annotations

import math

import numpy as np

from plantwright.analytic.mrp import low_level_codes
from plantwright.compile.materials import Materials
from plantwright.compile.prices import prices_of
from plantwright.model.plant import Plant
from plantwright.problems.materials import Floats


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
