"""The cheapest protection against every combination of stocks and options on a grid."""

from itertools import product

import numpy as np
import pytest

from plantwright.optimise.protection import protection
from plantwright.problems.protection import ProtectionProblem, Scenario


def lost_part(stock, second, steps=4):
    """A product of one part a piece, ten a step. The part's supplier is lost; a second one waits to be qualified."""
    none = np.zeros((steps, 2))
    demand = none.copy()
    demand[:, 0] = 10.0
    most = np.full((steps, 2), np.inf)
    most[:, 0] = 10.0 * np.arange(1, steps + 1)
    capacity = np.full((steps, 2), np.inf)
    capacity[:, 1] = 0.0
    return Scenario(
        items=np.array([0, 1]),
        demand=demand,
        arriving=none,
        stock=np.array([0.0, stock]),
        gives=np.array([0, 1]),
        capacity=capacity,
        most_made=most,
        uses=np.array([[0, 1]]),
        pieces=np.array([1.0]),
        gains=((0, 1, np.array([0.0, *[second] * (steps - 1)])),),
    )


def is_enough(scenario, part, qualified):
    """Whether stock and second source reach, counted step by step."""
    shelf = scenario.stock[1] + part
    for step in range(len(scenario.demand)):
        shelf += scenario.gains[0][2][step] * qualified - scenario.demand[step, 0]
        if shelf < -1e-9:
            return False
    return True


@pytest.mark.parametrize("stock", [0.0, 12.0, 35.0, 60.0])
@pytest.mark.parametrize("second", [0.0, 4.0, 10.0])
@pytest.mark.parametrize("price", [1.0, 30.0, 200.0])
def test_nothing_on_a_fine_grid_is_cheaper(stock, second, price):
    scenario = lost_part(stock, second)
    problem = ProtectionProblem(np.array([np.inf, 2.0]), np.array([price]), (scenario,))
    plan = protection(problem)
    grid = [
        2.0 * part + price * qualified
        for part, qualified in product(range(41), (0, 1))
        if is_enough(scenario, part, qualified)
    ]
    assert plan.cost == pytest.approx(min(grid), abs=1e-4)
    assert plan.bound == pytest.approx(plan.cost, rel=1e-3, abs=1e-6)
    assert is_enough(scenario, plan.stock[1] + 1e-6, len(plan.options) > 0)
    assert plan.stock[0] == 0.0


def test_one_stock_serves_every_scenario():
    scenarios = (lost_part(10.0, 0.0), lost_part(20.0, 0.0))
    plan = protection(ProtectionProblem(np.array([np.inf, 2.0]), np.array([1e6]), scenarios))
    assert plan.stock.tolist() == pytest.approx([0.0, 30.0])


def test_where_nothing_can_be_bought_there_is_no_plan():
    assert protection(ProtectionProblem(np.full(2, np.inf), np.array([1.0]), (lost_part(0.0, 2.0),))) is None
