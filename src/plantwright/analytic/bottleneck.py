"""Which machine of a line holds it back: the exact answer for small lines, and a rule for what a line shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plantwright.analytic.blocking import BUSY, Floor, SaturatedNetwork
from plantwright.analytic.markov import reachable, stationary, stationary_changes


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """How the output of a saturated network depends on its machines.

    Attributes
    ----------
    throughput : float
        Parts that leave per unit of time. [1/s]
    gains : (M,) float64
        Per cent of output for one per cent more speed of each machine. They add up to 1. [-]
    states : int
        Size of the chain. [-]
    """

    throughput: float
    gains: NDArray[np.float64]
    states: int


def machine_gains(times: Sequence[float], into: Sequence[int], *, rooms: Sequence[int]) -> Sensitivity:
    """What a little more speed of each exponential machine of a line or assembly gives, exact by its Markov chain.

    Parameters
    ----------
    times : (M,) floats
        Mean exponential times. [s]
    into : (M,) ints
        The machine each feeds, -1 where parts leave; a machine fed by several takes one part of each.
    rooms : (M,) ints
        Room of the queue after each machine; blocking after service. [parts]

    Notes
    -----
    The derivative of output to the rate of a machine, times rate over output. Which states can be reached does not
    depend on the rates, so the chain is built once. If all rates double, so does the output: the gains add up to 1.

    References
    ----------
    The chain of `plantwright.analytic.lines.saturated_network`; its derivative: `stationary_changes`. That the machine
    with the largest derivative is the bottleneck: Kuo, C.-T., Lim, J.-T., Meerkov, S. M. (1996), Bottlenecks in serial
    production lines: a system-theoretic approach, Mathematical Problems in Engineering 2(3),
    doi:10.1155/S1024123X96000348.

    Examples
    --------
    Two equal machines share it, as does a line that is the same seen from behind:

    >>> machine_gains([1.0, 1.0], [1, -1], rooms=[2, 0]).gains.round(9).tolist()
    [0.5, 0.5]
    """
    network = SaturatedNetwork(tuple(into), tuple(rooms))

    def moves(floor: Floor) -> Iterator[tuple[float, Floor]]:
        for machine, doing in enumerate(floor.doing):
            if doing == BUSY:
                yield float(machine), network.after_completion(floor, machine)  # whose rate it is, for now

    floors, rows = reachable(network.start(), moves)
    paces = 1.0 / np.asarray(times, dtype=np.float64)
    whose = rows[:, 2].astype(np.intp)
    rates = np.column_stack([rows[:, :2], paces[whose]])
    own = (whose == np.arange(len(paces))[:, None]).astype(np.float64)
    working = np.array([floor.doing for floor in floors]) == BUSY
    leaving = np.asarray(into) < 0
    out = working @ np.where(leaving, paces, 0.0)
    shares, changes = stationary(len(floors), rates), stationary_changes(len(floors), rates, own)
    throughput = float(shares @ out)
    slopes = changes @ out + np.where(leaving, shares @ working, 0.0)
    return Sensitivity(throughput, slopes * paces / throughput, len(floors))


def turning_point(blocked: ArrayLike, starved: ArrayLike) -> int:
    """The machine of a line at which waiting for room turns into waiting for parts. Its index.

    Parameters
    ----------
    blocked, starved : (M,) floats
        Share of time each machine waits for room after it, and for parts before it. [-]

    Notes
    -----
    Before the bottleneck machines are blocked more than starved, after it starved more than blocked; itself it waits
    less than its neighbours. A line may turn several times: the machine that waits least of those is taken.

    References
    ----------
    Li, L., Chang, Q., Ni, J. (2009), Data driven bottleneck detection of manufacturing systems, International Journal
    of Production Research 47(18), doi:10.1080/00207540701881860.

    Examples
    --------
    >>> turning_point([0.3, 0.1, 0.0, 0.0], [0.0, 0.05, 0.2, 0.4])
    1
    """
    full, empty = np.asarray(blocked, dtype=np.float64), np.asarray(starved, dtype=np.float64)
    waits = full + empty
    pushed = full >= empty
    pushed[0], pushed[-1] = True, False  # the first always has parts, the last always has room
    turns = [at for at in range(len(waits) - 1) if pushed[at] and not pushed[at + 1]]
    return int(min((at + (waits[at + 1] < waits[at]) for at in turns), key=lambda at: waits[at], default=0))
