"""Good plans: a first one period by period, then part after part of it planned anew."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from plantwright.optimise.lots.annealing import Annealing, suits
from plantwright.optimise.lots.model import LotModel
from plantwright.optimise.solver import highs
from plantwright.problems.lots import Flags, Floats, LotEffort

FREE = 35
"""Setups that are free at a time, at first. [-]"""
LEAST, MOST = 20, 120
"""So many at least and at most: fewer where a part takes too long, more where it is soon done. [-]"""
WHOLE_SHARE, WINDOW_SHARE, PART_SHARE = 0.1, 0.025, 0.05
"""Shares of the seconds in which the whole programme is tried, and that a window and a part may take. [-]"""
WINDOWS = ((0.6, 1), (0.9, 2))
"""Windows of relax and fix: their setups as a share of those that are free at a time, and periods from one to the next.
Plans differ much by the windows, and what they differ in is a good part to plan anew."""
ANNEALED = 4
"""Before one part in so many the plan is annealed. [-]"""
CROSSED = 2
"""One part in so many is that in which another plan differs, while there is one. [-]"""
ROUGH, NEAR, EXACT = 3e-3, 5e-4, 1e-4
"""How near its best a window, a part and the whole are solved. [-]"""


class Found(NamedTuple):
    """What a search knows: the best values of the columns and their cost, and what no plan can fall below."""

    values: Floats | None
    cost: float
    bound: float
    is_optimal: bool


class Search:
    """Relax and fix, then fix and optimise, in turn with annealing where that suits.

    References
    ----------
    Helber, S., Sahling, F. (2010), A fix-and-optimize approach for the multi-level capacitated lot sizing problem,
    doi:10.1016/j.ijpe.2009.08.022. Relax and fix: Pochet, Y., Wolsey, L. A. (2006), doi:10.1007/0-387-33477-7,
    section 3.6.
    """

    def __init__(self, model: LotModel, effort: LotEffort, left: Callable[[], float]) -> None:
        self.model, self.effort, self.left = model, effort, left
        self.shape = model.problem.demand.shape
        self.programme = model.highs()
        self.programme.setOptionValue("mip_max_nodes", effort.nodes)
        self.found = Found(None, math.inf, 0.0, False)
        self.others: list[Flags] = []
        """Setups of plans that are not the best, and may have what it lacks."""

    def run(self) -> Found:
        """The best plan found, until the effort is spent; one with overtime where there is no other."""
        self._whole()
        if self.found.is_optimal and self.found.values is not None:
            return self.found  # no overtime, nothing better
        if self.found.values is None:
            self._lot_for_lot()
        for share, step in WINDOWS:
            self._relax_and_fix(max(step + 1, min(self.shape[1], round(share * FREE / self.shape[0]))), step)
        self._improve()
        return self.found

    def _solve(self, share: float, gap: float, *, left: float | None = None) -> tuple[Any, Floats | None, float]:
        """Status, values where there are any, and cost, within a share of the seconds and so near the best."""
        self.programme.setOptionValue(
            "time_limit", max(0.0, min(share * self.effort.seconds, self.left() if left is None else left))
        )
        self.programme.setOptionValue("mip_rel_gap", gap)
        self.programme.run()
        info = self.programme.getInfo()
        status, cost = self.programme.getModelStatus(), float(info.objective_function_value)
        if info.primal_solution_status != highs().SolutionStatus.kSolutionStatusFeasible:
            return status, None, math.inf
        return status, np.array(self.programme.getSolution().col_value), cost

    def _keep(self, values: Floats | None, cost: float) -> bool:
        """Keep it where it is better; whether it is."""
        if values is None or cost > self.found.cost - 1e-9 * abs(cost):
            return False
        self.found = self.found._replace(values=values, cost=cost)
        return True

    def _whole(self) -> None:
        """The whole programme, for a while: easy ones need no more."""
        status, values, cost = self._solve(WHOLE_SHARE, EXACT)
        kinds = highs().HighsModelStatus
        bound = float(self.programme.getInfo().mip_dual_bound)
        if status in {kinds.kInfeasible, kinds.kUnboundedOrInfeasible}:
            self.found = self.found._replace(bound=math.inf, is_optimal=True)
        elif math.isfinite(bound):
            self.found = self.found._replace(bound=bound, is_optimal=status == kinds.kOptimal)
        self._keep(values, cost)

    def _overtime(self, *, allowed: bool) -> None:
        columns = np.array(self.model.overtime, np.int32)
        most = np.full(len(columns), np.inf if allowed else 0.0)
        self.programme.changeColsBounds(len(columns), columns, np.zeros(len(columns)), most)

    def _lot_for_lot(self) -> None:
        """Something made whenever it is required: with overtime there is always such a plan."""
        setups = (self.model.due > 0.0).astype(float)
        self._overtime(allowed=True)
        self._bounds(setups, setups)
        _, values, cost = self._solve(math.inf, EXACT, left=math.inf)
        self._keep(values, cost)

    def _bounds(self, least: Floats, most: Floats) -> None:
        count = self.model.setups
        columns = np.arange(count, dtype=np.int32)
        self.programme.changeColsBounds(count, columns, least.ravel().astype(float), most.ravel().astype(float))

    def _whole_numbers(self, where: Flags) -> None:
        """Which setups have to be whole."""
        kinds = where.ravel().astype(np.uint8)
        self.programme.changeColsIntegrality(len(kinds), np.arange(len(kinds), dtype=np.int32), kinds)

    def _relax_and_fix(self, width: int, step: int) -> None:
        """A window moves on through the periods: before it setups are fixed, in it whole, after it shares."""
        periods = self.shape[1]
        least, most = np.zeros(self.shape), np.ones(self.shape)
        values, cost = None, math.inf
        self._overtime(allowed=True)
        for fixed in range(0, periods, step):
            whole = np.zeros(self.shape, bool)
            whole[:, : fixed + width] = True
            self._whole_numbers(whole)
            self._bounds(least, most)
            _, values, cost = self._solve(WINDOW_SHARE, ROUGH)
            if values is None or fixed + width >= periods or self.left() <= 0.0:
                break
            setups = self._setups(values)
            least[:, fixed : fixed + step] = most[:, fixed : fixed + step] = setups[:, fixed : fixed + step]
        self._whole_numbers(np.ones(self.shape, bool))
        if values is not None and whole.all():
            before = self.found.values
            if self._keep(values, cost):
                values = before
            if values is not None:
                self.others.append(self._setups(values))

    def _anneal(self, annealing: Annealing) -> None:
        """A run of annealing from the best plan; what it ends with is used at its best, or kept to learn from."""
        assert self.found.values is not None
        setups = annealing.run(self._setups(self.found.values), lambda: self.left() <= 0.0)
        if setups is not None and self.left() > 0.0:
            self._use(setups)

    def _use(self, setups: Flags) -> None:
        """The best plan with these setups."""
        self._overtime(allowed=False)
        self._bounds(setups.astype(float), setups.astype(float))
        _, values, cost = self._solve(PART_SHARE, EXACT)
        before = self.found.values
        if self._keep(values, cost) and before is not None:
            setups = self._setups(before)
        assert self.found.values is not None
        if np.any(setups != self._setups(self.found.values)):
            self.others.append(setups)

    def _setups(self, values: Floats) -> Flags:
        return values[: self.model.setups].reshape(self.shape) > 0.5

    def _improve(self) -> None:
        """Parts of the plan are freed in turn, and that in which another plan differs; between them it is annealed."""
        random = np.random.default_rng(0)
        free = float(FREE)
        optimal = highs().HighsModelStatus.kOptimal
        annealing = Annealing(self.model) if suits(self.model) else None
        self._overtime(allowed=self._has_overtime())
        for turn in range(self.effort.rounds):
            if self.left() <= 0.0 or self.found.values is None:
                return
            if annealing is not None and turn % ANNEALED == ANNEALED - 1:
                self._anneal(annealing)
                self._overtime(allowed=self._has_overtime())
            setups = self._setups(self.found.values)
            is_crossed = turn % CROSSED == 0 and bool(self.others)
            if is_crossed:
                part = self.others.pop() != setups
            else:
                part = _part(self.shape, turn, round(free), random)
            self._bounds(np.where(part, 0.0, setups), np.where(part, 1.0, setups))
            start = highs().HighsSolution()
            start.col_value = self.found.values.tolist()
            self.programme.setSolution(start)
            status, values, cost = self._solve((2.0 if is_crossed else 1.0) * PART_SHARE, NEAR)
            is_better = self._keep(values, cost)
            if is_better:
                self._overtime(allowed=self._has_overtime())
            if part.all() and status == optimal:
                return
            if not is_crossed:
                free = _next(free, is_solved=status == optimal, is_better=is_better)

    def _has_overtime(self) -> bool:
        return self.found.values is None or bool(self.found.values[self.model.overtime].max() > 1e-7)


def _next(free: float, *, is_solved: bool, is_better: bool) -> float:
    """How many setups are freed next: fewer where it took too long, more where nothing better was there."""
    if not is_solved:
        return max(LEAST, 0.85 * free)
    return free if is_better else min(MOST, 1.1 * free)


def _part(shape: tuple[int, int], turn: int, free: int, random: np.random.Generator) -> Flags:
    """About ``free`` setups that belong together. (I, T) bool"""
    items, periods = shape
    part = np.zeros(shape, bool)
    if turn % 3 == 0:
        width = min(periods, max(1, free // items))
        begin = int(random.integers(periods - width + 1))
        part[:, begin : begin + width] = True
    elif turn % 3 == 1:
        part[random.choice(items, min(items, max(1, free // periods)), replace=False)] = True
    else:
        number = min(items, max(1, math.isqrt(free * items // periods)))
        width = min(periods, max(1, free // number))
        begin = int(random.integers(periods - width + 1))
        part[random.choice(items, number, replace=False)[:, None], begin + np.arange(width)] = True
    return part
