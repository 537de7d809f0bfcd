"""Reading the engine's accounts: integrals over time, closed at the end of a run."""

from __future__ import annotations

import math
from typing import Any

from plantwright.arrays import Outcome
from plantwright.codes import TICK_S


def closed(area: Any, level: Any, end: int) -> int:
    """An integral over time, closed at the end: accounts hold the sum of minus change times time. [level x ticks]"""
    return int(area) + int(level) * end


def elapsed(outcome: Outcome) -> int:
    """How long statistics were taken. [ticks]"""
    return outcome.end - outcome.warmup


def mean_level(outcome: Outcome, area: Any, level: Any) -> float:
    """Mean over time of a level."""
    time = elapsed(outcome)
    return closed(area, level, outcome.end) / time if time > 0 else math.nan


def mean_time(total: Any, count: Any) -> float:
    """Mean of ``count`` times [s]; NaN where there was none."""
    return float(total) / int(count) * TICK_S if count > 0 else math.nan
