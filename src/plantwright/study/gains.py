"""What a change gives: the same random numbers with and without it, compared period by period.

Two plants that share their random numbers differ only where the change reaches. The difference of every few weeks is
one observation (batch means), so that one long run of each already has an interval, and several runs a narrower one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from plantwright.analytic.statistics import bonferroni_confidence, student_half_width
from plantwright.results import Estimate, Run
from plantwright.study.year import Year, per_period

BATCHES = 10
"""Observations that a run is cut into: enough for an interval, long enough to be nearly independent. [-]"""


def gain(year: Year, before: Sequence[Run], after: Sequence[Run], *, base: float, confidence: float) -> Estimate:
    """More good units a year, with the interval of paired differences.

    Parameters
    ----------
    year
        What counts as output.
    before, after
        Replications without and with the change, pair by pair on the same random numbers.
    base
        Good units a year of the plant as written: what the runs show is scaled to it. [units]
    confidence
        Of this interval. [-]

    References
    ----------
    Paired differences under common random numbers and batch means: Law, A. M. (2015), Simulation Modeling and Analysis,
    5th ed., McGraw-Hill, ISBN 978-0-07-340132-4, sections 9.5.3, 10.2.1 and 11.2.
    """
    without = [value for run in before for value in batches(year, run)]
    with_it = [value for run in after for value in batches(year, run)]
    total = math.fsum(without)
    scale = base * len(without) / total if total else math.nan
    gaps = [(b - a) * scale for a, b in zip(without, with_it, strict=True)]
    return Estimate(math.fsum(gaps) / len(gaps), student_half_width(gaps, confidence), len(before))


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
