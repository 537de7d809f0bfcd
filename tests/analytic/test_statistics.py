"""Intervals against printed tables and cases done by hand."""

import math

import numpy as np
import pytest

from plantwright.analytic.statistics import (
    at_least,
    bonferroni_confidence,
    chance_of_reaching,
    clopper_pearson,
    normal_chance_of_reaching,
    paired_difference,
    simultaneous_half_widths,
    student_half_width,
    student_quantile,
    welch_difference,
)


@pytest.mark.parametrize(("freedom", "quantile"), [(1, 12.706), (4, 2.776), (9, 2.262), (19, 2.093), (29, 2.045)])
def test_student_quantiles_are_those_of_the_printed_table(freedom, quantile):
    assert student_quantile(freedom, 0.95) == pytest.approx(quantile, abs=5e-4)


def test_one_run_has_no_interval():
    assert math.isnan(student_half_width([3.0]))


def test_the_half_width_covers_the_mean_in_about_95_of_100_samples():
    """2,000 samples of 5: the share is within 4 standard errors (0.0195) of 0.95."""
    samples = np.random.default_rng(1).normal(size=(2_000, 5))
    covered = [abs(sample.mean()) <= student_half_width(sample) for sample in samples]
    assert np.mean(covered) == pytest.approx(0.95, abs=0.0195)


def test_twenty_of_twenty_is_at_least_86_per_cent():
    assert at_least(20, 20) == pytest.approx(0.05 ** (1 / 20))
    assert round(100 * at_least(20, 20)) == 86


def test_none_of_twenty_shows_nothing():
    assert at_least(0, 20) == 0.0


def test_clopper_pearson_is_symmetric_and_covers_the_estimate():
    low, high = clopper_pearson(3, 10)
    assert (low, high) == pytest.approx((0.06674, 0.65245), abs=5e-6)  # Clopper and Pearson's chart: 0.07, 0.65
    mirrored = clopper_pearson(7, 10)
    assert mirrored == pytest.approx((1 - high, 1 - low))


def test_more_successes_than_trials_are_refused():
    with pytest.raises(ValueError, match="5 successes in 4 trials"):
        at_least(5, 4)


def test_a_chance_carries_its_bound_and_its_count():
    chance = chance_of_reaching([100.0] * 19 + [90.0], 100.0)
    assert (chance.estimate, chance.n) == (0.95, 20)
    assert chance.at_least == pytest.approx(0.7839, abs=1e-4)  # 19 of 20, one-sided 95 %


def test_a_normal_year_one_deviation_above_the_target_reaches_it_in_84_of_100():
    assert normal_chance_of_reaching(105.0, 5.0, target=100.0) == pytest.approx(0.8413, abs=5e-5)


def test_simultaneous_intervals_are_wider():
    samples = np.random.default_rng(2).normal(size=(10, 5))
    together = simultaneous_half_widths(samples)
    alone = [student_half_width(column) for column in samples.T]
    ratio = student_quantile(9, bonferroni_confidence(0.95, 5)) / student_quantile(9, 0.95)
    assert together == pytest.approx(np.array(alone) * ratio)
    assert ratio > 1.4


def test_pairs_see_a_small_difference_that_independent_runs_do_not():
    base = np.array([100.0, 120.0, 80.0, 110.0])
    better = base + np.array([1.0, 1.2, 0.8, 1.0])
    assert paired_difference(better, base).distinguishable
    assert not welch_difference(better, base).distinguishable


def test_welch_by_hand():
    """Variances 1 and 4 of three each: error sqrt(5/3), freedom (5/3)^2 / ((1/9 + 16/9) / 2) = 2.941."""
    found = welch_difference([1.0, 2.0, 3.0], [2.0, 4.0, 6.0])
    assert found.mean == -2.0
    assert found.freedom == pytest.approx(25 / 9 * 2 / (17 / 9))
    assert found.half_width == pytest.approx(student_quantile(found.freedom, 0.95) * math.sqrt(5 / 3))


def test_two_constants_differ_without_doubt():
    assert welch_difference([2.0, 2.0], [1.0, 1.0]).half_width == 0.0
