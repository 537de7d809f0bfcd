import datetime as dt

import pytest

from plantwright.codes import ARRIVALS, BY_DATE, BY_MIX, CONWIP, LAUNCHED, NONE, ON_DEMAND, PULLED, SATURATED, UNLIMITED

DAY = 86_400_000_000
NOON = DAY // 2
MIX = {"agri": {"year": 60_000}, "insp": {"year": 25_000}, "cargo": {"year": 15_000}}


@pytest.fixture
def products(lowered):
    """Products of one route, lowered with a demand: name and further fields of each."""

    def build(mode, demand, fields=None, **settings):
        things = {name: {"made-by": "part", "conwip": 40, **(fields or {})} for name in demand}
        return lowered(mode, items={}, products=things, demand=demand, **settings)

    return build


def test_releases_as_written(lowered):
    releases = {
        "a": {"saturated": True},
        "b": {"every": "exponential(5 s)", "group": 4, "full": "lost"},
        "c": {"conwip": 10},
    }
    problem = lowered(items={name: {"made-by": "part", "release": release} for name, release in releases.items()})
    release = problem.world.release
    assert problem.names.releases == ("a", "b", "c")
    assert list(release.kind) == [SATURATED, ARRIVALS, CONWIP]
    assert list(release.cap) == [UNLIMITED, UNLIMITED, 10]
    assert list(release.loses) == [0, 1, 0]
    assert list(release.launcher) == [NONE] * 3
    assert problem.world.law.a[release.law[1]] == 5e6
    assert problem.world.law.a[release.group_law[1]] == 4.0
    assert problem.world.clock.reserve_parts[0] == 8 * 4 + 64


def test_something_made_that_nothing_calls_for_is_never_started(lowered):
    world = lowered(items={"part": {"made-by": "part"}}).world
    assert (len(world.release), world.item.release[0]) == (0, NONE)


def test_capacity_lets_products_in_by_their_share_of_the_demand(products):
    problem = products("capacity", MIX, conwip={"insp": 25})
    world = problem.world
    assert list(world.release.kind) == [LAUNCHED] * 3
    assert list(world.release.weight) == pytest.approx([0.60, 0.25, 0.15])
    assert list(world.release.cap) == [40, 25, 40]
    assert problem.conwip == (("agri", 40), ("insp", 25), ("cargo", 40))
    assert world.launcher.kind.tolist() == [BY_MIX]
    assert list(world.link[world.launcher.first[0] : world.launcher.first[0] + 3]) == [0, 1, 2]
    assert (len(world.demand), len(world.opening)) == (0, 0), "nobody orders: whatever is made counts"


def test_products_that_move_as_lots_keep_their_share_of_the_pieces(lowered):
    things = {"a": {"made-by": "part", "conwip": 9}, "b": {"made-by": "part", "conwip": 9, "moves-as": 4}}
    demand = {name: {"year": 1000} for name in things}
    release = lowered("capacity", items={}, products=things, demand=demand).world.release
    # Four parts of a to one of b: 8 pieces in 5 launches. Credit given equals pieces taken in the long run.
    assert list(release.weight) == pytest.approx([0.8, 0.8])
    assert sum(release.weight) == pytest.approx(8 / 5)


def test_demand_by_a_law_has_its_share_of_the_mix(products):
    demand = {"agri": {"year": 8760}, "insp": {"every": "exponential(3 h)", "pieces": 1}}
    assert list(products("capacity", demand).world.release.weight) == pytest.approx([0.75, 0.25])


def test_capacity_without_a_cap_is_an_error_of_the_caller(lowered):
    with pytest.raises(ValueError, match="part: give conwip"):
        lowered("capacity", items={}, products={"part": {"made-by": "part"}}, demand={"part": {"year": 10}})


def test_service_opens_the_orders_of_each_day_ahead_of_their_date(products):
    problem = products("service", {"agri": {"year": 730}}, {"ahead": "1 week"}, until_s=4 * 86_400.0)
    world = problem.world
    assert (world.release.kind[0], world.launcher.kind[0]) == (LAUNCHED, BY_DATE)
    assert world.release.openings[0] == 4 + 8 + 7, "the run, what is lowered beyond it, and a week ahead of that"
    assert list(world.opening.due[:3]) == [NOON, DAY + NOON, 2 * DAY + NOON]
    assert list(world.opening.time[6:9]) == [0, NOON, DAY + NOON]
    assert set(world.opening.pieces) == {2}
    assert problem.conwip == (("agri", 40),)


def test_service_orders_what_is_wanted_each_day(products):
    world = products("service", {"agri": {"year": 730, "unmet": "lost"}}, until_s=86_400.0).world
    demand = world.demand[0]
    assert (demand["item_"], demand.law, demand.loses, demand.orders) == (0, NONE, 1, 9)
    assert list(world.order.time[:2]) == [NOON, DAY + NOON]
    assert set(world.order.pieces) == {2}


def test_a_unit_may_be_started_eight_weeks_ahead_when_nothing_is_said(products):
    world = products("service", {"agri": {"year": 730}}).world
    assert world.opening.time[56] == NOON


def test_dated_orders_are_made_and_delivered(products):
    orders = [{"date": dt.date(2027, 1, 6), "pieces": 7}]
    world = products("service", {"agri": {"orders": orders}}, **{"from": dt.date(2027, 1, 4)}).world
    assert [(row.time, row.due, row.pieces) for row in world.opening] == [(0, 2 * DAY + NOON, 7)]
    assert [(row.time, row.pieces) for row in world.order] == [(2 * DAY + NOON, 7)]


def test_as_written_a_product_with_demand_and_no_release_is_started_by_its_orders(products):
    assert products("as-written", {"agri": {"year": 730}}).world.release.kind[0] == LAUNCHED


def test_as_written_a_release_of_its_own_goes_first_and_in_service_the_orders_do(products):
    fields = {"release": {"conwip": 3}}
    assert products("as-written", {"agri": {"year": 730}}, fields).world.release.kind[0] == CONWIP
    assert products("service", {"agri": {"year": 730}}, fields).world.release.kind[0] == LAUNCHED


def test_orders_by_a_law_call_for_what_nothing_else_lets_in(products):
    world = products("as-written", {"agri": {"every": "exponential(1 h)", "pieces": "geometric(0.5)"}}).world
    assert (world.release.kind[0], world.item.policy[0], world.release.pending[0]) == (PULLED, ON_DEMAND, 0)
    assert (world.law.a[world.demand.law[0]], world.demand.orders[0]) == (3600e6, 0)
    assert world.demand.pieces_law[0] != NONE


def test_spares_of_an_item_are_ordered_in_capacity_too(lowered):
    items = {"part": {"made-by": "part", "policy": {"kanban": 5}}}
    problem = lowered("capacity", items=items, demand={"part": {"year": 365}})
    assert problem.names.demands == ("part",)
    assert problem.world.release.kind[0] == PULLED
    assert problem.world.order.pieces.sum() == 9, "one a day, for the run and eight days more"


def test_a_made_item_with_a_demand_and_no_policy_is_started_by_its_orders(lowered):
    world = lowered("capacity", items={"part": {"made-by": "part"}}, demand={"part": {"year": 365}}).world
    assert (world.launcher.kind.tolist(), world.release.cap[0]) == ([BY_DATE], UNLIMITED)


def test_the_last_day_of_the_year_is_reached_with_the_year_complete(products):
    world = products("service", MIX, until_s=365 * 86_400.0).world
    first = world.demand[0]
    orders = world.order[first.first_order : first.first_order + first.orders]
    assert orders.pieces[orders.time < 365 * DAY].sum() == 60_000
