import datetime as dt

import pytest

from benchmarks.settling import PILOT_ONLY, settlements
from plantwright.study.effort import EFFORTS
from plantwright.study.replicate import DAY, Job
from plantwright.study.year import LEAST_WARMUP, WEEK, per_working_time, prepare


@pytest.fixture
def year(bench, crowd):
    return prepare(bench, EFFORTS["quick"], seed=1, crowd=crowd)


def test_the_measured_year_is_the_plants_first_year_to_the_day(year, bench):
    span = year.span(1e9)
    lowered = year.lowered(span)
    started = lowered.plant.from_ + dt.timedelta(days=span.warmup // DAY)
    assert started == bench.from_
    assert span.measured == 365 * DAY


def test_whole_weeks_are_left_out(year):
    assert year.period == WEEK
    assert year.warmup >= LEAST_WARMUP


def test_a_run_that_the_budget_cannot_afford_is_cut_to_whole_weeks(year):
    span = year.span(year.moves_per_year / 2)
    assert span.measured % WEEK == 0
    assert year.moves(span) <= year.moves_per_year / 2


def test_the_part_moves_of_a_year_are_those_of_its_output(year):
    # 31,320 parts on two machines
    assert year.moves_per_year == pytest.approx(2 * 31_320, rel=0.05)


def test_one_run_of_a_deterministic_plant_makes_the_arithmetic(year, crowd):
    span = year.span(1e9)
    (run,) = crowd.run([Job(lambda: year.lowered(span), span, 1, 0)], "year")
    assert year.total(run) == pytest.approx(31_320, abs=2)


def test_a_plant_without_calendars_has_periods_that_the_pilot_can_afford(endless, crowd, moment):
    year = prepare(endless, moment, seed=1, crowd=crowd)
    # 20,000 part moves in 40 periods of a part a second
    assert year.period == 500 * 1_000_000
    assert year.conwip == {}


def test_a_product_with_only_a_target_is_made_too(write, crowd, moment):
    plant = write("""
        plantwright: 1
        name: Target only
        target: 1000
        stations: {m: {}}
        routes: {part: [{op: work, station: m, time: 10 min}]}
        products: {part: {made-by: part}}
    """)
    year = prepare(plant, moment, seed=1, crowd=crowd)
    span = year.span(1e6)
    (run,) = crowd.run([Job(lambda: year.lowered(span), span, 1, 0)], "year")
    assert year.total(run) == pytest.approx(6 * 8760, rel=0.001)


@pytest.mark.parametrize("settlement", settlements(), ids=lambda each: each.id)
def test_the_filling_of_the_plant_is_left_out_and_a_season_is_not(settlement, crowd):
    year = prepare(settlement.document(), PILOT_ONLY, seed=1, crowd=crowd)
    assert year.warmup == settlement.weeks
    assert year.notes == ()


def test_a_week_with_a_holiday_is_no_odd_week(write):
    plant = write("""
        plantwright: 1
        name: Holidays
        sites: {here: {holidays: [2027-01-06]}}
        calendars: {day: {shifts: [Mon-Fri 08:00-16:00]}}
        stations: {m: {calendar: day}}
        routes: {part: [{op: work, station: m, time: 1 min}]}
        products: {part: {made-by: part}}
        demand: {part: {year: 1000}}
    """)
    # four days of 8 h in the first week, five in the second
    assert per_working_time(plant, [32.0, 40.0], "m", period=WEEK) == [1.0, 1.0]
