"""Calendars as the ticks at which they turn on and off."""

from __future__ import annotations

import datetime as dt

from plantwright.compile.draft import Draft
from plantwright.model.worktime import intervals, is_always
from plantwright.units import TICKS_PER_SECOND

_MICROSECOND = dt.timedelta(microseconds=1)


def add_calendars(draft: Draft) -> None:
    """Rows of the calendars that stations, crews or carriers follow, in document order; round the clock needs none."""
    followed = {station.calendar for station in draft.plant.stations.values()}
    followed |= {crew.calendar for crew in draft.plant.crews.values()}
    followed |= {carrier.calendar for carrier in draft.plant.carriers.values()}
    for name in draft.plant.calendars:
        if name not in followed or is_always(draft.plant, name):
            continue
        on, changes = turns(draft, name)
        first, count = draft.link(changes)
        draft.calendars[name] = draft.rows["calendar"].add(first_change=first, changes=count, on=on)


def turns(draft: Draft, calendar: str) -> tuple[int, list[int]]:
    """State at tick 0 and the ticks after it at which a calendar turns on or off, up to the horizon."""
    start = dt.datetime.combine(draft.plant.from_, dt.time(), tzinfo=dt.UTC)
    end = start + dt.timedelta(seconds=-(-draft.horizon // TICKS_PER_SECOND))
    edges = [
        (instant - start) // _MICROSECOND
        for interval in intervals(draft.plant, calendar, start, end)
        for instant in interval
    ]
    on = int(bool(edges) and edges[0] == 0)
    last = (end - start) // _MICROSECOND  # where the span was cut, nothing turns
    return on, [edge for edge in edges if 0 < edge < last]


def link_followers(draft: Draft) -> None:
    """Which stations, crews and carriers turn on and off with each calendar."""
    for name, row in draft.calendars.items():
        stations = [draft.stations[id_] for id_, station in draft.plant.stations.items() if station.calendar == name]
        crews = [draft.crews[id_] for id_, crew in draft.plant.crews.items() if crew.calendar == name]
        carriers = [draft.carriers[id_] for id_, carrier in draft.plant.carriers.items() if carrier.calendar == name]
        for kind, followers in (("station", stations), ("crew", crews), ("carrier", carriers)):
            first, count = draft.link(followers)
            draft.rows["calendar"].set(row, **{f"first_{kind}": first, f"{kind}s": count})
