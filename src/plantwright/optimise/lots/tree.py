"""How good a plan can be at best: a search tree over how many items are set up in each period."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from plantwright.optimise.lots.master import Master, Mixture
from plantwright.optimise.lots.model import LotModel
from plantwright.optimise.lots.periods import Limits, Periods
from plantwright.optimise.solver import highs
from plantwright.problems.lots import Floats

ROUNDS, NEAR = 25, 3e-4
"""So often a part of the tree asks the periods at most, and so near its best it ends before. [-]"""
WHOLE = 1e-4
"""So near a whole number is one. [-]"""


class Node(NamedTuple):
    """A part of the search: nothing within its limits costs less than its bound. Ordered by bound, then by age."""

    bound: float
    age: int
    limits: Limits
    mixture: Mixture


class Question(NamedTuple):
    """Where a node is split: at most so many, or one more, of the items of a period; or an item set up there or not."""

    period: int
    item: int
    """-1: all items together."""
    value: float


class Tree:
    """Best bound first.

    Notes
    -----
    To decide whether a single item is set up in a single period changes little: another item takes its place. To
    decide how many items are set up in a period decides how much of its time is lost, and raises the bound several
    times as fast. Single items come last.
    """

    def __init__(self, model: LotModel, is_over: Callable[[], bool]) -> None:
        self.periods = Periods(model)
        self.is_over = is_over
        self.gains: list[tuple[list[float], list[float]]] = [([], []) for _ in range(model.problem.periods)]
        value, price = _relaxed(model)
        self.master = Master(self.periods, dear=3.0 * max(1.0, value))
        limits = self.periods.everything()
        start = Mixture(value, price, np.zeros((model.problem.periods, model.problem.items)), None)
        mixture = self.master.solve(limits, start, rounds=150, tolerance=1e-4, is_over=is_over)
        assert mixture is not None
        self.open = [Node(max(value, mixture.bound), 0, limits, mixture)]
        self.born = 1

    @property
    def bound(self) -> float:
        """No plan costs less. [money]"""
        return self.open[0].bound if self.open else np.inf

    def grow(self, nodes: int) -> None:
        """Split the worst node, so many times, unless the time is over or nothing is left to decide."""
        for _ in range(nodes):
            if self.is_over() or not self.open:
                return
            question = self._question(self.open[0].mixture)
            if question is None:
                return
            node = self.open[0]
            children = [self._child(node, question, up) for up in (False, True)]
            if self.is_over():
                return
            heapq.heappop(self.open)
            for child in children:
                if child is not None:
                    heapq.heappush(self.open, child)

    def _question(self, mixture: Mixture) -> Question | None:
        """The period whose number of items is least decided and raises the bound most, as far as is known."""
        numbers = mixture.setups.sum(axis=1)
        part = numbers - np.floor(numbers + WHOLE)
        doubtful = np.flatnonzero(part > WHOLE)
        if len(doubtful):
            best = max(doubtful.tolist(), key=lambda period: self._promise(period, float(part[period])))
            return Question(best, -1, float(numbers[best]))
        distance = np.abs(mixture.setups - np.round(mixture.setups))
        period, item = np.unravel_index(int(np.argmax(distance)), distance.shape)
        if distance[period, item] <= WHOLE:
            return None
        return Question(int(period), int(item), float(mixture.setups[period, item]))

    def _promise(self, period: int, part: float) -> float:
        """The gains that splitting here promises on both sides, multiplied."""
        every = [gain for sides in self.gains for side in sides for gain in side]
        usual = float(np.mean(every)) if every else 1.0
        down, up = (float(np.mean(side)) if side else usual for side in self.gains[period])
        return max(1e-6, down * part) * max(1e-6, up * (1.0 - part))

    def _child(self, node: Node, question: Question, is_up: bool) -> Node | None:
        """One side of a split; None where nothing is possible."""
        limits = _split(node.limits, question, is_up)
        mixture = self.master.solve(limits, node.mixture, rounds=ROUNDS, tolerance=NEAR, is_over=self.is_over)
        if mixture is None:
            return None
        bound = max(node.bound, mixture.bound)
        if question.item < 0:
            part = question.value - np.floor(question.value)
            self.gains[question.period][is_up].append((bound - node.bound) / (1.0 - part if is_up else part))
        self.born += 1
        return Node(bound, self.born, limits, mixture)


def _split(limits: Limits, question: Question, is_up: bool) -> Limits:
    least, most, must, may = (each.copy() for each in limits)
    period = question.period
    if question.item < 0:
        if is_up:
            least[period] = np.ceil(question.value)
        else:
            most[period] = np.floor(question.value)
    elif is_up:
        must[period] |= 1 << question.item
    else:
        may[period] &= ~(1 << question.item)
    return Limits(least, most, must, may)


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
