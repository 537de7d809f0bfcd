import pytest

from plantwright.io.patch import apply
from plantwright.study.release import planned_flow_time, work_in_process
from plantwright.study.wanted import wanted


def test_a_given_limit_is_kept(bench):
    plant = apply(bench, {"products.part.conwip": 7})
    assert work_in_process(plant, wanted(plant), units_per_year=24_000) == {"part": 7}


def test_the_default_is_littles_law_with_a_reserve(bench):
    # 6 min of work on 40 of 168 hours are 0.42 h; three times that and 72 h, and two units for each machine
    hours = 3 * 0.1 * 168 / 40 + 72
    expected = 24_000 / 8766 * hours + 4
    (units,) = work_in_process(bench, wanted(bench), units_per_year=24_000).values()
    assert units == pytest.approx(expected, abs=1)


def test_parts_that_move_together_enter_together(bench):
    plant = apply(bench, {"products.part.moves-as": 40})
    (units,) = work_in_process(plant, wanted(plant), units_per_year=24_000).values()
    assert units % 40 == 0


def test_a_product_with_a_release_of_its_own_has_no_such_limit(endless):
    assert work_in_process(endless, wanted(endless), units_per_year=1e6) == {}


def test_side_operations_are_no_part_of_the_planned_flow(bench):
    route = bench.routes["part"]
    mend = route[0].model_copy(update={"op": "mend", "side": True})
    assert planned_flow_time(bench, (*route, mend)) == planned_flow_time(bench, route)
