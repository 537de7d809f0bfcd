"""Two stations and a buffer: against chains that are built otherwise, against closed forms, and by hand."""

import numpy as np
import pytest

from plantwright.analytic.finite import birth_death
from plantwright.analytic.lines import saturated_network, two_machine_throughput
from plantwright.analytic.pairs import Fluid, Station, fluid_pair, phase_pair
from plantwright.analytic.phases import (
    Wait,
    after_wait,
    before_wait,
    exponential,
    longest_of,
    of_moments,
    unreliable,
)


def fine_grained(first, second, room, *, grains):
    """The fluid pair with the fluid cut into grains: levels 0 .. room x grains, exponential moves between them."""
    from plantwright.analytic import markov

    top = round(room * grains)

    def moves(state):
        level, up, down = state
        pace = [first.speed * up, second.speed * down]
        if level == top:
            pace[0] = min(pace[0], pace[1])
        if level == 0:
            pace[1] = min(pace[1], pace[0])
        inside = 0 < level < top
        if level < top and pace[0] > 0 and (inside or pace[0] > pace[1]):
            yield (pace[0] - (0 if inside else pace[1])) * grains, (level + 1, up, down)
        if level > 0 and pace[1] > 0 and (inside or pace[1] > pace[0]):
            yield (pace[1] - (0 if inside else pace[0])) * grains, (level - 1, up, down)
        yield (first.failure * pace[0] / first.speed, (level, 0, down)) if up else (first.repair, (level, 1, down))
        yield (second.failure * pace[1] / second.speed, (level, up, 0)) if down else (second.repair, (level, up, 1))

    states, rates = markov.reachable((0, 1, 1), moves)
    shares = markov.stationary(len(states), rates)
    made = 0.0
    for share, (level, up, down) in zip(shares, states, strict=True):
        made += share * (min(second.speed * down, first.speed * up) if level == 0 else second.speed * down)
    return made


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Fluid(1.0, 0.02, 0.1), Fluid(1.0, 0.01, 0.2)),
        (Fluid(1.2, 0.02, 0.1), Fluid(1.0, 0.01, 0.2)),
        (Fluid(1.0, 0.02, 0.1), Fluid(1.4, 0.05, 0.2)),
    ],
)
def test_the_fluid_is_the_limit_of_ever_finer_grains(first, second):
    """Grains that move at random add variance in proportion to their size: two sizes lead to the limit."""
    coarse, fine = (fine_grained(first, second, 5.0, grains=grains) for grains in (20, 40))
    assert fluid_pair(first, second, room=5.0).throughput == pytest.approx(2 * fine - coarse, rel=3e-4)


def test_a_fluid_pair_accounts_for_all_of_the_time_of_each_machine():
    """Speed x time worked and slowed, failures in proportion to what it makes, and the waits: one."""
    first, second = Fluid(1.3, 0.03, 0.2), Fluid(1.0, 0.01, 0.1)
    pair = fluid_pair(first, second, room=7.0)
    at_work = pair.throughput / first.speed + pair.slowed_by_second * (1 - second.speed / first.speed)
    assert at_work + pair.throughput / first.speed * 0.03 / 0.2 + pair.blocked == pytest.approx(1.0)
    assert pair.throughput / second.speed * (1 + 0.01 / 0.1) + pair.starved == pytest.approx(1.0)


def test_a_fluid_line_seen_from_behind_makes_the_same():
    first, second = Fluid(0.8, 0.02, 0.1), Fluid(1.0, 0.03, 0.3)
    ahead, behind = fluid_pair(first, second, room=4.0), fluid_pair(second, first, room=4.0)
    assert ahead.throughput == pytest.approx(behind.throughput)
    assert (ahead.starved, ahead.blocked) == pytest.approx((behind.blocked, behind.starved))


@pytest.mark.parametrize("ratio", [1 + 1e-5, 1 - 1e-5])
def test_nearly_equal_speeds_are_nearly_equal(ratio):
    machine = Fluid(1.0, 0.02, 0.1)
    equal = fluid_pair(machine, machine, room=5.0).throughput
    assert fluid_pair(machine, machine._replace(speed=ratio), room=5.0).throughput == pytest.approx(equal, rel=1e-5)


