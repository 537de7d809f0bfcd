"""Stations as queueing formulas see them: starts, times, how much these vary, breakdowns."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

from plantwright.model.distribution import Law
from plantwright.model.load import machine_hours, pieces_per_start, tasks
from plantwright.model.plant import Plant
from plantwright.model.station import Machine, Station
from plantwright.model.worktime import yearly_hours
from plantwright.results import RoughCutRow
from plantwright.study.rough import Rough
from plantwright.study.stops import between_s, uptime_s
from plantwright.study.wanted import Wanted


@dataclass(frozen=True, slots=True)
class Effective:
    """One station, for a unit of the mix.

    Attributes
    ----------
    name : str
        The station.
    machines : int
        [-]
    starts : float
        Starts of machines. [-]
    carried : float
        Units of products in a start, in the mean over all starts. [units]
    time_h : float
        Mean time of a start, without breakdowns. [h]
    scv : float
        Squared coefficient of variation of that time. [-]
    uptime_h : float
        Mean time worked between breakdowns of any kind; endless where there are none. [h]
    repair_h : float
        Mean time of a repair. [h]
    repair_square : float
        Mean square of it. [h2]
    hours : float
        Hours on shift in a year. [h]
    """

    name: str
    machines: int
    starts: float
    carried: float
    time_h: float
    scv: float
    uptime_h: float
    repair_h: float
    repair_square: float
    hours: float

    @property
    def passage_h(self) -> float:
        """Mean time of a start with the breakdowns that fall into it. [h]"""
        return self.time_h * (1.0 + self.repair_h / self.uptime_h)

    @property
    def passage_scv(self) -> float:
        """Squared coefficient of variation of the time with its breakdowns. [-]

        References
        ----------
        Gaver, D. P. (1962), doi:10.1111/j.2517-6161.1962.tb00438.x: the variance of what is added by failures of
        exponential uptime is their mean number times the mean square of the repair.
        """
        return self.scv + self.time_h / self.uptime_h * self.repair_square / self.passage_h**2


@dataclass(slots=True)
class _Sums:
    """What the tasks of one station add up to, for a unit of the mix."""

    starts: float = 0.0
    units: float = 0.0
    hours: float = 0.0
    squares: float = 0.0
    names: list[str] = field(default_factory=list)


def effective(plant: Plant, wanted: Wanted, rough: Rough) -> list[Effective]:
    """Every station with work, as a queue sees it; operations with alternatives are shared out evenly."""
    found: dict[str, _Sums] = {}
    for task in tasks(plant, wanted.units(1.0)):
        for name in task.operation.stations:
            station, sums = plant.stations[name], found.setdefault(name, _Sums())
            each = pieces_per_start(station, task.moves_as)
            pieces = task.pieces / len(task.operation.stations)
            hours = machine_hours(station, task) * each / _speed(station)
            own = scv(task.operation.law) if task.operation.law else 0.0
            sums.starts += pieces / each
            sums.units += pieces if task.thing in wanted.mix else 0.0
            sums.hours += pieces / each * hours
            sums.squares += pieces / each * (1.0 + own) * hours**2
    return [
        _effective(plant, row, found[row.station])
        for row in rough.rows
        if row.station in found and found[row.station].hours and row.efficiency
    ]


def _effective(plant: Plant, row: RoughCutRow, sums: _Sums) -> Effective:
    station, mean = plant.stations[row.station], sums.hours / sums.starts
    modes = list(_modes(plant, row.station, mean * 3600))
    often = math.fsum(rate for rate, _ in modes)
    weights = [(rate / often, law.mean / 3600, scv(law)) for rate, law in modes]
    repair = math.fsum(weight * hours for weight, hours, _ in weights)
    planned = 1.0 / row.efficiency / (1.0 + repair * often)  # what else the rough cut takes off: dated maintenance
    return Effective(
        name=row.station,
        machines=station.machine_count,
        starts=sums.starts,
        carried=sums.units / sums.starts,
        time_h=mean * planned,
        scv=max(0.0, sums.squares / sums.starts / mean**2 - 1.0),
        uptime_h=1.0 / often if often else math.inf,
        repair_h=repair,
        repair_square=math.fsum(weight * hours**2 * (1.0 + spread) for weight, hours, spread in weights),
        hours=max(1e-9, yearly_hours(plant, station.calendar)),
    )


def _modes(plant: Plant, name: str, cycle_s: float) -> Iterator[tuple[float, Law]]:
    """Ways in which a machine of a station stops: how often in an hour of work, in the mean over its machines."""
    station = plant.stations[name]
    different = (Machine(),) if isinstance(station.machines, int) else station.machines
    for machine in different:
        for failure in station.failures_of(machine):
            yield 3600 / uptime_s(failure, cycle_s) / len(different), failure.repair
        for stop in station.maintenance_of(machine):
            if stop.every_operations is not None:
                yield 3600 / (stop.every_operations * cycle_s) / len(different), stop.takes
            elif stop.every_busy is not None:
                yield 3600 / stop.every_busy.base / len(different), stop.takes
    for struck in plant.shared_failures.values():
        if struck.strikes(name, station.shop):
            yield 3600 / between_s(struck.uptime, struck), struck.repair


def _speed(station: Station) -> float:
    """Mean speed of the machines. [-]"""
    if isinstance(station.machines, int):
        return 1.0
    return math.fsum(machine.speed for machine in station.machines) / len(station.machines)


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
