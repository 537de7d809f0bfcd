"""Published and exact answers that the simulation is later held to: here each formula must give its row itself.

The numbers are written out once more, with their derivation, so that a changed table cannot move both.
"""

import math

import pytest

from plantwright.analytic.closed import closed_network
from plantwright.analytic.finite import mm1k_throughput, repair_availability
from plantwright.analytic.lines import (
    saturated_assembly,
    saturated_line,
    saturated_network,
    synchronous_line,
    two_machine_throughput,
)
from plantwright.analytic.networks import open_network
from plantwright.analytic.queues import batch_time_in_system, mg1_wait, mmc_wait, priority_waits
from plantwright.analytic.stock import base_stock_fill_rate


def rework_network() -> float:
    """Test at 0.5/0.95 a second, 5 % to a 10 s rework and back: L = 10/9 + 5/14 parts at 0.5 a second."""
    routing = [[0.0, 0.05], [1.0, 0.0]]
    plant = open_network([0.5, 0.0], routing, service_times=[1.0, 10.0])
    return plant.time_in_system


# lognormal, mean 1 s and sd 2 s: squared coefficient of variation 4
# erlang with k = 4: 1/4
SINGLE_STATIONS = {
    "mm1-90": (lambda: 1.0 + mmc_wait(0.9, 1.0), 10.0, 1e-12),  # s / (1 - rho)
    "mm3-wq": (lambda: mmc_wait(2.4, 1.0, machines=3), 1.078652, 5e-7),  # 0.647191 / (3 x 0.2)
    "mm10-wq": (lambda: mmc_wait(8.0, 1.0, machines=10), 0.204590, 5e-7),
    "md1-80": (lambda: mg1_wait(0.8, 1.0, scv=0.0), 2.0, 1e-12),
    "me4-80": (lambda: mg1_wait(0.8, 1.0, scv=0.25), 2.5, 1e-12),
    "mln4-80": (lambda: mg1_wait(0.8, 1.0, scv=4.0), 10.0, 1e-12),
    "mm1k2": (lambda: mm1k_throughput(0.9, 1.0, places=2), 0.9 * 1.9 / 2.71, 1e-12),  # 0.630996
    "repair-1": (lambda: repair_availability(10, 1, uptime=100.0, repair_time=10.0), 0.785418, 5e-7),
    "repair-2": (lambda: repair_availability(10, 2, uptime=100.0, repair_time=10.0), 0.896136, 5e-7),
    "basestock": (lambda: base_stock_fill_rate(0.8, 1.0, base_stock=5), 1 - 0.8**5, 1e-12),  # 0.67232
    "priority": (lambda: priority_waits([0.4, 0.4], [1.0, 1.0], [1.0, 1.0])[1], 0.8 / (0.6 * 0.2), 1e-12),
    "batch4": (lambda: batch_time_in_system(0.2, 1.0, group=4), 12.5, 1e-12),
}

NETWORKS = {
    "conwip5-10": (lambda: closed_network([1.0] * 5, parts=10).throughput, 10 / 14, 1e-12),  # N / (N + M - 1)
    "closed4-8": (lambda: closed_network([0.5, 1.0, 0.8, 0.4], parts=8).throughput, 0.934073, 5e-7),
    "rework-jackson": (rework_network, (10 / 9 + 5 / 14) / 0.5, 1e-12),  # 2.936508
}

FAILING = {"rooms": [10, 0], "uptimes": [100.0] * 2, "repair_times": [10.0] * 2}

LINES = {
    "tandem2-b0": (lambda: two_machine_throughput(1.0, 1.0, room=0), 2 / 3, 1e-12),
    "tandem2-b2": (lambda: two_machine_throughput(1.0, 1.0, room=2), 4 / 5, 1e-12),
    "tandem2-b10": (lambda: two_machine_throughput(1.0, 1.0, room=10), 12 / 13, 1e-12),
    "line3-b0": (lambda: saturated_line([1.0] * 3, [0] * 2).throughput, 22 / 39, 1e-12),
    "line3-b0-wip": (lambda: saturated_line([1.0] * 3, [0] * 2).wip, 92 / 39, 1e-12),  # 2.3590
    "line4-b1": (lambda: saturated_line([1.0] * 4, [1] * 3).throughput, 0.631153, 5e-7),
    "line5-b2": (lambda: saturated_line([1.0] * 5, [2] * 4).throughput, 0.680489, 5e-7),
    "line6-b3": (lambda: saturated_line([1.0] * 6, [3] * 5).throughput, 0.717908, 5e-7),
    "bowl3": (lambda: saturated_line([1.0453, 0.9094, 1.0453], [0, 0]).throughput, 0.566492, 5e-7),
    "asm2-b1": (lambda: saturated_assembly([1.0] * 2, 1.0, room=1).throughput, 0.665385, 5e-7),
    "asm3-b2": (lambda: saturated_assembly([1.0] * 3, 1.0, room=2).throughput, 0.693208, 5e-7),
    "fail2-b10-busy": (lambda: saturated_network([1.0] * 2, [1, -1], **FAILING).throughput, 0.799026, 5e-7),
    "fail2-b10-clock": (
        lambda: saturated_network([1.0] * 2, [1, -1], ageing="clock", **FAILING).throughput,
        0.790777,
        5e-7,
    ),
    "gershwin-10": (lambda: synchronous_line([8], failure=0.01, repair=0.1).throughput, 0.856175, 5e-7),
    "three-6-7-7": (lambda: saturated_line([1 / 6, 1 / 7, 1 / 7], [11, 7]).throughput, 5.776121751, 5e-10),
}


@pytest.mark.parametrize("name", [*SINGLE_STATIONS, *NETWORKS, *LINES])
def test_the_formula_gives_the_exact_case(name):
    formula, expected, tolerance = {**SINGLE_STATIONS, **NETWORKS, **LINES}[name]
    assert math.isclose(formula(), expected, rel_tol=0.0, abs_tol=tolerance)


@pytest.mark.parametrize("room", [0, 2, 10])
def test_the_chain_agrees_with_the_closed_form_of_two_unequal_machines(room):
    chain = saturated_line([1.0, 0.7], [room])
    assert math.isclose(chain.throughput, two_machine_throughput(1.0, 0.7, room=room), rel_tol=1e-12)
