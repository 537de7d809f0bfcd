"""Networks against product form and against the single stations they are made of."""

import numpy as np
import pytest

from plantwright.analytic.networks import closed_network, open_network
from plantwright.analytic.queues import mg1_wait, mmc_wait


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


def test_exponential_stations_in_series_are_queues_alone():
    """Burke: what leaves an M/M/m queue is Poisson again."""
    line = open_network([0.8, 0.0], [[0.0, 1.0], [0.0, 0.0]], service_times=[1.0, 3.0], machines=[1, 3])
    assert line.waits == pytest.approx([mmc_wait(0.8, 1.0), mmc_wait(0.8, 3.0, machines=3)])
    assert line.arrival_scvs == pytest.approx([1.0, 1.0])


def test_scrap_is_what_the_routing_does_not_pass_on():
    line = open_network([1.0, 0.0], [[0.0, 0.9], [0.0, 0.0]], service_times=[0.5, 0.5])
    assert line.rates == pytest.approx([1.0, 0.9])


def test_constant_times_calm_the_next_station():
    """Departures of M/D/1 at 0.8: ca2 = 1 - 0.64 (1 - max(0, 0.2)) = 0.488 for the next."""
    line = open_network([0.8, 0.0], [[0.0, 1.0], [0.0, 0.0]], service_times=[1.0, 1.0], service_scvs=[0.0, 1.0])
    assert line.waits[0] == pytest.approx(mg1_wait(0.8, 1.0, scv=0.0))
    assert line.arrival_scvs[1] == pytest.approx(0.488)


def test_a_station_that_cannot_keep_up_has_an_infinite_queue_and_the_others_are_still_answered():
    plant = open_network([1.0, 0.5], np.zeros((2, 2)), service_times=[2.0, 1.0])
    assert plant.utilisation.tolist() == [2.0, 0.5]
    assert plant.waits[0] == np.inf
    assert plant.waits[1] == pytest.approx(1.0)


def test_a_station_that_nothing_reaches_is_empty():
    plant = open_network([0.5, 0.0], np.zeros((2, 2)), service_times=[1.0, 1.0])
    assert plant.parts.tolist() == [1.0, 0.0]
