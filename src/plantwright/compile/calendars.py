"""Calendars as the ticks at which they turn on and off."""

from __future__ import annotations

import datetime as dt

from plantwright.codes import FOREVER, NONE
from plantwright.compile.draft import Draft
from plantwright.model.presence import midnight
from plantwright.model.worktime import Interval, intervals, is_always, shift_ends, site_of
from plantwright.units import TICKS_PER_SECOND, ticks

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
        draft.calendars[name] = draft.rows["calendar"].add(
            first_change=first, changes=count, **_position(draft, name, on, changes)
        )
        _add_overtime(draft, name, changes)


def _position(draft: Draft, name: str, on: int, changes: list[int]) -> dict[str, int]:
    """Where a calendar is when the run begins; a state may say that its shift lasts longer than it is written."""
    passed = sum(change <= draft.start for change in changes)
    until = None if draft.state is None else draft.state.overtime.get(name)
    if until is None:
        return {"next_change": passed, "on": (on + passed) % 2}
    end = draft.since_first_day(until)
    if end in changes[passed:]:  # it has run into the next shift
        return {"next_change": changes.index(end), "on": 1}
    return {"next_change": passed - 1, "on": 1, "extended": 1, "turns": end}


def _add_overtime(draft: Draft, name: str, changes: list[int]) -> None:
    """Rules by which shifts of a calendar are made longer, and which of its changes are ends of shifts."""
    calendar = draft.plant.calendars[name]
    site = site_of(draft.plant, calendar)
    first_rule = len(draft.rows["overtime"])
    for overtime in calendar.overtime:
        pile = overtime.when
        if pile is not None and overtime.extend is not None:
            draft.rows["overtime"].add(
                queue=NONE if pile.queue is None else draft.stations[pile.queue],
                backlog=NONE if pile.backlog is None else draft.items[pile.backlog],
                above=pile.above,
                extra=ticks(overtime.extend),
                from_time=draft.instant(midnight(overtime.from_, site)),
                until_time=draft.instant(midnight(overtime.until, site), int(FOREVER)),
            )
    rules = len(draft.rows["overtime"]) - first_rule
    if rules:
        ends = {draft.instant(end) for end in shift_ends(draft.plant, name, *_span(draft))}
        first_end, _ = draft.link(int(change in ends) for change in changes)
        row = draft.calendars[name]
        draft.rows["calendar"].set(row, first_rule=first_rule, rules=rules, first_end=first_end)


def turns(draft: Draft, calendar: str) -> tuple[int, list[int]]:
    """State at tick 0 and the ticks after it at which a calendar turns on or off, up to the horizon."""
    start, end = _span(draft)
    edges = [
        (instant - start) // _MICROSECOND
        for interval in intervals(draft.plant, calendar, start, end)
        for instant in interval
    ]
    on = int(bool(edges) and edges[0] == 0)
    last = (end - start) // _MICROSECOND  # where the span was cut, nothing turns
    return on, [edge for edge in edges if 0 < edge < last]


def _span(draft: Draft) -> Interval:
    """What is lowered of the calendars."""
    start = dt.datetime.combine(draft.plant.from_, dt.time(), tzinfo=dt.UTC)
    return start, start + dt.timedelta(seconds=-(-draft.horizon // TICKS_PER_SECOND))


def link_followers(draft: Draft) -> None:
    """Which stations, crews and carriers turn on and off with each calendar."""
    for name, row in draft.calendars.items():
        stations = [draft.stations[id_] for id_, station in draft.plant.stations.items() if station.calendar == name]
        crews = [draft.crews[id_] for id_, crew in draft.plant.crews.items() if crew.calendar == name]
        carriers = [draft.carriers[id_] for id_, carrier in draft.plant.carriers.items() if carrier.calendar == name]
        for kind, followers in (("station", stations), ("crew", crews), ("carrier", carriers)):
            first, count = draft.link(followers)
            draft.rows["calendar"].set(row, **{f"first_{kind}": first, f"{kind}s": count})
