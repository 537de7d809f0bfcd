"""What failures and maintenance take of machines, in the mean."""

from __future__ import annotations

import math
from collections.abc import Sequence

from plantwright.model.distribution import Law
from plantwright.model.failure import Failure, SharedFailure
from plantwright.model.load import Task, machine_hours, pieces_per_start, station_hours
from plantwright.model.plant import Plant
from plantwright.model.station import Machine, Station
from plantwright.model.upkeep import hours_lost


def availability(plant: Plant, name: str, work: Sequence[Task]) -> float:
    """Mean share of its hours that a machine is neither down nor maintained, repairers always at hand. [-]

    Parameters
    ----------
    plant, name
        The plant and the station.
    work
        Everything that the plant does for an amount of the mix.

    References
    ----------
    Hopp, W. J., Spearman, M. L. (2011), Factory Physics, 3rd ed., ISBN 978-1-57766-739-1, section 8.4.1:
    m_f / (m_f + m_r), modes added by their repair time per hour of uptime.
    """
    station = plant.stations[name]
    cycle = mean_cycle(station, name, work)
    struck = [each for each in plant.shared_failures.values() if each.strikes(name, station.shop)]
    common = sum(each.repair.mean / between_s(each.uptime, each) for each in struck)
    different = (Machine(),) if isinstance(station.machines, int) else station.machines
    return math.fsum(_up(plant, name, machine, cycle, common) for machine in different) / len(different)


def _up(plant: Plant, name: str, machine: Machine, cycle: float, common: float) -> float:
    """Mean share of its hours that one machine is neither down nor maintained. [-]"""
    station = plant.stations[name]
    lost = common + sum(each.repair.mean / uptime_s(each, cycle) for each in station.failures_of(machine))
    dated = 0.0
    for stop in station.maintenance_of(machine):
        dated += hours_lost(plant, station, stop, machine)
        if stop.every_operations is not None:
            lost += stop.takes.mean / max(stop.every_operations * cycle, 1e-9)
        elif stop.every_busy is not None:
            lost += stop.takes.mean / stop.every_busy.base
    hours = station_hours(plant, station.model_copy(update={"machines": (machine.model_copy(update={"speed": 1.0}),)}))
    return max(0.0, 1.0 - dated / hours if hours else 1.0) / (1.0 + lost)


def uptime_s(failure: Failure, cycle: float) -> float:
    """Mean time from repair to failure. [s]"""
    if failure.uptime.by == "operations":
        return max(failure.uptime.law.mean * cycle, 1e-9)
    return between_s(failure.uptime.law, failure)


def between_s(uptime: Law, failure: Failure | SharedFailure) -> float:
    """Mean time from repair to failure by the clock or by busy time. [s]"""
    mean = uptime.mean - failure.repair.mean if failure.counted_from == "start" else uptime.mean
    return max(mean, 1e-9)


def mean_cycle(station: Station, name: str, work: Sequence[Task]) -> float:
    """Mean machine time of one start at a station, over the work of the plant. [s]"""
    time, starts = 0.0, 0.0
    for task in work:
        if name in task.operation.stations:
            count = task.pieces / pieces_per_start(station, task.moves_as)
            starts += count
            time += task.pieces * machine_hours(station, task) * 3600
    return time / starts if starts else 0.0
