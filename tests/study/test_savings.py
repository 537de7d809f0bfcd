"""What sharing saves, worked out by hand on two bicycles that share a frame, a bought bell and its rim."""

import math

import pytest

from plantwright.compile.margins import margin_of
from plantwright.compile.supply import supply
from plantwright.io.document import load
from plantwright.io.patch import apply
from plantwright.model.check import check
from plantwright.model.flows import needs, target_amounts
from plantwright.study.apart import apart, copy_of
from plantwright.study.exposed import exposed
from plantwright.study.modules import shared_modules
from plantwright.study.savings import savings
from plantwright.study.savings_range import savings_range

CYCLES = """
    plantwright: 1
    name: Cycles
    from: 2027-01-04
    money: {base: EUR, rates: {USD: 0.5}}
    calendars: {day: {shifts: [Mon-Fri 06:00-14:00]}}
    crews: {setters: {skills: [set], people: 2, calendar: day, wage: 30 EUR/h}}
    tools: {jig: {number: 3, price: 1 000 EUR}}
    stations:
      bench: {}
      saw: {setup: {between-families: 30 min, people: {set: 1}}}
    suppliers: {ring: {}}
    offers:
      bells:
        {item: bell, supplier: ring, lead-time: 25 d, prices: {1: 12 USD, 500: 10 USD}, tariff: 20 %,
         qualification-cost: 400 EUR}
    items:
      frame: {made-by: frame, policy: {kanban: 40, lot: 10}}
      bell: {buy: {from: bells, policy: {s: 300, Q: 500}}}
      tube: {buy: {}, price: 3 EUR}
      bag: {buy: {}, price: 9 EUR}
    routes:
      frame: [{op: cut, station: saw, time: 5 min, uses: {tube: 4}, tools: {jig: 1}}]
      city: [{op: build, station: bench, time: 9 min, uses: {frame: 1, bell: 1}}]
      cargo: [{op: build, station: bench, time: 9 min, uses: {frame: 1, bell: 2, bag: 1}}]
    products:
      city: {made-by: city, platform: cycles, price: 100 EUR}
      cargo: {made-by: cargo, platform: cycles, price: 500 EUR, margin: 200 EUR}
    demand: {city: {year: 6 400}, cargo: {year: 3 600}}
    families:
      cycles:
        forecast-error: {city: 30 %, cargo: 40 %}
        service: 97.725 %
        holding: 10 %
        life: 1461 d
        catalogue: [tube]
        modules: {frame: {qualification: 5 000 EUR, tooling: 700 EUR}}
    sources:
      - {path: families.cycles.holding, mark: E, source: guess, low: 5 %, high: 20 %}
      - {path: items.bag.price, mark: E, source: guess, low: 5 EUR, high: 20 EUR}
"""


@pytest.fixture(scope="module")
def cycles(write):
    return write(CYCLES)


@pytest.fixture(scope="module")
def saved(cycles):
    return savings(cycles, "cycles")


def way(saved, key):
    return next(row for row in saved.by_kind if row.key == key)


def module(saved, item):
    return next(row for row in saved.modules if row.item == item)


def test_what_one_product_takes_alone_and_what_is_in_the_catalogue_saves_nothing(saved):
    assert {row.item for row in saved.modules} == {"frame", "bell"}


def test_what_is_paid_once_is_paid_again_for_the_copy(saved):
    # a frame of 5,000 and an offer of bells of 400, over four years without interest
    assert way(saved, "qualification").once == pytest.approx(5_400)
    assert way(saved, "qualification").per_year == pytest.approx(5_400 / 4)
    # a set of tooling, and jigs: 64 % and 36 % of three are two and two
    tooling = way(saved, "tooling")
    assert (tooling.shared, tooling.apart) == (1 + 3, 2 + 4)
    assert tooling.once == pytest.approx(700 + 1_000)


def test_safety_stock_pools_by_the_root_of_the_squares(saved):
    """Two standard deviations over 25 days: bells of both, 6,400 and 7,200 a year."""
    city, cargo = 0.30 * 6_400 / 365.25 * math.sqrt(30), 0.40 * 7_200 / 365.25 * math.sqrt(30)
    row = module(saved, "bell")
    assert row.safety_stock_shared_pieces == pytest.approx(2 * 5 * math.hypot(city, cargo), rel=1e-4)
    assert row.safety_stock_apart_pieces == pytest.approx(2 * 5 * (city + cargo), rel=1e-4)
    # 12 USD less duty-free break: 10 USD at 0.5 with 20 % duty are 6 EUR
    gap = row.safety_stock_apart_pieces - row.safety_stock_shared_pieces
    assert row.value == pytest.approx(6.0)
    assert row.per_year["stock"] == pytest.approx(gap * 6.0 * 0.10)


