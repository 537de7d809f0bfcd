"""Small plants whose answers can be worked out by hand, and efforts that take a moment."""

from pathlib import Path
from textwrap import dedent

import pytest

from plantwright.io.document import load
from plantwright.model.plant import Plant
from plantwright.study.effort import Effort
from plantwright.study.replicate import Crowd

MOMENT = Effort("moment", 20_000, 40_000, 60_000, 60_000, 60_000, 60_000, 60_000, 2, 4, 0.01, 8, 6, 2, 2)
"""Budgets of a second."""

BENCH = """
    plantwright: 1
    name: Two machines
    calendars: {day: {shifts: [Mon-Fri 08:00-16:00]}}
    stations:
      saw: {calendar: day}
      drill: {calendar: day, room: 5}
    routes:
      part:
        - {op: saw, station: saw, time: 2 min}
        - {op: drill, station: drill, time: 4 min}
    products: {part: {made-by: part}}
    demand: {part: {year: 24 000}}
"""
"""The drill holds it back: 15 parts an hour on 8 hours of some 261 days, 31,320 a year."""


@pytest.fixture
def write(tmp_path: Path):
    """Loads a document written in the test."""

    def written(text: str, name: str = "plant.yaml") -> Plant:
        path = tmp_path / name
        path.write_text(dedent(text), encoding="utf-8")
        return load(path)

    return written


@pytest.fixture(scope="session")
def text_of_bench() -> str:
    """The document of the bench."""
    return BENCH


@pytest.fixture
def bench(write) -> Plant:
    """A saw of 2 min and a drill of 4 min on one shift."""
    return write(BENCH)


@pytest.fixture
def moment() -> Effort:
    """Budgets of a second."""
    return MOMENT


@pytest.fixture
def crowd():
    """One worker."""
    with Crowd(1) as found:
        yield found
