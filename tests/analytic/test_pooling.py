import math

import numpy as np
import pytest
from hypothesis import given, strategies as st

from plantwright.analytic.pooling import annuity, pooled_deviation, safety_stock, square_root_law

DEVIATIONS = st.lists(st.floats(1e-3, 1e4), min_size=1, max_size=6)


def test_four_equal_demands_need_half_the_stock_together():
    assert pooled_deviation([10.0] * 4, 0.0) == pytest.approx(20.0)


def test_the_pooled_deviation_is_that_of_drawn_demands():
    rng = np.random.default_rng(1)
    deviations, rho = np.array([3.0, 5.0, 8.0]), 0.4
    cov = np.outer(deviations, deviations) * (np.full((3, 3), rho) + (1 - rho) * np.eye(3))
    drawn = rng.multivariate_normal(np.zeros(3), cov, 400_000).sum(axis=1)
    assert pooled_deviation(list(deviations), rho) == pytest.approx(drawn.std(), rel=0.005)


@given(DEVIATIONS, st.floats(0, 1))
def test_pooling_never_costs(deviations, correlation):
    pooled = pooled_deviation(deviations, correlation)
    assert max(deviations) * (1 - 1e-9) <= pooled <= math.fsum(deviations) * (1 + 1e-9)


def test_a_correlation_that_cannot_be_is_refused():
    with pytest.raises(ValueError, match="3 demands cannot be correlated"):
        pooled_deviation([1.0, 1.0, 1.0], -0.9)


def test_safety_stock_of_drawn_lead_times():
    """Demand over a lead time that itself varies: the stock is z times the deviation of that demand."""
    rng = np.random.default_rng(2)
    lead = rng.normal(9.0, 1.5, 400_000)
    demand = rng.normal(20.0 * lead, 6.0 * np.sqrt(lead))
    stock = safety_stock(20.0, 6.0, lead_time=9.0, lead_time_deviation=1.5, service=0.97725)
    assert stock == pytest.approx(2 * demand.std(), rel=0.01)


@given(st.lists(st.floats(0.01, 1), min_size=1, max_size=6))
def test_a_split_demand_orders_more_but_never_more_than_each_part_as_often_as_the_whole(parts):
    shares = [part / math.fsum(parts) for part in parts]
    assert 1 - 1e-9 <= square_root_law(shares) <= math.sqrt(len(shares)) + 1e-9


def test_an_annuity_pays_the_amount_back():
    rate, years = 0.08, 7
    assert math.fsum(annuity(rate, years) / (1 + rate) ** year for year in range(1, years + 1)) == pytest.approx(1.0)
    assert annuity(1e-9, 4.0) == pytest.approx(annuity(0.0, 4.0), rel=1e-6)
