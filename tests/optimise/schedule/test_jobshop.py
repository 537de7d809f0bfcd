"""Job shops: what is one, bounds, schedules that are right, the best of tiny ones, the same by one worker or two."""

from dataclasses import replace
from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from benchmarks.shops import instances, shop
from plantwright.optimise.schedule.check import faults
from plantwright.optimise.schedule.jobshop import as_job_shop, improve, lower_bound
from plantwright.problems.schedule import Arcs, Goal, Limit

LITTLE = Limit(work=2)


def best_of_all(problem):
    """The makespan of the best of all orders of jobs and all modes."""
    job, modes = problem.operations.job.tolist(), problem.operations
    choices = [range(first, first + count) for first, count in zip(modes.first_mode.tolist(), modes.modes.tolist())]
    orders = set(permutations(job))
    return min(_makespan(problem, order, mode) for order in orders for mode in product(*choices))


def _makespan(problem, order, mode):
    first = {name: problem.operations.job.tolist().index(name) for name in order}
    ready, free = {name: int(problem.jobs.release[name]) for name in order}, {}
    for name in order:
        each = mode[first[name]]
        first[name] += 1
        machine = int(problem.modes.machine[each])
        ready[name] = free[machine] = max(ready[name], free.get(machine, 0)) + int(problem.modes.time[each])
    return max(ready.values())


@st.composite
def routings(draw, *, most_jobs=6, most_operations=5, most_times=9):
    """Jobs with as many operations as they like on up to four machines, some with a choice; times may be 0."""
    machines = draw(st.integers(1, 4))
    mode = st.tuples(st.integers(0, machines - 1), st.integers(0, most_times))
    operation = st.lists(mode, min_size=1, max_size=3)
    jobs = st.lists(st.lists(operation, min_size=1, max_size=most_operations), min_size=1, max_size=most_jobs)
    return draw(jobs), machines


@given(routings(), st.integers(0, 3))
@settings(max_examples=50, deadline=None)
def test_schedules_are_right(routing, seed):
    problem = shop(*routing)
    found = improve(problem, LITTLE, seed)
    assert faults(problem, found) == ()


@given(routings(most_jobs=3, most_operations=2, most_times=6))
@settings(max_examples=40, deadline=None)
def test_tiny_shops_are_solved(routing):
    problem = shop(*routing)
    best = best_of_all(problem)
    assert improve(problem, LITTLE, 1).values == (best,)
    assert lower_bound(as_job_shop(problem)) <= best


@given(routings(), st.integers(2, 1000))
@settings(max_examples=15, deadline=None)
def test_times_scale(routing, factor):
    jobs, machines = routing
    larger = [[[(machine, factor * time) for machine, time in modes] for modes in job] for job in jobs]
    found, scaled = improve(shop(*routing), LITTLE, 1), improve(shop(larger, machines), LITTLE, 1)
    assert (factor * found.start).tolist() == scaled.start.tolist()


@pytest.fixture(scope="module")
def medium():
    """Eight jobs over eight machines, drawn; the first operations have a choice."""
    draw = np.random.default_rng(5)
    return shop(
        [
            [
                [(m, int(draw.integers(1, 30))) for m in {int(m), 0 if step == 0 else int(m)}]
                for step, m in enumerate(line)
            ]
            for line in (draw.permutation(8) for _ in range(8))
        ],
        8,
    )


def test_the_same_seed_and_work_give_the_same_by_one_worker_or_more(medium):
    """No bound is reached, so that all the work is done."""
    found = [improve(medium, Limit(work=150), 3, workers) for workers in (1, 2, 3, 1)]
    assert found[0].values[0] > found[0].bounds[0]
    for other in found[1:]:
        assert (other.start == found[0].start).all()
        assert (other.mode == found[0].mode).all()
        assert other.history == found[0].history


def test_a_search_begins_from_what_it_is_given_and_is_never_worse(medium):
    found = improve(medium, Limit(work=40), 3)
    again = improve(medium, Limit(work=0), 4, start=found)
    assert again.values == found.values
    assert faults(medium, again) == ()


def test_better_schedules_are_told_as_they_come(medium):
    told = []
    found = improve(medium, Limit(work=40), 3, told=told.append)
    values = [schedule.values[0] for schedule in told]
    assert values == sorted(values, reverse=True)
    assert values[-1] == found.values[0]
    assert all(faults(medium, schedule) == () for schedule in told)


def test_the_clock_ends_a_search(medium):
    found = improve(medium, Limit(seconds=0.05), 3, 2)
    assert faults(medium, found) == ()


