import dataclasses

import pytest

from plantwright.results import Estimate
from plantwright.study.effort import EFFORTS
from plantwright.study.gains import added, batches, distinguishable, gain
from plantwright.study.session import Session


@pytest.fixture
def session(bench, crowd):
    return Session(bench, EFFORTS["quick"], 1, crowd)


def with_more(run, share):
    """The run as if so much more had been made in every bin."""
    finished = {name: tuple(count * share for count in counts) for name, counts in run.series.finished.items()}
    return dataclasses.replace(run, series=dataclasses.replace(run.series, finished=finished))


def test_a_constant_gain_is_certain_and_scaled_to_the_year(session):
    runs = session.runs[:2]
    better = [with_more(run, 1.1) for run in runs]
    found = gain(session.year, runs, better, base=30_000, confidence=0.95)
    assert found.mean == pytest.approx(3000)
    assert found.n == 2
    assert distinguishable(found)


def test_the_same_runs_give_nothing(session):
    found = gain(session.year, session.runs, session.runs, base=30_000, confidence=0.95)
    assert (found.mean, found.half_width) == (0.0, 0.0)
    assert not distinguishable(found)


def test_batches_hold_equal_numbers_of_whole_weeks(session):
    found = batches(session.year, session.runs[0])
    assert len(found) >= 10
    # a week makes 600 parts: 40 hours of 15
    assert all(total == pytest.approx(found[0], rel=0.01) and total % 600 < 5 for total in found)


def test_sums_of_independent_estimates_add_their_variances():
    total = added(Estimate(100.0, 3.0, 5), Estimate(10.0, 4.0, 2))
    assert (total.mean, total.half_width) == (110.0, 5.0)
