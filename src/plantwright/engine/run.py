"""One replication from Python: copy the world, advance it bin by bin, grow what is full, take snapshots."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from plantwright.arrays import (
    BINS,
    COUNTERS,
    EVENTS_FULL,
    EXHAUSTED,
    LOG_FULL,
    LOG_RECORD,
    NEEDS,
    NONE,
    PARTS_FULL,
    REACHED,
    RECORDS,
    Outcome,
    World,
)
from plantwright.engine.begin import begin, reset_statistics
from plantwright.engine.conserve import imbalances, opening_balance
from plantwright.engine.kernel import advance
from plantwright.jit import by_pointer

by_pointer(World)

EVENTS_PER_CALL = 200_000
"""Events between two looks at progress and Ctrl-C: a few hundredths of a second."""

LINES_PER_CHUNK = 50_000
"""Lines of the trace that are handed over together, about."""

CHANGING = (
    "clock event station lane machine operation part item release launcher mode calendar crew skill tool carrier "
    "travel conveyor offer demand held state_time histogram agenda"
).split()
"""Arrays that a run writes to; the others are shared by all runs."""

HISTORY = ("finished", "delivered", "ordered", "stock", "backlog")


class Stopped(Exception):
    """Somebody asked the run to stop."""


class Imbalance(AssertionError):
    """A conservation law was violated: an error of the engine, never of the plant."""


def copy_of(world: World) -> World:
    """A world of its own for one replication."""
    return world._replace(**{name: getattr(world, name).copy() for name in CHANGING})


def grow(world: World, name: str) -> World:
    """The world with twice as many records of a kind."""
    old = getattr(world, name)
    new = np.zeros(2 * len(old), old.dtype).view(np.recarray)
    new[: len(old)] = old
    if name == "part":
        new.next[len(old) :] = np.arange(len(old) + 1, len(new) + 1)
        new.next[-1] = world.clock.free_part[0]
        world.clock.free_part[0] = len(old)
        world.clock.free_parts[0] += len(old)
        world.clock.parts_wanted[0] = 0
    return world._replace(**{name: new})


def listening(world: World) -> World:
    """The world with a log of its own."""
    world.clock.tracing[0] = 1
    lines = LINES_PER_CHUNK + int(world.clock.reserve_log[0])
    return world._replace(log=np.zeros(lines, LOG_RECORD).view(np.recarray))


def flush(world: World, log: Callable[[Any], None] | None) -> None:
    """Hand the trace over as far as it is written, and begin anew."""
    clock = world.clock
    if log is not None and clock.logged[0]:
        log(world.log[: clock.logged[0]])
    clock.logged[0] = 0
    clock.parts_wanted[0] = 0


def advance_to(
    world: World, until: int, stop: Callable[[], bool] | None, log: Callable[[Any], None] | None = None
) -> tuple[World, int]:
    """Advance to a time, growing and flushing arrays as needed: the world and the status that ended it."""
    while True:
        status = advance(world, until, EVENTS_PER_CALL)
        if status == PARTS_FULL:
            world = grow(world, "part")
        elif status == EVENTS_FULL:
            world = grow(world, "event")
        elif status == LOG_FULL:
            flush(world, log)
        elif status in (REACHED, EXHAUSTED):
            return world, status
        if stop is not None and stop():
            raise Stopped


def run(
    world: World,
    *,
    seed: int,
    replication: int,
    until: int,
    warmup: int = 0,
    bin: int = 0,
    stop: Callable[[], bool] | None = None,
    tick: Callable[[float], None] | None = None,
    log: Callable[[Any], None] | None = None,
) -> Outcome:
    """Run one replication of a world to ``until`` [ticks], with statistics from ``warmup`` on.

    Parameters
    ----------
    world
        The lowered plant; it is copied, never changed.
    seed, replication
        Key of all random numbers.
    until, warmup, bin
        End, begin of statistics and width of the history's bins [ticks]; bin 0 keeps no history.
    stop
        Asked every few hundredths of a second; True raises ``Stopped``.
    tick
        Told the fraction done, 0 to 1.
    log
        Handed the trace from tick 0 on, chunk by chunk (``LOG_RECORD``); a chunk is only valid during the call.
    """
    world = copy_of(world)
    world.clock.seed[0] = seed
    world.clock.replication[0] = replication
    if log is not None:
        world = listening(world)
    begin(world)
    for edge in edges(0, warmup, bin):
        world, _ = advance_to(world, edge, stop, log)
        if tick is not None:
            tick(edge / until)
    reset_statistics(world)
    before = opening_balance(world)
    bounds = edges(warmup, until, bin)
    history = empty_history(world, len(bounds) if bin else 0)
    status = REACHED
    for row, edge in enumerate(bounds):
        world, status = advance_to(world, edge, stop, log)
        if bin:
            note(world, history, row)
        if tick is not None:
            tick(edge / until)
    flush(world, log)
    wrong = imbalances(world, before)
    if wrong:
        raise Imbalance("; ".join(wrong))
    return Outcome(world, seed, replication, warmup, until, bin, status, **history)


def edges(start: int, end: int, bin: int) -> list[int]:
    """Ends of the bins from ``start`` to ``end``, the last one perhaps shorter."""
    if end <= start:
        return []
    return [*range(start + bin, end, bin), end] if bin else [end]


def empty_history(world: World, bins: int) -> dict[str, Any]:
    """Room for the history: (T, I) and (T, S) int64."""
    items, stations = len(world.item), len(world.station)
    history = {name: np.zeros((bins, items), np.int64) for name in HISTORY}
    history |= {name: np.zeros((bins, stations), np.int64) for name in ("wip", "queue", "active")}
    return history


def note(world: World, history: dict[str, Any], row: int) -> None:
    """Write the present down as row ``row`` of the history."""
    for name in HISTORY:
        history[name][row] = world.item[name]
    station = world.station
    history["wip"][row] = station.wip
    history["queue"][row] = station.waiting
    since = station.active_since
    history["active"][row] = np.where(since == NONE, NONE, world.clock.now[0] - since)


def warm() -> float:
    """Compile the kernel, or load it from the cache; seconds it took."""
    started = time.perf_counter()
    world = World(
        **{
            name: np.zeros(1 if name in ("clock", "event") else 0, kind).view(np.recarray)
            for name, kind in RECORDS.items()
        },
        link=np.zeros(0, np.int64),
        share=np.zeros(0, np.float64),
        route=np.full((1, 1), NONE, np.int32),
        qualified=np.zeros((1, 1), np.uint8),
        held=np.zeros((0, NEEDS), np.int32),
        state_time=np.zeros((0, COUNTERS), np.int64),
        histogram=np.zeros((0, BINS), np.int64),
        agenda=np.zeros((3, 1), np.int64),
    )
    begin(world)
    reset_statistics(world)
    advance(world, 0, 1)
    return time.perf_counter() - started
