"""Stocks replenished by production."""

from __future__ import annotations

from plantwright.analytic.queues import utilisation


def base_stock_fill_rate(order_rate: float, service_time: float, *, base_stock: int) -> float:
    """Share of orders met at once from a base stock that one exponential machine refills. [-]

    Parameters
    ----------
    order_rate : float
        Orders of one piece per unit of time (Poisson); unmet ones are backordered. [1/s]
    service_time : float
        Mean exponential time to make a piece. [s]
    base_stock : int
        Pieces in stock when nothing is on order. [pieces], >= 0

    Notes
    -----
    An order is met at once when fewer than ``base_stock`` pieces are on order; the number on order is an M/M/1 queue.

    References
    ----------
    Buzacott, J. A., Shanthikumar, J. G. (1993), Stochastic Models of Manufacturing Systems, Prentice Hall,
    ISBN 0-13-847567-9, section 4.3: fill rate = 1 - rho^S. The M/M/1 queue behind it: Gross et al. (2008),
    doi:10.1002/9781118625651, section 2.2.

    Examples
    --------
    Load 0.5, one in stock: every second order finds it.

    >>> base_stock_fill_rate(0.5, 1.0, base_stock=1)
    0.5
    """
    return 1.0 - utilisation(order_rate, service_time) ** base_stock
