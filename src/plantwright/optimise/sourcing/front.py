"""Which plans nothing beats in cost, local content and exposure at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from plantwright.optimise.sourcing.model import Model
from plantwright.optimise.sourcing.relax import reach
from plantwright.optimise.sourcing.solve import Question, Solution, solve
from plantwright.problems.sourcing import Floats

EQUAL = 1e-6
"""Share below which two figures count as equal. [-]"""


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


def front(model: Model, floors: int = 5, exposures: int = 3) -> tuple[Point, ...]:
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

    References
    ----------
    G. Mavrotas (2009), "Effective implementation of the epsilon-constraint method in multi-objective mathematical
    programming problems", Applied Mathematics and Computation 213(2), doi 10.1016/j.amc.2009.03.037
    """
    points: list[Point] = []
    for floor in _grid(model, "floor", floors, {}):
        bounds = {"floor": np.full(len(model.limits["floor"].bound), floor)}
        for exposure in _grid(model, "exposure", exposures, bounds):
            rows = len(model.limits["exposure"].bound) if "exposure" in model.limits else 0
            extra = {"exposure": np.full(rows, exposure)} if rows else {}
            found = solve(model, Question({**bounds, **extra}))
            if found is not None:
                points.append(_point(model, found))
    return tuple(sorted((point for point in _distinct(points) if not _beaten(point, points)), key=lambda p: p.cost))


def _grid(model: Model, name: str, steps: int, bounds: dict[str, Floats]) -> Sequence[float]:
    """Bounds from what the cheapest plan has to what can be reached."""
    if name not in model.limits:
        return (np.inf,)
    rows = len(model.limits[name].bound)
    loose = solve(model, Question({**bounds, name: np.full(rows, np.inf)}))
    tight = reach(model, {name: np.ones(rows)}, {**bounds, name: np.zeros(rows)})
    if loose is None or tight is None:
        return ()
    worst, best = float(model.limits[name].reached(loose.x).max()), float(tight.bounds[name].max())
    best += EQUAL * abs(best)
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
