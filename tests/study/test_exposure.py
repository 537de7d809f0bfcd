"""Losses one by one and two by two."""

from itertools import combinations

import pytest

from plantwright.compile.exposure import exposed
from plantwright.compile.margins import margins
from plantwright.compile.supply import supply
from plantwright.io.document import load
from plantwright.io.patch import apply
from plantwright.study.exposure import SINGLE, Exposures


def losses_of(plant):
    margin, _ = margins(plant, supply(plant))
    return Exposures(exposed(plant, margin))


@pytest.fixture(scope="module")
def bakery(root):
    return losses_of(load(root / "examples" / "bakery"))


def test_pairs_that_are_not_looked_at_cost_no_more_than_one_by_one(bakery):
    causes = [cause for cause in bakery.exposed.causes if cause.kind in SINGLE]
    alone = {cause.key: bakery.followed([(cause, bakery.recovery(cause, 0.5))]).course.loss for cause in causes}
    told = {frozenset((pair.first, pair.second)) for pair in bakery.pairs[0]}
    for one, two in combinations(causes, 2):
        both = bakery.followed([(each, bakery.recovery(each, 0.5)) for each in (one, two)]).course.loss
        is_worse = both > 1.01 * (alone[one.key] + alone[two.key])
        assert is_worse == (frozenset((one.key, two.key)) in told), (one.key, two.key)


def test_nothing_is_lost_when_nothing_is_lost(bakery):
    assert bakery.usual.loss == 0.0
    assert bakery.is_consistent


def test_a_second_source_takes_a_pair_off_the_list(bakery):
    third = {
        "suppliers.far-mill": {"name": "Far mill", "country": "CZ", "recovery": "3 week"},
        "offers.far-wheat": {"item": "wheat-flour", "supplier": "far-mill", "lead-time": "5 d"},
        "offers.far-rye": {"item": "rye-flour", "supplier": "far-mill", "lead-time": "5 d"},
    }
    safer = losses_of(apply(bakery.exposed.plant, third))
    mills = {"supplier north-mill", "supplier valley-mill"}
    assert mills in [{pair.first, pair.second} for pair in bakery.pairs[0]]
    assert mills not in [{pair.first, pair.second} for pair in safer.pairs[0]]


def test_losses_are_ranked_and_the_best_case_is_never_worse_than_the_rule(bakery):
    losses = [row.loss_p50 for row in bakery.rows]
    assert losses == sorted(losses, reverse=True)
    assert all(row.best_loss_p50 <= row.loss_p50 + 1e-6 for row in bakery.rows)
    assert all(row.loss_p10 <= row.loss_p50 + 1e-6 <= row.loss_p90 + 2e-6 for row in bakery.rows)
