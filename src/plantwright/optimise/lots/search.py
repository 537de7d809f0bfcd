"""Good plans: a first one period by period, then part after part of it planned anew."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from plantwright.optimise.lots.annealing import Annealing, suits
from plantwright.optimise.lots.model import LotModel
from plantwright.optimise.lots.parts import FREE, Parts, undecided
from plantwright.optimise.solver import highs
from plantwright.problems.lots import Flags, Floats, LotEffort

WHOLE_SHARE, WINDOW_SHARE, PART_SHARE, CROSSING_SHARE = 0.1, 0.025, 0.05, 0.1
"""Shares of the seconds in which the whole programme is tried, and that a window, a part, a crossing may take. [-]"""
WINDOWS = ((0.6, 1), (0.9, 2))
"""Windows of relax and fix: their setups as a share of those that are free at a time, and periods from one to the next.
Plans differ much by the windows, and what they differ in is a good part to plan anew."""
UNDECIDED = (12, 25)
"""So many setups of a rounded mixture are free, at first and then. [-]"""
WORSE = 0.05
"""A plan that costs so much more than the best has little to give. [-]"""
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

    What bounds the cost of all plans, a mixture of what periods would like to do, says of most setups what good plans
    do: rounded it is where plans are first looked for.

    References
    ----------
    Helber, S., Sahling, F. (2010), A fix-and-optimize approach for the multi-level capacitated lot sizing problem,
    doi:10.1016/j.ijpe.2009.08.022. Relax and fix: Pochet, Y., Wolsey, L. A. (2006), doi:10.1007/0-387-33477-7,
    section 3.6.
    """

    def __init__(
        self, model: LotModel, effort: LotEffort, left: Callable[[], float], mixtures: Callable[[], list[Floats]]
    ) -> None:
        self.model, self.effort, self.left, self.mixtures = model, effort, left, mixtures
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
        self._rounded()
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
            self._compare(values, cost)

    def _rounded(self) -> None:
        """A mixture rounded, with its least decided setups free: few where that leaves a plan."""
        for mixture in self.mixtures()[:1]:
            for number in UNDECIDED:
                self._use(mixture > 0.5, undecided(mixture, number))

    def _setups(self, values: Floats) -> Flags:
        return values[: self.model.setups].reshape(self.shape) > 0.5

    def _improve(self) -> None:
        """Turns of annealing and of parts planned anew; after each, what the plans it brings and the best differ in."""
        parts = Parts(self.shape)
        annealing = Annealing(self.model) if suits(self.model) else None
        is_guided = bool(self.mixtures())
        for turn in range(self.effort.rounds):
            self._cross()
            if self.left() <= 0.0 or self.found.values is None:
                return
            best, kind = self._setups(self.found.values), _turn(turn, is_guided=is_guided)
            if kind in {ANNEAL, BEGIN} and annealing is not None:
                start = parts.one_of(self.mixtures()) > 0.5 if kind == BEGIN else best
                setups = annealing.run(start, lambda: self.left() <= 0.0)
                if setups is not None and self.left() > 0.0:
                    self._use(setups, np.zeros(self.shape, bool))
                continue
            part = parts.farthest(best, parts.one_of(self.mixtures())) if kind == GUIDED else parts.block()
            is_solved, is_better = self._replan(best, part)
            if part.all() and is_solved:
                return
            parts.learn(is_solved=is_solved, is_better=is_better)

    def _cross(self) -> None:
        """What the best plan and each of the others differ in is planned anew, the latest of them first."""
        while self.others and self.left() > 0.0 and self.found.values is not None:
            best = self._setups(self.found.values)
            part = self.others.pop() != best
            if part.any():
                self._replan(best, part, CROSSING_SHARE)

    def _replan(self, best: Flags, part: Flags, share: float = PART_SHARE) -> tuple[bool, bool]:
        """Plan a part of the best plan anew: whether it was solved, and whether it became better."""
        assert self.found.values is not None
        self._overtime(allowed=bool(self.found.values[self.model.overtime].max() > 1e-7))
        self._bounds(np.where(part, 0.0, best), np.where(part, 1.0, best))
        start = highs().HighsSolution()
        start.col_value = self.found.values.tolist()
        self.programme.setSolution(start)
        status, values, cost = self._solve(share, NEAR)
        return status == highs().HighsModelStatus.kOptimal, self._keep(values, cost)

    def _use(self, setups: Flags, part: Flags) -> None:
        """The best plan with these setups, a part of which is free."""
        self._overtime(allowed=False)
        self._bounds(np.where(part, 0.0, setups), np.where(part, 1.0, setups))
        _, values, cost = self._solve(PART_SHARE, NEAR if part.any() else EXACT)
        if values is not None:
            self._compare(values, cost)

    def _compare(self, values: Floats, cost: float) -> None:
        """Keep the better of this plan and the best so far, and the setups of the worse if it is near."""
        before = self.found
        worse = before.values if self._keep(values, cost) else values
        if worse is not None and max(before.cost, cost) < (1.0 + WORSE) * self.found.cost:
            self.others.append(self._setups(worse))


BEGIN, ANNEAL, BLOCK, GUIDED = "begin", "anneal", "block", "guided"
"""Annealing from a mixture and from the best plan; a part by its place and one by what a mixture says."""
TURNS = (ANNEAL, BLOCK, BEGIN, GUIDED)
"""They take turns; without mixtures, each fourth is annealing and the others are parts by their place."""
BEGINNINGS = 3
"""So many runs of annealing from mixtures come first. [-]"""


def _turn(turn: int, *, is_guided: bool) -> str:
    """What a turn is for."""
    if is_guided:
        return BEGIN if turn < BEGINNINGS else TURNS[(turn - BEGINNINGS) % len(TURNS)]
    return ANNEAL if turn % len(TURNS) == len(TURNS) - 1 else BLOCK