def test_demands_that_go_together_entirely_pool_nothing(cycles):
    plant = apply(cycles, {"families.cycles.correlation": "100 %"})
    assert way(savings(plant, "cycles"), "stock").once == pytest.approx(0, abs=1e-6)


def test_copies_order_the_joint_quantity_where_its_price_is_worth_the_stock(saved):
    """At 7.2 EUR below 500 pieces and 6 EUR from there: 500 each costs a second half order of 250 at 6 EUR x 10 %."""
    assert module(saved, "bell").per_year["prices"] == pytest.approx(250 * 6.0 * 0.10)


def test_copies_order_their_economic_quantity_where_it_is_not(cycles):
    """A break of a thousandth does not pay for more stock: each copy orders 500 times the root of its share."""
    changes = {"families.cycles.holding": "100 %", "offers.bells.prices": {1: "12 USD", 500: "11.99 USD"}}
    few, many = 12 * 0.5 * 1.2, 11.99 * 0.5 * 1.2
    apart_ = sum(few * (need + 500 * math.sqrt(need / 13_600) / 2) for need in (6_400, 7_200))
    together = many * (13_600 + 500 / 2)
    found = module(savings(apply(cycles, changes), "cycles"), "bell")
    assert found.per_year["prices"] == pytest.approx(apart_ - together)


def test_setups_grow_by_the_square_root_law(saved):
    """10,000 frames in lots of 10 are 500 h of setups; shares of 64 % and 36 % make 0.8 + 0.6 times as many."""
    row = way(saved, "changeovers")
    assert row.shared == pytest.approx(500)
    assert row.apart == pytest.approx(700)
    assert row.per_year == pytest.approx(200 * 30)


def test_the_ways_and_the_modules_add_up_to_the_same(saved):
    assert saved.per_year == pytest.approx(math.fsum(row.total_per_year for row in saved.modules))


def test_a_family_that_says_nothing_of_forecasts_is_told_so(cycles):
    bare = cycles.replace(families={})
    found = savings(bare, "cycles")
    assert module(found, "bell").safety_stock_shared_pieces is None
    assert any("forecast-error" in note for note in found.notes)
    assert any("holding" in note for note in found.notes)


def test_what_nobody_has_priced_is_unknown_and_not_nothing(cycles):
    plant = apply(cycles, {"offers.bells.prices": {}, "crews.setters.wage": None})
    found = savings(plant, "cycles")
    assert not module(found, "bell").is_priced
    assert [row.key for row in found.by_kind if not row.is_priced] == ["prices", "stock", "changeovers"]
    assert any("Without a price" in note and "bell" in note for note in found.notes)


def test_the_range_follows_what_is_behind_the_savings_and_nothing_else(cycles, saved):
    found = savings_range(cycles, "cycles", seed=1)
    assert found.low < saved.per_year < found.high
    assert [driver.path for driver in found.drivers] == ["families.cycles.holding"]
    assert savings_range(cycles, "cycles", seed=1) == found


def test_what_all_share_stops_all(cycles):
    rows = {row.key: row for row in exposed(cycles, shared_modules(cycles, "cycles"))}
    # a city bicycle earns 100 less four tubes of 3 and a bell of 6; a cargo bicycle what is written
    assert margin_of(cycles, supply(cycles), "city") == (pytest.approx(82), ())
    week = 365.25 / 7
    assert rows["frame"].loss_shared == pytest.approx((6_400 * 82 + 3_600 * 200) / week)
    assert rows["frame"].loss_apart == pytest.approx(3_600 * 200 / week)
    assert rows["frame"].products_apart == ("cargo",)


@pytest.mark.parametrize(("example", "family"), [("uas-plant", "lift-40"), ("bakery", "breads")])
def test_the_plant_without_a_platform_is_sound_and_needs_as_much(root, example, family):
    plant = load(root / "examples" / example)
    modules = shared_modules(plant, family)
    without = apart(plant, family, modules)
    assert [found for found in check(without) if found.is_error] == []
    before, after = (needs(each, target_amounts(each)) for each in (plant, without))
    for one in modules:
        copies = [after[copy_of(one.item, product)] for product in one.needs]
        assert math.fsum(copies) == pytest.approx(before[one.item])
    common = [item for item in without.items if item in plant.items]
    assert [after.get(item, 0.0) for item in common] == pytest.approx([before.get(item, 0.0) for item in common])
