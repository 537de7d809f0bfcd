"""What has been spent of an effort: loads of stations, or seconds."""

from __future__ import annotations

import math
import time

from plantwright.problems.balance import Effort

MILLION = 1_000_000


class Spent:
    """The account of one search.

    Parameters
    ----------
    effort
        How much there is to spend.
    """

    def __init__(self, effort: Effort) -> None:
        self.effort = effort
        self.loads = 0
        self.started = time.monotonic()

    def add(self, loads: int) -> None:
        self.loads += loads

    def is_late(self) -> bool:
        """Whether the clock has run out, where it counts."""
        return self.effort.seconds is not None and self.left() <= 0.0

    def is_over(self) -> bool:
        """Whether all is spent."""
        return self.left() <= 0.0

    def left(self) -> float:
        """Seconds that are left: of the clock, or one for each million loads. [s]"""
        if self.effort.seconds is not None:
            return self.effort.seconds - (time.monotonic() - self.started)
        return self.effort.work - self.loads / MILLION if math.isfinite(self.effort.work) else math.inf

    def use(self, seconds: float) -> None:
        """Count seconds of a solver's own clock. [s]"""
        self.loads += int(seconds * MILLION)
