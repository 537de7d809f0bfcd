"""Which plans nothing beats in cost, local content and exposure at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from plantwright.optimise.sourcing.model import Model
from plantwright.optimise.sourcing.relax import reach
from plantwright.optimise.sourcing.solve import Question, Solution, solve
from plantwright.problems.sourcing import Floats

EQUAL = 2e-4
"""Share below which two figures count as equal. [-]"""
GAP_OF_POINT = 1e-4
"""How far the cost of a plan on the front may be from the least one. [-]"""
AIMS = ("floor", "exposure")


class Point(NamedTuple):
    """A plan of the front.

    Attributes
    ----------
    cost
        [money]
    content
        Local content in the year and line that has least. [-]
    exposure
        Margin lost with the worst supplier. [money]
    solution
        The plan.
    """

    cost: float
    content: float
    exposure: float
    solution: Solution


def front(model: Model, floors: int = 4, exposures: int = 3) -> tuple[Point, ...]:
    """Plans on a grid of floors and exposures, those left out that another beats in everything; cheapest first.

    Parameters
    ----------
    model
        With a limit ``floor``; ``exposure`` where there is one.
    floors, exposures
        Steps of the grid, from what costs least to what can be reached. [-]

    Notes
    -----
    The epsilon-constraint method: cost is minimised while local content and exposure are bounded; other limits hold.
    The cost of each plan is within `GAP_OF_POINT` of the least one.

    References
    ----------
    G. Mavrotas (2009), "Effective implementation of the epsilon-constraint method in multi-objective mathematical
    programming problems", Applied Mathematics and Computation 213(2), doi 10.1016/j.amc.2009.03.037
    """
    points: list[Point] = []
    open_ = {name: np.full(len(limit.bound), np.inf) for name, limit in model.limits.items() if name in AIMS}
    steps = _grid(model, "exposure", exposures, open_)
    for floor in _grid(model, "floor", floors, open_):
        for exposure in steps:
            bounds = {**open_, "floor": np.full(len(open_["floor"]), floor)}
            if "exposure" in open_:
                bounds["exposure"] = np.full(len(open_["exposure"]), exposure)
            found = solve(model, Question(bounds, gap=GAP_OF_POINT))
            if found is not None:
                points.append(_point(model, found))
    return tuple(sorted((point for point in _distinct(points) if not _beaten(point, points)), key=lambda p: p.cost))


def _grid(model: Model, name: str, steps: int, open_: Mapping[str, Floats]) -> Sequence[float]:
    """Bounds from what the cheapest plan has to what can be reached, the other aim left open."""
    if name not in open_:
        return (np.inf,)
    rows = len(open_[name])
    loose = solve(model, Question(open_, gap=GAP_OF_POINT))
    tight = reach(model, {name: np.ones(rows)}, {**open_, name: np.zeros(rows)}, gap=GAP_OF_POINT)
    if loose is None or tight is None:
        return ()
    worst, best = float(model.limits[name].reached(loose.x).max()), float(tight.bounds[name].max())
    best += GAP_OF_POINT * abs(best)
    return (np.inf, *np.linspace(worst, best, steps)[1:])


def _point(model: Model, found: Solution) -> Point:
    content = 1.0 - float(model.limits["floor"].reached(found.x).max())
    exposure = float(model.limits["exposure"].reached(found.x).max()) if "exposure" in model.limits else 0.0
    return Point(found.objective, content, exposure, found)


def _distinct(points: list[Point]) -> list[Point]:
    """One of each."""
    found: list[Point] = []
    for point in points:
        if not any(np.allclose(point[:3], other[:3], rtol=EQUAL) for other in found):
            found.append(point)
    return found


def _beaten(point: Point, points: list[Point]) -> bool:
    """Whether another is no worse in anything and better in something."""
    for other in points:
        gains = ((point.cost, other.cost), (-point.content, -other.content), (point.exposure, other.exposure))
        none_worse = all(theirs <= mine + EQUAL * abs(mine) for mine, theirs in gains)
        if none_worse and any(theirs < mine - EQUAL * abs(mine) for mine, theirs in gains):
            return True
    return False
