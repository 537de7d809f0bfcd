"""Rough-cut arithmetic of what stations share: hours of carriers, conveyors and tools against those there are."""

from __future__ import annotations

import math

from plantwright.model.load import tasks
from plantwright.model.naming import called
from plantwright.model.plant import Plant
from plantwright.model.sharing import SECTIONS, hours_taken, hours_there
from plantwright.model.ways import trips_of
from plantwright.results import SharedCutRow
from plantwright.study.stops import availability, uptime_s
from plantwright.study.wanted import Wanted


def shared_cut(plant: Plant, wanted: Wanted, *, units: float) -> tuple[SharedCutRow, ...]:
    """What each carrier, conveyor and tool that has something to do could make in the plant's first year.

    Parameters
    ----------
    plant
        A sound plant.
    wanted
        What counts as output.
    units
        The output for which work is counted. [units]

    Notes
    -----
    Carriers go with a full load. Conveyors take parts while the stations before them work. Tools are held while they
    work, mean stops of the machine included, and are away for their return and repair; mounting is left out as setups
    are. Spare parts are made first.
    """
    up_with_tools = tool_stations_up(plant, wanted, units)
    with_units = hours_taken(plant, wanted.units(units) | wanted.spares, up_with_tools)
    spares = hours_taken(plant, wanted.spares, up_with_tools) if wanted.spares else {}
    there = hours_there(plant)
    rows = []
    for resource, hours in with_units.items():
        before = spares.get(resource, 0.0)
        per_unit = max(0.0, hours - before) / units
        if per_unit <= 0.0:
            continue
        kind, name = resource
        up = vehicle_availability(plant, name, wanted) if kind == "carrier" else 1.0
        usable = there[resource] * up
        rows.append(
            SharedCutRow(
                kind=kind,
                resource=name,
                name=called(getattr(plant, SECTIONS[kind]), name),
                number=1 if kind == "conveyor" else getattr(plant, SECTIONS[kind])[name].number,
                hours_per_unit=per_unit,
                hours_per_year=there[resource],
                efficiency=up,
                units_per_year=max(0.0, usable - before) / per_unit,
                load_at_target=hours / usable if wanted.target and usable else None,
            )
        )
    return tuple(rows)


def tool_stations_up(plant: Plant, wanted: Wanted, units: float) -> dict[str, float]:
    """Mean share of its hours that each station with tools is not down: they stay on its machines meanwhile. [-]"""
    operations = [operation for route in plant.routes.values() for operation in route if operation.tools]
    names = dict.fromkeys(name for operation in operations for name in operation.stations)
    work = [task for task in tasks(plant, wanted.units(units)) if task.pieces] if names else []
    return {name: availability(plant, name, work) for name in names}


def vehicle_availability(plant: Plant, name: str, wanted: Wanted) -> float:
    """Mean share of its hours that a carrier's vehicle is not down. [-]

    References
    ----------
    As of machines: `plantwright.study.stops.availability`.
    """
    trips = trips_of(plant, wanted.units(1.0))[name]
    cycle = 3600 * trips.hours / trips.number
    lost = math.fsum(each.repair.mean / uptime_s(each, cycle) for each in plant.carriers[name].failures)
    return 1.0 / (1.0 + lost)
