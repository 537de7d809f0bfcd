"""What happened hour by hour, day by day, week by week or month by month, mean over replications."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from plantwright.errors import Finding, RunError, nearest
from plantwright.model.plant import Plant
from plantwright.results import Period, Run
from plantwright.study.replicate import DAY, Span
from plantwright.units import TICKS_PER_SECOND

HOUR = 3600 * TICKS_PER_SECOND
"""[ticks]"""
WIDTHS = {"hour": HOUR, "day": DAY, "week": 7 * DAY, "month": DAY}
"""Bins of the history from which each kind of period is made. [ticks]"""


def width(every: str) -> int:
    """Bin of the history that periods of this kind need. [ticks]

    Raises
    ------
    RunError
        There is no such period.
    """
    if every not in WIDTHS:
        choice = "Choose hour, day, week or month."
        raise RunError(Finding("E415", f'there is no period "{every}"', choice, nearest=nearest(every, WIDTHS)))
    return WIDTHS[every]


def periods(plant: Plant, runs: Sequence[Run], span: Span, every: str) -> tuple[Period, ...]:
    """Flows of each period from the end of the warm-up on, and levels at its end."""
    spans = _spans(plant, span, every)
    return tuple(
        Period(
            start=start,
            finished=_sums(runs, bins, lambda run: run.series.finished),
            delivered=_sums(runs, bins, lambda run: run.series.delivered),
            ordered=_sums(runs, bins, lambda run: run.series.ordered),
            stock_end=_ends(runs, bins, lambda run: run.series.stock),
            backlog_end=_ends(runs, bins, lambda run: run.series.backlog),
            wip_end_by_shop=_ends(runs, bins, lambda run: run.series.wip_by_shop),
            queue_end=_ends(runs, bins, lambda run: run.series.queue),
        )
        for start, bins in spans.items()
    )


Columns = Callable[[Run], Mapping[str, tuple[int, ...]]]


def _spans(plant: Plant, span: Span, every: str) -> dict[str, range]:
    """Bins of each period by its beginning (UTC); a month that has begun before counts from there."""
    start = dt.datetime.combine(plant.from_, dt.time(), tzinfo=dt.UTC)
    found: dict[str, range] = {}
    for row in range(-(-span.measured // span.bin)):
        begin = start + dt.timedelta(microseconds=span.warmup + row * span.bin)
        label = f"{begin:%Y-%m}" if every == "month" else begin.isoformat()
        first = found[label].start if label in found else row
        found[label] = range(first, row + 1)
    return found


def _sums(runs: Sequence[Run], bins: range, columns: Columns) -> dict[str, float]:
    """Mean over replications of what flowed in some bins."""

    def flow(run: Run, name: str) -> int:
        return sum(columns(run)[name][bins.start : bins.stop])

    return {name: sum(flow(run, name) for run in runs) / len(runs) for name in columns(runs[0])}


def _ends(runs: Sequence[Run], bins: range, columns: Columns) -> dict[str, float]:
    """Mean over replications of a level at the end of some bins."""
    return {name: sum(columns(run)[name][bins.stop - 1] for run in runs) / len(runs) for name in columns(runs[0])}
