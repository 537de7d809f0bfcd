"""Rough-cut arithmetic against the figures of the reference plant and cases done by hand."""

import numpy as np
import pytest

from plantwright.analytic.flow import buffer_needed, rest_places_needed, rough_cut

HOURS = np.arange(168)
ON_SHIFT = np.where((HOURS // 24 < 5) & (HOURS % 24 >= 6) & (HOURS % 24 < 22), 7.5 / 8.0, 0.0)
ALWAYS = np.ones(168)


def test_the_mix_weighs_the_load_of_each_product():
    """0.6 x 75 + 0.25 x 45 + 0.15 x 90 = 69.75 min of assembly: 116,250 h for 100,000 units."""
    work = np.array([[75.0, 45.0, 90.0]]) / 60.0
    plan = rough_cut(work, [60, 25, 15], hours=[42 * 3_750], efficiency=0.85)
    assert plan.hours_per_unit[0] * 100_000 == pytest.approx(116_250)
    assert plan.units_per_year == pytest.approx(42 * 3_750 * 0.85 / 1.1625)


def test_a_station_without_work_never_binds():
    plan = rough_cut([[0.0], [1.0]], [1.0], hours=[10.0, 100.0])
    assert plan.binding == 1
    assert plan.units.tolist() == [np.inf, 100.0]
    assert plan.load_share.tolist() == [0.0, 1.0]


def test_rest_places_that_the_channels_need():
    assert rest_places_needed(122 / 4, 24) == 732.0


def test_a_level_flow_over_the_weekend_needs_the_weekend_in_stock():
    """168 pieces in five days of 16 h, taken one an hour: +17.6 a day and -8 a night, so 5 x 17.6 - 4 x 8 on Friday."""
    assert buffer_needed(ON_SHIFT * 100, ALWAYS, 168.0, levelled=True) == pytest.approx(5 * 17.6 - 4 * 8.0)


def test_a_faster_downstream_needs_less_room():
    """It works off 1.1 an hour: +16 a day, -8.8 a night: 5 x 16 - 4 x 8.8 = 44.8 pieces."""
    assert buffer_needed(ON_SHIFT * 100, ALWAYS * 1.1, 168.0) == pytest.approx(5 * 16.0 - 4 * 8.8)


def test_the_input_rack_of_the_capacity_test():
    """929.3 packs a day at takt, 30.5 an hour taken: +441.3 a day, -244 a night: 5 x 441.3 - 4 x 244 = 1,230."""
    per_day = 100_000 * 2.3 / 0.99 / 250
    needed = buffer_needed(ON_SHIFT * 100, ALWAYS * 30.5, per_day * 5)
    assert needed == pytest.approx(5 * (per_day - 16 * 30.5) - 4 * 8 * 30.5)
    assert needed < 1_300


def test_equal_calendars_need_no_buffer():
    assert buffer_needed(ON_SHIFT, ON_SHIFT * 2.0, 75.0) == pytest.approx(0.0)


def test_the_start_of_the_week_does_not_matter():
    shifted = [
        buffer_needed(np.roll(ON_SHIFT, hours) * 100, np.roll(ALWAYS, hours) * 1.1, 168.0) for hours in (0, 50, 100)
    ]
    assert shifted == pytest.approx([shifted[0]] * 3)


def test_no_buffer_replaces_missing_hours():
    with pytest.raises(ValueError, match="no buffer helps"):
        buffer_needed([1.0, 1.0], [1.0, 0.0], 2.0)
