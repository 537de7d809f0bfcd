"""Assembly line balancing: which station does which task.

Axes: N tasks, V variants, M stations, W workers, G kinds of equipment, A arcs, Z pairs. Stations are numbered from 0 in
the direction of flow. All times are int64 ticks. A ``-1`` in an index means "none".

The simple line says three things: ``BalanceProblem(time, arcs, takt=100)``. Everything else may be left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Words = NDArray[np.uint64]
Arcs = NDArray[np.int64]
"""Pairs of tasks. (A, 2) int64"""

NONE = -1
"""No worker, no place, no station, cannot."""
EITHER, LEFT, RIGHT = range(3)
"""Sides of the line that a task can be done from."""

Measure = Literal["stations", "people", "takt", "line_time", "cost", "overload", "moved"]
"""What a balance is judged by; less is better in each.

``stations``: stations in use, each as often as it is there (SALBP-1) [-]. ``people``: places in use, as often [-].
``takt``: the shortest takt that the line keeps (SALBP-2) [tick]. ``line_time``: stations times takt (SALBP-E) [tick].
``cost``: of stations, people and equipment [money]. ``overload``: pieces of each variant in the mix times what it takes
beyond the takt, over stations [tick]. ``moved``: cost of the tasks that change their station [money].
"""


def _none() -> Arcs:
    return np.zeros((0, 2), dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Zoning:
    """What must, may and must not be in one station.

    Attributes
    ----------
    together, apart
        Pairs of tasks that share a station, and that must not. (Z, 2) int64
    allowed
        Stations that a task may be in; None: any. One only: it is fixed there. (N, M) bool
    """

    together: Arcs = field(default_factory=_none)
    apart: Arcs = field(default_factory=_none)
    allowed: Flags | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """What the line costs, in one period, in whole money.

    Attributes
    ----------
    station, person
        For each that is in use. [money], >= 0
    equipment
        For each kind in each station that has a task which needs it, as often as the station is there.
        (G,) int64 [money], >= 0
    needs
        Equipment that a task needs. (N, G) bool
    """

    station: int = 0
    person: int = 0
    equipment: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    needs: Flags | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Present:
    """How the line is balanced today.

    Attributes
    ----------
    station
        Of each task; ``NONE`` for a new one, which moves for nothing. (N,) int64
    cost
        Of doing a task in another station. (N,) int64 [money], >= 0
    """

    station: Ints
    cost: Ints


@dataclass(frozen=True, slots=True, eq=False)
class BalanceProblem:
    """Tasks, what comes before what, and what the stations are like.

    Attributes
    ----------
    time
        Of each task: (N,) int64, or for each variant, 0 where it has no such task: (V, N) int64. [tick], >= 0
    arcs
        The first of each pair is done before the second, in an earlier station or the same. (A, 2) int64
    takt
        Time of a station; with a goal of ``takt`` or ``line_time`` the longest allowed, None: any. [tick]
    stations
        So many at most; None: as many as needed. With a goal of ``takt``: so many. Where stations have names
        (``present``, stations allowed to a task) there are so many in the row, or as many as have a name. [-]
    goals
        What is sought, the first before the second.
    mix
        Pieces of each variant in the mix; a station takes the takt on the average of it. None: one of each.
        (V,) int64, > 0
    longest
        What any one variant may take in a station (its length); None: any time. [tick]
    workers
        Time that each worker takes, ``NONE`` where they cannot; a station has one of them, each has one station at
        most. It stands for ``time``. (W, N) int64 [tick]
    people
        Most people at one piece in a station; what they do there follows precedence too (multi-manned). [-], >= 1
    side
        Two-sided line: ``LEFT``, ``RIGHT`` or ``EITHER``; place 0 is left, 1 right. None: places are alike. (N,) int64
    parallel
        So many copies of a station at most, which take turns: its takt is as many times longer. [-], >= 1
    """

    time: Ints
    arcs: Arcs = field(default_factory=_none)
    takt: int | None = None
    stations: int | None = None
    goals: tuple[Measure, ...] = ("stations",)
    mix: Ints | None = None
    longest: int | None = None
    zoning: Zoning | None = None
    prices: Prices | None = None
    present: Present | None = None
    workers: Ints | None = None
    people: int = 1
    side: Ints | None = None
    parallel: int = 1

    @property
    def tasks(self) -> int:
        return int(self.time.shape[-1])

    @property
    def variants(self) -> Ints:
        """Times of each variant. (V, N) int64 [tick]"""
        return np.atleast_2d(self.time)

    @property
    def pieces(self) -> Ints:
        """Pieces of each variant in the mix. (V,) int64"""
        return np.ones(len(self.variants), dtype=np.int64) if self.mix is None else self.mix

    @property
    def places(self) -> int:
        """People that there may be in a station. [-]"""
        return self.people if self.side is None else 2

    @property
    def mixed(self) -> Ints:
        """Time of each task over the whole mix: divided by the pieces it is the average. (N,) int64 [tick]"""
        return np.asarray(self.pieces @ self.variants, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to look.

    Attributes
    ----------
    work
        Loads of stations that are looked at, in millions; a solver gets a second of its own clock, which counts work
        and not time, for each. The same problem has the same balance. [million]
    seconds
        Of the clock, instead: as good as the machine allows, not the same twice; None: ``work`` counts. [s]
    threads
        2: the line is searched from both ends at the same time. It changes nothing but the time.
    keep
        States that are kept after a station at most, for each direction. [-]
    """

    work: float = 10.0
    seconds: float | None = None
    threads: int = 1
    keep: int = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Balance:
    """Who does what where.

    Attributes
    ----------
    station
        Of each task. (N,) int64
    place
        Of each task in its station: which of the people there does it, on a two-sided line on which side. (N,) int64
    start
        Of each task after the piece has come into the station, by average times rounded up. (N,) int64 [tick]
    worker
        Of each station; ``NONE`` where workers are alike or nobody works. (M,) int64
    copies
        Of each station; 0 where it has no task. (M,) int64
    takt
        The given one; where it is sought, the shortest that the line keeps. [tick]
    values, bounds
        What the goals come to, and what no balance goes below: the first always holds, later ones given the values
        before them.
    """

    station: Ints
    place: Ints
    start: Ints
    worker: Ints
    copies: Ints
    takt: int
    values: tuple[int, ...]
    bounds: tuple[int, ...]

    @property
    def stations(self) -> int:
        """Stations in use, copies not counted. [-]"""
        return int(np.count_nonzero(self.copies))

    @property
    def is_proven(self) -> bool:
        """Whether no balance is better."""
        return self.values == self.bounds


Kind = Literal["takt", "stations", "order", "together", "apart", "allowed", "longest", "worker", "side"]
"""What can be in the way: the takt, the number of stations, an arc, a pair, the stations allowed to a task, what one
variant may take, that workers cannot do a task, the side of a task."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that is asked of a balance.

    Attributes
    ----------
    kind
        What it is.
    index
        Which one: row of its list, or the task; ``NONE`` where there is one only.
    """

    kind: Kind
    index: int = NONE


@dataclass(frozen=True, slots=True)
class Conflict:
    """There is no balance, or none was found.

    Attributes
    ----------
    requirements
        Not all of them can be kept; without any one of them they could, as far as that was decided.
    is_proven
        It is certain. Otherwise the effort was spent before a balance was found.
    """

    requirements: tuple[Requirement, ...]
    is_proven: bool
