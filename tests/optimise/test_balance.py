"""Simple lines: against every balance, textbook lines, and what must hold however a line is written down."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from plantwright.optimise.balance import balance
from plantwright.optimise.balance.check import faults
from plantwright.optimise.balance.line import dominating, line_of
from plantwright.optimise.balance.weights import stations_for, strongest
from plantwright.problems.balance import Balance, BalanceProblem, Conflict, Effort, Requirement, Zoning
from tests.optimise.every_balance import least

JACKSON_TIMES = (6, 2, 5, 7, 1, 2, 3, 6, 5, 5, 4)
JACKSON_ARCS = "1,2 1,3 1,4 1,5 2,6 3,7 4,7 5,7 6,8 7,9 8,10 9,11 10,11"
JACKSON_STATIONS = {7: 8, 9: 6, 10: 5, 13: 4, 14: 4, 21: 3}
"""J. R. Jackson (1956), doi 10.1287/mnsc.2.3.261, with the fewest stations for each takt as published in A. Scholl
(1993), "Data of assembly line balancing problems", Schriften zur Quantitativen Betriebswirtschaftslehre 16/93."""


def pairs(text: str) -> np.ndarray:
    """Arcs from "1,2 1,3", tasks from 1."""
    return np.array([[int(each) - 1 for each in arc.split(",")] for arc in text.split()]).reshape(-1, 2)


def drawn(seed: int, tasks: int = 5, density: float = 0.3, longest: int = 9) -> BalanceProblem:
    """A line of random times and arcs, the takt a little longer than the longest of them."""
    random = np.random.default_rng(seed)
    time = random.integers(1, longest + 1, tasks)
    arcs = np.argwhere(np.triu(random.random((tasks, tasks)) < density, 1))
    return BalanceProblem(time, arcs, takt=int(max(time.max(), random.integers(longest, 2 * longest))))


def solved(problem: BalanceProblem, **effort) -> Balance:
    """A balance in which the checker finds no fault."""
    found = balance(problem, Effort(**effort))
    assert isinstance(found, Balance)
    assert faults(problem, found) == ()
    return found


@pytest.mark.parametrize(("takt", "stations"), JACKSON_STATIONS.items())
def test_the_line_of_jackson_needs_as_many_stations_as_published(takt, stations):
    found = solved(BalanceProblem(np.array(JACKSON_TIMES), pairs(JACKSON_ARCS), takt=takt))
    assert (found.stations, found.is_proven) == (stations, True)


@pytest.mark.parametrize("seed", range(25))
def test_as_few_stations_as_any_balance_of_a_small_line(seed):
    problem = drawn(seed, density=0.1 * (seed % 6))
    found = solved(problem)
    assert found.values == least(problem, most=problem.tasks) == found.bounds


@pytest.mark.parametrize("seed", range(12))
def test_the_shortest_takt_of_so_many_stations(seed):
    problem = replace(drawn(seed), takt=None, stations=2 + seed % 3, goals=("takt",))
    found = solved(problem)
    assert found.values == least(problem, most=problem.stations) == found.bounds


@pytest.mark.parametrize("seed", range(12))
def test_the_least_stations_times_takt(seed):
    problem = replace(drawn(seed), stations=4, goals=("line_time",))
    found = balance(problem)
    value = least(problem, most=4)
    if value is None:
        assert isinstance(found, Conflict)
    else:
        assert faults(problem, found) == ()
        assert found.values == value == found.bounds


@pytest.mark.parametrize("seed", range(8))
def test_fewest_stations_then_the_shortest_takt(seed):
    problem = replace(drawn(seed), goals=("stations", "takt"))
    found = solved(problem)
    assert found.values == least(problem, most=problem.tasks) == found.bounds


@pytest.mark.parametrize("seed", range(8))
def test_variants_share_stations_on_their_average(seed):
    random = np.random.default_rng(seed)
    first = drawn(seed, tasks=5)
    problem = replace(first, time=random.integers(0, 10, (2, 5)), mix=np.array([2, 1]), takt=12, goals=("stations",))
    found = solved(problem)
    assert found.values == least(problem, most=5) == found.bounds
    sought = replace(problem, takt=None, stations=3, goals=("takt",))
    assert solved(sought).values == least(sought, most=3)


@pytest.mark.parametrize("seed", range(8))
def test_pairs_that_share_a_station_are_one_with_all_between_them(seed):
    problem = replace(drawn(seed), takt=22, zoning=Zoning(together=np.array([[0, 4]])))
    found = balance(problem)
    value = least(problem, most=5)
    assert found.values == value == found.bounds if value else isinstance(found, Conflict)


LINES = st.builds(drawn, st.integers(0, 10**6), st.integers(1, 14), st.floats(0.0, 0.6), st.integers(2, 30))


@settings(max_examples=30, deadline=None)
@given(LINES, st.integers(2, 10**6))
def test_times_in_another_unit_change_nothing(problem, unit):
    other = replace(problem, time=problem.time * unit, takt=problem.takt * unit)
    assert solved(other).values == solved(problem).values


@settings(max_examples=30, deadline=None)
@given(LINES, st.randoms())
def test_the_order_in_which_tasks_are_written_changes_nothing(problem, random):
    order = list(range(problem.tasks))
    random.shuffle(order)
    place = np.argsort(order)
    other = replace(problem, time=problem.time[order], arcs=place[problem.arcs])
    assert solved(other).values == solved(problem).values


@settings(max_examples=30, deadline=None)
@given(LINES)
def test_a_line_read_backwards_needs_as_many_stations(problem):
    assert solved(replace(problem, arcs=problem.arcs[:, ::-1].copy())).values == solved(problem).values


@settings(max_examples=30, deadline=None)
@given(LINES)
def test_a_task_more_at_the_end_takes_no_station_less_and_at_most_one_more(problem):
    last = np.array([[task, problem.tasks] for task in range(problem.tasks)])
    time = np.append(problem.time, problem.takt)
    longer = replace(problem, time=time, arcs=np.concatenate([problem.arcs, last]))
    assert solved(longer).stations == solved(problem).stations + 1


@settings(max_examples=50, deadline=None)
@given(LINES)
def test_no_bound_is_above_what_a_balance_needs(problem):
    line = line_of(problem.time, problem.takt, problem.arcs)
    found = solved(problem)
    assert max(stations_for(line.weight, line.room), line.need.max(), line.reversed().need.max()) <= found.stations
    assert (found.station <= line.last_station(found.stations)).all()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(1, 100), min_size=1, max_size=7), st.integers(100, 150), st.randoms())
def test_no_station_holds_more_weight_than_its_room(times, takt, random):
    weight, room = strongest(np.array(times), takt, 99)
    load = 0
    for task in random.sample(range(len(times)), len(times)):
        if load + times[task] <= takt:
            load += times[task]
        else:
            weight[:, task] = 0
    assert (weight.sum(axis=1) <= room).all()


def test_of_two_equal_tasks_one_gives_way_to_the_other_only():
    gives = dominating(np.array([3, 3, 2]), np.zeros((3, 3), dtype=bool))
    assert gives.tolist() == [[False, True, True], [False, False, True], [False, False, False]]


def test_the_same_line_has_the_same_balance_with_one_thread_or_two():
    problem = replace(drawn(3, tasks=45, density=0.05, longest=30), takt=47)
    first, second = solved(problem, work=2.0), solved(problem, work=2.0, threads=2)
    assert (first.station == second.station).all()
    assert first.values == second.values


def test_more_than_64_tasks_are_more_than_one_word_of_bits():
    problem = BalanceProblem(np.full(130, 5), np.array([[task, task + 1] for task in range(129)]), takt=10)
    assert solved(problem).values == (65,)


def test_a_task_that_is_longer_than_the_takt_is_named():
    assert balance(BalanceProblem(np.array([3, 9, 2]), takt=8)) == Conflict((Requirement("takt", 1),), True)


def test_too_few_stations_are_in_the_way_together_with_the_takt():
    found = balance(BalanceProblem(np.array([5, 5, 5]), takt=5, stations=2))
    assert found == Conflict((Requirement("takt"), Requirement("stations")), True)


def test_tasks_that_come_before_themselves_are_refused():
    with pytest.raises(ValueError, match="before themselves"):
        balance(BalanceProblem(np.array([1, 1]), pairs("1,2 2,1"), takt=5))
