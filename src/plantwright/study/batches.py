"""One long run cut into batches: intervals from batch means, and whether the batches are long enough for them.

References
----------
B. Schmeiser: Batch size effects in the analysis of simulation output, Operations Research 30 (1982) 556-568,
doi 10.1287/opre.30.3.556: from 10 to 30 batches are best, whatever the length of the run.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from plantwright.results import Run
from plantwright.study.replicate import Job, Span
from plantwright.units import TICKS_PER_SECOND, show_duration

BATCHES = 20
CORRELATED = 0.4
"""Correlation of neighbouring batch means that 20 independent ones show in about one case of 40. [-]"""


def ends(span: Span, count: int = BATCHES) -> list[int]:
    """Where the batches of a run end, the last one with the run. [ticks]

    Examples
    --------
    >>> ends(Span(1100, 100, 0), 4)
    [350, 600, 850, 1100]
    """
    return [span.warmup + span.measured * (batch + 1) // count for batch in range(count)]


def whole(job: Job) -> Job:
    """The replication of a job without a history: a batch has none."""
    return job._replace(span=replace(job.span, bin=0))


def told(span: Span, runs: Sequence[Run]) -> list[str]:
    """What a reader should know of intervals that come from batches."""
    each = show_duration(span.measured / BATCHES / TICKS_PER_SECOND)
    notes = [f"The intervals come from one run, cut into {BATCHES} batches of {each}."]
    inside = [math.fsum(item.wip_mean for item in run.items.values()) for run in runs]
    lag = autocorrelation(inside)
    if lag > CORRELATED:
        notes.append(
            f"Neighbouring batches still depend on each other (work in process: correlation {lag:.2f}), so that the "
            "intervals are too narrow: let it run longer."
        )
    return notes


def autocorrelation(values: Sequence[float]) -> float:
    """Correlation of each value with the next one; 0 where they do not differ. [-]

    Examples
    --------
    >>> autocorrelation([1.0, -1.0, 1.0, -1.0]), autocorrelation([2.0, 2.0])
    (-0.75, 0.0)
    """
    mean = math.fsum(values) / len(values)
    about = [value - mean for value in values]
    spread = math.fsum(value * value for value in about)
    if spread <= 0.0:
        return 0.0
    return math.fsum(one * other for one, other in zip(about, about[1:], strict=False)) / spread
