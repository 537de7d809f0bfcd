"""Quantiles of laws of times."""

import pytest
from scipy.integrate import quad

from plantwright.compile.lasting import quantile
from plantwright.model.distribution import Law


@pytest.mark.parametrize(
    "text",
    [
        "8 week",
        "uniform(4 week, 9 week)",
        "exponential(5 week)",
        "triangular(7 week, 8 week, 12 week)",
        "lognormal(8 week, 3 week)",
        "gamma(8 week, 3 week)",
        "erlang(8 week, 3)",
        "weibull(8 week, 1.7)",
    ],
)
def test_the_mean_of_all_quantiles_is_the_mean_of_the_law(text):
    law = Law.model_validate(text)
    mean, _ = quad(lambda chance: quantile(law, chance), 0, 1, limit=200)
    assert mean == pytest.approx(law.mean, rel=2e-3)
    assert quantile(law, 0.1) <= quantile(law, 0.5) <= quantile(law, 0.9)


def test_half_of_all_normal_times_are_longer_than_the_mean():
    assert quantile(Law.model_validate("normal(8 week, 1 week)"), 0.5) == pytest.approx(8 * 7 * 86_400)
