"""Scales: numbers to places on paper, and the round numbers at which an axis is labelled."""

from __future__ import annotations

import math
from dataclasses import dataclass


def ticks(low: float, high: float, about: int = 5) -> list[float]:
    """Round numbers that cover ``low`` to ``high`` in about so many steps.

    >>> ticks(0, 96000, 5)
    [0.0, 20000.0, 40000.0, 60000.0, 80000.0, 100000.0]
    """
    if high <= low:
        high = low + 1
    step = _round_step((high - low) / max(about, 1))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [float(f"{step * count:.10g}") for count in range(first, last + 1)]


def _round_step(rough: float) -> float:
    size = 10 ** math.floor(math.log10(rough))
    return float(next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= rough * 0.999))


@dataclass(frozen=True, slots=True)
class Scale:
    """Straight line from numbers (``low`` to ``high``) to places (``start`` to ``end``) [user units]."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        width = self.high - self.low or 1.0
        return self.start + (value - self.low) / width * (self.end - self.start)

    def within(self, value: float) -> float:
        """The place of a number, held inside the axis."""
        return self(min(max(value, self.low), self.high))


def axis(values: list[float], start: float, end: float, about: int = 5) -> tuple[Scale, list[float]]:
    """A scale from the round number below the least value to the one above the greatest, and its ticks."""
    marks = ticks(min(values), max(values), about)
    return Scale(marks[0], marks[-1], start, end), marks


def zoom(values: list[float], start: float, end: float, about: int = 5) -> tuple[Scale, list[float]]:
    """A scale just wider than the values, for comparing numbers that lie close together, and the ticks within it."""
    low, high = min(values), max(values)
    room = 0.08 * (high - low or abs(high) or 1.0)
    low, high = (max(low - room, 0.0) if low >= 0 else low - room), high + room
    return Scale(low, high, start, end), [mark for mark in ticks(low, high, about) if low <= mark <= high]


def short(value: float) -> str:
    """A tick label: thousands as ``20k``, millions as ``1.5M``.

    >>> short(20000.0), short(2500.0), short(0.5)
    ('20k', '2.5k', '0.5')
    """
    sign = "−" if value < 0 else ""
    size = abs(value)
    if size >= 1e6:
        return f"{sign}{size / 1e6:g}M"
    if size >= 1e4 or (size >= 1000 and size % 100 == 0):
        return f"{sign}{size / 1e3:g}k"
    return f"{sign}{size:g}"
