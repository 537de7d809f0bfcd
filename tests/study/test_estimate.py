import math

import pytest

from plantwright.study.estimate import estimate, ratio


def test_mean_and_half_width_are_students():
    found = estimate([1.0, 2.0, 3.0])
    # standard deviation 1, quantile 4.3027 at two degrees of freedom, over the root of three
    assert (found.mean, found.half_width, found.n) == (2.0, pytest.approx(2.4841, abs=1e-4), 3)


def test_runs_that_saw_nothing_do_not_count():
    assert estimate([5.0, math.nan]).n == 1
    assert estimate([math.nan]).mean is None


def test_one_run_has_no_interval():
    assert estimate([5.0]).half_width is None


def test_a_share_of_nothing_is_unknown():
    assert math.isnan(ratio(1, 0))
