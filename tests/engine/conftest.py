import numpy as np
import pytest

from plantwright.arrays import BINS, COUNTERS, NEEDS, NONE, RECORDS, World
from plantwright.engine import run  # noqa: F401  (makes World known to numba)


@pytest.fixture(scope="session")
def blank():
    """A maker of worlds that hold nothing: ``blank(event=8)`` has eight blank event records."""

    def make(*, share=(), **records):
        counts = {"clock": 1, "event": 1, **records}
        return World(
            **{name: np.zeros(counts.get(name, 0), kind).view(np.recarray) for name, kind in RECORDS.items()},
            link=np.zeros(0, np.int64),
            share=np.array(share, np.float64),
            route=np.full((1, 1), NONE, np.int32),
            qualified=np.zeros((1, 1), np.uint8),
            held=np.zeros((0, NEEDS), np.int32),
            state_time=np.zeros((0, COUNTERS), np.int64),
            histogram=np.zeros((0, BINS), np.int64),
            agenda=np.zeros((3, 1), np.int64),
        )

    return make
