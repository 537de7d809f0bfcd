"""What can be wrong with a schedule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Family = Literal[
    "shape",
    "route",
    "mode",
    "time",
    "fixed",
    "release",
    "deadline",
    "least",
    "most",
    "machine",
    "setup",
    "batch",
    "blocking",
    "pool",
    "claim",
]
"""The constraint that is broken.

``shape``: arrays that do not fit the problem. ``route``: not exactly the operations of one route. ``mode``: a mode
that is not the operation's. ``time``: it does not take its time, or runs while closed. ``fixed``: elsewhere, or at
another time, than it must. ``machine``: two at a time, or before the machine is free. ``claim``: values, bounds or
flags that the times do not bear out. The others by their name.
"""

LAX = frozenset({"deadline", "most"})
"""Broken only in schedules that say that they are not complete."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One constraint that a schedule breaks.

    Attributes
    ----------
    family
        Which constraint.
    operations
        The operations it is about; empty where it is about all.
    what
        What is wrong, in ticks.
    ticks
        By how much; 0 where that cannot be said in time. [tick]
    """

    family: Family
    operations: tuple[int, ...]
    what: str
    ticks: int = 0

    @property
    def leaves_incomplete(self) -> bool:
        """A deadline or a longest wait is not kept: the schedule is incomplete, not wrong."""
        return self.family in LAX