def test_machines_that_never_fail_make_what_the_slower_one_makes():
    assert fluid_pair(Fluid(2.0, 0.0, 1.0), Fluid(1.5, 0.0, 1.0), room=3.0).throughput == pytest.approx(1.5)


@pytest.mark.parametrize("room", [0, 1, 4, 60])
def test_exponential_pairs_have_the_closed_form(room):
    pair = phase_pair(Station(exponential(1.0)), Station(exponential(0.8)), room=room)
    assert pair.throughput == pytest.approx(two_machine_throughput(1.0, 0.8, room=room))
    assert (1 - pair.throughput * 0.8) == pytest.approx(pair.throughput * pair.starved.chance * 1.0)  # starved 1 s each
    assert (1 - pair.throughput * 1.0) == pytest.approx(pair.throughput * pair.blocked.chance * 0.8)


@pytest.mark.parametrize("room", [0, 3])
def test_unreliable_pairs_agree_with_the_chain_of_the_floor(room):
    floor = saturated_network([1.0, 0.8], [1, -1], rooms=[room, 0], uptimes=[20.0, 30.0], repair_times=[5.0, 4.0])
    first, second = unreliable(1.0, uptime=20.0, repair=5.0), unreliable(0.8, uptime=30.0, repair=4.0)
    assert phase_pair(Station(first), Station(second), room=room).throughput == pytest.approx(floor.throughput)


def test_parallel_exponential_machines_are_a_birth_and_death_chain():
    """Two machines of 1 s, room for 4, three of 10/7 s: rates min(9 - n, 2) up, 0.7 min(n, 3) down."""
    births, deaths = [min(9 - n, 2) * 1.0 for n in range(9)], [min(n, 3) * 0.7 for n in range(1, 10)]
    shares = birth_death(births, deaths)
    pair = phase_pair(Station(exponential(0.5), 2), Station(exponential(1 / 2.1), 3), room=4)
    assert pair.throughput == pytest.approx(sum(share * birth for share, birth in zip(shares, births)))
    lost = sum(share * (1 - min(n, 3) / 3) for n, share in enumerate(shares))
    assert pair.throughput * pair.starved.chance * pair.starved.law.moments()[0] == pytest.approx(lost)


def test_long_buffers_are_solved_as_short_ones():
    """Levels that have become alike are not solved again: 400 places are as good as no limit."""
    slow, quick = Station(of_moments(1.0, 2.0)), Station(of_moments(0.7, 0.3, most=4))
    assert phase_pair(quick, slow, room=400).throughput == pytest.approx(1.0, rel=1e-6)
    shares = [phase_pair(quick, slow, room=room).throughput for room in (5, 50, 400)]
    assert shares == sorted(shares)


def test_a_wait_before_the_work_and_one_after_it():
    """Work of 2 s; every fourth time 3 s before it; every second time 1 s after it: 2 + 3/4 + 1/2."""
    early = after_wait(Wait(0.25, exponential(3.0)), exponential(2.0))
    both = before_wait(early, Wait(0.5, exponential(1.0)))
    mean, square = both.moments()
    assert mean == pytest.approx(2 + 3 / 4 + 1 / 2)
    # variances of the three parts: 4, 0.25 x 18 - 0.5625, 0.5 x 2 - 0.25
    assert square - mean**2 == pytest.approx(4 + (0.25 * 18 - 0.5625) + (0.5 * 2 - 0.25))


def test_the_longest_of_waits_that_may_not_happen():
    """Half of the time each of two seconds: none 1/4, one 1/2 (1 s), both 1/4 (1.5 s)."""
    longest = longest_of([Wait(0.5, exponential(1.0))] * 2)
    assert longest.chance == pytest.approx(3 / 4)
    assert longest.chance * longest.law.moments()[0] == pytest.approx(1 / 2 * 1.0 + 1 / 4 * 1.5)


@pytest.mark.parametrize(
    ("scv", "reached"), [(0.1, 0.25), (0.25, 0.25), (0.4, 0.4), (0.5, 0.5), (1.0, 1.0), (3.0, 3.0)]
)
def test_laws_have_the_two_moments_asked_for(scv, reached):
    law = of_moments(3.0, scv, most=4)
    mean, square = law.moments()
    assert mean == pytest.approx(3.0)
    assert square / mean**2 - 1 == pytest.approx(reached)
    assert law.start.sum() == pytest.approx(1.0)
    assert np.all(law.ending >= -1e-12)
