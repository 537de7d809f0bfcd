"""What a plan is made of, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plantwright.compile.problem import Problem
from plantwright.units import TICKS_PER_SECOND


@dataclass(frozen=True, slots=True)
class Visit:
    """An operation of a lot, as the schedule has it.

    Attributes
    ----------
    operation : str
        Its name in the route.
    machine : str
        Where it runs, as ``station/machine``; the station alone where any of its machines takes it.
    begins_s : float
        When its setup begins, or itself where it needs none, from the plant's first day. [s]
    takes_s : float
        Its working time in the schedule. [s]
    earliest_s : float
        When what it needs from outside comes. [s]
    rest_s : float
        How long the lot rests in the queue before it. [s]
    rounds : int or None
        How often its time comes one after the other; once for each part of the lot where left out. [-]
    is_alone : bool
        Whether it takes its time and nothing else: neither people nor tools.
    """

    operation: str
    machine: str
    begins_s: float
    takes_s: float
    earliest_s: float = 0.0
    rest_s: float = 0.0
    rounds: int | None = None
    is_alone: bool = False


@dataclass(frozen=True, slots=True)
class Lot:
    """What goes through the plant together.

    Attributes
    ----------
    item : str
        What it is.
    pieces : int
        How many are started. [pieces]
    enters_s, due_s : float
        Before when it does not enter, and when it is due, from the plant's first day. [s]
    visits : tuple of Visit
        Where it goes; operations of its route that are not named go anywhere.
    ends_s : float
        When the schedule has it done. [s]
    """

    item: str
    pieces: int
    enters_s: float
    due_s: float
    visits: tuple[Visit, ...]
    ends_s: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Followed:
    """A plant that follows a plan.

    Attributes
    ----------
    problem : Problem
        What the engine simulates.
    first : array
        First operation of each lot. (J,) int64
    rows : tuple of array
        Operations of the visits of each lot. (J) x (V,) int64
    """

    problem: Problem
    first: NDArray[np.int64]
    rows: tuple[NDArray[np.int64], ...]


def ticks(seconds: float) -> int:
    """A time of a plan in ticks of the simulator."""
    return round(seconds * TICKS_PER_SECOND)
