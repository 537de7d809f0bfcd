"""How far limits can be tightened, and how far they have to be loosened where no plan keeps to all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from plantwright.optimise.sourcing.model import Model
from plantwright.optimise.sourcing.solve import GAP, Bounds, Question, Solution, solve
from plantwright.problems.sourcing import Floats

ROUNDS = 30
"""Rounds of the search for the least ratio; it needs two or three. [-]"""
CLOSE = 1e-9
"""Share of a bound by which a round has to improve it to go on. [-]"""


@dataclass(frozen=True, eq=False)
class Reached:
    """The least that limits can be loosened (or the most that they can be tightened).

    Attributes
    ----------
    bounds
        Bounds that a plan keeps to. By limit, (rows,) float64
    solution
        Such a plan; its cost is not the least.
    """

    bounds: Mapping[str, Floats]
    solution: Solution


@dataclass(frozen=True, eq=False)
class Conflict:
    """Why there is no plan.

    Attributes
    ----------
    alone
        By limit that would do on its own: the bounds it needs while all others hold.
    together
        Where none does alone: all bounds, loosened by the same share of each.
    served
        Where no limit is in the way: the most of the demand that can be met. [-], 0 <= served <= 1
    binding
        Rows of the model that hold it back then.
    """

    alone: Mapping[str, Floats]
    together: Mapping[str, Floats] | None = None
    served: float | None = None
    binding: tuple[int, ...] = ()


def reach(
    model: Model, steps: Mapping[str, Floats], bounds: Bounds | None = None, *, gap: float = GAP
) -> Reached | None:
    """The least d for which a plan keeps to ``bound + d step`` in every row of some limits, with all others as is.

    Parameters
    ----------
    model
        The constraints.
    steps
        By limit, what each row's bound changes by when d is 1. (rows,) float64
    bounds
        Where to start from; the model's own bounds when left out.
    gap
        Of each round. [-]

    Returns
    -------
    Reached or None
        None where no plan keeps to the other limits.

    Notes
    -----
    Each row is a ratio of two linear expressions. The generalised Dinkelbach method solves, at a d that some plan
    reaches, ``min s: over - (bound + d step) base <= s step base0``, and takes the plan's own d for the next round,
    until s is 0.

    References
    ----------
    J.-P. Crouzeix, J. A. Ferland and S. Schaible (1985), "An algorithm for generalized fractional programs", Journal of
    Optimization Theory and Applications 47(1), doi 10.1007/BF00941314
    """
    start = {name: np.asarray((bounds or {}).get(name, model.limits[name].bound)) for name in steps}
    others = {**(bounds or {}), **{name: np.full(len(bound), np.inf) for name, bound in start.items()}}
    solution = solve(model, Question(others, gap=gap))
    if solution is None:
        return None
    far = _distance(model, steps, start, solution.x)
    objective = np.zeros(model.columns.size)
    objective[model.columns.slack] = 1.0
    for _ in range(ROUNDS):
        now = {name: start[name] + far * steps[name] for name in steps}
        loosened = {
            (name, row): float(steps[name][row] * max(base.at(solution.x), 1e-12))
            for name in steps
            for row, base in enumerate(model.limits[name].base)
        }
        free = [(model.columns.slack, -1e6, 1e6)]
        better = solve(model, Question({**others, **now}, objective, free, loosened, gap))
        closer = far if better is None else _distance(model, steps, start, better.x)
        if better is None or closer >= far - CLOSE * max(1.0, abs(far)):
            break
        far, solution = closer, better
    return Reached({name: start[name] + far * steps[name] for name in steps}, solution)


def _distance(model: Model, steps: Mapping[str, Floats], start: Mapping[str, Floats], x: Floats) -> float:
    """The d that a plan needs: the largest of its rows."""
    needed = [
        (reached - bound) / step
        for name in steps
        for reached, bound, step in zip(model.limits[name].reached(x), start[name], steps[name], strict=True)
        if np.isfinite(bound) and step > 0
    ]
    return float(max(needed))


def conflict(model: Model, bounds: Bounds | None = None) -> Conflict:
    """Why no plan keeps to all limits: what to loosen, and how far.

    Parameters
    ----------
    model
        A model without a plan.
    bounds
        The limits asked for; the problem's own when left out.
    """
    wanted = {name: np.asarray((bounds or {}).get(name, limit.bound)) for name, limit in model.limits.items()}
    wanted = {name: bound for name, bound in wanted.items() if np.isfinite(bound).any()}
    none = {name: np.full(len(bound), np.inf) for name, bound in wanted.items()}
    if solve(model, Question(none)) is None:
        return _shortage(model, none)
    alone = {}
    for name, bound in wanted.items():
        found = reach(model, {name: np.ones(len(bound))}, {**(bounds or {}), name: bound})
        if found is not None:
            alone[name] = found.bounds[name]
    if alone or not wanted:
        return Conflict(alone)
    shares = {name: np.where(np.isfinite(bound), np.abs(bound), 0.0) for name, bound in wanted.items()}
    together = reach(model, shares, wanted)
    return Conflict({}, together.bounds if together is not None else None)


def _shortage(model: Model, none: Bounds) -> Conflict:
    """The most of the demand that can be met without any limit, and the rows that bind then."""
    objective = np.zeros(model.columns.size)
    objective[model.columns.served] = -1.0
    found = solve(model, Question(none, objective, [(model.columns.served, 0.0, 1.0)]))
    if found is None:
        return Conflict({}, None, 0.0)
    binding = np.flatnonzero(np.abs(found.dual[: len(model.rows.scale)]) > CLOSE)
    return Conflict({}, None, float(found.x[model.columns.served[0]]), tuple(int(row) for row in binding))
