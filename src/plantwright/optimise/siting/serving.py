"""Capacitated facility location in the strong form; without capacities and fixed costs it is the p-median problem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from plantwright.optimise.siting.programme import Matrix, Programme
from plantwright.problems.siting import ServingProblem, Shortfall, Sited

TINY = 1e-9
"""Less than this share of a customer is nothing. [-]"""


class Serving:
    """Opens sites and serves customers from them; asked again with single sites forced open or shut.

    Columns: y_i, whether site i is open, then x_ij, the share of customer j that site i serves, for each pair that is
    within reach. ``relaxed``, sites may be open in part: the cost is then a bound, found in no time.

    References
    ----------
    M. L. Balinski (1965), "Integer programming: methods, uses, computation", Management Science 12(3),
    doi 10.1287/mnsc.12.3.253; S. L. Hakimi (1964), "Optimum locations of switching centers and the absolute centers and
    medians of a graph", Operations Research 12(3), doi 10.1287/opre.12.3.450; J. E. Beasley (1988), "An algorithm for
    solving large capacitated warehouse location problems", European Journal of Operational Research 33(3),
    doi 10.1016/0377-2217(88)90175-0.
    """

    def __init__(self, problem: ServingProblem, *, relaxed: bool = False) -> None:
        self.problem = problem
        self.sites, self.customers = problem.cost.shape
        self._site, self._customer = np.nonzero(np.isfinite(problem.cost) & ~problem.closed[:, None])
        self._pairs = self._site.size
        # More capacity than all customers take is as good as none, and a smaller number makes a tighter relaxation.
        self._capacity = np.minimum(problem.capacity, problem.demand.sum())
        cost = np.concatenate([problem.fixed, problem.cost[self._site, self._customer]])
        whole = np.arange(cost.size) < (0 if relaxed else cost.size if problem.whole else self.sites)
        self._programme = Programme(cost, whole, 1.0)
        self._serve_everyone()
        self._serve_from_open_sites()
        self._keep_within_capacity()
        self._open_enough()
        self._open_at_most()
        for site in range(self.sites):
            self._programme.bound(site, *self._limits(site))

    def solve(self, forced: Mapping[int, bool] | None = None) -> Sited | None:
        """The cheapest choice, with some sites forced open (True) or shut (False); None where there is none."""
        forced = forced or {}
        for site, is_open in forced.items():
            self._programme.bound(site, float(is_open), float(is_open))
        found = self._programme.solve()
        for site in forced:
            self._programme.bound(site, *self._limits(site))
        return None if found is None else self._told(*found, forced)

    def _told(self, columns: NDArray[np.float64], cost: float, bound: float, forced: Mapping[int, bool]) -> Sited:
        share = np.zeros((self.sites, self.customers))
        share[self._site, self._customer] = np.where(columns[self.sites :] > TINY, columns[self.sites :], 0.0)
        opened = columns[: self.sites] > 0.5
        kept = self.problem.must.copy()
        kept[[site for site, is_open in forced.items() if is_open]] = True
        # Where a site costs nothing the solver may open it for nobody; nobody would call that open.
        opened &= kept | (self.problem.fixed > 0) | (share.sum(axis=1) > 0)
        return Sited(opened, share, cost, bound, cost - bound <= 1e-9 * max(1.0, abs(cost)))

    def _limits(self, site: int) -> tuple[float, float]:
        return float(self.problem.must[site]), float(not self.problem.closed[site])

    def _serve_everyone(self) -> None:
        """sum_i x_ij = 1 for each customer j."""
        rows = self._of_pairs(self._customer, np.ones(self._pairs), self.customers)
        self._programme.require(rows, at_least=1.0, at_most=1.0)

    def _serve_from_open_sites(self) -> None:
        """x_ij <= y_i for each pair: the strong form, whose relaxation is nearly whole."""
        pair = np.arange(self._pairs)
        opened = sparse.csr_array((-np.ones(self._pairs), (pair, self._site)), shape=(self._pairs, self.sites))
        self._programme.require(sparse.hstack([opened, sparse.eye_array(self._pairs)]), at_most=0.0)

    def _keep_within_capacity(self) -> None:
        """sum_j d_j x_ij <= K_i y_i for each site i that has a limit."""
        limited = np.flatnonzero(self.problem.capacity < self.problem.demand.sum())
        if limited.size:
            served = self._of_pairs(self._site, self.problem.demand[self._customer], self.sites)
            rows = served - self._of_sites(sparse.diags_array(self._capacity))
            self._programme.require(sparse.csr_array(rows)[limited], at_most=0.0)

    def _open_enough(self) -> None:
        """sum_i K_i y_i >= sum_j d_j: follows from the others, and lets the solver cut sooner."""
        rows = self._of_sites(sparse.csr_array(self._capacity[None, :]))
        self._programme.require(rows, at_least=self.problem.demand.sum())

    def _open_at_most(self) -> None:
        """sum_i y_i <= p."""
        if self.problem.most < self.sites:
            self._programme.require(
                self._of_sites(sparse.csr_array(np.ones((1, self.sites)))), at_most=self.problem.most
            )

    def _of_sites(self, rows: Matrix) -> Matrix:
        """Rows over the sites alone."""
        return sparse.hstack([rows, sparse.csr_array((rows.shape[0], self._pairs))])

    def _of_pairs(self, row: NDArray[np.intp], value: NDArray[np.float64], count: int) -> Matrix:
        """Rows over the pairs alone: ``value`` of each pair in its row."""
        shape = (count, self.sites + self._pairs)
        return sparse.csr_array((value, (row, self.sites + np.arange(self._pairs))), shape=shape)


def shortfall(problem: ServingProblem) -> Shortfall:
    """Why customers cannot all be served: out of reach, too little capacity, too few sites, or only in parts."""
    reached = np.isfinite(problem.cost) & ~problem.closed[:, None]
    unreached = ~reached.any(axis=0) & (problem.demand > 0)
    usable = ~problem.closed
    short = max(0.0, problem.demand.sum() - problem.capacity[usable].sum())
    if unreached.any() or short > 0:
        return Shortfall(unreached, short, _unserved(problem, unreached))
    unserved = _unserved(problem, unreached)
    if unserved.sum() > TINY * problem.demand.sum():
        return Shortfall(unreached, 0.0, unserved)
    counted = replace(
        problem, cost=np.where(reached, 0.0, np.inf), fixed=np.ones(problem.fixed.size), most=problem.fixed.size
    )
    fewest = Serving(counted).solve()
    return Shortfall(unreached, 0.0, unserved, None if fewest is None else int(fewest.opened.sum()))


def _unserved(problem: ServingProblem, unreached: NDArray[np.bool_]) -> NDArray[np.float64]:
    """What stays unserved at least when every site is open that may be: a site more, without limit, at a price."""
    sites, customers = problem.cost.shape
    last_resort = np.where(unreached, np.inf, problem.demand)[None, :]
    within = np.where(problem.closed[:, None] | ~np.isfinite(problem.cost), np.inf, 0.0)
    elastic = ServingProblem(
        cost=np.vstack([within, last_resort])[:, ~unreached],
        demand=problem.demand[~unreached],
        fixed=np.zeros(sites + 1),
        capacity=np.append(problem.capacity, np.inf),
        must=np.append(~problem.closed, True),
        closed=np.append(problem.closed, False),
        most=sites + 1,
    )
    found = Serving(elastic).solve()
    left = np.zeros(customers)
    if found is not None:
        left[~unreached] = found.share[-1] * elastic.demand
    return left
