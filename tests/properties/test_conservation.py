"""What holds in every plant, whatever mechanisms it has."""

import datetime as dt

import pytest
from hypothesis import given, settings

from plantwright.model import presence
from tests.audit import audit
from tests.strategies import come_and_go, maintained, plants
from tests.trial import simulate, simulate_drawn


@settings(max_examples=100)
@given(plants())
def test_any_plant_keeps_its_accounts(tree):
    audit(simulate_drawn(tree, 600, bin_s=100).outcome)


@settings(max_examples=60)
@given(come_and_go(plants()))
def test_any_plant_keeps_its_accounts_while_machines_people_and_tools_come_and_go(tree):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(presence, "midnight", ten_seconds_a_day)
        audit(simulate_drawn(tree, 600, bin_s=100).outcome)


@settings(max_examples=60)
@given(maintained(come_and_go(plants())))
def test_any_plant_keeps_its_accounts_under_maintenance(tree):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(presence, "midnight", ten_seconds_a_day)
        audit(simulate_drawn(tree, 600, bin_s=100).outcome)


@settings(max_examples=40)
@given(maintained(plants(calm=True), calm=True))
def test_a_maintained_plant_with_all_its_supplies_never_stands_still(tree):
    makes_to_the_end(tree)


def ten_seconds_a_day(day, _site):
    """Dates in runs of ten minutes."""
    first = dt.datetime(2027, 1, 4, tzinfo=dt.UTC)
    return day and first + dt.timedelta(seconds=10 * (day - first.date()).days)


@settings(max_examples=40)
@given(plants(calm=True))
def test_a_plant_with_all_its_supplies_never_stands_still(tree):
    makes_to_the_end(tree)


def makes_to_the_end(tree):
    """Run the plant for two hours: it makes something in the second one."""
    tree["products"]["unit"]["release"] = {"conwip": 5}
    tree.pop("demand", None)  # customers go before kits: more of them than the plant can serve would take every piece
    trial = simulate(tree, 2 * 3600, bin_s=900)
    audit(trial.outcome)
    made = trial.outcome.finished[:, trial.problem.names.items.index("unit")]
    assert made[-1] > made[3], "nothing was made in the second half of the run"
