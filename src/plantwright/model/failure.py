"""What stops a machine: failures of one or of many, and planned maintenance."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, field_validator, model_serializer, model_validator

from plantwright.model.distribution import Law, TimeLaw
from plantwright.model.record import Id, Record, Skill
from plantwright.units import Count, Duration

Amount = Annotated[float, Field(gt=0)]
TimeOfDay = Annotated[str, StringConstraints(pattern=r"^([01]?\d|2[0-3]):[0-5]\d$")]


class Uptime(Record):
    """How long something works until it fails, and by which clock that is counted."""

    law: Law
    """Law of the time, or of the number of operations."""
    by: Literal["clock", "busy", "operations"] = "clock"
    """What counts: the clock, busy time, or operations (a carrier's trips); written after the law,
    ``exponential(30 min) busy``."""

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        match = re.match(r"^(.*?)\s+(by the clock|clock|busy|operations|ops|trips)$", value.strip())
        if not match:
            return {"law": value}
        by = {"by the clock": "clock", "ops": "operations", "trips": "operations"}.get(match[2], match[2])
        return {"law": match[1], "by": by}

    @model_validator(mode="after")
    def _fits(self) -> Uptime:
        wants = "count" if self.by == "operations" else "time"
        dimension = "count" if self.law.dimension == "dimensionless" else self.law.dimension
        if dimension != wants:
            raise ValueError(f'an uptime by {self.by} needs a {wants}; "{self.law}" is a {self.law.dimension}')
        return self

    @model_serializer
    def _text(self) -> str:
        return str(self.law) if self.by == "clock" else f"{self.law} {self.by}"


class Failure(Record):
    """One way in which each machine of a station stops, and what it takes to get it going again."""

    name: str = ""
    """What people call it: jam, breakdown, wind."""
    uptime: Uptime
    """Law of the time to failure: by the clock, by busy time, or in operations."""
    repair: TimeLaw
    """Law of the repair time once somebody is at it."""
    people: dict[Skill, Amount] = {}
    """Who is held for the repair; waiting for them counts as down."""
    then: Literal["resume", "repeat", "scrap"] = "resume"
    """What becomes of the work in progress: it resumes, starts over, or the part is scrapped."""
    counted_from: Literal["repair", "start"] = "repair"
    """Next failure counted from the end of repair (uptime), or from the last failure (interval)."""
    off_shift: Literal["pause", "run"] = "pause"
    """Whether clock uptime and repair stand still or run on while the station is off shift."""
    shared: bool = False
    """One clock for all machines of the station: they fail and return together (weather, power)."""


class SharedFailure(Record):
    """A failure that stops machines of several stations at once: power, compressed air, weather."""

    stations: tuple[Id, ...] = ()
    """Stations whose machines it stops."""
    shops: tuple[Id, ...] = ()
    """Shops, all of whose stations it stops."""
    uptime: TimeLaw
    """Law of the time to failure, by the clock; it runs on whatever the calendars say."""
    repair: TimeLaw
    """Law of the time until it is over, once somebody is at it."""
    people: dict[Skill, Amount] = {}
    """Who is held until it is over; waiting for them counts as down."""
    then: Literal["resume", "repeat", "scrap"] = "resume"
    """What becomes of the work in progress: it resumes, starts over, or the part is scrapped."""
    counted_from: Literal["repair", "start"] = "repair"
    """Next failure counted from the end of this one (uptime), or from its begin (interval)."""
    name: str = ""
    """What people call it."""

    @model_validator(mode="after")
    def _somewhere(self) -> SharedFailure:
        if not self.stations and not self.shops:
            raise ValueError("a shared failure needs stations or shops that it stops")
        return self

    def strikes(self, station: str, shop: str | None) -> bool:
        """Whether it stops the machines of a station in a shop."""
        return station in self.stations or shop in self.shops


class Maintenance(Record):
    """A planned stop of a machine: by the calendar, by operations done, or by busy hours. Exactly one of these."""

    name: str = ""
    """What people call it: oil change, calibration."""
    every: Duration | None = None
    """Interval by the calendar; whole days and weeks follow the clock on the wall."""
    dates: tuple[dt.date, ...] = ()
    """Days on which it is due, where they follow no interval."""
    every_operations: Annotated[Count, Field(ge=1)] | None = None
    """Operations after which it is due, counted from the end of the last one."""
    every_busy: Duration | None = None
    """Busy time after which it is due, counted from the end of the last one."""
    first: dt.date | None = None
    """Day of the first one of an interval by the calendar; one interval after the plant's first day when left out."""
    at: TimeOfDay | None = None
    """Time of day, on the clock of the site, at which it is due by the calendar; midnight when left out."""
    apart: Duration | None = None
    """Time by which it is due later on each further machine of the station; all at once when left out."""
    takes: TimeLaw
    """Law of its length, once its people are there."""
    people: dict[Skill, Amount] = {}
    """Who is held for it; the machine stands while it waits for them."""
    interrupts: bool = False
    """Whether it breaks into the work under way, which is resumed; else the machine finishes its part first."""
    off_shift: Literal["wait", "run", "skip"] = "wait"
    """Due off shift it waits for the shift, is done then and there, or is left out; under way at the end of a shift
    it goes on only with ``run``."""
    during_repair: Literal["wait", "together", "skip"] = "wait"
    """Due while the machine is down it waits for the repair, is done meanwhile, or is left out."""
    renews: tuple[str, ...] = ()
    """Failures, by name, whose uptime begins anew after it."""

    @field_validator("every", "every_busy")
    @classmethod
    def _some(cls, value: Duration | None) -> Duration | None:
        if value is not None and value.base <= 0:
            raise ValueError("an interval must be above 0")
        return value

    @model_validator(mode="after")
    def _one(self) -> Maintenance:
        clocks = [self.every, self.every_operations, self.every_busy]
        if sum(clock is not None for clock in clocks) + bool(self.dates) != 1:
            raise ValueError("maintenance is one of every, dates, every-operations, or every-busy")
        if self.every is None and self.first is not None:
            raise ValueError("first belongs to an interval by the calendar: write every")
        if not self.is_dated and (self.at is not None or self.apart is not None):
            raise ValueError("at and apart belong to maintenance by the calendar: every, or dates")
        if self.interrupts and self.every_operations is not None:
            raise ValueError("maintenance counted in operations is due when one ends: there is nothing to interrupt")
        return self

    @property
    def is_dated(self) -> bool:
        """Whether the calendar says when it is due."""
        return self.every is not None or bool(self.dates)

    @property
    def minute(self) -> int:
        """Minutes after midnight at which it is due by the calendar. [min]"""
        hour, _, minute = (self.at or "0:00").partition(":")
        return int(hour) * 60 + int(minute)
