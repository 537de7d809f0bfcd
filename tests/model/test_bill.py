"""Bills of a tricycle: two levels, an option, an item that another one follows."""

import datetime as dt

import pytest

from plantwright.io.document import load
from plantwright.model.bill import dates, resolve
from plantwright.model.members import kits, members, options, own_values, parts

DOCUMENT = """
    plantwright: 1
    name: Cycles
    from: 2027-01-04
    stations: {bench: {}}
    items:
      wheel: {made-by: wheel, policy: {kanban: 4}}
      rim: buy
      bell: buy
      bell-2: buy
      basket: buy
      spare-rim: buy
    routes:
      wheel: [{op: lace, station: bench, time: 5 min, uses: {rim: 1}}]
      trike:
        - {op: build, station: bench, time: 9 min, uses: {wheel: 3, basket: {"no": 0, "yes": 1}, bell: 1},
           option: carry, good: 99 %, else: {to: mend}}
        - {op: mend, station: bench, time: 9 min, uses: {spare-rim: 1}, side: true}
      scooter:
        - {op: build, station: bench, time: 6 min, uses: {wheel: 2, bell: 1}}
    products:
      trike: {made-by: trike, platform: cycles, options: {carry: {"no": 40 %, "yes": 60 %}}}
      scooter: {made-by: scooter, platform: cycles}
    demand: {trike: {year: 100}, scooter: {year: 300}, spare-rim: {year: 1}}
    families:
      cycles: {modules: {bell: {until: 2027-07-01, then: bell-2}, bell-2: {from: 2027-07-01, until: 2028-01-01}}}
"""


@pytest.fixture(scope="module")
def cycles(write):
    return write(DOCUMENT)


def bill(plant, product, on="2027-01-04", **chosen):
    return resolve(plant, plant.families["cycles"], product, chosen, dt.date.fromisoformat(on))


def test_a_bill_multiplies_through_its_levels(cycles):
    found = bill(cycles, "trike", carry="yes")
    assert found.pieces() == {"wheel": 3, "basket": 1, "bell": 1, "rim": 3}
    assert [line.parent for line in found.lines] == ["trike", "trike", "trike", "wheel"]


def test_an_option_takes_its_lines_out_and_side_steps_are_no_part_of_a_bill(cycles):
    assert bill(cycles, "trike", carry="no").parts == {"wheel", "bell", "rim"}


def test_an_option_that_nobody_has_chosen_is_told(cycles):
    found = bill(cycles, "trike")
    assert found.open == {"carry"}
    assert "basket" not in found.parts


def test_an_item_is_followed_by_the_next_from_its_day_on(cycles):
    assert "bell" in bill(cycles, "scooter", on="2027-06-30").parts
    assert bill(cycles, "scooter", on="2027-07-01").parts == {"wheel", "rim", "bell-2"}
    assert bill(cycles, "scooter", on="2028-01-01").lapsed == ("bell",)
    assert dates(cycles.families["cycles"]) == (dt.date(2027, 7, 1), dt.date(2028, 1, 1))


def test_routes_that_name_the_follower_already_have_the_old_item_before_its_day(write):
    text = DOCUMENT.replace("wheel: 2, bell: 1", "wheel: 2, bell-2: 1")
    assert "bell" in bill(write(text), "scooter", on="2027-01-04").parts


def test_the_fingerprint_is_that_of_the_bill_and_not_of_the_document(write, cycles):
    """Items, routes, uses and products in another order; then one piece more."""
    turned = DOCUMENT.replace("{wheel: 2, bell: 1}", "{bell: 1, wheel: 2}")
    turned = turned.replace("      rim: buy\n      bell: buy\n", "      bell: buy\n      rim: buy\n")
    first, second = (bill(plant, "scooter").digest({}) for plant in (cycles, write(turned)))
    assert first == second
    more = write(DOCUMENT.replace("wheel: 2, bell: 1", "wheel: 2, bell: 2"))
    assert bill(more, "scooter").digest({}) != first
    assert bill(cycles, "trike", carry="no").digest({"carry": "no"}) != bill(cycles, "trike").digest({})


def test_the_fingerprint_outlives_its_day_as_long_as_the_bill_is_the_same(cycles):
    june, july = (bill(cycles, "scooter", on=day).digest({}) for day in ("2027-06-30", "2027-07-01"))
    assert june == bill(cycles, "scooter", on="2027-01-04").digest({}) != july


def test_members_and_their_options(cycles):
    assert members(cycles, "cycles") == ("trike", "scooter")
    assert options(cycles, "cycles") == {"product": ("trike", "scooter"), "carry": ("no", "yes", "-")}
    assert own_values(cycles, "cycles", "scooter") == {"carry": ("-",)}
    assert parts(cycles, "trike") == {"wheel", "rim", "bell", "basket", "spare-rim"}
    assert kits(cycles, ("scooter",)) == {"scooter": {"wheel", "bell"}, "wheel": {"rim"}}


def test_the_bill_of_the_reference_plant_needs_no_list_of_its_own(root):
    plant = load(root / "examples" / "uas-plant")
    found = resolve(plant, plant.families["lift-40"], "agri", {"packs": "3"}, plant.from_)
    pieces = found.pieces()
    # eight motors and ESCs, three packs of 14 cells, 90 + 35 + 50 + 8 x 26 + 3 x 25 tens of placements
    assert (pieces["motor-large"], pieces["esc-large"], pieces["cell-large"], pieces["passives"]) == (8, 8, 42, 458)
