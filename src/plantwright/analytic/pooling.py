"""What several demands gain from one stock: pooled safety stock, the square-root law, money over years."""

from __future__ import annotations

import math
from collections.abc import Sequence

import scipy.special


def pooled_deviation(deviations: Sequence[float], correlation: float) -> float:
    """Standard deviation of the sum of demands. [unit of the deviations]

    Parameters
    ----------
    deviations
        Standard deviation of each demand. [any unit], >= 0
    correlation
        Between any two of them. [-], -1 / (n - 1) <= correlation <= 1

    Raises
    ------
    ValueError
        No demands can be correlated so.

    Notes
    -----
    sqrt(sum s_i^2 + sum over i != j of rho s_i s_j). Without correlation, n equal demands give sqrt(n) s where separate
    stocks would need n s: the square-root law. With correlation 1 pooling saves nothing.

    References
    ----------
    Eppen, G. D. (1979), doi:10.1287/mnsc.25.5.498, the consolidated standard deviation.

    Examples
    --------
    >>> pooled_deviation([3.0, 4.0], 0.0), pooled_deviation([3.0, 4.0], 1.0)
    (5.0, 7.0)
    """
    n = len(deviations)
    if correlation > 1 or (n > 1 and correlation < -1 / (n - 1) - 1e-12):
        raise ValueError(f"{n} demands cannot be correlated by {correlation:g}")
    squares = math.fsum(each * each for each in deviations)
    total = math.fsum(deviations)
    return math.sqrt(max(0.0, squares + correlation * (total * total - squares)))


def safety_stock(
    demand: float, deviation: float, *, lead_time: float, lead_time_deviation: float, service: float
) -> float:
    """Stock that covers what demand and delivery vary while a replenishment is on its way. [pieces]

    Parameters
    ----------
    demand, deviation
        Mean and standard deviation of the demand in a unit of time. [pieces/time], [pieces/sqrt(time)]
    lead_time, lead_time_deviation
        Mean and standard deviation of the time to replenish. [time]
    service
        Chance that a cycle ends without a shortage. [-], 0.5 <= service < 1

    Notes
    -----
    z sqrt(L s^2 + d^2 s_L^2), normal demand, independent from one unit of time to the next.

    References
    ----------
    Silver, E. A., Pyke, D. F., Thomas, D. J. (2017), Inventory and Production Management in Supply Chains, 4th ed.,
    doi:10.1201/9781315374406, section 6.10 (variable lead time).

    Examples
    --------
    A service of 97.7 % is two standard deviations:

    >>> round(safety_stock(10.0, 3.0, lead_time=4.0, lead_time_deviation=0.0, service=0.97725), 2)
    12.0
    """
    factor = float(scipy.special.ndtri(service))
    return factor * math.sqrt(lead_time * deviation**2 + (demand * lead_time_deviation) ** 2)


def square_root_law(shares: Sequence[float]) -> float:
    """By how much economic orders and the stock between them grow where one demand is split into several. [-], >= 1

    Parameters
    ----------
    shares
        Share of the joint demand that each part has; they add up to 1. [-]

    Notes
    -----
    An economic lot is sqrt(2 A D / h), and so are, up to constants, the number of lots times A and the mean stock times
    h: each part takes sqrt(share) of the joint figure, together sum of sqrt(share). Two equal parts: 1.41.

    References
    ----------
    Harris, F. W. (1913), How many parts to make at once, reprinted doi:10.1287/opre.38.6.947; the law of the split:
    Maister, D. H. (1976), doi:10.1108/eb014366.

    Examples
    --------
    >>> round(square_root_law([0.5, 0.5]), 3)
    1.414
    """
    return math.fsum(math.sqrt(each) for each in shares)


def annuity(rate: float, years: float) -> float:
    """Share of an amount paid once that is charged to each year of its life. [1/year]

    Parameters
    ----------
    rate
        Cost of capital. [1/year], >= 0
    years
        Life. [years], > 0

    Notes
    -----
    r / (1 - (1 + r)^-n), and 1 / n without interest.

    References
    ----------
    Park, C. S. (2016), Contemporary Engineering Economics, 6th ed., ISBN 978-0-13-410559-8, section 3.3: the capital
    recovery factor.

    Examples
    --------
    >>> round(annuity(0.12, 5.0), 4), annuity(0.0, 5.0)
    (0.2774, 0.2)
    """
    return rate / (1.0 - (1.0 + rate) ** -years) if rate > 0 else 1.0 / years
