import numpy as np
import pytest
from hypothesis import given, strategies as st

from plantwright.analytic.ordering import (
    Sizes,
    economic_quantity,
    for_periods,
    gathered,
    least_cost_starts,
    until_next,
)


def test_lots_of_a_table_by_hand():
    # net requirements 0 20 30 0 10 40; two periods together, at least 45, whole packages of 10
    # period 1: 20 + 30 = 50; period 4: 10 + 40 = 50
    net = np.array([0, 20, 30, 0, 10, 40])
    assert gathered(net, for_periods(6, 2), Sizes(least=45, multiple=10)).tolist() == [0, 50, 0, 0, 50, 0]


def test_what_a_large_lot_leaves_serves_later_periods():
    assert gathered(np.array([10, 10, 10, 10]), for_periods(4, 1), Sizes(least=25)).tolist() == [25, 0, 25, 0]


@pytest.mark.parametrize(("pieces", "orders"), [(0, []), (90, [90]), (100, [100]), (101, [100, 1])])
def test_what_is_more_than_the_most_becomes_several_orders(pieces, orders):
    assert Sizes(most=100).split(pieces) == orders


@given(st.integers(1, 1000), st.builds(Sizes, least=st.integers(1, 40), multiple=st.integers(1, 9), most=st.just(100)))
def test_orders_into_which_a_lot_is_split_are_allowed(wanted, sizes):
    orders = sizes.split(sizes.of(wanted))
    assert sum(orders) == sizes.of(wanted)
    assert all(sizes.least <= order <= 100 and order % sizes.multiple == 0 for order in orders)


needs = st.lists(st.integers(0, 50), min_size=1, max_size=12).map(np.array)


@given(needs, st.integers(1, 5), st.builds(Sizes, least=st.integers(1, 60), multiple=st.integers(1, 20)))
def test_orders_cover_what_is_needed_when_it_is_needed_and_are_allowed(net, periods, sizes):
    receipts = gathered(net, for_periods(len(net), periods), sizes)
    assert (np.cumsum(receipts) >= np.cumsum(net)).all()
    assert all(pieces >= sizes.least and pieces % sizes.multiple == 0 for pieces in receipts[receipts > 0])
    # an order comes only where without it something would be missing
    before = np.concatenate(([0], np.cumsum(receipts)[:-1]))
    assert (before[receipts > 0] < np.cumsum(net)[receipts > 0]).all()


@given(needs)
def test_a_period_at_a_time_is_lot_for_lot(net):
    assert (gathered(net, for_periods(len(net), 1)) == net).all()


@given(needs, st.sets(st.integers(0, 11), min_size=1))
def test_orders_in_given_periods_come_in_these(net, chosen):
    first = int(np.argmax(net > 0))
    starts = np.array(sorted({first} | {each for each in chosen if first < each < len(net)}))
    receipts = gathered(net, until_next(len(net), starts))
    assert receipts.sum() == net.sum()
    assert all(any(start <= period for start in starts) for period in np.flatnonzero(receipts))
    assert len(np.flatnonzero(receipts)) <= len(starts)


def cost_of(net, starts, order_cost, holding):
    """Cost of orders that come in given periods; infinite where something is missing."""
    if not set(starts) or min(starts) > min(np.flatnonzero(net)):
        return np.inf
    waits = sum(
        (period - max(start for start in starts if start <= period)) * net[period]
        for period in range(len(net))
        if net[period]
    )
    return order_cost * len(starts) + holding * waits


@given(
    st.lists(st.integers(0, 30), min_size=1, max_size=7).filter(any).map(np.array),
    st.integers(0, 90),
    st.integers(0, 4),
)
def test_wagner_and_whitin_cost_no_more_than_any_other_choice_of_periods(net, order_cost, holding):
    found = least_cost_starts(net, float(order_cost), float(holding))
    choices = [
        [period for period in range(len(net)) if chosen >> period & 1 and net[period]]
        for chosen in range(1, 2 ** len(net))
    ]
    assert cost_of(net, found.tolist(), order_cost, holding) == min(
        cost_of(net, choice, order_cost, holding) for choice in choices
    )


ORLICKY = np.array([35, 10, 0, 40, 0, 20, 5, 10, 30])
"""Net requirements of nine months; an order costs 100, to hold a piece for a month 1, in a year 200 are wanted.

J. Orlicky (2011), Material Requirements Planning, 3rd ed. by C. Ptak and C. Smith, McGraw-Hill, chapter 8, figure 8-2.
"""


def test_the_economic_quantity_of_a_textbook():
    quantity = round(economic_quantity(200 / 12, 100, 1))
    assert quantity == 58
    receipts = gathered(ORLICKY, for_periods(9, 1), Sizes(least=quantity))
    assert receipts.tolist() == [58, 0, 0, 58, 0, 0, 0, 58, 0]


def test_wagner_and_whitin_on_the_table_of_the_textbook():
    # Three orders of 100; 10 are held a month, 20 two, 5 three, 30 one: 300 + 10 + 40 + 15 + 30.
    receipts = gathered(ORLICKY, until_next(9, least_cost_starts(ORLICKY, 100, 1)))
    assert receipts.tolist() == [45, 0, 0, 65, 0, 0, 0, 40, 0]
    assert 100 * np.count_nonzero(receipts) + (np.cumsum(receipts) - np.cumsum(ORLICKY)).sum() == 395
