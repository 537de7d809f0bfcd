"""Load against capacity: hours needed over hours there, and the room that calendars need between stations."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from plantwright.report.figure import Figure, Table, figure
from plantwright.report.names import Names, load_class
from plantwright.report.rows import Rows, target_line
from plantwright.report.scale import Scale, axis
from plantwright.report.svg import Drawing
from plantwright.results import BufferNeed, RoughCutRow, SharedCutRow, WeekLoad
from plantwright.results.wording import about, number, percent

SHOWN = 20
"""Stations drawn; the table has them all."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of the rough cut: a station, or a carrier, conveyor or tool that stations share."""

    key: str
    label: str
    brief: str
    place: str
    number: int
    hours_per_unit: float
    hours_per_year: float
    efficiency: float
    units_per_year: float
    load: float | None
    kind: str = ""

    def in_week(self, week: WeekLoad) -> float | None:
        """Its load in a week. [-]"""
        return (week.shared.get(self.kind, {}) if self.kind else week.load).get(self.key)


def bars(found: Sequence[RoughCutRow], shared: Sequence[SharedCutRow], names: Names) -> list[Bar]:
    """All rows, stations first."""
    stations = [
        Bar(
            row.station,
            names.station(row.station),
            names.brief(row.station, 26),
            names.shop(row.shop),
            row.machines,
            row.machine_hours_per_unit,
            row.hours_per_year,
            row.efficiency,
            row.units_per_year,
            row.load_at_target,
        )
        for row in found
    ]
    others = [
        Bar(
            row.resource,
            row.name,
            row.name,
            f"{row.kind}s",
            row.number,
            row.hours_per_unit,
            row.hours_per_year,
            row.efficiency,
            row.units_per_year,
            row.load_at_target,
            row.kind,
        )
        for row in shared
    ]
    return stations + others


def by_year(
    found: Sequence[RoughCutRow], names: Names, target: int | None, shared: Sequence[SharedCutRow] = ()
) -> Figure:
    """The tightest of the rough-cut by the year, tightest first."""
    every = bars(found, shared, names)
    tight = sorted(every, key=lambda row: row.units_per_year)[:SHOWN]
    at_target = all(row.load is not None for row in tight) and bool(target)
    what = "stations, carriers, conveyors and tools" if shared else "stations"
    count = f"the {len(tight)} tightest of {len(every)} {what}" if len(every) > len(tight) else f"all {what}"
    caption = (
        f"Hours needed for {target:,} units over the hours that the year has, {count}"
        if at_target
        else f"Units a year that each could make if it never waited, {count}"
    )

    def draw(width: int) -> str:
        rows = Rows(width, len(tight), head=24 if at_target else 6, label_room=270, value_room=140, pitch=24)
        drawing = Drawing(width, rows.height, caption)
        values = [row.load or 0.0 if at_target else row.units_per_year for row in tight]
        scale, marks = axis([0.0, *values, *([1.0] if at_target else [])], rows.start, rows.end, 5)
        rows.axis(drawing, scale, marks, percent=at_target)
        for place, (row, value) in enumerate(zip(tight, values)):
            name = row.brief if rows.stacked else row.label
            most = about(row.units_per_year)
            rows.write(drawing, place, name, f"{percent(value)}, up to {most}" if at_target else most)
            tip = f"{name}: {number(row.hours_per_year)} h a year, up to {most} units"
            cls = load_class(row.load) if at_target else "c-0"
            drawing.rect(rows.start, rows.middle(place) - 6, (scale(value) - rows.start, 12), f"mark {cls}", tip, 2)
        if at_target:
            target_line(drawing, rows, scale, 1.0, "full")
        return drawing.svg("figure")

    return figure("load", caption, draw, _table(every, f"Rough-cut by the year, every one of the {what}"))


def _table(every: Sequence[Bar], title: str) -> Table:
    columns = ("name", "id", "shop", "number", "hours/unit", "hours/year", "efficiency", "units/year", "load at target")
    rows = [
        (
            row.label,
            row.key,
            row.place,
            f"{row.number:,}",
            number(row.hours_per_unit),
            number(row.hours_per_year),
            percent(row.efficiency),
            about(row.units_per_year),
            percent(row.load),
        )
        for row in every
    ]
    return Table.of(title, columns, rows, text=(1, 2))


def rooms(found: Sequence[BufferNeed], names: Names) -> Figure:
    """The room each calendar mismatch needs, against the room there is, scarcest first; each row has its own scale."""
    buffers = sorted(found, key=_plenty)
    drawn = [buffer for buffer in buffers if buffer.room_pieces is not None][:SHOWN] or buffers[:SHOWN]
    caption = "Pieces that must be able to wait where calendars differ (line), against the room there is (bar)"

    def draw(width: int) -> str:
        rows = Rows(width, len(drawn), foot=4, label_room=290, value_room=250, pitch=28)
        drawing = Drawing(width, rows.height, caption)
        for place, buffer in enumerate(drawn):
            label = f"{names.brief(buffer.before)} → {names.brief(buffer.after)}"
            rows.write(drawing, place, label, _verdict(buffer, rows.stacked), "" if _enough(buffer) else "short")
            most = max(buffer.needed_pieces, buffer.room_pieces or 0, 1.0) * 1.05
            scale, y = Scale(0, most, rows.start, rows.end), rows.middle(place)
            room = scale(buffer.room_pieces) if buffer.room_pieces is not None else rows.end
            cls = "room" if _enough(buffer) else "room room-short"
            drawing.rect(rows.start, y - 6, (room - rows.start, 12), cls, f"{label}: {_verdict(buffer, False)}", 2)
            drawing.line((scale(buffer.needed_pieces), y - 9), (scale(buffer.needed_pieces), y + 9), "needed")
        return drawing.svg("figure")

    rows = [
        (
            f"{names.station(buffer.before)} → {names.station(buffer.after)}",
            number(buffer.needed_pieces),
            "unlimited" if buffer.room_pieces is None else f"{buffer.room_pieces:,}",
            "–" if buffer.per_year is None else about(buffer.per_year),
        )
        for buffer in buffers
    ]
    columns = ("between", "pieces that must wait", "room", "units/year with this room")
    return figure("buffers", caption, draw, Table.of("Room needed where calendars differ", columns, rows))


def _plenty(buffer: BufferNeed) -> float:
    """Room over need."""
    return math.inf if buffer.room_pieces is None else buffer.room_pieces / max(buffer.needed_pieces, 1e-9)


def _enough(buffer: BufferNeed) -> bool:
    return buffer.room_pieces is None or buffer.room_pieces >= buffer.needed_pieces


def _verdict(buffer: BufferNeed, brief: bool) -> str:
    room = "unlimited" if buffer.room_pieces is None else f"{buffer.room_pieces:,}"
    needed = number(buffer.needed_pieces)
    if brief:
        return f"{needed} of {room}"
    most = f", up to {about(buffer.per_year)}" if buffer.per_year is not None else ""
    return f"needs {needed}, room {room}{most}"
