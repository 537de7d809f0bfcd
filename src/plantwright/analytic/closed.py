"""Loops with a fixed number of parts (CONWIP, pallets): exact for exponential times, by two moments for others."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaln

from plantwright.analytic.networks import arrival_scvs
from plantwright.analytic.queues import erlang_c, gigm_wait

Floats = NDArray[np.float64]

MOST_POPULATIONS = 100_000
"""Populations that the mean value analysis of several classes walks through: some seconds."""
LONG = 2_000
"""Parts from which sums are found by Fourier transform, right to 1e-10 where they count. [parts]"""
FEW = 500
"""Parts up to which `closed_estimate` starts from the exact throughput of exponential times; with more, queues are long
and both say the same. [parts]"""
HALVINGS = 50
"""Halvings of an interval of throughputs: to the last digit. [-]"""


@dataclass(frozen=True, eq=False)
class ClosedNetwork:
    """A loop with a fixed number of parts.

    Attributes
    ----------
    throughput : float
        Rounds completed per unit of time. [1/s]
    time_in_loop : float
        Mean time of one round. [s]
    parts : (S,) float64
        Mean parts at each station, waiting and in service. [parts]
    utilisation : (S,) float64
        Share of time a machine works. [-]
    """

    throughput: float
    time_in_loop: float
    parts: Floats
    utilisation: Floats


@dataclass(frozen=True, eq=False)
class ClosedClasses:
    """A loop with a fixed number of parts of each of several kinds.

    Attributes
    ----------
    throughputs : (I,) float64
        Rounds completed per unit of time by each kind. [1/s]
    times_in_loop : (I,) float64
        Mean time of one round of each kind. [s]
    parts : (I, S) float64
        Mean parts of each kind at each station. [parts]
    """

    throughputs: Floats
    times_in_loop: Floats
    parts: Floats


def closed_network(
    service_times: ArrayLike,
    parts: int,
    *,
    visits: ArrayLike | None = None,
    machines: ArrayLike | None = None,
    delay: float = 0.0,
) -> ClosedNetwork:
    """Throughput of a loop of exponential stations, exact for any number of machines.

    Parameters
    ----------
    service_times : (S,) floats
        Mean exponential time per visit on one machine. [s]
    parts : int
        Parts in the loop. [parts], >= 0
    visits : (S,) floats, optional
        Mean visits of each station per round, 1 each if not given. [-]
    machines : (S,) ints, optional
        Identical parallel machines, 1 each if not given. [-]
    delay : float
        Time per round spent where nobody waits (cure, travel); any law. [s], >= 0

    Notes
    -----
    The loop is the open network seen only while it holds ``parts`` parts: what each station holds is convolved. The
    rate of that open network is free; the one with the right mean keeps all numbers within range.

    References
    ----------
    Buzen, J. P. (1973), Computational algorithms for closed queueing networks with exponential servers, Communications
    of the ACM 16(9), doi:10.1145/362342.362345. With single machines the same as the mean value analysis of Reiser, M.,
    Lavenberg, S. S. (1980), Journal of the ACM 27(2), doi:10.1145/322186.322195.

    Examples
    --------
    Ten parts and five equal machines: N / (N + M - 1) = 10/14.

    >>> round(closed_network([1.0] * 5, 10).throughput * 14, 9)
    10.0
    """
    demand, count = _demands(service_times, visits, machines)
    everywhere = float(demand.sum()) + delay
    if parts == 0 or everywhere == 0.0:
        return ClosedNetwork(0.0, everywhere, np.zeros_like(demand), np.zeros_like(demand))
    rate = _rate_with(demand, count, parts=parts, delay=delay)
    held = [_held(rate * work, int(number), parts) for work, number in zip(demand, count, strict=True)]
    held.append(_held(rate * delay, parts, parts))
    chance = _sum_of(held, parts)
    throughput = rate * float(chance[-2] / chance[-1])
    together = [own * rest[::-1] for own, rest in zip(held, _sums_without(held[:-1], held[-1], parts))]
    mean = [float(np.arange(parts + 1) @ shares / shares.sum()) for shares in together]
    return ClosedNetwork(throughput, parts / throughput, np.array(mean), throughput * demand / count)


def closed_classes(service_times: ArrayLike, parts: ArrayLike, *, delays: ArrayLike = 0.0) -> ClosedClasses:
    """Throughput of each kind of part in a loop of single exponential machines, by mean value analysis.

    Parameters
    ----------
    service_times : (I, S) floats
        Mean time that a round of each kind takes of each station, visits counted. [s]
    parts : (I,) ints
        Parts of each kind in the loop. [parts], >= 0
    delays : (I,) floats or float
        Time per round spent where nobody waits. [s], >= 0

    Raises
    ------
    ValueError
        More than `MOST_POPULATIONS` populations up to this one.

    Notes
    -----
    Exact where the kinds take equally long at a station or it works on all its parts at once (processor sharing);
    first in first out with times that differ it is an approximation.

    References
    ----------
    Reiser, M., Lavenberg, S. S. (1980), Mean-value analysis of closed multichain queuing networks, Journal of the ACM
    27(2), doi:10.1145/322186.322195: an arriving part sees the loop as it is without it.

    Examples
    --------
    One part of each of two kinds at one machine of a second: each has half of it.

    >>> closed_classes([[1.0], [1.0]], [1, 1]).throughputs.tolist()
    [0.5, 0.5]
    """
    demand = np.asarray(service_times, dtype=np.float64)
    limits = tuple(int(number) for number in np.asarray(parts))
    delay = np.broadcast_to(np.asarray(delays, dtype=np.float64), demand.shape[:1])
    if math.prod(limit + 1 for limit in limits) > MOST_POPULATIONS:
        raise ValueError(f"more than {MOST_POPULATIONS} populations up to {limits}: use closed_estimate instead")
    length = np.zeros((*(limit + 1 for limit in limits), demand.shape[1]))
    present = np.zeros(demand.shape)
    throughput, response = np.zeros(len(limits)), demand.sum(axis=1) + delay
    for population in product(*(range(limit + 1) for limit in limits)):
        number = np.array(population, dtype=np.float64)
        seen = np.array([length[before] for before in _one_less(population)])
        passed = demand * (1.0 + seen)
        response = passed.sum(axis=1) + delay
        throughput = number / response
        present = throughput[:, None] * passed
        length[population] = present.sum(axis=0)
    return ClosedClasses(throughput, response, present)


def closed_estimate(
    service_times: ArrayLike,
    parts: float,
    *,
    visits: ArrayLike | None = None,
    machines: ArrayLike | None = None,
    scvs: ArrayLike = 1.0,
    routing: ArrayLike | None = None,
    carried: ArrayLike = 1.0,
    delay: float = 0.0,
) -> float:
    """Throughput of a loop with times of any law, many machines and any number of parts, in milliseconds. [1/s]

    Parameters
    ----------
    service_times, visits, machines, delay
        As in `closed_network`.
    parts : float
        Mean parts in the loop. [parts], >= 0
    scvs : (S,) floats or float
        Squared coefficients of variation of the times. [-], >= 0
    routing : (S, S) floats, optional
        Share of the parts of a station that go to another next, the way back into the loop included. Without it parts
        arrive at each station as if by chance (scv 1), as do those that replace what a row lacks to 1. [-]
    carried : (S,) floats or float
        Parts of the loop in what a station works on: less than 1 where it serves others too, more for lots. [-]

    Notes
    -----
    Whitt's fixed population mean, the throughput whose GI/G/m queues hold ``parts`` parts, except that a part meets
    only the others: its queues are those of a load (N - 1) / N of the station's own. How regularly parts arrive solves
    the linear equations of the open network. Up to `FEW` parts the result is used for what it says best, the ratio to
    exponential times, and multiplied with their exact throughput: exact for exponential times and for one part.

    References
    ----------
    Whitt, W. (1984), Open and closed models for networks of queues, AT&T Bell Laboratories Technical Journal 63(9),
    doi:10.1002/j.1538-7305.1984.tb00084.x, section 4. What a part meets: Schweitzer, P. J. (1979), Approximate analysis
    of multiclass closed networks of queues, International Conference on Stochastic Control and Optimization.

    Examples
    --------
    Two machines of constant seconds and two parts: none ever waits; exponential ones make 2/3.

    >>> loop = [[0.0, 1.0], [1.0, 0.0]]
    >>> [round(closed_estimate([1.0, 1.0], 2, scvs=scv, routing=loop), 6) for scv in (0.0, 1.0)]
    [1.0, 0.666667]
    """
    if parts <= 0:
        return 0.0
    demand, count = _demands(service_times, visits, machines)
    time = np.asarray(service_times, dtype=np.float64)
    held = np.broadcast_to(np.asarray(carried, dtype=np.float64), time.shape)
    if np.ptp(held) == 0.0 and held[0] > 0.0:  # lots of one size are parts
        parts, delay, held = parts / float(held[0]), delay / float(held[0]), np.ones_like(time)
    loop = _Loop(
        time=time,
        rounds=np.divide(demand, time, out=np.zeros_like(time), where=time > 0.0),
        count=count,
        scvs=np.broadcast_to(np.asarray(scvs, dtype=np.float64), time.shape),
        routing=None if routing is None else np.asarray(routing, dtype=np.float64),
        carried=held,
        delay=delay,
    )
    found = loop.throughput(parts)
    if not 1 < parts <= FEW or parts != int(parts) or np.any(loop.carried != 1.0):
        return found
    exponential = replace(loop, scvs=np.ones_like(time))
    exact = closed_network(service_times, int(parts), visits=visits, machines=machines, delay=delay).throughput
    return min(exact * found / exponential.throughput(parts), loop.fastest(parts))


@dataclass(frozen=True, eq=False)
class _Loop:
    """A loop of GI/G/m queues: times (S,) [s], rounds (S,) [-], machines (S,) [-], scvs (S,) [-], delay [s]."""

    time: Floats
    rounds: Floats
    count: Floats
    scvs: Floats
    routing: Floats | None
    carried: Floats
    delay: float

    def fastest(self, parts: float) -> float:
        """No loop is faster: every machine busy, or no part ever waiting. [1/s]"""
        work = self.time * self.rounds
        limit = float(np.min(np.divide(self.count, work, out=np.full_like(work, np.inf), where=work > 0.0)))
        alone = float(self.carried @ work) + self.delay
        return min(limit, parts / alone) if alone > 0.0 else limit

    def throughput(self, parts: float) -> float:
        """The rate at which the queues hold so many parts. [1/s]"""
        low, high = 0.0, self.fastest(parts)
        for _ in range(HALVINGS):
            middle = (low + high) / 2.0
            low, high = (middle, high) if self._present(middle, parts) < parts else (low, middle)
        return high

    def _present(self, throughput: float, parts: float) -> float:
        """Mean parts in the loop at a rate. [parts]"""
        rates = throughput * self.rounds
        met = rates * np.maximum(0.0, 1.0 - self.carried / parts)
        waits = [
            gigm_wait(rate, mean, machines=int(number), arrival_scv=ca2, service_scv=cs2)
            for rate, mean, number, ca2, cs2 in zip(
                met, self.time, self.count, self._arrival_scvs(rates), self.scvs, strict=True
            )
        ]
        return float((self.carried * rates) @ (np.array(waits) + self.time)) + throughput * self.delay

    def _arrival_scvs(self, rates: Floats) -> Floats:
        """How irregularly parts arrive at each station. (S,) [-]"""
        if self.routing is None:
            return np.ones_like(rates)
        load = np.minimum(rates * self.time / self.count, 1.0)
        by_chance = np.maximum(rates - rates @ self.routing, 0.0)
        scvs = (self.scvs, np.ones_like(rates))
        found = arrival_scvs(by_chance, self.routing, rates=rates, load=load, count=self.count, scvs=scvs, least=0.0)
        return np.maximum(found, 0.0)


def _demands(service_times: ArrayLike, visits: ArrayLike | None, machines: ArrayLike | None) -> tuple[Floats, Floats]:
    """Work of a round at each station and its machines. (S,) [s] and (S,) [-]"""
    time = np.asarray(service_times, dtype=np.float64)
    rounds = np.ones_like(time) if visits is None else np.asarray(visits, dtype=np.float64)
    return np.asarray(time * rounds), np.ones_like(time) if machines is None else np.asarray(machines, dtype=np.float64)


def _rate_with(demand: Floats, count: Floats, *, parts: int, delay: float) -> float:
    """Rate at which the open network holds so many parts in the mean. [1/s]"""
    low, high = 0.0, float(np.min(np.divide(count, demand, out=np.full_like(demand, np.inf), where=demand > 0.0)))
    high = min(high, parts / (float(demand.sum()) + delay))
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        held = middle * delay
        for work, number in zip(demand, count, strict=True):
            offered = middle * work
            held += offered + erlang_c(offered, int(number)) * offered / (number - offered)
        low, high = (middle, high) if held < parts else (low, middle)
    return low


def _held(offered: float, machines: int, most: int) -> Floats:
    """Shares of time in which a station holds 0 .. most parts, up to a factor. (most + 1,) [-]"""
    if offered == 0.0:
        return _nothing(most)
    number = np.arange(most + 1, dtype=np.float64)
    working = np.minimum(number, machines)
    logs = number * math.log(offered) - gammaln(working + 1.0) - (number - working) * math.log(machines)
    return np.asarray(np.exp(logs - logs.max()))


def _nothing(most: int) -> Floats:
    """Shares of time of what is always empty. (most + 1,) [-]"""
    return np.asarray(np.eye(1, most + 1)[0])


def _sum_of(shares: list[Floats], most: int) -> Floats:
    """Shares of time in which the stations together hold 0 .. most parts, up to a factor. (most + 1,) [-]"""
    total = _nothing(most)
    for each in shares:
        total = _convolved(total, each, most)
    return total


def _sums_without(shares: list[Floats], last: Floats, most: int) -> list[Floats]:
    """For each station what all others hold together; ``last`` is always among them."""
    before = [_sum_of([], most)]
    for each in shares[:-1]:
        before.append(_convolved(before[-1], each, most))
    after, found = last, []
    for each, earlier in zip(reversed(shares), reversed(before), strict=True):
        found.append(_convolved(earlier, after, most))
        after = _convolved(after, each, most)
    return found[::-1]


def _convolved(first: Floats, second: Floats, most: int) -> Floats:
    """Shares of a sum, kept near 1. (most + 1,) [-]"""
    if most < LONG:
        found = np.convolve(first, second)[: most + 1]
    else:
        size = 2 * most + 2
        found = np.maximum(np.fft.irfft(np.fft.rfft(first, size) * np.fft.rfft(second, size), size)[: most + 1], 0.0)
    return np.asarray(found / found.max(), dtype=np.float64)


def _one_less(population: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """The population without one part of each kind; as it is where there is none of that kind."""
    for kind, number in enumerate(population):
        yield (*population[:kind], max(0, number - 1), *population[kind + 1 :])
