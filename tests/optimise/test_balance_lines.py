"""Lines with more that binds than a takt: against every balance of small ones, and why there is none."""

from dataclasses import replace

import numpy as np
import pytest

from plantwright.optimise.balance import balance
from plantwright.optimise.balance.check import faults
from plantwright.problems.balance import (
    NONE,
    Balance,
    BalanceProblem,
    Conflict,
    Effort,
    Present,
    Prices,
    Requirement,
    Zoning,
)
from tests.optimise.every_balance import least

SEEDS = range(6)


def drawn(seed: int, tasks: int = 5, density: float = 0.3) -> BalanceProblem:
    """A line of random times and arcs."""
    random = np.random.default_rng(seed)
    time = random.integers(1, 10, tasks)
    arcs = np.argwhere(np.triu(random.random((tasks, tasks)) < density, 1))
    return BalanceProblem(time, arcs, takt=int(time.max() + random.integers(0, 8)))


def agrees(problem: BalanceProblem, most: int) -> None:
    """As good as the best of all balances, or none where there is none."""
    found, value = balance(problem), least(problem, most)
    if value is None:
        assert isinstance(found, Conflict)
        assert found.is_proven
        return
    assert isinstance(found, Balance)
    assert faults(problem, found) == ()
    assert found.values == value
    assert found.is_proven


@pytest.mark.parametrize("seed", SEEDS)
def test_zones_keep_tasks_together_apart_and_in_their_stations(seed):
    random = np.random.default_rng(seed)
    allowed = random.random((5, 4)) < 0.8
    zoning = Zoning(together=np.array([[0, 1]]), apart=np.array([[1, 2], [3, 4]]), allowed=allowed)
    agrees(replace(drawn(seed), takt=16, stations=4, zoning=zoning), most=4)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_variant_takes_longer_than_the_station_is_long_and_overload_is_least(seed):
    random = np.random.default_rng(seed)
    problem = replace(
        drawn(seed),
        time=random.integers(0, 10, (2, 5)),
        mix=np.array([1, 2]),
        takt=11,
        longest=15,
        goals=("stations", "overload"),
    )
    agrees(problem, most=5)


@pytest.mark.parametrize("seed", SEEDS)
def test_workers_with_times_of_their_own_share_the_line_for_the_shortest_takt(seed):
    random = np.random.default_rng(seed)
    workers = random.integers(1, 10, (3, 5))
    workers[random.random((3, 5)) < 0.2] = NONE
    agrees(replace(drawn(seed), takt=None, workers=workers, goals=("takt",)), most=3)


@pytest.mark.parametrize("seed", SEEDS)
def test_equipment_is_bought_for_as_few_stations_as_pays(seed):
    random = np.random.default_rng(seed)
    prices = Prices(station=10, equipment=np.array([7, 12]), needs=random.random((5, 2)) < 0.5)
    agrees(replace(drawn(seed), takt=14, prices=prices, goals=("cost",)), most=5)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_station_may_be_there_twice_for_what_is_longer_than_the_takt(seed):
    problem = replace(drawn(seed, tasks=4), takt=6, parallel=2, prices=Prices(station=3), goals=("stations",))
    agrees(problem, most=4)
    agrees(replace(problem, goals=("takt",), stations=3, takt=None), most=3)


@pytest.mark.parametrize("seed", SEEDS)
def test_two_sides_of_a_line_wait_for_each_other(seed):
    side = np.random.default_rng(seed).integers(0, 3, 4)
    agrees(replace(drawn(seed, tasks=4), takt=12, side=side, goals=("stations", "people")), most=3)


