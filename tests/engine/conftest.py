import numpy as np
import pytest

from plantwright.arrays import RECORDS
from plantwright.engine.worlds import empty


@pytest.fixture(scope="session")
def blank():
    """A maker of worlds that hold nothing: ``blank(event=8)`` has eight blank event records."""

    def make(*, share=(), **records):
        held = {name: np.zeros(count, RECORDS[name]).view(np.recarray) for name, count in records.items()}
        return empty()._replace(share=np.array(share, np.float64), **held)

    return make
