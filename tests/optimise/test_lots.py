"""Lot sizes: against trying every choice of setups, and every plan looked at with fresh eyes."""

from dataclasses import replace

import numpy as np
import pytest

from plantwright.optimise.lots import plan, required
from plantwright.optimise.lots.branching import Gains, Question, questions, split
from plantwright.optimise.lots.master import Master, Mixture
from plantwright.optimise.lots.model import LotModel
from plantwright.optimise.lots.periods import Limits, Periods
from plantwright.optimise.lots.tree import Tree
from plantwright.problems.lots import LotEffort, LotProblem
from plantwright.problems.materials import Bill
from tests.optimise.lots_check import faults, least_cost


def drawn(seed: int, items: int = 2, periods: int = 5, tightness: float = 1.1) -> LotProblem:
    """One resource, one level; the time there is on average ``tightness`` times what lot for lot takes for pieces."""
    random = np.random.default_rng(seed)
    demand = random.integers(0, 60, (items, periods)) * (random.random((items, periods)) < 0.8) * 1.0
    unit_time = random.uniform(0.5, 2.0, (1, items))
    setup_time = random.uniform(2.0, 15.0, (1, items))
    each = tightness * (unit_time @ demand).sum() / periods + setup_time.sum()
    return LotProblem(
        demand,
        random.uniform(0.5, 2.0, items),
        random.uniform(10.0, 90.0, items),
        setup_time,
        unit_time,
        np.full((1, periods), each),
    )


def levels(seed: int) -> LotProblem:
    """A product of two parts, one of which goes into the other too; two resources, lead times, some stock."""
    random = np.random.default_rng(seed)
    demand = np.zeros((3, 4))
    demand[0, 1:] = random.integers(0, 40, 3)
    demand[2, 3] = random.integers(0, 10)
    bill = Bill(np.array([0, 0, 1]), np.array([1, 2, 2]), np.array([1.0, 2.0, 1.5]))
    return LotProblem(
        demand,
        np.array([4.0, 1.5, 0.5]),
        random.uniform(20.0, 120.0, 3),
        np.array([[5.0, 0.0, 0.0], [0.0, 4.0, 6.0]]),
        np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.5]]),
        np.array([[70.0] * 4, [150.0] * 4]),
        stock=np.array([0.0, 60.0, 300.0]),
        lead=np.array([0, 1, 1]),
        bill=bill,
    )


@pytest.mark.parametrize("seed", range(8))
def test_one_level_costs_what_trying_everything_costs(seed):
    problem = drawn(seed)
    best, found = least_cost(problem), plan(problem)
    assert faults(problem, found) == []
    if np.isinf(best):
        assert not found.is_within_capacity
    else:
        assert found.cost == pytest.approx(best, rel=2e-4)
        assert found.lower_bound <= best * (1.0 + 1e-7)
        assert found.gap <= 2e-4


@pytest.mark.parametrize("seed", range(4))
def test_several_levels_cost_what_trying_everything_costs(seed):
    problem = levels(seed)
    best, found = least_cost(problem), plan(problem)
    assert faults(problem, found) == []
    assert np.isfinite(best)
    assert found.cost == pytest.approx(best, rel=2e-4)
    assert found.lower_bound <= best * (1.0 + 1e-7)


@pytest.mark.parametrize("seed", range(8))
def test_the_tree_never_claims_more_than_the_best_plan_costs(seed):
    """On tight problems, at the root, half grown and fully grown; grown it says more than the linear relaxation."""
    problem = drawn(seed, tightness=1.02)
    best = least_cost(problem)
    tree = Tree(LotModel(problem), lambda: False)
    bounds = [tree.bound]
    for nodes in (3, 60):
        tree.grow(nodes)
        bounds.append(tree.bound)
    assert bounds == sorted(bounds)
    assert bounds[-1] <= best * (1.0 + 1e-6)
    if np.isfinite(best):
        assert bounds[-1] >= 0.9 * best


def test_a_period_makes_the_best_of_its_time():
    """Time 10: item 0 alone earns 8 x 5 - 10 = 30, item 1 alone 6 x 4 - 3 = 21; both have 10 - 2 - 1 = 7 left, all of
    it for item 0 at 5 each: 35 - 13 = 22.
    """
    problem = LotProblem(
        np.array([[8.0], [6.0]]), np.ones(2), np.array([10.0, 3.0]), np.array([[2.0, 1.0]]), np.ones((1, 2)),
        np.array([[10.0]]),
    )  # fmt: skip
    periods = Periods(LotModel(problem))
    price = np.array([40.0, 24.0])
    free = periods.everything()
    offer = periods.offer(price, free)
    assert (offer.bound, offer.items.tolist(), offer.share.tolist()) == (34.0, [1], [1.0, 0.0])
    both = Limits(np.array([2]), np.array([2]), free.must, free.may)
    offer = periods.offer(price, both)
    assert (offer.bound, offer.items.tolist(), offer.share.tolist()) == (42.0, [3], [7.0 / 8.0, 0.0])
    assert periods.offer(price, Limits(np.array([2]), np.array([2]), free.must, np.array([2]))) is None


