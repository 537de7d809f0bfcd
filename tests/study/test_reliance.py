"""What a lost supplier stops, by hand: two bicycles that share a bell with two sources."""

import math

import pytest

from plantwright.study.modules import shared_modules
from plantwright.study.reliance import suppliers_lost

CYCLES = """
    plantwright: 1
    name: Cycles
    money: {{base: EUR}}
    stations: {{bench: {{}}}}
    suppliers: {{ring: {{}}, ding: {{}}, foundry: {{}}, mine: {{}}, sews: {{}}}}
    offers:
      bells: {{item: bell, supplier: ring, lead-time: 5 d}}
      others: {{item: bell, supplier: ding, lead-time: 5 d, capacity: {capacity}, qualified: {qualified}}}
      bags: {{item: bag, supplier: sews, lead-time: 5 d}}
    items:
      bell: {{buy: {{from: [bells, others]}}, price: 4 EUR}}
      bag: {{buy: {{from: bags}}, price: 9 EUR}}
    routes:
      city: [{{op: build, station: bench, time: 9 min, uses: {{bell: 1}}}}]
      cargo: [{{op: build, station: bench, time: 9 min, uses: {{bell: 1, bag: 1}}}}]
    products:
      city: {{made-by: city, platform: cycles, margin: 100 EUR}}
      cargo: {{made-by: cargo, platform: cycles, margin: 300 EUR}}
    demand: {{city: {{year: 3 652.5}}, cargo: {{year: 1 461}}}}
"""
CYCLES = CYCLES.replace("3 652.5", "7 305").replace("1 461", "2 922")
WEEK = 7 / 365.25


def lost(write, capacity="1000/d", qualified="true", behind=""):
    text = CYCLES.format(capacity=capacity, qualified=qualified).replace("ring: {}", f"ring: {{{behind}}}")
    plant = write(text)
    return {row.key: row for row in suppliers_lost(plant, "cycles", shared_modules(plant, "cycles"))}


def test_a_shared_item_comes_from_its_other_source_a_copy_with_one_source_from_none(write):
    rows = lost(write)
    assert (rows["ring"].loss_shared, rows["ring"].products_shared) == (0, ())
    assert rows["ring"].loss_apart == pytest.approx(7_305 * 100 * WEEK)
    assert rows["ring"].products_apart == ("city",)
    assert rows["ding"].products_apart == ("cargo",)
    # what only one product takes is lost either way
    assert rows["sews"].loss_shared == pytest.approx(rows["sews"].loss_apart) == pytest.approx(2_922 * 300 * WEEK)


def test_the_other_source_gives_what_it_can_to_what_earns_most(write):
    """10,227 bells a year are 28 a day; ten of them go to the 8 cargo bicycles and to 2 city bicycles."""
    rows = lost(write, capacity="10/d")
    assert rows["ring"].loss_shared == pytest.approx((20 - 2) * 7 * 100)
    assert rows["ring"].products_shared == ("city",)


def test_a_source_that_is_not_qualified_gives_nothing(write):
    rows = lost(write, qualified="false")
    assert rows["ring"].loss_shared == pytest.approx((7_305 * 100 + 2_922 * 300) * WEEK)
    assert rows["ring"].products_shared == ("city", "cargo")


def test_who_is_behind_a_supplier_is_lost_with_what_it_sells_through_it(write):
    rows = lost(write, behind="buys-from: [mine]", qualified="false")
    assert rows["mine"].loss_shared == pytest.approx(rows["ring"].loss_shared)
    assert "foundry" not in rows
    assert math.isfinite(rows["mine"].loss_apart)
