"""States of the examples: what a run of them leaves behind is read back as it was, and begun from."""

from pathlib import Path

import pytest

import plantwright as pw
from benchmarks.whole import every_mechanism
from plantwright.compile import lift_state, lower
from plantwright.engine.replication import begun
from plantwright.model.fit import fit
from plantwright.units import TICKS_PER_SECOND
from tests.continuing import check_world

EXAMPLES = Path(__file__).parents[2] / "examples"
DAY_S = 86_400


@pytest.mark.parametrize("hidden", [False, True])
@pytest.mark.parametrize(("name", "at_s"), [("line.yaml", 500), ("bench.yaml", 2.4 * DAY_S), ("bakery", 1.3 * DAY_S)])
def test_a_state_of_an_example_is_read_back_as_it_was(name, at_s, hidden, tmp_path):
    goes_round(pw.load(EXAMPLES / name), at_s, hidden, tmp_path)


def test_so_is_one_of_the_reference_plant(tmp_path):
    """Some three thousand parts in the middle of a day, with every mechanism that the plant has."""
    state = goes_round(pw.load(EXAMPLES / "uas-plant"), 3.4 * DAY_S, False, tmp_path)
    assert sum(part.count for part in state.parts) > 1000


def test_so_is_one_of_the_plant_with_every_mechanism(tmp_path):
    goes_round(every_mechanism(), 3.4 * DAY_S, True, tmp_path)


def goes_round(plant, at_s, hidden, folder):
    """A state of a plant, after it was written, read, found to fit, and begun from for an hour."""
    end_s = at_s + 3600
    problem = lower(plant, mode="as-written", until_s=end_s)
    run = begun(problem.world, seed=1, replication=0, until=problem.until)
    run.advance(to=int(at_s * TICKS_PER_SECOND))
    state = lift_state(plant, problem, run.world, hidden=hidden)
    assert fit(state, plant) == ()
    assert pw.load_state(pw.write(state, folder / "state.yaml"), plant) == state
    later = lower(plant, mode="as-written", until_s=end_s, state=state)
    future = begun(later.world, seed=2, replication=0, until=later.until, warmup=int(at_s * TICKS_PER_SECOND))
    future.advance()
    check_world(future.outcome())
    return state
