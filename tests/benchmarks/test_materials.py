"""The benchmark of lots reads the files as they are meant and adds plans up itself."""

from dataclasses import replace

import pytest

from benchmarks import big_m, materials
from plantwright.optimise.lots import plan

FILE = """
    2    3
    1
   30
 1.00 1.00   2.   10.
 2.00 0.50   3.   20.
    0    5
   10    0
    6    4
  Bi   hi   su   su
"""


@pytest.fixture
def instance(tmp_path):
    """Two items, three periods of 30: 5 of the second are wanted first, then 10 of the first, then 6 and 4."""
    path = tmp_path / "X"
    path.write_text(FILE, encoding="utf-8")
    return materials.read(path)


def test_a_file_has_a_row_for_each_item_and_then_one_for_each_period(instance):
    problem = materials.problem_of(instance)
    assert problem.demand.tolist() == [[0, 10, 6], [5, 0, 4]]
    assert problem.unit_time.tolist() == [[1, 2]]
    assert problem.holding.tolist() == [1, 0.5]
    assert (problem.setup_time.tolist(), problem.setup_cost.tolist()) == ([[2, 3]], [10, 20])
    assert problem.capacity.tolist() == [[30, 30, 30]]


def test_plans_are_added_up_from_the_file(instance):
    """All of the second item at once would cost 4 held for two periods, 4, instead of 20; the first item 6 held for 6
    instead of 10: 10 + 20 + 4 + 6 = 40, in 5 x 2 + 4 x 2 + 3 = 21 and 16 + 2 = 18 of the time.
    """
    found = plan(materials.problem_of(instance))
    assert materials.cost_again(instance, found) == pytest.approx(40.0)
    assert found.cost == pytest.approx(40.0)
    with pytest.raises(AssertionError, match="item 0 lacks"):
        materials.cost_again(instance, replace(found, started=0.9 * found.started))
    with pytest.raises(AssertionError, match="period 0 takes"):
        materials.cost_again(instance, replace(found, started=2.0 * found.started))


def test_the_textbook_formulation_has_the_same_optimum(instance):
    answer = big_m.gap(instance, 10.0, threads=1)
    assert answer["big_m_cost"] == pytest.approx(40.0)
    assert answer["big_m_gap_percent"] == pytest.approx(0.0, abs=0.02)
