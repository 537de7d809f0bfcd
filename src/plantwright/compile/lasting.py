"""How long something lasts with a chance: quantiles of a law of times."""

from __future__ import annotations

import math

from plantwright.model.distribution import Law


def quantile(law: Law, chance: float) -> float:
    """The value that a variate stays below with a chance. [s]

    Parameters
    ----------
    law
        A law of times.
    chance
        [-], 0 < chance < 1

    Examples
    --------
    >>> quantile(Law.model_validate("uniform(1 s, 3 s)"), 0.25)
    1.5
    """
    from scipy import stats

    values = [argument.base for argument in law.args]
    match law.kind:
        case "constant":
            return values[0]
        case "uniform":
            return values[0] + chance * (values[1] - values[0])
        case "exponential":
            return -values[0] * math.log1p(-chance)
        case "triangular":
            low, mode, high = values
            width = high - low
            return float(stats.triang.ppf(chance, (mode - low) / width, low, width)) if width else low
        case "normal":
            return max(0.0, float(stats.norm.ppf(chance, *values)))
        case "lognormal":
            variance = math.log1p((values[1] / values[0]) ** 2)
            spread = math.sqrt(variance) * float(stats.norm.ppf(chance))
            return values[0] * math.exp(spread - variance / 2.0)
        case "weibull":
            mean, shape = values
            return float(mean / math.gamma(1.0 + 1.0 / shape) * (-math.log1p(-chance)) ** (1.0 / shape))
        case "geometric":
            step = values[1] if len(values) > 1 else 1.0
            return step * max(1.0, math.ceil(math.log1p(-chance) / math.log1p(-values[0]))) if values[0] < 1 else step
        case _:
            shape = values[1] if law.kind == "erlang" else (values[0] / values[1]) ** 2
            return float(stats.gamma.ppf(chance, shape, scale=values[0] / shape))
