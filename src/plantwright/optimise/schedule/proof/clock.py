"""Calendars as sets of starts: when work can begin, and how long it then lasts by the clock."""

from __future__ import annotations

from bisect import bisect_right

from plantwright.problems.schedule import NONE, ScheduleProblem

Ranges = list[tuple[int, int]]
"""First and last start of each stretch. [tick]"""


class Clocks:
    """The calendars of a problem up to its horizon."""

    def __init__(self, problem: ScheduleProblem, horizon: int) -> None:
        calendars = problem.calendars
        rows = zip(calendars.first_window.tolist(), calendars.windows.tolist())
        opens, closes = calendars.opens.tolist(), calendars.closes.tolist()
        self.windows: list[Ranges] = [
            [(begin, end) for begin, end in zip(opens[first : first + many], closes[first : first + many])]
            for first, many in rows
        ]
        self.horizon = horizon
        self._told: dict[tuple[int, int, bool], dict[int, Ranges]] = {}

    def lasting(self, calendar: int, time: int, stops: bool) -> dict[int, Ranges]:
        """Starts by how long work of ``time`` then lasts by the clock.

        Closures make it longer by what they last; with few kinds of closures there are few lengths, however long the
        calendar is.
        """
        if calendar == NONE or time == 0:
            return {time: [(0, self.horizon)]}
        key = (calendar, time, stops)
        if key not in self._told:
            windows = self.windows[calendar]
            self._told[key] = _broken(windows, time, self.horizon) if stops else {time: _whole(windows, time)}
        return self._told[key]

    def at(self, calendar: int, time: int, start: int) -> int | None:
        """How long work lasts that begins at ``start``, be it while closed; None if it never ends. [tick]"""
        if calendar == NONE or time == 0:
            return time
        return _end(self.windows[calendar], start, time, start)

    def free(self, calendar: int, time: int, stops: bool, start: int) -> int:
        """End of work that begins as soon as it can from ``start`` on; the horizon if it never can. [tick]"""
        found = [
            (max(start, first), lasts)
            for lasts, ranges in self.lasting(calendar, time, stops).items()
            for first, last in ranges
            if last >= start
        ]
        return sum(min(found)) if found else self.horizon


def _whole(windows: Ranges, time: int) -> Ranges:
    return [(begin, end - time) for begin, end in windows if end - time >= begin]


def _broken(windows: Ranges, time: int, horizon: int) -> dict[int, Ranges]:
    """Between two starts at which a window ends, of the start or of the end, the length is the same."""
    before = [0]
    for begin, end in windows:
        before.append(before[-1] + end - begin)
    found: dict[int, Ranges] = {}
    for row, (begin, end) in enumerate(windows):
        if begin > horizon:
            break
        first = begin
        while first < end:
            done = before[row] + first - begin + time
            to = bisect_right(before, done - 1) - 1
            if to >= len(windows):
                break
            # The end falls into window ``to``, as long as the start is not so late that it falls into the next.
            last = min(end - 1, first + before[to + 1] - done)
            lasts = windows[to][0] + done - before[to] - first
            found.setdefault(lasts, []).append((first, last))
            first = last + 1
    return found


def _end(windows: Ranges, start: int, time: int, origin: int) -> int | None:
    for begin, end in windows:
        if end > start:
            begin = max(begin, start)
            if begin + time <= end:
                return begin + time - origin
            time -= end - begin
    return None
