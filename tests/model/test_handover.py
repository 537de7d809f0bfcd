"""The battery tail of the reference plant: what the week shows and the year hides."""

import pytest

from plantwright.model.check import check
from plantwright.model.handover import tight_places, tight_rooms
from plantwright.model.plant import Plant

PACKS = 230_000


def tail(places: int, rack: int) -> Plant:
    """Packs are fitted on five days, tested and rested round the clock; 122 channels of 4 h, a rest of 24 h."""
    return Plant.model_validate(
        {
            "name": "Battery tail",
            "calendars": {
                "day": {"shifts": ["Mon-Fri 06:00-14:00", "Mon-Fri 14:00-22:00"], "breaks": "30 min per shift"}
            },
            "stations": {
                "fit": {"machines": 3, "calendar": "day"},
                "test": {"machines": 122, "room": rack},
                "rest": {"machines": places, "room": 0},
                "end": {"machines": 2, "room": 1750, "calendar": "day"},
            },
            "routes": {
                "pack": [
                    {"op": "fit", "station": "fit", "time": "120 s"},
                    {"op": "test", "station": "test", "time": "4 h"},
                    {"op": "rest", "station": "rest", "time": "24 h"},
                    {"op": "end", "station": "end", "time": "60 s", "good": "99 %"},
                ]
            },
            "products": {"pack": {"made-by": "pack"}},
            "demand": {"pack": {"year": PACKS}},
        }
    )


def test_660_places_cannot_take_what_122_channels_deliver():
    found = [tight for tight in tight_places(tail(660, 1300), {"pack": PACKS}) if tight.station == "rest"]
    # 122 channels pass 30.5 packs an hour; 24 h of them are 732.
    assert [(tight.feeder, tight.feeder_machines, tight.machines, tight.needed) for tight in found] == [
        ("test", 122, 660, 732)
    ]
    messages = [finding.message for finding in check(tail(660, 1300)) if finding.code == "W604"]
    assert messages == ["660 rest places cannot take what 122 test places deliver: 732 needed"]


def test_740_places_take_it():
    assert "W604" not in {finding.code for finding in check(tail(740, 1300))}


def test_a_rack_of_400_runs_dry_at_the_weekend():
    (tight,) = tight_rooms(tail(740, 400), {"pack": PACKS})
    assert (tight.station, tight.off, tight.between) == ("test", "fit", 400)
    # 75 h of 30.5 packs, half an hour of break ten times, four nights of 8 h at 30.5, a weekend of 400, 1 % scrapped:
    # a little more than a mean week of the year, from which a Monday to Sunday calendar differs by a day.
    week = (75 * 30.5 + 10 * 0.5 * 30.5 + 4 * 8 * 30.5 + 400) * 0.99
    assert tight.most == pytest.approx(week, rel=0.01)
    assert tight.need == pytest.approx(PACKS / 365.25 * 7)
    assert tight.most < tight.need


def test_a_rack_that_is_large_enough_passes():
    (tight,) = tight_rooms(tail(740, 400), {"pack": PACKS})
    enough = int(tight.between_needed) + 1
    assert list(tight_rooms(tail(740, enough), {"pack": PACKS})) == []
    assert list(tight_rooms(tail(740, enough - 2), {"pack": PACKS})) != []


def test_the_rack_is_not_to_blame_for_a_station_that_has_not_the_hours():
    codes = {finding.code for finding in check(tail(500, 400))}
    assert "W601" in codes
    assert list(tight_rooms(tail(500, 1300), {"pack": PACKS})) == []


def test_what_cannot_leave_at_the_weekend_counts_too():
    plant = tail(740, 1300)
    stations = {**plant.stations, "end": plant.stations["end"].model_copy(update={"room": 100})}
    (tight,) = tight_rooms(plant.model_copy(update={"stations": stations}), {"pack": PACKS})
    assert (tight.station, tight.off) == ("rest", "end")


def test_two_packs_on_one_tail_are_looked_at_together():
    one = tail(660, 400)
    two = one.replace(
        routes={"pack": one.routes["pack"], "small": one.routes["pack"]},
        products={"pack": {"made-by": "pack"}, "small": {"made-by": "small"}},
        demand={"pack": {"year": 150_000}, "small": {"year": PACKS - 150_000}},
    )
    assert [finding.message for finding in check(two)] == [finding.message for finding in check(one)]


def test_a_station_with_other_work_bounds_nothing():
    plant = tail(660, 400)
    more = plant.replace(
        routes={**plant.routes, "box": [{"op": "age", "station": "rest", "time": "1 s"}]},
        products={**plant.products, "box": {"made-by": "box"}},
        demand={**plant.demand, "box": {"year": 10}},
    )
    # Boxes come to the rest places from elsewhere: what packs leave of them is not known here.
    assert [tight.station for tight in tight_rooms(more, {"pack": PACKS, "box": 10})] == ["test"]
    assert "rest" not in {tight.station for tight in tight_places(more, {"pack": PACKS, "box": 10})}
