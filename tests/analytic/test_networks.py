"""Open plants against product form and against the single stations they are made of."""

import numpy as np
import pytest

from plantwright.analytic.networks import open_network
from plantwright.analytic.queues import mg1_wait, mmc_wait


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


def test_parts_that_come_straight_back_are_one_long_pass():
    """A quarter comes back: 0.3 / 0.75 = 0.4 a second, load 0.4. Constant times of 1 s become a geometric number of
    them, mean 4/3, scv 1/4, in a queue M/G/1 fed with 0.3 a second; its wait is shared by 4/3 passes."""
    plant = open_network([0.3], [[0.25]], service_times=[1.0], service_scvs=0.0)
    assert plant.rates == pytest.approx([0.4])
    assert plant.utilisation == pytest.approx([0.4])
    wait = mg1_wait(0.3, 4 / 3, scv=0.25)
    assert plant.waits == pytest.approx([0.75 * wait])
    assert plant.time_in_system == pytest.approx(wait + 4 / 3)


def test_rework_at_the_same_station_is_product_form_with_exponential_times():
    """Jackson: the station holds rho / (1 - rho) = 1 part, whoever comes back."""
    plant = open_network([0.25], [[0.5]], service_times=[1.0])
    assert plant.parts == pytest.approx([1.0])
    assert plant.waits == pytest.approx([mmc_wait(0.5, 1.0)])