@pytest.mark.parametrize("seed", SEEDS)
def test_several_people_at_a_piece_follow_precedence(seed):
    agrees(replace(drawn(seed, tasks=4, density=0.5), takt=11, people=2, goals=("people", "stations")), most=3)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_line_of_today_changes_as_little_as_it_must(seed):
    random = np.random.default_rng(seed)
    present = Present(np.array([0, 0, 1, 1, NONE]), random.integers(1, 9, 5))
    problem = replace(drawn(seed), present=present)
    agrees(replace(problem, stations=4, goals=("stations", "moved")), most=4)
    agrees(replace(problem, stations=3, takt=20, goals=("moved", "takt")), most=3)


def test_the_shortest_takt_has_a_bound_in_whole_ticks_for_each_goal():
    found = balance(replace(drawn(1), stations=3, takt=None, goals=("takt", "moved")))
    assert faults(replace(drawn(1), stations=3, takt=None, goals=("takt", "moved")), found) == ()
    assert found.values == found.bounds


@pytest.mark.parametrize(
    ("zoning", "asked"),
    [
        (
            Zoning(together=np.array([[0, 2], [1, 3]]), apart=np.array([[1, 2], [0, 3], [0, 2]])),
            {Requirement("together", 0), Requirement("apart", 2)},
        ),
        (
            Zoning(allowed=np.array([[0, 1], [1, 0], [1, 1], [1, 1]], dtype=bool)),
            {Requirement("order", 0), Requirement("allowed", 0), Requirement("allowed", 1)},
        ),
    ],
)
def test_what_cannot_be_kept_together_is_named_and_nothing_else(zoning, asked):
    problem = BalanceProblem(np.array([1, 1, 1, 1]), np.array([[0, 1], [2, 3]]), takt=9, zoning=zoning)
    assert balance(problem) == Conflict(tuple(sorted(asked, key=order_of(problem))), True)


def order_of(problem):
    from plantwright.optimise.balance.conflict import requirements

    return requirements(problem).index


def test_a_task_that_no_worker_can_do_is_named():
    workers = np.array([[3, NONE, 2], [2, NONE, 4]])
    found = balance(BalanceProblem(np.zeros(3, dtype=np.int64), workers=workers, goals=("takt",)))
    assert found == Conflict((Requirement("worker", 1),), True)


def test_the_same_line_has_the_same_balance_twice():
    random = np.random.default_rng(5)
    problem = replace(drawn(5, tasks=20), takt=20, side=random.integers(0, 3, 20), goals=("stations", "people"))
    first, second = (balance(problem, Effort(work=1.0)) for _ in range(2))
    assert faults(problem, first) == ()
    assert (first.station == second.station).all()
    assert (first.start == second.start).all()


def test_there_is_a_balance_even_with_next_to_no_effort():
    random = np.random.default_rng(6)
    problem = replace(drawn(6, tasks=60, density=0.05), takt=20, people=3, goals=("people",))
    zoning = Zoning(apart=random.permutation(60)[:20].reshape(-1, 2))
    for each in (problem, replace(problem, people=1, zoning=zoning, goals=("stations", "overload"))):
        found = balance(each, Effort(work=0.001))
        assert faults(each, found) == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"takt": None},
        {"goals": ()},
        {"people": 2, "parallel": 2},
        {"workers": np.ones((2, 5), dtype=np.int64), "people": 2},
        {"takt": None, "goals": ("line_time",)},
    ],
)
def test_what_does_not_go_together_is_refused(wrong):
    with pytest.raises(ValueError):
        balance(replace(drawn(1), **wrong))


def test_the_checker_sees_each_thing_that_is_wrong():
    problem = replace(drawn(2), takt=12, people=2, zoning=Zoning(apart=np.array([[0, 1]])), goals=("people",))
    good = balance(problem)
    assert faults(problem, good) == ()
    for wrong in (
        {"station": np.zeros(5, dtype=np.int64)},
        {"start": good.start + 50},
        {"place": good.place + 2},
        {"values": (good.values[0] + 1,)},
        {"bounds": (good.values[0] + 1,)},
        {"copies": good.copies + 1},
        {"takt": 13},
    ):
        assert faults(problem, replace(good, **wrong)), wrong