def test_what_reaches_a_bound_is_proven():
    """Two jobs of 5 that share no machine: nothing ends before 5."""
    found = improve(shop([[[(0, 2)], [(1, 3)]], [[(2, 5)]]], 3), Limit(), 0)
    assert (found.values, found.bounds, found.proven) == ((5,), (5,), True)


def test_a_bound_known_from_elsewhere_ends_the_search(medium):
    reached = improve(medium, Limit(work=60), 3).values[0]
    found = improve(medium, Limit(), 3, bound=reached)
    assert (found.values, found.proven) == ((reached,), True)


def test_releases_and_lags_count():
    """The second job comes at 10 and rests 4 between 1 and 2: 17. The first one is done before."""
    problem = shop([[[(0, 3)]], [[(0, 1)], [(1, 2)]]], 2)
    problem = replace(
        problem,
        jobs=replace(problem.jobs, release=np.array([0, 10])),
        arcs=replace(problem.arcs, least=np.array([4])),
    )
    found = improve(problem, Limit(), 0)
    assert (found.values, found.proven) == ((17,), True)
    assert found.start.tolist() == [0, 10, 15]
    assert faults(problem, found) == ()


def plain():
    return shop([[[(0, 3)], [(1, 1)]], [[(1, 1)], [(0, 2)]]], 2)


@pytest.mark.parametrize(
    "more",
    [
        lambda p: replace(p, goals=(Goal(("tardiness",), (1,)),)),
        lambda p: replace(p, goals=(Goal(("makespan", "late"), (1, 1)),)),
        lambda p: replace(p, goals=(*p.goals, *p.goals)),
        lambda p: replace(p, arcs=replace(p.arcs, most=np.array([9, -1]))),
        lambda p: replace(p, arcs=replace(p.arcs, from_start=np.array([True, False]))),
        lambda p: replace(p, arcs=replace(p.arcs, least=np.array([-1, 0]))),
        lambda p: replace(p, arcs=replace(p.arcs, after=np.array([2, 3]))),
        lambda p: replace(p, arcs=Arcs(*(column[:1] for column in (p.arcs.before, p.arcs.after)), np.zeros(1, bool),
                                       np.zeros(1, np.int64), np.full(1, -1))),
        lambda p: replace(p, machines=replace(p.machines, room=np.array([1, 2]))),
        lambda p: replace(p, machines=replace(p.machines, free=np.array([1, 0]))),
        lambda p: replace(p, machines=replace(p.machines, setup=np.array([0, -1]))),
        lambda p: replace(p, modes=replace(p.modes, calendar=np.array([0, -1, -1, -1]))),
        lambda p: replace(p, modes=replace(p.modes, machine=np.array([0, -1, 1, 0]))),
        lambda p: replace(p, modes=replace(p.modes, needs=np.array([0, 1, 0, 0]))),
        lambda p: replace(p, jobs=replace(p.jobs, deadline=np.array([9, 9]))),
        lambda p: replace(p, jobs=replace(p.jobs, routes=np.array([1, 2]))),
        lambda p: replace(p, operations=replace(p.operations, blocks=np.ones(4, bool))),
        lambda p: replace(p, operations=replace(p.operations, fixed_start=np.array([0, -1, -1, -1]))),
        lambda p: replace(p, operations=replace(p.operations, fixed_mode=np.array([0, -1, -1, -1]))),
    ],
)  # fmt: skip
def test_what_is_more_than_a_job_shop_is_left_to_others(more):
    assert as_job_shop(plain()) is not None
    assert as_job_shop(more(plain())) is None
    assert improve(more(plain()), Limit(), 0) is None


def test_of_modes_on_one_machine_the_quickest_counts():
    job_shop = as_job_shop(shop([[[(0, 3), (1, 4), (0, 2)]]], 2))
    assert job_shop.number.tolist() == [2, 1]
    assert job_shop.time.tolist() == [2, 4]


@pytest.mark.parametrize(("name", "best", "bound"), [("235.txt", 55, 52), ("161.txt", 666, 666), ("236.txt", 930, 808)])
def test_classics_are_solved(name, best, bound):
    """ft06, la01 and ft10."""
    known = [instance for instance in instances("jsp") if instance.name == name]
    if not known:
        pytest.skip("the public instances are not here")
    problem = known[0].read()
    found = improve(problem, Limit(work=4000), 1, 2, bound=best)
    assert (found.values, found.proven) == ((best,), True)
    assert lower_bound(as_job_shop(problem)) == bound
    assert faults(problem, found) == ()
