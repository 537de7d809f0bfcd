"""Calendars and dates: working time in every calendar, no shift twice, no span that ends before it begins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from plantwright.errors import Finding
from plantwright.model.calendar import Calendar, Shift
from plantwright.model.checks.fault import fault
from plantwright.model.plant import Plant
from plantwright.model.worktime import ALWAYS, first_year, hours, intervals_of, public_holidays, weekly_hours

_WEEK = 7 * 24 * 60
"""Minutes of a week. [min]"""


def working_time(plant: Plant) -> Iterator[Finding]:
    """Calendars without an hour of work, with shifts that overlap, or of sites whose holidays nobody knows."""
    for name, calendar in plant.calendars.items():
        here = f"calendars.{name}"
        if not weekly_hours(plant, name):
            yield fault(
                "E240",
                here,
                "nobody works in it: its breaks are as long as its shifts",
                "Write longer shifts or shorter breaks.",
            )
        yield from _overtime(plant, name, calendar)
        clash = _overlap(calendar.shifts)
        if clash is not None:
            yield fault(
                "W510",
                f"{here}.shifts",
                f"{clash[0]} and {clash[1]} overlap; the common time counts once",
                "Let one end where the other begins.",
            )
    used = {station.calendar for station in plant.stations.values()} | {crew.calendar for crew in plant.crews.values()}
    used |= {carrier.calendar for carrier in plant.carriers.values()}
    for name in plant.calendars:
        if name not in used:
            yield fault(
                "W511", f"calendars.{name}", "nobody works by it", "Name it at a station or crew, or delete it."
            )
    if ALWAYS in plant.calendars:
        yield fault(
            "W512", f"calendars.{ALWAYS}", "always means round the clock elsewhere", "Give this calendar another name."
        )
    for name, site in plant.sites.items():
        if isinstance(site.holidays, str) and not _known(site.holidays, plant.from_.year):
            yield fault(
                "E241",
                f"sites.{name}.holidays",
                f'no public holidays are known for "{site.holidays}"',
                "Write an ISO 3166 code such as DE or DE-BY, or a list of dates.",
            )


def _overtime(plant: Plant, name: str, calendar: Calendar) -> Iterator[Finding]:
    """Overtime that adds no hour in the first year: its days are closed, or its hours are worked anyway."""
    days = first_year(plant)
    usual = hours(intervals_of(plant, calendar.replace(overtime=()), days))
    for index, overtime in enumerate(calendar.overtime):
        if overtime.shifts and hours(intervals_of(plant, calendar.replace(overtime=(overtime,)), days)) <= usual:
            yield fault(
                "W534",
                f"calendars.{name}.overtime.{overtime.name or index}",
                f"it adds no hour in the year from {plant.from_}",
                "Write hours outside the shifts, on days that are worked, or name the dates.",
            )


def _known(country: str, year: int) -> bool:
    try:
        public_holidays(country, year)
    except ValueError:
        return False
    return True


def _overlap(shifts: Sequence[Shift]) -> tuple[str, str] | None:
    """Two shifts that have time in common in the cyclic week, by their text."""
    spans = sorted(
        (day * 1440 + shift.start, day * 1440 + shift.start + shift.minutes, str(shift.model_dump()))
        for shift in shifts
        for day in shift.days
    )
    following = [*spans[1:], *((start + _WEEK, end + _WEEK, text) for start, end, text in spans[:1])]
    for (_, end, text), (start, _, later) in zip(spans, following, strict=True):
        if start < end and len(spans) > 1:
            return text, later
    return None


def dates(plant: Plant) -> Iterator[Finding]:
    """Spans that end before they begin, and orders that lie outside the year that is run."""
    for path, start, end in _spans(plant):
        if start is not None and end is not None and end <= start:
            yield fault(
                "E242",
                path,
                f"it ends on {end}, not after it begins on {start}",
                "until is the first day on which it is over: write a later one.",
            )
    start, end = (instant.date() for instant in first_year(plant))
    for name, demand in plant.demand.items():
        outside = [order for order in demand.orders if not start <= order.date < end]
        if outside:
            yield fault(
                "W513",
                f"demand.{name}.orders",
                f"{len(outside)} orders (the first on {outside[0].date}) lie outside the year from {start}",
                "Change their dates, or the plant's from.",
            )


def _spans(plant: Plant) -> Iterator[tuple[str, dt.date | None, dt.date | None]]:
    for name, calendar in plant.calendars.items():
        for index, unusual in enumerate(calendar.exceptions):
            yield f"calendars.{name}.exceptions.{unusual.name or index}", unusual.from_, unusual.until
        for index, overtime in enumerate(calendar.overtime):
            yield f"calendars.{name}.overtime.{overtime.name or index}", overtime.from_, overtime.until
    for name, station in plant.stations.items():
        yield f"stations.{name}", station.from_, station.until
        for index, machine in enumerate(station.machines if isinstance(station.machines, tuple) else ()):
            yield f"stations.{name}.machines.{machine.name or index}", machine.from_, machine.until
    for name, crew in plant.crews.items():
        yield f"crews.{name}", crew.from_, crew.until
    for name, tool in plant.tools.items():
        yield f"tools.{name}", tool.from_, tool.until
    for name, carrier in plant.carriers.items():
        yield f"carriers.{name}", carrier.from_, carrier.until
    for name, offer in plant.offers.items():
        for index, outage in enumerate(offer.outages):
            yield f"offers.{name}.outages.{index}", outage.from_, outage.until
