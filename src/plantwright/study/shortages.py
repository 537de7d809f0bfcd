"""What stations waited for, as replications saw it: skills, items and tools, the longest wait first."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from plantwright.model.naming import called, thing_called
from plantwright.model.plant import Plant
from plantwright.model.worktime import first_year, hours
from plantwright.results import Estimate, Missing, Run, Shortage, StationRun
from plantwright.study.estimate import estimate, ratio


def shortages_at(plant: Plant, runs: Sequence[Run], name: str, confidence: float = 0.95) -> tuple[Shortage, ...]:
    """What the machines of a station waited for."""
    return _shortages(plant, runs, lambda run: (run.stations[name],), confidence)


def shortages_of(plant: Plant, runs: Sequence[Run], confidence: float = 0.95) -> tuple[Shortage, ...]:
    """What the machines of all stations together waited for."""
    return _shortages(plant, runs, lambda run: tuple(run.stations.values()), confidence)


def _shortages(
    plant: Plant, runs: Sequence[Run], stations: Callable[[Run], Sequence[StationRun]], confidence: float
) -> tuple[Shortage, ...]:
    year = hours([first_year(plant)])
    things = dict.fromkeys(thing for run in runs for station in stations(run) for thing in station.short_of)

    def share(run: Run, thing: Missing) -> float:
        waited = math.fsum(station.short_of.get(thing, 0.0) for station in stations(run))
        return ratio(waited, math.fsum(time for station in stations(run) for time in station.state_s.values()))

    found = []
    for thing in things:
        shares = [share(run, thing) for run in runs]
        machines = sum(station.machines for station in stations(runs[0]))
        found.append(
            Shortage(
                kind=thing.kind,
                key=thing.key,
                name=_name(plant, thing),
                share=estimate(shares, confidence),
                hours_per_year=estimate((each * machines * year for each in shares), confidence),
            )
        )
    return tuple(sorted(found, key=_longest))


def _longest(shortage: Shortage) -> float:
    hours: Estimate = shortage.hours_per_year
    return -(hours.mean or 0.0)


def _name(plant: Plant, thing: Missing) -> str:
    if thing.kind == "item":
        return thing_called(plant, thing.key)
    return called(plant.tools if thing.kind == "tool" else plant.skills, thing.key)
