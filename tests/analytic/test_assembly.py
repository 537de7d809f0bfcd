"""Measures of a balanced line, by hand and where they have to agree."""

import pytest
from hypothesis import given, strategies as st

from plantwright.analytic.assembly import balance_delay, line_efficiency, shift_loss, smoothness_index

LOADS = st.lists(st.floats(0.0, 10.0), min_size=1, max_size=8)


@given(LOADS)
def test_what_is_not_worked_is_lost(loads):
    assert line_efficiency(loads, 10.0) + balance_delay(loads, 10.0) == pytest.approx(1.0)


@given(LOADS, st.floats(0.1, 10.0))
def test_smoothness_has_the_unit_of_the_times(loads, unit):
    assert smoothness_index([unit * load for load in loads]) == pytest.approx(unit * smoothness_index(loads))


def test_a_line_in_which_all_stations_are_full_is_smooth_and_loses_nothing():
    assert (smoothness_index([5, 5, 5]), balance_delay([5, 5, 5], 5)) == (0.0, 0.0)


def test_a_line_without_stations_has_nothing_to_lose():
    assert (line_efficiency([], 5), balance_delay([], 5), smoothness_index([])) == (0.0, 0.0, 0.0)


def test_only_a_station_that_is_slower_than_the_takt_costs_output():
    assert (shift_loss(9, 10), shift_loss(20, 10), shift_loss(0, 10)) == (0.0, 0.5, 0.0)
