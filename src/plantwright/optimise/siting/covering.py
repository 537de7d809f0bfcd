"""Posts that see points: all points at least cost (set covering), or as many as can be (maximal covering)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from plantwright.optimise.siting.programme import Programme
from plantwright.problems.siting import CoveringProblem, Shortfall, Sited


class _Posts:
    """What both have in common: a column y_i for each post, some of them forced, and how many there may be."""

    def __init__(self, problem: CoveringProblem, cost: NDArray[np.float64], whole: NDArray[np.bool_]) -> None:
        self.problem = problem
        self.posts, self.points = problem.sees.shape
        self._programme = Programme(cost, whole, 1.0)
        self._extra = cost.size - self.posts
        self._sees = sparse.csr_array(problem.sees.T.astype(np.float64))

    def solve(self, forced: Mapping[int, bool] | None = None) -> Sited | None:
        """The best choice, with some posts forced to stand (True) or not to (False); None where there is none."""
        for post in range(self.posts):
            low, high = float(self.problem.must[post]), float(not self.problem.closed[post])
            if forced and post in forced:
                low = high = float(forced[post])
            self._programme.bound(post, low, high)
        found = self._programme.solve()
        if found is None:
            return None
        columns, cost, bound = found
        opened = columns[: self.posts] > 0.5
        share = np.where(opened[:, None] & self.problem.sees, 1.0, 0.0)
        cost, bound = self._told(cost), self._told(bound)
        return Sited(opened, share, cost, bound, abs(cost - bound) <= 1e-9 * max(1.0, abs(cost)))

    def _told(self, cost: float) -> float:
        """The programme's cost as the problem counts it."""
        return cost

    def _stand_at_most(self) -> None:
        """sum_i y_i <= p."""
        if self.problem.most < self.posts:
            self._programme.require(self._of_posts(np.ones(self.posts)), at_most=self.problem.most)

    def _keep_to_the_budget(self) -> None:
        """sum_i f_i y_i <= budget."""
        if np.isfinite(self.problem.budget):
            self._programme.require(self._of_posts(self.problem.cost), at_most=self.problem.budget)

    def _of_posts(self, row: NDArray[np.float64]) -> sparse.csr_array:
        return sparse.csr_array(np.append(row, np.zeros(self._extra))[None, :])


class CoveringAll(_Posts):
    """Every point is seen by as many posts as it needs, at least cost.

    References
    ----------
    C. Toregas, R. Swain, C. ReVelle, L. Bergman (1971), "The location of emergency service facilities", Operations
    Research 19(6), doi 10.1287/opre.19.6.1363.
    """

    def __init__(self, problem: CoveringProblem) -> None:
        super().__init__(problem, problem.cost, np.ones(problem.cost.size, dtype=np.bool_))
        self._see_every_point()
        self._stand_at_most()
        self._keep_to_the_budget()

    def _see_every_point(self) -> None:
        """sum_{i sees j} y_i >= k for each point j that counts."""
        counts = self.problem.weight > 0
        self._programme.require(self._sees[counts], at_least=self.problem.times)


class CoveringMost(_Posts):
    """As much weight as a number of posts and a budget can see; a second post may count as well.

    Columns: y_i, then z_j (seen) and u_j (seen twice) for each point; the last two are whole by themselves.

    References
    ----------
    R. Church, C. ReVelle (1974), "The maximal covering location problem", Papers of the Regional Science Association
    32, doi 10.1007/BF01942293; K. Hogan, C. ReVelle (1986), "Concepts and applications of backup coverage", Management
    Science 32(11), doi 10.1287/mnsc.32.11.1434.
    """

    def __init__(self, problem: CoveringProblem) -> None:
        gain = np.concatenate([problem.weight, problem.backup * problem.weight])
        whole = np.arange(problem.cost.size + gain.size) < problem.cost.size
        super().__init__(problem, np.concatenate([np.zeros(problem.cost.size), -gain]), whole)
        self._count_what_is_seen()
        self._stand_at_most()
        self._keep_to_the_budget()

    def _told(self, cost: float) -> float:
        return -cost

    def _count_what_is_seen(self) -> None:
        """z_j + u_j <= sum_{i sees j} y_i for each point j: since backup <= 1, seen once comes before seen twice."""
        each = sparse.eye_array(self.points)
        self._programme.require(sparse.hstack([-self._sees, each, each]), at_most=0.0)


def shortfall(problem: CoveringProblem) -> Shortfall:
    """Why points cannot all be seen: too few posts could see them, too few may stand, or the money is too little."""
    usable = problem.sees & ~problem.closed[:, None]
    unreached = (usable.sum(axis=0) < problem.times) & (problem.weight > 0)
    if unreached.any():
        return Shortfall(unreached)
    free = replace(problem, most=problem.cost.size, budget=np.inf)
    fewest = CoveringAll(replace(free, cost=np.ones_like(problem.cost))).solve()
    cheapest = CoveringAll(free).solve() if np.isfinite(problem.budget) else None
    return Shortfall(
        unreached,
        needed=None if fewest is None else int(fewest.opened.sum()),
        price=None if cheapest is None else cheapest.objective,
    )
