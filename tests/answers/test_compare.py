import pytest

import plantwright as pw
from plantwright.answers.compare import changes

YEAR = 261 * 8 * 15


def row(answer, name):
    return next(found for found in answer.rows if found.name == name)


def test_a_plant_does_not_differ_from_itself(bench):
    answer = pw.compare(bench, bench, effort="quick")
    assert all(found.difference.mean == 0 and not found.distinguishable for found in answer.rows)
    assert "cannot be told apart" in answer.verdict
    assert answer.changes == ()


def test_a_patch_is_compared_with_its_plant(bench):
    answer = pw.compare(bench, {"routes.part.drill.time": "3 min"}, effort="quick")
    units = row(answer, "good units")
    # 20 an hour instead of 15
    assert units.difference.mean == pytest.approx(YEAR / 3, rel=0.001)
    assert units.distinguishable
    assert answer.changes == ("routes.part.drill.time: 4 min -> 3 min",)
    assert "more" in answer.verdict


def test_paired_runs_tell_small_differences(bench):
    """Two per cent under breakdowns that make a year vary by more."""
    down = {
        "stations.drill.failures": [{"name": "bit", "uptime": "exponential(20 h) busy", "repair": "exponential(4 h)"}]
    }
    a = pw.apply(bench, down)
    answer = pw.compare(a, {"routes.part.drill.time": "3.92 min"}, effort="quick")
    units = row(answer, "good units")
    assert units.distinguishable
    assert units.difference.half_width < units.a.half_width


def test_units_in_process_that_the_plants_themselves_limit_are_compared_as_written(bench, moment):
    plant = pw.apply(bench, {"products.part.conwip": 1})
    answer = pw.compare(plant, {"products.part.conwip": 50}, effort=moment)
    # alone in the plant, a part takes 6 min; with others before the drill, 4 min
    assert row(answer, "good units").difference.mean == pytest.approx(YEAR - 261 * 8 * 10, rel=0.02)


def test_one_and_two_workers_give_the_same_bytes(bench, moment):
    noisy = pw.apply(bench, {"routes.part.drill.time": "exponential(4 min)"})
    change = {"stations.drill.room": 9}
    one, two = (pw.compare(noisy, change, effort=moment, workers=workers).to_json() for workers in (1, 2))
    assert one == two


def test_a_section_that_is_removed_is_told_by_what_was_in_it(bench):
    crewed = bench.replace(crews={"night": {"skills": ["mill"], "people": 2}, "day": {"skills": ["mill"], "people": 1}})
    assert changes(crewed, bench) == ["crews: night, day -> not written"]
    assert changes(bench, crewed) == ["crews: not written -> night, day"]
