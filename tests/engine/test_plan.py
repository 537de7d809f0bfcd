"""Mechanism 20: what follows a schedule."""

import pytest
from hypothesis import given, settings, strategies as st

from plantwright.compile import lower
from plantwright.compile.following import Lot, Visit, follow
from plantwright.compile.replayed import Listener
from plantwright.engine.run import run
from plantwright.units import TICKS_PER_SECOND
from tests import planning
from tests.planning import planned_world
from tests.trial import plant_of

SHOP = """
stations: {a: {machines: 2}, b: {}}
items: {p: {made-by: p}, q: {made-by: q}}
routes:
  p: [{op: x, station: a, time: 5 s}, {op: y, station: b, time: 3 s}]
  q: [{op: x, station: a, time: 4 s}, {op: y, station: b, time: 2 s}]
"""


def replay(document, lots, *, until=1000, seed=1, **how):
    """Start and end of each visit, lot by lot [s]."""
    followed = planned_world(plant_of(document), lots, until_s=until, **how)
    listener = Listener(followed)
    run(followed.problem.world, seed=seed, replication=0, until=until * TICKS_PER_SECOND, log=listener)
    return listener.told()


def bars(document, lots, **how):
    told = replay(document, lots, **how)
    return [(start / TICKS_PER_SECOND, end / TICKS_PER_SECOND) for start, end in zip(told.start, told.end)]


def lot(item, *visits, pieces=1, enters=0):
    return Lot(item, pieces, enters, 100, tuple(Visit(op, machine, at, 0) for op, machine, at in visits))


def test_each_machine_takes_what_is_planned_in_its_order_and_waits_for_it():
    # q is through a at 4, but b waits for p until 5.
    lots = [lot("p", ("x", "a/1", 0), ("y", "b/1", 5)), lot("q", ("x", "a/2", 0), ("y", "b/1", 8))]
    assert bars(SHOP, lots) == [(0, 5), (5, 8), (0, 4), (8, 10)]


def test_each_lot_goes_to_the_machine_that_is_named():
    # The second machine is idle all the time.
    lots = [lot("p", ("x", "a/1", 0), ("y", "b/1", 5)), lot("q", ("x", "a/1", 5), ("y", "b/1", 9))]
    assert bars(SHOP, lots) == [(0, 5), (5, 8), (5, 9), (9, 11)]


def test_no_lot_enters_before_its_time():
    assert bars(SHOP, [lot("p", ("x", "a/1", 0), ("y", "b/1", 0), enters=7)]) == [(7, 12), (12, 15)]


@pytest.mark.parametrize(("early", "begins"), [(0, 20), (4, 16), (None, 5)])
def test_nothing_begins_earlier_than_it_may(early, begins):
    lots = [lot("p", ("x", "a/1", 0), ("y", "b/1", 20))]
    assert bars(SHOP, lots, early_s=early)[1] == (begins, begins + 3)


def test_nothing_begins_before_it_has_rested_or_what_it_needs_has_come():
    x, y = Visit("x", "a/1", 0, 5), Visit("y", "b/1", 5, 3, rest_s=10)
    assert bars(SHOP, [Lot("p", 1, 0, 100, (x, y))]) == [(0, 5), (15, 18)]
    awaited = Visit("y", "b/1", 5, 3, earliest_s=40)
    assert bars(SHOP, [Lot("p", 1, 0, 100, (x, awaited))]) == [(0, 5), (40, 43)]


def test_where_a_station_is_named_any_of_its_machines_takes_it():
    lots = [lot("p", ("x", "a", 0), ("y", "b/1", 5)), lot("q", ("x", "a", 0), ("y", "b/1", 8))]
    assert bars(SHOP, lots, early_s=0) == [(0, 5), (5, 8), (0, 4), (8, 10)]


def test_what_is_built_in_is_waited_for_and_what_nobody_makes_is_there():
    document = """
        stations: {a: {}, b: {}}
        items: {bolt: {}, p: {made-by: p}, q: {made-by: q}}
        routes:
          p: [{op: x, station: a, time: 5 s, uses: {bolt: 4}}]
          q: [{op: x, station: b, time: 2 s, uses: {p: 3}}]
        """
    parts = [Lot("p", 2, 5 * n, 100, (Visit("x", "a/1", 10 * n, 10),), 10 * n + 10) for n in range(2)]
    # Of six p four are made, so that two are there; the other one of the last three comes at 20.
    taking = [Lot("q", 1, 0, 100, (Visit("x", "b/1", at, 2),), at + 2) for at in (10, 20)]
    assert bars(document, [*parts, *taking]) == [(0, 10), (10, 20), (10, 12), (20, 22)]


def test_setups_come_in_the_order_of_the_plan():
    document = SHOP.replace("b: {}", "b: {setup: {between-families: 10 s}}")
    lots = [lot("p", ("x", "a/1", 0), ("y", "b/1", 5)), lot("q", ("x", "a/2", 0), ("y", "b/1", 18))]
    told = replay(document, lots)
    assert (told.begin[[1, 3]] / TICKS_PER_SECOND).tolist() == [5, 18]
    assert (told.start[[1, 3]] / TICKS_PER_SECOND).tolist() == [15, 28]


