"""The trace: every line worked out by hand, and the same lines whatever the size of the chunks."""

import numpy as np
import pytest

from plantwright import codes
from plantwright.codes import NONE
from plantwright.compile import lower
from plantwright.engine import run as engine, worlds
from tests.trial import plant_of

TWO_MACHINES = """
stations: {a: {}, b: {room: 0}}
routes: {r: [{op: x, station: a, time: 1 s}, {op: y, station: b, time: 2 s}]}
products: {part: {made-by: r, release: {saturated: true}}}
"""
SECOND = 1_000_000


def traced(document, until_s):
    problem = lower(plant_of(document), mode="as-written", until_s=until_s)
    chunks = []
    engine.run(
        problem.world, seed=1, replication=0, until=until_s * SECOND, log=lambda chunk: chunks.append(chunk.copy())
    )
    return chunks


def test_a_blocked_part_of_two_machines():
    lines = [tuple(int(value) for value in line) for line in np.concatenate(traced(TWO_MACHINES, 2))]
    idle, busy, blocked = codes.IDLE, codes.BUSY, codes.BLOCKED
    assert lines == [
        (0, codes.STATE, NONE, 0, NONE, idle),
        (0, codes.STATE, NONE, 1, NONE, idle),
        (0, codes.ENTERED, 0, 0, 0, 1),
        (0, codes.STARTED, 0, 0, 0, 1),
        (0, codes.STATE, NONE, 0, idle, busy),
        (SECOND, codes.ENDED, 0, 0, 0, 1),
        (SECOND, codes.JOINED, 0, 1, 1, 1),
        (SECOND, codes.STARTED, 0, 1, 1, 1),
        (SECOND, codes.STATE, NONE, 1, idle, busy),
        (SECOND, codes.ENTERED, 1, 0, 0, 1),
        (SECOND, codes.STARTED, 1, 0, 0, 1),
        (2 * SECOND, codes.ENDED, 1, 0, 0, 1),
        (2 * SECOND, codes.BLOCKED_BY, 1, 1, 1, 1),
        (2 * SECOND, codes.STATE, NONE, 0, busy, blocked),
    ]


@pytest.mark.parametrize("lines", [1, 7, 100])
def test_chunks_of_any_size_tell_the_same(monkeypatch, lines):
    whole = np.concatenate(traced(TWO_MACHINES, 500))
    monkeypatch.setattr(worlds, "LINES_PER_CHUNK", lines)
    chunks = traced(TWO_MACHINES, 500)
    assert len(chunks) > len(whole) // 2000
    assert np.array_equal(np.concatenate(chunks), whole)


def test_a_log_that_is_full_asks_for_no_more_parts(monkeypatch):
    """Of a group that arrives, some may not enter before the log is handed over: that is no pool that is empty."""
    monkeypatch.setattr(worlds, "LINES_PER_CHUNK", 1)
    groups = """
    stations: {a: {}}
    routes: {r: [{op: x, station: a, time: 1 s}]}
    products: {part: {made-by: r, release: {every: 10 s, group: 5}}}
    """
    problem = lower(plant_of(groups), mode="as-written", until_s=500)
    asked = {"seed": 1, "replication": 0, "until": 500 * SECOND}
    deaf, heard = engine.run(problem.world, **asked), engine.run(problem.world, **asked, log=lambda chunk: None)
    assert len(heard.world.part) == len(deaf.world.part)
