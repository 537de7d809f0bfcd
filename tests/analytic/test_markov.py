"""Small chains: states found, shares of time, and the mechanics of blocking they are built on."""

import numpy as np
import pytest

from plantwright.analytic import markov
from plantwright.analytic.blocking import BLOCKED, BUSY, IDLE, SaturatedNetwork
from plantwright.analytic.finite import birth_death
from plantwright.analytic.lines import saturated_line, saturated_network


def queue_moves(waiting):
    """M/M/1/3 with rates 1 in and 2 out."""
    if waiting < 3:
        yield 1.0, waiting + 1
    if waiting > 0:
        yield 2.0, waiting - 1


def test_a_queue_as_a_chain_has_the_closed_form_shares():
    states, rates = markov.reachable(0, queue_moves)
    assert sorted(states) == [0, 1, 2, 3]
    shares = markov.stationary(len(states), rates)
    expected = birth_death([1.0] * 3, [2.0] * 3)
    assert [shares[states.index(waiting)] for waiting in range(4)] == pytest.approx(expected)


def test_a_single_state_takes_all_the_time():
    states, rates = markov.reachable("on", lambda _: [])
    assert markov.stationary(len(states), rates).tolist() == [1.0]


def test_a_chain_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(markov, "MOST_STATES", 50)
    with pytest.raises(ValueError, match="simulate this one instead"):
        markov.reachable(0, lambda count: [(1.0, count + 1)])


def test_freed_room_is_passed_upstream_in_the_same_instant():
    """Three machines without room, the last two blocked and waiting: when the last finishes, all three move."""
    line = SaturatedNetwork((1, 2, -1), (0, 0, 0))
    jammed = line.start()._replace(doing=(BLOCKED, BLOCKED, BUSY))
    assert line.after_completion(jammed, 2).doing == (BUSY, BUSY, BUSY)


def test_an_assembly_takes_its_whole_kit_or_nothing():
    """One feeder done, the other not: the finished part moves to its queue, the assembly stays without work."""
    plant = SaturatedNetwork((2, 2, -1), (1, 1, 0))
    half = plant.after_completion(plant.start(), 0)
    assert half.doing == (BUSY, BUSY, IDLE)
    assert half.waiting == (1, 0, 0)
    whole = plant.after_completion(half, 1)
    assert whole.doing == (BUSY, BUSY, BUSY)
    assert whole.waiting == (0, 0, 0)


def test_the_shares_of_a_machine_sum_to_one_without_failures():
    line = saturated_line([1.0, 0.8, 1.2], [1, 2])
    assert line.busy + line.blocked + line.starved == pytest.approx(np.ones(3))
    assert line.throughput == pytest.approx(line.busy[0] / 1.0)


def test_a_slow_repair_costs_more_than_a_quick_one():
    quick, slow = (
        saturated_network([1.0, 1.0], [1, -1], rooms=[3, 0], uptimes=[50.0] * 2, repair_times=[repair] * 2).throughput
        for repair in (1.0, 10.0)
    )
    assert slow < quick < saturated_line([1.0, 1.0], [3]).throughput
