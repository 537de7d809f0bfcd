"""Replications become estimates: means with Student intervals, unknown where there is nothing to see."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from plantwright.analytic.statistics import student_half_width
from plantwright.results import Estimate

Seen = TypeVar("Seen")


def estimate(values: Iterable[float], confidence: float = 0.95) -> Estimate:
    """Mean and half-width over replications; those that saw nothing (nan) do not count.

    Parameters
    ----------
    values
        One per replication. [any unit]
    confidence
        Two-sided. [-], 0 < confidence < 1

    Examples
    --------
    >>> estimate([1.0, 2.0, 3.0, math.nan]).mean, estimate([]).mean
    (2.0, None)
    """
    known = [float(value) for value in values if math.isfinite(value)]
    if not known:
        return Estimate(None)
    half_width = student_half_width(known, confidence) if len(known) > 1 else None
    return Estimate(math.fsum(known) / len(known), half_width, len(known))


def over(runs: Sequence[Seen], figure: Callable[[Seen], float], *, confidence: float = 0.95) -> Estimate:
    """The estimate of one figure of each replication."""
    return estimate((figure(run) for run in runs), confidence)


def ratio(part: float, whole: float) -> float:
    """A share, nan where there is no whole.

    Examples
    --------
    >>> ratio(1.0, 4.0), ratio(1.0, 0.0)
    (0.25, nan)
    """
    return part / whole if whole else math.nan