def test_the_people_of_the_work_may_be_elsewhere_during_its_setup():
    document = """
        crews: {one: {skills: [fit], people: 1}, two: {skills: [set], people: 1}}
        stations: {a: {setup: {between-families: 10 s, people: {set: 1}}}, b: {}}
        items: {p: {made-by: p}, q: {made-by: q}}
        routes:
          p: [{op: x, station: a, time: 5 s, people: {fit: 1}}]
          q: [{op: x, station: b, time: 8 s, people: {fit: 1}}]
        """
    assert bars(document, [lot("q", ("x", "b/1", 0)), lot("p", ("x", "a/1", 0))]) == [(0, 8), (10, 15)]


def test_nobody_waits_for_a_lot_that_is_scrapped():
    document = SHOP.replace("time: 5 s", "time: 5 s, good: 0 %")
    lots = [lot("p", ("x", "a/1", 0), ("y", "b/1", 5)), lot("q", ("x", "a/2", 0), ("y", "b/1", 8))]
    told = replay(document, lots)
    assert told.end.tolist() == [5e6, -1, 4e6, 7e6]
    assert (told.done.tolist(), told.pieces.tolist()) == ([-1, 7e6], [0, 1])


def test_what_was_rejected_goes_before_what_is_planned():
    document = """
        stations: {a: {}}
        items: {p: {made-by: p}, q: {made-by: q}}
        routes:
          p: [{op: x, station: a, time: 5 s, good: [0 %, 100 %], else: {to: x}}]
          q: [{op: x, station: a, time: 4 s}]
        """
    assert bars(document, [lot("p", ("x", "a/1", 0)), lot("q", ("x", "a/1", 5))]) == [(0, 10), (10, 14)]


def test_an_oven_waits_for_all_that_it_is_to_take_together_and_takes_the_longest_time():
    document = """
        stations: {a: {}, oven: {batch: {max: 4, wait: 1 s}}}
        items: {p: {made-by: p}, q: {made-by: q}}
        routes:
          p: [{op: x, station: a, time: 5 s}, {op: y, station: oven, time: 10 s, family: f}]
          q: [{op: x, station: a, time: 4 s}, {op: y, station: oven, time: 20 s, family: f}]
        """
    lots = [lot("p", ("x", "a/1", 0), ("y", "oven/1", 9)), lot("q", ("x", "a/1", 5), ("y", "oven/1", 9))]
    assert bars(document, lots) == [(0, 5), (9, 29), (5, 9), (9, 29)]


def test_who_is_blocked_lets_those_pass_whose_turn_it_is():
    # Nothing can wait before b. q is done at 4 and stays on its machine; p overtakes it.
    document = SHOP.replace("b: {}", "b: {room: 0}")
    lots = [lot("p", ("x", "a/1", 0), ("y", "b/1", 5)), lot("q", ("x", "a/2", 0), ("y", "b/1", 8))]
    assert bars(document, lots) == [(0, 5), (5, 8), (0, 4), (8, 10)]


def test_a_lot_takes_the_time_of_all_its_parts_with_their_variance():
    document = """
        stations: {a: {}}
        items: {p: {made-by: p}}
        routes: {p: [{op: x, station: a, time: "uniform(0 s, 6 s)"}]}
        """
    ends = []
    for seed in range(400):
        told = replay(document, [lot("p", ("x", "a/1", 0), pieces=100)], seed=seed)
        ends.append(told.end[0] / TICKS_PER_SECOND)
    mean = sum(ends) / len(ends)
    assert mean == pytest.approx(300, abs=4 * 17.3 / 20)
    variance = sum((end - mean) ** 2 for end in ends) / (len(ends) - 1)
    assert variance == pytest.approx(300, rel=0.3)  # a hundred times 3 s^2


@settings(max_examples=60)
@given(planning.scheduled())
def test_without_chance_the_times_are_those_of_the_schedule(drawn):
    document, lots, expected, is_tight = drawn
    assert bars(document, lots, early_s=None if is_tight else 0, is_certain=True) == expected


@settings(max_examples=40)
@given(planning.scheduled(), st.integers(1, 50))
def test_shorter_times_make_nothing_later_in_the_same_sequence(drawn, seed):
    # Begins are the latest of what comes before: so are ends, on the same random numbers.
    document, lots, _, _ = drawn
    told = {}
    for mean in (4, 8):
        laws = {"time": f"exponential({mean} s)", "good": "100 %"}
        routes = {item: [{**step, **laws} for step in route] for item, route in document["routes"].items()}
        told[mean] = replay({**document, "routes": routes}, lots, seed=seed)
    assert (told[4].end <= told[8].end).all()
    assert (told[4].end < told[8].end).any()


def test_a_plan_of_nothing_makes_nothing():
    problem = lower(plant_of(SHOP), mode="as-written", until_s=10)
    followed = follow(problem, [])
    left = run(followed.problem.world, seed=1, replication=0, until=10 * TICKS_PER_SECOND).world
    assert left.item.finished.sum() == 0
