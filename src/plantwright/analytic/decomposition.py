"""Saturated lines and assemblies of any length with finite rooms, taken apart into pairs of stations, in milliseconds.

Each buffer is looked at with two imaginary stations: one before it, that does what all the plant upstream does to it,
and one after it, for all the plant downstream. They are found by going up and down the plant until all pairs agree.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from plantwright.analytic.blocking import SaturatedNetwork
from plantwright.analytic.pairs import Fluid, FluidPair, PhasePair, Station, fluid_pair, phase_pair
from plantwright.analytic.phases import (
    Phases,
    Wait,
    after_wait,
    before_wait,
    exponential,
    longest_of,
    of_moments,
    unreliable,
)

AGREED = 1e-4
"""Relative change of the throughput from sweep to sweep that is none. [-]"""
MOST_SWEEPS = 100
REGULAR = 0.25
"""Least squared coefficient of variation of a machine's times that is made of phases: four equal ones. [-]"""


@dataclass(frozen=True)
class Machine:
    """A station of a saturated plant as the decompositions see it.

    Attributes
    ----------
    time : float
        Mean time of a part on one machine, without failures. [s], > 0
    scv : float
        Squared coefficient of variation of that time. [-], >= 0
    machines : int
        Identical parallel machines. [-], >= 1
    uptime, repair : float
        Mean exponential time worked until a failure, and of the repair; endless and 0 for one that never fails. [s]
    """

    time: float
    scv: float = 1.0
    machines: int = 1
    uptime: float = math.inf
    repair: float = 0.0

    @property
    def alone(self) -> float:
        """What the station makes with nothing before and after it. [1/s]"""
        return self.machines / (self.time * (1.0 + self.repair / self.uptime))


def fluid_plant(machines: Sequence[Machine], into: Sequence[int], *, rooms: Sequence[float]) -> float:
    """Output of a saturated line or assembly of machines with constant times that fail. [1/s]

    Parameters
    ----------
    machines : (M,) Machine
        Their times count as constant. Parallel machines count as one of their joint speed, whose failures are as many
        times as frequent and as short: as large a loss, and the variance of so many independent machines.
    into : (M,) ints
        The machine each feeds, -1 where parts leave; a machine fed by several takes one part of each.
    rooms : (M,) floats
        Room of the queue after each machine. [parts]

    Notes
    -----
    Lines of equal speed: the equations of Dallery, David and Xie (DDX). Of unequal speeds: the same balance of
    frequencies and times of interruptions, and the speed of an imaginary machine is the mean over what it makes, slowed
    by its neighbour or not, as in the accelerated DDX of Burman. Parts are fluid: a line of discrete parts in step
    behaves as one with as much fluid as its queues have room. What buffers make differs a little where speeds do; their
    mean is returned. On the optimistic side: measured errors are on the page about closed forms.

    References
    ----------
    Dallery, Y., David, R., Xie, X. (1989), Approximate analysis of transfer lines with unreliable machines and finite
    buffers, IEEE Transactions on Automatic Control 34(9), doi:10.1109/9.35807. Burman, M. H. (1995), New results in
    flow line analysis, PhD thesis, MIT. Assembly: Gershwin, S. B. (1991), Assembly/disassembly systems: an efficient
    decomposition algorithm for tree-structured networks, IIE Transactions 23(4), doi:10.1080/07408179108963865.

    Examples
    --------
    Two machines are one pair, hence exact:

    >>> machine = Machine(1.0, uptime=100.0, repair=10.0)
    >>> round(fluid_plant([machine, machine], [1, -1], rooms=[8, 0]), 4)
    0.8551
    """
    if all(machine.repair == 0.0 for machine in machines):
        return min(machine.alone for machine in machines)
    plant = SaturatedNetwork(tuple(into), tuple(math.ceil(room) for room in rooms))
    own = [Fluid(each.machines / each.time, each.machines / each.uptime, _repairs(each)) for each in machines]
    return _decomposed(_FluidPlant(plant, own, tuple(rooms)), plant, machines)


