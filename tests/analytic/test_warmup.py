"""Where a start ends."""

import numpy as np
import pytest

from plantwright.analytic.warmup import batch_means, mser_warmup, settling


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


def weeks(*, empty=0.0, noise=0.01, seed=1, count=40):
    """Weekly totals of about 1: so many weeks without output first, then noise of this standard deviation."""
    level = np.clip(np.arange(1, count + 1) - empty, 0.0, 1.0)
    return level + np.random.default_rng(seed).normal(0.0, noise, count)


@pytest.mark.parametrize(("confidence", "level"), [(0.95, 170), (0.99, 190)])
def test_of_level_runs_few_give_up_more_than_the_least(confidence, level):
    """One in eight at 95 %, one in thirty at 99 %: of 200 at least 170 and 190."""
    found = [settling(weeks(seed=seed), least=6, confidence=confidence).after for seed in range(200)]
    assert found.count(6) >= level


@pytest.mark.parametrize("empty", [7.0, 8.5, 9.5, 10.0, 13.0, 14.0])
@pytest.mark.parametrize("noise", [0.005, 0.02, 0.05])
def test_empty_weeks_are_left_out_and_little_more(empty, noise):
    """In whole fives: 10 for up to ten empty weeks, 15 for up to fifteen; never fewer, seldom more."""
    needed = 10 if empty <= 10 else 15
    found = [settling(weeks(empty=empty, noise=noise, seed=seed), least=6).after for seed in range(100)]
    assert min(found) == needed
    assert found.count(needed) >= 80


def test_a_run_that_is_too_short_to_settle_says_so():
    assert not settling(np.linspace(0.0, 1.0, 40), least=6).is_certain
