"""The least margin that can be lost while ways are cut off for a time: the best that planners could do."""

from __future__ import annotations

import numpy as np

from plantwright.optimise.linear import Row, linear, solved
from plantwright.optimise.scale import sizes
from plantwright.problems.exposure import Floats
from plantwright.problems.phases import Course, PhasedProblem

TOLERANCE = 1e-9
"""Of the solver. [-]"""
SMALL = 1e-7
"""Less than this share of a step's throughput is nothing. [-]"""
LATE = 1e-6
"""By how much a loss in the first step weighs more than one in the last: of equal losses the later one is taken. [-]"""


class BestCase:
    """The linear programme of a network over time, kept warm while capacities change.

    Notes
    -----
    With gives x, stock z and unmet demand l of each step it minimises ``sum f_i l_it`` subject to
    ``z_i,t-1 + arriving + given - taken - (demand - l_it) = z_it``, ``x <= capacity``, ``0 <= l <= demand`` and
    ``z >= 0``.
    Everything is known in advance here, and every piece goes where it earns most: real planners do worse.

    References
    ----------
    The time-phased form of model TTR of D. Simchi-Levi et al., Interfaces 45(5), 2015, doi 10.1287/inte.2015.0804.
    """

    def __init__(self, problem: PhasedProblem) -> None:
        self.problem = problem
        self.steps, self.items = problem.demand.shape
        self.ways = len(problem.gives)
        self.demanded = np.flatnonzero(problem.demand.sum(axis=0) > 0)
        self.size = sizes(problem.demand.mean(axis=0), problem.gives, problem.uses, problem.pieces)
        self.worth = float((problem.margin * problem.demand.mean(axis=0)).sum()) or 1.0
        self.width = self.ways + self.items + len(self.demanded)
        supply = (problem.demand - problem.arriving) / self.size
        supply[0] -= problem.stock / self.size
        rows = [row for step in range(self.steps) for row in self._balances(step)]
        self.highs = linear(self._cost(), self._bounds(), rows, (supply.ravel(), supply.ravel()), tolerance=TOLERANCE)

    def _cost(self) -> Floats:
        cost = np.zeros((self.steps, self.width))
        late = 1.0 + LATE * np.arange(self.steps, 0, -1) / self.steps
        worth = self.problem.margin[self.demanded] * self.size[self.demanded] / self.worth
        cost[:, self.ways + self.items :] = late[:, None] * worth
        return cost.ravel()

    def _bounds(self) -> tuple[Floats, Floats]:
        most = np.full((self.steps, self.width), np.inf)
        most[:, : self.ways] = self.problem.capacity / self.size[self.problem.gives]
        most[:, self.ways + self.items :] = (self.problem.demand / self.size)[:, self.demanded]
        return np.zeros(self.steps * self.width), most.ravel()

    def _balances(self, step: int) -> list[Row]:
        """For each item: stock before, given and unmet, less taken and stock after, is what customers take."""
        problem, size, begin = self.problem, self.size, step * self.width
        rows: list[dict[int, float]] = [{begin + self.ways + item: -1.0} for item in range(self.items)]
        for shelf, row in enumerate(rows if step else ()):
            row[begin - self.width + self.ways + shelf] = 1.0
        for place, item in enumerate(problem.gives):
            rows[item][begin + place] = 1.0
        for (way, item), pieces in zip(problem.uses, problem.pieces, strict=True):
            column = begin + int(way)
            rows[item][column] = rows[item].get(column, 0.0) - pieces * size[problem.gives[way]] / size[item]
        for number, item in enumerate(self.demanded):
            rows[item][begin + self.ways + self.items + number] = 1.0
        return [(np.array(list(row), dtype=np.int64), np.array(list(row.values()))) for row in rows]

    def course(self, capacity: Floats) -> Course:
        """The course that loses least.

        Parameters
        ----------
        capacity
            What each way can give in each step. (T, A) float64 [pieces]

        Raises
        ------
        RunError
            The solver finds no optimum.
        """
        columns = (np.arange(self.steps)[:, None] * self.width + np.arange(self.ways)).ravel().astype(np.int32)
        most = (capacity / self.size[self.problem.gives]).ravel()
        self.highs.changeColsBounds(len(columns), columns, np.zeros(len(columns)), most)
        self.highs.run()
        solved(self.highs)
        found = np.array(self.highs.getSolution().col_value).reshape(self.steps, self.width)
        unmet = np.zeros((self.steps, self.items))
        short = found[:, self.ways + self.items :]
        unmet[:, self.demanded] = np.where(short > SMALL, short, 0.0) * self.size[self.demanded]
        return Course(
            unmet=unmet,
            made=found[:, : self.ways] * self.size[self.problem.gives],
            stock=found[:, self.ways : self.ways + self.items] * self.size,
            short_of=np.full(self.steps, -1),
            loss=float((unmet * self.problem.margin).sum()),
        )
