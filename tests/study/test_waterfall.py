"""From takt to good units: every line can be worked out by hand for a plant without luck."""

import math

import pytest

from plantwright.study.effort import EFFORTS
from plantwright.study.session import Session
from plantwright.study.waterfall import reconciliation, waterfall

SAMPLER = """
    plantwright: 1
    name: One of each loss
    calendars: {day: {shifts: [Mon-Fri 08:00-16:00]}}
    stations:
      drill: {calendar: day, room: 3, failures: [{name: bit, uptime: 50 operations, repair: 30 min}]}
      wash: {calendar: day, room: 1}
    routes:
      part:
        - {op: drill, station: drill, time: 4 min, good: 90 %}
        - {op: wash, station: wash, time: 1 min, good: 98 %, else: {to: wash, tries: 3}}
    products: {part: {made-by: part}}
    demand: {part: {year: 10 000}}
"""


@pytest.fixture
def session(write, crowd):
    return Session(write(SAMPLER), EFFORTS["quick"], 1, crowd)


@pytest.fixture
def lines(session):
    return waterfall(session.year, session.runs, "drill")


def by_kind(lines, kind):
    return math.fsum(line.units_per_year for line in lines if line.kind == kind)


def test_the_lines_add_up_exactly(lines):
    tenths = [round(10 * line.units_per_year) for line in lines[:-1]]
    assert sum(tenths) == round(10 * lines[-1].level_after)
    level = 0
    for line, units in zip(lines[:-1], tenths, strict=True):
        level += units
        assert round(10 * line.level_after) == level


def test_it_begins_with_the_takt_and_ends_with_the_good_units(session, lines):
    assert lines[0].units_per_year == pytest.approx(261 * 8 * 15, abs=0.1)
    assert lines[-1].level_after == pytest.approx(session.units_per_year.mean, abs=0.1)


def test_breakdowns_take_their_share(lines):
    """Half an hour of every 50 x 4 min + 30 min."""
    assert by_kind(lines, "availability") == pytest.approx(-31_320 * 30 / 230, rel=0.02)


def test_scrap_takes_a_tenth_of_what_is_left(lines):
    assert by_kind(lines, "yield") == pytest.approx(-31_320 * 200 / 230 * 0.1, rel=0.03)


def test_what_the_counts_do_not_explain_is_small(lines):
    assert abs(by_kind(lines, "stocks")) < 0.01 * lines[-1].level_after


def test_the_rough_cut_is_reconciled_line_by_line(session, lines):
    rows = reconciliation(session.year, lines, "drill")
    assert rows[0].units_per_year == pytest.approx(session.year.rough.units_per_year, abs=0.1)
    total = sum(round(10 * row.units_per_year) for row in rows[:-1])
    assert total == round(10 * rows[-1].level_after) == round(10 * lines[-1].level_after)
    # mean breakdowns and mean scrap are in both: nothing is left to explain
    assert all(abs(row.units_per_year) < 0.01 * rows[0].units_per_year for row in rows[1:-1])


def test_a_station_with_an_alternative_answers_for_its_own_share(write, crowd):
    plant = write("""
        plantwright: 1
        name: Old and new
        stations: {old: {}, new: {machines: 2}}
        routes: {part: [{op: cut, station: [new, old], time: 10 min}]}
        products: {part: {made-by: part}}
        demand: {part: {year: 100 000}}
    """)
    session = Session(plant, EFFORTS["quick"], 1, crowd)
    *lines, end = waterfall(session.year, session.runs, "new")
    # three machines make 18 an hour; the two new ones are never idle and nothing is lost
    assert end.level_after == pytest.approx(18 * 8760, rel=0.001)
    assert lines[0].units_per_year == pytest.approx(18 * 8760, rel=0.001)
    assert all(abs(line.units_per_year) < 0.001 * end.level_after for line in lines[1:])
