"""The clock of a schedule: whole seconds from its begin, told on the clock of the plant's first site."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from plantwright.model.calendar import Site
from plantwright.model.plant import Plant

TICK_S = 1
"""A tick of a schedule. Planners speak of minutes, and whole seconds keep all sums small. [s]"""
_SLACK = 1e-6
"""Part of a second that is rounding. [s]"""


@dataclass(frozen=True, slots=True)
class Clock:
    """When a schedule begins, and whose clock on the wall tells its times.

    Attributes
    ----------
    start
        Tick 0, in UTC.
    zone
        IANA name of the clock.
    """

    start: dt.datetime
    zone: str

    def tick(self, moment: dt.datetime) -> int:
        """Ticks from the start to a moment, which is on the clock of the wall where it says nothing else. [tick]"""
        return math.floor((in_utc(moment, self.zone) - self.start).total_seconds() / TICK_S + _SLACK)

    def moment(self, tick: int) -> dt.datetime:
        """A tick in UTC."""
        return self.start + dt.timedelta(seconds=tick * TICK_S)

    def wall(self, tick: int) -> dt.datetime:
        """What the clock on the wall shows at a tick."""
        return self.moment(tick).astimezone(ZoneInfo(self.zone))

    def told(self, tick: int) -> str:
        """The same as text: ``2027-02-01 06:00:00``."""
        return self.wall(tick).replace(tzinfo=None).isoformat(" ")


def clock_of(plant: Plant) -> Clock:
    """The clock of a plant's schedule."""
    zone = next(iter(plant.sites.values()), Site()).time_zone
    written = plant.scheduling.start if plant.scheduling is not None else None
    return Clock(in_utc(written or dt.datetime.combine(plant.from_, dt.time()), zone), zone)


def in_utc(moment: dt.datetime, zone: str) -> dt.datetime:
    """A moment in UTC; one that says no offset is on the clock of a zone."""
    return (moment if moment.tzinfo is not None else moment.replace(tzinfo=ZoneInfo(zone))).astimezone(dt.UTC)


def ticks(seconds: float) -> int:
    """A time in whole ticks, rounded up. [tick]

    >>> ticks(3568.0), ticks(0.2)
    (3568, 1)
    """
    return math.ceil(seconds / TICK_S - _SLACK)
