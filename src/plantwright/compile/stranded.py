"""Parts that wait for a station whose machines have all left, found at the end of a run."""

from __future__ import annotations

import datetime as dt

from plantwright.arrays import MACHINE_DATE, NONE, Outcome
from plantwright.compile.problem import Problem
from plantwright.model.plant import Plant
from plantwright.model.presence import latest_day
from plantwright.units import show_count


def stranded(plant: Plant, problem: Problem, outcome: Outcome) -> tuple[str, ...]:
    """A sentence for each station before which parts wait although none of its machines will ever be there again."""
    world = outcome.world
    later = world.coming[world.clock.next_coming[0] :]
    to_come = {int(world.machine.station[row.who]) for row in later if row.kind == MACHINE_DATE and row.on}
    found = []
    for index, name in enumerate(problem.names.stations):
        parts = 0 if world.station.here[index] or index in to_come else _waiting(outcome, index)
        if parts:
            found.append(_told(name, parts, latest_day(plant.stations[name])))
    return tuple(found)


def _waiting(outcome: Outcome, index: int) -> int:
    """Parts in the queue of a station, on their way to it, or blocked before it."""
    world = outcome.world
    station = world.station[index]
    parts = int(station.waiting) + int(station.inbound)
    part = int(station.first_blocked)
    while part != NONE:
        parts += 1
        part = int(world.part.next[part])
    return parts


def _told(name: str, parts: int, day: dt.date | None) -> str:
    wait = "part waits" if parts == 1 else "parts wait"
    return f"{show_count(parts)} {wait} at {name}, which left on {day}: no other station can do their operation."
