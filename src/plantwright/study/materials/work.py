"""What making a piece takes of the stations, and the hours they have."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from plantwright.compile.materials import Horizon, Materials
from plantwright.model.flows import needs
from plantwright.model.load import machine_hours, station_hours, station_shares, tasks
from plantwright.model.plant import Plant
from plantwright.problems.materials import Floats
from plantwright.study.stops import availability


@dataclass(frozen=True, slots=True)
class Work:
    """What everything takes of the stations.

    Attributes
    ----------
    stations : tuple of str
        Those that have work.
    each : dict
        Hours of each station in a good piece of each thing, its components left out. [h]
    hours : ndarray
        Hours of each station in each period, mean stops taken off. (K, T) float64 [h]
    """

    stations: tuple[str, ...]
    each: dict[str, dict[str, float]]
    hours: Floats


def work_of(plant: Plant, horizon: Horizon, materials: Materials) -> Work:
    """Hours of work in a piece of everything, and the hours of every station that has any, on the real calendar."""
    wanted = dict(zip(materials.names, materials.problem.demand.sum(axis=1).astype(float).tolist(), strict=True))
    amounts = {name: pieces for name, pieces in wanted.items() if pieces}
    each = hours_each(plant, amounts)
    busy = {station for hours in each.values() for station, taken in hours.items() if taken > 0}
    stations = tuple(name for name in plant.stations if name in busy)
    done = [task for task in tasks(plant, amounts) if task.pieces]
    up = {name: availability(plant, name, done) for name in stations}
    spans = [_span(horizon, period) for period in range(horizon.length)]
    hours = [[station_hours(plant, plant.stations[name], span) * up[name] for span in spans] for name in stations]
    return Work(stations, each, np.array(hours, dtype=np.float64).reshape(len(stations), horizon.length))


def hours_each(plant: Plant, amounts: dict[str, float]) -> dict[str, dict[str, float]]:
    """Machine-hours of each station in a good piece of everything made, its components left out. [h]"""
    needed, shares = needs(plant, amounts), station_shares(plant, amounts)
    found: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for task in tasks(plant, amounts):
        good = needed.get(task.thing, 0.0)
        for name, share in shares[task.thing, task.operation.op].items() if good else ():
            found[task.thing][name] += share * task.pieces / good * machine_hours(plant.stations[name], task)
    return {name: dict(hours) for name, hours in found.items()}


def _span(horizon: Horizon, period: int) -> tuple[dt.datetime, dt.datetime]:
    begin = dt.datetime.combine(horizon.begin(period), dt.time(), tzinfo=dt.UTC)
    return begin, begin + dt.timedelta(days=horizon.days)
