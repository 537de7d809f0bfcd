"""An estimate of the capacity by queueing formulas, in milliseconds: what random times and breakdowns cost."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from plantwright.analytic.queues import gigm_wait
from plantwright.model.distribution import Law
from plantwright.model.flows import Amounts
from plantwright.model.load import machine_hours, tasks
from plantwright.model.plant import Plant
from plantwright.model.worktime import yearly_hours
from plantwright.study.rough import Rough, pieces_per_start
from plantwright.study.wanted import Wanted

YEAR_H = 8766.0
"""A mean year. [h]"""
HALVINGS = 40


@dataclass(frozen=True, slots=True)
class Effective:
    """One station as a queue sees it, breakdowns inside its times.

    Attributes
    ----------
    machines : int
        [-]
    starts : float
        Starts of machines in a unit of the mix. [-]
    product_starts : float
        Those of them that a product waits for. [-]
    time_h : float
        Mean time of a start, its share of breakdowns counted. [h]
    scv : float
        Squared coefficient of variation of that time. [-]
    hours : float
        Hours on shift in a year. [h]
    """

    machines: int
    starts: float
    product_starts: float
    time_h: float
    scv: float
    hours: float


def queueing_estimate(plant: Plant, wanted: Wanted, rough: Rough, *, conwip: Mapping[str, int]) -> float:
    """Units a year of a plant whose products circulate in fixed number. [units]

    Parameters
    ----------
    plant, wanted, rough
        A sound plant, what counts as output, and its rough cut.
    conwip
        Units of each product in process.

    Notes
    -----
    Fixed population mean: the rate at which the mean number of units on the products' routes, work and GI/G/m waits
    together, is the number allowed. Components count as present as long as their stations can keep up. Rooms, crews,
    setups and what calendars do to each other are left out. With no limit to the units it is the rough cut.

    References
    ----------
    Whitt, W. (1984), Open and closed models for networks of queues, AT&T Bell Laboratories Technical Journal 63(9),
    section 4 (fixed population mean). Breakdowns: Hopp & Spearman (2011), Factory Physics, equation 8.6.
    """
    population = float(sum(conwip.values()))
    if not population:
        return rough.units_per_year
    stations = effective(plant, wanted, rough)
    low, high = 0.0, rough.units_per_year
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if _units_in_process(stations, middle) < population:
            low = middle
        else:
            high = middle
    return low


def _units_in_process(stations: list[Effective], units_per_year: float) -> float:
    """Mean units on the products' routes at an output. [units]"""
    total = 0.0
    for station in stations:
        rate = units_per_year * station.starts / station.hours
        if rate * station.time_h >= station.machines:
            return math.inf
        if station.product_starts:
            wait = gigm_wait(rate, station.time_h, machines=station.machines, arrival_scv=1.0, service_scv=station.scv)
            stretched = (wait + station.time_h) * YEAR_H / station.hours
            total += units_per_year / YEAR_H * station.product_starts * stretched
    return total


def effective(plant: Plant, wanted: Wanted, rough: Rough) -> list[Effective]:
    """Every station with work, as a queue sees it."""
    starts: Amounts = {}
    of_products: Amounts = {}
    time: Amounts = {}
    square: Amounts = {}
    for task in tasks(plant, wanted.units(1.0)):
        for name in task.operation.stations:
            station = plant.stations[name]
            each = pieces_per_start(station, task.moves_as)
            count = task.pieces / each / len(task.operation.stations)
            hours = machine_hours(station, task) * each
            starts[name] = starts.get(name, 0.0) + count
            if task.thing in wanted.mix:
                of_products[name] = of_products.get(name, 0.0) + count
            time[name] = time.get(name, 0.0) + count * hours
            own = scv(task.operation.law) if task.operation.law else 0.0
            square[name] = square.get(name, 0.0) + count * (1.0 + own) * hours**2
    found = []
    for row in rough.rows:
        if time.get(row.station):
            name, count = row.station, starts[row.station]
            mean = time[name] / count
            own = square[name] / count / mean**2 - 1.0
            hours = max(1e-9, yearly_hours(plant, plant.stations[name].calendar))
            spread = own + _breakdown_scv(plant, name, row.efficiency, mean)
            found.append(
                Effective(row.machines, count, of_products.get(name, 0.0), mean / row.efficiency, spread, hours)
            )
    return found


def _breakdown_scv(plant: Plant, name: str, efficiency: float, mean_h: float) -> float:
    """What breakdowns add to the variability of a station's times. [-]"""
    failures = plant.stations[name].failures
    if not failures:
        return 0.0
    repairs = [failure.repair.mean / 3600 for failure in failures]
    longest = max(repairs)
    return (1.0 + scv(failures[repairs.index(longest)].repair)) * efficiency * (1.0 - efficiency) * longest / mean_h


def scv(law: Law) -> float:
    """Squared coefficient of variation of a law. [-]

    References
    ----------
    Johnson, N. L., Kotz, S., Balakrishnan, N. (1994), Continuous Univariate Distributions, Wiley,
    ISBN 978-0-471-58495-7: the chapters of the laws.

    Examples
    --------
    >>> scv(Law.model_validate("exponential(3 s)")), scv(Law.model_validate("erlang(3 s, 4)"))
    (1.0, 0.25)
    """
    args = [argument.base for argument in law.args]
    if not law.mean:
        return 0.0
    match law.kind:
        case "exponential":
            return 1.0
        case "uniform":
            return (args[1] - args[0]) ** 2 / 12 / law.mean**2
        case "triangular":
            low, mode, high = args
            return (low**2 + mode**2 + high**2 - low * mode - low * high - mode * high) / 18 / law.mean**2
        case "normal" | "lognormal" | "gamma":
            return (args[1] / args[0]) ** 2
        case "erlang":
            return 1.0 / args[1]
        case "weibull":
            return math.gamma(1 + 2 / args[1]) / math.gamma(1 + 1 / args[1]) ** 2 - 1
        case "geometric":
            return 1.0 - args[0]
        case _:
            return 0.0
