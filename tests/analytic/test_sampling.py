"""Draws of plants: even cover, the right laws, the input that mattered."""

import numpy as np
import pytest

from plantwright.analytic.sampling import latin_hypercube, pert_quantile, rank_correlations, triangular_quantile

MIDDLES = (np.arange(10_000) + 0.5) / 10_000


def test_every_input_has_one_point_in_each_slice():
    points = latin_hypercube(20, 5, seed=3)
    assert points.shape == (20, 5)
    for column in points.T:
        assert sorted((column * 20).astype(int)) == list(range(20))


def test_the_same_seed_gives_the_same_plants_and_another_one_others():
    assert np.array_equal(latin_hypercube(8, 3, seed=1), latin_hypercube(8, 3, seed=1))
    assert not np.array_equal(latin_hypercube(8, 3, seed=1), latin_hypercube(8, 3, seed=2))


def test_the_triangular_law_keeps_its_mean_and_its_ends():
    drawn = triangular_quantile(MIDDLES, 1.0, 2.0, high=6.0)
    assert drawn.mean() == pytest.approx((1 + 2 + 6) / 3, abs=1e-4)
    assert triangular_quantile([0.0, 1.0], 1.0, 2.0, high=6.0).tolist() == [1.0, 6.0]


def test_the_pert_law_weighs_the_mode_four_times():
    assert pert_quantile(MIDDLES, 1.0, 2.0, high=6.0).mean() == pytest.approx((1 + 4 * 2 + 6) / 6, abs=1e-4)


@pytest.mark.parametrize("mode", [1.0, 6.0])
def test_a_mode_at_an_end_is_allowed(mode):
    for law in (triangular_quantile, pert_quantile):
        drawn = law(MIDDLES, 1.0, mode, high=6.0)
        assert np.all(np.diff(drawn) > 0)
        assert (drawn.min() >= 1.0) and (drawn.max() <= 6.0)


@pytest.mark.parametrize("law", [triangular_quantile, pert_quantile])
def test_a_range_without_width_is_a_constant(law):
    assert law([0.1, 0.9], 5.0, 5.0, high=5.0).tolist() == [5.0, 5.0]


@pytest.mark.parametrize("law", [triangular_quantile, pert_quantile])
def test_a_mode_outside_its_range_is_refused(law):
    with pytest.raises(ValueError, match="low <= mode <= high"):
        law(0.5, 1.0, 7.0, high=6.0)


def test_the_input_that_matters_comes_out_on_top():
    inputs = latin_hypercube(200, 3, seed=5)
    outputs = 10 * inputs[:, 0] - 2 * inputs[:, 1]
    found = rank_correlations(inputs, outputs)
    assert found[0] > 0.9
    assert -0.5 < found[1] < -0.1
    assert abs(found[2]) < 0.2


def test_equal_values_share_their_rank():
    """Ranks 1.5, 1.5, 3, 4 against 1, 2, 3, 4: covariance 4.5, squares 4.5 and 5."""
    assert rank_correlations([[1.0], [1.0], [2.0], [3.0]], [1.0, 2.0, 3.0, 4.0])[0] == pytest.approx(4.5 / 22.5**0.5)
