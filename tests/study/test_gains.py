import dataclasses

import pytest

from plantwright.results import Estimate
from plantwright.study.effort import EFFORTS
from plantwright.study.gains import added, distinguishable, gains, spread, worth
from plantwright.study.session import Session


@pytest.fixture
def session(bench, crowd):
    return Session(bench, EFFORTS["quick"], 1, crowd)


def with_more(run, pieces):
    """The run as if so many more had been made."""
    part = dataclasses.replace(run.items["part"], finished=run.items["part"].finished + pieces)
    return dataclasses.replace(run, items={**run.items, "part": part})


def test_the_gain_of_each_run_is_scaled_to_the_year(session):
    runs = session.runs[:2]
    made = runs[0].items["part"].finished
    better = [with_more(run, made // 10) for run in runs]
    found = gains(session.year, runs, better, base=30_000)
    assert found == [pytest.approx(3000, rel=0.001)] * 2


def test_the_same_runs_give_nothing(session):
    assert set(gains(session.year, session.runs, session.runs, base=30_000)) == {0.0}


def test_the_spread_is_pooled_over_the_changes():
    """Deviations of 1 and 3 on two degrees of freedom each: the root of 5; 4 degrees have the quantile 2.776."""
    found = spread({"a": [1.0, 2.0, 3.0], "b": [0.0, 3.0, 6.0]})
    assert (found.deviation, found.freedom) == (pytest.approx(5**0.5), 4)
    estimate = found.estimate([10.0, 14.0], 0.95)
    assert estimate.mean == 12.0
    assert estimate.half_width == pytest.approx(2.776 * (5 / 2) ** 0.5, rel=1e-3)


def test_one_run_of_each_change_says_nothing_about_the_spread():
    estimate = spread({"a": [5.0], "b": [7.0]}).estimate([5.0], 0.95)
    assert (estimate.mean, estimate.half_width) == (5.0, None)
    assert not distinguishable(estimate)


def test_a_gain_is_worth_something_where_its_interval_lies_above_nothing():
    assert worth(Estimate(5.0, 4.0, 3))
    assert not worth(Estimate(5.0, 6.0, 3))
    assert not worth(Estimate(-5.0, 4.0, 3))


def test_sums_of_independent_estimates_add_their_variances():
    total = added(Estimate(100.0, 3.0, 5), Estimate(10.0, 4.0, 2))
    assert (total.mean, total.half_width) == (110.0, 5.0)
