"""Queues with a limit: a room that turns parts away, and machines that share few repairers."""

from __future__ import annotations

from collections.abc import Sequence


def birth_death(births: Sequence[float], deaths: Sequence[float]) -> list[float]:
    """Stationary probabilities of a birth-and-death chain. (N + 1,) [-]

    Parameters
    ----------
    births : (N,) floats
        Rate from n to n + 1, n = 0 .. N - 1. [1/s]
    deaths : (N,) floats
        Rate from n + 1 to n, n = 0 .. N - 1. [1/s], > 0

    References
    ----------
    Gross et al. (2008), Fundamentals of Queueing Theory, doi:10.1002/9781118625651, section 2.1, eq. 2.3.

    Examples
    --------
    >>> birth_death([1.0], [3.0])
    [0.75, 0.25]
    """
    weights = [1.0]
    for birth, death in zip(births, deaths, strict=True):
        weights.append(weights[-1] * birth / death)
    total = sum(weights)
    return [weight / total for weight in weights]


def mm1k_loss(arrival_rate: float, service_time: float, *, places: int) -> float:
    """Share of arrivals turned away by M/M/1/K. [-]

    Parameters
    ----------
    arrival_rate : float
        [1/s]
    service_time : float
        Mean exponential time. [s]
    places : int
        Room of the queue plus the one on the machine, the K. [parts], >= 1

    References
    ----------
    Gross et al. (2008), doi:10.1002/9781118625651, section 2.4: p(K) = (1 - rho) rho^K / (1 - rho^(K+1)).

    Examples
    --------
    One place, as many arriving as can be served: half are lost.

    >>> mm1k_loss(1.0, 1.0, places=1)
    0.5
    """
    return birth_death([arrival_rate] * places, [1.0 / service_time] * places)[-1]


def mm1k_throughput(arrival_rate: float, service_time: float, *, places: int) -> float:
    """Parts that M/M/1/K accepts and makes per unit of time. [1/s] Parameters and source as in `mm1k_loss`.

    Examples
    --------
    >>> round(mm1k_throughput(0.9, 1.0, places=2), 6)
    0.630996
    """
    return arrival_rate * (1.0 - mm1k_loss(arrival_rate, service_time, places=places))


def repair_availability(machines: int, repairers: int, *, uptime: float, repair_time: float) -> float:
    """Share of time a machine is up when machines wait for one of a few repairers. [-]

    Parameters
    ----------
    machines, repairers : int
        [-], >= 1
    uptime : float
        Mean exponential time from the end of a repair to the next failure, by the clock. [s]
    repair_time : float
        Mean exponential time of the repair itself, without the wait for the repairer. [s]

    References
    ----------
    Gross et al. (2008), doi:10.1002/9781118625651, section 2.7 (finite-source queues).

    Examples
    --------
    One machine with its own repairer is up 100 / 110 of the time.

    >>> round(repair_availability(1, 1, uptime=100.0, repair_time=10.0), 6)
    0.909091
    """
    failures = [(machines - down) / uptime for down in range(machines)]
    repairs = [min(down + 1, repairers) / repair_time for down in range(machines)]
    shares = birth_death(failures, repairs)
    return 1.0 - sum(down * share for down, share in enumerate(shares)) / machines
