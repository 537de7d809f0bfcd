"""The network of supply: what goes into what, who offers it, and for how much."""

import math

import pytest

from plantwright.compile.supply import bill, material_of, price_of, supply
from plantwright.io.document import load
from plantwright.model.flows import needs, target_amounts
from plantwright.model.plant import Plant

WEEK_S = 7 * 86_400


@pytest.fixture(scope="module")
def reference(root):
    return load(root / "examples" / "uas-plant")


@pytest.fixture
def kettle():
    """Lids at 80 % yield, a cord for every second kettle, offers in two currencies."""
    return Plant.model_validate(
        {
            "name": "kettles",
            "money": {"base": "EUR", "rates": {"USD": 0.9}},
            "sites": {"works": {"country": "AT"}, "other": {"country": "CZ"}},
            "shops": {"hall": {"site": "works"}},
            "stations": {"bench": {"shop": "hall"}, "press": {}},
            "items": {
                "lid": {"made-by": "lid"},
                "sheet": {"buy": {"from": "near"}},
                "cord": {"buy": {}, "price": "2 EUR"},
            },
            "routes": {
                "lid": [{"op": "press", "station": "press", "time": "9 s", "good": "80 %", "uses": {"sheet": 2}}],
                "kettle": [
                    {"op": "fit", "station": "bench", "time": "60 s", "uses": {"lid": 1, "cord": {"yes": 1, "no": 0}}}
                ],
            },
            "products": {"kettle": {"made-by": "kettle", "options": {"cord": {"yes": "50 %", "no": "50 %"}}}},
            "suppliers": {"abroad": {"country": "TR"}},
            "offers": {
                "far": {
                    "item": "sheet",
                    "supplier": "abroad",
                    "lead-time": "10 d",
                    "capacity": "700/week",
                    "prices": {1: "10 USD", 100: "8 USD"},
                    "tariff": "25 %",
                },
                "near": {"item": "sheet", "lead-time": "2 d", "prices": {1: "11 EUR"}, "origin": "AT"},
            },
            "making": {"lid-other": {"item": "lid", "site": "other", "capacity": "70/week"}},
            "demand": {"kettle": {"year": 1000}},
        }
    )


def test_scrap_and_options_are_in_the_bill(kettle):
    assert bill(kettle) == {"kettle": {"lid": 1.0, "cord": 0.5}, "lid": {"sheet": pytest.approx(2.5)}}


def test_what_is_needed_follows_from_what_is_wanted(kettle):
    network = supply(kettle)
    assert network.items == ("kettle", "lid", "sheet", "cord")
    assert network.needed == pytest.approx({"kettle": 1000, "lid": 1000, "sheet": 2500, "cord": 500})


def test_offers_come_preferred_first_in_base_money_with_duty(kettle):
    near, far = supply(kettle).bought["sheet"]
    assert (near.offer, near.country, near.capacity, near.price()) == ("near", "AT", math.inf, 11.0)
    assert (far.offer, far.country, far.site) == ("far", "TR", "works")
    assert far.capacity == pytest.approx(700 / WEEK_S)
    assert far.price(99) == pytest.approx(10 * 0.9 * 1.25)
    assert far.price(100) == pytest.approx(8 * 0.9 * 1.25)


def test_a_thing_can_be_made_by_its_route_and_by_another_site(kettle):
    own, other = supply(kettle).made["lid"]
    assert (own.name, own.sites, own.is_own) == ("lid", ("works",), True)
    assert (other.name, other.sites, other.is_own) == ("lid-other", ("other",), False)
    assert other.capacity == pytest.approx(70 / WEEK_S)


def test_what_is_said_of_the_own_site_belongs_to_the_route(kettle):
    here = kettle.replace(making={"lid-here": {"item": "lid", "site": "works", "capacity": "35/week"}})
    (own,) = supply(here).made["lid"]
    assert (own.name, own.is_own) == ("lid-here", True)


def test_material_is_counted_and_what_has_no_price_is_named(kettle):
    network = supply(kettle)
    assert price_of(kettle, network, "cord") == 2.0
    assert material_of(kettle, network, "kettle") == (pytest.approx(2.5 * 11 + 0.5 * 2), ())
    unpriced = kettle.replace(offers={"near": {"item": "sheet", "lead-time": "2 d"}})
    assert material_of(unpriced, supply(unpriced), "kettle") == (pytest.approx(1.0), ("sheet",))


def test_the_bill_of_the_reference_plant_explodes_to_what_the_flows_say(reference):
    network = supply(reference)
    exploded = dict.fromkeys(network.items, 0.0)
    for name, pieces in target_amounts(reference).items():
        _add(exploded, network.bill, name, pieces)
    assert exploded == pytest.approx({name: needs(reference, target_amounts(reference))[name] for name in exploded})
    assert {offer.supplier for offer in network.bought["cell-large"]} == {"jadewell", "hanbyul", "solanum"}


def _add(exploded, bill, name, pieces):
    exploded[name] += pieces
    for part, number in bill.get(name, {}).items():
        _add(exploded, bill, part, number * pieces)
