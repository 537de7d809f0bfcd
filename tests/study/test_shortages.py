"""What stations waited for, over replications: shares of machine time, hours a year, names, order."""

import pytest

from plantwright.results import Missing, Run, Series, StationRun
from plantwright.study.shortages import shortages_at, shortages_of
from tests.trial import plant_of

FRAME, MOTOR = Missing("item", "frame"), Missing("item", "motor")
WELD, JIG = Missing("skill", "weld"), Missing("tool", "jig")
YEAR_H = 365 * 24


@pytest.fixture
def plant():
    """The plant begins on 4 January 2027; the year from there on has 365 days."""
    return plant_of(
        """
        stations: {build: {machines: 2}, press: {}}
        crews: {welders: {skills: [weld], people: 1}}
        skills: {weld: {name: Welding}}
        tools: {jig: {number: 1, name: Frame jig}}
        items: {frame: {name: Cast frame}, motor: {}}
        routes: {}
        """
    )


def run(build, press):
    """A run of 100 s in which machines waited so long for things."""

    def station(machines, waited):
        return StationRun(
            machines=machines,
            state_s={"idle": 100.0 * machines},
            completions=0,
            pieces=0,
            queue_mean=0.0,
            wait_mean_s=0.0,
            wait_mean_s_by_item={},
            wait_quantiles_s={},
            short_of=waited,
        )

    series = Series(1.0, {}, {}, {}, {}, {}, {}, {}, ())
    return Run(1, 0, 0.0, 100.0, 0, {}, {"build": station(2, build), "press": station(1, press)}, {}, series)


def test_shares_are_of_machine_time_and_hours_are_those_of_all_machines_in_a_year(plant):
    runs = [run({FRAME: 30.0, MOTOR: 40.0}, {}), run({FRAME: 50.0}, {WELD: 1.0})]
    frame, motor = shortages_at(plant, runs, "build")
    # frames: 30 and 50 of 200 s; motors: 40 and 0
    assert (frame.kind, frame.key, frame.name, frame.share.mean) == ("item", "frame", "Cast frame", pytest.approx(0.2))
    assert (motor.kind, motor.key, motor.name, motor.share.mean) == ("item", "motor", "motor", pytest.approx(0.1))
    assert frame.hours_per_year.mean == pytest.approx(0.2 * 2 * YEAR_H)
    # Student, one degree of freedom, 95 %: 12.706 standard errors of the mean of 0.15 and 0.25, which is 0.05
    assert frame.share.half_width == pytest.approx(12.706 * 0.05, rel=1e-4)
    assert frame.hours_per_year.half_width == pytest.approx(12.706 * 0.05 * 2 * YEAR_H, rel=1e-4)


def test_of_one_run_nothing_is_known_of_the_interval(plant):
    (frame,) = shortages_at(plant, [run({FRAME: 30.0}, {})], "build")
    assert (frame.share.half_width, frame.hours_per_year.half_width) == (None, None)


def test_the_plant_in_total(plant):
    runs = [run({FRAME: 30.0, JIG: 6.0}, {FRAME: 30.0, WELD: 90.0})]
    total = shortages_of(plant, runs)
    # 300 s of machine time: 90 without welders, 60 without frames, 6 without the jig
    assert [(each.name, each.share.mean) for each in total] == [
        ("Welding", pytest.approx(0.3)),
        ("Cast frame", pytest.approx(0.2)),
        ("Frame jig", pytest.approx(0.02)),
    ]
    assert total[0].hours_per_year.mean == pytest.approx(0.3 * 3 * YEAR_H)


def test_where_nobody_waits_nothing_is_told(plant):
    assert shortages_of(plant, [run({}, {})]) == ()
