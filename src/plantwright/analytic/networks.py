"""Networks of stations: closed loops by mean value analysis, open plants with rework by decomposition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plantwright.analytic.queues import gigm_wait

Floats = NDArray[np.float64]


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
class OpenNetwork:
    """A plant fed at given rates.

    Attributes
    ----------
    rates : (S,) float64
        Parts through each station, repeats included. [1/s]
    utilisation : (S,) float64
        Share of time a machine works. [-]
    waits : (S,) float64
        Mean wait in each queue; infinite where the station cannot keep up. [s]
    arrival_scvs : (S,) float64
        Squared coefficient of variation of the times between arrivals. [-]
    parts : (S,) float64
        Mean parts at each station, waiting and in service. [parts]
    time_in_system : float
        Mean time from entering to leaving, over all parts. [s]
    """

    rates: Floats
    utilisation: Floats
    waits: Floats
    arrival_scvs: Floats
    parts: Floats
    time_in_system: float


def closed_network(
    service_times: ArrayLike,
    parts: int,
    *,
    visits: ArrayLike | None = None,
    machines: ArrayLike | None = None,
    delay: float = 0.0,
) -> ClosedNetwork:
    """Throughput of a loop (CONWIP, pallets) by mean value analysis.

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
        Time per round spent where nobody waits (cure, travel). [s], >= 0

    Notes
    -----
    Exact with single machines. A station of m machines is taken as one of m-fold speed followed by a delay of
    (m - 1)/m of the time: exact at one part and at saturation, a few per cent low between.

    References
    ----------
    Reiser, M., Lavenberg, S. S. (1980), Mean-value analysis of closed multichain queuing networks, Journal of the ACM
    27(2), doi:10.1145/322186.322195; parallel machines after Seidmann, A., Schweitzer, P. J., Shalev-Oren, S. (1987),
    Computerized closed queueing network models of flexible manufacturing systems, Large Scale Systems 12.

    Examples
    --------
    Ten parts and five equal machines: N / (N + M - 1) = 10/14.

    >>> round(closed_network([1.0] * 5, 10).throughput * 14, 9)
    10.0
    """
    time = np.asarray(service_times, dtype=np.float64)
    round_visits = np.ones_like(time) if visits is None else np.asarray(visits, dtype=np.float64)
    count = np.ones_like(time) if machines is None else np.asarray(machines, dtype=np.float64)
    demand = time * round_visits
    queued = demand / count  # per round, on one machine of m-fold speed
    elsewhere = delay + float(np.sum(demand - queued))
    length = np.zeros_like(time)
    throughput, response = 0.0, queued
    for population in range(1, parts + 1):
        response = queued * (1.0 + length)
        throughput = population / (elsewhere + float(response.sum()))
        length = throughput * response
    return ClosedNetwork(
        throughput=throughput,
        time_in_loop=elsewhere + float(response.sum()),
        parts=length + throughput * (demand - queued),
        utilisation=throughput * queued,
    )


def open_network(
    external_rates: ArrayLike,
    routing: ArrayLike,
    *,
    service_times: ArrayLike,
    machines: Sequence[int] | None = None,
    service_scvs: ArrayLike = 1.0,
    external_scvs: ArrayLike = 1.0,
) -> OpenNetwork:
    """Queues and utilisations of an open plant, rework loops included, station by station.

    Parameters
    ----------
    external_rates : (S,) floats
        Parts entering at each station. [1/s]
    routing : (S, S) floats
        Share of the parts of a station that go to another next; what is missing to 1 leaves (done, or scrap). [-]
    service_times : (S,) floats
        Mean time on one machine. [s]
    machines : (S,) ints, optional
        Identical parallel machines, 1 each if not given. [-]
    service_scvs, external_scvs : (S,) floats or float
        Squared coefficients of variation of the service times and of the times between external arrivals. [-]

    Notes
    -----
    Exact for Poisson arrivals and exponential times (Jackson). Otherwise each station is a GI/G/m queue whose arrival
    variability solves Whitt's linear equations; unlimited rooms, no blocking. Good to some 10 % below a load of 0.9.

    References
    ----------
    Jackson, J. R. (1957), Networks of waiting lines, Operations Research 5(4), doi:10.1287/opre.5.4.518. Whitt, W.
    (1983), The queueing network analyzer, Bell System Technical Journal 62(9), doi:10.1002/j.1538-7305.1983.tb03204.x,
    section 4 (flow rates; variability of merged, split and departing flows).

    Examples
    --------
    A test from which a tenth comes back: the station sees 0.45 / 0.9 = 0.5 a second.

    >>> plant = open_network([0.45], [[0.1]], service_times=[1.0])
    >>> plant.utilisation.round(9).tolist(), plant.parts.round(9).tolist()
    ([0.5], [1.0])
    """
    entering = np.asarray(external_rates, dtype=np.float64)
    shares = np.asarray(routing, dtype=np.float64)
    time = np.asarray(service_times, dtype=np.float64)
    count = np.ones_like(time) if machines is None else np.asarray(machines, dtype=np.float64)
    service_scv = np.broadcast_to(np.asarray(service_scvs, dtype=np.float64), time.shape)
    outside_scv = np.broadcast_to(np.asarray(external_scvs, dtype=np.float64), time.shape)
    rates = np.asarray(np.linalg.solve(np.eye(len(time)) - shares.T, entering), dtype=np.float64)
    load = rates * time / count
    arrival_scv = _arrival_scvs(entering, shares, rates=rates, load=load, count=count, scvs=(service_scv, outside_scv))
    waits = np.array([
        gigm_wait(rate, mean, machines=int(number), arrival_scv=ca2, service_scv=cs2) if busy < 1.0 else np.inf
        for rate, mean, number, ca2, cs2, busy in zip(rates, time, count, arrival_scv, service_scv, load, strict=True)
    ])  # fmt: skip
    parts = rates * (waits + time)
    return OpenNetwork(
        rates=rates,
        utilisation=load,
        waits=waits,
        arrival_scvs=arrival_scv,
        parts=parts,
        time_in_system=float(parts.sum() / entering.sum()),
    )


def _arrival_scvs(
    entering: Floats, shares: Floats, *, rates: Floats, load: Floats, count: Floats, scvs: tuple[Floats, Floats]
) -> Floats:
    """Whitt (1983), eqs 24 to 29: ca2(j) = a(j) + sum over i of ca2(i) b(i, j). (S,) [-]"""
    service_scv, outside_scv = scvs
    busy = np.minimum(load, 1.0)
    arriving = np.where(rates > 0.0, rates, 1.0)
    flow = rates[:, None] * shares / arriving  # share of station j's arrivals that come from i
    outside = entering / arriving
    sources = 1.0 / (outside**2 + (flow**2).sum(axis=0) + (rates == 0.0))
    weight = 1.0 / (1.0 + 4.0 * (1.0 - busy) ** 2 * (sources - 1.0))
    departing = 1.0 + (np.maximum(service_scv, 0.2) - 1.0) / np.sqrt(count)
    own = outside * outside_scv + (flow * ((1.0 - shares) + shares * (busy**2 * departing)[:, None])).sum(axis=0)
    constant = 1.0 + weight * (own - 1.0)
    carried = weight * flow * shares * (1.0 - busy**2)[:, None]
    return np.asarray(np.linalg.solve(np.eye(len(rates)) - carried.T, constant), dtype=np.float64)