@pytest.mark.parametrize("seed", range(12))
def test_no_set_of_items_is_worth_more_than_the_best(seed):
    """Every set is tried, its time given to the best for an hour; within limits, some of which nothing can keep."""
    random = np.random.default_rng(seed)
    problem = drawn(seed, items=5, periods=4)
    periods = Periods(LotModel(problem))
    must = np.where(random.random(4) < 0.3, 1 << random.integers(0, 5, 4), 0)
    least = random.integers(0, 3, 4)
    limits = Limits(least, least + random.integers(0, 4, 4), must, random.integers(0, 32, 4) | 5 | must)
    price = random.uniform(0.0, 150.0, periods.requirements)
    worth = [max((earned(problem, periods, price, period, items) for items in range(32) if all((
        items & must[period] == must[period], items & ~limits.may[period] == 0,
        limits.least[period] <= items.bit_count() <= limits.most[period],
    ))), default=-np.inf) for period in range(4)]  # fmt: skip
    offer = periods.offer(price, limits)
    if offer is None:
        assert min(worth) == -np.inf
    else:
        assert offer.bound == pytest.approx(price.sum() - sum(worth))


def earned(problem, periods, price, period, items):
    """What a period earns with a set of items; minus infinity where their setups do not fit."""
    within = [item for item in range(problem.items) if items >> item & 1]
    left = problem.capacity[0, period] - problem.setup_time[0, within].sum()
    value = -problem.setup_cost[within].sum()
    made = [
        share for share in range(len(periods.item)) if periods.made[share] == period and periods.item[share] in within
    ]
    gains = [(price[periods.requirement[share]] - periods.held[share], periods.size[share]) for share in made]
    for gain, size in sorted(gains, key=lambda each: -each[0] / each[1]):
        if gain > 0.0:
            value += gain * max(0.0, min(1.0, left / size))
            left -= size
    return value if problem.capacity[0, period] >= problem.setup_time[0, within].sum() else -np.inf


@pytest.mark.parametrize("seed", range(20))
def test_a_split_loses_no_set_of_items_and_counts_none_twice(seed):
    random = np.random.default_rng(seed)
    setups = np.round(random.random((4, 5)), 2) * (random.random((4, 5)) < 0.7)
    limits = Limits(random.integers(0, 2, 4), random.integers(3, 6, 4), np.zeros(4, int), np.full(4, 31))
    asked = questions(setups)
    assert {each.item < 0 for each in asked} == {True, False}
    for question in asked:
        sides = [split(limits, question, is_up=is_up) for is_up in (False, True)]
        for period, items in np.ndindex(4, 32):
            inside = [allows(side, period, items) for side in sides]
            assert sum(inside) == allows(limits, period, items) or period != question.period
            assert inside == [allows(limits, period, items)] * 2 or period == question.period


def allows(limits, period, items):
    return (
        limits.least[period] <= items.bit_count() <= limits.most[period]
        and items & limits.must[period] == limits.must[period]
        and items & limits.may[period] == items
    )


def test_what_a_split_gained_is_what_it_promises():
    """A number of 2.25 setups gains 3 below (12 for each) and 6 above (8 for each); elsewhere this is usual."""
    gains = Gains(periods=3, items=2)
    gains.learn(Question(0, -1, 2.25), (3.0, 6.0))
    assert gains.promise(Question(0, -1, 1.5)) == pytest.approx(6.0 * 4.0)
    assert gains.promise(Question(2, -1, 1.5)) == pytest.approx(6.0 * 4.0)
    before = gains.promise(Question(1, 0, 0.5))
    gains.learn(Question(1, 0, 0.5), (20.0, None))
    assert gains.promise(Question(1, 0, 0.5)) > gains.promise(Question(1, 1, 0.5)) > before


