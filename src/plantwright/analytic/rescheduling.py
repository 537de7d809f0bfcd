"""When open orders are needed: what to expedite, to postpone or to cancel.

References
----------
J. Orlicky (1975), Material Requirements Planning, McGraw-Hill, chapter 7 (open-order rescheduling).
"""

from __future__ import annotations

import numpy as np

from plantwright.problems.materials import Ints


def needed_in(gross: Ints, orders: Ints, *, stock: int, safety: int = 0) -> list[int]:
    """Period in which each open order is needed, used one after the other; -1 for one that nothing needs. [periods]

    Parameters
    ----------
    gross
        What is wanted. (T,) int64 [pieces]
    orders
        Pieces of each open order, in the order in which they come. (N,) int64 [pieces]
    stock
        On hand at the start. [pieces]
    safety
        Stock that shall be left. [pieces]

    Notes
    -----
    Order k is needed in the first period t in which stock and the orders before it do not cover what is wanted up to
    then and the safety stock: :math:`I_0 + Q_1 + ... + Q_{k-1} - (G_0 + ... + G_t) < S`. An order that nothing can do
    about any more, because it is needed at once, is needed in period 0.

    Examples
    --------
    Ten a week, fifteen on hand: the first order of ten is needed in the second week, the next one in the third.

    >>> needed_in(np.array([10, 10, 10]), np.array([10, 10, 10]), stock=15)
    [1, 2, -1]
    """
    wanted = np.cumsum(gross)
    there = stock - safety + np.cumsum(orders) - orders
    return [int(np.argmax(wanted > left)) if (wanted > left).any() else -1 for left in there.tolist()]
