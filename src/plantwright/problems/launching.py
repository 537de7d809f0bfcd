"""The order in which the variants of a mix are launched on a line.

Axes: V variants, M stations, P pieces of the mix, O options. All times are int64 ticks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from plantwright.problems.balance import Flags, Floats, Ints

LaunchMeasure = Literal["options", "overload", "level"]
"""What an order is judged by; less is better in each.

``options``: windows of the order that have more pieces with an option than allowed [-]. ``overload``: work that is not
done when the piece leaves a station, over stations [tick]. ``level``: squared distance between what has been launched
of each variant and its even share, over the order, times the square of the pieces of the mix [-].
"""


@dataclass(frozen=True, slots=True, eq=False)
class Options:
    """What not too many pieces in a row may have.

    Attributes
    ----------
    has
        Whether a variant has an option. (V, O) bool
    most, window
        So many at most of so many pieces in a row. (O,) int64 [-]
    """

    has: Flags
    most: Ints
    window: Ints


@dataclass(frozen=True, slots=True, eq=False)
class LaunchProblem:
    """A mix, and the line it runs on.

    Attributes
    ----------
    time
        Of each variant in each station. (V, M) int64 [tick], >= 0
    pieces
        Of each variant in the mix. (V,) int64, >= 0
    takt
        A piece is launched so often. [tick], > 0
    length
        How long a piece can be worked on in each station, from when it comes to when it leaves.
        (M,) int64 [tick], >= takt
    options
        What not too many pieces in a row may have; None: nothing.
    goals
        What is sought, the first before the second.
    """

    time: Ints
    pieces: Ints
    takt: int
    length: Ints
    options: Options | None = None
    goals: tuple[LaunchMeasure, ...] = ("options", "overload", "level")


@dataclass(frozen=True, slots=True, eq=False)
class Launch:
    """An order of variants.

    Attributes
    ----------
    order
        Variant of each piece. (P,) int64
    values, bounds
        What the goals come to, and what no order goes below: the first always holds, later ones given the values
        before them.
    """

    order: Ints
    values: tuple[int, ...]
    bounds: tuple[int, ...]

    @property
    def is_proven(self) -> bool:
        """Whether no order is better."""
        return self.values == self.bounds


@dataclass(frozen=True, slots=True, eq=False)
class Drift:
    """How work moves through the stations along an order.

    Attributes
    ----------
    begin, end
        When work on each piece begins and ends in each station, after the piece has come. (M, P) int64 [tick]
    overload
        Work on it that is not done when it leaves. (M, P) int64 [tick]
    idle
        Waiting for the piece before it. (M, P) int64 [tick]
    """

    begin: Ints
    end: Ints
    overload: Ints
    idle: Ints

    @property
    def reach(self) -> Ints:
        """Where work ends at the latest in each station: the length that it needs. (M,) int64 [tick]"""
        return np.asarray((self.end + self.overload).max(axis=1, initial=0), dtype=np.int64)

    @property
    def share(self) -> Floats:
        """Pieces that leave each station unfinished, as a share. (M,) float64 [-]"""
        return np.asarray((self.overload > 0).mean(axis=1), dtype=np.float64)
