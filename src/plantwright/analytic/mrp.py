"""Material requirements planning: low-level codes, netting, lots, offsetting by lead times, explosion of the bill.

References
----------
J. Orlicky (1975), Material Requirements Planning, McGraw-Hill, chapters 3 to 5.
W. J. Hopp and M. L. Spearman (2008), Factory Physics, 3rd ed., McGraw-Hill, chapter 3.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from plantwright.problems.materials import Bill, Ints, Lots, MaterialsPlan, MaterialsProblem

_WHOLE = 1e-9
"""Share of a piece by which a sum of shares may miss a whole number. [-]"""


def low_level_codes(bill: Bill, items: int) -> Ints:
    """Level of each item: 0 where it goes into nothing, else one more than the highest of its parents. (I,) int64

    Parameters
    ----------
    bill
        What goes into what.
    items
        Number of items I. [-]

    Raises
    ------
    ValueError
        Something is built of itself.

    Examples
    --------
    A frame (0) takes a tube (1) and a bolt (2), and the tube takes a bolt too:

    >>> arcs = Bill(np.array([0, 0, 1]), np.array([1, 2, 2]), np.ones(3))
    >>> low_level_codes(arcs, 3).tolist()
    [0, 1, 2]
    """
    level = np.zeros(items, dtype=np.int64)
    for _ in range(items + 1):
        below = level.copy()
        np.maximum.at(below, bill.child, level[bill.parent] + 1)
        if (below == level).all():
            return level
        level = below
    raise ValueError("something is built of itself")


def net_requirements(gross: Ints, *, stock: int, scheduled: Ints, safety: int = 0, earliest: int = 0) -> Ints:
    r"""What has to come in each period so that stock does not fall below its safety stock. (T,) int64 [pieces]

    Parameters
    ----------
    gross
        What is wanted. (T,) int64 [pieces]
    stock
        On hand at the start. [pieces]
    scheduled
        Open orders by the period in which they come. (T,) int64 [pieces]
    safety
        Stock that shall be left at the end of each period. [pieces], >= 0
    earliest
        First period in which something new can come; what is missing before then is caught up in it. [periods]

    Notes
    -----
    With the stock :math:`a_t` that would be left without new orders, new orders have to add up to
    :math:`R_t = \max_{e \le u \le t} \max(0, S - a_u)` by period t; the net requirement is the difference
    :math:`R_t - R_{t-1}`.

    Examples
    --------
    Forty on hand, thirty wanted each week, fifty open for the third: the second week misses 20, the fourth 10 more.

    >>> net_requirements(np.array([30, 30, 30, 30]), stock=40, scheduled=np.array([0, 0, 50, 0])).tolist()
    [0, 20, 0, 10]
    """
    left = stock + np.cumsum(scheduled - gross)
    missing = np.maximum(0, safety - left)
    missing[:earliest] = 0
    return np.diff(np.maximum.accumulate(missing), prepend=0)


def dependent_requirements(releases: Ints, pieces: float) -> Ints:
    """Whole pieces of a child that the releases of its parent take. (T,) int64 [pieces]

    Parameters
    ----------
    releases
        Good pieces of the parent that are begun in each period. (T,) int64 [pieces]
    pieces
        Pieces of the child in a good piece of the parent, scrap counted. [pieces]

    Notes
    -----
    The running total is rounded up, so that no share of a piece is lost and none is bought twice.

    Examples
    --------
    Of ten pieces one is scrapped, so ten good ones take 11.1: after two weeks 23 whole ones.

    >>> dependent_requirements(np.array([10, 10]), 1 / 0.9).tolist()
    [12, 11]
    """
    total = np.cumsum(releases) * pieces
    whole: Ints = np.ceil(total - _WHOLE * np.maximum(1.0, total)).astype(np.int64)
    return whole - np.concatenate(([0], whole[:-1]))


def offset(receipts: Ints, lead: int) -> Ints:
    """Releases of orders that are received after a lead time. (T,) int64 [pieces]

    Parameters
    ----------
    receipts
        By the period in which they come; none before the lead time. (T,) int64 [pieces]
    lead
        [periods], >= 0
    """
    released = np.zeros_like(receipts)
    released[: len(receipts) - lead] = receipts[lead:]
    return released


def plan(problem: MaterialsProblem, lots: Sequence[Lots], *, master: Mapping[int, Ints] | None = None) -> MaterialsPlan:
    """Plan all items, level by level.

    Parameters
    ----------
    problem
        Demand, stock, open orders and the bill.
    lots
        The lot rule of each item. I of them
    master
        Items whose receipts are settled already: a master schedule. (T,) int64 each [pieces]

    Raises
    ------
    ValueError
        Something is built of itself, or a lot rule gives less than is needed.

    Notes
    -----
    Nothing is released before today: what can no longer come in time comes as soon as it can, and the projected stock
    is below its safety stock until then. A product that comes late takes its components late, too.
    """
    bill, (items, periods) = problem.bill, problem.demand.shape
    level = low_level_codes(bill, items)
    dependent = np.zeros((len(bill.parent), periods), dtype=np.int64)
    gross = problem.demand.copy()
    net, receipts, releases = (np.zeros_like(gross) for _ in range(3))
    for item in np.argsort(level, kind="stable"):
        arcs_up = np.flatnonzero(bill.child == item)
        gross[item] += dependent[arcs_up].sum(axis=0)
        net[item] = net_requirements(
            gross[item],
            stock=int(problem.stock[item]),
            scheduled=problem.scheduled[item],
            safety=int(problem.safety[item]),
            earliest=int(problem.earliest[item]),
        )
        settled = (master or {}).get(int(item))
        first = int(problem.earliest[item])
        receipts[item] = _checked(lots[item](net[item]), net[item], first) if settled is None else settled
        releases[item] = offset(receipts[item], int(problem.lead[item]))
        for arc in np.flatnonzero(bill.parent == item):
            dependent[arc] = dependent_requirements(releases[item], float(bill.pieces[arc]))
    projected = problem.stock[:, None] + np.cumsum(problem.scheduled + receipts - gross, axis=1)
    return MaterialsPlan(level, dependent, gross, net, receipts, releases, projected)


def _checked(receipts: Ints, net: Ints, earliest: int) -> Ints:
    """The receipts of a lot rule, if they cover what is needed and nothing comes before anything can."""
    is_enough = (np.cumsum(receipts) >= np.cumsum(net)).all()
    if not is_enough or (receipts < 0).any() or (receipts[:earliest] > 0).any():
        raise ValueError("a lot rule gives less than is needed, or too early")
    return receipts
