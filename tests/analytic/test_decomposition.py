"""Lines and assemblies taken apart: exact where they are pairs, close to the exact chains where they are longer."""

import itertools
import math

import pytest

from plantwright.analytic.decomposition import Machine, fluid_plant, markov_plant, plant_estimate
from plantwright.analytic.lines import saturated_line, saturated_network, synchronous_line


def line(count):
    return [*range(1, count), -1]


@pytest.mark.parametrize(
    ("times", "rooms", "within"),
    [
        ((1.0, 1.0, 1.0), (0, 0), 0.02),  # 22/39
        ((1.0, 1.0, 1.0, 1.0), (1, 1, 1), 0.025),  # 1013/1605
        ((1.0,) * 5, (2,) * 4, 0.02),
        ((1.0,) * 6, (0,) * 5, 0.055),  # the worst: no room at all
        ((1.0453, 0.9094, 1.0453), (0, 0), 0.02),
        ((1 / 6, 1 / 7, 1 / 7), (11, 7), 0.003),  # 5.776121751
        ((0.7, 1.2, 0.9, 1.1), (3, 0, 5), 0.01),
    ],
)
def test_exponential_lines_are_close_to_their_chains(times, rooms, within):
    exact = saturated_line(times, rooms).throughput
    found = markov_plant([Machine(time) for time in times], line(len(times)), rooms=[*rooms, 0])
    assert found == pytest.approx(exact, rel=within)
    assert plant_estimate([Machine(time) for time in times], line(len(times)), rooms=[*rooms, 0]) == found


@pytest.mark.parametrize(("ups", "repairs"), [((50.0, 30.0, 80.0), (5.0, 4.0, 8.0)), ((20.0,) * 3, (3.0,) * 3)])
def test_unreliable_exponential_lines_are_close_to_their_chains(ups, repairs):
    times = (1.0, 0.9, 1.1)
    exact = saturated_network(times, line(3), rooms=[2, 5, 0], uptimes=ups, repair_times=repairs).throughput
    machines = [Machine(time, uptime=up, repair=down) for time, up, down in zip(times, ups, repairs)]
    assert markov_plant(machines, line(3), rooms=[2, 5, 0]) == pytest.approx(exact, rel=0.01)


@pytest.mark.parametrize(
    ("into", "times", "rooms", "within"),
    [
        ((2, 2, -1), (1.0, 1.0, 1.0), (1, 1, 0), 0.02),  # 0.665385
        ((3, 3, 3, -1), (1.0,) * 4, (2, 2, 2, 0), 0.03),  # 0.693208
        ((2, 2, 3, -1), (1.1, 0.9, 0.8, 0.9), (2, 1, 0, 0), 0.03),
        ((2, 2, 4, 4, -1), (0.8, 0.9, 0.8, 1.0, 0.9), (1, 1, 1, 1, 0), 0.05),
    ],
)
def test_assemblies_are_close_to_their_chains(into, times, rooms, within):
    exact = saturated_network(times, into, rooms=rooms).throughput
    assert markov_plant([Machine(time) for time in times], into, rooms=rooms) == pytest.approx(exact, rel=within)


@pytest.mark.parametrize("rooms", [(8,), (4, 4), (2, 6)])
def test_machines_in_step_are_close_to_their_chain(rooms):
    """1 s a part, a failure in a hundred operations, ten seconds a repair; the chain counts whole cycles."""
    exact = synchronous_line(rooms, failure=0.01, repair=0.1).throughput
    machines = [Machine(1.0, 0.0, uptime=100.0, repair=10.0)] * (len(rooms) + 1)
    assert fluid_plant(machines, line(len(machines)), rooms=[*rooms, 0]) == pytest.approx(exact, rel=0.005)


def test_ddx_equation_holds_between_neighbours_of_equal_speed():
    """Two machines whose middle never fails: three are as two with the rooms put together, 3 + 4."""
    fails = Machine(1.0, 0.0, uptime=50.0, repair=8.0)
    joined = fluid_plant([fails, fails], line(2), rooms=[7, 0])
    through = fluid_plant([fails, Machine(1.0, 0.0), fails], line(3), rooms=[3, 4, 0])
    assert through == pytest.approx(joined, rel=0.01)


def test_a_machine_alone_makes_what_its_uptime_allows():
    machine = Machine(2.0, uptime=90.0, repair=10.0, machines=3)
    for method in (fluid_plant, markov_plant, plant_estimate):
        assert method([machine], [-1], rooms=[0]) == pytest.approx(3 / 2 * 90 / 100)


def test_large_rooms_leave_the_slowest_machine():
    machines = [Machine(1.0, uptime=100.0, repair=5.0), Machine(1.2, uptime=60.0, repair=5.0), Machine(1.0)]
    slowest = 1 / 1.2 * 60 / 65
    for method in (fluid_plant, markov_plant, plant_estimate):
        assert method(machines, line(3), rooms=[2000, 2000, 0]) == pytest.approx(slowest, rel=2e-3)


@pytest.mark.parametrize("method", [fluid_plant, markov_plant, plant_estimate])
def test_more_room_and_better_machines_never_make_less(method):
    def made(rooms=(2, 3, 0), **better):
        return method([Machine(1.0, 0.5, uptime=40.0, **{"repair": 6.0, **better})] * 3, line(3), rooms=rooms)

    assert made() < made(rooms=(4, 3, 0)) < made(rooms=(4, 9, 0))
    assert made() < made(repair=3.0)


@pytest.mark.parametrize(("scv", "constant"), [(0.0, True), (0.1, False), (0.25, False), (0.5, False), (2.0, False)])
def test_what_random_times_cost_lies_between_the_ends(scv, constant):
    machines = [Machine(1.0, scv)] * 4
    found = plant_estimate(machines, line(4), rooms=[2, 2, 2, 0])
    assert (found == 1.0) == constant
    assert found <= 1.0


def test_what_random_times_cost_grows_with_them():
    made = [plant_estimate([Machine(1.0, scv)] * 4, line(4), rooms=[1, 2, 3, 0]) for scv in (0, 0.1, 0.25, 0.3, 1, 2)]
    assert all(more > less for more, less in itertools.pairwise(made))
    failing = [
        plant_estimate([Machine(1.0, scv, uptime=30.0, repair=3.0)] * 4, line(4), rooms=[1, 2, 3, 0])
        for scv in (0, 0.1, 0.25, 0.3, 0.9, 1, 2)
    ]
    assert all(more > less for more, less in itertools.pairwise(failing))


def test_times_scale():
    """A plant in minutes makes as many a minute as the same in seconds a second."""
    seconds = [Machine(1.0, 0.4, uptime=30.0, repair=3.0), Machine(1.2, 1.0, 2), Machine(0.9, 0.4)]
    minutes = [Machine(60 * m.time, m.scv, m.machines, 60 * m.uptime, 60 * m.repair) for m in seconds]
    made = [60 * plant_estimate(minutes, line(3), rooms=[2, 2, 0]), plant_estimate(seconds, line(3), rooms=[2, 2, 0])]
    assert math.isclose(*made, rel_tol=1e-9)
