"""Lines of Otto, Otto and Scholl with published ranges of the fewest stations; skipped where they are not at hand."""

import pytest

from benchmarks.balance import FOLDER, known, read
from plantwright.optimise.balance import balance
from plantwright.optimise.balance.check import faults

pytestmark = pytest.mark.skipif(not (FOLDER / "salbp").is_dir(), reason="the public instances are not here")


@pytest.mark.parametrize("family", ["otto50", "otto100"])
@pytest.mark.parametrize("index", [4, 9, 12, 19])
def test_a_published_line_is_proven_within_its_range(family, index):
    instance = known(family)[index]
    problem = read(FOLDER / "salbp" / instance.name)
    found = balance(problem)
    assert faults(problem, found) == ()
    assert found.is_proven
    assert instance.lower <= found.stations <= instance.upper
