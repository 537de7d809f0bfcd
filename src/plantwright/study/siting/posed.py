"""A siting task posed: distances measured, lines cut, the solver of its kind at hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plantwright.analytic import sphere
from plantwright.compile.siting import Ground, carriage, covering, ground, pieces, serving
from plantwright.model.plant import Plant
from plantwright.model.siting import SERVING, Siting
from plantwright.optimise.siting.centre import Centre
from plantwright.optimise.siting.covering import CoveringAll, CoveringMost, shortfall as uncovered
from plantwright.optimise.siting.serving import Serving, shortfall as unserved
from plantwright.problems.siting import CoveringProblem, Floats, ServingProblem, Shortfall, Sited

KM = 1000.0
"""[m]"""


@dataclass(frozen=True, eq=False)
class Watched:
    """A line cut into segments.

    Attributes
    ----------
    points
        Ends of the segments. (N + 1, 2) float64 [degrees]
    length
        Of each segment. (N,) float64 [m]
    sees
        Whether each candidate sees the segment. (F, N) bool
    """

    points: Floats
    length: Floats
    sees: NDArray[np.bool_]


class Posed:
    """A task, its distances and its solver.

    Parameters
    ----------
    plant
        A sound plant.
    key
        Id of the task.
    """

    def __init__(self, plant: Plant, key: str) -> None:
        self.plant, self.key = plant, key
        self.task: Siting = plant.siting[key]
        self.ground: Ground = ground(plant, self.task)
        flown = sphere.distances(self.ground.sites, self.ground.customers) * self.task.detour
        self.distance = np.where(np.isnan(self.ground.written), flown, self.ground.written)
        """From every candidate to every customer. (F, C) float64 [m], nan where unknown"""
        self.lines = tuple(self._watched(corners) for corners in self.ground.lines)
        self.serves = self.task.kind in SERVING
        self.problem: ServingProblem | CoveringProblem
        self._solver: Serving | Centre | CoveringAll | CoveringMost
        if self.serves:
            problem = serving(plant, self.task, self.ground, distance=self.distance)
            self.problem = problem
            self._solver = Centre(problem) if self.task.kind == "p-centre" else Serving(problem)
        else:
            watched = covering(plant, self.task, self.ground, sees=self._sees(), weight=self._weight())
            self.problem = watched
            self._solver = CoveringAll(watched) if self.task.kind == "set-covering" else CoveringMost(watched)

    def solve(self, forced: Mapping[int, bool] | None = None) -> Sited | None:
        """The best choice of sites, with some forced open (True) or shut (False); None where there is none."""
        return self._solver.solve(forced)

    def shortfall(self) -> Shortfall:
        """Why no choice of sites will do."""
        if isinstance(self.problem, ServingProblem):
            return unserved(self.problem)
        return uncovered(self.problem)

    @property
    def costs_money(self) -> bool:
        """Whether what is made least is money."""
        return self.task.kind == "facility-location" or (
            self.task.kind == "set-covering" and bool(self.ground.fixed.any())
        )

    def told(self, objective: float) -> float:
        """An objective as people say it: metres in kilometres, for a median on the average."""
        if self.task.kind == "p-median":
            return objective / KM / (self.ground.demand.sum() or 1.0)
        return objective / KM if self.task.kind == "p-centre" else objective

    def carriage(self) -> Floats:
        """What carrying a piece costs. (F, C) float64 [base money/piece]"""
        return carriage(self.plant, self.task, self.distance)

    def pieces(self) -> Floats:
        """What a piece costs at each candidate. (F,) float64 [base money/piece]"""
        return pieces(self.plant, self.task)

    def _watched(self, corners: Floats) -> Watched:
        points = sphere.cut(corners, self.task.step.base)
        length = np.array([sphere.distances(a, b)[0, 0] for a, b in zip(points[:-1], points[1:], strict=True)])
        return Watched(points, length, sphere.seen(self.ground.sites, points, self.ground.radius))

    def _sees(self) -> NDArray[np.bool_]:
        """Which candidate sees which point, customers before the segments of lines. (F, C) bool"""
        near = self.distance <= self.ground.radius[:, None] + 1e-6
        return np.concatenate([near, *(line.sees for line in self.lines)], axis=1)

    def _weight(self) -> Floats:
        """How much each point counts. (C,) float64"""
        rates = [line.weight / KM for line in self.task.lines.values()]
        segments = [line.length * rate for line, rate in zip(self.lines, rates, strict=True)]
        return np.concatenate([self.ground.demand, *segments])
