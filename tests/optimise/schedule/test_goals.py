"""Goals: what a schedule comes to, and which of two is better."""

from dataclasses import replace

from hypothesis import given, settings, strategies as st

from plantwright.optimise.schedule.check import worth
from plantwright.optimise.schedule.decode import decode
from plantwright.optimise.schedule.goals import better, setup_times, values, with_bounds
from tests.optimise.schedule.draft import Draft, schedule, way
from tests.optimise.schedule.drawn import problems
from tests.optimise.schedule.test_decode import drawn_decision


def test_a_batch_has_one_setup():
    # two together after a setup of 4, two more of the family behind them without: 4 in all
    draft = Draft()
    draft.matrix([[0], [4]])
    draft.machine(room=2, setup=0)
    for _ in range(4):
        draft.operation(draft.job(), way(0, 3, family=0))
    problem = draft.problem("setups")
    found = schedule([4, 4, 7, 7], [7, 7, 10, 10], [0, 1, 2, 3], [0, 0, -1, -1], (4,))
    assert values(problem, found) == (4,)
    assert setup_times(problem, found) == {0: 4}


def test_what_keeps_all_limits_is_better_than_what_does_not():
    good, bad = schedule([0], [9], [0], values=(9,)), schedule([0], [5], [0], values=(5,), complete=False)
    assert better(bad, good) is good
    assert better(good, bad) is good
    assert better(good, replace(good, start=good.start.copy())) is good


def test_a_schedule_at_its_bounds_is_proven():
    draft = Draft()
    draft.operation(draft.job(), way(time=9))
    found = schedule([0], [9], [0], values=(9,))
    assert with_bounds(draft.problem(), found, (9,)).proven
    assert not with_bounds(draft.problem(), found, (8,)).proven
    assert not with_bounds(draft.problem(), replace(found, complete=False), (9,)).proven


@settings(max_examples=60)
@given(problems(), st.randoms(use_true_random=False))
def test_goals_are_those_of_the_decoder_and_of_the_checker(problem, random):
    found = decode(problem, drawn_decision(problem, random, append=False))
    assert values(problem, found) == found.values == worth(problem, found)