@pytest.mark.parametrize("seed", range(6))
def test_a_mixture_started_elsewhere_costs_what_it_costs_alone(seed):
    """The relaxed problem has one value, whatever columns and prices it starts from."""
    problem = drawn(seed, items=4, periods=6, tightness=1.02)
    periods = Periods(LotModel(problem))
    master = Master(periods, dear=1e5)
    free = periods.everything()
    nothing = Mixture(0.0, np.zeros(periods.requirements), np.zeros((6, 4)), False, None)
    once = {"rounds": 500, "tolerance": 1e-7, "is_over": lambda: False}
    root = master.solve(free, nothing, **once)
    for period in range(6):
        limits = Limits(free.least, free.most.copy(), free.must.copy(), free.may)
        limits.most[period], limits.must[(period + 1) % 6] = 2, 1
        again = master.solve(limits, root, **once)
        alone = Master(periods, dear=1e5).solve(limits, nothing, **once)
        assert again.bound == pytest.approx(alone.bound, rel=1e-6)
        assert again.bound >= root.bound * (1.0 - 1e-6)


def test_a_bound_that_is_enough_holds_and_can_be_worked_on_later():
    problem = drawn(1, items=4, periods=6, tightness=1.02)
    periods = Periods(LotModel(problem))
    master = Master(periods, dear=1e5)
    nothing = Mixture(0.0, np.zeros(periods.requirements), np.zeros((6, 4)), False, None)
    once = {"rounds": 500, "tolerance": 1e-7, "is_over": lambda: False}
    whole = Master(periods, dear=1e5).solve(periods.everything(), nothing, **once)
    short = master.solve(periods.everything(), nothing, **once, enough=0.5 * whole.bound)
    assert short.is_short
    assert 0.5 * whole.bound <= short.bound < whole.bound
    later = master.solve(periods.everything(), short, **once)
    assert not later.is_short
    assert later.bound == pytest.approx(whole.bound, rel=1e-6)


def test_a_tree_that_forgets_columns_grows_as_it_would(monkeypatch):
    problem = drawn(5, items=4, periods=7, tightness=1.02)
    monkeypatch.setattr("plantwright.optimise.lots.master.KEPT", 60)
    bounds, columns = [], []
    for room in (50_000, 0):
        monkeypatch.setattr("plantwright.optimise.lots.tree.ROOM", room)
        tree = Tree(LotModel(problem), lambda: False)
        tree.grow(12)
        bounds.append(tree.bound)
        columns.append(tree.master.columns.count)
    assert bounds[0] == bounds[1]
    assert columns[1] < columns[0]


def test_requirements_follow_the_bill_and_use_the_stock_first():
    """Ten products in period 3, four there: six, twelve of the part a period earlier, five of them in stock."""
    problem = LotProblem(
        np.array([[0.0, 0, 0, 10], [0, 0, 0, 0]]), np.ones(2), np.ones(2), np.zeros((1, 2)), np.zeros((1, 2)),
        np.ones((1, 4)), stock=np.array([4.0, 5.0]), lead=np.array([1, 2]),
        bill=Bill(np.array([0]), np.array([1]), np.array([2.0])),
    )  # fmt: skip
    assert required(problem).tolist() == [[0, 0, 6, 0], [7, 0, 0, 0]]


def test_what_comes_before_its_lead_time_is_said():
    problem = drawn(0)
    late = replace(problem, demand=problem.demand + 1.0, lead=np.array([0, 1]))
    with pytest.raises(ValueError, match="item 1 is needed in period 0 beyond its stock, and a lot takes 1 periods"):
        plan(late)


def test_too_little_capacity_gives_the_overtime_it_takes():
    """Two pieces an hour each, three hours: an hour over, whatever is done."""
    problem = LotProblem(
        np.array([[2.0, 2.0]]), np.ones(1), np.ones(1), np.zeros((1, 1)), np.ones((1, 1)), np.full((1, 2), 1.5)
    )
    found = plan(problem)
    assert faults(problem, found) == []
    assert not found.is_within_capacity
    assert found.overtime.sum() == pytest.approx(1.0)
    assert np.isinf(found.lower_bound)


def test_nothing_wanted_is_nothing_made():
    problem = drawn(1)
    idle = replace(problem, demand=0.0 * problem.demand, stock=np.array([2.0, 0.0]))
    found = plan(idle)
    assert not found.setups.any()
    assert found.cost == pytest.approx(5 * 2.0 * problem.holding[0])
    assert found.gap == 0.0


def test_the_same_problem_has_the_same_plan_with_one_thread_or_two():
    """Too large to be solved as a whole with so few nodes."""
    problem = drawn(29, items=5, periods=8, tightness=0.97)
    problem = replace(problem, setup_cost=4.0 * problem.setup_cost)
    effort = LotEffort(rounds=2, nodes=1, bound_nodes=3)
    one, two = plan(problem, effort), plan(problem, replace(effort, threads=2))
    assert faults(problem, one) == []
    assert one.started.tolist() == two.started.tolist()
    assert (one.cost, one.lower_bound) == (two.cost, two.lower_bound)
    assert 0.0 < one.gap < 0.2
