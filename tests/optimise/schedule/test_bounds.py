"""Bounds by hand on the smallest cases, and below the best of every drawn problem."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings, strategies as st

from plantwright.optimise.schedule.bounds import lower
from plantwright.optimise.schedule.bounds.loads import preemptive
from plantwright.optimise.schedule.bounds.setups import arborescence
from plantwright.optimise.schedule.proof import prove
from plantwright.optimise.schedule.proof.horizon import horizon
from plantwright.optimise.schedule.proof.model import Model
from plantwright.optimise.schedule.proof.search import Effort, search
from plantwright.problems.schedule import Limit
from tests.optimise.schedule.draft import Draft, goals, way
from tests.optimise.schedule.drawn import ALWAYS, SINGLE, TIGHT, problems


def bound(draft, level="makespan"):
    return lower(draft.problem(level))[0]


def jobs(*times, machine=None, **told):
    draft = Draft()
    draft.machine(**(machine or {}))
    for family, time in enumerate(times):
        draft.operation(draft.job(), way(0, time, family), **told)
    return draft


def test_a_path_leads_through_arcs_lags_and_closures():
    draft = Draft()
    draft.calendar((2, 6), (8, 99))
    job = draft.job(release=1)
    draft.arc(draft.operation(job, way(time=3)), draft.operation(job, way(time=4, calendar=0)), least=1)
    assert bound(draft) == 12  # 1 + 3 + 1 = 5: 4 do not fit before 6, so 8 + 4
    draft.operations[1]["interruptible"] = True
    assert bound(draft) == 11  # 1 until 6, 3 from 8


def test_the_quickest_route_counts():
    draft = Draft()
    job = draft.job(routes=2)
    draft.operation(job, way(time=5), route=0)
    draft.arc(draft.operation(job, way(time=2), route=1), draft.operation(job, way(time=1), route=1))
    assert bound(draft) == 3


def test_a_machine_does_its_work_on_its_calendar():
    draft = jobs(3, 4, 2)
    assert bound(draft) == 9
    draft.calendar((0, 5), (9, 99))
    for row in draft.modes:
        row["calendar"] = 0
    assert bound(draft) == 13  # 5 until the closure, 4 from 9


def test_the_preemptive_schedule_serves_the_longest_tail():
    assert preemptive([(0, 4, 1), (2, 2, 6)]) == 10  # 2 of the first, then 2 to 4 with 6 after; the first ends at 6
    assert preemptive([(0, 4, 5), (2, 2, 6)]) == 11  # the first ends at 6, with 5 after
    # Carlier (1982), the example of seven jobs: the preemptive schedule takes 49, the best without a stop 50.
    head, time, tail = (10, 13, 11, 20, 30, 0, 30), (5, 6, 7, 4, 3, 6, 2), (7, 26, 24, 21, 8, 17, 0)
    assert preemptive(list(zip(head, time, tail))) == 49


def test_machines_share_their_work():
    draft = Draft()
    draft.machine(), draft.machine(free=2)
    for _ in range(3):
        draft.operation(draft.job(), way(0, 4), way(1, 4))
    assert bound(draft) == 6  # 12 on two
    draft.operation(draft.job(release=5), way(0, 9), way(1, 9))
    assert bound(draft) == 14


def test_a_pool_does_its_work():
    draft = Draft()
    draft.pool((0, 2), (2, 1))
    for _ in range(3):
        draft.operation(draft.job(), way(time=4, needs=[(0, 1)]))
    assert bound(draft) == 10  # 4 of 12 until 2, then one at a time


def test_setups_cannot_be_avoided():
    draft = jobs(3, 4, machine={"setup": 0})
    draft.matrix([[0, 5], [1, 0], [2, 2]])
    assert bound(draft, "setups") == 3  # 2 to the second, 1 on to the first
    assert bound(draft) == 10
    draft.machines[0]["state"] = 0
    assert bound(draft, "setups") == 5
    assert arborescence(0, {(0, 1): 9, (0, 2): 9, (1, 2): 1, (2, 1): 1}) == 10  # a circle of 1 and 1 leads nowhere


@pytest.mark.parametrize(
    ("level", "least"),
    [
        ("flow", 2 + 5 + 9),  # shortest first: 2, 5, 9
        ("tardiness", 0 + 1 + 3),  # ends 2, 5, 9 against due dates 3, 4, 6
        ("late", 1),  # 3 and 2 end at 3 and 5, the one of 4 is late anyway
    ],
)
def test_jobs_wait_for_each_other(level, least):
    draft = jobs(3, 4, 2)
    for row, due in zip(draft.jobs, (4, 3, 6)):
        row["due"] = due
    best = prove(draft.problem(level), Limit(work=2_000)).values[0]
    assert bound(draft, level) == least <= best


def test_weights_are_taken_off_in_layers():
    draft = jobs(3, 4)
    draft.jobs[0]["weight"] = 3
    assert bound(draft, "flow") == (3 + 7) + 2 * 3  # both once, the first twice more


def test_what_cannot_stay_is_moved():
    draft = jobs(3, 4, machine={"free": 2})
    for row, start in zip(draft.operations, (0, 3)):
        row["reference_start"] = start
    assert bound(draft, "moved") == 1


SHOPS = frozenset("release due weights free batches setups calendars modes".split())
"""Features on which sums over jobs depend."""


@settings(max_examples=120)
@given(
    problems(ALWAYS | TIGHT, jobs=4, operations=2) | problems(SHOPS, jobs=5, operations=1, machines=2),
    st.sampled_from(SINGLE),
)
def test_no_bound_is_above_the_best(problem, measure):
    problem = replace(problem, goals=goals(measure))
    least = lower(problem)
    # The model alone: the proof takes these bounds for true.
    found = search(Model(problem, horizon(problem)), Effort(Limit(work=5_000), 1, 0))
    assume(found.rows is not None)
    assert least <= tuple(found.values)
