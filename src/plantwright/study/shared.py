"""Rough-cut arithmetic of what stations share: hours of carriers, conveyors and tools against those there are."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping

from plantwright.model.flows import Amounts
from plantwright.model.load import hours_present, machine_hours, station_shares, tasks
from plantwright.model.naming import called
from plantwright.model.plant import Plant
from plantwright.model.presence import carrier_span, cut, machine_span, tool_span
from plantwright.model.station import Machine, Station, Tool
from plantwright.model.ways import conveyor_loads, trips_of, ways_between
from plantwright.model.worktime import Interval, first_year, yearly_hours
from plantwright.results import SharedCutRow
from plantwright.study.stops import availability, pieces_per_start, uptime_s
from plantwright.study.wanted import Wanted

SECTIONS = {"carrier": "carriers", "conveyor": "conveyors", "tool": "tools"}
"""Where each kind stands in the document."""

Resource = tuple[str, str]
"""Kind (carrier, conveyor or tool) and id."""


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
    with_units = hours_taken(plant, wanted.units(units) | wanted.spares)
    spares = hours_taken(plant, wanted.spares) if wanted.spares else {}
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


def hours_taken(plant: Plant, amounts: Mapping[str, float]) -> dict[Resource, float]:
    """Hours for which an amount of output takes vehicles, begins of conveyors, and tools. [h]"""
    carriers = {("carrier", name): trips.hours for name, trips in trips_of(plant, amounts).items()}
    belts = {("conveyor", name): hours for name, hours in conveyor_loads(plant, amounts).items()}
    return carriers | belts | {("tool", name): hours for name, hours in _tool_loads(plant, amounts).items()}


def _tool_loads(plant: Plant, amounts: Mapping[str, float]) -> Amounts:
    """Hours for which tools are held or away. [h]"""
    if not plant.tools:
        return {}
    work = [task for task in tasks(plant, amounts) if task.pieces]
    shares = station_shares(plant, amounts)
    hours: defaultdict[str, float] = defaultdict(float)
    where = {name for task in work if task.operation.tools for name in task.operation.stations}
    paces = {name: _pace(plant.stations[name], availability(plant, name, work)) for name in sorted(where)}
    for task in work:
        for name, share in shares[task.thing, task.operation.op].items() if task.operation.tools else ():
            station = plant.stations[name]
            starts = share * task.pieces / pieces_per_start(station, task.moves_as)
            held = share * task.pieces * machine_hours(station, task) / paces[name]
            for tool, number in task.operation.tools.items():
                hours[tool] += number * (held + starts * _away(plant, plant.tools[tool], station))
    return {name: hours[name] for name in plant.tools if name in hours}


def _pace(station: Station, up: float) -> float:
    """How much of a machine-hour's work is done in an hour for which a machine has something to do. [-]"""
    return max(up, 1e-9) * sum(machine.speed for machine in station.each_machine) / station.machine_count


def _away(plant: Plant, tool: Tool, station: Station) -> float:
    """Hours on shift for which one use sends a tool away: its way back, and its share of a repair. [h]"""
    back = tool.return_.mean if tool.return_ else 0.0
    repair = tool.repair.mean / tool.life if tool.repair and tool.life else 0.0
    on_shift = yearly_hours(plant, station.calendar) / yearly_hours(plant, None)
    return (back + repair * on_shift) / 3600


def hours_there(plant: Plant, within: Interval | None = None) -> dict[Resource, float]:
    """Hours of all vehicles, conveyors and tools, in the plant's first year or in another interval. [h]"""
    asked = within or first_year(plant)
    found = {
        ("carrier", name): carrier.number * hours_present(plant, carrier.calendar, carrier_span(plant, carrier), asked)
        for name, carrier in plant.carriers.items()
    }
    found |= {("conveyor", name): hours for name, hours in _belt_hours(plant, asked).items()}
    for name, tool in plant.tools.items():
        span = cut(tool_span(plant, tool), asked)
        found["tool", name] = tool.number * _longest(plant, name, span) if span[0] < span[1] else 0.0
    return found


def _longest(plant: Plant, tool: str, within: Interval) -> float:
    """Most hours of a station at which a tool is used. [h]"""
    stations = {
        each
        for route in plant.routes.values()
        for operation in route
        if tool in operation.tools
        for each in operation.stations
    }
    return max((_open(plant, each, within) for each in stations), default=0.0)


def _belt_hours(plant: Plant, within: Interval) -> Amounts:
    """Hours of each conveyor: those of the stations before it. [h]"""
    hours: Amounts = dict.fromkeys(plant.conveyors, 0.0)
    for (before, _), index in ways_between(plant).items():
        name = plant.travel[index].conveyor
        if name is not None:
            hours[name] = max(hours[name], _open(plant, before, within))
    return hours


def _open(plant: Plant, station: str, within: Interval) -> float:
    """Hours for which a station is on shift. [h]"""
    there = machine_span(plant, plant.stations[station], Machine())
    return hours_present(plant, plant.stations[station].calendar, there, within)


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
