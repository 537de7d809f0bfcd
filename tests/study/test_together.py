"""Lots sized together over all levels, with setup times."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from plantwright.problems.lots import LotEffort
from plantwright.study.materials import together
from plantwright.study.materials.loads import loads
from plantwright.study.materials.making import make
from plantwright.study.materials.together import Settled

PLANT = """
plantwright: 1
name: Stamps
calendars: {day: {shifts: [Mon-Fri 06:00-14:00]}}
stations: {press: {calendar: day}, bench: {calendar: day, machines: 3}}
offers: {steel: {item: bar, lead-time: 1 week, prices: {1: 4 EUR}}}
items:
  bar: {buy: {from: steel, policy: {s: 500, Q: 500}}}
  cap: {made-by: cap, policy: {kanban: 100}}
  foot: {made-by: foot, policy: {kanban: 100}}
  pin: {made-by: pin, policy: {kanban: 50}}
routes:
  cap: [{op: stamp, station: press, time: 2 min, uses: {bar: 1, pin: 1}}]
  foot: [{op: stamp, station: press, time: 3 min, uses: {bar: 2}}]
  pin: [{op: turn, station: bench, time: 30 s, uses: {bar: 1}}]
  lamp: [{op: fit, station: bench, time: 10 min, uses: {cap: 1, foot: 1}}]
  stool: [{op: fit, station: bench, time: 12 min, uses: {foot: 3}}]
products: {lamp: {made-by: lamp, start: 600}, stool: {made-by: stool, start: 300}}
demand: {lamp: {year: 10 000}, stool: {year: 5 000}}
planning:
  horizon: 8 week
  levelled: lots
  order-cost: 60 EUR
  items:
    cap: {called-by: plan, setup: 4 h}
    foot: {called-by: plan, setup: 6 h}
"""


@pytest.fixture(scope="module")
def made(write):
    """The plan; lots looked for only briefly."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(together, "EFFORT", LotEffort(rounds=0, nodes=5, bound_nodes=1))
        return make(write(PLANT))


def test_alone_the_press_is_overloaded_together_it_is_not(made, write):
    apart = make(write(PLANT.replace("levelled: lots", "levelled: false")))
    over = [hours > there for hours, there in zip(*_press(apart), strict=True)]
    assert sum(over) >= 4
    assert made.together.plan.is_within_capacity
    for hours, there in zip(*_press(made), strict=True):
        assert hours <= 0.95 * there + 0.2  # a few pieces of rounding


def _press(plan):
    row = loads(plan)["press"]
    return row.needed_h, row.hours_h


def test_nothing_that_is_made_is_missing(made):
    for item in range(len(made.materials.names)):
        if made.is_made(item):
            first = int(made.problem.earliest[item])
            assert (made.plan.projected[item, first:] >= made.problem.safety[item]).all()


def test_the_gap_is_proven(made):
    assert 0 <= made.together.plan.gap < 0.5


def test_a_plan_costs_less_than_lot_for_lot(made, write):
    apart = make(write(PLANT.replace("levelled: lots", "levelled: false")))
    orders = [int((plan.plan.receipts[: made.materials.names.index("bar")] > 0).sum()) for plan in (made, apart)]
    assert orders[0] < orders[1]


def test_what_kanbans_refill_is_taken_with_what_takes_it(made):
    # a cap takes a bar, and a pin that takes another one
    taken = together.taken_directly(made.problem.bill, [name in made.loops for name in made.materials.names])
    names = made.materials.names
    assert taken[names.index("cap"), names.index("bar")] == 2
    assert (names.index("pin"), names.index("bar")) not in taken


pieces = st.lists(st.integers(0, 30), min_size=1, max_size=8)


@given(pieces, st.data())
def test_settled_lots_never_give_less_than_is_needed(net, data):
    net = np.array(net)
    earliest = int(np.argmax(net > 0)) if net.any() else len(net)
    lots = data.draw(st.lists(st.integers(0, 60), min_size=len(net), max_size=len(net)))
    found = Settled(np.cumsum(lots), data.draw(st.integers(0, earliest)))(net)
    assert (found >= 0).all()
    assert (np.cumsum(found) >= np.cumsum(net)).all()
    assert found.sum() == net.sum()
