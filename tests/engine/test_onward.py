"""The short cut of plain parts changes nothing: not a line of the trace, not a bit of any account."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from plantwright.codes import NONE
from plantwright.compile import lower
from plantwright.engine import run as engine
from plantwright.io.document import load
from plantwright.model.plant import Plant

ROOT = Path(__file__).parents[2]
LINE = ROOT / "examples" / "line.yaml"
PLANTS = [
    LINE,
    *sorted((ROOT / "benchmarks" / "peers").glob("*.yaml")),
    *sorted((ROOT / "tests" / "plants").rglob("*.yaml")),
]
SECOND = 1_000_000
UNTIL_S = 300


TIMES = st.sampled_from(["1 s", "500 ms", "2 s", "exponential(0.8 s)", "exponential(0.4 s)"])
JUDGED = st.sampled_from(
    [
        {},
        {"good": "80 %"},
        {"good": "70 %", "else": {"to": "repair"}},
        {"good": ["60 %", "80 %"], "else": {"to": "repair", "tries": 1}},
        {"good": "60 %", "else": {"to": "repair", "tries": 2, "then": "pack"}},
    ]
)
RELEASES = st.sampled_from([{"saturated": True}, {"every": "exponential(1 s)"}, {"conwip": 3}])


@st.composite
def assemblies(draw):
    """Two feeders with shelves, an assembly, a test with repairs, packing; stations in any order."""
    room, time = st.integers(1, 3), TIMES
    names = draw(st.permutations(["cut", "bend", "mill", "join", "test", "bench", "pack"]))
    stations = {name: {"room": draw(room), "machines": draw(st.sampled_from([1, 1, 1, 2]))} for name in names}
    del stations["bench"]["room"]  # or test and bench could wait for each other
    saturated = {"saturated": True}
    return Plant.model_validate(
        {
            "plantwright": 1,
            "name": "Feeders, assembly, test and repair",
            "stations": stations,
            "items": {
                "frame": {"made-by": "frame", "room": draw(room) + 1, "release": saturated},
                "block": {"made-by": "block", "room": draw(room) + 1, "release": saturated},
            },
            "routes": {
                "frame": [
                    {"op": "cut", "station": "cut", "time": draw(time)},
                    {"op": "bend", "station": "bend", "time": draw(time)},
                ],
                "block": [{"op": "mill", "station": "mill", "time": draw(time)}],
                "part": [
                    {
                        "op": "join",
                        "station": "join",
                        "time": draw(time),
                        "uses": {"frame": 1, "block": draw(st.integers(1, 2))},
                    },
                    {"op": "test", "station": "test", "time": draw(time), **draw(JUDGED)},
                    {"op": "repair", "station": "bench", "time": draw(time), "side": True, "then": "test"},
                    {"op": "pack", "station": "pack", "time": draw(time)},
                ],
            },
            "products": {"part": {"made-by": "part", "release": draw(RELEASES)}},
        }
    )


def run(plant, *, by_the_book):
    problem = lower(plant, mode="as-written", until_s=UNTIL_S)
    problem.world.clock.by_the_book[0] = by_the_book
    chunks = []
    outcome = engine.run(
        problem.world, seed=7, replication=0, until=UNTIL_S * SECOND, log=lambda chunk: chunks.append(chunk.copy())
    )
    return outcome.world._asdict(), np.concatenate(chunks)


def nothing_changes(plant):
    swift, swift_log = run(plant, by_the_book=0)
    slow, slow_log = run(plant, by_the_book=1)
    assert np.array_equal(swift_log, slow_log)
    for world in (swift, slow):  # whom a machine that is busy now stood before when it was idle says nothing
        world["machine"].next_idle[world["machine"].is_idle == 0] = NONE
    for name in ("event", "lane", "machine", "part", "item", "release", "state_time", "histogram", "mode", "crew"):
        assert np.array_equal(swift[name], slow[name]), name
    for name in ("missing", "machines", "area"):
        assert np.array_equal(swift["lack"][name], slow["lack"][name]), name


@pytest.mark.parametrize("path", PLANTS, ids=lambda path: path.stem)
def test_nothing_changes(path):
    nothing_changes(load(path))


@given(plant=assemblies())
@settings(max_examples=60, deadline=None)
def test_nothing_changes_in_assemblies_whatever_they_are(plant):
    nothing_changes(plant)


def test_the_line_takes_it():
    world, _ = run(load(LINE), by_the_book=0)
    assert world["operation"].onward.all() and world["station"].alone.all()
    assert not run(load(LINE), by_the_book=1)[0]["operation"].onward.any()


def test_a_test_takes_it_and_a_repair_does_not():
    world, _ = run(load(ROOT / "benchmarks" / "peers" / "d.yaml"), by_the_book=0)
    assert world["operation"].onward.tolist() == [1] * 11 + [0]
