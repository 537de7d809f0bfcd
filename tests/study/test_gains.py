import dataclasses

import pytest

from plantwright.results import Estimate
from plantwright.study.effort import EFFORTS
from plantwright.study.gains import BATCHES, added, batches, distinguishable, gains
from plantwright.study.session import Session


@pytest.fixture
def session(bench, crowd):
    return Session(bench, EFFORTS["quick"], 1, crowd)


def with_more(run, share):
    """The run as if so much more had been made in every bin."""
    finished = {name: tuple(count * share for count in counts) for name, counts in run.series.finished.items()}
    return dataclasses.replace(run, series=dataclasses.replace(run.series, finished=finished))


def gain_of(session, share, confidence=0.95):
    runs = session.runs[:2]
    after = {"x": [with_more(run, share) for run in runs], "nothing": runs}
    return gains(session.year, runs, after, base=30_000, confidence=confidence)


def test_a_gain_is_scaled_to_the_year(session):
    found = gain_of(session, 1.1)["x"]
    assert found.mean == pytest.approx(3000)
    assert found.n == 2
    assert distinguishable(found)


def test_the_same_runs_give_nothing(session):
    found = gain_of(session, 1.1)["nothing"]
    assert found.mean == 0.0
    assert not distinguishable(found)


def test_batches_hold_equal_numbers_of_whole_weeks(session):
    found = batches(session.year, session.runs[0])
    assert len(found) == BATCHES
    # a week makes 600 parts: 40 hours of 15
    assert all(total == pytest.approx(found[0], rel=0.01) and total % 600 < 5 for total in found)


def test_sums_of_independent_estimates_add_their_variances():
    total = added(Estimate(100.0, 3.0, 5), Estimate(10.0, 4.0, 2))
    assert (total.mean, total.half_width) == (110.0, 5.0)
