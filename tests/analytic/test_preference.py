"""Ranks over doubtful weights: against the integral that is known, against the weighted sum, and where leads change."""

import numpy as np
import pytest
from hypothesis import assume, given, strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from plantwright.analytic.preference import acceptability, swings, values

tables = arrays(
    np.float64, st.tuples(st.integers(2, 5), st.integers(2, 4)), elements=st.floats(0, 1).map(lambda v: round(v, 2))
)


def test_scores_are_told_from_the_worst_to_the_best_in_either_direction():
    told = values([[1.0, 30.0, 5.0], [3.0, 10.0, 5.0]], [True, False, True])
    assert told.tolist() == [[0.0, 0.0, 0.0], [1.0, 1.0, 0.0]]


def test_two_alternatives_come_first_as_often_as_the_beta_law_says():
    """Each is best on one criterion, so the first leads where its weight is above a half; two parts are beta."""
    spread, weight = 0.4, 0.6
    concentration = 1 / spread**2 - 1
    chance = stats.beta.sf(0.5, concentration * weight, concentration * (1 - weight))
    found = acceptability(np.eye(2), [weight, 1 - weight], spread=spread, draws=20_000, seed=3)
    assert found.ranks[0, 0] == pytest.approx(chance, abs=4 * np.sqrt(0.25 / 20_000))
    assert found.central[0, 0] > 0.5 > found.central[1, 0]


def test_a_weight_varies_by_the_spread_that_is_asked_for():
    """Of four equal weights each varies by the spread: seen in the central weights of one alternative's first ranks."""
    concentration = 3 / 0.3**2 - 1
    draws = np.random.default_rng(5).dirichlet([concentration / 4] * 4, 50_000)
    assert draws.std() / 0.25 == pytest.approx(0.3, rel=0.02)
    found = acceptability(np.eye(4), [1, 1, 1, 1], spread=0.3, draws=50_000, seed=5)
    first = draws.argmax(axis=1)
    assert found.central[2] == pytest.approx(draws[first == 2].mean(axis=0))


@given(tables, st.integers(0, 99))
def test_ranks_are_shared_out_whole(table, seed):
    found = acceptability(table, np.ones(table.shape[1]), spread=0.3, draws=50, seed=seed)
    assert found.ranks.sum(axis=0) == pytest.approx(np.ones(len(table)))
    assert found.ranks.sum(axis=1) == pytest.approx(np.ones(len(table)))


def test_those_who_tie_share_their_ranks():
    found = acceptability([[0.5, 0.5], [0.5, 0.5]], [1, 1], spread=0.3, draws=10, seed=1)
    assert found.ranks.tolist() == [[0.5, 0.5], [0.5, 0.5]]


@given(tables, st.data())
def test_the_lead_changes_where_it_is_said_to_and_nowhere_before(table, data):
    criteria = table.shape[1]
    weights = np.array(data.draw(st.lists(st.integers(1, 9), min_size=criteria, max_size=criteria)), dtype=float)
    weights /= weights.sum()

    def leaders(criterion, weight):
        rest = np.delete(weights, criterion) * (1 - weight) / (1 - weights[criterion])
        score = table @ np.insert(rest, criterion, weight)
        return set(np.flatnonzero(score >= score.max() - 1e-9).tolist())

    leader = int(np.argmax(np.round(table @ weights, 12)))
    assume(leaders(0, weights[0]) == {leader})
    found = swings(table, weights)
    for criterion in range(criteria):
        for side in (-1, 1):
            crossed = [
                each.weight
                for each in found
                if each.criterion == criterion and (each.weight - weights[criterion]) * side > 0
            ]
            assert len(crossed) <= 1
            end = crossed[0] if crossed else (1.0 if side > 0 else 0.0)
            for share in np.linspace(0.0, 0.999, 15):
                assert leader in leaders(criterion, weights[criterion] + share * (end - weights[criterion]))
    for each in found:
        away = 1e-3 * np.sign(each.weight - weights[each.criterion])
        if 0 < each.weight + away < 1:
            assert each.winner in leaders(each.criterion, each.weight)
            assert leader not in leaders(each.criterion, each.weight + away)
