import datetime as dt

import pytest

from plantwright.codes import NEVER_SHORT, NO_POLICY, NONE, ON_DEMAND, ON_WITHDRAWAL, PULLED, REORDER, UNLIMITED

DAY = 86_400_000_000


def test_items_come_before_products_and_both_have_rows(lowered):
    problem = lowered(items={"a": {}, "b": {"buy": {}}}, products={"p": {"made-by": "part"}})
    assert problem.names.items == ("a", "b", "p")
    assert list(problem.world.item.policy) == [NO_POLICY, NEVER_SHORT, NO_POLICY]
    assert list(problem.world.item.flow_histogram) == [NONE, NONE, 0]


@pytest.mark.parametrize(
    ("policy", "columns"),
    [
        ({"kanban": 40}, (ON_WITHDRAWAL, 1, 40)),
        ({"kanban": 40, "lot": 10}, (ON_WITHDRAWAL, 10, 40)),
        ({"base-stock": 5}, (ON_DEMAND, 1, 5)),
        ({"s": 30, "Q": 12}, (ON_DEMAND, 12, 42)),
    ],
)
def test_a_made_item_is_called_for_by_its_policy_and_begins_full(lowered, policy, columns):
    world = lowered(items={"part": {"made-by": "part", "policy": policy}}).world
    item, release = world.item[0], world.release[0]
    assert (item.policy, item.lot, item.start) == columns
    assert item.stock == item.start
    assert (release.kind, release.pending, item.release) == (PULLED, 0, 0)


def test_shelves_that_begin_short_are_called_full(lowered):
    world = lowered(items={"part": {"made-by": "part", "policy": {"kanban": 40}, "start": 15, "room": 60}}).world
    assert (world.item.stock[0], world.release.pending[0], world.item.room[0]) == (15, 25, 60)


def test_a_lot_is_called_for_in_whole_parts(lowered):
    world = lowered(items={"part": {"made-by": "part", "moves-as": 4, "policy": {"kanban": 40, "lot": 10}}}).world
    assert (world.item.lot[0], world.release.pieces[0]) == (12, 4)


def test_a_bought_item_is_ordered_at_its_reorder_point(lowered):
    offer = {
        "lead-time": "lognormal(8 weeks, 1 week)",
        "capacity": "1000/d",
        "outages": [{"from": dt.date(2027, 1, 6), "until": dt.date(2027, 2, 1), "left": "25 %"}],
    }
    world = lowered(
        **{"from": dt.date(2027, 1, 4)},
        items={"cell": {"buy": {"from": ["far", "near"], "policy": {"s": 60_000, "Q": 5000}}}},
        offers={"near": {"lead-time": "2 d"}, "far": offer},
    ).world
    item = world.item[0]
    assert (item.policy, item.reorder, item.quantity, item.start) == (REORDER, 60_000, 5000, 65_000)
    assert (item.offers, item.room) == (2, UNLIMITED)
    far, near = world.offer[item.first_offer], world.offer[item.first_offer + 1]
    assert (far.gap, near.gap, far.outages, near.outages) == (5 * DAY, 0, 1, 0)
    outage = world.outage[far.first_outage]
    assert (outage.start, outage.end, outage.left) == (2 * DAY, 28 * DAY, 0.25)
    assert world.law.a[near.law] == 2 * DAY


def test_a_kanban_of_a_bought_item_is_a_reorder_point(lowered):
    items = {"cell": {"buy": {"policy": {"kanban": 100, "lot": 20}}}}
    world = lowered(items=items, offers={"any": {"item": "cell", "lead-time": "1 d"}}).world
    # Ordered as soon as 20 of the 100 are taken.
    assert (world.item.reorder[0], world.item.quantity[0], world.item.start[0]) == (80, 20, 100)


def test_a_bought_item_that_nobody_offers_is_never_short(lowered):
    world = lowered(items={"cell": {"buy": {"policy": {"s": 1, "Q": 1}}}}).world
    assert (world.item.policy[0], world.item.offers[0]) == (NEVER_SHORT, 0)


def test_a_stock_knows_the_stations_that_take_from_it(routed):
    items = {"part": {"made-by": "part", "release": {"saturated": True}}, "screw": {"buy": {}}}
    world = routed(
        {"op": "a", "station": "n", "uses": {"screw": 4}},
        {"op": "b"},
        {"op": "c", "station": ["k", "m"], "uses": {"screw": 1}},
        items=items,
        stations={"m": {}, "k": {}, "n": {}},
    ).world
    screw = world.item[1]
    assert list(world.link[screw.first_user : screw.first_user + screw.users]) == [0, 1, 2]
    assert [(row.pieces) for row in world.kit] == [4, 1]
