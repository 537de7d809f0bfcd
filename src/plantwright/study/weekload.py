"""Load against capacity week by week: what the demand of a week takes of each station, and what the week has."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator

from plantwright.compile import daily_demand
from plantwright.model.load import station_hours, station_loads
from plantwright.model.plant import Plant
from plantwright.model.sharing import Resource, hours_taken, hours_there
from plantwright.model.worktime import Interval, first_year
from plantwright.results import WeekLoad
from plantwright.study.rough import Rough
from plantwright.study.shared import tool_stations_up
from plantwright.study.wanted import Wanted

WEEK = dt.timedelta(weeks=1)


def load_by_week(plant: Plant, wanted: Wanted, rough: Rough) -> tuple[WeekLoad, ...]:
    """The load of every station that has work, in each week of the plant's first year; empty without a target.

    Parameters
    ----------
    plant
        A sound plant.
    wanted
        What counts as output, and how much of it a year.
    rough
        Its rough cut by the year.

    Notes
    -----
    The year's work at target falls on the weeks as the demand does, evenly where no dates are given; the hours are
    those of the real calendar, less mean stops. What a week over 100 % asks for comes from stock that earlier weeks
    have built, or late. The day or two that are left over at the end of the year belong to its last week.
    """
    if wanted.target is None:
        return ()
    weeks = list(_weeks(*first_year(plant)))
    shares = _shares(plant, wanted, weeks)
    work, taken = _work(plant, wanted), _taken(plant, wanted)
    found = []
    for number, week in enumerate(weeks):
        units = math.fsum(wanted.units(wanted.target)[name] * shares[name][number] for name in wanted.sold)
        load: dict[str, float | None] = {}
        for row in rough.rows:
            there = station_hours(plant, plant.stations[row.station], week) * row.efficiency
            needed = math.fsum(hours * shares[name][number] for name, hours in work[row.station].items())
            load[row.station] = needed / there if there else None
        shared: dict[str, dict[str, float | None]] = {}
        usable = hours_there(plant, week) if rough.shared else {}
        for each in rough.shared:
            key = (each.kind, each.resource)
            needed = math.fsum(alone.get(key, 0.0) * shares[name][number] for name, alone in taken.items())
            hours = usable[key] * each.efficiency
            shared.setdefault(each.kind, {})[each.resource] = needed / hours if hours else None
        found.append(WeekLoad(week[0].date().isoformat(), round(units, 1), load, shared))
    return tuple(found)


def _weeks(start: dt.datetime, end: dt.datetime) -> Iterator[Interval]:
    """Weeks from the first day on; the last one reaches to the end."""
    count = max(1, (end - start) // WEEK)
    for number in range(count):
        begin = start + number * WEEK
        yield begin, end if number == count - 1 else begin + WEEK


def _shares(plant: Plant, wanted: Wanted, weeks: list[Interval]) -> dict[str, list[float]]:
    """Share of the year's demand that falls on each week, by product or spare part. [-]"""
    days = [(end - start).days for start, end in weeks]
    found = {}
    for name in (*wanted.sold, *wanted.spares):
        daily = daily_demand(plant, name, sum(days))
        total = sum(daily)
        ends = [sum(days[: number + 1]) for number in range(len(days))]
        found[name] = [
            (sum(daily[end - length : end]) / total) if total else length / sum(days)
            for end, length in zip(ends, days, strict=True)
        ]
    return found


def _work(plant: Plant, wanted: Wanted) -> dict[str, dict[str, float]]:
    """Machine-hours of each station in a year's output of each product or spare part. [h]

    Alternatives are shared out for all of them together, so what each takes alone is scaled to that.
    """
    amounts = wanted.units(wanted.target or 0.0) | wanted.spares
    together = station_loads(plant, amounts)
    alone = {name: station_loads(plant, {name: amount}) for name, amount in amounts.items()}
    found = {}
    for station, hours in together.items():
        total = math.fsum(loads[station] for loads in alone.values())
        found[station] = {name: loads[station] * hours / total if total else 0.0 for name, loads in alone.items()}
    return found


def _taken(plant: Plant, wanted: Wanted) -> dict[str, dict[Resource, float]]:
    """Hours of carriers, conveyors and tools in a year's output of each product or spare part. [h]"""
    amounts = wanted.units(wanted.target or 0.0) | wanted.spares
    up = tool_stations_up(plant, wanted, wanted.target or 0.0)
    return {name: hours_taken(plant, {name: amount}, up) for name, amount in amounts.items()}
