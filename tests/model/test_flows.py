"""Pieces of everything, hours of everybody: checked by hand."""

import pytest

from plantwright.model.flows import kit, needs, target_amounts, units_through, yearly_demand
from plantwright.model.load import skill_hours, skill_loads, station_hours, station_loads
from plantwright.model.plant import Plant


def plant(**sections) -> Plant:
    return Plant.model_validate({"name": "p", "stations": {"a": {}, "b": {}}, "routes": {}} | sections)


@pytest.fixture
def drones() -> Plant:
    """A unit takes two or three packs, half each; nine packs in ten are good; four cells a pack."""
    return plant(
        products={"drone": {"made-by": "drone", "options": {"packs": {"2": "50 %", "3": "50 %"}}}},
        items={"pack": {"made-by": "pack", "policy": {"kanban": 9}}, "cell": {"buy": {}}},
        routes={
            "drone": [{"op": "build", "station": "a", "time": "1 h", "uses": {"pack": {"2": 2, "3": 3}}}],
            "pack": [
                {"op": "weld", "station": "b", "time": "6 min", "uses": {"cell": 4}},
                {"op": "test", "station": "b", "time": "3 min", "good": "90 %"},
            ],
        },
        demand={"drone": {"year": 1000}, "pack": {"year": 200}},
    )


def test_needs_go_down_the_bill_of_materials(drones):
    needed = needs(drones, {"drone": 1.0})
    assert needed["pack"] == pytest.approx(2.5)
    assert needed["cell"] == pytest.approx(2.5 / 0.9 * 4)


def test_pieces_through_an_operation_count_what_is_scrapped_later(drones):
    through = units_through(drones, {"drone": 1.0})
    assert through == pytest.approx({("drone", "build"): 1.0, ("pack", "weld"): 2.5 / 0.9, ("pack", "test"): 2.5 / 0.9})


def test_spares_come_on_top(drones):
    assert needs(drones, yearly_demand(drones))["pack"] == pytest.approx(2700)


def test_the_option_that_has_the_values_chooses_the_amounts(drones):
    route = drones.routes["drone"]
    assert kit(drones.products["drone"], route[0]) == {"pack": pytest.approx(2.5)}


def test_a_teardown_gives_back_what_is_then_not_made():
    p = plant(
        products={"unit": {"made-by": "unit"}},
        items={"board": {"made-by": "board", "policy": {"kanban": 9}}},
        routes={
            "unit": [
                {"op": "build", "station": "a", "time": "1 h", "uses": {"board": 1}, "good": "80 %",
                 "else": {"then": "strip"}},
                {"op": "strip", "station": "a", "time": "1 h", "side": True, "then": "scrap", "gives": {"board": 1}},
            ],
            "board": [{"op": "place", "station": "b", "time": "1 h"}],
        },
    )  # fmt: skip
    # 1.25 units are started for each good one, and 0.25 boards come back.
    assert needs(p, {"unit": 1.0})["board"] == pytest.approx(1.0)


def test_a_cycle_in_the_bill_of_materials_is_refused():
    loop = {name: [{"op": "o", "station": "a", "time": "1 s", "uses": {other: 1}}] for name, other in ("xy", "yx")}
    p = plant(items={name: {"made-by": name, "policy": {"kanban": 1}} for name in "xy"}, routes=loop)
    with pytest.raises(ValueError, match="has a cycle"):
        needs(p, {"x": 1.0})


def test_the_target_scales_the_products_in_their_mix_but_not_the_spares(drones):
    assert target_amounts(drones) == {"drone": 1000, "pack": 200}
    assert target_amounts(drones.model_copy(update={"target": 500})) == {"drone": 500, "pack": 200}


@pytest.mark.parametrize(
    ("demand", "pieces"),
    [
        ({"year": 12}, 12),
        ({"every": "1 h"}, 8760),
        ({"every": "exponential(1 d)", "pieces": "uniform(1, 3)"}, 730),
        ({"orders": [{"date": "2027-02-01", "pieces": 3}, {"date": "2029-02-01", "pieces": 4}]}, 3),
    ],
)
def test_demand_of_the_first_year(drones, demand, pieces):
    p = plant(products={"drone": {"made-by": "drone"}}, routes=dict(drones.routes), demand={"drone": demand})
    assert yearly_demand(p)["drone"] == pytest.approx(pieces)


def test_load_of_stations_in_machine_hours(drones):
    loads = station_loads(drones, {"drone": 9.0})
    # 25 packs are started for 9 units: 9 minutes each.
    assert loads == pytest.approx({"a": 9.0, "b": 25 * 9 / 60})


@pytest.mark.parametrize(
    ("station", "operation", "thing", "hours"),
    [
        ({"batch": {"max": 25}}, {"time": "5 h"}, {}, 20.0),  # 4 batches of 25
        ({"batch": {"max": 25}}, {"time": "5 h"}, {"moves-as": 10}, 25.0),  # two parts of 10 in each
        ({}, {"time": "6 min", "per": "part"}, {"moves-as": 10}, 1.0),
        ({}, {"time": "6 min"}, {"moves-as": 10}, 10.0),
        ({}, {"attended": {"people": {"x": 1}, "load": "3 min", "unload": "3 min"}}, {}, 10.0),
    ],
)
def test_how_batches_panels_and_hands_on_time_count(station, operation, thing, hours):
    p = plant(
        stations={"a": station},
        products={"u": {"made-by": "r"} | thing},
        routes={"r": [{"op": "o", "station": "a"} | operation]},
    )
    assert station_loads(p, {"u": 100.0})["a"] == pytest.approx(hours)


def test_alternatives_share_work_so_that_the_fullest_is_as_empty_as_can_be():
    p = plant(
        stations={"a": {}, "b": {"machines": 2}},
        products={"u": {"made-by": "u"}, "v": {"made-by": "v"}},
        routes={
            "u": [{"op": "o", "station": ["a", "b"], "time": "1 h"}],
            "v": [{"op": "o", "station": "a", "time": "1 h"}],
        },
    )
    # 600 h among three machines; 300 h of the other work keep the first one busy already.
    assert station_loads(p, {"u": 600.0, "v": 300.0}) == pytest.approx({"a": 300.0, "b": 600.0}, rel=1e-3)
    assert station_loads(p, {"u": 600.0}) == pytest.approx({"a": 200.0, "b": 400.0}, rel=1e-3)


def test_machine_hours_follow_speeds_and_dates():
    machines = [{"speed": 2}, {"from": "2027-12-25"}, {"until": "2027-01-14"}]
    p = plant(stations={"a": {"machines": machines}})
    # From 4 January 2027: twice a year, the last ten days, the first ten days.
    assert station_hours(p, p.stations["a"]) == pytest.approx(2 * 8760 + 10 * 24 + 10 * 24)


def test_people_are_held_for_the_operation_or_for_loading_only():
    p = plant(
        stations={"a": {"batch": {"max": 20}}, "b": {}},
        crews={"c": {"skills": ["bake", "pack"], "people": 2}},
        products={"u": {"made-by": "r"}},
        routes={
            "r": [
                {"op": "o", "station": "a", "time": "50 min",
                 "attended": {"people": {"bake": 1}, "load": "4 min", "unload": "2 min"}},
                {"op": "p", "station": "b", "time": "1 min", "people": {"pack": 0.5}},
            ]
        },
    )  # fmt: skip
    assert skill_loads(p, {"u": 1200.0}) == pytest.approx({"bake": 6.0, "pack": 10.0})
    assert skill_hours(p) == {"bake": 2 * 8760, "pack": 2 * 8760}
