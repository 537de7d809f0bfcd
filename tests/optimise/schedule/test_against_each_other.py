"""The search and the proof, two ways to one answer: neither beats the other where both are right."""

from hypothesis import given, settings

from plantwright.optimise.schedule.check import faults
from plantwright.optimise.schedule.proof import prove
from plantwright.optimise.schedule.solve import solve
from plantwright.problems.schedule import Limit
from tests.optimise.schedule import every_schedule
from tests.optimise.schedule.drawn import ALWAYS, TIGHT, problems

BRIEF, LITTLE = Limit(work=60), Limit(work=2_000)


@settings(max_examples=40)
@given(problems((ALWAYS | TIGHT) - {"fixed"}, jobs=4))
def test_no_search_beats_the_best_and_no_bound_is_above_it(problem):
    best, found = prove(problem, LITTLE), solve(problem, BRIEF)
    assert [fault for fault in faults(problem, found) if not fault.leaves_incomplete] == []
    if best is None:
        assert not found.complete
        return
    assert best.proven
    assert found.bounds[0] <= best.values[0]
    assert not found.complete or found.values >= best.values
    assert not found.proven or found.values == best.values


@settings(max_examples=40)
@given(problems(ALWAYS - {"setters"}, jobs=2, operations=2, machines=2))
def test_no_search_beats_every_schedule_tried(problem):
    found, least = solve(problem, BRIEF), every_schedule.best(problem, horizon=9)
    assert found.complete
    assert found.end.max() > 9 or least <= found.values
    assert least is None or found.bounds[0] <= least[0]
