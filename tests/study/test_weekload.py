import datetime as dt

import pytest

from plantwright.study.rough import rough_cut
from plantwright.study.wanted import wanted
from plantwright.study.weekload import load_by_week

SEASON = """
    plantwright: 1
    name: Season
    from: 2027-01-04
    target: 3650
    sites: {here: {time-zone: UTC, holidays: [2027-01-13]}}
    calendars:
      day: {shifts: [Mon-Fri 08:00-16:00], exceptions: [{from: 2027-02-01, until: 2027-02-08}]}
    stations:
      saw: {calendar: day}
      oven: {machines: 2, failures: [{name: stop, uptime: exponential(9 h), repair: 1 h}]}
    routes:
      frame:
        - {op: cut, station: saw, time: 2 h}
        - {op: heat, station: oven, time: 9 h}
    products: {frame: {made-by: frame}}
    demand: {frame: {year: 7300, season: {Jul: 50 %}}}
"""


def found(plant):
    asked = wanted(plant)
    return load_by_week(plant, asked, rough_cut(plant, asked))


def test_an_even_demand_takes_the_same_hours_every_week_whatever_hours_it_has(write):
    """70 frames a week: 140 hours of sawing in 40, or in 32 when there is a holiday, or in none."""
    weeks = found(write(SEASON.replace(", season: {Jul: 50 %}", "")))
    assert [week.week for week in weeks[:3]] == ["2027-01-04", "2027-01-11", "2027-01-18"]
    assert len(weeks) == 52
    assert [week.units for week in weeks[:51]] == pytest.approx([70] * 51, abs=0.5)
    saw = [week.load["saw"] for week in weeks]
    assert saw[0] == pytest.approx(140 / 40, rel=0.01)
    assert saw[1] == pytest.approx(140 / 32, rel=0.01)
    assert saw[4] is None


def test_mean_stops_are_counted(write):
    """70 x 9 hours of two ovens that run nine hours of ten, round the clock."""
    (week, *_) = found(write(SEASON.replace(", season: {Jul: 50 %}", "")))
    assert week.load["oven"] == pytest.approx(630 / (2 * 168 * 0.9), rel=0.01)


def test_a_season_falls_on_its_weeks_and_all_of_them_are_the_year(write):
    """Half of 3650 units on the 31 days of July, the other half on 334 days."""
    weeks = found(write(SEASON))
    in_july = next(week for week in weeks if week.week == "2027-07-05")
    assert in_july.units == pytest.approx(7 * 1825 / 31, rel=0.01)
    assert weeks[0].units == pytest.approx(7 * 1825 / 334, rel=0.01)
    assert sum(week.units for week in weeks) == pytest.approx(3650, abs=3)


def test_the_last_week_reaches_to_the_end_of_the_year(write):
    """365 days are 52 weeks and a day: eight days at the end, among them six working days."""
    last = found(write(SEASON.replace(", season: {Jul: 50 %}", "")))[-1]
    assert dt.date.fromisoformat(last.week) + dt.timedelta(days=8) == dt.date(2028, 1, 4)
    assert last.units == pytest.approx(80, abs=0.5)
    assert last.load["saw"] == pytest.approx(160 / 48, rel=0.01)


def test_the_weeks_of_a_year_weigh_as_much_as_the_year(bench):
    asked = wanted(bench)
    rough = rough_cut(bench, asked)
    weeks = load_by_week(bench, asked, rough)
    year = {row.station: row.load_at_target for row in rough.rows}
    # 52 weeks of 5 shifts and one day more; the last week has six of them
    shifts = [5] * 51 + [6]
    for station, load in year.items():
        worked = sum(week.load[station] * count for week, count in zip(weeks, shifts, strict=True))
        assert worked / sum(shifts) == pytest.approx(load, rel=0.005)


def test_without_a_target_there_is_no_load(endless):
    assert found(endless) == ()
