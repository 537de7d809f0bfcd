"""The network under losses: what each takes, what lies there at the beginning, what still comes."""

import datetime as dt

import numpy as np
import pytest

from plantwright.analytic.rationing import ration
from plantwright.compile.exposure import exposed, phases, steady
from plantwright.io.patch import apply
from plantwright.model.plant import Plant
from plantwright.model.state import State

DAY_S = 86_400.0
WEEK_S = 7 * DAY_S


def lamps(**sections):
    """A lamp of a bulb and a stand, 70 a week. Bulbs come from two makers who buy from the same glassworks."""
    return Plant.model_validate(
        {
            "name": "lamps",
            "from": "2027-01-04",
            "sites": {"works": {"country": "AT"}},
            "shops": {"hall": {"site": "works"}},
            "stations": {"bench": {"shop": "hall"}},
            "items": {
                "bulb": {"buy": {"from": ["near-bulb", "far-bulb"], "policy": {"s": 250, "Q": 100}}},
                "stand": {"buy": {"from": "stand-offer", "policy": {"s": 200, "Q": 100}}},
            },
            "routes": {"lamp": [{"op": "fit", "station": "bench", "time": "1 min", "uses": {"bulb": 1, "stand": 1}}]},
            "products": {"lamp": {"made-by": "lamp", "price": "10 EUR", "material-cost": "4 EUR", "ahead": "0 d"}},
            "suppliers": {
                "near": {"country": "AT", "buys-from": ["glass"], "recovery": "10 week"},
                "far": {"country": "VN", "buys-from": ["glass"], "recovery": "10 week"},
                "stander": {"country": "VN", "recovery": "6 week"},
                "glass": {"country": "DE", "recovery": "20 week"},
            },
            "lanes": {"sea": {"from": "VN", "to": "works", "modes": {"sea": {"time": "2 week", "via": ["strait"]}}}},
            "offers": {
                "near-bulb": {"item": "bulb", "supplier": "near", "lead-time": "1 week", "capacity": "140/week"},
                "far-bulb": {"item": "bulb", "supplier": "far", "lead-time": "4 week", "capacity": "140/week"},
                "stand-offer": {"item": "stand", "supplier": "stander", "lead-time": "3 week"},
            },
            "demand": {"lamp": {"year": 3650}},
            **sections,
        }
    )


@pytest.fixture
def network():
    return exposed(lamps(), {"lamp": 6.0})


def cause(network, key):
    return next(each for each in network.causes if each.key == key)


def names(network, key):
    return {network.ways[way].name for way in cause(network, key).ways}


def test_whoever_is_behind_several_takes_them_all(network):
    assert names(network, "supplier near") == {"near-bulb"}
    assert names(network, "supplier glass") == {"near-bulb", "far-bulb"}


def test_countries_and_ports_are_found_in_the_document(network):
    assert names(network, "country VN") == {"far-bulb", "stand-offer"}
    assert names(network, "port strait") == names(network, "lane sea") == {"far-bulb", "stand-offer"}
    assert not any(each.key == "country AT" for each in network.causes)
    assert cause(network, "country VN").recovery.text == "10 week"


def test_an_event_takes_what_it_names_and_may_leave_a_part():
    event = {"flood": {"suppliers": ["stander"], "recovery": "3 week", "left": "40 %"}}
    network = exposed(lamps(risk={"events": event}), {"lamp": 6.0})
    flood = cause(network, "event flood")
    assert names(network, "event flood") == {"stand-offer"}
    found = phases(network)
    place = flood.ways[0]
    under = found.under([(flood, 3 * WEEK_S)]).capacity[:, place]
    # Two weeks of goods are under way; then 40 % comes for three weeks.
    share = under[:6] / found.running[:6, place]
    assert share == pytest.approx([1, 1, 0.4, 0.4, 0.4, under[5] / found.running[5, place]])


def test_usual_shelves_are_what_the_policy_keeps_on_average(network):
    # Ten a day. Bulbs: 250 less one week of use, and half an order. Stands: 200 less three weeks of use, but not less
    # than nothing, and half an order.
    assert network.opening.stock == pytest.approx({"lamp": 0, "bulb": 250 - 70 + 50, "stand": 50}, abs=1e-6)


def test_a_state_says_what_lies_there_and_what_is_under_way():
    state = State.model_validate(
        {
            "at": "2027-02-01T00:00:00Z",
            "stocks": {"bulb": 12, "stand": 700},
            "deliveries": [{"item": "bulb", "pieces": 100, "offer": "near-bulb", "due": "2027-02-09T00:00:00Z"}],
        }
    )
    network = exposed(lamps(), {"lamp": 6.0}, state)
    assert network.first_day == dt.date(2027, 2, 1)
    found = phases(network)
    bulb = network.place["bulb"]
    assert found.problem.stock[bulb] == 12
    assert found.problem.arriving[:3, bulb].tolist() == [0, 100, 0]
    # Of a lost maker nothing is under way that a lane protects: it comes when he is back.
    late = found.under([(cause(network, "supplier near"), 10 * WEEK_S)])
    assert late.arriving[:12, bulb].tolist() == [0] * 11 + [100]
    assert steady(network).stock[bulb] == 112


def test_the_second_maker_takes_over_when_its_first_delivery_can_come(network):
    found = phases(network)
    lost = found.under([(cause(network, "supplier near"), 10 * WEEK_S)])
    far = next(place for place, way in enumerate(network.ways) if way.name == "far-bulb")
    assert lost.capacity[:5, far].tolist() == pytest.approx([0, 0, 0, 0, 140])
    course = ration(lost, lost.capacity, network.order)
    # 230 bulbs last 23 days; the fourth week lacks 50 of 70, and from the fifth on there is enough again.
    assert course.unmet[:6, network.place["lamp"]].tolist() == pytest.approx([0, 0, 0, 50, 0, 0], abs=1e-6)
    assert course.short_of[3] == network.place["bulb"]


def test_an_offer_that_is_not_qualified_comes_only_after_its_qualification():
    patch = {"offers.far-bulb.qualified": False, "offers.far-bulb.qualification": "6 week"}
    network = exposed(apply(lamps(), patch), {"lamp": 6.0})
    place = next(place for place, way in enumerate(network.ways) if way.name == "far-bulb")
    assert np.flatnonzero(phases(network).problem.capacity[:, place])[0] == 10
    assert steady(network).capacity[place] == 0.0


def test_after_a_loss_deliveries_climb_back_along_the_ramp():
    network = exposed(apply(lamps(), {"offers.near-bulb.ramp": "2 week"}), {"lamp": 6.0})
    place = next(place for place, way in enumerate(network.ways) if way.name == "near-bulb")
    capacity = phases(network).under([(cause(network, "supplier near"), 3 * WEEK_S)]).capacity[:, place]
    assert capacity[:6] == pytest.approx([0, 0, 0, 140 * 0.25, 140 * 0.75, 140])


def test_the_plan_meets_the_demand_when_nothing_is_lost(network):
    problem = phases(network).problem
    assert ration(problem, problem.capacity, network.order).loss == 0.0
