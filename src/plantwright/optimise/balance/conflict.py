"""Why there is no balance: requirements of which not all can be kept, as few as were found."""

from __future__ import annotations

from typing import Any

import numpy as np

from plantwright.optimise.balance.groups import Groups
from plantwright.optimise.balance.model import BalanceModel
from plantwright.optimise.balance.span import Range
from plantwright.optimise.balance.weights import stations_for, strongest
from plantwright.optimise.solver import cp_sat
from plantwright.problems.balance import EITHER, NONE, BalanceProblem, Conflict, Requirement

SECONDS = 2.0
"""Of the solver's own clock for each question. [s]"""


def conflict(problem: BalanceProblem, groups: Groups, bounds: Range) -> Conflict:
    """A set of requirements that cannot all be kept: one after the other is left out, many at a time at first.

    Every set that is kept is proven impossible by itself.
    """
    kept = requirements(problem)
    size = max(1, len(kept) // 2)
    while True:
        at = 0
        while at < len(kept):
            without = kept[:at] + kept[at + size :]
            if _is_possible(problem, groups, bounds, without) is False:
                kept = without
            else:
                at += size
        if size == 1:
            return Conflict(tuple(kept), True)
        size = max(1, size // 2)


def requirements(problem: BalanceProblem) -> list[Requirement]:
    """Everything that is asked, what is most likely not in the way first."""
    asked = [Requirement("order", index) for index in range(len(problem.arcs))]
    if problem.side is not None:
        asked += [Requirement("side", task) for task in np.flatnonzero(problem.side != EITHER).tolist()]
    if problem.workers is not None:
        asked += [Requirement("worker", task) for task in np.flatnonzero((problem.workers == NONE).any(0)).tolist()]
    if problem.zoning is not None:
        asked += [Requirement("apart", index) for index in range(len(problem.zoning.apart))]
        asked += [Requirement("together", index) for index in range(len(problem.zoning.together))]
        if problem.zoning.allowed is not None:
            asked += [Requirement("allowed", task) for task in np.flatnonzero(~problem.zoning.allowed.all(1)).tolist()]
    if problem.longest is not None:
        asked.append(Requirement("longest"))
    if problem.takt is not None:
        asked.append(Requirement("takt"))
    if problem.stations is not None or problem.workers is not None:
        asked.append(Requirement("stations"))
    return asked


def _is_possible(problem: BalanceProblem, groups: Groups, bounds: Range, kept: list[Requirement]) -> bool | None:
    """Whether these can be kept together; None where that was not decided."""
    cp = cp_sat()
    asked = frozenset(kept)
    has_takt = problem.takt is None or Requirement("takt") in asked
    has_limit = problem.stations is None or Requirement("stations") in asked
    whole = int(problem.mixed.sum())
    if problem.workers is not None:
        whole = max(1, int(np.where(problem.workers == NONE, 0, problem.workers).max(axis=0).sum()))
    stations = bounds.stations if has_limit or problem.workers is not None else max(bounds.stations, problem.tasks)
    shortest, longest = (bounds.shortest, bounds.longest) if has_takt else (whole, whole)
    if has_takt and has_limit and _needs_more(problem, stations):
        return False
    model = BalanceModel(problem, groups, stations, shortest, longest, asked)
    solver: Any = cp.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = SECONDS
    status = solver.solve(model.model)
    if status == cp.INFEASIBLE:
        return False
    return True if status in (cp.OPTIMAL, cp.FEASIBLE) else None


def _needs_more(problem: BalanceProblem, stations: int) -> bool:
    """Whether the times alone ask for more stations than there may be."""
    if problem.takt is None or problem.workers is not None or problem.places > 1 or problem.parallel > 1:
        return False
    takt = problem.takt * int(problem.pieces.sum())
    return int(problem.mixed.max()) <= takt and stations_for(*strongest(problem.mixed, takt, 1)) > stations
