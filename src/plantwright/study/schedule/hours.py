"""Working time of a problem's calendars: when something can begin, and when it is done."""

from __future__ import annotations

from bisect import bisect_right

import numpy as np
from numpy.typing import NDArray

from plantwright.problems.schedule import NONE, Calendars

Floats = NDArray[np.float64]


class Hours:
    """The windows of all calendars.

    Parameters
    ----------
    calendars
        Of a problem.
    """

    def __init__(self, calendars: Calendars) -> None:
        opens, closes = calendars.opens.tolist(), calendars.closes.tolist()
        spans = zip(calendars.first_window.tolist(), calendars.windows.tolist(), strict=True)
        rows = [range(first, first + count) for first, count in spans]
        self._opens: list[list[int]] = [[opens[row] for row in each] for each in rows]
        self._closes: list[list[int]] = [[closes[row] for row in each] for each in rows]

    def begin(self, calendar: int, at: int, work: int, *, whole: bool = False) -> int:
        """The first moment from ``at`` on at which work can begin; ``whole``: and be done before the next closure."""
        if calendar == NONE or work == 0:
            return at
        opens, closes = self._opens[calendar], self._closes[calendar]
        place = max(0, bisect_right(opens, at) - 1)
        while place < len(opens):
            first = max(at, opens[place])
            if first + (work if whole else 1) <= closes[place]:
                return first
            place += 1
        return at

    def finish(self, calendar: int, start: int, work: int) -> int:
        """When work is done that begins at a moment and stands still while the calendar is closed."""
        if calendar == NONE or work == 0:
            return start + work
        opens, closes = self._opens[calendar], self._closes[calendar]
        place = max(0, bisect_right(opens, start) - 1)
        now = start
        while place < len(opens):
            now = max(now, opens[place])
            there = max(0, closes[place] - now)
            if there >= work:
                return now + work
            work -= there
            place += 1
        return now + work

    def closed(self, calendar: int, end: int) -> list[tuple[int, int]]:
        """When a calendar is closed between the start of the schedule and a moment."""
        if calendar == NONE:
            return []
        found, last = [], 0
        for opened, closes in zip(self._opens[calendar], self._closes[calendar], strict=True):
            if last < min(opened, end):
                found.append((last, min(opened, end)))
            last = closes
            if last >= end:
                return found
        return [*found, (last, end)] if last < end else found

    def open_before(self, calendar: int, moments: Floats) -> Floats:
        """Time for which a calendar is open before each of many moments, of any shape. float64 [tick]"""
        if calendar == NONE:
            return moments
        opens, closes = np.array(self._opens[calendar], np.float64), np.array(self._closes[calendar], np.float64)
        earlier = np.concatenate(([0.0], np.cumsum(closes - opens)))
        place = np.searchsorted(opens, moments, side="right")
        last = np.maximum(place - 1, 0)
        now: Floats = np.where(place > 0, earlier[last] + np.minimum(moments, closes[last]) - opens[last], 0.0)
        return now

    def opened(self, calendar: int, end: int) -> int:
        """Time for which a calendar is open until a moment. [tick]"""
        return end - sum(last - first for first, last in self.closed(calendar, end))
