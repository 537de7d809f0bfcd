import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from plantwright.analytic import mrp
from plantwright.analytic.pegging import peg
from plantwright.analytic.promise import available_to_promise
from plantwright.problems.materials import CUSTOMERS, ON_HAND, OPEN, PLANNED, Bill, MaterialsProblem


def row(*pieces):
    return np.array(pieces, dtype=np.int64)


def lot_for_lot(net):
    return net


def fixed(quantity):
    """Whole lots as soon as they are needed."""

    def lots(net):
        covered, receipts = 0, np.zeros_like(net)
        for period, wanted in enumerate(np.cumsum(net)):
            receipts[period] = -(-max(0, wanted - covered) // quantity) * quantity
            covered += receipts[period]
        return receipts

    return lots


def problem(arcs, demand, **given):
    """A problem of items with demands by period; stock, open orders, safety and lead times are 0 where not given."""
    demand = np.array(demand, dtype=np.int64)
    items = len(demand)
    parent, child, pieces = zip(*arcs, strict=True) if arcs else ((), (), ())
    bill = Bill(np.array(parent, dtype=np.int64), np.array(child, dtype=np.int64), np.array(pieces, dtype=float))
    columns = {name: np.array(given.get(name, [0] * items), dtype=np.int64) for name in ("stock", "safety", "lead")}
    earliest = np.array(given.get("earliest", columns["lead"]), dtype=np.int64)
    scheduled = np.array(given.get("scheduled", np.zeros_like(demand)), dtype=np.int64)
    return MaterialsProblem(bill, demand, scheduled=scheduled, earliest=earliest, **columns)


@pytest.fixture
def drone_table():
    """Two levels in the manner of Hopp and Spearman, chapter 3: a frame A that takes two tubes B.

    A: on hand 20, an open order of 10 in week 1, lots of 40, lead time 1 week.
    B: on hand 30, sold as a spare too (10 in week 5), lot for lot, lead time 2 weeks, safety stock 5.
    """
    return problem(
        [(0, 1, 2.0)],
        [[15, 20, 50, 10, 30, 30], [0, 0, 0, 0, 0, 10]],
        stock=[20, 30],
        scheduled=[[0, 10, 0, 0, 0, 0], [0, 100, 0, 0, 0, 0]],
        safety=[0, 5],
        lead=[1, 2],
    )


def test_a_table_worked_by_hand(drone_table):
    # Frame A                      week  0    1    2    3    4    5
    # gross requirements                15   20   50   10   30   30
    # left without new orders            5   -5  -55  -65  -95 -125   = 20 - 15; + 10 - 20; - 50; ...
    # missing up to then                 0    5   55   65   95  125
    # net requirements                   0    5   50   10   30   30
    # planned receipts, lots of 40       0   40   40    0   40   40   covered 40, 80, 80 >= 65, 120 >= 95, 160 >= 125
    # projected stock                    5   35   25   15   25   35
    # planned releases, a week before   40   40    0   40   40    0
    # Tube B, two in each frame
    # gross requirements                80   80    0   80   80   10   twice the releases of A, and the spares
    # left without new orders          -50  -30  -30 -110 -190 -200   = 30 - 80; + 100 - 80; ...
    # missing below 5, from week 2 on    .    .   35  115  195  205   nothing new can come before week 2
    # net requirements                   0    0   35   80   80   10
    # projected stock                  -50  -30    5    5    5    5
    # planned releases, 2 weeks before  35   80   80   10    0    0
    found = mrp.plan(drone_table, [fixed(40), lot_for_lot])
    assert found.level.tolist() == [0, 1]
    assert found.net[0].tolist() == [0, 5, 50, 10, 30, 30]
    assert found.receipts[0].tolist() == [0, 40, 40, 0, 40, 40]
    assert found.projected[0].tolist() == [5, 35, 25, 15, 25, 35]
    assert found.releases[0].tolist() == [40, 40, 0, 40, 40, 0]
    assert found.gross[1].tolist() == [80, 80, 0, 80, 80, 10]
    assert found.net[1].tolist() == [0, 0, 35, 80, 80, 10]
    assert found.projected[1].tolist() == [-50, -30, 5, 5, 5, 5]
    assert found.releases[1].tolist() == [35, 80, 80, 10, 0, 0]


def test_net_requirements_of_a_textbook():
    # J. Orlicky (2011), Material Requirements Planning, 3rd ed. by C. Ptak and C. Smith, McGraw-Hill, figures 7-2 to
    # 7-4: 23 on hand, 30 on order for the third period; 19 have to be made, 7 in the sixth and 12 in the seventh.
    table = problem([], [[0, 20, 0, 25, 0, 15, 12, 0]], stock=[23], scheduled=[[0, 0, 30, 0, 0, 0, 0, 0]], lead=[2])
    found = mrp.plan(table, [lot_for_lot])
    assert found.net[0].tolist() == [0, 0, 0, 0, 0, 7, 12, 0]
    assert found.projected[0].tolist() == [23, 3, 33, 8, 8, 0, 0, 0]
    assert found.releases[0].tolist() == [0, 0, 0, 7, 12, 0, 0, 0]


def test_pegs_of_the_table(drone_table):
    found = mrp.plan(drone_table, [fixed(40), lot_for_lot])
    pegs = peg(drone_table, found)
    of_tube = [
        tuple(int(value) for value in each[1:])
        for each in zip(*map(pegs.__getattribute__, pegs.__slots__))
        if each[0] == 1
    ]
    assert of_tube == [
        (ON_HAND, 0, 0, 0, 30),  # the 30 on hand go into the frames begun in week 0,
        (OPEN, 1, 0, 0, 50),  # the other 50 for them come a week late
        (OPEN, 1, 0, 1, 50),
        (PLANNED, 2, 0, 1, 30),
        (PLANNED, 2, 0, 3, 5),
        (PLANNED, 3, 0, 3, 75),
        (PLANNED, 3, 0, 4, 5),
        (PLANNED, 4, 0, 4, 75),
        (PLANNED, 4, CUSTOMERS, 5, 5),
        (PLANNED, 5, CUSTOMERS, 5, 5),  # 5 of its 10 stay as safety stock
    ]


def test_what_cannot_come_in_time_comes_as_soon_as_it_can():
    late = problem([], [[10, 10, 10, 10]], stock=[5], lead=[2])
    found = mrp.plan(late, [lot_for_lot])
    assert found.receipts[0].tolist() == [0, 0, 25, 10]
    assert found.projected[0].tolist() == [-5, -15, 0, 0]


def test_nothing_new_comes_within_the_frozen_fence():
    frozen = problem([], [[10, 10, 10, 10]], lead=[1], earliest=[3])
    assert mrp.plan(frozen, [lot_for_lot]).receipts[0].tolist() == [0, 0, 0, 40]


def test_scrap_is_bought_in_whole_pieces_and_never_twice():
    taken = mrp.dependent_requirements(row(1, 1, 1, 1, 1, 1, 1, 1, 1), 1 / 0.9)
    assert taken.tolist() == [2, 1, 1, 1, 1, 1, 1, 1, 1]  # nine good ones take ten


def test_a_cycle_is_refused():
    bill = Bill(row(0, 1), row(1, 0), np.ones(2))
    with pytest.raises(ValueError, match="built of itself"):
        mrp.low_level_codes(bill, 2)


def test_a_lot_rule_that_gives_too_little_is_refused():
    with pytest.raises(ValueError, match="less than is needed"):
        mrp.plan(problem([], [[10]]), [np.zeros_like])


def test_available_to_promise_by_hand():
    # Stock 10. Lots of 50 in weeks 2 and 4. Orders of weeks 0 and 1 take 12 of the 10 on hand: 2 are promised twice.
    # Weeks 2 and 3 take 20 of their lot: 30 left. Week 4 takes 60, 10 of them from the lot of week 2: 20 left.
    found = available_to_promise(row(0, 0, 50, 0, 50), row(8, 4, 20, 0, 60), stock=10)
    assert found.tolist() == [-2, 0, 20, 0, 0]


@st.composite
def problems(draw):
    """Small bills without a cycle, with demand, stock, open orders, safety stocks and lead times."""
    items, periods = draw(st.integers(1, 5)), draw(st.integers(1, 8))
    pairs = [(parent, child) for parent in range(items) for child in range(parent + 1, items)]
    arcs = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    arcs = [(*arc, draw(st.sampled_from([1.0, 2.0, 1 / 0.97, 0.5]))) for arc in arcs]
    pieces = st.integers(0, 60)

    def table():
        return draw(st.lists(st.lists(pieces, min_size=periods, max_size=periods), min_size=items, max_size=items))

    def column(least, most):
        return draw(st.lists(st.integers(least, most), min_size=items, max_size=items))

    scheduled, lead = table(), column(0, min(3, periods))
    return problem(arcs, table(), stock=column(-20, 80), scheduled=scheduled, safety=column(0, 30), lead=lead)


rules = st.one_of(st.just(lot_for_lot), st.integers(1, 70).map(fixed))


@settings(max_examples=60, deadline=None)
@given(problems(), st.data())
def test_stock_never_falls_below_its_safety_stock_once_orders_can_come(given_problem, data):
    lots = [data.draw(rules) for _ in given_problem.stock]
    found = mrp.plan(given_problem, lots)
    for item, first in enumerate(given_problem.earliest):
        assert (found.projected[item, first:] >= given_problem.safety[item]).all()
        assert (found.receipts[item, :first] == 0).all()


@settings(max_examples=60, deadline=None)
@given(problems(), st.data())
def test_what_comes_is_what_goes_and_what_is_left(given_problem, data):
    lots = [data.draw(rules) for _ in given_problem.stock]
    found = mrp.plan(given_problem, lots)
    comes = given_problem.stock + (given_problem.scheduled + found.receipts).sum(axis=1)
    assert (comes - found.gross.sum(axis=1) == found.projected[:, -1]).all()
    # every parent's order takes its components, to less than a piece
    taken = found.releases.sum(axis=1)[given_problem.bill.parent] * given_problem.bill.pieces
    assert (np.abs(found.dependent.sum(axis=1) - taken) < 1).all()
    released = [found.releases[item].sum() for item in range(len(given_problem.stock))]
    assert released == [found.receipts[item].sum() for item in range(len(given_problem.stock))]


@settings(max_examples=60, deadline=None)
@given(problems())
def test_lot_for_lot_is_the_netted_need_and_leaves_no_more_than_it_must(given_problem):
    found = mrp.plan(given_problem, [lot_for_lot] * len(given_problem.stock))
    assert (found.receipts == found.net).all()
    # where something is ordered, stock is exactly the safety stock at the end of that period
    ordered = found.receipts > 0
    assert (found.projected[ordered] == np.broadcast_to(given_problem.safety[:, None], ordered.shape)[ordered]).all()


@settings(max_examples=60, deadline=None)
@given(problems(), st.data())
def test_pegged_pieces_add_up_both_ways(given_problem, data):
    lots = [data.draw(rules) for _ in given_problem.stock]
    found = mrp.plan(given_problem, lots)
    pegs = peg(given_problem, found)
    assert (pegs.pieces > 0).all()
    for item, stock in enumerate(given_problem.stock):
        mine = pegs.item == item
        supplied = max(0, stock) + given_problem.scheduled[item].sum() + found.receipts[item].sum()
        wanted = found.gross[item].sum() + max(0, -stock)
        assert pegs.pieces[mine].sum() == min(supplied, wanted)
        for period in range(found.gross.shape[1]):
            planned = mine & (pegs.supply == PLANNED) & (pegs.received == period)
            assert pegs.pieces[planned].sum() <= found.receipts[item, period]
            needed = mine & (pegs.needed == period)
            more = max(0, -stock) if period == 0 else 0
            assert pegs.pieces[needed].sum() <= found.gross[item, period] + more


@settings(max_examples=60, deadline=None)
@given(problems(), st.data())
def test_the_tree_of_pegs_is_complete(given_problem, data):
    """Every peg of a component leads to a planned order of its parent, and so on up to customers."""
    lots = [data.draw(rules) for _ in given_problem.stock]
    found = mrp.plan(given_problem, lots)
    pegs = peg(given_problem, found)
    for arc, needed in zip(pegs.arc, pegs.needed, strict=True):
        if arc != CUSTOMERS:
            parent = given_problem.bill.parent[arc]
            assert found.receipts[parent, needed + given_problem.lead[parent]] > 0
            assert found.level[parent] < found.level[given_problem.bill.child[arc]]
