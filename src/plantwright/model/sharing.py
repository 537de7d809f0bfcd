"""Hours that carriers, conveyors and tools have to give for what a plant delivers, and the hours there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from plantwright.model.flows import Amounts
from plantwright.model.load import hours_present, machine_hours, pieces_per_start, station_shares, tasks
from plantwright.model.plant import Plant
from plantwright.model.presence import carrier_span, cut, machine_span, tool_span
from plantwright.model.station import Machine, Station, Tool
from plantwright.model.ways import conveyor_loads, trips_of, ways_between
from plantwright.model.worktime import Interval, first_year, yearly_hours

SECTIONS = {"carrier": "carriers", "conveyor": "conveyors", "tool": "tools"}
"""Where each kind stands in the document."""

Resource = tuple[str, str]
"""Kind (carrier, conveyor or tool) and id."""


def hours_taken(
    plant: Plant, amounts: Mapping[str, float], up: Mapping[str, float] | None = None
) -> dict[Resource, float]:
    """Hours for which an amount of output takes vehicles, begins of conveyors, and tools. [h]

    Parameters
    ----------
    plant, amounts
        The plant, and pieces by id of product or item.
    up
        Share of the time for which a station has something to do that it is not down, and holds its tools for work; 1
        where it is left out. [-]
    """
    carriers = {("carrier", name): trips.hours for name, trips in trips_of(plant, amounts).items()}
    belts = {("conveyor", name): hours for name, hours in conveyor_loads(plant, amounts).items()}
    return carriers | belts | {("tool", name): hours for name, hours in _tool_loads(plant, amounts, up or {}).items()}


def _tool_loads(plant: Plant, amounts: Mapping[str, float], up: Mapping[str, float]) -> Amounts:
    """Hours for which tools are held or away. [h]"""
    if not plant.tools:
        return {}
    work = [task for task in tasks(plant, amounts) if task.pieces]
    shares = station_shares(plant, amounts)
    hours: defaultdict[str, float] = defaultdict(float)
    for task in work:
        for name, share in shares[task.thing, task.operation.op].items() if task.operation.tools else ():
            station = plant.stations[name]
            starts = share * task.pieces / pieces_per_start(station, task.moves_as)
            held = share * task.pieces * machine_hours(station, task) / _pace(station, up.get(name, 1.0))
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
