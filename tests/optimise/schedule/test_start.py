"""Starts: dispatching rules by hand, and what was planned before."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from plantwright.optimise.schedule.check import faults
from plantwright.optimise.schedule.decode import decode
from plantwright.optimise.schedule.start import RULES, as_before, by_rule, by_rules, like
from tests.optimise.schedule.draft import Draft, way
from tests.optimise.schedule.drawn import ALWAYS, problems

# One machine in family 0, changed in 3; three jobs are there at 0: 4 of family 1, 2 of family 0, 6 of family 1
# The third is due first, at 6, then the second at 9, the first at 30 with weight 9
FIRST = {
    "first come": 0,
    "shortest time": 1,
    "longest time": 2,
    "earliest due": 2,
    "least slack": 2,
    "critical ratio": 2,
    "same family": 1,
    "most work left": 2,
    "least work left": 1,
    "weighted shortest time": 0,
}


@pytest.fixture
def queue():
    draft = Draft()
    draft.matrix([[0, 3], [3, 0], [0, 0]])
    draft.machine(setup=0, state=0)
    for time, family, due, weight in ((4, 1, 30, 9), (2, 0, 9, 1), (6, 1, 6, 1)):
        draft.operation(draft.job(due=due, weight=weight), way(0, time, family=family))
    return draft.problem("tardiness")


@pytest.mark.parametrize(("rule", "first"), FIRST.items())
def test_a_rule_says_what_goes_first(queue, rule, first):
    found = by_rule(queue, rule)
    assert faults(queue, found) == ()
    assert int(np.argmin(found.start)) == first


def test_apparent_tardiness_is_weight_over_time_discounted_by_slack(queue):
    # mean time 4, looked ahead twice: 9/4 exp(-26/8) = 0.087; 1/2 exp(-7/8) = 0.21; 1/6 exp(0) = 0.17
    assert int(np.argmin(by_rule(queue, "apparent tardiness").start)) == 1
    # a later second job, 1/2 exp(-17/8) = 0.06, lets the third go first; with setups (mean 1, half of it looked
    # ahead) a setup of 3 takes exp(-3 / 0.5) = 0.002 of it, and the second is first again
    later = replace(queue, jobs=replace(queue.jobs, due=np.array([30, 19, 6])))
    assert int(np.argmin(by_rule(later, "apparent tardiness").start)) == 2
    assert int(np.argmin(by_rule(later, "apparent tardiness with setups").start)) == 1


def test_a_machine_never_waits_while_work_is_there():
    # the long job is there at 0, the urgent one at 1: no rule waits for it
    draft = Draft()
    draft.machine()
    draft.operation(draft.job(due=100), way(0, 10)), draft.operation(draft.job(release=1, due=2), way(0, 1))
    assert {tuple(found.start.tolist()) for found in by_rules(draft.problem()).values()} == {(0, 10)}


def test_the_plan_is_kept_and_what_is_in_the_way_is_moved_right():
    # 0 to 3 and, though it could earlier, 5 to 8, on two machines; the first machine is not there before 2: one moves
    draft = Draft()
    draft.machine(free=2), draft.machine()
    draft.operation(draft.job(), way(0, 3), reference_mode=0, reference_start=0)
    draft.operation(draft.job(), way(1, 3), reference_mode=1, reference_start=5)
    problem = draft.problem("moved")
    found = decode(problem, as_before(problem))
    assert (found.start.tolist(), found.values) == ([2, 5], (1,))


def test_without_a_plan_there_is_nothing_to_keep(queue):
    assert as_before(queue) is None


@settings(max_examples=60)
@given(problems(ALWAYS))
def test_rules_give_schedules_without_faults_that_can_be_repeated(problem):
    for rule in RULES[::3]:
        found = by_rule(problem, rule)
        assert faults(problem, found) == ()
        assert faults(problem, decode(problem, like(problem, found))) == ()
