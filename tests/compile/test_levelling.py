"""The smoothest plan of production."""

from itertools import accumulate

import pytest
from hypothesis import given, strategies as st
from scipy.optimize import linprog

from plantwright.compile.levelling import levelled

DEMAND = st.lists(st.integers(0, 50).map(float), min_size=4, max_size=14)


@given(DEMAND, st.integers(0, 60), st.integers(0, 3))
def test_it_is_never_late_and_never_too_early(demand, stock, ahead):
    plan = levelled(demand, float(stock), ahead)
    assert len(plan) == len(demand) - ahead
    wanted = [0.0, *accumulate(demand)]
    for step, made in enumerate(accumulate(plan), 1):
        assert made >= max(0.0, wanted[step] - stock) - 1e-6
        assert made <= max(0.0, wanted[step + ahead] - stock) + 1e-6


@given(DEMAND, st.integers(0, 3))
def test_no_other_plan_has_a_lower_peak(demand, ahead):
    # The lowest peak by linear programming over the same window, in which the last pieces wanted are made, too.
    steps = len(demand)
    wanted = list(accumulate(demand))
    total = [[1.0] * (step + 1) + [0.0] * (steps - step - 1) for step in range(steps)]
    rows = [[-each for each in row] + [0.0] for row in total] + [[*row, 0.0] for row in total]
    rows += [[float(column == step) for column in range(steps)] + [-1.0] for step in range(steps)]
    most = [-each for each in wanted] + [wanted[min(step + ahead, steps - 1)] for step in range(steps)] + [0.0] * steps
    least = linprog([0.0] * steps + [1.0], rows, most).fun
    plan = levelled([*demand, *[0.0] * ahead], 0.0, ahead)
    assert max(plan) == pytest.approx(least, abs=1e-6)
