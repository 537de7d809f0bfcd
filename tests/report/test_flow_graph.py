"""Links are read from routes: along them, where items are built in, and aside."""

from plantwright.model.plant import Plant
from plantwright.report.figures.flow_graph import between_shops, in_order, links, ranks

from . import sample

PLANT = Plant.model_validate(
    {
        "name": "Frames",
        "shops": {"cutting": {"site": "here"}, "fitting": {"site": "here"}},
        "stations": {
            "saw": {"shop": "cutting"},
            "weld": {"shop": "fitting"},
            "check": {"shop": "fitting"},
            "bench": {"shop": "fitting"},
            "press": {"shop": "cutting"},
        },
        "items": {"bar": {"made-by": "bar"}, "screw": "buy"},
        "routes": {
            "bar": [{"op": "cut", "station": ["saw", "press"], "time": "1 min"}],
            "frame": [
                {"op": "weld", "station": "weld", "time": "4 min", "uses": {"bar": 4, "screw": 8}},
                {
                    "op": "check",
                    "station": "check",
                    "time": "1 min",
                    "good": "95 %",
                    "else": {"to": "mend", "tries": 2},
                },
                {"op": "mend", "station": "bench", "time": "9 min", "side": True, "then": "check"},
            ],
        },
        "products": {"frame": {"made-by": "frame"}},
    }
)


def test_material_flows_along_routes_from_makers_to_users_and_aside_to_repair():
    found = {(link.start, link.end): (link.items, link.aside) for link in links(PLANT)}
    assert found == {
        ("weld", "check"): (("frame",), False),
        ("saw", "weld"): (("bar",), False),
        ("press", "weld"): (("bar",), False),
        ("check", "bench"): (("frame",), True),
        ("bench", "check"): (("frame",), True),
    }


def test_between_shops_only_the_normal_flow_counts():
    passed = between_shops(links(PLANT), lambda key: PLANT.stations[key].shop or "")
    assert passed == {("cutting", "fitting"): ("bar",)}


def test_the_order_follows_material_and_circles_fall_to_the_order_given():
    assert in_order(["c", "b", "a"], [("a", "b"), ("b", "c")]) == ["a", "b", "c"]
    assert in_order(["a", "b"], [("a", "b"), ("b", "a")]) == ["a", "b"]


def test_a_rank_is_the_longest_way_there():
    assert ranks(["a", "b", "c"], [("a", "b"), ("b", "c"), ("a", "c")]) == {"a": 0, "b": 1, "c": 2}


def test_shops_of_the_sample_run_from_parts_to_dispatch():
    plant = sample.plant()
    home = {key: station.shop or "" for key, station in plant.stations.items()}
    pairs = [(home[link.start], home[link.end]) for link in links(plant) if not link.aside]
    ordered = in_order(list(plant.shops), pairs)
    assert ordered.index("motors") < ordered.index("final") < ordered.index("laboratory") < ordered.index("dispatch")
