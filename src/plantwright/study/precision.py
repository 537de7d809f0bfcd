"""Replications until every item is known as well as asked."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypedDict

from plantwright.results import Estimate, Run
from plantwright.study.estimate import estimate

LEAST = 20
"""Replications before the first look at the intervals. [-]

Who stops at the first narrow interval prefers samples that happen to vary little, so that fewer intervals than promised
hold the truth: of those of 95 % some 92 of 100 where the first look is at 4 replications, 94 to 95 where it is at 20.
"""
MOST = 1_000
"""Replications after which it is given up. [-]"""


class Rule(TypedDict):
    """When replications stop, as `replicate` takes it."""

    least: int
    most: int
    enough: Callable[[Sequence[Run]], bool]


def rule(count: int, within: float | None, confidence: float) -> Rule:
    """So many replications or, where somebody says how well everything is to be known, as many as that takes."""
    if within is None:
        return Rule(least=count, most=count, enough=lambda runs: False)
    least = max(count, LEAST)
    return Rule(
        least=least,
        most=max(least, MOST),
        enough=lambda runs: least_known(runs, confidence).share <= within,
    )


class Known(NamedTuple):
    """The figure that is known least well.

    Attributes
    ----------
    figure : str
        In words; empty where there is none.
    share : float
        Half-width of its interval as a share of its mean. [-]
    """

    figure: str
    share: float


def least_known(runs: Sequence[Run], confidence: float) -> Known:
    """Of the throughputs and mean flow times of all items the one with the widest interval for its size."""
    found = [Known("", 0.0)]
    for name in runs[0].items:
        made = estimate((run.items[name].finished / run.elapsed_s for run in runs), confidence)
        spent = estimate((run.items[name].flow_time_mean_s for run in runs), confidence)
        found += [
            Known(f"the throughput of {name}", _share(made)),
            Known(f"the mean flow time of {name}", _share(spent)),
        ]
    return max(found, key=lambda known: known.share)


def _share(found: Estimate) -> float:
    """0 where there is nothing to know: an item that nobody finishes."""
    if not found.mean:
        return 0.0
    return math.inf if found.half_width is None else found.half_width / abs(found.mean)


def told(runs: Sequence[Run], confidence: float, within: float | None) -> list[str]:
    """What became of the wish to know everything to ``within``: a sentence, or none where nobody wished."""
    if within is None:
        return []
    known = least_known(runs, confidence)
    if known.share > within:
        return [f"{len(runs)} runs were not enough: {known.figure} is known to {100 * known.share:.3g} %."]
    wish = f"{100 * within:.3g} %"
    return [f"After {len(runs)} runs every throughput and mean flow time is known to {wish} or better."]
