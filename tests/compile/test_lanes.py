import pytest

from plantwright.codes import CRITICAL, SHORTEST


def lanes(world, station=0):
    row = world.station[station]
    return world.lane[row.first_lane : row.first_lane + row.lanes]


def lane_of(world):
    """Lane of each operation at its first station."""
    return [int(world.choice.lane[first]) for first in world.operation.first_choice]


def test_first_in_first_out_needs_one_lane(routed):
    world = routed({"op": "a"}, {"op": "b"}).world
    assert (len(world.lane), lane_of(world)) == (1, [0, 0])


def test_parts_that_may_wait_for_a_kit_wait_in_a_lane_of_their_own(routed):
    items = {"part": {"made-by": "part", "release": {"saturated": True}}, "screw": {"buy": {}}}
    world = routed({"op": "a", "uses": {"screw": 4}}, {"op": "b"}, items=items).world
    assert lane_of(world) == [0, 1]


@pytest.mark.parametrize("held", [{"people": {"s": 1}}, {"tools": {"jig": 1}}, {"attended": {"people": {"s": 1}}}])
def test_parts_that_may_wait_for_people_or_tools_wait_in_a_lane_of_their_own(routed, held):
    resources = {"crews": {"c": {"skills": ["s"], "people": 1}}, "tools": {"jig": {}}}
    world = routed({"op": "a", "time": "1 s", **held}, {"op": "b"}, **resources).world
    assert lane_of(world) == [0, 1]


def test_shortest_first_sorts_lanes_by_mean_time(routed):
    stations = {"m": {"rule": "shortest"}}
    world = routed(
        {"op": "a", "time": "9 s"}, {"op": "b", "time": "2 s"}, {"op": "c", "time": "9 s"}, stations=stations
    )
    assert world.world.station.rule[0] == SHORTEST
    assert list(lanes(world.world).rank) == [2_000_000, 9_000_000]
    assert lane_of(world.world) == [1, 0, 1]


def test_a_part_of_several_pieces_takes_its_pieces_times_longer(routed):
    items = {"part": {"made-by": "part", "moves-as": 4, "release": {"saturated": True}}}
    world = routed({"op": "a"}, {"op": "b", "per": "part"}, stations={"m": {"rule": "shortest"}}, items=items).world
    assert list(lanes(world).rank) == [1_000_000, 4_000_000]


def test_priority_sorts_lanes_by_its_number(routed):
    stations = {"m": {"rule": "priority"}}
    world = routed({"op": "a", "priority": 5}, {"op": "b", "priority": -1}, {"op": "c"}, stations=stations).world
    assert list(lanes(world).rank) == [-1, 0, 5]
    assert lane_of(world) == [2, 0, 1]


def test_critical_ratio_knows_the_work_that_is_left(routed):
    stations = {"m": {"rule": "critical-ratio"}, "n": {}}
    world = routed(
        {"op": "a", "time": "3 s"}, {"op": "b", "station": "n"}, {"op": "c", "time": "2 s"}, stations=stations
    )
    assert world.world.station.rule[0] == CRITICAL
    assert {int(lane.rank) for lane in lanes(world.world)} == {6_000_000, 2_000_000}


def test_an_oven_has_a_lane_for_each_family(routed):
    stations = {"m": {"batch": {"max": 8}}}
    world = routed(
        {"op": "a", "family": "hot"}, {"op": "b", "family": "cold"}, {"op": "c", "family": "hot"}, stations=stations
    )
    assert list(lanes(world.world).family) == [0, 1]
    assert lane_of(world.world) == [0, 1, 0]


def test_an_item_that_comes_to_an_oven_twice_is_two_families(routed):
    world = routed({"op": "bond"}, {"op": "paint"}, stations={"m": {"batch": {"max": 8}}}).world
    assert list(world.operation.family) == [0, 1]


def test_same_family_first_has_a_lane_for_each_family_and_an_item_is_one(routed):
    item = {"made-by": "part", "release": {"saturated": True}}
    stations = {"m": {"rule": "same-family"}}
    world = routed({"op": "a"}, {"op": "b"}, items={"one": item, "two": item}, stations=stations).world
    assert list(lanes(world).family) == [0, 1]
    assert lane_of(world) == [0, 0, 1, 1]


def test_machines_for_some_items_only_look_past_the_others(routed):
    item = {"made-by": "part", "release": {"saturated": True}}
    stations = {"m": {"machines": [{"only": ["one"]}, {"speed": 2}]}}
    world = routed({"op": "a"}, items={"one": item, "two": item}, stations=stations).world
    assert len(world.lane) == 2
    assert world.station.restricted[0] == 1
    assert world.qualified.tolist() == [[1, 0], [1, 1]]
    assert list(world.machine.speed) == [1.0, 2.0]


def test_alternatives_are_choices_in_the_order_written(routed):
    world = routed({"op": "a", "station": ["n", "m"]}, {"op": "b"}, stations={"m": {}, "n": {}}).world
    assert list(world.choice.station) == [1, 0, 0]
    assert list(world.operation.choices) == [2, 1]
    assert list(world.lane.station[world.choice.lane]) == [1, 0, 0]


@pytest.mark.parametrize(
    ("station", "accepts"),
    [
        ({}, 1),
        ({"machines": 2}, 0),
        ({"locked": True}, 0),
        ({"batch": {"max": 2}}, 0),
        ({"setup": "1 min between families"}, 0),
    ],
)
def test_only_a_plain_single_machine_takes_parts_while_it_is_down(routed, station, accepts):
    assert routed({"op": "a"}, stations={"m": station}).world.station.accepts_down[0] == accepts
