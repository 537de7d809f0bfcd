import pytest

from plantwright.compile.options import ALL
from plantwright.errors import RunError

PACKS = {"2": "50 %", "3": "50 %"}


@pytest.fixture
def drone(lowered):
    """A product whose first operation uses packs by option."""

    def build(options, uses, **operation):
        return lowered(
            items={"pack": {"buy": {}}, "frame": {"buy": {}}},
            products={"drone": {"made-by": "drone", "options": options, "release": {"saturated": True}}},
            routes={"drone": [{"op": "fit", "station": "m", "time": "1 s", "uses": uses, **operation}]},
        ).world

    return build


def rows(world):
    return [(int(row["item_"]), int(row["pieces"]), int(row["options"])) for row in world.kit]


def test_amounts_by_value_become_rows_of_the_units_that_have_it(drone):
    world = drone({"packs": PACKS}, {"pack": {"2": 2, "3": 3}, "frame": 1})
    assert rows(world) == [(0, 2, 0b01), (0, 3, 0b10), (1, 1, ALL)]
    assert list(world.share) == [0.5, 1.0]
    assert (world.release.first_option[0], world.release.options[0]) == (0, 2)


def test_options_are_drawn_together(drone):
    options = {"colour": {"red": "20 %", "blue": "80 %"}, "packs": {"2": "25 %", "3": "75 %"}}
    world = drone(options, {"pack": {"2": 2, "3": 3}})
    # Combinations in order: red 2, red 3, blue 2, blue 3.
    assert rows(world) == [(0, 2, 0b0101), (0, 3, 0b1010)]
    assert list(world.share) == pytest.approx([0.05, 0.20, 0.40, 1.0])


def test_the_operation_may_name_the_option_that_chooses(drone):
    options = {"front": {"a": "50 %", "b": "50 %"}, "rear": {"a": "50 %", "b": "50 %"}}
    world = drone(options, {"pack": {"a": 1}}, option="rear")
    assert rows(world) == [(0, 1, 0b0101)]


def test_no_pieces_make_no_row(drone):
    world = drone({"packs": PACKS}, {"pack": {"2": 0, "3": 1}, "frame": 0})
    assert rows(world) == [(0, 1, 0b10)]


def test_more_combinations_than_bits_are_refused_with_the_place(drone):
    options = {name: {str(value): "10 %" for value in range(10)} for name in ("a", "b")}
    with pytest.raises(RunError, match=r"E401 products.drone.options: .* 100 combinations"):
        drone(options, {})
