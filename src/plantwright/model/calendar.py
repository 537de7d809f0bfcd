"""Where and when work happens: sites, shops and calendars of shifts, breaks and holidays."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Self
from zoneinfo import available_timezones

from pydantic import field_validator, model_serializer, model_validator

from plantwright.errors import nearest
from plantwright.model.distribution import TimeLaw
from plantwright.model.place import Position
from plantwright.model.record import Id, Record, unused
from plantwright.units import Count, Duration, Length, Quantity

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SPAN = re.compile(r"^(?:([A-Za-z,\- ]+?)\s+)?(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})$")


class Site(Record):
    """A place with its own clock, country and holidays."""

    time_zone: str = "UTC"
    """IANA name of the clock on the wall; shifts are lowered from it to UTC, daylight saving included."""
    country: str | None = None
    """ISO 3166 code of the country, for holidays, origin and risk."""
    holidays: str | tuple[dt.date, ...] = ()
    """ISO 3166 code whose public holidays close the site, or a list of dates."""
    name: str = ""
    """What people call the site."""
    recovery: TimeLaw | None = None
    """Time to recover if it is lost."""
    position: Position | None = None
    """Latitude and longitude in degrees."""

    @field_validator("time_zone")
    @classmethod
    def _known(cls, value: str) -> str:
        zones = available_timezones()
        if value not in zones:
            guess = nearest(value, zones)
            raise ValueError(f'"{value}" is no IANA time zone' + (f'; did you mean "{guess}"?' if guess else ""))
        return value


class Shop(Record):
    """A department: stations under one roof that the report draws and counts together."""

    site: Id
    """The site the shop stands on."""
    name: str = ""
    """What people call the shop."""
    area: Quantity | None = unused()
    """Floor it takes."""
    distance: dict[Id, Length] = unused({})
    """How far other shops are."""


class Shift(Record):
    """A span of working time on some weekdays; one that ends before it begins runs over midnight."""

    days: tuple[int, ...]
    """Weekdays on which it begins, 0 for Monday; written ``Mon-Fri 06:00-14:00``, all in one."""
    start: int
    """Minutes after midnight at which it begins."""
    end: int
    """Minutes after midnight at which it ends."""

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        match = _SPAN.match(value.strip())
        if not match:
            raise ValueError(f'"{value}" is not a shift such as "Mon-Fri 06:00-14:00"')
        days, h1, m1, h2, m2 = match.groups()
        start, end = int(h1) * 60 + int(m1), int(h2) * 60 + int(m2)
        if start >= 1440 or end > 1440 or int(m1) > 59 or int(m2) > 59:
            raise ValueError(f'"{value}" names a time of day that does not exist')
        return {"days": _days(days or "Mon-Sun"), "start": start, "end": end}

    @model_serializer
    def _text(self) -> str:
        return f"{_day_text(self.days)} {_clock(self.start)}-{_clock(self.end)}"

    @property
    def minutes(self) -> int:
        """Length of the shift [min]."""
        return (self.end - self.start - 1) % 1440 + 1


class Breaks(Record):
    """Paid or unpaid pauses: so much per shift (taken in the middle of it), or at written times."""

    per_shift: Duration | None = None
    """Length of one break in the middle of each shift."""
    at: tuple[Shift, ...] = ()
    """Breaks at fixed times of day."""

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: Any) -> Any:
        if isinstance(value, str):
            if value.strip().endswith("per shift"):
                return {"per_shift": value.strip().removesuffix("per shift").strip()}
            return {"at": (value,)}
        if isinstance(value, (list, tuple)):
            return {"at": value}
        return value

    @model_serializer
    def _plain(self) -> Any:
        if self.per_shift is not None:
            return f"{self.per_shift} per shift"
        return [shift._text() for shift in self.at]


class Exception_(Record):
    """A day, or a run of days, on which the calendar is not as usual: a shutdown, an extra Saturday."""

    from_: dt.date
    """First day."""
    until: dt.date | None = None
    """First day that is usual again; one day when left out."""
    shifts: tuple[Shift, ...] = ()
    """The shifts worked on these days; none means closed."""
    name: str = ""
    """Why."""


class Pile(Record):
    """Work that has piled up: parts before a station, or pieces that customers wait for."""

    queue: Id | None = None
    """The station whose waiting parts count."""
    backlog: Id | None = None
    """The item or product whose backordered pieces count."""
    above: Count
    """More than so many."""

    @model_validator(mode="after")
    def _one(self) -> Pile:
        if (self.queue is None) == (self.backlog is None):
            raise ValueError("what piles up is one of queue (a station) or backlog (an item or product)")
        return self


class Overtime(Record):
    """Hours beyond the usual shifts: on certain days, every week for a while, or when work has piled up."""

    shifts: tuple[Shift, ...] = ()
    """Hours added: ``Sat 06:00-12:00``; every week, but not on holidays and unusual days."""
    dates: tuple[dt.date, ...] = ()
    """The only days on which they are added, holidays and unusual days or not."""
    extend: Duration | None = None
    """How much longer a shift lasts when at its end there is as much to do as ``when`` says."""
    when: Pile | None = None
    """What must have piled up at the end of a shift for it to be extended."""
    from_: dt.date | None = None
    """First day on which it is worked; from the beginning when left out."""
    until: dt.date | None = None
    """First day on which it is worked no more."""
    name: str = ""
    """Why."""

    @model_validator(mode="after")
    def _one(self) -> Overtime:
        if bool(self.shifts) == (self.extend is not None) or (self.extend is None) != (self.when is None):
            raise ValueError('overtime is hours added ("shifts"), or a shift made longer ("extend") by "when"')
        if self.dates and not self.shifts:
            raise ValueError("dates belong to hours added: write shifts, or from and until")
        return self

    def is_on(self, day: dt.date) -> bool:
        """Whether a day lies within its dates."""
        return (self.from_ is None or self.from_ <= day) and (self.until is None or day < self.until)


class Calendar(Record):
    """When stations and people work. No calendar means always."""

    shifts: tuple[Shift, ...]
    """Weekly shifts in the site's time zone."""
    breaks: Breaks | None = None
    """Pauses within the shifts."""
    holidays: bool = True
    """Whether the site's holidays close it."""
    site: Id | None = None
    """Whose clock and holidays count; the plant's first site when left out."""
    exceptions: tuple[Exception_, ...] = ()
    """Shutdowns, working Saturdays and other unusual days."""
    overtime: tuple[Overtime, ...] = ()
    """Hours beyond the shifts."""

    @field_validator("shifts")
    @classmethod
    def _some(cls, value: tuple[Shift, ...]) -> tuple[Shift, ...]:
        if not value:
            raise ValueError("a calendar needs at least one shift; leave the calendar out for round the clock")
        return value

    def replace(self, **changes: Any) -> Self:
        return self.model_copy(update=changes)


def _days(text: str) -> tuple[int, ...]:
    """Weekdays of ``Mon-Fri``, ``Sat`` or ``Mon,Wed-Fri`` as numbers from 0 (Monday)."""
    found: set[int] = set()
    for piece in text.replace(" ", "").split(","):
        first, _, last = piece.partition("-")
        for name in (first, last or first):
            if name.capitalize() not in DAYS:
                guess = nearest(name.capitalize(), DAYS)
                raise ValueError(f'"{name}" is no weekday' + (f'; did you mean "{guess}"?' if guess else ""))
        a, b = DAYS.index(first.capitalize()), DAYS.index((last or first).capitalize())
        found.update((a + step) % 7 for step in range((b - a) % 7 + 1))
    return tuple(sorted(found))


def _day_text(days: tuple[int, ...]) -> str:
    if len(days) > 2 and days == tuple(range(days[0], days[-1] + 1)):
        return f"{DAYS[days[0]]}-{DAYS[days[-1]]}"
    return ",".join(DAYS[day] for day in days)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


__all__ = ["DAYS", "Breaks", "Calendar", "Exception_", "Overtime", "Pile", "Shift", "Shop", "Site"]
