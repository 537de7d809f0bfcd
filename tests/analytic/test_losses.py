"""The waterfall adds up, names every gap, and hides none in a remainder."""

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from plantwright.analytic.losses import WorkedHours, loss_waterfall

# One station, 1,000 scheduled hours, half an hour a unit: 2,000 units if nothing is ever lost.
LOST = {"availability": 100.0, "setup": 50.0, "starved": 40.0, "blocked": 10.0}
BUSY = 800.0
# 1,560 pieces at nominal take 780 of the 800 busy hours; 60 were second passes, 45 were scrapped; 1,450 left.
WORKED = WorkedHours(nominal=780.0, repeated=30.0, scrapped=22.5, in_good_units=725.0)


def station(**changes):
    arguments = {"worked": WORKED, "hours_per_unit": 0.5, "good_units": 1_450.0, **changes}
    return loss_waterfall(LOST, BUSY, **arguments)


def by_name(fall):
    return {line.name: line.units for line in fall.lines}


def test_every_line_is_its_hours_over_the_hours_of_a_unit():
    fall = station()
    assert fall.start.units == 2_000.0
    assert by_name(fall) == {
        "availability": -200.0,
        "setup": -100.0,
        "starved": -80.0,
        "blocked": -20.0,
        "speed": -40.0,  # 20 h more than nominal
        "rework and re-tests": -60.0,
        "yield": -45.0,
        "unexplained": -5.0,  # 1,455 pieces passed, 1,450 left: five more in stock
        "mix": 0.0,
    }
    assert fall.good_units == 1_450.0
    assert fall.unexplained == -5.0


def test_a_mix_of_heavier_units_counts_fewer_of_them():
    """725 h of work left the plant in 1,400 units of 0.518 h instead of 1,450 of 0.5 h."""
    assert by_name(station(good_units=1_400.0))["mix"] == -50.0


def test_an_uneven_line_starts_from_what_an_even_one_could_make():
    fall = station(even_hours_per_unit=0.4)
    assert fall.start.units == 2_500.0
    assert by_name(fall)["balance"] == -500.0


def test_a_start_at_the_rough_cut_shows_the_reserve_it_planned_with():
    fall = station(start=("rough cut", 1_700.0))
    assert (fall.start.name, fall.start.units) == ("rough cut", 1_700.0)
    assert fall.lines[0].name == "planned reserve"
    assert fall.lines[0].units == 300.0


def test_a_leak_in_the_counts_shows_as_unexplained():
    leaking = replace(WORKED, in_good_units=700.0)
    assert station(worked=leaking, good_units=1_400.0).unexplained == -55.0


def test_states_that_do_not_fill_the_scheduled_time_move_the_start_not_a_line():
    short = loss_waterfall({"availability": 100.0}, BUSY, worked=WORKED, hours_per_unit=0.5, good_units=1_450.0)
    assert short.start.units == 1_800.0


hours = st.floats(0.0, 1e6)


@given(
    lost=st.lists(hours, max_size=6),
    busy=hours,
    worked=st.builds(WorkedHours, hours, hours, hours, hours),
    hours_per_unit=st.floats(1e-3, 1e3),
    good_units=st.floats(0.0, 1e6),
    start=st.none() | st.tuples(st.just("takt"), st.floats(0.0, 1e6)),
)
def test_the_lines_always_sum_exactly(lost, busy, worked, hours_per_unit, good_units, start):
    named = {f"loss {index}": value for index, value in enumerate(lost)}
    fall = loss_waterfall(named, busy, worked=worked, hours_per_unit=hours_per_unit, good_units=good_units, start=start)
    assert fall.start.tenths + sum(line.tenths for line in fall.lines) == fall.good_units_tenths
    assert fall.good_units == pytest.approx(good_units, abs=0.05 + 1e-6)
