"""Single stations: limits, special cases that must agree, and what is refused."""

import pytest

from plantwright.analytic import markov
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
    priority_waits_many,
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


def erlang_queue_wait(load, machines, arrival_phases, service_phases):
    """Mean wait in E_k / E_l / m with mean service 1 s by its Markov chain, room for 80 in the queue."""
    rate = load * machines

    def moves(state):
        phase, working, waiting = state
        if phase < arrival_phases - 1:
            yield arrival_phases * rate, (phase + 1, working, waiting)
        elif sum(working) < machines:
            yield arrival_phases * rate, (0, (working[0] + 1, *working[1:]), waiting)
        else:
            yield arrival_phases * rate, (0, working, min(80, waiting + 1))
        for at, number in enumerate(working):
            if number:
                after = list(working)
                after[at] -= 1
                taken = at == service_phases - 1 and waiting > 0
                if at < service_phases - 1:
                    after[at + 1] += 1
                elif taken:
                    after[0] += 1
                yield service_phases * number, (phase, tuple(after), waiting - taken)

    states, rates = markov.reachable((0, (0,) * service_phases, 0), moves)
    shares = markov.stationary(len(states), rates)
    return sum(share * waiting for share, (_, _, waiting) in zip(shares, states, strict=True)) / rate


@pytest.mark.parametrize(
    ("load", "machines", "arrivals", "service", "within"),
    [
        (0.9, 1, 4, 1, 0.015),
        (0.9, 1, 2, 2, 0.015),
        (0.9, 2, 1, 4, 0.005),
        (0.9, 2, 2, 2, 0.01),
        (0.8, 2, 4, 1, 0.03),
        (0.8, 4, 1, 2, 0.005),
        (0.7, 2, 2, 2, 0.01),
    ],
)
def test_two_moments_come_close_to_exact_erlang_queues(load, machines, arrivals, service, within):
    exact = erlang_queue_wait(load, machines, arrivals, service)
    scvs = {"arrival_scv": 1 / arrivals, "service_scv": 1 / service}
    found = gigm_wait(load * machines, 1.0, machines=machines, **scvs)
    assert found == pytest.approx(exact, rel=within)
    plain = sum(scvs.values()) / 2 * mmc_wait(load * machines, 1.0, machines=machines)
    assert abs(found - exact) <= abs(plain - exact)


def test_constant_arrivals_and_exponential_times_on_one_machine():
    """D/M/1 at 0.8: sigma = exp(-1.25 (1 - sigma)) = 0.628630, a wait of sigma / (1 - sigma) = 1.6927 s."""
    assert gigm_wait(0.8, 1.0, machines=1, arrival_scv=0.0, service_scv=1.0) == pytest.approx(1.6927, rel=1e-3)


def test_nothing_varies_nobody_waits():
    assert gigm_wait(1.5, 1.0, machines=2, arrival_scv=0.0, service_scv=0.0) == 0.0
    assert gigm_wait(0.0, 1.0, machines=2, arrival_scv=1.0, service_scv=1.0) == 0.0


def test_priorities_on_two_machines_by_hand():
    """Loads 0.4 and 0.4 of two machines: C = 0.8^2 2 / (1 + 0.8) = 32/45; W0 = 16/45; 16/45 / 0.6 and / (0.6 x 0.2)."""
    waits = priority_waits_many([0.8, 0.8], 1.0, machines=2)
    assert waits == pytest.approx([16 / 27, 80 / 27])
    fair = mmc_wait(1.6, 1.0, machines=2)
    assert (waits[0] + waits[1]) / 2 == pytest.approx(fair)


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
