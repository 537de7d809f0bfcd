"""What a fixed rule makes of what is short, by hand and against the best that could be done."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from plantwright.analytic.rationing import ration
from plantwright.optimise.phases import BestCase
from plantwright.problems.phases import PhasedProblem


def two_products(chips, stock=0.0):
    """Ten of A and ten of B a step; A takes one chip, B two, and A's frames are never short."""
    steps = len(chips)
    demand = np.tile([10.0, 10.0, 0.0, 0.0], (steps, 1))
    capacity = np.full((steps, 4), np.inf)
    capacity[:, 3] = chips
    return PhasedProblem(
        demand=demand,
        plan=demand.copy(),
        stock=np.array([0.0, 0.0, 0.0, stock]),
        arriving=np.zeros((steps, 4)),
        margin=np.array([100.0, 150.0, 0.0, 0.0]),
        gives=np.array([0, 1, 2, 3]),
        capacity=capacity,
        uses=np.array([[0, 2], [0, 3], [1, 3]]),
        pieces=np.array([1.0, 1.0, 2.0]),
    )


def made(problem, order):
    found = ration(problem, problem.capacity, order)
    return found.made[:, :2].tolist(), found


def test_with_enough_of_everything_the_plan_is_made():
    assert made(two_products([30.0, 30.0]), [[0, 1]])[0] == [[10, 10], [10, 10]]


def test_a_fair_share_is_the_same_share_of_every_plan():
    # 15 chips of the 30 that are needed: half of each.
    rows, found = made(two_products([15.0]), [[0, 1]])
    assert rows == [[pytest.approx(5.0), pytest.approx(5.0)]]
    assert found.loss == pytest.approx(5 * 100 + 5 * 150)
    assert found.short_of.tolist() == [3]


def test_who_goes_first_takes_what_there_is():
    assert made(two_products([15.0]), [[1], [0]])[0] == [[0.0, pytest.approx(7.5)]]
    assert made(two_products([15.0]), [[0], [1]])[0] == [[10.0, pytest.approx(2.5)]]


def test_stock_bridges_what_does_not_come():
    rows, found = made(two_products([0.0, 0.0], stock=30.0), [[0, 1]])
    assert rows == [[10, 10], [pytest.approx(0.0, abs=1e-6), pytest.approx(0.0, abs=1e-6)]]
    assert found.stock[:, 3].tolist() == [0.0, 0.0]


def test_the_best_that_could_be_done_goes_where_the_margin_is():
    # A chip earns 100 in A and 75 in B: A first, then B.
    problem = two_products([15.0])
    best = BestCase(problem).course(problem.capacity)
    assert best.unmet[0, :2] == pytest.approx([0.0, 7.5])
    assert best.loss == pytest.approx(7.5 * 150)


@settings(max_examples=40)
@given(
    st.lists(st.floats(0.0, 40.0), min_size=3, max_size=5),
    st.floats(0.0, 60.0),
    st.sampled_from([[[0, 1]], [[0], [1]], [[1], [0]]]),
)
def test_no_rule_loses_less_than_the_best_and_pieces_are_conserved(chips, stock, order):
    problem = two_products(chips, stock)
    best = BestCase(problem).course(problem.capacity)
    found = ration(problem, problem.capacity, order)
    assert best.loss <= found.loss + 1e-4
    used = found.made[:, :2] @ np.array([1.0, 2.0])
    left = stock + np.cumsum(found.made[:, 3] - used)
    assert found.stock[:, 3] == pytest.approx(left, abs=1e-6)
    assert (found.stock >= 0).all()


def test_a_warm_model_answers_as_a_new_one():
    problem = two_products([30.0, 30.0, 30.0])
    warm = BestCase(problem)
    for chips in ([0.0, 0.0, 0.0], [30.0, 5.0, 0.0], [12.0, 12.0, 12.0]):
        other = two_products(chips)
        assert warm.course(other.capacity).loss == pytest.approx(BestCase(other).course(other.capacity).loss)


def test_a_second_way_is_used_when_the_first_is_full():
    problem = two_products([10.0])
    wider = replace(
        problem,
        gives=np.array([0, 1, 2, 3, 3]),
        capacity=np.hstack([problem.capacity, [[20.0]]]),
    )
    found = ration(wider, wider.capacity, [[0, 1]])
    assert found.made[0, 3:].tolist() == [10.0, 20.0]
    assert found.loss == 0.0
