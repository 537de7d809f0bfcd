"""The p-centre problem: the farthest customer is as near as can be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from plantwright.optimise.siting.covering import CoveringAll
from plantwright.optimise.siting.serving import Serving
from plantwright.problems.siting import CoveringProblem, ServingProblem, Sited


class Centre:
    """Opens at most p sites so that the greatest distance of a customer from its site is least.

    The answer is one of the F x C distances. Whether a distance can be kept is a set-covering problem (are p sites
    enough when each covers what lies within it?), and what can be kept with a distance can be kept with a longer one,
    so the least is found by halving. Among the choices that keep it, the one with the least weighted distance is taken.

    References
    ----------
    S. L. Hakimi (1964), "Optimum locations of switching centers and the absolute centers and medians of a graph",
    Operations Research 12(3), doi 10.1287/opre.12.3.450; E. Minieka (1970), "The m-center problem", SIAM Review 12(1),
    doi 10.1137/1012016.
    """

    def __init__(self, problem: ServingProblem) -> None:
        self.problem = problem
        """``cost`` holds distances; demand weighs them among choices that are equally far."""

    def solve(self, forced: Mapping[int, bool] | None = None) -> Sited | None:
        """The best choice, with some sites forced open (True) or shut (False); None where there is none."""
        problem = self._with(forced or {})
        far = np.unique(problem.cost[~problem.closed & np.ones_like(problem.must)][:, problem.demand > 0])
        far = far[np.isfinite(far)]
        if not far.size or not self._can_keep(problem, far[-1]):
            return None
        low, high = 0, far.size - 1
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if self._can_keep(problem, far[middle]) else (middle + 1, high)
        radius = float(far[low])
        near = replace(problem, cost=np.where(problem.cost <= radius, problem.cost * problem.demand, np.inf))
        found = Serving(near).solve()
        if found is None:
            raise RuntimeError("a distance that could be kept cannot be kept")
        return replace(found, objective=radius, bound=radius, proven=True)

    def _with(self, forced: Mapping[int, bool]) -> ServingProblem:
        must, closed = self.problem.must.copy(), self.problem.closed.copy()
        for site, is_open in forced.items():
            must[site], closed[site] = is_open, not is_open
        return replace(self.problem, must=must, closed=closed)

    @staticmethod
    def _can_keep(problem: ServingProblem, radius: float) -> bool:
        cover = CoveringProblem(
            sees=problem.cost <= radius,
            weight=problem.demand,
            cost=np.ones_like(problem.fixed),
            must=problem.must,
            closed=problem.closed,
            most=problem.most,
        )
        return CoveringAll(cover).solve() is not None
