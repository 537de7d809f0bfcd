"""Calendars as two clocks: that on the wall, and that of the work done."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate

from plantwright.problems.schedule import NONE, ScheduleProblem


class Hours:
    """One calendar, or none: always open."""

    def __init__(self, opens: list[int], closes: list[int]) -> None:
        self.opens, self.closes = opens, closes
        self.done = [0, *accumulate(end - begin for begin, end in zip(opens, closes))]

    def worked(self, time: int) -> int:
        """Working time before a time. [tick]"""
        if not self.opens:
            return time
        row = bisect_right(self.opens, time) - 1
        return 0 if row < 0 else self.done[row] + min(time, self.closes[row]) - self.opens[row]

    def over(self, worked: int) -> int:
        """When so much working time is over. [tick]"""
        if not self.opens:
            return worked
        row = bisect_left(self.done, worked) - 1
        if row < 0:
            return self.opens[0]
        row = min(row, len(self.opens) - 1)
        return self.opens[row] + worked - self.done[row]

    def earliest(self, at: int, time: int, stops: bool) -> tuple[int, int]:
        """First start from ``at`` on, and its end. [tick]"""
        if not self.opens or not time:
            return at, at + time
        row = bisect_right(self.closes, at)
        while row < len(self.opens):
            start = max(at, self.opens[row])
            if stops:
                return start, self.over(self.worked(start) + time)
            if start + time <= self.closes[row]:
                return start, start + time
            row += 1
        return max(at, self.closes[-1]), max(at, self.closes[-1]) + time


def hours(problem: ScheduleProblem) -> dict[int, Hours]:
    """All calendars, and none."""
    calendars = problem.calendars
    opens, closes = calendars.opens.tolist(), calendars.closes.tolist()
    found = {NONE: Hours([], [])}
    for index, (first, many) in enumerate(zip(calendars.first_window.tolist(), calendars.windows.tolist())):
        found[index] = Hours(opens[first : first + many], closes[first : first + many])
    return found
