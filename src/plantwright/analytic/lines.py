"""Exact output of short saturated lines and assemblies: closed form for two machines, small Markov chains for more.

These are oracles: they say what a simulation must find, not what a plant of real size does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from plantwright.analytic.blocking import BLOCKED, BUSY, IDLE, Floor, SaturatedNetwork
from plantwright.analytic.markov import reachable, stationary

BY_CLOCK, WHILE_BUSY = "clock", "busy"


@dataclass(frozen=True, eq=False)
class SteadyState:
    """What a saturated network does in the long run.

    Attributes
    ----------
    throughput : float
        Parts that leave per unit of time. [1/s]
    wip : float
        Mean parts in queues and on machines. [parts]
    busy, blocked, starved : (M,) float64
        Share of time each machine works (up), holds a finished part, has none. [-]
    states : int
        Size of the chain. [-]
    """

    throughput: float
    wip: float
    busy: NDArray[np.float64]
    blocked: NDArray[np.float64]
    starved: NDArray[np.float64]
    states: int


def two_machine_throughput(first_time: float, second_time: float, *, room: int) -> float:
    """Output of two saturated exponential machines with blocking after service. [1/s]

    Parameters
    ----------
    first_time, second_time : float
        Mean times. [s], > 0
    room : int
        Room of the queue between them. [parts], >= 0

    Notes
    -----
    Parts past the first machine form an M/M/1/K queue, K = room + 2: the second machine, the room, the blocked part.

    References
    ----------
    Hunt, G. C. (1956), Sequential arrays of waiting lines, Operations Research 4(6), doi:10.1287/opre.4.6.674.

    Examples
    --------
    Equal machines: (room + 2) / (room + 3).

    >>> round(two_machine_throughput(1.0, 1.0, room=2), 12)
    0.8
    """
    ratio = second_time / first_time
    empty = 1.0 / sum(ratio**parts for parts in range(room + 3))
    return (1.0 - empty) / second_time


def saturated_line(times: Sequence[float], rooms: Sequence[int]) -> SteadyState:
    """Exponential machines in series, never short of parts, blocking after service.

    Parameters
    ----------
    times : (M,) floats
        Mean time of each machine. [s]
    rooms : (M - 1,) ints
        Room of each queue between two machines. [parts]

    References
    ----------
    Hillier, F. S., Boling, R. W. (1967), Finite queues in series with exponential or Erlang service times: a numerical
    approach, Operations Research 15(2), doi:10.1287/opre.15.2.286.

    Examples
    --------
    Three equal machines without room give 22/39:

    >>> round(saturated_line([1.0, 1.0, 1.0], [0, 0]).throughput * 39, 9)
    22.0
    """
    into = [*range(1, len(times)), -1]
    return saturated_network(times, into, rooms=[*rooms, 0])


def saturated_assembly(feeder_times: Sequence[float], assembly_time: float, *, room: int) -> SteadyState:
    """Saturated exponential feeders and one assembly that takes one part of each at its start.

    Parameters
    ----------
    feeder_times : (M,) floats
        Mean times of the feeders. [s]
    assembly_time : float
        Mean time of the assembly. [s]
    room : int
        Room of each feeder queue, counting parts not yet taken. [parts]

    References
    ----------
    The chain of `saturated_network`; for the model see Harrison, J. M. (1973), Assembly-like queues, Journal of Applied
    Probability 10(2), doi:10.2307/3212352.

    Examples
    --------
    One feeder is a line of two:

    >>> round(saturated_assembly([1.0], 1.0, room=2).throughput, 12)
    0.8
    """
    count = len(feeder_times)
    return saturated_network([*feeder_times, assembly_time], [count] * count + [-1], rooms=[room] * count + [0])


def saturated_network(
    times: Sequence[float],
    into: Sequence[int],
    *,
    rooms: Sequence[int],
    uptimes: Sequence[float] | None = None,
    repair_times: Sequence[float] | None = None,
    ageing: str = WHILE_BUSY,
) -> SteadyState:
    """Exponential machines that feed one another, with room, kits and failures; exact by its Markov chain.

    Parameters
    ----------
    times : (M,) floats
        Mean exponential times. [s]
    into : (M,) ints
        The machine each feeds, -1 where parts leave; a machine fed by several takes one part of each.
    rooms : (M,) ints
        Room of the queue after each machine. [parts]
    uptimes, repair_times : (M,) floats, optional
        Mean exponential time to failure from the end of the repair, and of the repair. [s]
    ageing : "busy" or "clock"
        Whether a machine ages only while it works, or always; a down machine may accept a part and hand one over.

    References
    ----------
    States and rates as in Hillier and Boling (1967), doi:10.1287/opre.15.2.286, extended by machine conditions.

    Examples
    --------
    A single machine that fails while busy, up 100 of 110 s, hands out 100/110 parts a second:

    >>> single = saturated_network([1.0], [-1], rooms=[0], uptimes=[100.0], repair_times=[10.0])
    >>> round(single.throughput * 110, 9)
    100.0
    """
    network = SaturatedNetwork(tuple(into), tuple(rooms))

    def moves(floor: Floor) -> Iterator[tuple[float, Floor]]:
        for machine, (doing, up) in enumerate(zip(floor.doing, floor.up, strict=True)):
            if up and doing == BUSY:
                yield 1.0 / times[machine], network.after_completion(floor, machine)
            if uptimes is None or repair_times is None or (up and ageing == WHILE_BUSY and doing != BUSY):
                continue
            turned = (*floor.up[:machine], not up, *floor.up[machine + 1 :])
            yield 1.0 / (uptimes if up else repair_times)[machine], floor._replace(up=turned)

    rates_out = np.array([1.0 / time if target < 0 else 0.0 for time, target in zip(times, into, strict=True)])
    return _long_run(network.start(), moves, rates_out)


def synchronous_line(rooms: Sequence[int], *, failure: float, repair: float) -> SteadyState:
    """Saturated machines of one cycle each that fail at the start of an operation; time in cycles.

    Parameters
    ----------
    rooms : (M - 1,) ints
        Room of each queue between two machines. [parts]
    failure : float
        Probability that the machine fails at the start of an operation. [-]
    repair : float
        Probability that a repair ends with the cycle; it takes at least one whole cycle. [-], > 0

    References
    ----------
    The deterministic model of Gershwin, S. B., Schick, I. C. (1983), Modeling and analysis of three-stage transfer
    lines with unreliable machines and finite buffers, Operations Research 31(2), doi:10.1287/opre.31.2.354.

    Examples
    --------
    A machine alone makes a part in 1 + failure / repair cycles:

    >>> round(1 / synchronous_line([], failure=0.01, repair=0.1).throughput, 9)
    1.1
    """
    machines = len(rooms) + 1
    network = SaturatedNetwork((*range(1, machines), -1), (*rooms, 0))

    def moves(floor: Floor) -> Iterator[tuple[float, Floor]]:
        running = [machine for machine in range(machines) if floor.doing[machine] == BUSY and floor.up[machine]]
        settled = network.after_completion(floor, *running)
        chances = []  # of being up in the next cycle, machine by machine
        for machine in range(machines):
            if not floor.up[machine]:
                chances.append(((repair, True), (1.0 - repair, False)))
            elif settled.doing[machine] == BUSY:  # an up machine that is busy now has just started
                chances.append(((1.0 - failure, True), (failure, False)))
            else:
                chances.append(((1.0, True), (0.0, False)))
        for outcome in product(*chances):
            chance = float(np.prod([probability for probability, _ in outcome]))
            if chance > 0.0:
                yield chance, settled._replace(up=tuple(up for _, up in outcome))

    leaving = np.zeros(machines)
    leaving[-1] = 1.0
    return _long_run(network.start(), moves, leaving)


def _long_run(
    start: Floor, moves: Callable[[Floor], Iterator[tuple[float, Floor]]], rates_out: NDArray[np.float64]
) -> SteadyState:
    floors, rates = reachable(start, moves)
    shares = stationary(len(floors), rates)
    doing = np.array([floor.doing for floor in floors])
    up = np.array([floor.up for floor in floors])
    working = shares @ ((doing == BUSY) & up)
    return SteadyState(
        throughput=float(working @ rates_out),
        wip=float(shares @ (np.array([floor.waiting for floor in floors]).sum(axis=1) + (doing != IDLE).sum(axis=1))),
        busy=working,
        blocked=shares @ (doing == BLOCKED),
        starved=shares @ (doing == IDLE),
        states=len(floors),
    )
