"""The cheapest master schedule that the stations can make: what a period cannot make is made earlier, else late."""

from __future__ import annotations

import numpy as np

from plantwright.optimise.linear import Row, linear, solved
from plantwright.problems.master import MasterProblem
from plantwright.problems.materials import Floats


def levelled(problem: MasterProblem) -> Floats:
    """Receipts of each thing in each period. (P, T) float64 [pieces]

    Parameters
    ----------
    problem
        What is wanted, and what making it takes.

    Notes
    -----
    With receipts x, stock I and backlog B, in whole or broken pieces,

        minimise  sum of h_p (I_pt + late B_pt)

    subject to

        balance   ``I_pt - B_pt = stock_p + sum up to t of (open orders + x - demand)``
        capacity  ``sum over p and l of a_kpl x_p,t+l <= c_kt`` (resource profiles: the work lies l periods before the
                  receipt)
        fences    ``x_pt = 0`` for t < earliest_p.

    There is always a plan: whatever cannot be made is owed.

    References
    ----------
    L. A. Johnson and D. C. Montgomery (1974), Operations Research in Production Planning, Scheduling, and Inventory
    Control, Wiley, section 4-2. T. E. Vollmann et al. (2005), Manufacturing Planning and Control for Supply Chain
    Management, 5th ed., chapter 10 (resource profiles).
    """
    programme = _Programme(problem)
    model = linear(programme.cost(), programme.bounds(), programme.rows(), programme.limits())
    model.run()
    solved(model)
    found = np.array(model.getSolution().col_value, dtype=np.float64)[: programme.size]
    receipts: Floats = np.maximum(0.0, found).reshape(problem.demand.shape) * programme.unit[:, None]
    return receipts


class _Programme:
    """Columns: receipts, then stock, then backlog, each (P, T), counted in mean demands so that they lie near one."""

    def __init__(self, problem: MasterProblem) -> None:
        self.problem = problem
        self.things, self.periods = len(problem.demand), len(problem.demand[0])
        self.size = self.things * self.periods
        self.unit: Floats = np.maximum(1.0, problem.demand.mean(axis=1))

    def column(self, thing: int, period: int) -> int:
        """Where the receipts of a thing in a period stand."""
        return thing * self.periods + period

    def cost(self) -> Floats:
        """``h_p`` for stock, ``late h_p`` for backlog, per mean demand."""
        holding = self.problem.holding * self.unit
        each = np.repeat(holding / holding.max(), self.periods)
        return np.concatenate([np.zeros(self.size), each, self.problem.late * each])

    def bounds(self) -> tuple[Floats, Floats]:
        """Nothing below 0; ``x_pt = 0`` before the fence."""
        most = np.full((3, self.things, self.periods), np.inf)
        for thing, first in enumerate(self.problem.earliest):
            most[0, thing, :first] = 0.0
        return np.zeros(3 * self.size), most.ravel()

    def rows(self) -> list[Row]:
        """Balances, then capacities."""
        return [*self._balances(), *self._capacities()]

    def limits(self) -> tuple[Floats, Floats]:
        """What the balances come to, and the share of its hours that each station has."""
        problem = self.problem
        wanted = (problem.demand - problem.scheduled).astype(np.float64)
        wanted[:, 0] -= problem.stock
        come_to = (-wanted / self.unit[:, None]).ravel()
        hours = np.where(self._scale() > 0, problem.capacity / np.maximum(self._scale(), 1e-12), 0.0).ravel()
        least = np.concatenate([come_to, np.full(hours.size, -np.inf)])
        return least, np.concatenate([come_to, hours])

    def _balances(self) -> list[Row]:
        """``I_t - B_t - I_t-1 + B_t-1 - x_t = open orders - demand``, and in the first period with what is on hand."""
        found = []
        for thing in range(self.things):
            for period in range(self.periods):
                here = self.column(thing, period)
                columns, values = [here, here + self.size, here + 2 * self.size], [-1.0, 1.0, -1.0]
                if period:
                    columns += [here - 1 + self.size, here - 1 + 2 * self.size]
                    values += [-1.0, 1.0]
                found.append((np.array(columns, dtype=np.int64), np.array(values)))
        return found

    def _capacities(self) -> list[Row]:
        """``sum a_kpl x_p,t+l <= c_kt``, each over the usual hours of its station."""
        hours, scale = self.problem.hours, self._scale()
        found = []
        for station in range(len(hours)):
            things, lags = np.nonzero(hours[station])
            each = hours[station, things, lags] * self.unit[things]
            for period in range(self.periods):
                within = period + lags < self.periods
                columns = things[within] * self.periods + period + lags[within]
                found.append((columns.astype(np.int64), each[within] / max(scale[station, period], 1e-12)))
        return found

    def _scale(self) -> Floats:
        """The usual hours of each station, to count its rows in. (K, T) float64 [h]"""
        usual = self.problem.capacity.max(axis=1, initial=0.0, keepdims=True)
        scale: Floats = np.broadcast_to(np.where(usual > 0, usual, 1.0), self.problem.capacity.shape)
        return scale
