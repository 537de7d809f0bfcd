"""Lot sizes on resources whose time is short, with setup times, at one level of the bill or several, and a proof of how
much better any other plan can be.

Plans come from HiGHS: the whole programme for a while, then parts of it (``search``), in turn with ``annealing``. The
proof comes from the same programme and, for up to twelve items on one resource, from a search over setups and how many
a period has (``tree``), which proves far more where capacity is tight.
"""

from __future__ import annotations

import time

import numpy as np

from plantwright.optimise.lots.model import LotModel
from plantwright.optimise.lots.netting import balance, required
from plantwright.optimise.lots.proof import Proof
from plantwright.optimise.lots.search import Search
from plantwright.problems.lots import Flags, Floats, LotEffort, LotPlan, LotProblem

__all__ = ["plan", "required"]

NEGLIGIBLE = 1e-6
"""Less of a piece or of a unit of time is rounding. [-]"""


def plan(problem: LotProblem, effort: LotEffort | None = None) -> LotPlan:
    """A plan of lots and a lower bound of the cost of any plan.

    Where no plan within capacity is found the plan takes overtime, as little as the setups allow at a price far above
    all others (``is_within_capacity``). The bound is infinite where it is proven that no plan keeps to the capacity.

    Raises
    ------
    ValueError
        A requirement comes before its lead time and the stock does not cover it; or the bill has a cycle.
    RunError
        HiGHS is not installed.
    """
    effort = effort or LotEffort()
    model = LotModel(problem)
    if not len(model.item):
        nothing = np.zeros(problem.demand.shape)
        return _plan(problem, nothing > 0.0, nothing, None)
    end = time.monotonic() + effort.seconds
    proof = Proof(model, effort, end)
    if effort.threads > 1:
        proof.start()
    found = Search(model, effort, lambda: end - time.monotonic(), proof.mixtures).run()
    if found.is_optimal:
        proof.stop()
        bound = found.bound
    else:
        bound = max(found.bound, proof.finish())
    assert found.values is not None
    return _plan(problem, *model.read(found.values), bound + _held_anyway(problem, model))


def _held_anyway(problem: LotProblem, model: LotModel) -> float:
    """Holding cost of the stock that is there at the start, where the programme does not count it. [money]"""
    if problem.bill is not None:
        return 0.0
    return float((problem.holding[:, None] * balance(problem, model.due)).sum())


def _plan(problem: LotProblem, setups: Flags, started: Floats, bound: float | None) -> LotPlan:
    """The plan with what it takes and costs; with no bound its cost is one."""
    setups = setups & (started > NEGLIGIBLE)
    started = np.where(setups, started, 0.0)
    stock = balance(problem, started)
    stock[np.abs(stock) < NEGLIGIBLE] = 0.0
    used = problem.setup_time @ setups + problem.unit_time @ started
    over = np.maximum(0.0, used - problem.capacity)
    over[over < NEGLIGIBLE] = 0.0
    setup_cost = float((problem.setup_cost[:, None] * setups).sum())
    holding_cost = float((problem.holding[:, None] * np.maximum(stock, 0.0)).sum())
    least = setup_cost + holding_cost if bound is None else bound
    return LotPlan(setups, started, stock, over, setup_cost, holding_cost, least)
