from hypothesis import given, settings

from tests.audit import audit
from tests.strategies import plants
from tests.trial import simulate


@settings(max_examples=120)
@given(plants())
def test_any_plant_keeps_its_accounts(tree):
    audit(simulate(tree, 600, bin_s=100).outcome)
