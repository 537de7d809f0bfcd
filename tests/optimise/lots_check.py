"""Plans of lots looked at with fresh eyes, and tiny problems solved by trying every choice of setups.

Shares no code with the model: it walks through the periods piece by piece; the trying asks another solver for the rest.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
from scipy.optimize import linprog

from plantwright.problems.lots import LotPlan, LotProblem

SLACK = 1e-5


def faults(problem: LotProblem, plan: LotPlan) -> list[str]:
    """What is wrong with a plan, in words; nothing when it is right."""
    return [*_of_setups(plan), *_of_time(problem, plan), *_of_stock(problem, plan)]


def _of_setups(plan: LotPlan) -> Iterator[str]:
    for (item, period), pieces in np.ndenumerate(plan.started):
        if pieces < -SLACK:
            yield f"item {item} is unmade in period {period}"
        if pieces > SLACK and not plan.setups[item, period]:
            yield f"item {item} is made in period {period} without a setup"


def _of_time(problem: LotProblem, plan: LotPlan) -> Iterator[str]:
    for (resource, period), there_is in np.ndenumerate(problem.capacity):
        used = 0.0
        for item, time in enumerate(problem.setup_time[resource]):
            used += time * bool(plan.setups[item, period])
            used += problem.unit_time[resource, item] * plan.started[item, period]
        if used > there_is + plan.overtime[resource, period] + SLACK:
            yield f"resource {resource} works {used:g} in period {period}"


def _of_stock(problem: LotProblem, plan: LotPlan) -> Iterator[str]:
    """Period by period what comes, what customers and parents take, and what that costs."""
    lead = [0] * problem.items if problem.lead is None else problem.lead.tolist()
    shelf = [0.0] * problem.items if problem.stock is None else problem.stock.tolist()
    arcs = [] if problem.bill is None else list(zip(problem.bill.parent, problem.bill.child, problem.bill.pieces))
    holding_cost = 0.0
    for period in range(problem.periods):
        for item in range(problem.items):
            shelf[item] += plan.started[item, period - lead[item]] if period >= lead[item] else 0.0
            shelf[item] -= problem.demand[item, period]
        for parent, child, pieces in arcs:
            shelf[child] -= pieces * plan.started[parent, period]
        for item in range(problem.items):
            if shelf[item] < -SLACK:
                yield f"item {item} lacks {-shelf[item]:g} in period {period}"
            if abs(shelf[item] - plan.stock[item, period]) > SLACK:
                yield f"item {item} has {shelf[item]:g} in period {period}, not {plan.stock[item, period]:g}"
            holding_cost += problem.holding[item] * max(0.0, shelf[item])
    setup_cost = sum(cost for cost, setups in zip(problem.setup_cost, plan.setups) for is_made in setups if is_made)
    if abs(setup_cost - plan.setup_cost) + abs(holding_cost - plan.holding_cost) > 1e-4 * (1.0 + plan.cost):
        yield f"it costs {setup_cost:g} + {holding_cost:g}, not {plan.setup_cost:g} + {plan.holding_cost:g}"


def least_cost(problem: LotProblem) -> float:
    """The cost of the best plan, by trying every choice of setups; infinite where there is no plan."""
    items, periods = problem.demand.shape
    lead = np.zeros(items, int) if problem.lead is None else problem.lead
    useful = np.arange(periods) + lead[:, None] < periods  # what comes after the last period serves nobody
    best = np.inf
    for choice in itertools.product((0, 1), repeat=int(useful.sum())):
        setups = np.zeros((items, periods), int)
        setups[useful] = choice
        cost = float(problem.setup_cost @ setups.sum(axis=1))
        if cost < best:
            best = min(best, cost + _held(problem, setups))
    return best


def _held(problem: LotProblem, setups: np.ndarray) -> float:
    """The least holding cost with these setups, from cumulative production alone."""
    items, periods = problem.demand.shape
    lead = [0] * items if problem.lead is None else problem.lead.tolist()
    stock = np.zeros(items) if problem.stock is None else problem.stock
    index = np.arange(items * periods).reshape(items, periods)
    cost, constant = np.zeros(items * periods), 0.0
    upper = np.where(setups.ravel() > 0, np.inf, 0.0)
    rows, limits = [], []
    for item in range(items):
        for period in range(periods):
            row = np.zeros(items * periods)  # stock = left - row @ started >= 0
            row[index[item, : max(0, period + 1 - lead[item])]] -= 1.0
            if problem.bill is not None:
                for parent, child, pieces in zip(problem.bill.parent, problem.bill.child, problem.bill.pieces):
                    if child == item:
                        row[index[parent, : period + 1]] += pieces
            left = stock[item] - problem.demand[item, : period + 1].sum()
            rows.append(row)
            limits.append(left)
            cost -= problem.holding[item] * row
            constant += problem.holding[item] * left
    for resource in range(problem.capacity.shape[0]):
        for period in range(periods):
            row = np.zeros(items * periods)
            row[index[:, period]] = problem.unit_time[resource]
            rows.append(row)
            limits.append(problem.capacity[resource, period] - problem.setup_time[resource] @ setups[:, period])
    if min(limits[-problem.capacity.size :]) < 0.0:
        return np.inf
    answer = linprog(cost, A_ub=np.array(rows), b_ub=limits, bounds=list(zip(np.zeros(len(upper)), upper)))
    return float(answer.fun) + constant if answer.success else np.inf
