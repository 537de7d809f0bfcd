import doctest

import pytest
from hypothesis import given, strategies as st

from plantwright.report import scale
from plantwright.report.scale import Scale, axis, ticks, zoom

NUMBERS = st.floats(-1e9, 1e9, allow_nan=False)


def test_the_examples_in_the_docstrings_hold():
    found = doctest.testmod(scale)
    assert (found.attempted, found.failed) == (2, 0)


@given(st.lists(NUMBERS, min_size=1, max_size=8))
def test_an_axis_covers_its_values_between_its_own_ends(values):
    drawn, marks = axis(values, 10.0, 200.0)
    assert marks == sorted(set(marks))
    for value in values:
        assert 10.0 - 1e-6 <= drawn(value) <= 200.0 + 1e-6


@given(st.lists(NUMBERS, min_size=1, max_size=8))
def test_a_close_up_keeps_all_values_and_labels_only_what_it_shows(values):
    drawn, marks = zoom(values, 0.0, 100.0)
    assert all(-1e-6 <= drawn(value) <= 100.0 + 1e-6 for value in [*values, *marks])


def test_steps_are_one_two_two_and_a_half_or_five():
    assert ticks(0, 10, 5) == [0, 2, 4, 6, 8, 10]
    assert ticks(90, 104, 6) == [90, 92.5, 95, 97.5, 100, 102.5, 105]


def test_a_value_outside_is_held_at_the_end():
    drawn = Scale(0.0, 1.0, 0.0, 50.0)
    assert (drawn.within(-3.0), drawn.within(0.5), drawn.within(7.0)) == (0.0, 25.0, 50.0)


@pytest.mark.parametrize("value", [0.0, 5.0, -3.0])
def test_a_single_value_still_has_an_axis(value):
    drawn, marks = axis([value], 0.0, 100.0)
    assert len(marks) >= 2
    assert 0.0 <= drawn(value) <= 100.0
