"""A replication: begun, advanced, forked, finished. Between two steps it is at rest and can be saved.

The world keeps where it is in time; the replication keeps what Python adds to it: where statistics begin and end, and
the history so far. A run that is cut between any two steps and goes on is the same run, to the last bit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from plantwright.arrays import Outcome, World
from plantwright.codes import BUDGET, DEADLOCK, EVENTS_FULL, LOG_FULL, NONE, PARTS_FULL, REACHED, RUNNING
from plantwright.engine.begin import begin, reset_statistics
from plantwright.engine.circle import Wait, circle
from plantwright.engine.conserve import imbalances, opening_balance
from plantwright.engine.express import loop as express
from plantwright.engine.kernel import advance
from plantwright.engine.worlds import Log, copy_of, deaf, flush, grow, listening

EVENTS_PER_STEP = 200_000
"""Events between two looks at progress and Ctrl-C: a few hundredths of a second."""

OF_ITEMS = ("finished", "delivered", "ordered", "stock", "backlog")
OF_STATIONS = ("wip", "queue", "active")
"""Columns of the history."""


MOST_AT_ONCE = 10_000_000
"""Things that may happen at one instant [-]: a thousand times what the largest plants do. More never come to an end."""


class Endless(Exception):
    """Something happens again and again at one instant, so that time stands still.

    Attributes
    ----------
    time : int
        The instant [ticks].
    stations : list of int
        Stations that finish work at it without end; the first of those that did most.
    """

    def __init__(self, time: int, stations: list[int]) -> None:
        super().__init__(f"time stands still at {time} ticks: stations {stations} go on and on")
        self.time = time
        self.stations = stations


class Deadlock(Exception):
    """Parts and machines wait for each other's places in a circle: none of them can ever move.

    Attributes
    ----------
    time : int
        When the circle closed [ticks].
    waits : list of Wait
        The circle: why each station waits for the next one, and the last for the first.
    """

    def __init__(self, time: int, waits: list[Wait]) -> None:
        self.time = time
        self.waits = waits
        super().__init__(f"deadlock at {time} ticks: stations {self.stations} wait for each other")

    @property
    def stations(self) -> list[int]:
        """The stations of the circle."""
        return [wait.station for wait in self.waits]


class Imbalance(AssertionError):
    """A conservation law was violated: an error of the engine, never of the plant."""


@dataclass
class Replication:
    """One run of a world of its own.

    Attributes
    ----------
    world : World
        Its arrays; ``world.clock`` holds the time and the key of its random numbers.
    until, warmup, bin : int
        End, begin of statistics and width of the history's bins [ticks]; bin 0 keeps no history.
    log : callable or None
        Who is handed the trace.
    before : dict or None
        What was inside when statistics began; None during the warm-up.
    history : dict of str to list
        Rows of ``Outcome`` so far, each (I,) or (S,) int64.
    status : int
        RUNNING, or what ended it.
    instant, counted, completions : int, int, array or None
        The last time seen, what had happened until then, and what stations had completed.
    """

    world: World
    until: int
    warmup: int
    bin: int
    log: Log | None = None
    before: dict[str, Any] | None = None
    history: dict[str, list[Any]] = field(default_factory=lambda: {name: [] for name in OF_ITEMS + OF_STATIONS})
    status: int = RUNNING
    instant: int = NONE
    counted: int = 0
    completions: Any = None

    @property
    def now(self) -> int:
        """The time of its last event, or the one it has reached [ticks]."""
        return int(self.world.clock.now[0])

    @property
    def number(self) -> int:
        """Which replication it is."""
        return int(self.world.clock.replication[0])

    @property
    def is_over(self) -> bool:
        """Whether it came to its end."""
        return self.status != RUNNING

    def edge(self) -> int:
        """The next time at which Python has something to do: to look, to begin counting, to take a row, to end."""
        if self.before is None:
            return min(self.warmup, (self.now // self.bin + 1) * self.bin) if self.bin else self.warmup
        return min(self.until, self.warmup + (len(self.history["wip"]) + 1) * self.bin) if self.bin else self.until

    def step(self, to: int | None = None, *, events: int = EVENTS_PER_STEP) -> bool:
        """Enter the kernel once, for so many events at most: True when it came to the next edge (or to ``to``)."""
        edge = self.edge()
        until = edge if to is None else min(edge, to)
        status = self._go(until, events)
        if status == PARTS_FULL:
            self.world = grow(self.world, "part")
        elif status == EVENTS_FULL:
            self.world = grow(self.world, "event")
        elif status == LOG_FULL:
            flush(self.world, self.log)
        elif status == DEADLOCK:
            flush(self.world, self.log)
            raise Deadlock(self.now, circle(self.world))
        elif status != BUDGET:
            if until == edge:
                self._pass(edge, status)
            return True
        self._see_that_time_passes()
        return False

    def _go(self, until: int, events: int) -> int:
        """Go on for so many events at most, by the express loop as far as it knows the way: the status."""
        if self.world.clock.express[0]:
            status = advance(self.world, until, 0)
            if status != BUDGET:
                return int(status)
            events -= express.run(self.world, until, events)
        return int(advance(self.world, until, events))

    def _see_that_time_passes(self) -> None:
        """Raise ``Endless`` where more happens at one instant than any plant can mean."""
        sequence = int(self.world.clock.sequence[0])
        if self.now != self.instant:
            self.instant, self.counted = self.now, sequence
            self.completions = self.world.station.completions.copy()
        elif sequence - self.counted > MOST_AT_ONCE:
            more = self.world.station.completions - self.completions
            raise Endless(self.now, [int(s) for s in np.argsort(-more, kind="stable") if more[s] > 0])

    def _pass(self, edge: int, status: int) -> None:
        """An edge is reached."""
        if self.before is not None:
            if self.bin:
                self._take_row()
            if edge == self.until:
                self._end(status)
        elif edge == self.warmup:
            self._count_from_here()

    def _count_from_here(self) -> None:
        """The warm-up is over: statistics begin."""
        self.count_anew()
        if self.until <= self.warmup:
            self._end(REACHED)

    def _take_row(self) -> None:
        """Write the present down as the next row of the history."""
        station = self.world.station
        since = station.active_since
        present = {name: self.world.item[name] for name in OF_ITEMS}
        present |= {"wip": station.wip, "queue": station.waiting}
        present["active"] = np.where(since == NONE, NONE, self.now - since)
        for name, row in present.items():
            self.history[name].append(row.copy())

    def _end(self, status: int) -> None:
        self.status = status
        flush(self.world, self.log)

    def advance(self, to: int | None = None, *, on_step: Callable[[], None] = lambda: None) -> None:
        """Go on to a time, or to the end; ``on_step`` is called between steps and may raise to leave it there."""
        end = self.until if to is None else to
        while not self.is_over:
            reached = self.step(end)
            on_step()
            if reached and self.now >= end:
                return

    def so_far(self) -> Outcome:
        """What happened since statistics began, as of now, without history; of its own world, which goes on.

        Raises
        ------
        Imbalance
            Something was lost, or made out of nothing.
        """
        wrong = imbalances(self.world, self.before)
        if wrong:
            raise Imbalance("; ".join(wrong))
        since = self.before["now"] if self.before is not None else 0
        seed = int(self.world.clock.seed[0])
        return Outcome(self.world, seed, self.number, since, self.now, 0, self.status, **self._no_history())

    def count_anew(self) -> None:
        """Statistics begin again: what was counted so far is forgotten."""
        reset_statistics(self.world)
        self.before = opening_balance(self.world)

    def _no_history(self) -> dict[str, Any]:
        widths = dict.fromkeys(OF_ITEMS, len(self.world.item)) | dict.fromkeys(OF_STATIONS, len(self.world.station))
        return {name: np.zeros((0, width), np.int64) for name, width in widths.items()}

    def fork(self, number: int) -> Replication:
        """Another future of the same past: what has been drawn stays, what will be drawn goes by another key."""
        world = deaf(copy_of(self.world))
        world.clock.replication[0] = number
        world.operation.ahead_from[:] = NONE
        world.release.ahead_from[:] = NONE
        history = {name: list(rows) for name, rows in self.history.items()}
        return replace(self, world=world, history=history, log=None)

    def outcome(self) -> Outcome:
        """What it leaves behind, once it is over.

        Raises
        ------
        Imbalance
            Something was lost, or made out of nothing.
        """
        wrong = imbalances(self.world, self.before)
        if wrong:
            raise Imbalance("; ".join(wrong))
        widths = dict.fromkeys(OF_ITEMS, len(self.world.item)) | dict.fromkeys(OF_STATIONS, len(self.world.station))
        history = {
            name: np.array(rows, np.int64).reshape(len(rows), widths[name]) for name, rows in self.history.items()
        }
        seed = int(self.world.clock.seed[0])
        return Outcome(self.world, seed, self.number, self.warmup, self.until, self.bin, self.status, **history)


def begun(
    world: World,
    *,
    seed: int,
    replication: int,
    until: int,
    warmup: int = 0,
    bin: int = 0,
    log: Log | None = None,
) -> Replication:
    """A replication at its first instant.

    Parameters
    ----------
    world
        The lowered plant; it is copied, never changed.
    seed, replication
        Key of all random numbers.
    until, warmup, bin
        End, begin of statistics and width of the history's bins [ticks]; bin 0 keeps no history.
    log
        Who is handed the trace from the first instant on.
    """
    world = copy_of(world)
    world.clock.seed[0] = seed
    world.clock.replication[0] = replication
    if log is not None:
        world = listening(world)
    begin(world)
    found = Replication(world, until, warmup, bin, log)
    if warmup <= found.now:
        found._count_from_here()
    return found
