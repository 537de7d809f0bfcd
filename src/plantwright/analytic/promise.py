"""Available to promise: what can still be sold of a master schedule.

References
----------
T. E. Vollmann, W. L. Berry, D. C. Whybark and F. R. Jacobs (2005), Manufacturing Planning and Control for Supply Chain
Management, 5th ed., McGraw-Hill, chapter 6 (discrete available-to-promise with look-back).
"""

from __future__ import annotations

import numpy as np

from plantwright.problems.materials import Ints


def available_to_promise(receipts: Ints, orders: Ints, *, stock: int) -> Ints:
    """Pieces of each receipt that no order has taken yet. (T,) int64 [pieces]

    Parameters
    ----------
    receipts
        The master schedule: open and planned orders by the period in which they come. (T,) int64 [pieces]
    orders
        What customers have ordered. (T,) int64 [pieces]
    stock
        On hand at the start; counts as received in period 0. [pieces]

    Returns
    -------
    ndarray
        What can be promised from the stock or receipt of each period; 0 in periods in which nothing comes. Below 0
        only in period 0, by as much as has been promised and cannot be there in time.

    Notes
    -----
    A receipt serves the orders up to the next one. Where it is too small, earlier ones give up what they have left, the
    latest first; what is still missing is promised twice, and shown in period 0.

    Examples
    --------
    Twenty on hand, lots of 50 in weeks 1 and 3; the orders of weeks 1 and 2 take 10 more than their lot, from stock:

    >>> available_to_promise(np.array([0, 50, 0, 50]), np.array([5, 30, 30, 20]), stock=20).tolist()
    [5, 0, 0, 30]
    """
    supply = receipts.copy()
    supply[0] += stock
    comes = np.flatnonzero(receipts > 0)
    starts = np.unique(np.concatenate(([0], comes)))
    promised = np.add.reduceat(orders, starts)
    left = np.zeros_like(receipts)
    left[starts] = supply[starts] - promised
    for late in starts[::-1]:
        for early in starts[starts < late][::-1]:
            if left[late] >= 0:
                break
            given = min(max(int(left[early]), 0), -int(left[late]))
            left[late], left[early] = left[late] + given, left[early] - given
        if left[late] < 0 and late > 0:
            left[0], left[late] = left[0] + left[late], 0
    return left
