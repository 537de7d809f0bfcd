"""What a piece really costs: its price on the spot, and what limits make it worth, at the decisions of a plan."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from plantwright.optimise.sourcing.model import Model
from plantwright.optimise.sourcing.solve import Solution
from plantwright.problems.sourcing import Floats


def floor_slopes(model: Model, solution: Solution) -> Floats:
    """What one more of local content costs, by row of the floor: money per unit of share, at these decisions.

    Only a local slope: as soon as a decision flips, the cost of a point is another one, found by solving again.

    Returns
    -------
    ndarray
        (P T,) float64 [money], >= 0
    """
    return -solution.slope["floor"] if "floor" in solution.slope else np.zeros(0)


def charges(model: Model, solution: Solution) -> Mapping[str, Floats]:
    """What each limit adds to a piece of a lot, by limit, discounted: negative where the limit favours it.

    Parameters
    ----------
    model
        Whose limits.
    solution
        At whose decisions.

    Returns
    -------
    mapping
        By limit that binds: (P, R, T) float64 [money/piece]
    """
    at, found = model.columns, {}
    for name, limit in model.limits.items():
        added = np.zeros(at.size)
        for number, (slope, bound) in enumerate(zip(solution.slope[name], limit.bound, strict=True)):
            base = limit.base[number].at(solution.x)
            if slope and np.isfinite(bound) and base:
                added -= slope / base * limit.row(number, float(bound))[0]
        if added.any():
            found[name] = added[at.bought] / at.unit[at.bought]
    return found


def landed(model: Model) -> Floats:
    """Price, duty, freight and pipeline of a piece of each lot. (R,) float64 [money/piece]"""
    problem, at = model.problem, model.columns
    ways = problem.purchases
    price = problem.offers.price[at.lot_tier]
    on = 1.0 + ways.duty[at.lot_purchase] + problem.holding * ways.lead[at.lot_purchase]
    result: Floats = price * on + ways.freight[at.lot_purchase]
    return result
