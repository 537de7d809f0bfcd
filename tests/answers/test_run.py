import pytest

import plantwright as pw


@pytest.fixture
def answer(bench, moment):
    return pw.run(bench, effort=moment, seed=1)


def test_all_answers_rest_on_the_same_runs(answer):
    assert answer.capacity.units_per_year == answer.bottleneck.units_per_year
    assert answer.verdict == answer.capacity.verdict


def test_a_report_is_no_part_of_the_answer(answer):
    assert answer.report is None


def test_what_has_no_data_is_named_with_the_reason(write, moment):
    plant = write("""
        plantwright: 1
        name: No demand
        stations: {m: {}}
        routes: {part: [{op: work, station: m, time: 1 h}]}
        products: {part: {made-by: part, release: {saturated: true}}}
    """)
    answer = pw.run(plant, effort=moment)
    assert "demand" in answer.not_answered["deliveries"]
    assert answer.capacity.p_meet_target.estimate is None


def test_one_and_two_workers_give_the_same_bytes(bench, moment):
    one, two = (pw.run(bench, effort=moment, workers=workers).to_json() for workers in (1, 2))
    assert one == two
