"""The plants of the scaling benchmark are as large as they say, and rows know whether they reach their goals."""

import pytest

from benchmarks.record import Row
from benchmarks.scale import KINDS, STEPS, line, loop
from benchmarks.scaling import RULES
from plantwright.compile import lower
from plantwright.engine.run import run
from plantwright.units import TICKS_PER_SECOND


def after(setting, seconds):
    """The world after so long."""
    world = lower(setting.plant, mode="as-written", until_s=seconds).world
    return run(world, seed=1, replication=0, until=round(seconds * TICKS_PER_SECOND)).world


@pytest.mark.parametrize("rule", RULES)
def test_as_many_parts_are_in_the_loop_as_asked_for(rule):
    world = after(loop(rule, 500), 100.0)
    assert world.item.wip.sum() == 500
    assert (len(world.station), len(world.item)) == (STEPS, KINDS)


def test_a_line_of_so_many_stations_is_full_when_its_cost_is_measured():
    """40 machines: the last one has made parts before the warm-up is over, and the queues hold two parts on average."""
    setting = line(40)
    world = after(setting, setting.filled_s)
    assert len(world.station) == 40
    assert world.operation.ends[-1] > 0
    assert world.station.waiting[1:].sum() > 39


def test_a_row_knows_whether_it_reaches_its_goal():
    assert Row("speed", 2.0, "-").with_goal(at_least=1.8).more == {
        "goal_is": "at least",
        "goal": 1.8,
        "is_reached": True,
    }
    assert not Row("growth", 1.6, "-").with_goal(at_most=1.5).more["is_reached"]
