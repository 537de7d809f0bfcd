"""What each machine of a line is worth: against differences of the exact output, and by symmetry."""

import numpy as np
import pytest

from plantwright.analytic import markov
from plantwright.analytic.bottleneck import machine_gains, turning_point
from plantwright.analytic.lines import saturated_network


@pytest.mark.parametrize(
    ("times", "into", "rooms"),
    [
        ([1.0, 0.8, 1.1], [1, 2, -1], [1, 2, 0]),
        ([0.9, 1.2, 0.7, 1.0], [1, 2, 3, -1], [0, 3, 1, 0]),
        ([1.0, 1.3, 0.9], [2, 2, -1], [2, 1, 0]),
    ],
)
def test_gains_are_the_slopes_of_the_exact_output(times, into, rooms):
    """Central differences of 0.1 % in the rate of each machine."""
    found = machine_gains(times, into, rooms=rooms)
    exact = saturated_network(times, into, rooms=rooms)
    assert found.throughput == pytest.approx(exact.throughput)
    for machine in range(len(times)):
        made = []
        for factor in (0.999, 1.001):
            changed = [time / factor if at == machine else time for at, time in enumerate(times)]
            made.append(saturated_network(changed, into, rooms=rooms).throughput)
        assert found.gains[machine] == pytest.approx((made[1] - made[0]) / 0.002 / exact.throughput, rel=1e-5)


def test_gains_add_up_to_one():
    """All machines a per cent faster, one per cent more output."""
    assert machine_gains([1.0, 0.6, 1.4, 0.9], [1, 2, 3, -1], rooms=[2, 0, 1, 0]).gains.sum() == pytest.approx(1.0)


def test_two_machines_by_hand():
    """Without room: mu1 mu2 (mu1 + mu2) / (mu1^2 + mu1 mu2 + mu2^2); at 1 and 2: 6/7. Its logarithm rises with that of
    mu1 by 1 + 1/3 - (2 + 2) / 7 = 16/21."""
    found = machine_gains([1.0, 0.5], [1, -1], rooms=[0, 0])
    assert found.throughput == pytest.approx(6 / 7)
    assert found.gains == pytest.approx([16 / 21, 5 / 21])


def test_a_line_seen_from_behind_has_the_gains_of_its_machines():
    ahead = machine_gains([1.0, 0.7, 1.2], [1, 2, -1], rooms=[1, 3, 0]).gains
    behind = machine_gains([1.2, 0.7, 1.0], [1, 2, -1], rooms=[3, 1, 0]).gains
    assert ahead == pytest.approx(behind[::-1])


def test_a_machine_alone_is_all_there_is():
    assert machine_gains([2.0], [-1], rooms=[0]).gains == pytest.approx([1.0])


def test_shares_of_time_move_from_one_state_to_another():
    """A queue of at most one: full for a / (a + b); whatever it gains, empty loses."""
    rates = np.array([[0, 1, 3.0], [1, 0, 1.0]])
    change = markov.stationary_changes(2, rates, np.eye(2))
    assert change == pytest.approx(np.array([[-1 / 16, 1 / 16], [3 / 16, -3 / 16]]))


@pytest.mark.parametrize(
    ("blocked", "starved", "expected"),
    [
        ([0.0, 0.0, 0.0], [0.0, 0.3, 0.4], 0),  # all starve behind the first
        ([0.4, 0.3, 0.0], [0.0, 0.0, 0.0], 2),  # all are blocked before the last
        ([0.3, 0.05, 0.0], [0.0, 0.06, 0.3], 1),
        ([0.2, 0.0, 0.2, 0.0], [0.0, 0.15, 0.0, 0.05], 3),  # turns twice: the last waits least
    ],
)
def test_the_turning_point(blocked, starved, expected):
    assert turning_point(blocked, starved) == expected
