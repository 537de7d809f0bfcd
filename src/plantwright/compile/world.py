"""The arrays of a finished draft, and the empty ones a run needs to begin."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from plantwright.arrays import World
from plantwright.codes import ARRIVALS, BINS, COUNTERS, NEEDS, NONE, UNLIMITED
from plantwright.compile.draft import Draft
from plantwright.compile.rows import blank
from plantwright.compile.stations import MOST_WAITS, qualifications
from plantwright.compile.transport import ways

FEWEST_PARTS, MOST_PARTS = 4096, 65_536
"""Parts in process that there is room for at first; the engine makes room for more."""


def build_world(draft: Draft) -> World:
    """All arrays of a world before its first instant: empty, or with what a state says."""
    histograms = draft.histograms + _number_waits(draft)
    records = {kind: rows.records() for kind, rows in draft.rows.items()}
    size = {kind: len(rows) for kind, rows in draft.rows.items()}
    machines, modes, stations = size["machine"], size["mode"], size["station"]
    events = 4 * (machines + modes + size["release"] + size["demand"] + stations + size["calendar"] + 64)
    events += 2 * size["start"]
    clock = blank("clock", 1)
    clock.now = draft.start
    clock.free_part = size["part"]
    clock.reserve_parts = _largest_group(draft) + 64
    clock.reserve_events = machines + modes + stations + size["conveyor"] + size["vehicle"] + size["unit"] + 256
    clock.reserve_log = 16 * (machines + modes + clock.reserve_parts[0]) + 1024
    agenda = max(stations + size["item"] + size["conveyor"], size["release"] + size["launcher"]) + 8
    records["part"] = _pool(draft, records["part"])
    posts = stations + sum(row["kind"] == ARRIVALS for row in _rows(draft, "release"))
    records["post"] = blank("post", posts)
    return World(
        clock=clock,
        event=blank("event", events),
        link=np.array(draft.links, dtype=np.int64),
        share=np.array(draft.shares, dtype=np.float64),
        route=ways(draft),
        qualified=np.array(qualifications(draft), dtype=np.uint8),
        held=_held(draft, machines + modes + size["vehicle"]),
        state_time=np.zeros((stations + size["carrier"], COUNTERS), dtype=np.int64),
        histogram=np.zeros((histograms, BINS), dtype=np.int64),
        heat=np.zeros(2 << (posts - 1).bit_length(), dtype=np.int64),
        agenda=np.zeros((3, agenda), dtype=np.int64),
        **records,
    )


def _number_waits(draft: Draft) -> int:
    """Give the first stations their histograms of waiting times, after those of the items; how many."""
    count = min(len(draft.stations), MOST_WAITS)
    for station in range(count):
        draft.rows["station"].set(station, wait_histogram=draft.histograms + station)
    return count


def _largest_group(draft: Draft) -> int:
    """Parts that one event may bring at most: a group that arrives, a batch, a lot that is let go."""
    batches = [row["batch_max"] for row in _rows(draft, "station")]
    lots = [max(row["sample_every"], row["transfer"]) for row in _rows(draft, "operation")]
    things = [draft.thing(name) for name in draft.items]
    groups = [round(8 * thing.release.group.mean) for thing in things if thing.release and thing.release.group]
    return max([1, *batches, *lots, *groups])


def _pool(draft: Draft, placed: Any) -> Any:
    """Part records: those that a state has placed, then free ones."""
    pool = blank("part", 2 * len(placed) + _parts(draft))
    pool[: len(placed)] = placed
    return pool


def _held(draft: Draft, rows: int) -> NDArray[np.int32]:
    """The crews that a state says are held, row by row; NONE where nobody is."""
    held = np.full((rows, NEEDS), NONE, dtype=np.int32)
    for row, crews in draft.held.items():
        held[row, : len(crews)] = crews
    return held


def _parts(draft: Draft) -> int:
    """A guess at the parts in process: all rooms and caps full."""
    rooms = [row["room"] for row in _rows(draft, "station") if row["room"] < UNLIMITED]
    caps = [row["cap"] for row in _rows(draft, "release") if row["cap"] < UNLIMITED]
    return int(min(max(FEWEST_PARTS, sum(rooms) + sum(caps) + len(draft.rows["machine"])), MOST_PARTS))


def _rows(draft: Draft, kind: str) -> list[dict[str, int]]:
    return [draft.rows[kind][index] for index in range(len(draft.rows[kind]))]
