"""Laws as the kernel draws them: parameters in ticks or pieces, tables where no inverse is cheap."""

from __future__ import annotations

import math
from typing import NamedTuple

from plantwright.codes import CONSTANT, EXPONENTIAL, GEOMETRIC, LOGNORMAL, NORMAL, TABLE, TRIANGULAR, UNIFORM, WEIBULL
from plantwright.compile.gamma import gamma_table
from plantwright.compile.truncated import truncated_normal
from plantwright.model.distribution import Law
from plantwright.units import TICKS_PER_SECOND, ticks


class Columns(NamedTuple):
    """A ``law`` row; ``table`` is the quantile table of a TABLE law."""

    kind: int
    a: float = 0.0
    b: float = 0.0
    c: float = 0.0
    table: tuple[float, ...] = ()


def law_columns(law: Law) -> Columns:
    """The row of a law.

    Parameters
    ----------
    law
        A law of a time (its variates become ticks) or of a count (they stay pieces).

    Examples
    --------
    >>> law_columns(Law.model_validate("exponential(2 s)"))[:2] == (EXPONENTIAL, 2_000_000.0)
    True
    """
    scale = float(TICKS_PER_SECOND) if law.dimension == "time" else 1.0
    values = [argument.base for argument in law.args]
    if law.kind == "constant":
        return Columns(CONSTANT, float(ticks(law.args[0])) if law.dimension == "time" else values[0])
    if law.kind == "geometric":
        return _geometric(values[0], (values[1] if len(values) > 1 else 1.0) * scale)
    if law.kind == "erlang":
        return _gamma(values[0] * scale, shape=values[1])
    if law.kind == "weibull":
        mean, shape = values
        return Columns(WEIBULL, mean * scale / math.gamma(1.0 + 1.0 / shape), 1.0 / shape)
    return _of_scaled(law.kind, [value * scale for value in values])


def _of_scaled(kind: str, values: list[float]) -> Columns:
    """Laws whose arguments all have the dimension of the variate."""
    match kind:
        case "exponential":
            return Columns(EXPONENTIAL, values[0])
        case "uniform":
            return Columns(UNIFORM, values[0], values[1])
        case "triangular":
            return Columns(TRIANGULAR, values[0], values[1], values[2])
        case "normal":
            mean, sd = values
            if mean <= 0.0 or sd <= 0.0:
                return Columns(CONSTANT, mean)
            return Columns(NORMAL, *truncated_normal(mean, sd))
        case "lognormal":
            mean, sd = values
            variance = math.log1p((sd / mean) ** 2)
            return Columns(LOGNORMAL, math.log(mean) - variance / 2.0, math.sqrt(variance))
        case _:
            mean, sd = values
            return _gamma(mean, shape=(mean / sd) ** 2)


def _geometric(p: float, step: float) -> Columns:
    return Columns(CONSTANT, step) if p >= 1.0 else Columns(GEOMETRIC, math.log1p(-p), step)


def _gamma(mean: float, shape: float) -> Columns:
    if shape == 1.0:
        return Columns(EXPONENTIAL, mean)
    return Columns(TABLE, table=tuple(mean * value for value in gamma_table(shape)))
