"""The portfolio: always a schedule, never worse than a dispatching rule, the same twice."""

from dataclasses import replace

from hypothesis import given, settings

from plantwright.optimise.schedule.check import faults
from plantwright.optimise.schedule.solve import solve
from plantwright.optimise.schedule.start import by_rules
from plantwright.problems.schedule import Limit
from tests.optimise.schedule.draft import Draft, goals, way
from tests.optimise.schedule.drawn import ALWAYS, TIGHT, problems

BRIEF = Limit(work=60)


@settings(max_examples=40)
@given(problems((ALWAYS | TIGHT) - {"fixed"}))
def test_no_rule_is_better_and_nothing_is_wrong(problem):
    found = solve(problem, BRIEF)
    assert [fault for fault in faults(problem, found) if not fault.leaves_incomplete] == []
    by_rule = by_rules(problem).values()
    assert (not found.complete, found.values) <= min((not rule.complete, rule.values) for rule in by_rule)


@settings(max_examples=15)
@given(problems())
def test_the_same_twice(problem):
    one, two = (solve(problem, BRIEF, workers=workers) for workers in (1, 2))
    assert one.start.tolist() == two.start.tolist()
    assert one.mode.tolist() == two.mode.tolist()
    assert one.history == two.history


@settings(max_examples=25)
@given(problems(ALWAYS - {"reference", "batches"}))
def test_a_plan_to_which_nothing_happened_stays_as_it_is(problem):
    plan = solve(problem, BRIEF)
    told = {"reference_mode": plan.mode, "reference_start": plan.start}
    again = replace(problem, operations=replace(problem.operations, **told), goals=goals("moved"))
    assert solve(again, BRIEF).values == (0,)


def test_only_what_an_event_touches_is_moved():
    # three jobs on two machines as planned; the first machine is there from 4 on: its work moves, the other's does not
    draft = Draft()
    draft.machine(free=4), draft.machine()
    for machine, start in ((0, 0), (1, 0), (1, 7)):
        mode = len(draft.modes)
        draft.operation(draft.job(due=8), way(machine, 3), reference_mode=mode, reference_start=start)
    found = solve(draft.problem("moved", "tardiness"), BRIEF)
    assert (found.start.tolist(), found.values) == ([4, 0, 7], (1, 2))


def test_without_time_there_is_a_schedule():
    found = solve(shop(), Limit(seconds=0.0))
    assert faults(shop(), found) == ()


def test_it_tells_how_far_it_is():
    heard = []
    found = solve(shop(), BRIEF, told=lambda share, value, bound: heard.append((share, value, bound)))
    assert [share for share, _, _ in heard] == sorted(share for share, _, _ in heard)
    assert heard[-1][:2] == (1.0, found.values[0])


def shop():
    """Four jobs on three machines."""
    draft = Draft()
    times = ((3, 2, 2), (2, 1, 4), (4, 3, 1), (1, 5, 2))
    for _ in range(3):
        draft.machine()
    for number, row in enumerate(times):
        job, last = draft.job(), None
        for step, time in enumerate(row):
            this = draft.operation(job, way((number + step) % 3, time))
            if last is not None:
                draft.arc(last, this)
            last = this
    return draft.problem()
