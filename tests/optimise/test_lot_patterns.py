"""Annealing of lots: patterns are used as cheaply as a linear programme uses them, and what it finds is a plan."""

from dataclasses import replace

import numpy as np
import pytest

from plantwright.jit import entry
from plantwright.optimise.lots import annealing, plan
from plantwright.optimise.lots.annealing import Annealing, suits
from plantwright.optimise.lots.flow import settle
from plantwright.optimise.lots.model import LotModel
from plantwright.optimise.lots.patterns import close_lot, cost_of, excess, open_lot
from plantwright.optimise.lots.tree import Tree
from plantwright.problems.lots import LotEffort
from tests.optimise.lots_check import _held, faults, least_cost
from tests.optimise.test_lots import drawn, levels


@entry
def used(case, pattern, paths, price, result):
    settle(case, pattern, paths, price)
    result[0] = excess(case, pattern)
    result[1] = cost_of(case, pattern, price)


@entry
def changed(case, pattern, item, period):
    if not pattern.is_lot[item, period]:
        open_lot(case, pattern, item, period)
    elif pattern.before[item, period] >= 0:
        close_lot(case, pattern, item, period)


@pytest.mark.parametrize("seed", range(30))
def test_lots_are_used_as_cheaply_as_a_linear_programme_uses_them(seed):
    problem = drawn(seed, items=3, periods=6, tightness=1.05)
    runs = Annealing(LotModel(problem))
    random = np.random.default_rng(seed)
    pattern = runs._pattern(random.random(problem.demand.shape) < 0.8)
    result = np.zeros(2)
    used(runs.case, pattern, runs.paths, 1e4, result)
    best = _held(problem, pattern.is_lot.astype(int))
    assert np.isfinite(best) == (result[0] < 1e-5)
    if np.isfinite(best):
        setups = float(problem.setup_cost @ pattern.is_lot.sum(axis=1))
        assert result[1] == pytest.approx(setups + best, rel=1e-5)
    stock = np.cumsum(pattern.made - runs.due, axis=1)
    assert pattern.stock == pytest.approx(stock, abs=1e-6)
    assert pattern.stock.min() > -1e-6
    load = pattern.made.sum(axis=0) + problem.setup_time[0] @ pattern.is_lot
    assert pattern.load == pytest.approx(load)
    assert np.all(pattern.is_lot | (pattern.made < 1e-6))


@pytest.mark.parametrize("seed", range(4))
def test_annealing_finds_the_best_of_small_problems(seed):
    problem = drawn(seed, periods=4, tightness=1.3)
    best = least_cost(problem)
    setups = Annealing(LotModel(problem)).run(problem.demand > 0.0, lambda: False)
    assert (setups is None) == bool(np.isinf(best))
    if setups is not None:
        cost = float(problem.setup_cost @ setups.sum(axis=1)) + _held(problem, setups.astype(int))
        assert cost == pytest.approx(best, rel=1e-6)


def test_large_problems_have_fewer_moves_for_each_lot():
    small, large = (Annealing(LotModel(drawn(0, items=i, periods=t))) for i, t in ((4, 5), (20, 30)))
    assert small.moves * annealing.BLOCKS == pytest.approx(annealing.MOVES * 20, rel=0.01)
    assert large.moves * annealing.BLOCKS == pytest.approx(annealing.WORK / 600, rel=0.01)


def test_where_no_plan_keeps_to_the_time_annealing_has_none():
    problem = drawn(0)
    short = replace(problem, capacity=0.4 * problem.capacity)
    assert Annealing(LotModel(short)).run(problem.demand > 0.0, lambda: False) is None


def test_after_a_change_the_levels_at_hand_lead_to_the_same_use_as_new_ones():
    problem = drawn(3, items=5, periods=9, tightness=1.02)
    runs = Annealing(LotModel(problem))
    random = np.random.default_rng(3)
    pattern = runs._pattern(problem.demand > 0.0)
    result, again = np.zeros(2), np.zeros(2)
    for _ in range(60):
        changed(runs.case, pattern, int(random.integers(5)), int(random.integers(9)))
        used(runs.case, pattern, runs.paths, 30.0, result)
        used(runs.case, runs._pattern(pattern.is_lot), runs.paths, 30.0, again)
        assert result == pytest.approx(again, rel=1e-6, abs=1e-5)


def test_runs_differ_and_can_be_repeated():
    problem = drawn(29, items=5, periods=8, tightness=0.97)
    start = problem.demand > 0.0
    one, two = Annealing(LotModel(problem)), Annealing(LotModel(problem))
    first = [runs.run(start, lambda: False) for runs in (one, two)]
    assert first[0] is not None
    assert np.array_equal(*first)
    assert one.run(start, lambda: True) is None


def test_plans_come_from_annealing_where_it_suits(monkeypatch):
    """Three runs begin with the mixture that bounds the plans, the fourth with the best plan; then come parts."""
    problem = drawn(29, items=5, periods=8, tightness=0.97)
    problem = replace(problem, setup_cost=4.0 * problem.setup_cost)  # too large to be solved with so few nodes
    assert suits(LotModel(problem))
    assert not suits(LotModel(levels(0)))
    asked, run = [], annealing.Annealing.run

    def watched(self, setups, is_over):
        asked.append(setups)
        return run(self, setups, is_over)

    monkeypatch.setattr(annealing.Annealing, "run", watched)
    found = plan(problem, LotEffort(rounds=5, nodes=1, bound_nodes=1))
    mixture = Tree(LotModel(problem), lambda: False).open[0].mixture.setups.T
    assert len(asked) == 4
    assert all(np.array_equal(setups, mixture > 0.5) for setups in asked[:3])
    assert not np.array_equal(asked[3], mixture > 0.5)
    assert faults(problem, found) == []
    assert found.is_within_capacity
