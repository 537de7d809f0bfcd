"""Parts that wait for a station, or a carrier, that has left, found at the end of a run."""

from __future__ import annotations

import datetime as dt

from plantwright.arrays import Outcome
from plantwright.codes import MACHINE_DATE, NONE
from plantwright.compile.problem import Problem
from plantwright.model.plant import Plant
from plantwright.model.presence import latest_day
from plantwright.units import show_count


def stranded(plant: Plant, problem: Problem, outcome: Outcome) -> tuple[str, ...]:
    """A sentence for each station or carrier for which parts wait although it will never be there again."""
    world = outcome.world
    later = world.coming[world.clock.next_coming[0] :]
    to_come = {int(world.machine.station[row.who]) for row in later if row.kind == MACHINE_DATE and row.on}
    found = []
    for index, name in enumerate(problem.names.stations):
        parts = 0 if world.station.here[index] or index in to_come else _waiting(outcome, index)
        if parts:
            day = latest_day(plant.stations[name])
            found.append(f"{_told(parts, name, day)}: no other station can do their operation.")
    for index, name in enumerate(problem.names.carriers):
        carrier = plant.carriers[name]
        parts = _listed(outcome, int(world.carrier.first[index]))
        if parts and carrier.until is not None and world.carrier.away[index]:
            found.append(f"{_told(parts, name, carrier.until)}: nobody else goes their way.")
    return tuple(found)


def _waiting(outcome: Outcome, index: int) -> int:
    """Parts in the queue of a station, on their way to it, or blocked before it."""
    station = outcome.world.station[index]
    return int(station.waiting) + int(station.inbound) + _listed(outcome, int(station.first_blocked))


def _listed(outcome: Outcome, part: int) -> int:
    """Length of a list of parts, from its first one on."""
    parts = 0
    while part != NONE:
        parts += 1
        part = int(outcome.world.part.next[part])
    return parts


def _told(parts: int, name: str, day: dt.date | None) -> str:
    wait = "part waits" if parts == 1 else "parts wait"
    return f"{show_count(parts)} {wait} for {name}, which left on {day}"
