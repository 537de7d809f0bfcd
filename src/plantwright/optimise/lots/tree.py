"""How good a plan can be at best: a search tree over setups, and over how many there are in each period."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from plantwright.optimise.lots.branching import Gains, Question, questions, split
from plantwright.optimise.lots.master import Master, Mixture
from plantwright.optimise.lots.model import LotModel
from plantwright.optimise.lots.periods import Limits, Periods
from plantwright.optimise.solver import highs
from plantwright.problems.lots import Floats

ROUNDS, NEAR = 25, 3e-4
"""So often a part of the tree asks the periods at most, and so near its best it ends before. [-]"""
ROOM = 50_000
"""So many columns are kept at least before those that nothing needs are dropped."""
FAR = 0.004
"""Of the cost at the root: a part that is so much worse than what it was split from is left at that for now. [-]"""


class Node(NamedTuple):
    """A part of the search: nothing within its limits costs less than its bound. Ordered by bound, then by age."""

    bound: float
    age: int
    limits: Limits
    mixture: Mixture


class Tree:
    """Best bound first.

    Notes
    -----
    To decide whether a single item is set up in a single period mostly changes little: another item takes its place.
    To decide how many items are set up in a period decides how much of its time is lost. Which of both raises the
    bound most is learned from the splits so far.
    """

    def __init__(self, model: LotModel, is_over: Callable[[], bool]) -> None:
        self.periods = Periods(model)
        self.is_over = is_over
        self.gains = Gains(model.problem.periods, model.problem.items)
        value, price = _relaxed(model)
        self.master = Master(self.periods, dear=3.0 * max(1.0, value))
        limits = self.periods.everything()
        start = Mixture(value, price, np.zeros((model.problem.periods, model.problem.items)), False, None)
        mixture = self.master.solve(limits, start, rounds=150, tolerance=1e-4, is_over=is_over)
        assert mixture is not None
        self.open = [Node(max(value, mixture.bound), 0, limits, mixture)]
        self.born, self.room = 1, ROOM
        self.far = FAR * max(1.0, self.bound)

    @property
    def bound(self) -> float:
        """No plan costs less. [money]"""
        return self.open[0].bound if self.open else np.inf

    def grow(self, nodes: int) -> None:
        """Split the worst node, so many times, unless the time is over or nothing is left to decide."""
        for _ in range(nodes):
            self._finish()
            if self.is_over() or not self.open:
                return
            node = self.open[0]
            left_open = questions(node.mixture.setups)
            if not left_open:
                return
            children = self._children(node, max(left_open, key=self.gains.promise))
            if self.is_over():
                return
            heapq.heappop(self.open)
            for child in children:
                heapq.heappush(self.open, child)
            self._forget()

    def _forget(self) -> None:
        """Keep no columns that no part of the tree hands on, once there are many."""
        columns = self.master.columns
        if columns.count > self.room and self.open:
            columns.forget([node.mixture.basis.columns for node in self.open if node.mixture.basis is not None])
            self.room = max(ROOM, 2 * columns.count)

    def _finish(self) -> None:
        """Work on the bound of the worst node, where it was left, until it is done or another is the worst."""
        while self.open and self.open[0].mixture.is_short and not self.is_over():
            node = self.open[0]
            mixture = self._solve(node, node.limits)
            assert mixture is not None
            heapq.heapreplace(self.open, node._replace(bound=max(node.bound, mixture.bound), mixture=mixture))

    def _solve(self, node: Node, limits: Limits) -> Mixture | None:
        enough = node.bound + self.far
        return self.master.solve(
            limits, node.mixture, rounds=ROUNDS, tolerance=NEAR, enough=enough, is_over=self.is_over
        )

    def _children(self, node: Node, question: Question) -> list[Node]:
        """Both sides of a split, as far as they are possible."""
        children: list[Node] = []
        gains: list[float | None] = [None, None]
        for is_up in (False, True):
            limits = split(node.limits, question, is_up=is_up)
            mixture = self._solve(node, limits)
            if mixture is None:
                continue
            self.born += 1
            children.append(Node(max(node.bound, mixture.bound), self.born, limits, mixture))
            gains[is_up] = children[-1].bound - node.bound
        self.gains.learn(question, (gains[0], gains[1]))
        return children


def _relaxed(model: LotModel) -> tuple[float, Floats]:
    """The linear relaxation and what it says that requirements are worth: a start. [money], (P,) float64 [money]"""
    programme = model.highs()
    count = programme.getNumCol()
    kinds = np.zeros(count, np.uint8)
    programme.changeColsIntegrality(count, np.arange(count, dtype=np.int32), kinds)
    programme.run()
    duals = np.array(programme.getSolution().row_dual)
    if programme.getModelStatus() != highs().HighsModelStatus.kOptimal:
        return 0.0, np.zeros(int((model.due > 0.0).sum()))
    return float(programme.getInfo().objective_function_value), duals[: int((model.due > 0.0).sum())]
