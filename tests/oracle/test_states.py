"""The engine begins in the middle, from a state; the oracle, which knows of none, simulates the whole.

What comes after the moment of the state is the same, where nothing is random: line by line but for the numbers of
parts, which are counted anew, and the reasons of idleness (``tests.continuing``).
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from plantwright.compile import lower
from plantwright.engine.replication import Deadlock
from plantwright.io.document import load, tree_of
from tests.certain import certain
from tests.continuing import Trace, snapshot, ticks, traced
from tests.engine.features import PLANTS
from tests.oracle.simulate import simulate
from tests.strategies import plants, varied
from tests.trial import plant_of


def lines_after(document, at_s, until_s):
    """How many lines come after a time: asserted to be the same in both."""
    plant = plant_of(document)
    problem = lower(plant, mode="as-written", until_s=until_s)
    whole, reached, _ = simulate(problem.world, seed=1, replication=0, until=problem.until)
    if reached < problem.until:
        return 0  # it locks
    state = snapshot(plant, problem, at_s)
    later = lower(plant, mode="as-written", until_s=until_s, state=state)
    try:
        _, rest = traced(later, seed=2)
    except Deadlock:
        return 0  # told of a part of the plant; that it has locked is compared in ``test_leaving``
    oracle = Trace.of(whole)
    assert rest.after(ticks(at_s)) == oracle.after(ticks(at_s))
    return len(oracle.after(ticks(at_s)))


@pytest.mark.parametrize("name", ["people", "kits", "dates", "transport", "time"])
def test_plants_that_have_every_feature_between_them(name):
    assert lines_after(certain(tree_of(load(PLANTS / f"{name}.yaml"))), 777.25, 1500) > 100


@settings(max_examples=40)
@given(varied(plants()), st.integers(2, 220))
def test_any_plant(tree, half_seconds):
    lines_after(certain(tree), half_seconds / 2, 150)