def markov_plant(machines: Sequence[Machine], into: Sequence[int], *, rooms: Sequence[int]) -> float:
    """Output of a saturated line or assembly of machines with random times. [1/s]

    Parameters
    ----------
    machines : (M,) Machine
        Exponential times are taken as they are, with their failures; others by mean and scv, which counts as 1/4 where
        it is less. Failures of parallel machines and of machines whose times are not exponential are part of the scv.
    into : (M,) ints
        As in `fluid_plant`.
    rooms : (M,) ints
        Room of the queue after each machine; blocking after service. [parts]

    Notes
    -----
    What an imaginary station does between two parts is the work of its machine, before it a wait for the plant upstream
    and after it one for the plant downstream, each with the chance, mean and variance that the neighbouring pair shows.
    Waits of successive parts count as independent, which they are not quite: on the pessimistic side without room.

    References
    ----------
    Dallery, Y., Frein, Y. (1993), On decomposition methods for tandem queueing networks with blocking, Operations
    Research 41(2), doi:10.1287/opre.41.2.386. Two moments of the waits and parallel machines as in van Vuuren, M.,
    Adan, I. J. B. F., Resing-Sassen, S. A. E. (2005), Performance analysis of multi-server tandem queues with finite
    buffers and blocking, OR Spectrum 27(2-3), doi:10.1007/s00291-004-0189-z.

    Examples
    --------
    Two machines are one pair, hence exact; of three without room the Markov chain says 22/39 = 0.5641.

    >>> round(markov_plant([Machine(1.0)] * 2, [1, -1], rooms=[2, 0]), 9)
    0.8
    >>> round(markov_plant([Machine(1.0)] * 3, [1, 2, -1], rooms=[0, 0, 0]), 4)
    0.5556
    """
    plant = SaturatedNetwork(tuple(into), tuple(rooms))
    return _decomposed(_PhasePlant(plant, [_law(each) for each in machines], machines), plant, machines)


def plant_estimate(machines: Sequence[Machine], into: Sequence[int], *, rooms: Sequence[int]) -> float:
    """Output of a saturated line or assembly of machines with any times. [1/s]

    Parameters
    ----------
    machines, into, rooms
        As in `markov_plant`.

    Notes
    -----
    What random times cost, from constant ones (`fluid_plant`) to exponential ones (`markov_plant`), grows in proportion
    to their mean scv where machines fail. Where none does, times down to an scv of 1/4 are taken as they are; below,
    the cost goes on as the power of the scv that leads from 1/2 to 1/4.

    References
    ----------
    Between the two the rule is this project's own; its errors are on the page about closed forms.

    Examples
    --------
    Constant times that never fail make what the slowest machine makes:

    >>> plant_estimate([Machine(1.0, scv=0.0), Machine(2.0, scv=0.0)], [1, -1], rooms=[0, 0])
    0.5
    """
    constant = fluid_plant(machines, into, rooms=rooms)
    scv = _mean_scv(machines)
    if constant <= 0.0 or scv <= 0.0:
        return constant

    def lost(each_scv: float) -> float:
        varied = [replace(machine, scv=each_scv) for machine in machines]
        return max(0.0, constant - markov_plant(varied, into, rooms=rooms))

    if all(machine.repair == 0.0 for machine in machines):
        if scv >= REGULAR:
            return min(constant, markov_plant(machines, into, rooms=rooms))
        more, less = lost(2.0 * REGULAR), lost(REGULAR)
        return constant - less * (scv / REGULAR) ** math.log2(more / less) if less > 0.0 else constant
    if scv >= 1.0:
        return min(constant, markov_plant(machines, into, rooms=rooms))
    return constant - scv * lost(1.0)


def _mean_scv(machines: Sequence[Machine]) -> float:
    """Mean scv of the times, the busiest machines counting most. [-]"""
    fastest = min(each.alone for each in machines)
    weights = [(fastest / each.alone) ** 4 for each in machines]
    return math.fsum(weight * each.scv for weight, each in zip(weights, machines, strict=True)) / math.fsum(weights)


def _repairs(machine: Machine) -> float:
    """Repairs per time down. [1/s]"""
    return machine.machines / machine.repair if machine.repair > 0.0 else 1.0


def _law(machine: Machine) -> Phases:
    """Time from part to part of a station that always has work and room."""
    count, lost = machine.machines, machine.repair / machine.uptime
    if count == 1 and machine.scv == 1.0:
        if lost == 0.0:
            return exponential(machine.time)
        return unreliable(machine.time, uptime=machine.uptime, repair=machine.repair)
    mean = machine.time * (1.0 + lost)
    scv = machine.scv + 2.0 * machine.repair * lost / (machine.time * (1.0 + lost) ** 2)  # Gaver (1962)
    return of_moments(mean / count, 1.0 + (scv - 1.0) / math.sqrt(count), most=round(1.0 / REGULAR))


class _Plant(Protocol):
    """A plant taken apart: knows its pairs, and what each of the two sides of a buffer is."""

    def look(self, buffer: int) -> float:
        """Solve a pair; its throughput. [1/s]"""

    def look_up(self, buffer: int) -> None:
        """Find anew what is before a buffer, from the pairs upstream."""

    def look_down(self, buffer: int) -> None:
        """Find anew what is after a buffer, from the pairs downstream and beside it."""


def _decomposed(plant: _Plant, network: SaturatedNetwork, machines: Sequence[Machine]) -> float:
    """Go down and up the plant until nothing changes."""
    most = min(each.alone for each in machines)
    order = _downstream_order(network)
    if not order:
        return most
    found, before = dict.fromkeys(order, 0.0), 0.0
    for _ in range(MOST_SWEEPS):
        for buffer in order:
            plant.look_up(buffer)
            found[buffer] = plant.look(buffer)
        for buffer in reversed(order):
            plant.look_down(buffer)
            found[buffer] = plant.look(buffer)
        mean = math.fsum(found.values()) / len(found)
        if abs(mean - before) <= AGREED * mean:
            break
        before = mean
    return min(mean, most)


