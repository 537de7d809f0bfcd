"""Single stations: limits, special cases that must agree, and what is refused."""

import pytest

from plantwright.analytic.finite import birth_death, mm1k_loss, mm1k_throughput, repair_availability
from plantwright.analytic.queues import (
    erlang_b,
    erlang_c,
    gigm_wait,
    kingman_wait,
    mg1_wait,
    mmc_wait,
    number_in_queue,
    priority_waits,
    utilisation,
)


def test_erlang_by_hand():
    """a = 2, three machines: B = (8/6) / (1 + 2 + 2 + 8/6) = 4/19, C = 4/19 / (1 - 2/3 x 15/19) = 4/9."""
    assert erlang_b(2.0, 3) == pytest.approx(4 / 19)
    assert erlang_c(2.0, 3) == pytest.approx(4 / 9)


def test_a_thousand_machines_do_not_overflow():
    assert 0.0 < erlang_c(950.0, 1_000) < 1.0


def test_the_approximations_agree_where_they_are_exact():
    exact = mg1_wait(0.8, 1.0, scv=0.3)
    assert kingman_wait(0.8, 1.0, arrival_scv=1.0, service_scv=0.3) == pytest.approx(exact)
    assert gigm_wait(0.8, 1.0, machines=1, arrival_scv=1.0, service_scv=0.3) == pytest.approx(exact)
    assert mmc_wait(0.8, 1.0) == pytest.approx(mg1_wait(0.8, 1.0, scv=1.0))


def test_priorities_share_out_the_same_total_wait():
    """Conservation: waits weighted by load equal the load times the wait without priorities."""
    waits = priority_waits([0.3, 0.2, 0.1], [1.0, 1.0, 2.0], [1.0, 0.0, 0.5])
    residual = 0.3 + 0.2 / 2 + 0.1 * 4 * 1.5 / 2
    fair = residual / (1 - 0.7)
    assert 0.3 * waits[0] + 0.2 * waits[1] + 0.2 * waits[2] == pytest.approx(0.7 * fair)
    assert waits == sorted(waits)


def test_a_large_room_loses_what_the_machine_cannot_make():
    assert mm1k_throughput(2.0, 1.0, places=60) == pytest.approx(1.0)
    assert mm1k_loss(2.0, 1.0, places=60) == pytest.approx(0.5)


def test_enough_repairers_mean_no_wait_for_one():
    assert repair_availability(10, 10, uptime=100.0, repair_time=10.0) == pytest.approx(100 / 110)


def test_the_chances_of_a_birth_and_death_chain_sum_to_one():
    assert sum(birth_death([1.0, 2.0, 3.0], [3.0, 2.0, 1.0])) == pytest.approx(1.0)


def test_little():
    assert number_in_queue(0.9, 9.0) == pytest.approx(8.1)


@pytest.mark.parametrize("rate", [1.0, 1.5])
def test_a_station_that_cannot_keep_up_is_refused(rate):
    with pytest.raises(ValueError, match="cannot keep up"):
        utilisation(rate, 1.0)
    with pytest.raises(ValueError, match="cannot keep up"):
        mg1_wait(rate, 1.0, scv=1.0)
