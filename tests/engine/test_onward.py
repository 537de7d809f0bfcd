"""The short cut of plain parts changes nothing: not a line of the trace, not a bit of any account."""

from pathlib import Path

import numpy as np
import pytest

from plantwright.compile import lower
from plantwright.engine import run as engine
from plantwright.io.document import load

ROOT = Path(__file__).parents[2]
LINE = ROOT / "examples" / "line.yaml"
PLANTS = [
    LINE,
    *sorted((ROOT / "benchmarks" / "peers").glob("*.yaml")),
    *sorted((ROOT / "tests" / "plants").rglob("*.yaml")),
]
SECOND = 1_000_000
UNTIL_S = 300


def run(path, *, by_the_book):
    problem = lower(load(path), mode="as-written", until_s=UNTIL_S)
    problem.world.clock.by_the_book[0] = by_the_book
    chunks = []
    outcome = engine.run(
        problem.world, seed=7, replication=0, until=UNTIL_S * SECOND, log=lambda chunk: chunks.append(chunk.copy())
    )
    return outcome.world._asdict(), np.concatenate(chunks)


@pytest.mark.parametrize("path", PLANTS, ids=lambda path: path.stem)
def test_nothing_changes(path):
    swift, swift_log = run(path, by_the_book=0)
    slow, slow_log = run(path, by_the_book=1)
    assert np.array_equal(swift_log, slow_log)
    for name in ("event", "lane", "machine", "part", "item", "release", "state_time", "histogram", "mode", "crew"):
        assert np.array_equal(swift[name], slow[name]), name


def test_the_line_takes_it():
    world, _ = run(LINE, by_the_book=0)
    assert world["operation"].onward.all() and world["station"].alone.all()
    assert not run(LINE, by_the_book=1)[0]["operation"].onward.any()
