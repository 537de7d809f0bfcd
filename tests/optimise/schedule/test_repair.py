"""Repair after an event: who is hit is set anew, all others stay."""

import numpy as np
from hypothesis import given, settings

from plantwright.optimise.schedule.check import faults
from plantwright.optimise.schedule.decode import decode
from plantwright.optimise.schedule.repair import around
from plantwright.optimise.schedule.start import as_before
from tests.optimise.schedule.draft import Draft, way
from tests.optimise.schedule.drawn import ALWAYS, problems


def test_a_job_that_is_hit_goes_to_a_gap_elsewhere_and_pushes_nobody():
    """Machine 0 did a, b, c from 0, 4, 8 on, each for 4; machine 1 did d from 0 to 3. Now 0 is closed from 4 to 8.
    Shifted to the right b and c begin at 8 and 12; around the others b goes to machine 1 at 3, and c stays."""
    draft = Draft()
    machines = [draft.machine(), draft.machine()]
    closed = draft.calendar((0, 4), (8, 100))
    for start in (0, 4, 8):
        first, second = way(machines[0], 4, calendar=closed), way(machines[1], 4)
        draft.operation(draft.job(), first, second, reference_mode=2 * (start // 4), reference_start=start)
    draft.operation(draft.job(), way(machines[1], 3), reference_mode=6, reference_start=0)
    problem = draft.problem("moved")
    before = as_before(problem)
    shifted, mended = decode(problem, before), decode(problem, around(problem, before))
    assert shifted.start.tolist() == [0, 8, 12, 0]
    assert mended.start.tolist() == [0, 3, 8, 0]
    assert (shifted.values, mended.values) == ((2,), (1,))
    assert faults(problem, mended) == ()


def test_nothing_is_mended_where_nothing_happened():
    draft = Draft()
    machine = draft.machine()
    for number in range(3):
        draft.operation(draft.job(), way(machine, 2), reference_mode=number, reference_start=2 * number)
    problem = draft.problem("moved")
    before = as_before(problem)
    assert around(problem, before) is before


@settings(max_examples=60)
@given(problems(ALWAYS | {"reference"}))
def test_what_is_mended_breaks_no_rule(problem):
    before = as_before(problem)
    if before is None:
        return
    plan = decode(problem, around(problem, before))
    assert [fault for fault in faults(problem, plan) if not fault.leaves_incomplete] == []
    assert np.all((plan.start >= 0) | (problem.operations.route >= 0))
