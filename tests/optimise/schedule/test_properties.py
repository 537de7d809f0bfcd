"""What must hold for every problem, however it is told."""

from hypothesis import given, settings, strategies as st

from plantwright.optimise.schedule.check import faults
from plantwright.optimise.schedule.proof import prove
from plantwright.problems.schedule import Limit
from tests.optimise.schedule.changed import frozen, renamed, scaled, with_job
from tests.optimise.schedule.drawn import ALWAYS, TIGHT, problems

LITTLE = Limit(work=2_000)

COUNTED = {"late", "moved"}


@settings(max_examples=50)
@given(problems(ALWAYS | TIGHT), st.integers(2, 1_000))
def test_a_schedule_stays_right_when_times_scale(problem, by):
    found, longer = prove(problem, LITTLE), prove(scaled(problem, by), LITTLE)
    assert (found is None) == (longer is None)
    if found is None or any(COUNTED & set(goal.measures) for goal in problem.goals):
        return
    assert faults(scaled(problem, by), longer) == ()
    assert longer.values == tuple(by * value for value in found.values)


@settings(max_examples=50)
@given(problems(ALWAYS | TIGHT), st.data())
def test_a_schedule_stays_right_when_machines_are_renamed(problem, data):
    order = data.draw(st.permutations(range(len(problem.machines.room))))
    found, other = prove(problem, LITTLE), prove(renamed(problem, order), LITTLE)
    assert (found is None) == (other is None)
    if found is not None:
        assert faults(renamed(problem, order), found) == ()
        assert other.values == found.values


@settings(max_examples=50)
@given(problems(ALWAYS), st.integers(1, 5))
def test_a_job_is_added_at_the_end_of_a_schedule_that_stays(problem, time):
    found = prove(problem, LITTLE)
    more = frozen(with_job(problem, 0, time), found)
    longer = prove(more, LITTLE)
    assert longer is not None
    assert faults(more, longer) == ()
    assert longer.start[:-1].tolist() == found.start.tolist()
