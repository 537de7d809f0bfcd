"""By the year the hours are enough; by the week it shows that packs arrive on five days and channels run on seven."""

import pytest

from plantwright.io.document import load
from plantwright.io.patch import apply, load_patch
from plantwright.study.rough import rough_cut
from plantwright.study.wanted import wanted
from plantwright.study.weekly import weekly

TAIL = """
    plantwright: 1
    name: Day and night
    calendars: {day: {shifts: [Mon-Fri 00:00-24:00]}}
    stations:
      bench: {calendar: day}
      oven: {machines: 7, room: 1000}
    routes:
      part:
        - {op: fit, station: bench, time: 1 h}
        - {op: cure, station: oven, time: 10 h}
    products: {part: {made-by: part}}
    demand: {part: {year: 5000}}
"""


def both(plant):
    asked = wanted(plant)
    rough = rough_cut(plant, asked)
    return rough, weekly(plant, asked, rough)


def test_with_room_for_the_weekend_the_week_agrees_with_the_year(write):
    rough, week = both(write(TAIL))
    # 120 parts arrive in five days, the oven takes 0.7 an hour, 117.6 a week
    assert rough.units_per_year == pytest.approx(0.7 * 8760)
    assert week.units_per_year == pytest.approx(rough.units_per_year, rel=0.01)


def test_without_room_the_oven_stands_empty_on_weekends(write):
    rough, week = both(write(TAIL.replace("room: 1000", "room: 0")))
    # what stands in the oven on Friday night is done on Saturday: hardly more than five days' work
    assert week.units_per_year < 0.8 * rough.units_per_year
    assert "bench" in week.chain


def test_the_buffer_that_the_calendars_need_is_told_beside_the_room_that_is_there(write):
    (need,) = both(write(TAIL.replace("room: 1000", "room: 20")))[1].buffers
    # 5,000 a year are 95.9 a week, which come at 0.799 an hour for 120 h; the oven takes 0.7 an hour
    assert (need.before, need.after, need.room_pieces) == ("bench", "oven", 20)
    assert need.needed_pieces == pytest.approx(120 * (95.9 / 120 - 0.7), abs=1)


@pytest.fixture(scope="module")
def reference(root):
    return load(root / "examples" / "uas-plant")


def test_the_reference_plant_needs_what_its_source_says(reference):
    """reference-plant.md: an input rack of 1,300 packs and an end-test rack of 1,750."""
    buffers = {(need.before, need.after): need for need in both(reference)[1].buffers}
    assert buffers["pot-cure", "capacity-test"].needed_pieces < 1300
    assert buffers["rest", "end-test"].needed_pieces == pytest.approx(1750, rel=0.05)


def test_with_660_rest_places_and_a_rack_of_400_the_week_shows_what_the_year_does_not(root, reference):
    patch = load_patch(root / "examples" / "uas-plant" / "patches" / "660-rest-400-rack.yaml")
    rough, week = both(apply(reference, patch))
    assert rough.units_per_year > 100_000
    assert week.units_per_year == pytest.approx(76_000, rel=0.1)
