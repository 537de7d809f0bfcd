"""The normal law truncated at 0 that has the mean and standard deviation asked for."""

from __future__ import annotations

import math
from functools import lru_cache

_NO_TAIL = -9.0
"""Truncation point in standard deviations below which nothing is cut off that a double could show."""
_MOST = 6.0
"""Truncation point up to which the kernel's inverse keeps seven digits; there sd / mean is 0.97."""


@lru_cache(maxsize=1024)
def truncated_normal(mean: float, sd: float) -> tuple[float, float, float]:
    """Parameters of the parent normal, so that what is left above 0 has this mean and standard deviation.

    Parameters
    ----------
    mean, sd
        Mean and standard deviation of the truncated law, in one unit; both above 0.

    Returns
    -------
    tuple of float
        mu and sigma of the parent, and the probability below 0 that is cut off.

    Notes
    -----
    A truncated normal has sd < mean (at the limit it is exponential). A larger sd than 0.97 of the mean is taken as
    that: the mean is kept.

    References
    ----------
    N. L. Johnson, S. Kotz, N. Balakrishnan: Continuous Univariate Distributions, vol. 1, 2nd ed., 1994, eq. (13.134).

    Examples
    --------
    Far from 0 nothing is cut off.

    >>> truncated_normal(10.0, 1.0)[:2]
    (10.0, 1.0)
    """
    if sd < mean / -_NO_TAIL:
        return mean, sd, 0.0
    alpha = _truncation_point(sd / mean)
    sigma = mean / (_hazard(alpha) - alpha)
    return -alpha * sigma, sigma, 0.5 * math.erfc(-alpha / math.sqrt(2.0))


def _truncation_point(ratio: float) -> float:
    """Where the parent is cut, in its own standard deviations from its mean, for this sd / mean: by bisection."""
    low, high = _NO_TAIL - 1.0, _MOST
    for _ in range(80):
        middle = (low + high) / 2.0
        low, high = (middle, high) if _ratio(middle) < ratio else (low, middle)
    return high


def _ratio(alpha: float) -> float:
    """Standard deviation over mean of the law above ``alpha``, counted from there."""
    hazard = _hazard(alpha)
    return math.sqrt(max(0.0, 1.0 + alpha * hazard - hazard * hazard)) / (hazard - alpha)


def _hazard(alpha: float) -> float:
    """Density over upper tail of the standard normal."""
    density = math.exp(-alpha * alpha / 2.0) / math.sqrt(2.0 * math.pi)
    return density / (0.5 * math.erfc(alpha / math.sqrt(2.0)))
