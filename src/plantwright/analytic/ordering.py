"""Net requirements gathered to orders: how far each order reaches, and which quantities may be ordered.

References
----------
J. Orlicky (1975), Material Requirements Planning, McGraw-Hill, chapter 6 (lot sizing).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from plantwright.problems.materials import Ints


@dataclass(frozen=True, slots=True)
class Sizes:
    """Quantities that may be ordered.

    Attributes
    ----------
    least : int
        Pieces of an order at least. [pieces], >= 1
    multiple : int
        Pieces of a package; orders are whole packages. [pieces], >= 1
    most : int
        Pieces of an order at most; 0 where there is no limit. [pieces]
    """

    least: int = 1
    multiple: int = 1
    most: int = 0

    def of(self, wanted: int) -> int:
        """Pieces to order where so many are wanted. [pieces]

        >>> Sizes(least=40, multiple=25).of(30)
        50
        """
        return -(-max(wanted, self.least) // self.multiple) * self.multiple

    def split(self, pieces: int) -> list[int]:
        """The orders as which so many pieces are placed. [pieces]

        The last one gets from the one before it what it lacks to the least, where both can have it.

        >>> Sizes(most=100, multiple=10).split(250)
        [100, 100, 50]
        >>> Sizes(least=60, most=100, multiple=10).split(250)
        [100, 90, 60]
        """
        most = self.most // self.multiple * self.multiple
        if not most:
            return [pieces] if pieces else []
        orders = [most] * (pieces // most) + ([pieces % most] if pieces % most else [])
        lacks = self.of(orders[-1]) - orders[-1] if orders else 0
        if len(orders) > 1 and lacks and orders[-2] - lacks >= self.least:
            orders[-2:] = [orders[-2] - lacks, orders[-1] + lacks]
        return orders


def gathered(net: Ints, until: Ints, sizes: Sizes | None = None) -> Ints:
    """Receipts that cover the net requirements, each order reaching for some periods. (T,) int64 [pieces]

    Parameters
    ----------
    net
        What has to come in each period. (T,) int64 [pieces]
    until
        First period that an order which comes in a period no longer covers; later than that period. (T,) int64
    sizes
        Quantities that may be ordered; any when left out.

    Notes
    -----
    An order comes in the first period that earlier ones do not cover, and never sooner.

    Examples
    --------
    Ten a period, two periods together, in packages of eight:

    >>> gathered(np.array([10, 10, 10, 10]), np.array([2, 3, 4, 4]), Sizes(multiple=8)).tolist()
    [24, 0, 16, 0]
    """
    sizes = sizes or Sizes()
    total, covered = np.cumsum(net), 0
    receipts = np.zeros_like(net)
    for period, wanted in enumerate(total):
        if wanted > covered:
            receipts[period] = sizes.of(int(total[until[period] - 1]) - covered)
            covered += int(receipts[period])
    return receipts


def for_periods(length: int, periods: int) -> Ints:
    """``until`` of orders that each cover so many periods. (T,) int64

    >>> for_periods(4, 3).tolist()
    [3, 4, 4, 4]
    """
    return np.minimum(np.arange(length, dtype=np.int64) + max(1, periods), length)


def until_next(length: int, starts: Ints) -> Ints:
    """``until`` of orders that come in given periods, each of which reaches to the next. (T,) int64

    >>> until_next(5, np.array([0, 3])).tolist()
    [3, 3, 3, 5, 5]
    """
    ends = np.append(starts, length)
    found: Ints = ends[np.searchsorted(ends, np.arange(length), side="right").clip(max=len(ends) - 1)]
    return found


def economic_quantity(demand: float, order_cost: float, holding: float) -> float:
    r"""Lot that costs least where demand is steady. [pieces]

    Parameters
    ----------
    demand
        Pieces a period. [pieces/period], >= 0
    order_cost
        Of a lot, whatever its size. [money], >= 0
    holding
        Of a piece held for a period. [money/period], > 0

    Notes
    -----
    :math:`\sqrt{2 D K / h}`.

    References
    ----------
    F. W. Harris (1913), How many parts to make at once, Factory 10(2), 135-136, 152; reprinted in Operations Research
    38(6), 1990, doi 10.1287/opre.38.6.947.

    Examples
    --------
    >>> economic_quantity(50.0, 36.0, 1.0)
    60.0
    """
    return math.sqrt(2.0 * demand * order_cost / holding)


def least_cost_starts(net: Ints, order_cost: float, holding: float) -> Ints:
    r"""Periods in which orders come so that ordering and holding cost least. int64

    Parameters
    ----------
    net
        Net requirements. (T,) int64 [pieces]
    order_cost
        Of an order, whatever its size. [money], >= 0
    holding
        Of a piece held for a period. [money/period], >= 0

    Notes
    -----
    An order of an optimal plan covers whole periods (Wagner and Whitin's theorem 2), so that with :math:`f_0 = 0`

    .. math:: f_t = \min_{s \le t} f_{s-1} + K + h \sum_{u=s}^{t} (u - s) d_u

    is the least cost of the first t periods. Periods without a need cost nothing. Of plans of one cost the one with the
    earliest last order is taken.

    References
    ----------
    H. M. Wagner and T. M. Whitin (1958), Dynamic version of the economic lot size model, Management Science 5(1),
    doi 10.1287/mnsc.5.1.89.

    Examples
    --------
    An order costs as much as forty pieces for a period: two weeks of twenty go together, the third would wait too long.

    >>> least_cost_starts(np.array([20, 20, 30, 0, 5]), 40.0, 1.0).tolist()
    [0, 2]
    """
    needed = np.flatnonzero(net)
    best, start = [0.0], []
    for last in range(len(needed)):
        costs = []
        for first in range(last + 1):
            waits = (needed[first : last + 1] - needed[first]) * net[needed[first : last + 1]]
            costs.append(best[first] + order_cost + holding * float(waits.sum()))
        start.append(int(np.argmin(costs)))
        best.append(min(costs))
    found, last = [], len(needed) - 1
    while last >= 0:
        found.append(int(needed[start[last]]))
        last = start[last] - 1
    return np.array(found[::-1], dtype=np.int64)
