"""A run that is told to a file: what becomes of the file."""

from dataclasses import replace

import pytest

from plantwright.compile import lower
from plantwright.study.replicate import Crowd, Lowered, Span, replicate, replications
from plantwright.study.trace import NO_TRACE, keep, listened, traced
from plantwright.units import TICKS_PER_SECOND
from tests.trial import plant_of

SPAN = Span(100 * TICKS_PER_SECOND)
PLANT = """
stations: {a: {}}
routes: {r: [{op: x, station: a, time: 1 s}]}
products: {part: {made-by: r, release: {saturated: true}}}
"""


class Stages:
    """Remembers what it was told, and how much of each stage was done."""

    def __init__(self):
        self.done = {}

    def begin(self, what, total):
        self.what = what
        self.done[what] = 0.0

    def advance(self, work):
        self.done[self.what] += work

    def end(self):
        pass


@pytest.fixture(scope="module")
def lowered():
    plant = plant_of(PLANT)
    return Lowered(plant, lower(plant, mode="as-written", until_s=100))


def told(lowered, path):
    """Two runs of which the first is told, the file still open: file, runs and progress."""
    stages = Stages()
    with traced(path, lowered, seed=1) as file, Crowd(1, stages) as crowd:
        jobs = listened(replications(lowered, SPAN, seed=1), file)
        yield file, replicate(crowd, jobs, what="runs", least=2, most=2), stages


def test_the_first_run_alone_is_told_and_progress_is_shown(lowered, tmp_path):
    for file, runs, stages in told(lowered, tmp_path / "t.xes"):
        # Of each of the 100 parts: entered, started, ended, shelved, its stock; then the machine, idle at first and
        # busy ever after, and the part that enters and is started at second 100.
        assert file.events == 100 * 5 + 2 + 2
        assert keep(file, runs, stages) == ()
    assert (tmp_path / "t.xes").is_file()
    assert stages.done["writing the trace"] == pytest.approx(1.0)


def test_where_the_first_run_was_interrupted_there_is_no_trace_and_that_is_said(lowered, tmp_path):
    for file, runs, stages in told(lowered, tmp_path / "t.json"):
        assert keep(file, [replace(runs[1], replication=1)], stages) == (NO_TRACE,)
    assert list(tmp_path.iterdir()) == []


def test_nobody_asked(lowered):
    with traced(None, lowered, seed=1) as file:
        assert file is None
        assert keep(file, [], Stages()) == ()
