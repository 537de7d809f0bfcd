"""When work can be done: windows of stations, people and machines, met with each other, each list kept once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from plantwright.compile.schedule.clock import TICK_S, Clock
from plantwright.model.plant import Plant
from plantwright.model.worktime import Interval, intervals, intervals_of
from plantwright.problems.schedule import NONE, Calendars

Window = tuple[int, int]
Windows = tuple[Window, ...]
"""Spans of work in rising order, apart from each other. [tick]"""


class Working:
    """The working times of a plant from the start of a schedule on.

    Parameters
    ----------
    plant
        The plant whose calendars count.
    clock
        The clock of the schedule.
    length
        How far calendars are written out. [tick]
    """

    def __init__(self, plant: Plant, clock: Clock, length: int) -> None:
        self.plant = plant
        self.clock = clock
        self.length = length
        self.whole: Windows = ((0, length),)
        self._numbers: dict[Windows, int] = {}
        self._found: dict[tuple[str | None, bool], Windows] = {}

    @property
    def span(self) -> Interval:
        """All of it in UTC."""
        return self.clock.start, self.clock.start + dt.timedelta(seconds=self.length * TICK_S)

    def of(self, calendar: str | None, *, breaks: bool = True) -> Windows:
        """Windows of a calendar of the plant; without its breaks the shifts themselves."""
        key = (calendar, breaks)
        if key not in self._found:
            record = self.plant.calendars.get(calendar or "")
            found = (
                intervals(self.plant, calendar, *self.span)
                if breaks or record is None
                else intervals_of(self.plant, record.replace(breaks=None), self.span)
            )
            self._found[key] = self.in_ticks(found)
        return self._found[key]

    def in_ticks(self, spans: Iterable[Interval]) -> Windows:
        """Spans of UTC in ticks, cut to the schedule's."""
        ends = ((self.clock.tick(start), self.clock.tick(end)) for start, end in spans)
        return tuple((max(0, a), min(self.length, b)) for a, b in ends if max(0, a) < min(self.length, b))

    def number(self, windows: Windows) -> int:
        """The calendar that has these windows; ``NONE`` for all the time."""
        return NONE if windows == self.whole else self._numbers.setdefault(windows, len(self._numbers))

    def calendars(self) -> Calendars:
        """Every calendar that was asked for."""
        return calendars_of(tuple(self._numbers))


def calendars_of(found: Sequence[Windows]) -> Calendars:
    """Windows of several calendars in arrays."""
    counts = np.array([len(windows) for windows in found], dtype=np.int64)
    rows = [window for windows in found for window in windows]
    return Calendars(
        first_window=np.cumsum(counts) - counts,
        windows=counts,
        opens=np.array([row[0] for row in rows], dtype=np.int64),
        closes=np.array([row[1] for row in rows], dtype=np.int64),
    )


def common(first: Windows, second: Windows) -> Windows:
    """What two lists of windows have in common.

    >>> common(((0, 5), (8, 12)), ((3, 10),))
    ((3, 5), (8, 10))
    """
    found, here, there = [], 0, 0
    while here < len(first) and there < len(second):
        start, end = max(first[here][0], second[there][0]), min(first[here][1], second[there][1])
        if start < end:
            found.append((start, end))
        if first[here][1] <= second[there][1]:
            here += 1
        else:
            there += 1
    return tuple(found)


def either(lists: Iterable[Windows]) -> Windows:
    """What lies in any of several lists of windows.

    >>> either([((0, 5),), ((5, 7), (9, 10))])
    ((0, 7), (9, 10))
    """
    merged: list[Window] = []
    for start, end in sorted(window for windows in lists for window in windows):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def without(windows: Windows, closed: Iterable[Window]) -> Windows:
    """Windows less what is closed.

    >>> without(((0, 10),), [(2, 3), (8, 20)])
    ((0, 2), (3, 8))
    """
    gaps = either([tuple(window for window in closed if window[0] < window[1])])
    if not gaps or not windows:
        return windows
    last = windows[-1][1]
    edges = [0, *(edge for gap in gaps for edge in gap), max(last, gaps[-1][1])]
    opened = tuple(pair for pair in list(pairwise(edges))[::2] if pair[0] < pair[1])
    return common(windows, opened)


def longest(windows: Windows) -> int:
    """Length of the longest window. [tick]"""
    return max((end - start for start, end in windows), default=0)
