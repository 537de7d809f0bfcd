import math
from types import SimpleNamespace

import numpy as np
import pytest
from scipy import stats

from plantwright.codes import CONSTANT, EXPONENTIAL, GEOMETRIC, LOGNORMAL, NORMAL, TABLE, TRIANGULAR, UNIFORM, WEIBULL
from plantwright.compile.laws import law_columns
from plantwright.engine import draw
from plantwright.model.distribution import Law

SECOND = 1_000_000.0


def columns(text):
    return law_columns(Law.model_validate(text))


def test_a_fixed_time_is_exact_in_ticks():
    assert columns("0.1 s")[:2] == (CONSTANT, 100_000.0)
    assert columns("0 s")[:2] == (CONSTANT, 0.0)
    assert columns("900 placements at 52 000/h").a == pytest.approx(900 / 52_000 * 3600 * SECOND, abs=0.5)


def test_counts_stay_counts():
    assert columns("uniform(2, 5)")[:3] == (UNIFORM, 2.0, 5.0)
    assert columns("triangular(1, 2, 6)")[:4] == (TRIANGULAR, 1.0, 2.0, 6.0)


def test_times_become_ticks():
    assert columns("exponential(2 min)")[:2] == (EXPONENTIAL, 120 * SECOND)
    assert columns("uniform(1 s, 3 s)")[:3] == (UNIFORM, SECOND, 3 * SECOND)


def test_a_geometric_law_counts_whole_steps():
    kind, a, b, *_ = columns("geometric(0.1, 1 s)")
    assert (kind, b) == (GEOMETRIC, SECOND)
    assert a == pytest.approx(math.log(0.9))
    assert columns("geometric(0.01)")[2] == 1.0
    assert columns("geometric(1, 2 s)")[:2] == (CONSTANT, 2 * SECOND)


def test_lognormal_and_weibull_keep_mean_and_spread():
    kind, mu, sigma, *_ = columns("lognormal(2 h, 1 h)")
    law = stats.lognorm(sigma, scale=math.exp(mu))
    assert kind == LOGNORMAL
    assert (law.mean(), law.std()) == pytest.approx((7200 * SECOND, 3600 * SECOND))
    kind, scale, inverse_shape, *_ = columns("weibull(10 h, 1.5)")
    assert kind == WEIBULL
    assert stats.weibull_min(1 / inverse_shape, scale=scale).mean() == pytest.approx(36_000 * SECOND)


@pytest.mark.parametrize("sd", ["1 s", "5 s", "7 s", "9.5 s"])
def test_a_normal_law_truncated_at_0_keeps_its_mean_and_spread(sd):
    kind, mu, sigma, below, _ = columns(f"normal(10 s, {sd})")
    law = stats.truncnorm(-mu / sigma, np.inf, loc=mu, scale=sigma)
    assert kind == NORMAL
    assert law.mean() == pytest.approx(10 * SECOND, rel=1e-6)
    assert law.std() == pytest.approx(float(sd.split()[0]) * SECOND, rel=1e-6)
    assert below == pytest.approx(stats.norm.cdf(0, mu, sigma), abs=1e-12)


def test_a_truncated_normal_law_cannot_spread_more_than_its_mean_and_keeps_the_mean():
    _, mu, sigma, *_ = columns("normal(10 s, 30 s)")
    law = stats.truncnorm(-mu / sigma, np.inf, loc=mu, scale=sigma)
    assert law.mean() == pytest.approx(10 * SECOND, rel=1e-6)
    assert 0.96 < law.std() / law.mean() < 1.0


def drawn(table, u):
    """Variates as the kernel reads them from a table."""
    tabulated = getattr(draw.tabulated, "py_func", draw.tabulated)
    world = SimpleNamespace(share=np.array(table))
    return np.array([tabulated(world, 0, float(each)) for each in u])


@pytest.mark.parametrize(
    ("text", "mean", "variance"),
    [
        ("erlang(1 s, 4)", 1.0, 0.25),
        ("erlang(3 s, 2)", 3.0, 4.5),
        ("gamma(1 s, 0.1 s)", 1.0, 0.01),
        ("gamma(1 s, 0.6 s)", 1.0, 0.36),
        ("gamma(1 s, 2 s)", 1.0, 4.0),
    ],
)
def test_what_is_drawn_from_a_table_has_mean_and_variance_to_one_in_ten_thousand(text, mean, variance):
    kind, *_, table = columns(text)
    assert kind == TABLE
    # Middles of 2000 cells to the octave of u, and of 1 - u, from 1/2 down to 2**-30: what lies beyond weighs 1e-9.
    edges = np.concatenate([2.0**-k * (1 - np.arange(2000) / 4000) for k in range(1, 30)])
    middle, width = (edges[:-1] + edges[1:]) / 2, -np.diff(edges)
    values = np.concatenate([drawn(table, middle), drawn(table, 1.0 - middle)]) / SECOND
    weights = np.concatenate([width, width])
    first = float(np.sum(weights * values))
    assert first == pytest.approx(mean, rel=1e-4)
    assert float(np.sum(weights * values**2)) - first**2 == pytest.approx(variance, rel=1e-4)


def test_a_table_lies_on_the_true_quantiles():
    *_, table = columns("erlang(1 s, 4)")
    u = np.array([0.001, 0.1, 0.3, 0.49, 0.5, 0.7, 0.95, 0.9999])
    assert drawn(table, u) / SECOND == pytest.approx(stats.gamma(4, scale=0.25).ppf(u), rel=2e-3)


def test_erlang_of_one_phase_is_exponential():
    assert columns("erlang(2 s, 1)")[:2] == (EXPONENTIAL, 2 * SECOND)


def test_a_law_is_written_once(routed):
    world = routed({"op": "a", "time": "exponential(60 s)"}, {"op": "b", "time": "exponential(1 min)"}).world
    assert len(world.law) == 1
    assert list(world.operation.law) == [0, 0]
