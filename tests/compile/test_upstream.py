def listed(world, first, count):
    return [list(world.link[a : a + n]) for a, n in zip(world.station[first], world.station[count], strict=True)]


def test_a_station_knows_the_releases_that_begin_there(routed):
    item = {"made-by": "part", "release": {"saturated": True}}
    world = routed(
        {"op": "a", "station": ["m", "n"]}, {"op": "b", "station": "k"}, items={"x": item, "y": item},
        stations={"k": {}, "m": {}, "n": {}},
    ).world  # fmt: skip
    assert listed(world, "first_source", "sources") == [[], [0, 1], [0, 1]]


def test_a_station_knows_who_looks_ahead_for_its_room(routed):
    stations = {"k": {"blocking": "before"}, "m": {"room": 2}, "n": {}, "repair": {}}
    world = routed(
        {"op": "a", "station": "k", "good": "90 %", "else": {"to": "mend"}},
        {"op": "b", "station": ["m", "n"]},
        {"op": "mend", "station": "repair", "side": True},
        stations=stations,
    ).world
    assert listed(world, "first_feeder", "feeders") == [[], [0], [0], [0]]
