"""One pass through the line: layers of states, station by station, with a limit of stations."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from plantwright.optimise.balance.layers import COMPLETE, IS_CUT, LOADS, Memory, Rules, expand
from plantwright.optimise.balance.line import Line, bits
from plantwright.problems.balance import Flags, Floats, Ints


class Pass(NamedTuple):
    """What a pass came to.

    Attributes
    ----------
    station : ndarray or None
        Of each task, from 0; None where no balance was found. (N,) int64
    is_exhaustive : bool
        Nothing was left out: without a balance there is none of so many stations.
    reached : int
        Stations that were loaded. [-]
    loads : int
        Loads of states that were looked at. [-]
    """

    station: Ints | None
    is_exhaustive: bool
    reached: int
    loads: int


class Searcher:
    """Memory for passes through a line in one direction."""

    def __init__(self, line: Line, states: int, keep: int) -> None:
        tasks, words = line.tasks, line.words
        children = 2 * keep
        self.line, self.most_states, self.most_keep = line, states, keep
        self.memory = Memory(
            sets=np.zeros((states, words), dtype=np.uint64),
            parent=np.zeros(states, dtype=np.int64),
            child=np.zeros((children, words), dtype=np.uint64),
            child_of=np.zeros(children, dtype=np.int64),
            score=np.zeros(children),
            hashed=np.zeros(children, dtype=np.int64),
            ranked=np.zeros(children),
            table=np.zeros(1 << int(2 * children - 1).bit_length(), dtype=np.int64),
            pending=np.zeros(tasks, dtype=np.int64),
            ready=np.zeros(tasks + 1, dtype=np.int64),
            place=np.zeros(tasks + 1, dtype=np.int64),
            size=np.zeros(tasks + 1, dtype=np.int64),
            grown=np.zeros(tasks + 1, dtype=np.int64),
            done=np.zeros(words, dtype=np.uint64),
            spare=np.zeros(words, dtype=np.uint64),
            rest=np.zeros(len(line.room), dtype=np.int64),
            told=np.zeros(4, dtype=np.int64),
        )

    def run(
        self, stations: int, keep: int, loads: int, value: Floats, is_over: Callable[[], bool] = lambda: False
    ) -> Pass:
        """Search for a balance with at most so many stations."""
        rules, memory = rules_of(self.line, stations, value), self.memory
        keep = min(keep, self.most_keep)
        memory.sets[0] = 0
        begin, count, total, is_cut = 0, 1, 0, False
        for station in range(stations):
            left = self.most_states - begin - count
            if left < 1 or is_over():
                return Pass(None, False, station, total)
            begin_next = begin + count
            found = int(expand(rules, memory, begin, count, station, stations, min(keep, left), loads))
            total += int(memory.told[LOADS])
            is_cut = is_cut or bool(memory.told[IS_CUT])
            if memory.told[COMPLETE] >= 0:
                return Pass(self._read(begin_next, station), False, station + 1, total)
            if found == 0:
                return Pass(None, not is_cut, station + 1, total)
            begin, count = begin_next, found
        return Pass(None, not is_cut, stations, total)

    def _read(self, row: int, station: int) -> Ints:
        """Station of each task, from the last state back."""
        memory = self.memory
        where = np.zeros(self.line.tasks, dtype=np.int64)
        while row > 0:
            parent = int(memory.parent[row])
            loaded = memory.sets[row] & ~memory.sets[parent]
            where[np.unpackbits(loaded.view(np.uint8), bitorder="little")[: self.line.tasks] == 1] = station
            row, station = parent, station - 1
        return where


def rules_of(line: Line, stations: int, value: Floats) -> Rules:
    """The line as the kernel reads it, for a number of stations and a value of tasks."""
    last = line.last_station(stations)
    due: Flags = np.less_equal(last[None, :], np.arange(stations)[:, None])
    return Rules(
        time=line.time,
        ahead=line.ahead,
        first=line.first,
        after=line.after,
        weight=line.weight,
        room=line.room,
        better=line.better,
        leading=bits(np.any(line.before, axis=1, keepdims=True).T)[0],
        every=bits(np.ones((1, line.tasks), dtype=bool))[0],
        due=bits(due),
        order=np.argsort(-value, kind="stable"),
        value=value,
        key=_keys(line.tasks),
        bit=np.left_shift(np.uint64(1), np.arange(64, dtype=np.uint64)),
    )


def _keys(tasks: int) -> Ints:
    """Hash of each task. (N,) int64, >= 0"""
    return np.random.Generator(np.random.Philox(7)).integers(0, 2**62, tasks)
