"""What holds in every plant, whatever mechanisms it has."""

from hypothesis import given, settings

from tests.audit import audit
from tests.strategies import plants
from tests.trial import simulate


@settings(max_examples=100)
@given(plants())
def test_any_plant_keeps_its_accounts(tree):
    audit(simulate(tree, 600, bin_s=100).outcome)


@settings(max_examples=40)
@given(plants(calm=True))
def test_a_plant_with_all_its_supplies_never_stands_still(tree):
    tree["products"]["unit"]["release"] = {"conwip": 5}
    tree.pop("demand", None)  # customers go before kits: more of them than the plant can serve would take every piece
    trial = simulate(tree, 2 * 3600, bin_s=900)
    audit(trial.outcome)
    made = trial.outcome.finished[:, trial.problem.names.items.index("unit")]
    assert made[-1] > made[3], "nothing was made in the second half of the run"
