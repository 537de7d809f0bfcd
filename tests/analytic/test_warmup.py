"""Where a start ends."""

import numpy as np
import pytest

from plantwright.analytic.warmup import batch_means, mser_warmup


def test_the_filling_of_an_empty_plant_is_cut_off():
    noise = np.random.default_rng(1).normal(0.0, 1.0, 100)
    series = 100.0 + noise - np.where(np.arange(100) < 10, 50.0, 0.0)
    assert mser_warmup(series) == 10


def test_a_level_series_keeps_nearly_all():
    series = 100.0 + np.random.default_rng(2).normal(0.0, 1.0, 200)
    assert mser_warmup(series) <= 50


def test_never_more_than_half_is_cut():
    assert mser_warmup(np.arange(100.0)) == 50


def test_a_short_series_says_nothing():
    assert mser_warmup([1.0, 2.0, 3.0]) == 0


def test_batches_of_a_long_run_have_the_mean_of_the_run():
    series = np.arange(100.0)
    assert batch_means(series, 10).mean() == pytest.approx(series.mean())


def test_a_run_shorter_than_its_batches_is_refused():
    with pytest.raises(ValueError, match="3 observations do not fill 20 batches"):
        batch_means([1.0, 2.0, 3.0])
