"""One tiny problem for each constraint, its best schedule by hand; published optima; every schedule tried."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from plantwright.optimise.schedule.bounds import lower
from plantwright.optimise.schedule.check import faults
from plantwright.optimise.schedule.proof import prove
from plantwright.problems.schedule import NONE, Limit
from tests.optimise.schedule import every_schedule
from tests.optimise.schedule.draft import Draft, way
from tests.optimise.schedule.drawn import ALWAYS, TIGHT, problems

LITTLE = Limit(work=2_000)
CLASSICS = Path("/work/shared/data/jsp")


def solved(draft, *levels):
    """The proven best values; the schedule has been checked."""
    problem = draft.problem(*levels)
    found = prove(problem, LITTLE)
    assert found is not None
    assert found.proven
    assert faults(problem, found) == ()
    return found.values, found


def values(draft, *levels):
    return solved(draft, *levels)[0]


def jobs(*times, machine=None, **told):
    """Jobs of one operation each, on one machine or on none."""
    draft = Draft()
    if machine is not None:
        draft.machine(**machine)
    for family, time in enumerate(times):
        draft.operation(draft.job(), way(NONE if machine is None else 0, time, family), **told)
    return draft


def test_a_machine_does_one_thing_at_a_time():
    assert values(jobs(3, 4, machine={})) == (7,)
    assert values(jobs(3, 4, machine={"free": 2})) == (9,)
    assert values(jobs(3, 4)) == (4,)


def test_a_mode_is_chosen():
    draft = Draft()
    draft.machine(), draft.machine()
    for _ in range(2):
        draft.operation(draft.job(), way(0, 3), way(1, 5))
    assert values(draft) == (5,)  # 3 beside 5, rather than 3 and 3
    draft.operations[0]["fixed_mode"] = 1
    draft.operations[1]["fixed_mode"] = 3
    assert values(draft) == (10,)  # both must go where they take 5


def test_setups_lie_between_families():
    draft = jobs(3, 4, machine={"setup": 0})
    draft.matrix([[0, 5], [1, 0], [2, 2]])
    assert values(draft) == (10,)  # 2 + 4 + 1 + 3, not 2 + 3 + 5 + 4
    assert values(draft, "setups") == (3,)
    draft.machines[0]["state"] = 1
    assert values(draft, "setups") == (1,)


def test_what_needs_no_setup_leaves_the_machine_as_it_is():
    draft = jobs(3, 4, machine={"setup": 0})
    draft.operations[1]["fixed_start"] = 20
    draft.modes[1]["family"] = 0
    draft.matrix([[0], [2]])
    draft.operation(draft.job(), way(0, 1), fixed_start=10)
    assert values(draft, "setups") == (2,)


def test_a_setup_is_done_ahead_or_when_the_work_is_there():
    for ahead, best in ((True, 10), (False, 12)):  # 6 + 4, or 6 + 2 + 4
        draft = jobs(4, machine={"setup": 0, "ahead": ahead})
        draft.jobs[0]["release"] = 6
        draft.matrix([[0], [2]])
        assert values(draft) == (best,)


def test_closures_interrupt_a_setup_and_a_setter_does_one_at_a_time():
    draft = jobs(4, machine={"setup": 0, "calendar": 0})
    draft.calendar((0, 2), (5, 99))
    draft.matrix([[0], [3]])
    assert values(draft) == (10,)  # 2 until the closure, 1 from 5, then 4
    draft = Draft()
    draft.pool(1)
    draft.matrix([[0], [2]])
    for machine in range(2):
        draft.machine(setup=0, needs=[(0, 1)])
        draft.operation(draft.job(), way(machine, 1, 0))
    assert values(draft) == (5,)  # 2, then 2 on the other, then 1


def test_batches_have_room_and_take_their_longest_time():
    draft = jobs(3, 4, 4, machine={"room": 3})
    for row, pieces in zip(draft.operations, (2, 1, 1)):
        row["pieces"] = pieces
    for row in draft.modes:
        row["family"] = 0
    assert values(draft) == (7,)  # the two of 4 together, then 3
    draft.modes[2]["family"] = 1
    assert values(draft) == (8,)  # 3 and 4 together for 4, then 4
    draft.modes[1]["family"] = 2
    assert values(draft) == (11,)


def test_a_batch_is_set_up_once():
    draft = jobs(3, 3, machine={"room": 2, "setup": 0, "ahead": False})
    draft.modes[1]["family"] = 0
    draft.matrix([[1], [2]])
    draft.jobs[1]["release"] = 1
    assert values(draft) == (6,)  # both there at 1, set up until 3
    draft.machines[0]["room"] = 1
    assert values(draft) == (9,)  # 2 + 3 + 1 + 3


def test_work_fits_between_closures_or_is_interrupted():
    for interruptible, best in ((False, 10), (True, 9)):  # 3 from 2 and 2 from 8; or 5 ticks from 2, closed 6 to 8
        draft = jobs(3, 2, machine={}, interruptible=interruptible)
        for row in draft.modes:
            row["calendar"] = 0
        draft.calendar((2, 6), (8, 99))
        assert values(draft) == (best,)


def test_a_pool_is_shared():
    draft = jobs(3, 3, 4)
    for row in draft.modes:
        row["needs"] = ((0, 1),)
    draft.pool(2)
    assert values(draft) == (6,)  # 3 and 3 by one, 4 by the other
    draft.pools[0] = [(0, 2), (3, 1)]
    assert values(draft) == (7,)  # 3 and 4, one goes after the 3, then 3 by the other


@pytest.mark.parametrize(
    ("lag", "best"),
    [
        ({}, 7),
        ({"least": 2}, 9),
        ({"least": -1}, 6),
        ({"least": 1, "from_start": True}, 5),  # the second begins at 1
    ],
)
def test_what_follows_waits(lag, best):
    draft = Draft()
    draft.machine(), draft.machine()
    job = draft.job()
    draft.arc(draft.operation(job, way(0, 3)), draft.operation(job, way(1, 4)), **lag)
    assert values(draft) == (best,)


def test_what_must_not_wait_begins_later():
    draft = Draft()
    draft.machine(), draft.machine(free=10)
    job = draft.job()
    draft.arc(draft.operation(job, way(0, 3)), draft.operation(job, way(1, 4)), most=1)
    _, found = solved(draft, "makespan", "earliness")
    assert found.start[0] >= 6  # it ends at 9 at the earliest, one before the second can begin
    assert found.values[0] == 14


def test_blocking_keeps_the_machine():
    for blocks, best in ((False, 12), (True, 14)):
        draft = Draft()
        draft.machine(), draft.machine(free=6)
        job = draft.job()
        draft.arc(draft.operation(job, way(0, 3), blocks=blocks), draft.operation(job, way(1, 4)))
        draft.operation(draft.job(release=3), way(0, 2))
        # Held until 6 the other job ends at 8: 10 + 5. Behind the other it begins at 5 and ends at 12: 12 + 2.
        assert values(draft, "flow") == (best,)


def test_one_route_is_taken():
    draft = Draft()
    job = draft.job(routes=2)
    draft.operation(job, way(time=5), route=0)
    draft.arc(draft.operation(job, way(time=2), route=1), draft.operation(job, way(time=2), route=1))
    _, found = solved(draft)
    assert found.mode.tolist() == [NONE, 1, 2]
    assert found.values == (4,)


def test_due_dates_deadlines_and_earliness():
    draft = jobs(3, 2, machine={})
    draft.jobs[0] |= {"due": 3}
    draft.jobs[1] |= {"due": 2, "weight": 3}
    assert values(draft, "tardiness") == (2,)  # the second first: 5 - 3
    assert values(draft, "late") == (1,)
    draft.jobs[0]["deadline"] = 3
    assert values(draft, "tardiness") == (9,)  # 3 (5 - 2)
    alone = jobs(2)
    alone.jobs[0] |= {"due": 7}
    assert values(alone, "earliness", "makespan") == (0, 7)
    alone.jobs[0] |= {"deadline": 6}
    assert values(alone, "earliness") == (1,)


def test_goals_count_one_after_the_other_or_together():
    draft = jobs(3, 4, machine={"free": 1})
    for row, start in zip(draft.operations, (0, 3)):
        row["reference_start"] = start
    assert values(draft, "moved", "makespan") == (1, 10)  # the second stays at 3, the first goes behind it
    assert values(draft, "makespan", "moved") == (8, 2)
    assert values(draft, [("makespan", 1), ("moved", 3)]) == (13,)  # 10 + 3, not 8 + 6


def test_what_cannot_be_has_no_schedule():
    draft = jobs(3, 4, machine={})
    for row in draft.jobs:
        row["deadline"] = 6
    assert prove(draft.problem(), LITTLE) is None


@pytest.mark.parametrize(("file", "best"), [("235", 55), ("161", 666)])
def test_published_job_shops_are_proven(file, best):
    assert prove(classic(file), Limit(work=60_000)).bounds == (best,)


@pytest.mark.slow
def test_ft10_is_proven():
    found = prove(classic("236"), Limit(work=120_000))
    assert (found.values, found.bounds) == ((930,), (930,))


def classic(file):
    """A job shop of the public collection: times, then machines, job by job."""
    path = CLASSICS / f"{file}.txt"
    if not path.exists():
        pytest.skip("the public instances are not here")
    count, machines, *rest = (int(word) for word in path.read_text("utf-8").split())
    times, order = np.array(rest).reshape(2, count, machines)
    draft = Draft()
    for _ in range(machines):
        draft.machine()
    for row, on in zip(times.tolist(), (order - 1).tolist()):
        job = draft.job()
        operations = [draft.operation(job, way(machine, time)) for time, machine in zip(row, on)]
        for before, after in zip(operations, operations[1:]):
            draft.arc(before, after)
    return draft.problem()


@settings(max_examples=150)
@given(problems((ALWAYS | TIGHT) - {"setters"}, jobs=2, operations=2, machines=2))
def test_no_schedule_is_better_than_the_best(problem):
    found, least = prove(problem, LITTLE), every_schedule.best(problem, horizon=9)
    if found is None:
        assert least is None
        return
    assert found.proven
    assert least is None or found.values <= least
    assert found.end.max() > 9 or found.values == least


@settings(max_examples=80)
@given(problems(ALWAYS))
def test_every_schedule_is_right(problem):
    found = prove(problem, LITTLE)
    assert found is not None
    assert faults(problem, found) == ()


def test_the_same_limit_gives_the_same_schedule():
    draft = jobs(*range(2, 12), machine={"setup": 0})
    draft.matrix([[(3 * row + 5 * to) % 7 for to in range(10)] for row in range(11)])
    one, other = (prove(draft.problem(), Limit(work=200), workers=workers) for workers in (1, 2))
    assert one.start.tolist() == other.start.tolist()
    assert one.bounds == other.bounds


def test_a_schedule_begun_with_comes_back_with_what_is_proven_of_it():
    draft = jobs(*range(2, 14), machine={"setup": 0})
    draft.matrix([[(3 * row + 5 * to) % 7 for to in range(12)] for row in range(13)])
    problem = draft.problem("flow", "makespan")
    begun = prove(problem, Limit(work=50))
    begun = replace(begun, bounds=(0, 0))
    found = prove(problem, Limit(work=1), start=begun)
    assert faults(problem, found) == ()
    assert found.values <= begun.values
    assert found.bounds[0] >= lower(problem)[0] > 0
