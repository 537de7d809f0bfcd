import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy.optimize import linprog

from plantwright.optimise.master import levelled
from plantwright.problems.master import MasterProblem


def problem(demand, hours, capacity, **given):
    """One or more things on stations; hours are (K, P, L)."""
    demand = np.array(demand, dtype=np.int64)
    things = len(demand)
    return MasterProblem(
        demand=demand,
        stock=np.array(given.get("stock", [0] * things), dtype=np.int64),
        scheduled=np.array(given.get("scheduled", np.zeros_like(demand)), dtype=np.int64),
        earliest=np.array(given.get("earliest", [0] * things), dtype=np.int64),
        hours=np.array(hours, dtype=float),
        capacity=np.array(capacity, dtype=float),
        holding=np.array(given.get("holding", [1.0] * things), dtype=float),
        late=given.get("late", 20.0),
    )


def test_a_season_is_built_ahead_as_late_as_can_be():
    # 10 h a period, an hour a piece: of the 25 of the last period 10 are made in it, 5 + 4 before, 6 in the first.
    found = levelled(problem([[4, 5, 6, 25]], [[[1.0]]], [[10.0] * 4]))
    assert found[0] == pytest.approx([10, 10, 10, 10])
    found = levelled(problem([[4, 5, 6, 12]], [[[1.0]]], [[10.0] * 4]))
    assert found[0] == pytest.approx([4, 5, 8, 10])


def test_what_cannot_be_made_in_time_is_owed():
    found = levelled(problem([[15, 0, 8]], [[[1.0]]], [[10.0] * 3]))
    assert found[0] == pytest.approx([10, 5, 8])


def test_work_may_lie_periods_before_the_receipt():
    # the work of a receipt lies one period before it, and period 1 has no hours: what comes in 2 comes in 1 already
    found = levelled(problem([[0, 5, 5, 5]], [[[0.0, 1.0]]], [[10.0, 0.0, 10.0, 10.0]]))
    assert found[0] == pytest.approx([0, 10, 0, 5])


def test_a_frozen_fence_holds():
    assert levelled(problem([[5, 5, 5]], [[[1.0]]], [[30.0] * 3], earliest=[2]))[0] == pytest.approx([0, 0, 15])


def test_the_dearer_thing_is_made_later():
    found = levelled(problem([[0, 6], [0, 6]], [[[1.0], [1.0]]], [[6.0, 6.0]], holding=[1.0, 5.0]))
    assert found == pytest.approx(np.array([[6, 0], [0, 6]]))


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_no_schedule_is_cheaper_and_none_takes_more_hours_than_there_are(data):
    things, periods, stations, lags = (data.draw(st.integers(1, most)) for most in (3, 5, 2, 2))

    def table(*shape, most):
        size = int(np.prod(shape))
        return np.array(data.draw(st.lists(st.integers(0, most), min_size=size, max_size=size))).reshape(shape)

    asked = problem(
        table(things, periods, most=20),
        table(stations, things, lags, most=3),
        table(stations, periods, most=40),
        stock=table(things, most=10),
        scheduled=table(things, periods, most=4),
        holding=1 + table(things, most=4),
    )
    found = levelled(asked)
    for station in range(stations):
        for period in range(periods):
            taken = sum(
                asked.hours[station, thing, lag] * found[thing, period + lag]
                for thing in range(things)
                for lag in range(lags)
                if period + lag < periods
            )
            assert taken <= asked.capacity[station, period] + 1e-6
    assert cost(asked, found) == pytest.approx(least_cost(asked), rel=1e-6, abs=1e-6)


def cost(asked, receipts):
    left = asked.stock[:, None] + np.cumsum(asked.scheduled + receipts - asked.demand, axis=1)
    return float((asked.holding[:, None] * (np.maximum(0, left) + asked.late * np.maximum(0, -left))).sum())


def least_cost(asked):
    """The same by another solver and another formulation: stock and backlog as two bounds on one cost."""
    things, periods = asked.demand.shape
    size = things * periods
    rows, limits = [], []
    known = asked.stock[:, None] + np.cumsum(asked.scheduled - asked.demand, axis=1)
    for thing in range(things):
        for period in range(periods):
            for slope in (asked.holding[thing], -asked.late * asked.holding[thing]):
                row = np.zeros(2 * size)  # slope * left <= cost
                row[thing * periods : thing * periods + period + 1] = slope
                row[size + thing * periods + period] = -1.0
                rows.append(row)
                limits.append(-slope * known[thing, period])
    for station, period in np.ndindex(asked.capacity.shape):
        row = np.zeros(2 * size)
        for thing, lag in np.ndindex(asked.hours.shape[1:]):
            if period + lag < periods:
                row[thing * periods + period + lag] += asked.hours[station, thing, lag]
        rows.append(row)
        limits.append(asked.capacity[station, period])
    price = np.concatenate([np.zeros(size), np.ones(size)])
    return linprog(price, A_ub=np.array(rows), b_ub=np.array(limits)).fun
