"""From when to when machines, people and tools are there: dates at midnight of the site they stand on."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from plantwright.model.calendar import Site
from plantwright.model.crew import Crew
from plantwright.model.plant import Plant
from plantwright.model.station import Carrier, Machine, Station, Tool
from plantwright.model.worktime import Interval, first_year, site_of

Span = tuple[dt.datetime | None, dt.datetime | None]
"""Begin and end in UTC; None where it was there before, or stays for ever."""


def site_at(plant: Plant, shop: str | None, calendar: str | None) -> Site:
    """The site of a thing: that of its shop, else of its calendar, else the plant's first, else one on UTC."""
    if shop in plant.shops and plant.shops[shop].site in plant.sites:
        return plant.sites[plant.shops[shop].site]
    if calendar in plant.calendars:
        return site_of(plant, plant.calendars[calendar])
    return next(iter(plant.sites.values()), Site())


def midnight(day: dt.date | None, site: Site) -> dt.datetime | None:
    """The instant at which a day begins on a site's clock, in UTC."""
    if day is None:
        return None
    return dt.datetime.combine(day, dt.time(), tzinfo=ZoneInfo(site.time_zone)).astimezone(dt.UTC)


def day_at(instant: dt.datetime, site: Site) -> dt.date:
    """The day of a site that begins nearest to an instant."""
    return (instant.astimezone(ZoneInfo(site.time_zone)) + dt.timedelta(hours=12)).date()


def machine_span(plant: Plant, station: Station, machine: Machine) -> Span:
    """From when to when a machine is there: within its own dates and its station's."""
    site = site_at(plant, station.shop, station.calendar)
    starts = [day for day in (station.from_, machine.from_) if day]
    ends = [day for day in (station.until, machine.until) if day]
    return midnight(max(starts, default=None), site), midnight(min(ends, default=None), site)


def crew_span(plant: Plant, crew: Crew) -> Span:
    """From when to when a crew is employed."""
    site = site_at(plant, crew.shop, crew.calendar)
    return midnight(crew.from_, site), midnight(crew.until, site)


def tool_span(plant: Plant, tool: Tool) -> Span:
    """From when to when a tool is there."""
    site = site_at(plant, None, None)
    return midnight(tool.from_, site), midnight(tool.until, site)


def carrier_span(plant: Plant, carrier: Carrier) -> Span:
    """From when to when a carrier drives."""
    site = site_at(plant, None, carrier.calendar)
    return midnight(carrier.from_, site), midnight(carrier.until, site)


def cut(span: Span, within: Interval) -> Interval:
    """The part of a span that lies within an interval; it ends where it begins, or before, where nothing does."""
    start, end = span
    return max(start or within[0], within[0]), min(end or within[1], within[1])


def in_first_year(plant: Plant, span: Span) -> Interval:
    """The part of a span that lies in the plant's first year."""
    return cut(span, first_year(plant))


def latest_day(station: Station) -> dt.date | None:
    """The first day on which the last machine of a station is gone; None where one of them stays."""
    ends = [min(days, default=None) for days in _ends(station)]
    known = [day for day in ends if day is not None]
    return max(known) if len(known) == len(ends) else None


def _ends(station: Station) -> list[list[dt.date]]:
    return [[day for day in (station.until, machine.until) if day] for machine in station.each_machine]
