"""The fluid week: hand-made cases, and the pack tail of the reference plant, which a year of hours gets wrong."""

import math

import numpy as np
import pytest

from plantwright.analytic.flow import rough_cut
from plantwright.analytic.fluid import Stage
from plantwright.analytic.week import limits_that_bind, rooms_needed, starts_needed, weekly_throughput

WEEKS_OF_FIVE_DAYS = 50  # 250 working days
PACKS_PER_UNIT, PACK_YIELD = 2.3, 0.99
HOURS = np.arange(168)
ON_SHIFT = np.where(
    (HOURS // 24 < 5) & (HOURS % 24 >= 6) & (HOURS % 24 < 22), 7.5 / 8.0, 0.0
)  # two shifts of 7.5 h net
UNLIMITED = np.full(168, np.inf)


def pack_tail(*, rest_places, input_rack):
    """Packs at takt on two-shift days, 122 channels of 4 h, a day of rest, 2 end testers of 60 s on two-shift days."""
    started_per_hour = 100_000 * PACKS_PER_UNIT / PACK_YIELD / 3_750
    return [
        Stage(ON_SHIFT * started_per_hour, room_after=input_rack),
        Stage(UNLIMITED, places=122, residence=4, room_after=0),
        Stage(UNLIMITED, places=rest_places, residence=24, room_after=1_750),
        Stage(ON_SHIFT * 2 * 60, good=PACK_YIELD),
    ]


def units_per_year(stages):
    return weekly_throughput(stages).per_week * WEEKS_OF_FIVE_DAYS / PACKS_PER_UNIT


def test_small_rooms_cost_the_pack_tail_a_quarter_of_the_year():
    assert units_per_year(pack_tail(rest_places=660, input_rack=400)) == pytest.approx(76_000, rel=0.01)


def test_the_planned_rooms_pass_the_full_output_but_for_a_few_per_cent():
    assert units_per_year(pack_tail(rest_places=740, input_rack=1_300)) == pytest.approx(100_000, rel=0.01)


def test_the_year_of_hours_does_not_see_it():
    """660 places of 24 h: 660 x 8,760 / 24 = 240,900 packs a year, enough for 103,700 units."""
    hours_per_unit = np.array([[4.0], [24.0]]) * PACKS_PER_UNIT / PACK_YIELD
    year = rough_cut(hours_per_unit, [1.0], hours=[122 * 8_760, 660 * 8_760])
    assert year.binding == 1
    assert year.units_per_year == pytest.approx(240_900 * PACK_YIELD / PACKS_PER_UNIT)
    assert year.units_per_year > 100_000


def test_the_rooms_that_the_calendars_need_are_those_of_the_plan():
    """The input rack peaks on Friday night, the end-test rack fills over the weekend: 56 h x 30.5 packs."""
    per_week = 100_000 * PACKS_PER_UNIT / WEEKS_OF_FIVE_DAYS
    rack, no_rack, end_rack, _ = rooms_needed(pack_tail(rest_places=740, input_rack=400), per_week)
    assert 1_000 < rack <= 1_300
    assert no_rack == 0.0
    assert end_rack == pytest.approx(56 * 30.5, rel=0.03)


def test_the_input_rack_and_the_rest_places_are_what_binds_the_small_tail():
    """Both lifted alone gain; the testers, used for 0.4 of their shifts, do not."""
    binding = limits_that_bind(pack_tail(rest_places=660, input_rack=400))
    assert [(relaxed.stage, relaxed.limit) for relaxed in binding][:1] == [(0, "room_after")]
    assert (2, "places") in [(relaxed.stage, relaxed.limit) for relaxed in binding]
    assert 3 not in [relaxed.stage for relaxed in binding]


def test_output_grows_with_the_room():
    outputs = [units_per_year(pack_tail(rest_places=740, input_rack=rack)) for rack in (0, 200, 400, 800, 1_300)]
    assert outputs == sorted(outputs)
    assert outputs[0] < outputs[-1]


def test_places_and_stay_limit_the_flow_by_littles_law():
    """10 places of 4 steps pass 10/4 a step, 30 in a week of 12."""
    week = weekly_throughput([Stage([100.0] * 12, room_after=0), Stage([100.0] * 12, places=10, residence=4)])
    assert week.settled
    assert week.per_week == pytest.approx(30.0)
    assert week.used[1] == pytest.approx(1.0)


def test_a_kit_waits_for_its_scarcest_feeder():
    """4 frames and 6 packs a week, two packs a unit: 3 units; the frames pile up to their room of 5."""
    frames = Stage([1.0] * 4, room_after=5, into=2)
    packs = Stage([1.5] * 4, room_after=5, into=2, per=2.0)
    week = weekly_throughput([frames, packs, Stage([10.0] * 4)])
    assert week.per_week == pytest.approx(3.0)
    assert week.highest_stock[0] == pytest.approx(5.0)


def test_yields_multiply_along_the_flow():
    week = weekly_throughput([Stage([10.0] * 4, good=0.9, room_after=0), Stage([100.0] * 4, good=0.5)])
    assert week.per_week == pytest.approx(40 * 0.9 * 0.5)
    assert starts_needed([Stage([1.0], good=0.9), Stage([1.0], good=0.5)], 9.0).tolist() == pytest.approx([20.0, 18.0])


def test_nothing_is_lost_between_stages_of_full_yield():
    """What enters the first stage in the repeating week leaves the last."""
    tail = pack_tail(rest_places=660, input_rack=400)
    week = weekly_throughput(tail)
    started = week.used[0] * np.sum(tail[0].capacity)
    assert week.settled
    assert week.per_week == pytest.approx(started * PACK_YIELD, rel=1e-6)


def test_a_stage_without_enough_hours_is_named():
    with pytest.raises(ValueError, match="stage 1 can start 4 pieces a week, 5 are needed"):
        rooms_needed([Stage([2.0] * 4), Stage([1.0] * 4)], 5.0)


def test_a_stage_feeds_only_later_ones():
    with pytest.raises(ValueError, match="must feed a later one"):
        weekly_throughput([Stage([1.0], into=0), Stage([1.0])])


def test_a_flow_that_never_repeats_itself_says_so():
    """An unlimited stock before a slow machine grows every week."""
    week = weekly_throughput([Stage([2.0]), Stage([1.0])], most_weeks=10)
    assert not week.settled
    assert week.weeks == 10
    assert math.isclose(week.per_week, 1.0)
