"""The loss and the survival of outages against a published-style example, a second model, and one another."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy.optimize import linprog

from benchmarks.risk import consistent, network, pairs_of
from plantwright.optimise.exposure import exposure
from plantwright.problems.exposure import Cut, ExposureProblem


@pytest.fixture
def three_suppliers():
    """Capacity 30, 45 and 60 a period, each able to serve both products one for one; stock is per product."""
    return ExposureProblem(
        demand=np.array([75.0, 50.0]),
        stock=np.array([20.0, 25.0]),
        margin=np.array([5000.0, 6500.0]),
        gives=np.array([0, 1, 0, 1, 0, 1]),
        capacity=np.full(6, np.inf),
        uses=np.zeros((0, 2), dtype=np.int64),
        pieces=np.zeros(0),
        passes=np.array([[0, 0], [1, 0], [2, 1], [3, 1], [4, 2], [5, 2]]),
        node_capacity=np.array([30.0, 45.0, 60.0]),
    )


def test_the_three_suppliers_lose_what_can_be_counted_by_hand(three_suppliers):
    # Two periods take 250. Without S2 there are 45 in stock and 2 x 90 made: 25 short, of the product that loses least.
    found = exposure(three_suppliers, [Cut((node,), 2.0) for node in range(3)])
    assert found.loss.tolist() == [0.0, 125_000.0, 275_000.0]
    assert found.index == pytest.approx([0.0, 125 / 275, 1.0], abs=1e-12)
    assert found.unmet == pytest.approx(np.array([[0, 0], [25, 0], [55, 0]]))
    # Stock of 45 lasts as long as what is missing each period allows: 20, 35 and 50.
    assert found.survival == pytest.approx([45 / 20, 45 / 35, 45 / 50], rel=1e-8)


def test_an_outage_of_no_length_loses_nothing_and_a_spare_node_is_survived_for_ever(three_suppliers):
    assert exposure(three_suppliers, [Cut((2,), 0.0)]).loss.tolist() == [0.0]
    assert exposure(three_suppliers, [Cut((), 2.0)]).survival.tolist() == [np.inf]


def test_without_stock_and_makers_nothing_is_survived(three_suppliers):
    bare = ExposureProblem(**{**vars(three_suppliers), "stock": np.zeros(2)})
    found = exposure(bare, [Cut((0, 1, 2), 2.0)])
    assert found.survival.tolist() == [0.0]
    assert found.loss.tolist() == [2 * (75 * 5000 + 50 * 6500)]


def as_written(problem: ExposureProblem, cut: Cut) -> tuple[float, float]:
    """Loss and survival by two models written as the paper has them, in amounts over time: flows, unmet, time."""
    ways, items, nodes = len(problem.gives), len(problem.demand), len(problem.node_capacity)
    width = ways + items + 1
    balance, through = np.zeros((items, width)), np.zeros((nodes, width))
    for way, item in enumerate(problem.gives):
        balance[item, way] -= 1.0
    for (way, item), pieces in zip(problem.uses, problem.pieces, strict=True):
        balance[item, way] += pieces
    for item in range(items):
        balance[item, ways + item], balance[item, -1] = -1.0, problem.demand[item]
    for way, node in problem.passes:
        through[node, way] = 1.0
    through[:, -1] = -np.where(np.isfinite(problem.node_capacity), problem.node_capacity, 1e9)
    each = np.hstack([np.eye(ways), np.zeros((ways, items)), -np.minimum(problem.capacity, 1e9)[:, None]])
    unmet = np.hstack([np.zeros((items, ways)), np.eye(items), -problem.demand[:, None]])
    rows = np.vstack([balance, through, each, unmet])
    most = np.concatenate([problem.stock, np.zeros(nodes + ways + items)])
    lost = {int(way) for way, node in problem.passes if node in cut.nodes}
    flows = [(0, 0) if way in lost else (0, None) for way in range(ways)]
    cost = np.concatenate([np.zeros(ways), problem.margin, [0.0]])
    loss = linprog(cost, rows, most, bounds=[*flows, *[(0, None)] * items, (cut.recovery, cut.recovery)])
    time = np.append(np.zeros(width - 1), -1.0)
    survival = linprog(time, rows, most, bounds=[*flows, *[(0, 0)] * items, (0, 1e5)])
    return loss.fun, -survival.fun


@pytest.mark.parametrize("seed", range(6))
def test_a_model_written_as_in_the_paper_gives_the_same(seed):
    random = np.random.default_rng(seed)
    problem, recovery = network(20, random)
    cuts = [*(Cut((node,), recovery[node]) for node in range(20)), *pairs_of(range(8), recovery)[:12]]
    found = exposure(problem, cuts)
    for place, cut in enumerate(cuts):
        loss, survival = as_written(problem, cut)
        assert found.loss[place] == pytest.approx(loss, rel=1e-6, abs=1e-3)
        assert min(found.survival[place], 1e5) == pytest.approx(survival, rel=1e-6)


def test_a_warm_model_answers_as_a_cold_one_does():
    problem, recovery = network(60, np.random.default_rng(1))
    pairs = pairs_of(range(24), recovery)
    warm = exposure(problem, pairs)
    assert warm.solved < 2 * len(pairs)
    for place in range(0, len(pairs), 23):
        cold = exposure(problem, [pairs[place]])
        assert cold.loss[0] == pytest.approx(warm.loss[place], rel=1e-7)
        assert cold.survival[0] == pytest.approx(warm.survival[place], rel=1e-7)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_loss_is_none_exactly_where_survival_is_as_long_as_the_recovery(seed):
    random = np.random.default_rng(seed)
    problem, recovery = network(int(random.integers(10, 40)), random)
    cuts = [Cut((node,), recovery[node]) for node in range(len(recovery))]
    assert consistent(exposure(problem, cuts), cuts)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(1.0, 3.0))
def test_more_stock_never_loses_more_and_two_losses_never_less_than_one(seed, factor):
    problem, recovery = network(20, np.random.default_rng(seed))
    cuts = [Cut((0,), recovery[0]), Cut((1,), recovery[0]), Cut((0, 1), recovery[0])]
    found = exposure(problem, cuts)
    more = exposure(ExposureProblem(**{**vars(problem), "stock": factor * problem.stock}), cuts)
    assert (more.loss <= found.loss * (1 + 1e-6)).all()
    assert (more.survival >= found.survival * (1 - 1e-6)).all()
    assert found.loss[2] >= max(found.loss[:2]) * (1 - 1e-6)
    assert found.survival[2] <= min(found.survival[:2]) * (1 + 1e-6)


@pytest.mark.slow
def test_a_thousand_networks_are_consistent():
    for seed in range(1_000):
        random = np.random.default_rng(seed)
        problem, recovery = network(int(random.integers(10, 40)), random)
        cuts = [Cut((node,), recovery[node]) for node in range(len(recovery))]
        assert consistent(exposure(problem, cuts), cuts), seed
