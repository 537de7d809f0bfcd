"""The small examples: they check clean, stay small, and carry the load that their comments promise."""

import pytest

from plantwright.io.document import examine
from plantwright.model.flows import target_amounts
from plantwright.model.load import skill_hours, skill_loads, station_hours, station_loads

EXAMPLES = ["bench.yaml", "line.yaml", "bakery"]


@pytest.fixture(scope="module", params=EXAMPLES)
def found(request, root):
    return examine(root / "examples" / request.param)


def test_it_has_neither_errors_nor_warnings(found):
    plant, findings = found
    assert plant is not None
    assert findings == ()


def test_no_station_and_nobody_is_asked_for_more_than_it_has(found):
    plant, _ = found
    wanted = target_amounts(plant)
    for name, load in station_loads(plant, wanted).items():
        assert load <= 0.9 * station_hours(plant, plant.stations[name]), name
    present = skill_hours(plant)
    for skill, load in skill_loads(plant, wanted).items():
        assert load <= 0.9 * present[skill], skill


def test_the_bench_is_a_dozen_lines(root):
    lines = (root / "examples" / "bench.yaml").read_text("utf-8").splitlines()
    assert len([line for line in lines if not line.startswith("#")]) <= 13


def test_the_line_is_ten_exponential_machines_with_room_for_five_between_them(root):
    plant, _ = examine(root / "examples" / "line.yaml")
    assert plant is not None
    assert [station.room for station in plant.stations.values()] == [None] + [5] * 9
    assert {station.blocking for station in plant.stations.values()} == {"after"}
    assert {str(operation.law) for operation in plant.routes["line"]} == {"exponential(1 s)"}


def test_the_ovens_of_the_bakery_are_its_busiest_station(root):
    plant, _ = examine(root / "examples" / "bakery")
    assert plant is not None
    loads = station_loads(plant, target_amounts(plant))
    shares = {name: load / station_hours(plant, plant.stations[name]) for name, load in loads.items()}
    assert max(shares, key=lambda name: shares[name]) == "oven"
    assert 0.7 < shares["oven"] < 0.85


def test_the_bakery_works_over_midnight_and_rests_on_holidays(root):
    plant, _ = examine(root / "examples" / "bakery")
    assert plant is not None
    shifts = [shift for calendar in plant.calendars.values() for shift in calendar.shifts]
    assert any(shift.end < shift.start for shift in shifts)
    assert all(calendar.holidays for calendar in plant.calendars.values())
    assert {row.mark for row in plant.sources} == {"E"}
