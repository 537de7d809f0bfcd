"""Which closed form answers which exact case, and with what: the table of `forms` against exact answers.

Only formulas that a user would reach for: where a case is *derived* by its formula the error is zero by identity and
says so; where it is derived by a Markov chain or a transform, the error is the formula's.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from typing import NamedTuple

from plantwright.analytic.closed import closed_estimate, closed_network
from plantwright.analytic.decomposition import Machine, fluid_plant, markov_plant
from plantwright.analytic.finite import mm1k_throughput, repair_availability
from plantwright.analytic.networks import open_network
from plantwright.analytic.queues import batch_time_in_system, gigm_wait, mg1_wait, mmc_wait, priority_waits
from plantwright.analytic.stock import base_stock_fill_rate

from .cases import TABLE


class Formula(NamedTuple):
    """A closed form with its arguments."""

    by: str
    value: Callable[[], float]


def _cases() -> list[tuple[str, float, str]]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return [(row["id"], float(row["exact"]), row["unit"]) for row in csv.DictReader(lines)]


EXACT = _cases()
"""Name, exact answer and unit of every exact case."""


def _line(*times: float, room: int) -> Callable[[], float]:
    count = len(times)
    machines, into = [Machine(time) for time in times], [*range(1, count), -1]
    return lambda: markov_plant(machines, into, rooms=[room] * (count - 1) + [0])


def _uneven(times: list[float], rooms: list[int]) -> Callable[[], float]:
    return lambda: markov_plant([Machine(time) for time in times], [*range(1, len(times)), -1], rooms=[*rooms, 0])


def _assembly(feeders: int, room: int) -> Callable[[], float]:
    into = [feeders] * feeders + [-1]
    return lambda: markov_plant([Machine(1.0)] * (feeders + 1), into, rooms=[room] * feeders + [0])


def _failing(scv: float, room: int, method: Callable[..., float]) -> Callable[[], float]:
    machine = Machine(1.0, scv, uptime=100.0, repair=10.0)
    return lambda: method([machine, machine], [1, -1], rooms=[room, 0])


def _wait(load: float, machines: int, *, arrivals: float = 1.0, service: float = 1.0) -> Callable[[], float]:
    scvs = {"arrival_scv": arrivals, "service_scv": service}
    return lambda: gigm_wait(load * machines, 1.0, machines=machines, **scvs)


def _rework() -> float:
    return open_network([0.5, 0.0], [[0.0, 0.05], [1.0, 0.0]], service_times=[1.0, 10.0]).time_in_system


def _oven() -> float:
    """Loads of four every 4 / 1.0 s with Erlang-4 intervals; 1.5 s to fill one, then a queue of loads."""
    return 1.5 + 3.0 + 3.0 * gigm_wait(0.75, 1.0, machines=1, arrival_scv=0.25, service_scv=1.0)


FORMULAS: dict[str, Formula] = {
    "mm1-90": Formula("gigm_wait", lambda: 1.0 + _wait(0.9, 1)()),
    "mm3-wq": Formula("gigm_wait", _wait(0.8, 3)),
    "mm10-wq": Formula("gigm_wait", _wait(0.8, 10)),
    "md1-80": Formula("gigm_wait", _wait(0.8, 1, service=0.0)),
    "me4-80": Formula("gigm_wait", _wait(0.8, 1, service=0.25)),
    "mln4-80": Formula("gigm_wait", _wait(0.8, 1, service=4.0)),
    "takt-dm1": Formula("gigm_wait", lambda: 1.0 + _wait(0.8, 1, arrivals=0.0)()),
    "oven-4": Formula("gigm_wait", _oven),
    "busy-stops": Formula("mg1_wait", lambda: 1.2 + mg1_wait(0.6, 1.2, scv=1.0 + 32.0 / 20.0 / 1.2**2)),
    "setup-2": Formula("mg1_wait", lambda: 0.75 + mg1_wait(1.0, 0.75, scv=0.875 / 0.75**2 - 1.0)),
    "tools-2": Formula("mmc_wait", lambda: 1.0 + mmc_wait(1.6, 1.0, machines=2)),
    "people-2": Formula("mmc_wait", lambda: 1.0 + mmc_wait(1.6, 1.0, machines=2)),
    "mm1k2": Formula("mm1k_throughput", lambda: mm1k_throughput(0.9, 1.0, places=2)),
    "tandem2-b0": Formula("markov_plant", _line(1.0, 1.0, room=0)),
    "tandem2-b2": Formula("markov_plant", _line(1.0, 1.0, room=2)),
    "tandem2-b10": Formula("markov_plant", _line(1.0, 1.0, room=10)),
    "line3-b0": Formula("markov_plant", _line(*[1.0] * 3, room=0)),
    "line4-b1": Formula("markov_plant", _line(*[1.0] * 4, room=1)),
    "line5-b2": Formula("markov_plant", _line(*[1.0] * 5, room=2)),
    "line6-b3": Formula("markov_plant", _line(*[1.0] * 6, room=3)),
    "bowl3": Formula("markov_plant", _line(1.0453, 0.9094, 1.0453, room=0)),
    "three-6-7-7": Formula("markov_plant", _uneven([1 / 6, 1 / 7, 1 / 7], [11, 7])),
    "asm2-b1": Formula("markov_plant", _assembly(2, 1)),
    "asm3-b2": Formula("markov_plant", _assembly(3, 2)),
    "fail2-b10-busy": Formula("markov_plant", _failing(1.0, 10, markov_plant)),
    "gershwin-10": Formula("fluid_plant", _failing(0.0, 8, fluid_plant)),
    "conwip5-10": Formula("closed_network", lambda: closed_network([1.0] * 5, 10).throughput),
    "closed4-8": Formula("closed_network", lambda: closed_network([0.5, 1.0, 0.8, 0.4], 8).throughput),
    "travel-6": Formula("closed_estimate", lambda: closed_estimate([1.0, 0.6], 6, delay=3.0)),
    "repair-1": Formula("repair_availability", lambda: repair_availability(10, 1, uptime=100.0, repair_time=10.0)),
    "repair-2": Formula("repair_availability", lambda: repair_availability(10, 2, uptime=100.0, repair_time=10.0)),
    "rework-jackson": Formula("open_network", _rework),
    "basestock": Formula("base_stock_fill_rate", lambda: base_stock_fill_rate(0.8, 1.0, base_stock=5)),
    "priority": Formula("priority_waits", lambda: priority_waits([0.4, 0.4], [1.0, 1.0], [1.0, 1.0])[1]),
    "batch4": Formula("batch_time_in_system", lambda: batch_time_in_system(0.2, 1.0, group=4)),
    "cart": Formula("markov_plant", _line(1.0, 0.7, room=0)),
}


def formula_of(case: str) -> Formula | None:
    """The closed form for a case; None where there is none."""
    return FORMULAS.get(case)
