"""Loops against product form, against chains, and where nobody ever waits."""

import numpy as np
import pytest

from plantwright.analytic import closed, markov
from plantwright.analytic.closed import closed_classes, closed_estimate, closed_network

RING = [[0.0, 1.0], [1.0, 0.0]]


def test_a_loop_with_one_part_never_waits():
    loop = closed_network([2.0, 3.0], 1, machines=[4, 1], delay=5.0)
    assert loop.throughput == pytest.approx(1 / 10)
    assert loop.time_in_loop == pytest.approx(10.0)


def test_a_full_loop_runs_at_the_pace_of_its_slowest_station():
    """3 machines of 6 s pass 0.5 a second, the single one of 1 s is used for half of it."""
    loop = closed_network([6.0, 1.0], 500, machines=[3, 1])
    assert loop.throughput == pytest.approx(0.5, rel=1e-6)
    assert loop.utilisation == pytest.approx([1.0, 0.5], rel=1e-6)


def test_littles_law_holds_in_the_loop():
    loop = closed_network([0.5, 1.0, 0.8], 7, visits=[1.0, 1.1, 0.3], machines=[1, 2, 1], delay=2.0)
    assert loop.parts.sum() + 2.0 * loop.throughput == pytest.approx(7.0)
    assert loop.throughput * loop.time_in_loop == pytest.approx(7.0)


def test_no_parts_no_output():
    assert closed_network([1.0], 0).throughput == 0.0


def chain_of_two(times, machines, parts):
    """Throughput of two stations in a ring by its birth-and-death chain over the parts at the first."""

    def moves(here):
        if here:
            yield min(here, machines[0]) / times[0], here - 1
        if here < parts:
            yield min(parts - here, machines[1]) / times[1], here + 1

    states, rates = markov.reachable(parts, moves)
    shares = markov.stationary(len(states), rates)
    return sum(share * min(here, machines[0]) / times[0] for here, share in zip(states, shares, strict=True))


@pytest.mark.parametrize(("machines", "parts"), [((3, 1), 5), ((2, 4), 9), ((5, 5), 4), ((1, 1), 3)])
def test_parallel_machines_are_exact(machines, parts):
    exact = chain_of_two((6.0, 1.5), machines, parts)
    assert closed_network([6.0, 1.5], parts, machines=machines).throughput == pytest.approx(exact)


def test_a_thousand_parts_and_machines_stay_within_range(monkeypatch):
    by_sum = closed_network([700.0, 0.9, 3.0], 1500, machines=[740, 1, 4])
    monkeypatch.setattr(closed, "LONG", 10)
    by_transform = closed_network([700.0, 0.9, 3.0], 1500, machines=[740, 1, 4])
    assert by_sum.throughput == pytest.approx(740 / 700, rel=1e-6)
    assert by_transform.throughput == pytest.approx(by_sum.throughput, rel=1e-9)
    assert by_transform.parts == pytest.approx(by_sum.parts, rel=1e-6)


def test_kinds_that_are_alike_share_what_the_loop_makes():
    """Two of one kind and one of another are three parts: 3 / (3 + 1) a second at two machines."""
    found = closed_classes([[1.0, 1.0], [1.0, 1.0]], [2, 1])
    assert found.throughputs == pytest.approx([0.5, 0.25])
    assert found.parts.sum(axis=1) == pytest.approx([2.0, 1.0])
    assert found.times_in_loop == pytest.approx([4.0, 4.0])


def test_a_kind_that_waits_for_nobody_takes_its_own_time():
    """Kind one uses the first machine only, kind two the second and a delay: 1/2 and 1 / (3 + 4) a second."""
    found = closed_classes([[2.0, 0.0], [0.0, 3.0]], [1, 1], delays=[0.0, 4.0])
    assert found.throughputs == pytest.approx([1 / 2, 1 / 7])


def test_two_kinds_of_one_part_each_by_hand():
    """Alone, kind one is at the first machine 2/3 of its round. With it there, kind two takes 1 (1 + 2/3) + 1 (1 + 1/3)
    = 3 s; kind one meets kind two half and half: 2 (1 + 1/2) + 1 (1 + 1/2) = 4.5 s."""
    found = closed_classes([[2.0, 1.0], [1.0, 1.0]], [1, 1])
    assert found.throughputs == pytest.approx([1 / 4.5, 1 / 3])


def test_too_many_kinds_are_refused():
    with pytest.raises(ValueError, match="closed_estimate"):
        closed_classes([[1.0]] * 4, [20] * 4)


@pytest.mark.parametrize("parts", [1, 4, 30])
def test_the_estimate_is_exact_for_exponential_times(parts):
    how = {"machines": [3, 1, 2], "delay": 2.0, "visits": [1.0, 1.2, 0.5]}
    exact = closed_network([2.0, 0.8, 1.0], parts, **how).throughput
    assert closed_estimate([2.0, 0.8, 1.0], parts, **how) == pytest.approx(exact)


def test_the_estimate_of_many_parts_is_what_the_slowest_station_makes():
    assert closed_estimate([2.0, 0.9], 5_000, machines=[3, 1]) == pytest.approx(1 / 0.9, rel=1e-3)


def test_a_part_alone_never_waits_whatever_the_times():
    assert closed_estimate([2.0, 3.0], 1, scvs=[0.0, 4.0]) == pytest.approx(1 / 5)


def test_constant_times_never_wait_in_a_ring():
    assert closed_estimate([1.0, 1.0], 2, scvs=0.0, routing=RING) == pytest.approx(1.0)
    assert closed_estimate([1.0, 0.5], 3, scvs=0.0, routing=RING) == pytest.approx(1.0)


def test_more_variable_times_make_less():
    found = [closed_estimate([1.0, 1.0], 4, scvs=scv, routing=RING) for scv in (0.25, 0.5, 1.0, 2.0)]
    assert np.all(np.diff(found) < 0.0)


def test_an_empty_loop_makes_nothing():
    assert closed_estimate([1.0], 0) == 0.0
