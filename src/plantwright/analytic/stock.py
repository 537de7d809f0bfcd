"""Stocks: replenished by production, and kept against what cannot be foreseen."""

from __future__ import annotations

import math

from scipy.special import ndtri

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


def safety_stock(mean: float, deviation: float, *, lead: float, lead_deviation: float = 0.0, service: float) -> float:
    r"""Stock against a demand and a lead time that differ from what was planned. [pieces]

    Parameters
    ----------
    mean, deviation
        Of the demand of a period. [pieces], >= 0
    lead, lead_deviation
        Periods until what is ordered now is there, the one in which it is ordered included, and their standard
        deviation. [periods], >= 0
    service
        Share of these spans in which the stock shall be enough. [-], 0.5 <= service < 1

    Notes
    -----
    :math:`z \sqrt{L \sigma^2 + \mu^2 s_L^2}` with the normal quantile z: demands of different periods and the lead
    time are independent, and the sum is taken to be normal.

    References
    ----------
    G. Hadley and T. M. Whitin (1963), Analysis of Inventory Systems, Prentice-Hall, section 4-9. E. A. Silver, D. F.
    Pyke and D. J. Thomas (2017), Inventory and Production Management in Supply Chains, 4th ed., section 6.10,
    doi 10.1201/9781315374406.

    Examples
    --------
    Demand 100 a week with a deviation of 30, four weeks with a deviation of half a week: sqrt(4 * 900 + 2500) = 78.1
    times 1.645.

    >>> round(safety_stock(100, 30, lead=4, lead_deviation=0.5, service=0.95), 1)
    128.5
    """
    return float(ndtri(service)) * math.sqrt(lead * deviation**2 + mean**2 * lead_deviation**2)
