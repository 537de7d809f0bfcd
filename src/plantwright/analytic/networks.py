"""Open plants with rework, station by station: how much passes, how regularly it arrives, how long it waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plantwright.analytic.queues import gigm_wait

Floats = NDArray[np.float64]


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
    variability solves Whitt's linear equations; unlimited rooms, no blocking. Passes that follow one another at once
    (rework at the same station) are taken as one, as Whitt proposes.

    References
    ----------
    Jackson, J. R. (1957), Networks of waiting lines, Operations Research 5(4), doi:10.1287/opre.5.4.518. Whitt, W.
    (1983), The queueing network analyzer, Bell System Technical Journal 62(9), doi:10.1002/j.1538-7305.1983.tb03204.x,
    sections 2.3 (parts that come straight back) and 4 (flow rates; variability of merged, split and departing flows).

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
    once = 1.0 - np.diag(shares)  # passes of a part that comes straight back are one long pass
    onward = shares / once[:, None]
    np.fill_diagonal(onward, 0.0)
    rates = np.asarray(np.linalg.solve(np.eye(len(time)) - onward.T, entering), dtype=np.float64)
    load = rates * time / once / count
    scvs = (1.0 - once + once * service_scv, outside_scv)
    arrival_scv = arrival_scvs(entering, onward, rates=rates, load=load, count=count, scvs=scvs)
    waits = once * np.array([
        gigm_wait(rate, mean, machines=int(number), arrival_scv=ca2, service_scv=cs2) if busy < 1.0 else np.inf
        for rate, mean, number, ca2, cs2, busy in zip(
            rates, time / once, count, arrival_scv, scvs[0], load, strict=True
        )
    ])  # fmt: skip
    parts = rates / once * (waits + time)
    return OpenNetwork(
        rates=rates / once,
        utilisation=load,
        waits=waits,
        arrival_scvs=arrival_scv,
        parts=parts,
        time_in_system=float(parts.sum() / entering.sum()),
    )


def arrival_scvs(
    entering: Floats,
    shares: Floats,
    *,
    rates: Floats,
    load: Floats,
    count: Floats,
    scvs: tuple[Floats, Floats],
    least: float = 0.2,
) -> Floats:
    """How irregularly parts arrive at each station: ca2(j) = a(j) + sum over i of ca2(i) b(i, j). (S,) [-]

    Parameters
    ----------
    entering, rates : (S,) floats
        Parts from outside, and all. [1/s]
    shares : (S, S) floats
        Share of the parts of a station that go to another next. [-]
    load, count : (S,) floats
        Share of time a machine works, and machines. [-]
    scvs : two of (S,) floats
        Squared coefficients of variation of service and of arrivals from outside. [-]
    least : float
        No station's times count as more regular than this: Whitt's 0.2 for open plants. [-]

    References
    ----------
    Whitt (1983), doi:10.1002/j.1538-7305.1983.tb03204.x, eqs 24 to 29.

    Examples
    --------
    Nothing but Poisson arrivals at one station:

    >>> one = np.ones(1)
    >>> arrival_scvs(one, np.zeros((1, 1)), rates=one, load=0.5 * one, count=one, scvs=(one, one)).tolist()
    [1.0]
    """
    service_scv, outside_scv = scvs
    busy = np.minimum(load, 1.0)
    arriving = np.where(rates > 0.0, rates, 1.0)
    flow = rates[:, None] * shares / arriving  # share of station j's arrivals that come from i
    outside = entering / arriving
    sources = 1.0 / (outside**2 + (flow**2).sum(axis=0) + (rates == 0.0))
    weight = 1.0 / (1.0 + 4.0 * (1.0 - busy) ** 2 * (sources - 1.0))
    departing = 1.0 + (np.maximum(service_scv, least) - 1.0) / np.sqrt(count)
    own = outside * outside_scv + (flow * ((1.0 - shares) + shares * (busy**2 * departing)[:, None])).sum(axis=0)
    constant = 1.0 + weight * (own - 1.0)
    carried = weight * flow * shares * (1.0 - busy**2)[:, None]
    return np.asarray(np.linalg.solve(np.eye(len(rates)) - carried.T, constant), dtype=np.float64)
