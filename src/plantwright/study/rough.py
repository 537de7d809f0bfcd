"""Rough-cut arithmetic of a plant: hours of work in a unit against the hours of stations and of what they share."""

from __future__ import annotations

import math
from dataclasses import dataclass

from plantwright.model.flows import Amounts
from plantwright.model.load import skill_hours, skill_loads, station_hours, station_loads, tasks
from plantwright.model.plant import Plant
from plantwright.model.ways import driver_loads
from plantwright.results import RoughCutRow, SharedCutRow
from plantwright.study.shared import shared_cut
from plantwright.study.stops import availability
from plantwright.study.wanted import Wanted

SCALE = 100_000.0
"""Units for which work is counted where there is no target: enough that rounding does not matter. [units]"""


@dataclass(frozen=True, slots=True)
class Rough:
    """What each station, carrier, conveyor and tool could make in the plant's first year if it never waited.

    Attributes
    ----------
    rows : tuple of RoughCutRow
        One per station with work, in document order.
    binding : str
        The station with the least.
    shared : tuple of SharedCutRow
        One per carrier, conveyor and tool with something to do.
    spares : dict of str to float
        Machine-hours a year that go into spare parts. [h]
    people : dict of str to float
        Units a year that the people of each skill could make, absences counted. [units]
    """

    rows: tuple[RoughCutRow, ...]
    binding: str
    shared: tuple[SharedCutRow, ...]
    spares: dict[str, float]
    people: dict[str, float]

    @property
    def least(self) -> RoughCutRow | SharedCutRow:
        """What could make the least: a station, or what stations share."""
        rows: list[RoughCutRow | SharedCutRow] = [self.row(self.binding), *self.shared]
        return min(rows, key=lambda row: row.units_per_year)

    @property
    def units_per_year(self) -> float:
        """What it could make. [units]"""
        return self.least.units_per_year

    def row(self, station: str) -> RoughCutRow:
        """The row of a station that has work."""
        return next(row for row in self.rows if row.station == station)


def rough_cut(plant: Plant, wanted: Wanted) -> Rough:
    """Yearly output of every station, carrier, conveyor and tool from work, hours and mean availability.

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
    shared = shared_cut(plant, wanted, units=units)
    return Rough(tuple(rows), binding.station, shared, spares, people_limits(plant, wanted))


def people_limits(plant: Plant, wanted: Wanted) -> dict[str, float]:
    """Units a year that people of each skill could make if they did nothing else and never waited. [units]"""
    loads = skill_loads(plant, wanted.units(SCALE))
    for skill, driven in driver_loads(plant, wanted.units(SCALE)).items():
        loads[skill] = loads.get(skill, 0.0) + driven
    hours = skill_hours(plant)
    there = presence(plant)
    return {
        skill: hours.get(skill, 0.0) * there.get(skill, 1.0) / (load / SCALE) for skill, load in loads.items() if load
    }


def presence(plant: Plant) -> Amounts:
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
