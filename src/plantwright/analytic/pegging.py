"""Pegging: which supply serves which requirement, both ways.

References
----------
J. Orlicky (1975), Material Requirements Planning, McGraw-Hill, chapter 7 (pegged requirements).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from plantwright.problems.materials import (
    CUSTOMERS,
    ON_HAND,
    OPEN,
    PLANNED,
    MaterialsPlan,
    MaterialsProblem,
    Pegs,
)

Row = tuple[int, int, int, int, int, int]
"""Item, kind of supply, period of supply, arc, period of need, pieces."""


def peg(problem: MaterialsProblem, plan: MaterialsPlan) -> Pegs:
    """Link every supply to the requirements it serves, first come first served.

    Parameters
    ----------
    problem, plan
        What was asked, and the plan made of it.

    Notes
    -----
    Of each item the supplies in the order in which they come (stock, open orders, planned orders) serve the
    requirements in the order in which they are due; in one period customers before parents, parents in the order of
    the bill. What is left is safety stock or rounding of lots and serves nobody; what is missing has no row. A planned
    order is known by its item and the period of its receipt, so the rows of all items together are the tree.

    Examples
    --------
    Six on hand and ten a week wanted, lot for lot: the stock serves the first week, and so do four of the first order.

    >>> from plantwright.analytic.mrp import plan
    >>> from plantwright.problems.materials import Bill
    >>> nothing, none = np.zeros((1, 2), dtype=np.int64), np.zeros(1, dtype=np.int64)
    >>> bill = Bill(none[:0], none[:0], np.zeros(0))
    >>> asked = MaterialsProblem(bill, nothing + 10, none + 6, nothing, none, none, none)
    >>> peg(asked, plan(asked, [lambda net: net])).pieces.tolist()
    [6, 4, 10]
    """
    rows = [row for item in range(len(problem.stock)) for row in _of_item(problem, plan, item)]
    columns = np.array(rows, dtype=np.int64).reshape(-1, 6).T
    return Pegs(*columns)


def _of_item(problem: MaterialsProblem, plan: MaterialsPlan, item: int) -> Iterator[Row]:
    supplies = iter(_supplies(problem, plan, item))
    kind, received, there = next(supplies, (ON_HAND, 0, 0))
    for arc, needed, wanted in _requirements(problem, plan, item):
        while wanted:
            if not there:
                following = next(supplies, None)
                if following is None:
                    return
                kind, received, there = following
            served = min(wanted, there)
            wanted, there = wanted - served, there - served
            yield item, kind, received, arc, needed, served


def _supplies(problem: MaterialsProblem, plan: MaterialsPlan, item: int) -> Iterator[tuple[int, int, int]]:
    """Kind, period and pieces of everything that is there or comes, in order."""
    if problem.stock[item] > 0:
        yield ON_HAND, 0, int(problem.stock[item])
    for period in range(problem.demand.shape[1]):
        for kind, coming in ((OPEN, problem.scheduled), (PLANNED, plan.receipts)):
            if coming[item, period]:
                yield kind, period, int(coming[item, period])


def _requirements(problem: MaterialsProblem, plan: MaterialsPlan, item: int) -> Iterator[tuple[int, int, int]]:
    """Arc (or customers), period and pieces of everything that is wanted, in order; what customers wait for first."""
    if problem.stock[item] < 0:
        yield CUSTOMERS, 0, -int(problem.stock[item])
    arcs = np.flatnonzero(problem.bill.child == item)
    for period in range(problem.demand.shape[1]):
        if problem.demand[item, period]:
            yield CUSTOMERS, period, int(problem.demand[item, period])
        for arc in arcs:
            if plan.dependent[arc, period]:
                yield int(arc), period, int(plan.dependent[arc, period])
