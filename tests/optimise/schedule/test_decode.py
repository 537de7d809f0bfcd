"""Decoding: one tiny problem per feature, worked out by hand in its comments, and the checker on drawn ones."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from plantwright.optimise.schedule.check import faults
from plantwright.optimise.schedule.decode import Decision, decode
from plantwright.problems.schedule import NEVER, NONE
from tests.optimise.schedule.draft import Draft, way
from tests.optimise.schedule.drawn import ALWAYS, TIGHT, problems


def decided(problem, order=None, mode=None, route=None, hold=None, append=False):
    """A decision; what is not said is left open."""
    N, J = len(problem.operations.job), len(problem.jobs.release)
    return Decision(
        np.arange(N) if order is None else np.array(order),
        np.full(N, NONE) if mode is None else np.array(mode),
        np.zeros(J, np.int64) if route is None else np.array(route),
        np.zeros(N, np.int64) if hold is None else np.array(hold),
        append,
    )


def starts(problem, **told):
    """Where operations begin, in a schedule without faults."""
    found = decode(problem, decided(problem, **told))
    assert faults(problem, found) == ()
    return found.start.tolist()


@pytest.fixture
def two():
    """Two machines; a job of 3 on the first and 2 on the second, a job of 4 on the second."""
    draft = Draft()
    draft.machine(), draft.machine()
    first = draft.operation(draft.job(), way(0, 3))
    draft.arc(first, draft.operation(0, way(1, 2)))
    draft.operation(draft.job(), way(1, 4))
    return draft


def test_each_starts_when_its_machine_and_its_work_are_there(two):
    # 3 on the first machine, then 2 on the second from 3 to 5, the other job's 4 behind it
    assert starts(two.problem()) == [0, 3, 5]


def test_the_order_decides_who_is_first(two):
    # the other job first: 0 to 4 on the second machine, so the first job's second operation begins at 4
    assert starts(two.problem(), order=[2, 0, 1]) == [0, 4, 0]


def test_what_is_waited_for_is_placed_first_whatever_the_order(two):
    assert starts(two.problem(), order=[1, 2, 0]) == [0, 3, 5]


def test_gaps_are_used_unless_the_machines_keep_the_order():
    # 0 to 5 is open on the second machine before the first job comes; 4 fit into it
    draft = Draft()
    draft.machine(), draft.machine()
    draft.arc(draft.operation(draft.job(), way(0, 5)), draft.operation(0, way(1, 2)))
    draft.operation(draft.job(), way(1, 4))
    assert starts(draft.problem()) == [0, 5, 0]
    assert starts(draft.problem(), append=True) == [0, 5, 7]


def test_the_mode_that_ends_first_is_taken_where_it_is_open():
    # 5 on the first machine, 4 on the second; the second job of the same finds 8 there and 5 here
    draft = Draft()
    draft.machine(), draft.machine()
    for _ in range(2):
        draft.operation(draft.job(), way(0, 5), way(1, 4))
    found = decode(draft.problem(), decided(draft.problem()))
    assert found.mode.tolist() == [1, 2]
    assert found.end.tolist() == [4, 5]
    assert decode(draft.problem(), decided(draft.problem(), mode=[1, 3])).end.tolist() == [4, 8]


def test_work_that_may_stop_is_interrupted_and_other_work_waits():
    # open 0 to 5 and 8 to 20: 7 of work that may stop end at 8 + 2; 7 that may not begin at 8
    draft = Draft()
    draft.calendar((0, 5), (8, 20))
    draft.operation(draft.job(), way(NONE, 7, calendar=0), interruptible=True)
    draft.operation(draft.job(), way(NONE, 7, calendar=0))
    found = decode(draft.problem(), decided(draft.problem()))
    assert found.start.tolist() == [0, 8]
    assert found.end.tolist() == [10, 15]


def test_setups_stand_between_families_and_may_be_done_ahead():
    # from none 1, from 0 to 1: 4. Work of the second job comes at 6: ahead, its setup is done by then (2 to 6)
    draft = Draft()
    draft.matrix([[0, 4], [2, 0], [1, 1]])
    draft.machine(setup=0, ahead=True)
    draft.operation(draft.job(), way(0, 1, family=0))
    draft.operation(draft.job(release=6), way(0, 1, family=1))
    assert starts(draft.problem()) == [1, 6]


def test_a_setup_that_needs_the_work_waits_for_it():
    # the same, not ahead: the setup begins at 6 and ends at 10
    draft = Draft()
    draft.matrix([[0, 4], [2, 0], [1, 1]])
    draft.machine(setup=0, ahead=False)
    draft.operation(draft.job(), way(0, 1, family=0))
    draft.operation(draft.job(release=6), way(0, 1, family=1))
    assert starts(draft.problem()) == [1, 10]


def test_work_put_into_a_gap_changes_the_setup_behind_it():
    # family 0 runs 10 to 12 after a setup of 1 (9 to 10). Family 1 in front: setup 0 to 3, work 3 to 5, and the setup
    # back takes 2 (8 to 10) instead of 1: setups are 3 + 2
    draft = Draft()
    draft.matrix([[0, 4], [2, 0], [1, 3]])
    draft.machine(setup=0, ahead=True)
    draft.operation(draft.job(release=10), way(0, 2, family=0))
    draft.operation(draft.job(), way(0, 2, family=1))
    found = decode(draft.problem("setups"), decided(draft.problem("setups")))
    assert (found.start.tolist(), found.setup.tolist()) == ([10, 3], [8, 0])
    assert found.values == (5,)


def test_setters_are_people_too():
    # one setter for two machines: setups of 2 and 2 one after the other
    draft = Draft()
    draft.matrix([[0], [2]])
    draft.pool(1)
    draft.machine(setup=0, needs=((0, 1),)), draft.machine(setup=0, needs=((0, 1),))
    draft.operation(draft.job(), way(0, 5, family=0)), draft.operation(draft.job(), way(1, 5, family=0))
    assert starts(draft.problem()) == [2, 4]


def test_pools_have_so_much_at_a_time():
    # 3 people, from 4 on 1: two at once of 2 do not fit; the second begins when the first ends (2), 2 people until 4;
    # the third of 3 time needs 1: from 0
    draft = Draft()
    draft.pool((0, 3), (4, 1))
    for need, time in ((2, 2), (2, 2), (1, 3)):
        draft.operation(draft.job(), way(NONE, time, needs=((0, need),)))
    assert starts(draft.problem()) == [0, 2, 0]


def test_lags_overlaps_and_longest_waits():
    # overlap: begins 1 after the start of the first. Cure: 3 after its end. No wait: right at the end of the second,
    # whose machine is taken by the other job until 9, so that what it must follow at once is moved to 9 - 2 = 7
    draft = Draft()
    draft.machine(), draft.machine()
    draft.operation(draft.job(), way(0, 9))
    job = draft.job()
    a = draft.operation(job, way(NONE, 4))
    b, c, d = draft.operation(job, way(NONE, 1)), draft.operation(job, way(1, 2)), draft.operation(job, way(0, 1))
    draft.arc(a, b, least=1, from_start=True), draft.arc(a, c, least=3), draft.arc(c, d, most=0)
    assert starts(draft.problem()) == [0, 0, 1, 7, 9]


def test_a_longest_wait_that_cannot_be_kept_is_told():
    # what must follow at once is fixed at 9, what it follows cannot begin before... it ends at 2 and is fixed too
    draft = Draft()
    job = draft.job()
    draft.arc(
        draft.operation(job, way(NONE, 2), fixed_start=0), draft.operation(job, way(NONE, 1), fixed_start=9), most=3
    )
    found = decode(draft.problem(), decided(draft.problem()))
    assert not found.complete
    assert [fault.family for fault in faults(draft.problem(), found)] == ["most"]


def test_a_deadline_that_cannot_be_kept_is_told():
    draft = Draft()
    draft.operation(draft.job(deadline=3), way(NONE, 4))
    found = decode(draft.problem(), decided(draft.problem()))
    assert not found.complete
    assert found.end.tolist() == [4]


def test_blocking_holds_the_machine_until_the_next_begins():
    # the first job leaves the first machine when the second takes it, at 6; then the third may come
    draft = Draft()
    draft.machine(), draft.machine()
    draft.operation(draft.job(), way(1, 6))
    job = draft.job()
    draft.arc(draft.operation(job, way(0, 2), blocks=True), draft.operation(job, way(1, 1)))
    draft.operation(draft.job(), way(0, 2))
    assert starts(draft.problem()) == [0, 0, 6, 6]


def test_batches_take_what_fits_of_one_family():
    # room 3: pieces 2 + 1 of family 0 together, 1 of family 1 behind, 1 of family 0 of the time 5 begins no batch of 4
    draft = Draft()
    draft.machine(room=3)
    for time, family, pieces in ((4, 0, 2), (3, 0, 1), (2, 1, 1)):
        draft.operation(draft.job(), way(0, time, family=family), pieces=pieces)
    found = decode(draft.problem(), decided(draft.problem()))
    assert (found.start.tolist(), found.end.tolist()) == ([0, 0, 4], [4, 4, 6])
    assert faults(draft.problem(), found) == ()


def test_routes_fixed_modes_fixed_starts_and_holds():
    # route 1 of the job is taken: its second operation alone, in its second mode, not before 2; the other is at 4
    draft = Draft()
    draft.machine(), draft.machine()
    job = draft.job(routes=2)
    draft.operation(job, way(0, 1), route=0)
    draft.operation(job, way(0, 1), way(1, 3), route=1, fixed_mode=2)
    draft.operation(draft.job(), way(1, 3), fixed_start=4)
    found = decode(draft.problem(), decided(draft.problem(), route=[1, 0], hold=[0, 2, 0]))
    assert (found.start.tolist(), found.mode.tolist()) == ([NONE, 7, 4], [NONE, 2, 3])


def test_each_goal_by_hand():
    # 2 of 0 to 2 due at 1, weight 3; 3 of 2 to 5 due at 9, released at 1, weight 2, stood at 1; setups 0 + 1 - none
    draft = Draft()
    draft.machine()
    draft.operation(draft.job(due=1, weight=3), way(0, 2), reference_mode=0, reference_start=0)
    draft.operation(draft.job(release=1, due=9, weight=2), way(0, 3), reference_mode=1, reference_start=1)
    problem = draft.problem("makespan", "tardiness", "late", "flow", "setups", "earliness", "moved")
    found = decode(problem, decided(problem))
    # flow: 3 * 2 + 2 * (5 - 1)
    assert found.values == (5, 3, 3, 14, 0, 8, 1)
    assert faults(problem, found) == ()


@settings(max_examples=120)
@given(problems((ALWAYS | TIGHT) - {"fixed"}, jobs=4, operations=4), st.randoms(use_true_random=False), st.booleans())
def test_every_decision_gives_a_schedule_without_faults(problem, random, append):
    decision = drawn_decision(problem, random, append)
    found = decode(problem, decision)
    assert [fault for fault in faults(problem, found) if not fault.leaves_incomplete] == []
    assert found.complete == (faults(problem, found) == ())
    again = decode(problem, decision)
    assert again.start.tolist() == found.start.tolist()


@settings(max_examples=60)
@given(problems(ALWAYS - {"batches"}, jobs=4, operations=3), st.randoms(use_true_random=False), st.integers(1, 15))
def test_what_has_begun_stays_where_it_is(problem, random, now):
    before = decode(problem, drawn_decision(problem, random, append=False))
    begun = (before.start != NONE) & (before.start < now)
    fixed = {"fixed_mode": np.where(begun, before.mode, NONE), "fixed_start": np.where(begun, before.start, NONE)}
    frozen = replace(problem, operations=replace(problem.operations, **fixed))
    route = np.zeros(len(problem.jobs.release), np.int64)
    told = (before.start != NONE) & (problem.operations.route != NONE)
    route[problem.operations.job[told]] = problem.operations.route[told]
    after = decode(frozen, replace(drawn_decision(problem, random, append=False), route=route))
    assert after.start[begun].tolist() == before.start[begun].tolist()
    assert not after.complete or faults(frozen, after) == ()


@settings(max_examples=60)
@given(problems(ALWAYS, jobs=4), st.randoms(use_true_random=False), st.integers(2, 9))
def test_in_a_finer_tick_the_schedule_is_the_same(problem, random, by):
    decision = drawn_decision(problem, random, append=False)
    found = decode(problem, decision)
    finer = decode(scaled(problem, by), replace(decision, hold=decision.hold * by))
    assert finer.start.tolist() == [start if start == NONE else start * by for start in found.start.tolist()]
    assert finer.mode.tolist() == found.mode.tolist()


def scaled(problem, by):
    """The same in a tick that is so many times as fine."""

    def finer(record, *names):
        columns = {name: getattr(record, name) for name in names}
        return replace(record, **{name: np.where(np.isin(c, (NONE, NEVER)), c, c * by) for name, c in columns.items()})

    return replace(
        problem,
        jobs=finer(problem.jobs, "release", "due", "deadline"),
        operations=finer(problem.operations, "fixed_start", "reference_start"),
        modes=finer(problem.modes, "time"),
        machines=finer(problem.machines, "free"),
        pools=finer(problem.pools, "level_from"),
        arcs=replace(finer(problem.arcs, "most"), least=problem.arcs.least * by),
        calendars=finer(problem.calendars, "opens", "closes"),
        setups=problem.setups * by,
    )


def drawn_decision(problem, random, append):
    """An order, modes, routes and holds, as they come."""
    operations = problem.operations
    order = list(range(len(operations.job)))
    random.shuffle(order)
    ranges = list(zip(operations.first_mode.tolist(), operations.modes.tolist()))
    return decided(
        problem,
        order,
        [random.choice([NONE, first + random.randrange(many)]) for first, many in ranges],
        [random.randrange(many) for many in problem.jobs.routes.tolist()],
        [random.choice([0, 0, random.randrange(10)]) for _ in order],
        append,
    )