def _downstream_order(network: SaturatedNetwork) -> list[int]:
    """Buffers by the machine before them, those upstream first."""
    order: list[int] = []
    ends = [machine for machine, target in enumerate(network.into) if target < 0]
    while ends:
        machine = ends.pop()
        order += network.feeders[machine]
        ends += network.feeders[machine]
    return order[::-1]


@dataclass
class _FluidPlant:
    network: SaturatedNetwork
    own: list[Fluid]
    rooms: tuple[float, ...]
    before: dict[int, Fluid] = field(default_factory=dict)
    after: dict[int, Fluid] = field(default_factory=dict)
    pairs: dict[int, FluidPair] = field(default_factory=dict)

    def look(self, buffer: int) -> float:
        first = self.before.get(buffer, self.own[buffer])
        second = self.after.get(buffer, self.own[self.network.into[buffer]])
        self.before[buffer], self.after[buffer] = first, second
        self.pairs[buffer] = fluid_pair(first, second, room=self.rooms[buffer])
        return self.pairs[buffer].throughput

    def look_up(self, buffer: int) -> None:
        self.before[buffer] = self._seen(buffer, self.network.feeders[buffer], None)

    def look_down(self, buffer: int) -> None:
        machine = self.network.into[buffer]
        beside = [each for each in self.network.feeders[machine] if each != buffer]
        self.after[buffer] = self._seen(machine, beside, machine if self.network.into[machine] >= 0 else None)

    def _seen(self, machine: int, feeders: Sequence[int], outlet: int | None) -> Fluid:
        """A machine with what interrupts and slows it through some of its buffers."""
        own = self.own[machine]
        stops = [(self.pairs[each].starved, self.before[each].repair) for each in feeders]
        slow = [(self.pairs[each].slowed_by_first, self.before[each].speed) for each in feeders]
        rates = [self.pairs[each].throughput for each in feeders]
        if outlet is not None:
            stops.append((self.pairs[outlet].blocked, self.after[outlet].repair))
            slow.append((self.pairs[outlet].slowed_by_second, self.after[outlet].speed))
            rates.append(self.pairs[outlet].throughput)
        if not rates:
            return own
        made = math.fsum(rates) / len(rates)
        failures = own.failure * made / own.speed
        often = failures + math.fsum(share * repair for share, repair in stops)
        down = failures / own.repair + math.fsum(share for share, _ in stops)
        slowly = math.fsum(share for share, _ in slow)
        quickly = max(0.0, made - math.fsum(share * speed for share, speed in slow)) / own.speed
        speed = made / (quickly + slowly)
        return Fluid(speed, often * speed / made, often / down if down > 0.0 else own.repair)


@dataclass
class _PhasePlant:
    network: SaturatedNetwork
    laws: list[Phases]
    machines: Sequence[Machine]
    before: dict[int, Station] = field(default_factory=dict)
    after: dict[int, Station] = field(default_factory=dict)
    pairs: dict[int, PhasePair] = field(default_factory=dict)

    def look(self, buffer: int) -> float:
        machine = self.network.into[buffer]
        first = self.before.get(buffer) or Station(self.laws[buffer], self.machines[buffer].machines)
        second = self.after.get(buffer) or Station(self.laws[machine], self.machines[machine].machines)
        self.pairs[buffer] = phase_pair(first, second, room=self.network.rooms[buffer])
        return self.pairs[buffer].throughput

    def look_up(self, buffer: int) -> None:
        waits = [self.pairs[each].starved for each in self.network.feeders[buffer]]
        if waits:
            law = after_wait(longest_of(waits), self.laws[buffer])
            self.before[buffer] = Station(law, self.machines[buffer].machines)

    def look_down(self, buffer: int) -> None:
        machine = self.network.into[buffer]
        law = self.laws[machine]
        if self.network.into[machine] >= 0:
            law = before_wait(law, self.pairs[machine].blocked)
        beside = [self.pairs[each].starved for each in self.network.feeders[machine] if each != buffer]
        count = self.machines[machine].machines
        if not beside:
            self.after[buffer] = Station(law, count)
            return
        others = longest_of(beside)
        own = self.pairs[buffer].starved.law.moments()[0]
        left = longest_of([_left_over(each, own) for each in beside])
        chance = min(1.0, left.chance * left.law.moments()[0] / others.law.moments()[0])
        fresh = after_wait(Wait(chance, others.law), law).start
        waiting = len(others.law.start) if count == 1 and self.machines[buffer].machines == 1 else 0
        self.after[buffer] = Station(after_wait(others, law), count, waiting, fresh)


def _left_over(wait: Wait, elapsed: float) -> Wait:
    """What is left of a wait after another one, both exponential with their means."""
    mean = wait.law.moments()[0]
    return Wait(wait.chance * mean / (mean + elapsed), wait.law)
