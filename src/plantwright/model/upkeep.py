"""When planned maintenance by the calendar is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from plantwright.model.calendar import Site
from plantwright.model.failure import Maintenance
from plantwright.model.plant import Plant
from plantwright.model.presence import in_first_year, machine_span, site_at
from plantwright.model.station import Machine, Station
from plantwright.model.worktime import hours, intervals

_DAY = dt.timedelta(days=1)


def due_dates(
    plant: Plant, station: Station, stop: Maintenance, *, machine: int, end: dt.datetime
) -> list[dt.datetime]:
    """Instants at which maintenance is due on a machine, from the plant's first day on.

    Parameters
    ----------
    plant, station, stop
        Whose maintenance it is; one that is not by the calendar has none.
    machine
        Position of the machine in its station, from 0.
    end
        Instants from here on are left out.

    Returns
    -------
    list of datetime
        In UTC, sorted.
    """
    site = site_at(plant, station.shop, station.calendar)
    later = dt.timedelta(seconds=machine * stop.apart.base) if stop.apart is not None else dt.timedelta()
    start = dt.datetime.combine(plant.from_, dt.time(), tzinfo=dt.UTC)
    found = {instant + later for instant in _due(plant, stop, site, end)}
    return sorted(instant for instant in found if start <= instant < end)


def hours_lost(plant: Plant, station: Station, stop: Maintenance, machine: Machine) -> float:
    """Hours on shift that maintenance by the calendar takes of a machine in the plant's first year, in the mean. [h]"""
    if not stop.is_dated:
        return 0.0
    start, end = in_first_year(plant, machine_span(plant, station, machine))
    takes = dt.timedelta(seconds=stop.takes.mean)
    dates = [date for date in due_dates(plant, station, stop, machine=0, end=end) if date >= start]
    if stop.off_shift == "wait":
        return len(dates) * stop.takes.mean / 3600
    lost = [hours(intervals(plant, station.calendar, date, date + takes)) for date in dates]
    if stop.off_shift == "run":
        return sum(lost)
    instant = dt.timedelta(microseconds=1)
    on_shift = [bool(intervals(plant, station.calendar, date, date + instant)) for date in dates]
    return sum(on_shift) * stop.takes.mean / 3600


def _due(plant: Plant, stop: Maintenance, site: Site, end: dt.datetime) -> Iterator[dt.datetime]:
    """Instants of the first machine."""
    for day in stop.dates:
        yield _on_the_wall(day, stop, site)
    if stop.every is None:
        return
    step = dt.timedelta(seconds=stop.every.base)
    if step % _DAY == dt.timedelta():
        day = stop.first or plant.from_ + step
        while (instant := _on_the_wall(day, stop, site)) < end:
            yield instant
            day += step
        return
    instant = _on_the_wall(stop.first or plant.from_, stop, site) + (step if stop.first is None else dt.timedelta())
    while instant < end:
        yield instant
        instant += step


def _on_the_wall(day: dt.date, stop: Maintenance, site: Site) -> dt.datetime:
    moment = dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=stop.minute)
    return moment.replace(tzinfo=ZoneInfo(site.time_zone)).astimezone(dt.UTC)
