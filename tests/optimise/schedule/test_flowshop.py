"""Flow shops: recognised, as good as the best of all on small cases, always allowed, the same by one or two workers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from plantwright.optimise.schedule.check import faults, worth
from plantwright.optimise.schedule.flowshop import as_flow_shop, improve, lower_bound
from plantwright.problems.schedule import Limit
from tests.optimise.schedule.draft import Draft, way
from tests.optimise.schedule.flow_shops import best_hybrid, best_permutation, drawn_setups, drawn_times, flow_problem

FEW = Limit(work=30)


def valid(problem, found):
    """The value of a schedule that the checker finds nothing wrong with."""
    assert faults(problem, found) == ()
    assert found.bounds[0] <= found.values[0] == worth(problem, found)[0]
    return found.values[0]


@pytest.mark.parametrize("seed", range(4))
def test_a_small_hybrid_shop_is_solved(seed):
    times = drawn_times(seed, 4, 2 + seed % 2)
    machines = [[2, 2], [2, 1, 2], [1, 3], [2, 2, 1]][seed]
    problem = flow_problem(times, machines)
    assert valid(problem, improve(problem, FEW, seed)) == best_hybrid(times, machines)


@pytest.mark.parametrize("seed", range(3))
def test_a_small_shop_with_setups_has_the_best_of_all_orders(seed):
    times, setups = drawn_times(seed, 6, 3), drawn_setups(seed, 6, 3)
    problem = flow_problem(times, setups=setups)
    assert valid(problem, improve(problem, FEW, seed)) == best_permutation(times, setups=setups)


@pytest.mark.parametrize("waiting", ["free", "blocking", "none"])
@pytest.mark.parametrize("objective", ["makespan", "flow", "tardiness"])
def test_every_objective_and_every_way_to_wait_has_the_best_of_all_orders(waiting, objective):
    times, releases = drawn_times(5, 6, 3), [0, 3, 0, 8, 1, 0]
    due, weight = [14, 20, 30, 25, 18, 40], [3, 1, 2, 1, 4, 2]
    problem = flow_problem(times, releases=releases, due=due, weight=weight, waiting=waiting, levels=(objective,))
    judged = {
        "makespan": lambda done: max(done.values()),
        "flow": lambda done: sum(weight[job] * (end - releases[job]) for job, end in done.items()),
        "tardiness": lambda done: sum(weight[job] * max(0, end - due[job]) for job, end in done.items()),
    }[objective]
    best = best_permutation(times, waiting=waiting, releases=releases, judged=judged)
    assert valid(problem, improve(problem, FEW)) == best


def test_jobs_of_a_family_share_setups():
    setups = drawn_setups(3, 2, 2)
    problem = flow_problem(drawn_times(3, 7, 2), setups=setups, families=[0, 1, 0, 1, 0, 1, 1])
    assert as_flow_shop(problem).setup.shape == (3, 2, 2)
    valid(problem, improve(problem, FEW))


@pytest.mark.parametrize("machines", [[2, 3, 1], [1, 1, 1]])
def test_one_worker_and_two_find_the_same(machines):
    problem = flow_problem(drawn_times(1, 12, 3, 50), machines)
    one, two = (improve(problem, Limit(work=40), 3, workers) for workers in (1, 2))
    assert np.array_equal(one.start, two.start) and np.array_equal(one.mode, two.mode)
    assert one.history == two.history


def test_more_work_is_never_worse_and_begins_where_it_is_told():
    problem = flow_problem(drawn_times(2, 12, 4, 60), [3, 2, 3, 2])
    short = improve(problem, Limit(work=1))
    long = improve(problem, Limit(work=30))
    assert valid(problem, long) <= valid(problem, short)
    again = improve(problem, Limit(work=0), start=long)
    assert valid(problem, again) <= long.values[0]


def test_releases_and_transport_count():
    times, lags = drawn_times(4, 5, 3), np.random.default_rng(4).integers(0, 7, (5, 3)).tolist()
    for machines in ([2, 1, 2], None):
        problem = flow_problem(times, machines, releases=[0, 5, 9, 2, 0], lags=lags)
        assert as_flow_shop(problem) is not None
        valid(problem, improve(problem, FEW))


def test_a_shop_whose_bound_is_reached_is_proven():
    problem = flow_problem([[3, 2], [3, 2], [3, 2]])
    found = improve(problem, Limit(work=50))
    assert found.values == found.bounds == (11,)
    assert found.proven


def test_what_is_told_gets_better_and_is_allowed():
    heard = []
    problem = flow_problem(drawn_times(6, 15, 4, 90), [2, 3, 2, 3])
    found = improve(problem, FEW, told=heard.append)
    values = [valid(problem, each) for each in heard]
    assert values == sorted(values, reverse=True) and values[-1] == found.values[0]


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_every_schedule_is_allowed_and_above_the_bound(data):
    jobs, stages = data.draw(st.integers(1, 7)), data.draw(st.integers(1, 4))
    times = data.draw(
        st.lists(st.lists(st.integers(0, 9), min_size=stages, max_size=stages), min_size=jobs, max_size=jobs)
    )
    machines = data.draw(st.lists(st.integers(1, 3), min_size=stages, max_size=stages))
    setups = drawn_setups(0, jobs, stages) if max(machines) == 1 and data.draw(st.booleans()) else None
    problem = flow_problem(times, machines, setups=setups)
    found = improve(problem, Limit(work=1), data.draw(st.integers(0, 9)))
    assert valid(problem, found) >= lower_bound(as_flow_shop(problem))


def test_what_is_more_than_a_flow_shop_is_left_alone():
    plain = flow_problem(drawn_times(1, 4, 3), [1, 2, 1])
    assert as_flow_shop(plain) is not None
    deadline = replace(plain, jobs=replace(plain.jobs, deadline=np.full(4, 90)))
    frozen = replace(plain, operations=replace(plain.operations, fixed_start=np.full(12, 0)))
    uneven = replace(plain, modes=replace(plain.modes, time=np.arange(len(plain.modes.time))))
    calendar = replace(plain, modes=replace(plain.modes, calendar=np.zeros_like(plain.modes.calendar)))
    busy = replace(plain, machines=replace(plain.machines, free=np.array([0, 5, 0, 0])))
    batches = replace(plain, machines=replace(plain.machines, room=np.array([1, 2, 2, 1])))
    for other in (deadline, frozen, uneven, calendar, busy, batches):
        assert as_flow_shop(other) is None
        assert improve(other, FEW) is None


def test_a_job_shop_is_not_a_flow_shop():
    draft = Draft()
    one, two = draft.machine(), draft.machine()
    for first, second in ((one, two), (two, one)):
        job = draft.job()
        draft.arc(draft.operation(job, way(first, 2)), draft.operation(job, way(second, 3)))
    assert as_flow_shop(draft.problem()) is None


def test_setups_that_wait_for_the_work_are_not_a_flow_shop():
    problem = flow_problem(drawn_times(1, 3, 2), setups=drawn_setups(1, 3, 2))
    assert as_flow_shop(problem) is not None
    behind = replace(problem.machines, ahead=np.zeros(2, bool))
    assert as_flow_shop(replace(problem, machines=behind)) is None
