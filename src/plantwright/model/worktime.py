"""When a calendar works: its shifts in the site's time zone, less holidays and breaks, as intervals of UTC.

Conventions: a shift belongs to the day on which it begins, so a night shift that begins before a holiday is worked to
its end and one that would begin on the holiday is not. An exception replaces the usual shifts of its days, holidays
included. Overtime comes on top: every week on its days, but for holidays and exceptions, or on its dates whatever they
are; it has no breaks but those at written times. Shifts follow the clock on the wall: the night shift of the day on
which the clock is put forward is an hour shorter. An hour that comes twice counts from its first time; one that is left
out begins when the clock has been put forward.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from zoneinfo import ZoneInfo

from plantwright.model.calendar import Calendar, Exception_, Shift, Site
from plantwright.model.plant import Plant

Interval = tuple[dt.datetime, dt.datetime]
Rota = Callable[[dt.date], tuple[Shift, ...]]
"""Which shifts begin on a day."""

ALWAYS = "always"
"""The calendar that needs no entry: round the clock, every day."""

_DAY = dt.timedelta(days=1)


def intervals(plant: Plant, calendar: str | None, start: dt.datetime, end: dt.datetime) -> list[Interval]:
    """Working time of a calendar between two instants.

    Parameters
    ----------
    plant
        The plant whose calendars and sites count.
    calendar
        Its id; None or ``always`` is round the clock.
    start, end
        The span asked for. Datetimes without a time zone are taken as UTC.

    Returns
    -------
    list of (datetime, datetime)
        Disjoint intervals in UTC, sorted, touching ones merged, cut to the span.

    Raises
    ------
    KeyError
        The plant has no calendar of this id.
    """
    start, end = _utc(start), _utc(end)
    if is_always(plant, calendar) or calendar is None:
        return [(start, end)] if start < end else []
    return intervals_of(plant, plant.calendars[calendar], (start, end))


def intervals_of(plant: Plant, calendar: Calendar, span: Interval) -> list[Interval]:
    """Working time of a calendar, written in the plant or not, in a span of UTC."""
    return list(_intervals(calendar, site_of(plant, calendar), span))


def shift_ends(plant: Plant, calendar: str, start: dt.datetime, end: dt.datetime) -> frozenset[dt.datetime]:
    """Instants at which work ends for longer than a break: ends of shifts that no other one follows at once."""
    record = plant.calendars[calendar].replace(breaks=None)
    return frozenset(stop for _, stop in _intervals(record, site_of(plant, record), (_utc(start), _utc(end))))


@lru_cache(maxsize=512)
def _intervals(calendar: Calendar, site: Site, span: Interval) -> tuple[Interval, ...]:
    """Working time of a calendar in a span; the same few are asked for again and again, by every station."""
    rota, extra = _rota(calendar, site), _extra(calendar, site)
    return tuple(_worked(calendar, ZoneInfo(site.time_zone), (rota, extra), span))


def weekly_hours(plant: Plant, calendar: str | None) -> float:
    """Working time of a usual week: no holidays, no exceptions, no change of the clock. [h]

    Parameters
    ----------
    plant
        The plant whose calendars count.
    calendar
        Its id; None or ``always`` is round the clock.
    """
    if is_always(plant, calendar) or calendar is None:
        return 168.0
    record = plant.calendars[calendar]
    monday = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    return hours(_worked(record, ZoneInfo("UTC"), (_usual(record), _none), (monday, monday + 7 * _DAY)))


def yearly_hours(plant: Plant, calendar: str | None) -> float:
    """Working time from the plant's first day to the same date next year, holidays and exceptions counted. [h]

    Parameters
    ----------
    plant
        The plant whose calendars, sites and first day count.
    calendar
        Its id; None or ``always`` is round the clock.
    """
    return hours(intervals(plant, calendar, *first_year(plant)))


def first_year(plant: Plant) -> Interval:
    """The plant's first day and the same date next year, at midnight UTC."""
    first = plant.from_
    leap_day = (first.month, first.day) == (2, 29)
    last = first.replace(year=first.year + 1, month=3, day=1) if leap_day else first.replace(year=first.year + 1)
    return _midnight(first), _midnight(last)


def hours(spans: Iterable[Interval]) -> float:
    """Total length of intervals. [h]"""
    return sum((end - start).total_seconds() for start, end in spans) / 3600


def is_always(plant: Plant, calendar: str | None) -> bool:
    """Whether a calendar id means round the clock."""
    return calendar is None or (calendar == ALWAYS and ALWAYS not in plant.calendars)


def site_of(plant: Plant, calendar: Calendar) -> Site:
    """The site whose clock and holidays a calendar follows: its own, else the plant's first, else one on UTC."""
    if calendar.site in plant.sites:
        return plant.sites[calendar.site]
    return next(iter(plant.sites.values()), Site())


def closed_days(site: Site, year: int) -> frozenset[dt.date]:
    """The public holidays of a site in a year; none where nobody knows its country (the check E241 says so)."""
    if isinstance(site.holidays, str):
        try:
            return public_holidays(site.holidays, year)
        except ValueError:
            return frozenset()
    return frozenset(day for day in site.holidays if day.year == year)


