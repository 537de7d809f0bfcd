"""A simple line as the search reads it: times, precedence as sets of bits, weights that bound, a direction."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plantwright.optimise.balance.weights import strongest
from plantwright.problems.balance import Arcs, Flags, Ints, Words

WEIGHTS = 12
"""Weights of tasks that bound each state of the search. [-]"""
ROUNDING = 1e-9
"""Less of a station is rounding. [-]"""


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """Tasks in one line of equal stations, worked through in one direction: N tasks, W words of 64 bits, K weights.

    Attributes
    ----------
    time : ndarray
        Of each task. (N,) int64 [ticks]
    takt : int
        Time of a station. [ticks]
    before : ndarray
        Whether the row comes, directly or not, before the column. (N, N) bool
    ahead : ndarray
        Tasks directly before each, as bits. (N, W) uint64
    first, after : ndarray
        Tasks directly after each, as slices of one list. (N + 1,), (A,) int64
    weight, room : ndarray
        Weights of tasks of which a station takes no more than its room; the first is the time. (K, N), (K,) int64
    better : ndarray
        Tasks that are never worse in a station than each, as bits (see ``dominating``). (N, W) uint64
    need : ndarray
        Stations that each task and all that follows it need at least, its own among them. (N,) int64 [-]
    """

    time: Ints
    takt: int
    before: Flags
    ahead: Words
    first: Ints
    after: Ints
    weight: Ints
    room: Ints
    better: Words
    need: Ints

    @property
    def tasks(self) -> int:
        return len(self.time)

    @property
    def words(self) -> int:
        return int(self.ahead.shape[1])

    def reversed(self) -> Line:
        """The same line from its end: a balance read backwards is one of the line."""
        return line_of(self.time, self.takt, reduced(self.before.T.copy()))

    def last_station(self, stations: int) -> Ints:
        """The last of so many stations that each task can be in, from 0. (N,) int64"""
        return stations - self.need


def line_of(time: Ints, takt: int, arcs: Arcs) -> Line:
    """The line with what the search needs worked out beforehand."""
    tasks = len(time)
    before = closed(tasks, arcs)
    direct = np.zeros((tasks, tasks), dtype=bool)
    kept = reduced(before)
    direct[kept[:, 0], kept[:, 1]] = True
    first = np.concatenate([[0], np.cumsum(direct.sum(axis=1))]).astype(np.int64)
    after = np.nonzero(direct)[1].astype(np.int64)
    weight, room = strongest(time, takt, WEIGHTS)
    better = dominating(time, before)
    return Line(
        np.ascontiguousarray(time, dtype=np.int64),
        int(takt),
        before,
        bits(direct.T),
        first,
        after,
        weight,
        room,
        bits(better.T),
        needed(weight, room, before),
    )


def closed(tasks: int, arcs: Arcs) -> Flags:
    """Whether the row comes before the column, directly or not. (N, N) bool

    Raises
    ------
    ValueError
        The arcs close to a ring.
    """
    before = np.zeros((tasks, tasks), dtype=bool)
    if len(arcs):
        before[arcs[:, 0], arcs[:, 1]] = True
    for middle in range(tasks):
        before |= before[:, middle, None] & before[middle]
    if before.diagonal().any():
        raise ValueError(f"tasks {np.flatnonzero(before.diagonal()).tolist()} come before themselves")
    return before


def reduced(before: Flags) -> Arcs:
    """The fewest arcs that say the same. (A, 2) int64"""
    through = (before.astype(np.float32) @ before.astype(np.float32)) > 0.5
    return np.argwhere(before & ~through).astype(np.int64)


def bits(flags: Flags) -> Words:
    """Rows of flags as sets of bits. (N, W) uint64"""
    words = max(1, -(-flags.shape[1] // 64))
    wide = np.zeros((flags.shape[0], 64 * words), dtype=np.uint8)
    wide[:, : flags.shape[1]] = flags
    return np.packbits(wide, axis=1, bitorder="little").view(np.uint64).reshape(flags.shape[0], words)


def dominating(time: Ints, before: Flags) -> Flags:
    """Whether the row may always take the place of the column in a station that it fits in. (N, N) bool

    It takes at least as long and all that follows the other follows it too; of two that are equal, the earlier.

    References
    ----------
    J. R. Jackson (1956), "A computing procedure for a line balancing problem", Management Science 2(3),
    doi 10.1287/mnsc.2.3.261
    """
    tasks = len(time)
    follows = before.astype(np.float32)
    all_follow = (1.0 - follows) @ follows.T < 0.5  # [i, j]: nothing follows j that does not follow i
    wide = all_follow & (time[:, None] >= time[None, :]) & ~before & ~before.T
    is_equal = wide & wide.T
    wide &= ~is_equal | (np.arange(tasks)[:, None] < np.arange(tasks)[None, :])
    np.fill_diagonal(wide, False)
    return wide


def needed(weight: Ints, room: Ints, before: Flags) -> Ints:
    """Stations that each task and all that follows it need at least, its own among them. (N,) int64 [-]

    The larger of two bounds: the weights of all of them, and one machine on which what follows runs one after the
    other, each with its own tail. A task that does not fit into the station in which its tail begins is in an earlier
    one.

    References
    ----------
    A. Scholl, R. Klein (1997), "SALOME: a bidirectional branch-and-bound procedure for assembly line balancing",
    INFORMS Journal on Computing 9(4), doi 10.1287/ijoc.9.4.319, bound LM4
    """
    share = weight[0] / room[0]
    tail = np.zeros(len(share))
    packed = np.ceil(weight / room[:, None] - ROUNDING).max(axis=0)
    for task in np.argsort(before.sum(axis=1), kind="stable"):
        followers = np.flatnonzero(before[task])
        if len(followers) == 0:
            continue
        order = followers[np.argsort(-tail[followers], kind="stable")]
        total = weight[:, followers].sum(axis=1)
        packed[task] = max(-(-total // room).max(), (-(-(total + weight[:, task]) // room)).max())
        found = max(float((np.cumsum(share[order]) + tail[order]).max()), float((-(-total // room)).max() - 1))
        whole = float(np.ceil(found - ROUNDING))
        tail[task] = whole if found + share[task] > whole + ROUNDING else found
    need = np.maximum(np.maximum(np.ceil(share + tail - ROUNDING), packed), 1.0)
    return np.asarray(need, dtype=np.int64)
