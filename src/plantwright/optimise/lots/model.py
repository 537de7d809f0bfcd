"""Lot sizing as a mixed-integer programme that says for which requirement each piece is made.

Columns: whether an item is set up in a period (first, item by item), the share of each requirement that is made in each
period up to its own, where there is a bill the stock, and overtime, which is not allowed at first.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from plantwright.optimise.linear import by_rows, programme
from plantwright.optimise.lots.netting import leads, opening, required
from plantwright.optimise.solver import highs
from plantwright.problems.lots import Flags, Floats, Ints, LotProblem


class LotModel:
    """The facility-location form, which describes every single item without capacity exactly.

    References
    ----------
    Krarup, J., Bilde, O. (1977), Plant location, set covering and economic lot size, in Numerische Methoden bei
    Optimierungsaufgaben 3, doi:10.1007/978-3-0348-5936-3_10. With setup times: Trigeiro, W. W., Thomas, L. J.,
    McClain, J. O. (1989), doi:10.1287/mnsc.35.3.353. On echelon requirements: Pochet, Y., Wolsey, L. A. (2006),
    doi:10.1007/0-387-33477-7, chapter 13.
    """

    def __init__(self, problem: LotProblem) -> None:
        self.problem, self.due = problem, required(problem)
        items, periods = problem.demand.shape
        self.setups = items * periods
        self.item, self.made, self.needed = self._shares()
        self.pieces = self.due[self.item, self.needed]
        self.cost: list[float] = []
        self.upper: list[float] = []
        self.rows: list[tuple[Ints, Floats]] = []
        self.limits: list[tuple[float, float]] = []
        self.overtime: list[int] = []
        """Columns of overtime, resource by resource."""
        self._columns()
        self._cover()
        self._follow()
        self._fit()
        if problem.bill is not None:
            self._keep()

    def _shares(self) -> tuple[Ints, Ints, Ints]:
        """Item, period of making and period of need of each share, in this order. Each (X,) int64"""
        item, needed = np.nonzero(self.due)
        earlier = needed + 1
        ends = np.cumsum(earlier)
        made = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - earlier, earlier)
        return np.repeat(item, earlier), made, np.repeat(needed, earlier)

    def _columns(self) -> None:
        """Setups and shares cost what they are; a piece made early is held until it is needed (without a bill)."""
        problem = self.problem
        share = np.zeros(len(self.item))
        if problem.bill is None:
            share = problem.holding[self.item] * self.pieces * (self.needed - self.made)
        setups = np.repeat(problem.setup_cost, problem.periods)
        self.cost = [*setups.tolist(), *share.tolist()]
        self.upper = [1.0] * len(self.cost)

    def _row(self, columns: Any, values: Any, least: float, most: float) -> None:
        self.rows.append((np.asarray(columns, np.int64), np.asarray(values, np.float64)))
        self.limits.append((least, most))

    def _cover(self) -> None:
        """Each requirement is made: sum over s <= t of x[i,s,t] = 1."""
        columns = self.setups + np.arange(len(self.item))
        for chunk in np.split(columns, np.flatnonzero(self.made == 0)[1:]):
            if len(chunk):
                self._row(chunk, np.ones(len(chunk)), 1.0, 1.0)

    def _follow(self) -> None:
        """What is made in a period serves the nearest need first: x[i,s,t'] <= x[i,s,t] <= y[i,s] for s <= t < t'.

        Any plan can be read so: the plans of an item are mixtures of plans in which a lot serves whole requirements
        in a row.
        """
        nearest: dict[tuple[int, int], int] = {}
        for share, (item, made) in enumerate(zip(self.item.tolist(), self.made.tolist(), strict=True)):
            column = self.setups + share
            before = nearest.get((item, made), item * self.problem.periods + made)
            self._row([column, before], [1.0, -1.0], -np.inf, 0.0)
            nearest[item, made] = column

    def _fit(self) -> None:
        """Time: sum over i of setup_time y[i,s] + unit_time q[i,s] <= capacity[s] + overtime[s]."""
        problem = self.problem
        price = _dear(problem)
        items = np.arange(problem.items)
        for resource in range(problem.capacity.shape[0]):
            for period in range(problem.periods):
                shares = np.flatnonzero(self.made == period)
                columns = [*(items * problem.periods + period), *(self.setups + shares)]
                unit = problem.unit_time[resource, self.item[shares]] * self.pieces[shares]
                values = [*problem.setup_time[resource], *unit]
                self.overtime.append(self._column(price, 0.0))
                columns.append(self.overtime[-1])
                values.append(-1.0)
                self._row(columns, values, -np.inf, problem.capacity[resource, period])

    def _keep(self) -> None:
        """Stock: I[i,t] = I[i,t-1] + q[i,t-lead] - demand[i,t] - sum over parents j of pieces q[j,t] >= 0."""
        problem, lead = self.problem, leads(self.problem)
        assert problem.bill is not None
        first = opening(problem)
        for item in range(problem.items):
            before = -1
            for period in range(problem.periods):
                stock = self._column(float(problem.holding[item]), np.inf)
                columns, values = [stock], [1.0]
                arrived = self._pieces(item, period - int(lead[item]))
                columns += [self.setups + share for share in arrived]
                values += (-self.pieces[arrived]).tolist()
                for arc in np.flatnonzero(problem.bill.child == item):
                    taken = self._pieces(int(problem.bill.parent[arc]), period)
                    columns += [self.setups + share for share in taken]
                    values += (problem.bill.pieces[arc] * self.pieces[taken]).tolist()
                wanted = -problem.demand[item, period] + (first[item] if period == 0 else 0.0)
                if before >= 0:
                    columns.append(before)
                    values.append(-1.0)
                self._row(columns, values, wanted, wanted)
                before = stock

    def _pieces(self, item: int, period: int) -> Ints:
        """The shares that are made of an item in a period."""
        return np.flatnonzero((self.item == item) & (self.made == period))

    def _column(self, cost: float, upper: float) -> int:
        self.cost.append(cost)
        self.upper.append(upper)
        return len(self.cost) - 1

    def highs(self) -> Any:
        """The programme in HiGHS, silent, with one thread and one seed."""
        module = highs()
        model = module.Highs()
        for name, value in {"output_flag": False, "threads": 1, "random_seed": 0, "mip_rel_gap": 1e-4}.items():
            model.setOptionValue(name, value)
        count = len(self.cost)
        bounds = np.zeros(count), np.array(self.upper)
        low, high = np.array(self.limits, np.float64).reshape(-1, 2).T.copy()
        whole = np.arange(count) < self.setups
        model.passModel(programme(np.array(self.cost), bounds, by_rows(self.rows), (low, high), whole=whole))
        return model

    def read(self, values: Floats) -> tuple[Flags, Floats]:
        """Setups and pieces started of a solution. (I, T) bool, (I, T) float64 [pieces]"""
        shape = self.problem.demand.shape
        setups = values[: self.setups].reshape(shape) > 0.5
        started = np.zeros(shape)
        shares = np.clip(values[self.setups : self.setups + len(self.item)], 0.0, 1.0)
        np.add.at(started, (self.item, self.made), self.pieces * shares)
        return setups, started


def _dear(problem: LotProblem) -> float:
    """A price of overtime that is paid only where nothing else helps. [money/time]"""
    fast = problem.unit_time[problem.unit_time > 0.0].min(initial=np.inf)
    held = problem.periods * problem.holding.max(initial=0.0) / fast
    return float(3.0 * problem.setup_cost.max(initial=0.0) + held) or 1.0
