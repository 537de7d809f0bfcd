"""The arithmetic that rules a target out before anything is run: hours, people, places, and the week."""

from __future__ import annotations

import math
from collections.abc import Iterator

from plantwright.errors import Finding
from plantwright.model.checks.fault import fault
from plantwright.model.flows import Amounts, target_amounts
from plantwright.model.handover import tight_places, tight_rooms
from plantwright.model.load import skill_hours, skill_loads, station_hours, station_loads
from plantwright.model.plant import Plant
from plantwright.model.sharing import SECTIONS, hours_taken, hours_there
from plantwright.model.ways import driver_loads
from plantwright.units import show_count

MARGIN = 0.90
"""Load at 100 % availability above which stops, changeovers and waiting will eat what is left. [-]"""


def station_targets(plant: Plant) -> Iterator[Finding]:
    """Stations without the hours for the target, or without a margin for stops."""
    wanted = target_amounts(plant)
    loads = station_loads(plant, wanted) if wanted else {}
    for name, load in loads.items():
        available = station_hours(plant, plant.stations[name])
        if load > available:
            yield fault(
                "W601",
                f"stations.{name}",
                f"rules the target out: it needs {show_count(load)} machine-hours a year and has "
                f"{show_count(available)}, without any stop; that makes {_reached(plant, wanted, available / load)}",
                _more_machines(plant, name, load, available),
            )
        elif load > MARGIN * available:
            yield fault(
                "W602",
                f"stations.{name}",
                f"meets the target only if it works {100 * load / available:.0f} % of its hours: stops and changeovers "
                f"have {100 * (1 - load / available):.0f} %",
                _more_machines(plant, name, load, available),
            )


def sharing_targets(plant: Plant) -> Iterator[Finding]:
    """Carriers, conveyors and tools without the hours for the target."""
    wanted = target_amounts(plant)
    loads = hours_taken(plant, wanted) if wanted else {}
    there = hours_there(plant) if loads else {}
    for (kind, name), load in loads.items():
        available = there[kind, name]
        if load > available:
            yield fault(
                "W606",
                f"{SECTIONS[kind]}.{name}",
                f"rules the target out: it is needed for {show_count(load)} hours a year{_ALWAYS[kind]} and there for "
                f"{show_count(available)}, without any stop; that makes {_reached(plant, wanted, available / load)}",
                _MORE[kind],
            )


_ALWAYS = {"carrier": ", always fully loaded,", "conveyor": ", part after part,", "tool": ""}
_MORE = {
    "carrier": "Write a larger number, a larger load, or a calendar with more hours.",
    "conveyor": "Write a higher speed or a smaller spacing.",
    "tool": "Write a larger number.",
}


def _more_machines(plant: Plant, name: str, load: float, available: float) -> str:
    station = plant.stations[name]
    if not available:
        return "Give it a calendar with working time."
    each = available / station.machine_count
    return (
        f"At 85 % it takes {math.ceil(load / (0.85 * each) - 1e-9)} machines where there are {station.machine_count}."
    )


def _reached(plant: Plant, wanted: Amounts, share: float) -> str:
    """How much of the target can be made."""
    units = {name: amount for name, amount in wanted.items() if name in plant.products} or wanted
    total = sum(units.values())
    return f"at most {show_count(total * share)} of {show_count(total)} units"


def people_targets(plant: Plant) -> Iterator[Finding]:
    """Skills without the hours for the target."""
    wanted = target_amounts(plant)
    present = skill_hours(plant)
    loads = skill_loads(plant, wanted) if wanted else {}
    for skill, driven in (driver_loads(plant, wanted) if wanted else {}).items():
        loads[skill] = loads.get(skill, 0.0) + driven
    for skill, load in loads.items():
        if load > present.get(skill, 0.0):
            yield fault(
                "W603",
                f"crews.{next((name for name, crew in plant.crews.items() if skill in crew.skills), '')}",
                f"rules the target out: the work needs {show_count(load)} hours of people with {skill} a year, the "
                f"crews have {show_count(present.get(skill, 0.0))}, nobody absent; that makes "
                f"{_reached(plant, wanted, present.get(skill, 0.0) / load)}",
                "Put more people on these crews, or on more shifts.",
            )


def handover_targets(plant: Plant) -> Iterator[Finding]:
    """Stations that cannot hold what the one before delivers, and rooms too small for two calendars."""
    wanted = target_amounts(plant)
    if not wanted:
        return
    for tight in tight_places(plant, wanted):
        if tight.load > MARGIN:
            yield fault(
                "W604",
                f"stations.{tight.station}.machines",
                f"{tight.machines} {tight.station} places cannot take what {tight.feeder_machines} {tight.feeder} "
                f"places deliver: {tight.needed} needed",
                f"Write {tight.needed} machines, or expect {tight.feeder} to be blocked.",
            )
    for room in tight_rooms(plant, wanted):
        yield fault(
            "W605",
            f"stations.{room.station}.room",
            f"rules the target out: {room.off} is off shift while {room.station} works, and only "
            f"{show_count(room.between)} pieces can stand between them; {room.station} then passes at most "
            f"{show_count(room.most)} good pieces a week of {show_count(room.need)} needed; that makes "
            f"{_reached(plant, wanted, room.most / room.need)}",
            f"Let {show_count(math.ceil(room.between_needed))} pieces stand there, or let both work the same hours.",
        )
