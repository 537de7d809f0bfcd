import numpy as np

from plantwright.codes import NONE

PLACES = {
    "sites": {"s": {}},
    "shops": {"east": {"site": "s"}, "west": {"site": "s"}},
    "stations": {"a": {"shop": "east"}, "b": {"shop": "east"}, "c": {"shop": "west"}},
    "routes": {"part": [{"op": "work", "station": "a", "time": "1 s"}]},
}


def ways(lowered, *travel, **sections):
    return lowered(travel=travel, **PLACES, **sections).world


def test_without_ways_there_is_one_cell(lowered):
    assert lowered().world.route.tolist() == [[NONE]]


def test_a_way_between_shops_holds_for_their_stations_in_one_direction(lowered):
    world = ways(lowered, {"from": "east", "to": "west", "time": "3 min"})
    assert world.route.dtype == np.int32
    assert world.route.tolist() == [[NONE, NONE, 0], [NONE, NONE, 0], [NONE, NONE, NONE]]
    assert world.law.a[world.travel.law[0]] == 180e6


def test_the_most_specific_way_is_taken(lowered):
    world = ways(
        lowered,
        {"from": "a", "to": "c", "time": "1 min"},
        {"from": "east", "to": "west", "time": "3 min"},
        {"from": "b", "to": "west", "time": "2 min"},
        {"from": "b", "to": "west", "time": "9 min"},
    )
    assert [world.route[0, 2], world.route[1, 2]] == [0, 2], "of two that fit alike, the first written"


def test_a_way_within_a_shop_leads_to_other_stations(lowered):
    world = ways(lowered, {"from": "east", "to": "east", "time": "1 min"})
    assert world.route[:2, :2].tolist() == [[NONE, 0], [0, NONE]]


def test_a_way_from_a_station_to_itself_is_one_when_written(lowered):
    assert ways(lowered, {"from": "a", "to": "a", "time": "1 min"}).route[0, 0] == 0


def test_carriers_begin_free(lowered):
    world = ways(
        lowered,
        {"from": "a", "to": "c", "time": "1 min", "carrier": "van"},
        {"from": "a", "to": "b", "time": "1 min"},
        carriers={"van": {"number": 2, "load": 10, "return": "30 s"}, "cart": {}},
    )
    van, cart = world.carrier[0], world.carrier[1]
    assert (van.number, van.free, van.load, world.law.a[van.return_law]) == (2, 2, 10, 30e6)
    assert (cart.return_law, cart.first, cart.last) == (NONE, NONE, NONE)
    assert list(world.travel.carrier) == [0, NONE]