@lru_cache(maxsize=256)
def public_holidays(code: str, year: int) -> frozenset[dt.date]:
    """Public holidays of a country (``DE``) or a part of it (``DE-BY``), by ISO 3166 code.

    Raises
    ------
    ValueError
        No holidays are known for the code.
    """
    import holidays  # a tenth of a second; only plants that name a country pay it

    country, _, part = code.partition("-")
    try:
        return frozenset(holidays.country_holidays(country, subdiv=part or None, years=year))
    except NotImplementedError as error:
        raise ValueError(f'no public holidays are known for "{code}"') from error


def _rota(calendar: Calendar, site: Site) -> Rota:
    """Which shifts begin on a day."""
    usual = _usual(calendar)

    def shifts(day: dt.date) -> tuple[Shift, ...]:
        unusual = _exception(calendar, day)
        if unusual is not None:
            return _on(unusual.shifts, day)
        return () if _is_closed(calendar, site, day) else usual(day)

    return shifts


def _extra(calendar: Calendar, site: Site) -> Rota:
    """Which overtime begins on a day."""

    def shifts(day: dt.date) -> tuple[Shift, ...]:
        is_usual = _exception(calendar, day) is None and not _is_closed(calendar, site, day)
        worked = (
            overtime.shifts
            for overtime in calendar.overtime
            if overtime.is_on(day) and (day in overtime.dates if overtime.dates else is_usual)
        )
        return tuple(shift for shifts in worked for shift in _on(shifts, day))

    return shifts if calendar.overtime else _none


def _none(_day: dt.date) -> tuple[Shift, ...]:
    return ()


def _exception(calendar: Calendar, day: dt.date) -> Exception_ | None:
    """What makes a day unusual, the first that does."""
    return next(
        (each for each in calendar.exceptions if each.from_ <= day < (each.until or each.from_ + _DAY)),
        None,
    )


def _is_closed(calendar: Calendar, site: Site, day: dt.date) -> bool:
    return calendar.holidays and day in closed_days(site, day.year)


def _usual(calendar: Calendar) -> Rota:
    return lambda day: _on(calendar.shifts, day)


def _on(shifts: Iterable[Shift], day: dt.date) -> tuple[Shift, ...]:
    return tuple(shift for shift in shifts if day.weekday() in shift.days)


def _worked(calendar: Calendar, zone: ZoneInfo, rotas: tuple[Rota, Rota], span: Interval) -> list[Interval]:
    """Shifts (first rota) of the days around the span and overtime (second), less breaks, cut to the span."""
    days = list(_days(span, zone))
    shifts, extra = (
        [worked for day in days for shift in rota(day) if (worked := _in_utc(shift, day, zone))[0] < worked[1]]
        for rota in rotas
    )
    breaks = calendar.breaks
    if breaks is None:
        return _clip(_merge([*shifts, *extra]), span)
    if breaks.per_shift is not None:
        half = dt.timedelta(seconds=breaks.per_shift.base / 2)
        pauses = [_middle(shift, half) for shift in shifts]
    else:
        pauses = [_in_utc(pause, day, zone) for day in days for pause in _on(breaks.at, day)]
    return _clip(_without(_merge([*shifts, *extra]), _merge(pauses)), span)


def _days(span: Interval, zone: ZoneInfo) -> Iterator[dt.date]:
    """Local dates on which a shift that touches the span can begin."""
    day = span[0].astimezone(zone).date() - _DAY
    last = span[1].astimezone(zone).date()
    while day <= last:
        yield day
        day += _DAY


def _in_utc(shift: Shift, day: dt.date, zone: ZoneInfo) -> Interval:
    """A shift that begins on a local date, from clock on the wall to clock on the wall."""
    midnight = dt.datetime.combine(day, dt.time())  # local arithmetic on the wall clock, then one conversion
    start = midnight + dt.timedelta(minutes=shift.start)
    end = start + dt.timedelta(minutes=shift.minutes)
    return start.replace(tzinfo=zone).astimezone(dt.UTC), end.replace(tzinfo=zone).astimezone(dt.UTC)


def _middle(shift: Interval, half: dt.timedelta) -> Interval:
    middle = shift[0] + (shift[1] - shift[0]) / 2
    return middle - half, middle + half


def _merge(spans: Iterable[Interval]) -> list[Interval]:
    """Sorted and disjoint; touching and overlapping intervals become one."""
    merged: list[Interval] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return merged


def _without(spans: list[Interval], gaps: list[Interval]) -> list[Interval]:
    """The parts of disjoint sorted intervals that lie in no gap."""
    left: list[Interval] = []
    first = 0
    for start, end in spans:
        while first < len(gaps) and gaps[first][1] <= start:
            first += 1
        for gap_start, gap_end in gaps[first:]:
            if gap_start >= end:
                break
            if gap_start > start:
                left.append((start, gap_start))
            start = max(start, gap_end)
        if start < end:
            left.append((start, end))
    return left


def _clip(spans: list[Interval], span: Interval) -> list[Interval]:
    cut = ((max(start, span[0]), min(end, span[1])) for start, end in spans)
    return [(start, end) for start, end in cut if start < end]


def _utc(instant: dt.datetime) -> dt.datetime:
    return instant.replace(tzinfo=dt.UTC) if instant.tzinfo is None else instant.astimezone(dt.UTC)


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)
