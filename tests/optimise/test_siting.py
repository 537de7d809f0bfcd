"""Sitings against every choice tried in plain Python, on small random cases of each kind."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from plantwright.errors import RunError
from plantwright.optimise.siting import covering, programme, serving
from plantwright.optimise.siting.centre import Centre
from plantwright.optimise.siting.covering import CoveringAll, CoveringMost
from plantwright.optimise.siting.serving import Serving
from plantwright.problems.siting import CoveringProblem, ServingProblem
from tests.optimise import every_siting

SEEDS = range(40)


def a_serving_problem(seed, sites=4, customers=5, reach=0.8):
    """Random prices, some pairs out of reach, now and then a site that must stand or must not, or a limited number."""
    random = np.random.default_rng(seed)
    demand = random.integers(1, 9, customers).astype(float)
    each = random.integers(1, 30, (sites, customers)).astype(float)
    cost = np.where(random.random((sites, customers)) < reach, each * demand, np.inf)
    fate = random.random(sites)
    capacity = random.integers(6, 30, sites).astype(float)
    return ServingProblem(
        cost=cost,
        demand=demand,
        fixed=random.integers(0, 80, sites).astype(float),
        capacity=np.where(random.random(sites) < 0.2, np.inf, capacity),
        must=fate < 0.1,
        closed=fate > 0.9,
        most=int(random.integers(2, sites + 1)),
    )


def a_covering_problem(seed, posts=6, points=9):
    random = np.random.default_rng(seed)
    fate = random.random(posts)
    cost = random.integers(1, 9, posts).astype(float)
    return CoveringProblem(
        sees=random.random((posts, points)) < 0.45,
        weight=random.integers(0, 6, points).astype(float),
        cost=cost,
        must=fate < 0.1,
        closed=fate > 0.92,
        most=int(random.integers(2, posts + 1)),
        times=int(random.integers(1, 3)),
        budget=float(np.inf if random.random() < 0.5 else random.integers(6, 30)),
        backup=float(random.choice([0.0, 0.25, 1.0])),
    )


def holds(problem, found):
    """Whether what was found may be so, and costs what it says: by the words of the problem, pair by pair."""
    sites, customers = problem.cost.shape
    cost = sum(problem.fixed[site] for site in range(sites) if found.opened[site])
    for customer in range(customers):
        assert sum(found.share[:, customer]) == pytest.approx(1.0)
    for site in range(sites):
        assert found.opened[site] or not problem.must[site]
        assert not (found.opened[site] and problem.closed[site])
        load = 0.0
        for customer in range(customers):
            share = found.share[site, customer]
            assert not share or (found.opened[site] and np.isfinite(problem.cost[site, customer]))
            load += share * problem.demand[customer]
            cost += share * problem.cost[site, customer] if share else 0.0
        assert load <= problem.capacity[site] + 1e-6
    assert sum(found.opened) <= problem.most
    assert cost == pytest.approx(found.objective)


def test_facility_location_equals_every_choice_tried():
    infeasible = 0
    for seed in SEEDS:
        problem = a_serving_problem(seed)
        found = Serving(problem).solve()
        best = every_siting.least_cost_in_parts(problem)
        if found is None:
            assert best == np.inf
            infeasible += 1
            continue
        holds(problem, found)
        assert found.proven
        assert found.objective == pytest.approx(best)
    assert 0 < infeasible < len(SEEDS) / 2


def test_whole_customers_equal_every_assignment_tried():
    for seed in SEEDS[:20]:
        problem = replace(a_serving_problem(seed, sites=3, reach=0.9), whole=True)
        found = Serving(problem).solve()
        best = every_siting.least_cost_whole(problem)
        if found is None:
            assert best == np.inf
        else:
            holds(problem, found)
            assert found.objective == pytest.approx(best)


def test_medians_equal_every_choice_tried():
    for seed in SEEDS:
        problem = a_serving_problem(seed, sites=6, reach=1.0)
        nothing = np.zeros_like(problem.fixed)
        problem = replace(problem, fixed=nothing, capacity=nothing + np.inf, most=1 + seed % 3)
        best = every_siting.least_cost_in_parts(problem)
        found = Serving(problem).solve()
        assert (found.objective if found else np.inf) == pytest.approx(best)


def test_centres_equal_every_choice_tried():
    some_far = 0
    for seed in SEEDS:
        problem = a_serving_problem(seed, sites=6, reach=0.9)
        problem = replace(problem, capacity=np.full_like(problem.fixed, np.inf), fixed=np.zeros_like(problem.fixed))
        best = every_siting.least_farthest(problem)
        found = Centre(problem).solve()
        assert (found.objective if found else np.inf) == pytest.approx(best)
        some_far += found is None
    assert some_far < len(SEEDS) / 2


def test_a_site_forced_open_or_shut_equals_the_problem_in_which_it_is():
    for seed in SEEDS[:12]:
        problem = a_serving_problem(seed)
        asked = Serving(problem)
        for site in np.flatnonzero(~problem.must & ~problem.closed):
            one = np.arange(problem.fixed.size) == site
            for is_open in (False, True):
                told = (
                    replace(problem, must=problem.must | one)
                    if is_open
                    else replace(problem, closed=problem.closed | one)
                )
                found = asked.solve({int(site): is_open})
                assert (found.objective if found else np.inf) == pytest.approx(every_siting.least_cost_in_parts(told))
        again = asked.solve()
        assert (again.objective if again else np.inf) == pytest.approx(every_siting.least_cost_in_parts(problem))


def test_set_covering_equals_every_choice_tried():
    impossible = 0
    for seed in SEEDS:
        problem = a_covering_problem(seed)
        found = CoveringAll(problem).solve()
        assert (found.objective if found else np.inf) == pytest.approx(every_siting.least_posts(problem))
        impossible += found is None
    assert 0 < impossible < len(SEEDS)


def test_maximal_covering_with_backup_equals_every_choice_tried():
    for seed in SEEDS:
        problem = a_covering_problem(seed)
        found = CoveringMost(problem).solve()
        best = every_siting.most_seen(problem)
        assert (found.objective if found else -np.inf) == pytest.approx(best)
        if found:
            assert found.proven


def test_what_stays_unserved_is_what_no_flow_can_carry():
    some = 0
    for seed in SEEDS:
        problem = a_serving_problem(seed, reach=0.5)
        if Serving(replace(problem, most=4)).solve() is None:
            why = serving.shortfall(problem)
            served = np.where(why.unreached, problem.demand, why.unserved).sum()
            assert served == pytest.approx(every_siting.least_unserved(problem))
            some += 1
    assert some > 3


def test_too_few_sites_are_told_with_the_number_that_does():
    cost = np.where(np.eye(4) > 0, 1.0, np.inf)
    ones = np.ones(4)
    problem = ServingProblem(cost, ones, ones, ones * 9, ones < 0, ones < 0, most=2)
    assert Serving(problem).solve() is None
    why = serving.shortfall(problem)
    assert (why.needed, why.unreached.any(), why.capacity_short) == (4, False, 0.0)


def test_points_that_too_few_posts_see_are_named():
    sees = np.array([[1, 1, 0], [0, 1, 0]]) > 0
    ones = np.ones(2)
    problem = CoveringProblem(sees, np.ones(3), ones, ones < 0, ones < 0, most=2, times=2)
    assert covering.shortfall(problem).unreached.tolist() == [True, False, True]


def test_a_budget_that_is_too_small_is_told_with_the_one_that_does():
    sees = np.eye(3) > 0
    flags = np.zeros(3, dtype=bool)
    problem = CoveringProblem(sees, np.ones(3), np.array([2.0, 3.0, 4.0]), flags, flags, most=3, budget=8.0)
    why = covering.shortfall(problem)
    assert (why.needed, why.price) == (3, 9.0)


def a_hard_problem():
    """Thirty sites and sixty customers, served whole, with tight capacities."""
    random = np.random.default_rng(7)
    spots = random.random((90, 2))
    far = np.hypot(*(spots[:30, None, :] - spots[None, 30:, :]).transpose(2, 0, 1))
    demand = random.integers(5, 36, 60).astype(float)
    flags = np.zeros(30, dtype=bool)
    capacity = random.integers(60, 120, 30).astype(float)
    return ServingProblem(
        far * demand, demand, random.integers(5, 20, 30).astype(float), capacity, flags, flags, 30, True
    )


def test_what_is_not_proven_says_so_and_its_bound_holds(monkeypatch):
    monkeypatch.setitem(programme._OPTIONS, "mip_max_nodes", 1)
    problem = a_hard_problem()
    found = Serving(problem).solve()
    holds(problem, found)
    assert not found.proven
    assert found.bound < found.objective
    # No sites in part, no customers in parts: neither can be cheaper than the bound of both.
    assert Serving(problem, relaxed=True).solve().objective <= found.bound + 1e-6


def test_where_nothing_is_found_in_time_the_user_learns_what_to_do(monkeypatch):
    monkeypatch.setitem(programme._OPTIONS, "mip_max_nodes", 0)
    monkeypatch.setitem(programme._OPTIONS, "mip_heuristic_effort", 0.0)
    monkeypatch.setitem(programme._OPTIONS, "time_limit", 0.0)
    with pytest.raises(RunError, match="E446"):
        Serving(a_hard_problem()).solve()


@given(st.integers(0, 999))
@settings(max_examples=30)
def test_one_more_site_never_makes_it_worse_and_a_relaxation_is_never_dearer(seed):
    problem = replace(a_serving_problem(seed, reach=0.9), most=2)
    two, three = Serving(problem).solve(), Serving(replace(problem, most=3)).solve()
    if two is not None:
        assert three.objective <= two.objective + 1e-6
        assert Serving(problem, relaxed=True).solve().objective <= two.objective + 1e-6
