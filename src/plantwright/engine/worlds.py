"""Worlds from Python's side: copies of their own, room for more records, the trace handed over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from plantwright.arrays import LOG_RECORD, RECORDS, World
from plantwright.codes import BINS, COUNTERS, NEEDS, NONE
from plantwright.jit import by_pointer

by_pointer(World)

Log = Callable[[Any], None]
"""Who is handed the trace, chunk by chunk (``LOG_RECORD``); a chunk is only valid during the call."""

LINES_PER_CHUNK = 50_000
"""Lines of the trace that are handed over together, about."""

CHANGING = (
    "clock event station lane machine post lack operation part item release launcher mode calendar crew skill tool "
    "unit carrier vehicle travel conveyor learning offer demand visit held state_time histogram heat agenda"
).split()
"""Arrays that a run writes to, besides the log; the others are shared by all runs."""

FIXED = [name for name in World._fields if name not in (*CHANGING, "log")]
"""Arrays that no run writes to."""


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


def deaf(world: World) -> World:
    """The world without a log."""
    world.clock.tracing[0] = 0
    world.clock.logged[0] = 0
    return world._replace(log=world.log[:0])


def flush(world: World, log: Log | None) -> None:
    """Hand the trace over as far as it is written, and begin anew."""
    clock = world.clock
    if log is not None and clock.logged[0]:
        log(world.log[: clock.logged[0]])
    clock.logged[0] = 0


def empty() -> World:
    """A world in which there is nothing: what the kernel is compiled with."""
    return World(
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
        heat=np.zeros(2, np.int64),
        agenda=np.zeros((3, 1), np.int64),
    )
