"""What changes give: the same random numbers with and without them, compared stretch by stretch.

Two plants that share their random numbers differ only where the change reaches. Each run is cut into a few long
stretches (batch means): long, because what one week lacks another has too much, and most of that cancels.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TypeVar

from plantwright.analytic.statistics import bonferroni_confidence, student_half_width
from plantwright.results import Estimate, Run
from plantwright.study.year import Year, per_period

BATCHES = 6
"""Stretches that a run is cut into. [-]"""

Key = TypeVar("Key")


def gains(
    year: Year, before: Sequence[Run], after: Mapping[Key, Sequence[Run]], *, base: float, confidence: float
) -> dict[Key, Estimate]:
    """More good units a year by each change, with intervals of paired differences.

    Parameters
    ----------
    year
        What counts as output.
    before
        Replications without any change.
    after
        Replications with each change, run by run on the same random numbers.
    base
        Good units a year of the plant that is changed: what the runs show is scaled to it. [units]
    confidence
        Of each interval.

    References
    ----------
    Paired differences under common random numbers, batch means: Law, A. M. (2015), Simulation Modeling and Analysis,
    5th ed., McGraw-Hill, ISBN 978-0-07-340132-4, sections 9.5.3, 10.2.1 and 11.2.
    """
    without = [value for run in before for value in batches(year, run)]
    total = math.fsum(without)
    scale = base * len(without) / total if total else math.nan
    found = {}
    for key, runs in after.items():
        with_it = [value for run in runs for value in batches(year, run)]
        gaps = [b - a for a, b in zip(without, with_it, strict=True)]
        mean = scale * math.fsum(gaps) / len(gaps)
        found[key] = Estimate(mean, scale * student_half_width(gaps, confidence), len(before))
    return found


def batches(year: Year, run: Run) -> list[float]:
    """Good units of a run in equal stretches of whole periods; a rest at the start is left out. [units]"""
    periods = per_period(run, year.wanted.sold, year.period)
    size = max(1, len(periods) // BATCHES)
    count = len(periods) // size
    rest = len(periods) - size * count
    return [math.fsum(periods[at : at + size]) for at in range(rest, len(periods), size)]


def simultaneous(confidence: float, tested: int) -> float:
    """Confidence of each of several intervals that shall hold together."""
    return bonferroni_confidence(confidence, tested)


def distinguishable(found: Estimate) -> bool:
    """Whether the interval leaves out 0."""
    return found.mean is not None and found.half_width is not None and abs(found.mean) > found.half_width


def added(*parts: Estimate) -> Estimate:
    """The sum of independent estimates."""
    means = [part.mean or 0.0 for part in parts]
    widths = [part.half_width or 0.0 for part in parts]
    return Estimate(math.fsum(means), math.sqrt(math.fsum(width**2 for width in widths)), parts[0].n)
