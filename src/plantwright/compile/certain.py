"""A lowered plant in which nothing is left to chance: every time takes its mean, nothing fails and all is good."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from plantwright.arrays import World
from plantwright.codes import (
    BY_CALENDAR,
    CONSTANT,
    EXPONENTIAL,
    FOREVER,
    GEOMETRIC,
    LOGNORMAL,
    NORMAL,
    TABLE_CELLS,
    TABLE_OCTAVES,
    TRIANGULAR,
    UNIFORM,
    WEIBULL,
)
from plantwright.compile.gamma import table_moments

ROUNDING = 1e-6
"""What is rounding of a time in whole units. [-]"""
TABLE_LENGTH = 2 * TABLE_OCTAVES * (TABLE_CELLS + 1)


def moments(law: Any, share: Any) -> tuple[float, float]:
    """Mean and variance of a law as the kernel draws it.

    Parameters
    ----------
    law
        A record of the laws.
    share
        The row array in which the tables are.

    References
    ----------
    Johnson, N. L., Kotz, S., Balakrishnan, N. (1994), Continuous Univariate Distributions, Wiley,
    ISBN 978-0-471-58495-7.
    """
    a, b, c = float(law.a), float(law.b), float(law.c)
    match int(law.kind):
        case kind if kind == CONSTANT:
            return a, 0.0
        case kind if kind == EXPONENTIAL:
            return a, a * a
        case kind if kind == UNIFORM:
            return (a + b) / 2.0, (b - a) ** 2 / 12.0
        case kind if kind == TRIANGULAR:
            return (a + b + c) / 3.0, (a * a + b * b + c * c - a * b - a * c - b * c) / 18.0
        case kind if kind == NORMAL:
            return _truncated(a, b)
        case kind if kind == LOGNORMAL:
            mean = math.exp(a + b * b / 2.0)
            return mean, mean * mean * math.expm1(b * b)
        case kind if kind == WEIBULL:
            mean = a * math.gamma(1.0 + b)
            return mean, a * a * math.gamma(1.0 + 2.0 * b) - mean * mean
        case kind if kind == GEOMETRIC:
            p = -math.expm1(a)
            return b / p, b * b * (1.0 - p) / (p * p)
    return table_moments(np.asarray(share[law.first : law.first + TABLE_LENGTH]))


def _truncated(mu: float, sigma: float) -> tuple[float, float]:
    """Mean and variance of a normal law cut off at 0."""
    alpha = -mu / sigma
    hazard = math.exp(-alpha * alpha / 2.0) / math.sqrt(2.0 * math.pi) / (0.5 * math.erfc(alpha / math.sqrt(2.0)))
    return mu + sigma * hazard, sigma * sigma * (1.0 + alpha * hazard - hazard * hazard)


def certain(world: World, *, whole: int = 1) -> World:
    """The same world without chance. Calendars, closures and maintenance on dates stay.

    Parameters
    ----------
    world
        A lowered plant.
    whole
        Means are rounded up to multiples of this. [ticks]
    """
    law = world.law.copy()
    for row in range(len(law)):
        law.a[row] = math.ceil(moments(world.law[row], world.share)[0] / whole - ROUNDING) * whole
    law.kind[:] = CONSTANT
    never = len(law)
    law = np.concatenate([law, law[:1]]).view(np.recarray)
    operation, crew, mode, tool = (array.copy() for array in (world.operation, world.crew, world.mode, world.tool))
    for column in ("goods", "inspects", "curves", "hand_curves", "sample_every"):
        operation[column] = 0
    operation.false_reject[:] = 0.0
    crew.absence[:] = 0.0
    tool.life[:] = 0
    unplanned = (mode.planned == 0) | (mode.by != BY_CALENDAR)
    if unplanned.any():
        law["a"][never] = float(FOREVER) / 4.0
        mode.law[unplanned] = never
    return world._replace(law=law, operation=operation, crew=crew, mode=mode, tool=tool)
