"""What conflicts is told, no more than that, and how it can be eased."""

import pytest
from hypothesis import given, settings

from plantwright.optimise.schedule.infeasible import Conflict, Relief, conflict, relief
from plantwright.optimise.schedule.proof import prove
from plantwright.problems.schedule import NEVER, Limit
from tests.optimise.schedule.changed import only
from tests.optimise.schedule.draft import Draft, way
from tests.optimise.schedule.drawn import TIGHT, problems

LITTLE = Limit(work=5_000)


def jobs(*rows):
    """Jobs of one operation each on one machine: (time, deadline)."""
    draft = Draft()
    draft.machine()
    for time, deadline in rows:
        draft.operation(draft.job(deadline=deadline), way(0, time))
    return draft


def test_what_can_be_kept_does_not_conflict():
    draft = jobs((3, 3), (4, 7))
    assert conflict(draft.problem(), LITTLE) is None
    assert relief(draft.problem(), LITTLE) == Relief((), 0, 0)


def test_two_deadlines_of_one_machine_conflict_and_a_third_has_no_part_in_it():
    draft = jobs((1, 90), (3, 6), (2, NEVER), (4, 6))
    assert conflict(draft.problem(), LITTLE) == Conflict((("deadline", 1), ("deadline", 3)), is_minimal=True)
    eased = relief(draft.problem(), LITTLE)
    assert (eased.cost, eased.bound) == (1, 1)  # 3 and 4 end at 7, one of them a tick later than it should
    assert eased.later in (((1, 1),), ((3, 1),))


def test_the_smallest_set_is_found():
    # 3 and 4 until 6 conflict; so do the three of 5 by 14 with each other, but they are three.
    found = conflict(jobs((3, 6), (5, 14), (5, 14), (5, 14), (4, 6)).problem(), LITTLE)
    assert found == Conflict((("deadline", 0), ("deadline", 4)), is_minimal=True)


def test_relief_is_where_it_weighs_least():
    draft = jobs((3, 3), (4, 4))
    assert relief(draft.problem(), LITTLE).later == ((1, 3),)  # 3, then 7 for 4; the other way 7 for 3 is 4 later
    draft.jobs[1]["weight"] = 5
    assert relief(draft.problem(), LITTLE) == Relief(((0, 4),), 4, 4)


def test_a_job_alone_too_long_for_its_deadline():
    draft = Draft()
    job = draft.job(release=2, deadline=8)
    draft.arc(draft.operation(job, way(time=3)), draft.operation(job, way(time=4)))
    assert conflict(draft.problem(), LITTLE) == Conflict((("deadline", 0),), is_minimal=True)  # 2 + 3 + 4 = 9


def test_a_fixed_start_conflicts_with_a_longest_wait():
    draft = Draft()
    draft.machine(), draft.machine(free=10)
    job = draft.job(deadline=50)
    first = draft.operation(job, way(0, 3), fixed_start=0)
    draft.arc(first, draft.operation(job, way(1, 4)), most=1)
    assert conflict(draft.problem(), LITTLE) == Conflict((("fixed", 0), ("most", 0)), is_minimal=True)
    assert relief(draft.problem(), LITTLE) is None  # no deadline helps


@pytest.mark.parametrize("work", [1, 10, 100, 10_000])
def test_no_more_is_claimed_than_there_was_time_for(work):
    rows = [(3 + index % 4, 40) for index in range(12)]  # 54 ticks by 40
    found = conflict(jobs(*rows).problem(), Limit(work=work))
    if found is not None:
        times = [rows[job][0] for _, job in found.demands]
        assert sum(times) > 40
        assert not found.is_minimal or sum(times) - min(times) <= 40


@settings(max_examples=60)
@given(problems(TIGHT | {"release", "modes", "setups", "batches", "calendars"}, jobs=4, machines=2))
def test_a_conflict_is_one_and_no_part_of_it_is(problem):
    found = conflict(problem, LITTLE)
    if found is None:
        assert prove(problem, LITTLE) is not None
        return
    assert prove(only(problem, found.demands), LITTLE) is None
    assert found.is_minimal
    for demand in found.demands:
        assert prove(only(problem, set(found.demands) - {demand}), LITTLE) is not None
