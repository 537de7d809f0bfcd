"""How far the savings move within the ranges of the figures behind them."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from plantwright.analytic.sampling import latin_hypercube, rank_correlations
from plantwright.model.plant import Plant
from plantwright.results import Driver, InputRange
from plantwright.study.inputs import CONFIDENCE, Range, drawn_plant, ranges, significant
from plantwright.study.savings import savings

DRAWS = 120
"""Families drawn from the ranges. [-]"""
SECTIONS = ("families", "offers", "items", "demand", "money", "finance", "tools")
"""Where the figures stand that can move a saving; wages and setups move so little of it that they stay as written."""
ASKED = 8
"""Inputs whose correlation with the saving is told. [-]"""


def savings_range(plant: Plant, name: str, *, seed: int) -> InputRange | None:
    """The middle 95 % of the savings a year over the ranges of prices, errors, demand and what is paid once.

    Parameters
    ----------
    plant, name
        The plant and the family.
    seed
        Of the draws.

    Returns
    -------
    InputRange or None
        None where no figure behind the savings has a range.
    """
    inputs = [each for each in ranges(plant)[0] if each.source.path.split(".")[0] in SECTIONS and _counts(each, name)]
    if not inputs:
        return None
    cube = latin_hypercube(DRAWS, len(inputs), seed=seed)
    kept, totals = [], []
    for index, row in enumerate(cube):
        try:
            drawn = drawn_plant(plant, inputs, list(row))
        except ValueError:
            continue
        kept.append(index)
        totals.append(savings(drawn, name).per_year)
    if len(totals) < DRAWS / 2:
        return None
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(totals, [tail, 1 - tail])
    found = _drivers(plant, name, inputs, rank_correlations(cube[kept], totals))
    return InputRange(math.fsum(totals) / len(totals), float(low), float(high), len(totals), CONFIDENCE, found)


def _drivers(plant: Plant, name: str, inputs: Sequence[Range], correlations: NDArray[np.float64]) -> tuple[Driver, ...]:
    """Inputs that move the saving on their own, and in the draws more than chance would; the strongest first."""
    order = sorted(range(len(inputs)), key=lambda index: (-abs(float(correlations[index])), index))[:ASKED]
    found = []
    for index in order:
        each = inputs[index]
        ends = [savings(drawn_plant(plant, [each], [share]), name).per_year for share in (0.0, 1.0)]
        if not math.isclose(*ends, rel_tol=1e-9):
            row, moved = each.source, round(float(correlations[index]), 3)
            found.append(Driver(row.path, row.mark, moved, row.low or "", row.high or "", row.source))
    return significant(found, DRAWS)


def _counts(each: Range, name: str) -> bool:
    """Whether an input may belong to this family: those of others do not."""
    section, _, rest = each.source.path.partition(".")
    return section != "families" or rest.startswith((f"{name}.", "*."))
