"""What a run that follows a plan tells of it: when each operation ran, and when each lot was done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plantwright.codes import BUSY, ENDED, NONE, SHELVED, STARTED, STATE
from plantwright.compile.following import Followed

Ticks = NDArray[np.int64]
COLUMNS = ("time", "code", "part", "who", "what", "value")


@dataclass(frozen=True, slots=True, eq=False)
class Replayed:
    """Times of one run, in ticks; NONE where something never happened. An operation that was repeated has its last end.

    Attributes
    ----------
    begin, start, end : array
        Of each visit, lot after lot: when its setup began, it began, and it ended. (V,) int64
    done, pieces : array
        Of each lot: when the last of it was finished, and how many pieces were good. (J,) int64
    """

    begin: Ticks
    start: Ticks
    end: Ticks
    done: Ticks
    pieces: Ticks


class Listener:
    """Who listens to the trace of one run.

    Parameters
    ----------
    followed
        What is run.
    """

    def __init__(self, followed: Followed) -> None:
        self._followed = followed
        self._chunks: list[Any] = []

    def __call__(self, chunk: Any) -> None:
        """Keep the lines of a chunk that matter."""
        wanted = np.isin(chunk["code"], (STARTED, ENDED, STATE, SHELVED))
        self._chunks.append(np.stack([chunk[name][wanted] for name in COLUMNS]))

    def told(self) -> Replayed:
        """The times of the run."""
        lines = np.concatenate([np.zeros((6, 0), np.int64), *self._chunks], axis=1)
        operations = len(self._followed.problem.world.operation)
        begin, start, end = (np.full(operations, NONE, np.int64) for _ in range(3))
        time, code, _, _, what, _ = lines
        began = np.flatnonzero(code == STARTED)[::-1]  # of several the first one stands
        begin[what[began]] = time[began]
        start[what[began]] = _work_begins(lines)[began]
        operation = _operations(lines)
        ended = np.flatnonzero((code == ENDED) & (operation != NONE))  # of several the last one stands
        end[operation[ended]] = time[ended]
        start = np.where(end != NONE, np.minimum(start, end), start)
        rows = np.concatenate([np.zeros(0, np.int64), *self._followed.rows])
        return Replayed(begin[rows], start[rows], end[rows], *self._lots(lines, operation))

    def _lots(self, lines: Ticks, operation: Ticks) -> tuple[Ticks, Ticks]:
        """When the last of each lot was finished, and its good pieces."""
        time, code, _, _, _, value = lines
        shelved = np.flatnonzero((code == SHELVED) & (operation != NONE))
        number = np.searchsorted(self._followed.first, self._followed.problem.world.visit.job[operation[shelved]])
        done = np.full(len(self._followed.first), NONE, np.int64)
        pieces = np.zeros(len(done), np.int64)
        np.maximum.at(done, number, time[shelved])
        np.add.at(pieces, number, value[shelved])
        return done, pieces


def _work_begins(lines: Ticks) -> Ticks:
    """For each line at which something is put on a machine, when that gets busy: after its setup, with its people."""
    time, code, _, machine, _, value = lines
    order = np.flatnonzero((code == STARTED) | (code == STATE))
    order = order[np.argsort(machine[order], kind="stable")]
    state = code[order] == STATE
    busy = state & (value[order] == BUSY)
    own, times = machine[order], time[order]
    changes, gets_busy = (_next(flag, own) for flag in (state, busy))
    waits = ~state & (changes != NONE) & (times[changes] == times) & ~busy[changes]
    found: Ticks = time.copy()
    found[order] = np.where(waits, np.where(gets_busy != NONE, times[gets_busy], NONE), times)
    return found


def _operations(lines: Ticks) -> Ticks:
    """For each line of a part, the operation that it was put on a machine for last; NONE before."""
    _, code, part, _, what, _ = lines
    order = np.flatnonzero(code != STATE)
    order = order[np.argsort(part[order], kind="stable")][::-1]
    last = _next(code[order] == STARTED, part[order])
    found = np.full(len(code), NONE, np.int64)
    found[order] = np.where(last != NONE, what[order][last], NONE)
    return found


def _next(flag: NDArray[np.bool_], own: Ticks) -> Ticks:
    """For each row the next one, itself included, that is flagged and of the same owner; NONE without."""
    count = len(flag)
    if count == 0:
        return np.zeros(0, np.int64)
    rows = np.where(flag, np.arange(count), count - 1)
    found = np.minimum.accumulate(rows[::-1])[::-1]
    following: Ticks = np.where(flag[found] & (own[found] == own), found, NONE)
    return following
