"""What has to be started by when at the latest, level by level of the bill, and what stock is left for it."""

from __future__ import annotations

import numpy as np

from plantwright.problems.lots import Floats, Ints, LotProblem


def leads(problem: LotProblem) -> Ints:
    """Periods from the start of a lot to its use. (I,) int64"""
    return np.zeros(problem.items, np.int64) if problem.lead is None else problem.lead


def opening(problem: LotProblem) -> Floats:
    """Stock at the start. (I,) float64 [pieces]"""
    return np.zeros(problem.items) if problem.stock is None else problem.stock


def parents_first(problem: LotProblem) -> list[int]:
    """Items in an order in which each comes after everything that it goes into.

    Raises
    ------
    ValueError
        The bill has a cycle.
    """
    if problem.bill is None:
        return list(range(problem.items))
    waits = np.bincount(problem.bill.child, minlength=problem.items)
    order = [item for item in range(problem.items) if waits[item] == 0]
    for item in order:
        for arc in np.flatnonzero(problem.bill.parent == item):
            child = int(problem.bill.child[arc])
            waits[child] -= 1
            if waits[child] == 0:
                order.append(child)
    if len(order) < problem.items:
        raise ValueError("the bill of materials has a cycle")
    return order


def required(problem: LotProblem) -> Floats:
    """Pieces that have to be started by the end of each period at the latest. (I, T) float64 [pieces]

    Raises
    ------
    ValueError
        Something would have to be started before the first period.

    Notes
    -----
    Whatever the lots, an item's parents start at least what they require themselves by each period, so what an item
    requires follows from its parents' requirements as if they were made lot for lot. The stock is used first.
    """
    lead, stock = leads(problem), opening(problem)
    due = np.zeros_like(problem.demand)
    for item in parents_first(problem):
        gross = problem.demand[item].copy()
        if problem.bill is not None:
            for arc in np.flatnonzero(problem.bill.child == item):
                gross += problem.bill.pieces[arc] * due[problem.bill.parent[arc]]
        wanted = np.maximum(0.0, np.cumsum(gross) - stock[item])
        net = np.diff(wanted, prepend=0.0)
        net[net < 1e-9] = 0.0
        if net[: lead[item]].any():
            period = int(np.flatnonzero(net)[0])
            raise ValueError(
                f"item {item} is needed in period {period} beyond its stock, and a lot takes {lead[item]} periods"
            )
        due[item, : problem.periods - lead[item]] = net[lead[item] :]
    return due


def balance(problem: LotProblem, started: Floats) -> Floats:
    """Stock at the end of each period when so many pieces are started. (I, T) float64 [pieces]"""
    arrived = np.zeros_like(started)
    for item, periods in enumerate(leads(problem)):
        arrived[item, periods:] = started[item, : problem.periods - periods]
    taken = problem.demand.copy()
    if problem.bill is not None:
        for parent, child, pieces in zip(problem.bill.parent, problem.bill.child, problem.bill.pieces, strict=True):
            taken[child] += pieces * started[parent]
    stock: Floats = opening(problem)[:, None] + np.cumsum(arrived - taken, axis=1)
    return stock
