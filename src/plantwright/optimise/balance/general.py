"""Lines with more that binds: a constructed balance first, then the constraint programme, goal after goal."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from plantwright.optimise.balance.conflict import conflict
from plantwright.optimise.balance.construct import Draft, drafts, plain
from plantwright.optimise.balance.effort import Spent
from plantwright.optimise.balance.groups import Groups
from plantwright.optimise.balance.measures import loads, value, values
from plantwright.optimise.balance.model import BalanceModel
from plantwright.optimise.balance.simple import fewest_stations
from plantwright.optimise.balance.span import Range, named, span
from plantwright.optimise.solver import cp_sat
from plantwright.problems.balance import Balance, BalanceProblem, Conflict, Effort

SEED = 1
"""Of the solver: the same balance twice."""
STRATEGIES = 4
"""Of the solver, which take turns in a fixed order: the same balance twice, and better ones than by one alone. [-]"""
SIMPLE_SHARE = 0.2
"""Share of the effort that the simple line behind the problem may take, for its bound. [-]"""


def solve(problem: BalanceProblem, groups: Groups, spent: Spent) -> Balance | Conflict:
    """A balance of any problem, or what is in the way."""
    bounds = span(problem)
    least, draft = _simple(problem, groups, spent)
    draft = draft or _begin(problem, groups, bounds)
    if draft is not None:
        bounds = bounds._replace(stations=min(bounds.stations, _most(problem, draft)))
    model = BalanceModel(problem, groups, bounds.stations, bounds.shortest, bounds.longest)
    model.model.add(sum(model.copies) >= least)
    found: list[int] = []
    bound: list[int] = []
    for turn, goal in enumerate(problem.goals):
        if draft is not None:
            model.hint(draft)
        expression = model.goal(goal)
        model.model.minimize(expression)
        status, best, low = _run(model, spent, len(problem.goals) - turn)
        if status == "none":
            return conflict(problem, groups, bounds)
        if best is not None and (draft is None or _is_better(problem, best, draft, turn)):
            draft = best
        if draft is None:
            return Conflict((), False)
        reached = value(problem, draft, goal)
        found.append(reached)
        bound.append(min(reached, max(low, least if goal == "stations" else 0)))
        model.model.clear_objective()
        model.model.add(expression <= reached)
    assert draft is not None
    return lifted(draft, values(problem, draft), tuple(bound))


def _most(problem: BalanceProblem, draft: Draft) -> int:
    """Stations that a better balance than this can have at most; behind those with a name as many new ones. [-]"""
    most, goal = int(draft.copies.sum()), problem.goals[0]
    price = problem.prices.station if problem.prices is not None else 0
    if goal == "people":
        most = value(problem, draft, goal)
    elif goal == "cost" and price > 0:
        most = value(problem, draft, goal) // price
    elif goal != "stations":
        return problem.tasks + named(problem)
    return most + named(problem)


def lifted(draft: Draft, found: tuple[int, ...], bound: tuple[int, ...]) -> Balance:
    """The draft as a balance, without stations that nobody needs at its end."""
    last = int(np.flatnonzero(draft.copies).max(initial=-1)) + 1
    draft = draft._replace(copies=draft.copies[:last], worker=draft.worker[:last])
    return Balance(*draft, values=found, bounds=bound)


def _simple(problem: BalanceProblem, groups: Groups, spent: Spent) -> tuple[int, Draft | None]:
    """Stations that the simple line behind the problem needs at least, and its balance where that keeps everything."""
    is_one = problem.workers is None and problem.places == 1 and problem.parallel == 1
    if not is_one or problem.takt is None:
        return 0, None
    time, takt = groups.total(problem.mixed), problem.takt * int(problem.pieces.sum())
    if int(time.max()) > takt:
        return 0, None
    effort = spent.effort
    part = Spent(
        replace(effort, work=effort.work * SIMPLE_SHARE, seconds=effort.seconds and effort.seconds * SIMPLE_SHARE)
    )
    station, least = fewest_stations(time, groups.arcs, takt, part)
    spent.add(part.loads)
    draft = plain(station[groups.of], problem.takt)
    return least, draft if _keeps_all(problem, draft) else None


def _keeps_all(problem: BalanceProblem, draft: Draft) -> bool:
    """Whether a balance of the simple line keeps to zones, lengths and the number of stations too."""
    zoning, stations = problem.zoning, len(draft.copies)
    if problem.stations is not None and stations > problem.stations:
        return False
    if problem.longest is not None and loads(problem, draft.station, stations).max() > problem.longest:
        return False
    if zoning is None:
        return True
    if bool((draft.station[zoning.apart[:, 0]] == draft.station[zoning.apart[:, 1]]).any()):
        return False
    allowed = zoning.allowed
    if allowed is None:
        return True
    return stations <= allowed.shape[1] and bool(allowed[np.arange(problem.tasks), draft.station].all())


def _begin(problem: BalanceProblem, groups: Groups, bounds: Range) -> Draft | None:
    """The best constructed balance; where the takt is sought, at the shortest takt that leads to one."""
    if bounds.shortest == bounds.longest:
        made = list(drafts(problem, groups, bounds.longest, bounds.stations))
        return min(made, key=lambda draft: values(problem, draft)) if made else None
    low, high, best = bounds.shortest, bounds.longest, None
    while low <= high:
        middle = (low + high) // 2 if best is not None else high
        found = next(drafts(problem, groups, middle, bounds.stations), None)
        if found is None:
            if best is None:
                return None
            low = middle + 1
        else:
            best, high = found, middle - 1
    return best


def _run(model: BalanceModel, spent: Spent, goals: int) -> tuple[str, Draft | None, int]:
    """Solve for the present goal: "none" where there is nothing, else the best found and the bound."""
    cp = cp_sat()
    solver = limited(spent.effort, max(0.05, spent.left() / goals))
    status = solver.solve(model.model)
    spent.use(_used(solver))
    if status == cp.INFEASIBLE:
        return "none", None, 0
    if status == cp.MODEL_INVALID:
        raise ValueError(model.model.validate())
    low = int(np.ceil(solver.best_objective_bound - 1e-6)) if np.isfinite(solver.best_objective_bound) else 0
    return "some", model.read(solver) if status in (cp.OPTIMAL, cp.FEASIBLE) else None, low


def limited(effort: Effort, left: float) -> Any:
    """A solver that ends in time: its own clock, which counts work, where no seconds are given. [s]"""
    solver: Any = cp_sat().CpSolver()
    solver.parameters.random_seed = SEED
    solver.parameters.num_workers = STRATEGIES
    solver.parameters.interleave_search = True
    if effort.seconds is not None:
        solver.parameters.max_time_in_seconds = left
    elif np.isfinite(left):
        solver.parameters.max_deterministic_time = left
    return solver


def _used(solver: Any) -> float:
    return float(solver.response_proto.deterministic_time)


def _is_better(problem: BalanceProblem, one: Draft, other: Draft, turn: int) -> bool:
    """Whether the first is no worse in the goals so far, the last of them included."""
    return values(problem, one)[: turn + 1] <= values(problem, other)[: turn + 1]
