"""Walks: they find the best of all where there are few, never lose what they have seen, the same by any threads."""

from itertools import permutations, product

import numpy as np
import pytest

from plantwright.optimise.schedule.check import faults
from plantwright.optimise.schedule.decode import Decision, decode, plan_of
from plantwright.optimise.schedule.floor.layout import lay
from plantwright.optimise.schedule.search import CHAINS, FIELD, Search
from plantwright.problems.schedule import NONE
from tests.optimise.schedule.draft import Draft, way


def drawn_shop(seed, goal):
    """Six jobs of one operation on two machines with setups, people and dates."""
    random = np.random.default_rng(seed)
    draft = Draft()
    draft.matrix(random.integers(0, 6, (4, 3)).tolist())
    crew = draft.pool((0, 1), (15, 2))
    for _ in range(2):
        draft.machine(setup=0)
    for _ in range(6):
        due, time, family = (int(x) for x in random.integers((5, 1, 0), (30, 8, 3)))
        needs = ((crew, 1),) if random.random() < 0.3 else ()
        job = draft.job(release=int(random.integers(0, 6)), due=due, weight=int(random.integers(1, 4)))
        draft.operation(job, way(0, time, family=family, needs=needs), way(1, time + 1, family=family, needs=needs))
    return draft.problem(*goal)


def first(problem):
    """Everything as it comes."""
    N, J = len(problem.operations.job), len(problem.jobs.release)
    return Decision(np.arange(N), np.full(N, NONE), np.zeros(J, np.int64), np.zeros(N, np.int64))


def walked(problem, trials=300, rounds=24, threads=1, seed=1):
    """The best after a search."""
    floor = lay(problem)
    search = Search(floor, [plan_of(floor, first(problem))], seed, threads)
    seen = [search.value]
    for number in range(rounds):
        search.step(trials, number / rounds)
        search.gather()
        seen.append(search.value)
    assert seen == sorted(seen, reverse=True)
    return search.schedule()


@pytest.mark.parametrize("goal", [("tardiness",), ("makespan", "setups"), ("late", "flow"), ("flow",)])
@pytest.mark.parametrize("seed", [1, 2])
def test_walks_find_the_best_of_all_orders_and_modes(seed, goal):
    problem = drawn_shop(seed, goal)
    start = first(problem)
    best = min(
        decode(problem, Decision(np.array(order), start.mode, start.route, start.hold)).values
        for order in permutations(range(6))
    )
    found = walked(problem)
    assert found.values <= best
    assert faults(problem, found) == ()


def test_modes_that_end_later_are_found_where_they_are_better():
    # each machine ready for one family: the first ends first everywhere but changes for 5; by modes all six assignments
    draft = Draft()
    draft.matrix([[0, 5], [5, 0], [0, 0]])
    draft.machine(setup=0, state=0), draft.machine(setup=0, state=1)
    for family in (0, 1, 0, 1):
        draft.operation(draft.job(), way(0, 2, family=family), way(1, 9, family=family))
    problem = draft.problem("setups", "flow")
    start = first(problem)
    best = min(
        decode(problem, Decision(np.array(order), np.array(mode), start.route, start.hold)).values
        for order in permutations(range(4))
        for mode in product((0, 1), (2, 3), (4, 5), (6, 7))
    )
    assert walked(problem).values == best


def test_due_work_waits_where_too_early_costs():
    # 3 of work due at 10 begins at 7, and 2 due at 4 at 2
    draft = Draft()
    draft.machine()
    draft.operation(draft.job(due=10), way(0, 3)), draft.operation(draft.job(due=4), way(0, 2))
    found = walked(draft.problem("tardiness", "earliness"))
    assert (found.start.tolist(), found.values) == ([7, 2], (0, 0))


def test_the_better_route_is_taken():
    # 9 or 2 + 3
    draft = Draft()
    draft.machine()
    job = draft.job(routes=2)
    draft.operation(job, way(0, 9), route=0)
    draft.arc(draft.operation(job, way(0, 2), route=1), draft.operation(job, way(0, 3), route=1))
    assert walked(draft.problem()).values == (5,)


def test_a_field_of_walks_goes_its_own_ways_until_the_best_two_go_on():
    problem = drawn_shop(3, ("tardiness", "flow"))
    floor = lay(problem)
    search = Search(floor, [plan_of(floor, first(problem))], 1, 1)
    search.step(6 * 5, 0.0)
    search.gather()
    field = list(search.walkers)
    assert len(field) == FIELD
    assert {int(each.chain.tried[0]) for each in field} == {1 + 5}  # of 30 trials of two walks each has its share
    best = sorted(each.value for each in field)[:CHAINS]
    search.step(0, 0.5)
    assert [each.value for each in search.walkers] == best
    assert all(any(each is other for other in field) for each in search.walkers)


def test_one_thread_or_two_walk_the_same_way():
    problem = drawn_shop(3, ("tardiness",))
    one, two = walked(problem, threads=1), walked(problem, threads=2)
    assert one.start.tolist() == two.start.tolist()
    assert one.mode.tolist() == two.mode.tolist()
