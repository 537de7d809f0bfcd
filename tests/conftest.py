"""What holds for every test: settings, a small plant whose answers can be worked out by hand, and a moment's effort."""

from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import HealthCheck, settings

from plantwright.io.document import load
from plantwright.model.plant import Plant
from plantwright.study.effort import Effort
from plantwright.study.replicate import Crowd

ROOT = Path(__file__).resolve().parent.parent

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

NOISY = """
    plantwright: 1
    name: Noisy
    stations: {a: {}, b: {room: 3}}
    items: {part: {made-by: part, release: {saturated: true}}}
    routes:
      part:
        - {op: a, station: a, time: exponential(1 s)}
        - {op: b, station: b, time: exponential(1 s)}
"""

# Examples are the same in every run, so that a change cannot fail on somebody else's luck; the first call of a kernel
# compiles it, which no deadline allows for.
settings.register_profile("plantwright", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("plantwright")


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout: where examples, docs and the Makefile are."""
    return ROOT


@pytest.fixture(scope="session")
def write(tmp_path_factory):
    """Loads a document written in the test."""

    def written(text: str) -> Plant:
        path = tmp_path_factory.mktemp("written") / "plant.yaml"
        path.write_text(dedent(text), encoding="utf-8")
        return load(path)

    return written


@pytest.fixture(scope="session")
def text_of_bench() -> str:
    """The document of the bench."""
    return BENCH


@pytest.fixture(scope="session")
def bench(write) -> Plant:
    """A saw of 2 min and a drill of 4 min on one shift."""
    return write(BENCH)


@pytest.fixture(scope="session")
def text_of_noisy() -> str:
    """The document of the noisy plant."""
    return NOISY


@pytest.fixture(scope="session")
def noisy(write) -> Plant:
    """Two machines with exponential times, never short of work."""
    return write(NOISY)


@pytest.fixture(scope="session")
def endless(write) -> Plant:
    """One machine that makes a part a second, round the clock, never short of work."""
    return write("""
        plantwright: 1
        name: Endless
        stations: {m: {}}
        routes: {part: [{op: work, station: m, time: 1 s}]}
        products: {part: {made-by: part, release: {saturated: true}}}
    """)


@pytest.fixture
def moment() -> Effort:
    """Budgets of a second."""
    return MOMENT


@pytest.fixture
def crowd():
    """One worker."""
    with Crowd(1) as found:
        yield found
