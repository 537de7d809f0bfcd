"""Rough-cut arithmetic of a plant: hours of work in a unit against hours there are, station by station."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from plantwright.model.distribution import Law
from plantwright.model.failure import Failure, SharedFailure
from plantwright.model.flows import Amounts
from plantwright.model.load import Task, machine_hours, skill_hours, skill_loads, station_hours, station_loads, tasks
from plantwright.model.plant import Plant
from plantwright.model.station import Machine, Station
from plantwright.model.upkeep import hours_lost
from plantwright.results import RoughCutRow
from plantwright.study.wanted import Wanted

SCALE = 100_000.0
"""Units for which work is counted where there is no target: enough that rounding does not matter. [units]"""


@dataclass(frozen=True, slots=True)
class Rough:
    """What each station could make in the plant's first year if it never waited.

    Attributes
    ----------
    rows : tuple of RoughCutRow
        One per station with work, in document order.
    binding : str
        The station with the least.
    units_per_year : float
        What it could make. [units]
    spares : dict of str to float
        Machine-hours a year that go into spare parts. [h]
    people : dict of str to float
        Units a year that the people of each skill could make, absences counted. [units]
    """

    rows: tuple[RoughCutRow, ...]
    binding: str
    units_per_year: float
    spares: dict[str, float]
    people: dict[str, float]

    def row(self, station: str) -> RoughCutRow:
        """The row of a station that has work."""
        return next(row for row in self.rows if row.station == station)


def rough_cut(plant: Plant, wanted: Wanted) -> Rough:
    """Yearly output of every station from work, hours and mean availability.

    Parameters
    ----------
    plant
        A sound plant.
    wanted
        What counts as output.

    Notes
    -----
    Counts scrap, rework and breakdowns in the mean; neither setups, whose number depends on the sequence, nor waiting.
    Full batches. Spare parts are made first, whatever is left goes into units.
    """
    units = wanted.target or SCALE
    with_units = station_loads(plant, wanted.units(units) | wanted.spares)
    work = [task for task in tasks(plant, wanted.units(SCALE)) if task.pieces]
    spares = station_loads(plant, wanted.spares) if wanted.spares else dict.fromkeys(plant.stations, 0.0)
    rows = []
    for name, station in plant.stations.items():
        per_unit = max(0.0, with_units[name] - spares[name]) / units
        if per_unit <= 0.0:
            continue
        hours, efficiency = station_hours(plant, station), availability(plant, name, work)
        made = max(0.0, hours * efficiency - spares[name]) / per_unit
        load = with_units[name] / (hours * efficiency) if wanted.target and hours * efficiency else None
        machines = station.machine_count
        rows.append(RoughCutRow(name, station.shop, machines, per_unit, hours, efficiency, made, load))
    binding = min(rows, key=lambda row: row.units_per_year)
    return Rough(tuple(rows), binding.station, binding.units_per_year, spares, people_limits(plant, wanted))


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


def pieces_per_start(station: Station, moves_as: int) -> int:
    """Pieces that one start of a machine works on: a full batch, or one part."""
    parts = max(1, station.batch.max // moves_as) if station.batch else 1
    return parts * moves_as


def people_limits(plant: Plant, wanted: Wanted) -> dict[str, float]:
    """Units a year that people of each skill could make if they did nothing else and never waited. [units]"""
    loads = skill_loads(plant, wanted.units(SCALE))
    hours = skill_hours(plant)
    there = _presence(plant)
    return {
        skill: hours.get(skill, 0.0) * there.get(skill, 1.0) / (load / SCALE) for skill, load in loads.items() if load
    }


def _presence(plant: Plant) -> Amounts:
    """Share of the people of each skill that is not absent. [-]"""
    rostered: dict[str, float] = {}
    present: dict[str, float] = {}
    for crew in plant.crews.values():
        share = 1.0 - (crew.absence.base if crew.absence else 0.0)
        for skill in crew.skills:
            rostered[skill] = rostered.get(skill, 0.0) + crew.people
            present[skill] = present.get(skill, 0.0) + crew.people * share
    return {skill: present[skill] / people for skill, people in rostered.items() if people}


def part_moves(plant: Plant, amounts: Amounts) -> float:
    """Part moves that an amount of output takes, by arithmetic: every part at every operation once. [-]"""
    return math.fsum(task.pieces / task.moves_as for task in tasks(plant, amounts))
