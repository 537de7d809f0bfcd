"""Two stations and the buffer between them: the blocks that longer lines are taken apart into."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from plantwright.analytic.phases import Phases, Wait, exponential, of_moments

Floats = NDArray[np.float64]

LEAST_FAILURES = 1e-9
"""Failures per repair below which a machine counts as failing this rarely, never as not at all. [-]"""
SAME_SPEED = 1e-7
"""Relative difference of speeds that is none. [-]"""
STEADY = 1e-12
"""Change of a matrix that is none: further levels of a long buffer are as this one. [-]"""


class Fluid(NamedTuple):
    """A machine that passes material at a constant speed and fails while it does.

    Attributes
    ----------
    speed : float
        [parts/s], > 0
    failure : float
        Failures per time worked at full speed; in proportion less where it is slowed down. [1/s], >= 0
    repair : float
        Repairs per time down. [1/s], > 0
    """

    speed: float
    failure: float
    repair: float


class FluidPair(NamedTuple):
    """What two machines and a buffer of fluid do.

    Attributes
    ----------
    throughput : float
        [parts/s]
    starved, blocked : float
        Share of time the second has nothing and the first no room, as the other is down. [-]
    slowed_by_first, slowed_by_second : float
        Share of time one works only as fast as the other, as the buffer is empty or full. [-]
    """

    throughput: float
    starved: float
    blocked: float
    slowed_by_first: float
    slowed_by_second: float


def fluid_pair(first: Fluid, second: Fluid, *, room: float) -> FluidPair:
    """Two machines that fail while they work and a finite buffer, material flowing continuously; exact.

    Parameters
    ----------
    first, second : Fluid
        The machines; times to failure and of repair are exponential.
    room : float
        What the buffer holds. [parts], >= 0

    References
    ----------
    Gershwin, S. B., Schick, I. C. (1980), Continuous model of an unreliable two-stage material flow system with a
    finite interstage buffer, MIT LIDS-R-1039; Gershwin, S. B. (1994), Manufacturing Systems Engineering, Prentice Hall,
    ISBN 0-13-560608-X, section 3.8. The densities of the four machine states over the level are sums of exponentials.

    Examples
    --------
    Without a buffer equal machines work only while both are up, 1 / (1 + 2 p / r); with a large one as if alone.

    >>> machine = Fluid(1.0, 0.01, 0.1)
    >>> [round(fluid_pair(machine, machine, room=room).throughput, 4) for room in (0.0, 8.0, 1e6)]
    [0.8333, 0.8551, 0.9091]
    """
    first, second = _failing(first), _failing(second)
    if first.speed < second.speed * (1.0 - SAME_SPEED):
        found = _faster_first(second, first, room)  # the same line seen from behind: parts are holes
        return FluidPair(found.throughput, found.blocked, found.starved, found.slowed_by_second, found.slowed_by_first)
    if first.speed <= second.speed * (1.0 + SAME_SPEED):
        return _equal_speeds(first, second, room)
    return _faster_first(first, second, room)


def _failing(machine: Fluid) -> Fluid:
    return machine._replace(failure=max(machine.failure, LEAST_FAILURES * machine.repair))


def _equal_speeds(first: Fluid, second: Fluid, room: float) -> FluidPair:
    speed, (_, p1, r1), (_, p2, r2) = first.speed, first, second
    both_up = (r1 + r2) / (p1 + p2)  # densities relative to that of one up, one down
    growth = (p2 * both_up + r1 / both_up - p1 - r2) / speed
    end = room if growth > 0.0 else 0.0  # exponentials are taken relative to where they are largest
    empty, full = math.exp(-growth * end), math.exp(growth * (room - end))
    inside = room if abs(growth) * room < 1e-10 else (full - empty) / growth
    at_full, at_empty = speed * full / p1, speed * empty / p2
    blocked, starved = (p1 + p2) * at_full / r2, (p1 + p2) * at_empty / r1
    total = inside * (both_up + 2.0 + 1.0 / both_up) + at_full + at_empty + blocked + starved
    worked = inside * (both_up + 1.0) + at_full + at_empty
    return FluidPair(speed * worked / total, starved / total, blocked / total, 0.0, 0.0)


def _faster_first(first: Fluid, second: Fluid, room: float) -> FluidPair:
    """The first machine is faster: the buffer can be full while both work."""
    (v1, p1, r1), (v2, p2, r2) = first, second
    gain, repairs = v1 - v2, r1 + r2
    # densities y of (first up, second down) and (first down, second up): y' = slope y; the other two follow from them
    slope = np.array([
        [(r1 * p1 / repairs - p1 - r2 - p2 * v1 / gain) / v1, (r1 * p2 / repairs + p2 * v2 / gain) / v1],
        [(p1 * v1 / gain - r2 * p1 / repairs) / v2, (r1 + p2 - r2 * p2 / repairs - p1 * v2 / gain) / v2],
    ])  # fmt: skip
    values, vectors = (np.real(found) for found in np.linalg.eig(slope))
    end = np.where(values > 0.0, room, 0.0)
    empty, full = np.exp(-values * end), np.exp(values * (room - end))
    steep = np.abs(values) * room > 1e-12
    inside = np.where(steep, (full - empty) / np.where(steep, values, 1.0), room)
    weights = np.array([vectors[0, 1] * empty[1], -vectors[0, 0] * empty[0]])  # nothing of the first state when empty
    at_empty, at_full, between = (vectors @ (weights * shape) for shape in (empty, full, inside))
    sign = math.copysign(1.0, at_empty[1])
    down_first = sign * float(at_empty[1]) * v2 / r1
    slowed = sign * float(at_full[1]) * v1 / p1  # failures of a slowed machine: p1 v2 / v1
    down_second = (p2 * slowed + v1 * sign * float(at_full[0])) / r2
    one, other = (sign * float(each) for each in between)
    both_up, both_down = (v2 * other - v1 * one) / gain, (p1 * one + p2 * other) / repairs
    total = one + other + both_up + both_down + down_first + down_second + slowed
    throughput = v2 * (both_up + other + slowed) / total
    return FluidPair(throughput, down_first / total, down_second / total, 0.0, slowed / total)


@dataclass(frozen=True, eq=False)
class Station:
    """One side of a buffer of parts.

    Attributes
    ----------
    law : Phases
        Time from one part to the next with all machines at work: of one machine, or of several together.
    machines : int
        Identical parallel machines. [-]
    waiting : int
        So many of the first phases are no work yet: the part lies in the buffer while an assembly waits for others. [-]
    fresh : (F,) float64, optional
        Chances to begin in each phase with a part that finds the buffer empty, where they are others. [-]
    """

    law: Phases
    machines: int = 1
    waiting: int = 0
    fresh: Floats | None = None


class PhasePair(NamedTuple):
    """What two stations and a buffer of parts do.

    Attributes
    ----------
    throughput : float
        [parts/s]
    starved : Wait
        What the second station waits for after a part: how often a machine of it finds nothing, and how long.
    blocked : Wait
        What a part of the first station waits for: how often it finds no room, and how long.
    """

    throughput: float
    starved: Wait
    blocked: Wait


def phase_pair(first: Station, second: Station, *, room: int) -> PhasePair:
    """Two stations with phase-type times and a finite buffer, blocking after service; exact.

    Parameters
    ----------
    first, second : Station
        The first is never short of parts, the second never of room.
    room : int
        Parts that fit between them. [parts], >= 0

    Notes
    -----
    Levels 0 .. K, K = room + machines of both, count the parts that the first has finished and the second has not. A
    station of several machines works at the rate of those that have work. Solved from the last level to the first.

    References
    ----------
    Neuts (1981), Matrix-Geometric Solutions, section 1.6 and Latouche, G., Ramaswami, V. (1999), Introduction to Matrix
    Analytic Methods in Stochastic Modeling, doi:10.1137/1.9780898719734, section 10.1 (linear level reduction).

    Examples
    --------
    Two exponential machines, room for two: 4/5.

    >>> machine = Station(exponential(1.0))
    >>> round(phase_pair(machine, machine, room=2).throughput, 9)
    0.8
    """
    levels = room + first.machines + second.machines
    chain = _Chain(first, second, levels)
    shares = chain.stationary()
    through = sum(chain.working(level) * float(shares[level] @ chain.leave_first[level]) for level in range(levels))
    return PhasePair(through, chain.starved(shares, through), chain.blocked(shares, through))


class _Chain:
    """The chain of a pair, level by level; phases of the second station vary fastest."""

    def __init__(self, first: Station, second: Station, levels: int) -> None:
        self.first, self.second, self.levels = first, second, levels
        out1, out2 = first.law.ending, second.law.ending
        one, two = np.eye(len(out1)), np.eye(len(out2))
        self.fresh = second.law.start if second.fresh is None else second.fresh
        self.room_left = np.diag(np.arange(len(out2)) >= second.waiting).astype(np.float64)  # at the last level but one
        on, off = np.outer(out1, first.law.start), np.outer(out2, second.law.start)
        self.usual = (_kron(on, two), _kron(one, off))
        self.up = {0: _kron(on, self.fresh[None, :])}
        self.up[levels - 1] = _kron(out1[:, None], self.room_left)
        self.down = {1: _kron(one, out2[:, None]), levels: _kron(first.law.start[None, :], off)}
        self.within = (_kron(first.law.moves, two), _kron(one, second.law.moves))
        self.within_last = _kron(first.law.moves, self.room_left)
        inside = np.asarray(np.repeat(out1, len(out2)))
        self.leave_first: dict[int, Floats] = {0: out1, **dict.fromkeys(range(1, levels), inside)}
        self.leave_first[levels - 1] = np.asarray(np.outer(out1, np.diag(self.room_left)).ravel(), dtype=np.float64)

    def working(self, level: int) -> float:
        """Share of the machines of the first station that work. [-]"""
        return min(self.levels - level, self.first.machines) / self.first.machines

    def supplied(self, level: int) -> float:
        """Share of the machines of the second station that work. [-]"""
        return min(level, self.second.machines) / self.second.machines

    def stationary(self) -> list[Floats]:
        """Share of time in each level and phase."""
        steps = self._steps()
        count = len(self.first.law.start)
        balance = self.first.law.moves + self.supplied(1) * steps[1] @ self.down[1]
        rows = np.vstack([balance.T[:-1], np.ones(count)])
        shares = [np.linalg.solve(rows, np.eye(count)[-1])]
        for level in range(1, self.levels + 1):
            shares.append(shares[-1] @ steps[level])
        total = sum(float(each.sum()) for each in shares)
        return [each / total for each in shares]

    def _steps(self) -> dict[int, Floats]:
        """From the shares of a level to those of the next, by level."""
        top = self.levels
        last = self.working(top - 1) * self.up[top - 1] @ np.linalg.inv(-self.second.law.moves)
        steps: dict[int, Floats] = {top: last}
        for level in range(top - 1, 0, -1):
            if self._is_as_above(level, steps):
                steps[level] = steps[level + 1]
                continue
            rise, fall = self.up.get(level - 1, self.usual[0]), self.down.get(level + 1, self.usual[1])
            ahead = self.within_last if level == top - 1 else self.within[0]
            own = self.working(level) * ahead + self.supplied(level) * self.within[1]
            out = -(own + self.supplied(level + 1) * steps[level + 1] @ fall)
            steps[level] = np.asarray(np.linalg.solve(out.T, self.working(level - 1) * rise.T).T, dtype=np.float64)
        return steps

    def _is_as_above(self, level: int, steps: dict[int, Floats]) -> bool:
        """Whether the levels of a long buffer have become alike."""
        alike = self.second.machines <= level and 1 < level < self.levels - self.first.machines - 2
        if not alike:
            return False
        before, after = steps[level + 2], steps[level + 1]
        return before is after or (before.shape == after.shape and float(np.abs(after - before).max()) < STEADY)

    def starved(self, shares: list[Floats], through: float) -> Wait:
        """What the second station waits for."""
        if self.second.machines == 1:
            phases = len(self.first.law.start)
            left = shares[1].reshape(phases, -1) @ self.second.law.ending
            return _wait(left, through, self.first.law.moves)
        lost = sum((1.0 - self.supplied(level)) * shares[level].sum() for level in range(self.second.machines))
        often = sum(self._out(shares, level) for level in range(1, self.second.machines + 1))
        return _rare(float(often), float(lost), through)

    def blocked(self, shares: list[Floats], through: float) -> Wait:
        """What a part of the first station waits for."""
        if self.first.machines == 1:
            return _wait(self._held(shares), through, self._until_room())
        most = range(self.levels - self.first.machines, self.levels)
        lost = sum((1.0 - self.working(level + 1)) * shares[level + 1].sum() for level in most)
        often = sum(self.working(level) * shares[level] @ self.leave_first[level] for level in most)
        return _rare(float(often), float(lost), through)

    def _held(self, shares: list[Floats]) -> Floats:
        """Parts of the first station that find no room, by the phase in which the second then is. [1/s]"""
        phases, waiting = len(self.first.law.start), self.second.waiting
        held = (self.first.law.ending @ shares[self.levels - 1].reshape(phases, -1)) @ self.room_left
        if waiting and self.levels == 2:
            held[:waiting] = float(self.first.law.ending @ shares[0]) * self.fresh[:waiting]
        elif waiting:
            held[:waiting] = (self.first.law.ending @ shares[self.levels - 2].reshape(phases, -1))[:waiting]
        return np.asarray(held)

    def _until_room(self) -> Floats:
        """Moves of the second station until it takes a part: the end of its work, then of its wait for others."""
        moves, waiting = self.second.law.moves.copy(), self.second.waiting
        moves[:waiting, waiting:] = 0.0
        moves[waiting:, :waiting] += np.outer(self.second.law.ending[waiting:], self.second.law.start[:waiting])
        return moves

    def _out(self, shares: list[Floats], level: int) -> float:
        """Parts that leave the second station from a level. [1/s]"""
        ending = self.second.law.ending
        if level == self.levels:
            return float(shares[level] @ ending)
        phases = len(self.first.law.start)
        return self.supplied(level) * float((shares[level].reshape(phases, -1) @ ending).sum())


def _kron(first: Floats, second: Floats) -> Floats:
    """Kronecker product of two matrices, a tenth of the time of the general one."""
    rows, columns = first.shape[0] * second.shape[0], first.shape[1] * second.shape[1]
    return np.asarray((first[:, None, :, None] * second[None, :, None, :]).reshape(rows, columns))


def _wait(flow: Floats, through: float, moves: Floats) -> Wait:
    """A wait for the end of a time that is in known phases when it begins; its first two moments."""
    total = float(flow.sum())
    if total <= 1e-12 * through:
        return Wait(0.0, exponential(1.0 / through))
    mean, square = Phases(flow / total, moves).moments()
    return Wait(min(1.0, total / through), of_moments(mean, square / mean**2 - 1.0))


def _rare(often: float, lost: float, through: float) -> Wait:
    """A wait that takes a known share of the time of a station of several machines."""
    if often <= 1e-12 * through or lost <= 0.0:
        return Wait(0.0, exponential(1.0 / through))
    return Wait(min(1.0, often / through), exponential(lost / often))
