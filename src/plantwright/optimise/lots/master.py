"""The best mixture of what periods offer, and the prices of requirements that it asks for next (column generation)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from plantwright.optimise.lots.periods import Limits, Offer, Periods
from plantwright.optimise.solver import highs
from plantwright.problems.lots import Floats, Ints

SMOOTHING = 0.6
"""Share of the best prices so far in the prices that are tried next. [-]"""
POOL, KEPT = 3_000, 1_000
"""So many columns make the programme slow; so many are then kept. [-]"""

PRIMAL, NOT = 4, 0
"""How HiGHS numbers the simplex method that suits columns that come later, and scaling switched off."""
OPTIONS: dict[str, Any] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "presolve": "off",
    "simplex_strategy": PRIMAL,
    "simplex_scale_strategy": NOT,
}


class Mixture(NamedTuple):
    """The relaxed problem within some limits.

    Attributes
    ----------
    bound : float
        No plan within the limits costs less. [money]
    price : ndarray
        Of the requirements, that show it. (P,) float64 [money]
    setups : ndarray
        Share of the mixture in which an item is set up in a period. (T, I) float64 [-]
    """

    bound: float
    price: Floats
    setups: Floats


class Master:
    """One linear programme for the whole search: rows are requirements, then periods; columns what periods offered.

    References
    ----------
    Smoothing of prices: Pessoa, A., Sadykov, R., Uchoa, E., Vanderbeck, F. (2018), Automation and combination of
    linear-programming based stabilization techniques in column generation, doi:10.1287/ijoc.2017.0784.
    """

    def __init__(self, periods: Periods, dear: float) -> None:
        self.periods = periods
        self.model = highs().Highs()
        for name, value in OPTIONS.items():
            self.model.setOptionValue(name, value)
        rows = periods.requirements + periods.problem.periods
        none = np.array([], np.int32)
        for row in range(rows):
            most = np.inf if row < periods.requirements else 1.0
            self.model.addRow(1.0, most, 0, none, np.array([]))
        self.slacks = rows
        for row in range(rows):
            self.model.addCol(dear, 0.0, np.inf, 1, np.array([row], np.int32), np.ones(1))
        self.period: Ints = np.zeros(0, np.int64)
        self.items: Ints = np.zeros(0, np.int64)

    def solve(
        self, limits: Limits, price: Floats, *, rounds: int, tolerance: float, is_over: Callable[[], bool]
    ) -> Mixture | None:
        """The bound within limits, from prices that are about right; None where nothing is possible.

        Whenever it ends, after so many ``rounds``, within the ``tolerance`` [-] or because the time ``is_over``, the
        bound holds.
        """
        offer = self.periods.offer(price, limits)
        if offer is None:
            return None
        self._allow(limits)
        self._take(offer, None)
        bound = offer.bound
        for _ in range(rounds):
            self.model.run()
            solution = self.model.getSolution()
            value = self.model.getInfo().objective_function_value
            if value - bound <= tolerance * abs(value) or is_over():
                break
            duals = np.array(solution.row_dual)
            tried = SMOOTHING * price + (1.0 - SMOOTHING) * duals[: self.periods.requirements]
            offer = self.periods.offer(tried, limits)
            assert offer is not None
            if offer.bound > bound:
                bound, price = offer.bound, tried
            self._take(offer, duals)
        else:
            self.model.run()
            solution = self.model.getSolution()
        setups = self._setups(np.array(solution.col_value)[self.slacks :])
        self._forget(np.array(solution.col_dual)[self.slacks :])
        return Mixture(bound, price, setups)

    def _allow(self, limits: Limits) -> None:
        """Only what the limits allow may be mixed."""
        count = len(self.items)
        if not count:
            return
        number = self.periods.number[self.items]
        of = self.period
        allowed = (number >= limits.least[of]) & (number <= limits.most[of])
        allowed &= ((self.items & limits.must[of]) == limits.must[of]) & ((self.items & limits.may[of]) == self.items)
        columns = np.arange(self.slacks, self.slacks + count, dtype=np.int32)
        self.model.changeColsBounds(count, columns, np.zeros(count), np.where(allowed, np.inf, 0.0))

    def _take(self, offer: Offer, duals: Floats | None) -> None:
        """Add what the periods offer, each a column; with ``duals`` only what is worth it."""
        periods = self.periods
        costs: list[float] = []
        starts: list[int] = []
        index: list[int] = []
        value: list[float] = []
        period: list[int] = []
        for of, items in enumerate(offer.items.tolist()):
            shares = np.arange(periods.first[of], periods.first[of + 1])
            shares = shares[offer.share[shares] > 1e-12]
            rows = np.append(periods.requirement[shares], periods.requirements + of)
            values = np.append(offer.share[shares], 1.0)
            cost = float(periods.cost[items] + periods.held[shares] @ offer.share[shares])
            if duals is not None and cost - duals[rows] @ values > -1e-7:
                continue
            costs.append(cost)
            starts.append(len(index))
            index += rows.tolist()
            value += values.tolist()
            period.append(of)
        if not costs:
            return
        count = len(costs)
        none, most = np.zeros(count), np.full(count, np.inf)
        begins, rows_of = np.array(starts, np.int32), np.array(index, np.int32)
        self.model.addCols(count, np.array(costs), none, most, len(index), begins, rows_of, np.array(value))
        self.period = np.append(self.period, np.array(period, np.int64))
        self.items = np.append(self.items, offer.items[period])

    def _setups(self, weight: Floats) -> Floats:
        """How much each item is set up in each period of the mixture. (T, I) float64"""
        problem = self.periods.problem
        setups = np.zeros((problem.periods, problem.items))
        within = (self.items[:, None] >> np.arange(problem.items)) & 1
        np.add.at(setups, self.period, within * weight[:, None])
        return setups

    def _forget(self, reduced: Floats) -> None:
        """Drop the columns that look worst, once there are many."""
        if len(self.items) <= POOL:
            return
        drop = np.sort(np.argsort(reduced, kind="stable")[KEPT:])
        basic = np.array([status.name == "kBasic" for status in self.model.getBasis().col_status])[self.slacks :]
        drop = drop[~basic[drop]]
        columns: Any = (self.slacks + drop).astype(np.int32)
        self.model.deleteCols(len(columns), columns)
        self.period, self.items = np.delete(self.period, drop), np.delete(self.items, drop)
