"""What one more of each resource gives: alone, in pairs, and as a staircase."""

from __future__ import annotations

from collections.abc import Sequence

from plantwright.report.figure import NARROW, Figure, Table, figure
from plantwright.report.names import Names
from plantwright.report.rows import TEXT, Rows, interval, target_line
from plantwright.report.scale import axis, zoom
from plantwright.report.svg import Drawing, wrap
from plantwright.results import Estimate, Gain, Stair
from plantwright.results.wording import estimate, gain

SHOWN = 18
"""Changes drawn; the table has them all."""
LABEL, MOST_LINES = 300, 3
NOTHING = "not distinguishable from 0"


def _label(entry: Gain | Stair, names: Names) -> str:
    label = names.change(entry.resource, entry.change)
    if isinstance(entry, Gain) and entry.second:
        resource, _, change = entry.second.partition(": ")
        label += f" + {names.change(resource, change)}"
    return label


def _lines(width: int, labels: Sequence[str]) -> int:
    """Lines that the longest label needs."""
    room = width - 120 if width <= NARROW else LABEL
    return max(len(wrap(label, room, TEXT, MOST_LINES)) for label in labels)


def gains(name: str, caption: str, entries: Sequence[Gain], names: Names) -> Figure:
    """Gains with their simultaneous intervals, largest first; hollow where nothing can be told from 0."""
    ordered = sorted(entries, key=lambda entry: -(entry.gain_per_year.mean or 0.0))
    drawn = ordered[:SHOWN]

    def draw(width: int) -> str:
        lines = _lines(width, [_label(entry, names) for entry in drawn])
        rows = Rows(width, len(drawn), label_room=LABEL, value_room=170, pitch=13 + 14 * lines, lines=lines)
        drawing = Drawing(width, rows.height, caption)
        ends = [
            end for entry in drawn for end in (entry.gain_per_year.low, entry.gain_per_year.high) if end is not None
        ]
        means = [entry.gain_per_year.mean for entry in drawn if entry.gain_per_year.mean is not None]
        scale, marks = axis([0.0, *ends, *means], rows.start, rows.end, 5)
        rows.axis(drawing, scale, marks, "a year")
        for place, entry in enumerate(drawn):
            label, shown = _label(entry, names), _value(entry, rows)
            rows.write(drawing, place, label, shown, "" if entry.distinguishable else "faint")
            tip = f"{label}: {gain(entry.gain_per_year)} units a year"
            cls = "" if entry.distinguishable else "nothing"
            interval(drawing, scale, rows.middle(place), entry.gain_per_year, cls=cls, tip=tip)
        return drawing.svg("figure")

    return figure(name, caption, draw, _table(caption, ordered, names))


def _value(entry: Gain, rows: Rows) -> str:
    if entry.distinguishable:
        return gain(entry.gain_per_year)
    return "≈ 0" if rows.stacked else NOTHING


def _id(entry: Gain) -> str:
    """What has to be typed to find the resource, or both of a pair."""
    second = (entry.second or "").partition(": ")[0]
    return f"{entry.resource}, {second}" if second else entry.resource


def _table(caption: str, entries: Sequence[Gain], names: Names) -> Table:
    rows = []
    for entry in entries:
        told = "told apart from 0" if entry.distinguishable else NOTHING
        rows.append((_label(entry, names), _id(entry), gain(entry.gain_per_year), told))
    return Table.of(caption, ("change", "id in the document", "units/year", "verdict"), rows, text=(1, 3))


def staircase(now: Estimate, stairs: Sequence[Stair], names: Names, target: int | None) -> Figure:
    """Fix this first, then that: what the plant makes after each step."""
    caption = "Step by step: what the plant makes a year when each fix is added to those above it"
    levels = [now, *(stair.units_per_year for stair in stairs)]
    labels = ["As it is", *(f"{place}. {_label(stair, names)}" for place, stair in enumerate(stairs, 1))]

    def draw(width: int) -> str:
        lines = _lines(width, labels)
        rows = Rows(width, len(levels), 24 if target else 6, label_room=LABEL, pitch=20 + 14 * lines, lines=lines)
        drawing = Drawing(width, rows.height, caption)
        ends = [end for level in levels for end in (level.mean, level.low, level.high) if end is not None]
        ends += [float(target)] if target else []
        scale, marks = zoom(ends, rows.start, rows.end, 5 if width > NARROW else 3)
        rows.axis(drawing, scale, marks)
        if target:
            target_line(drawing, rows, scale, target, f"target {target:,}")
        means = [level.mean for level in levels if level.mean is not None]
        for place in range(0 if rows.stacked else len(means) - 1):
            x, y, below = scale(means[place]), rows.middle(place), rows.middle(place + 1)
            drawing.polyline([(x, y), (x, below), (scale(means[place + 1]), below)], "stair")
        for place, (label, level) in enumerate(zip(labels, levels)):
            rows.write(drawing, place, label, estimate(level), "strong" if place == 0 else "")
            interval(drawing, scale, rows.middle(place), level, tip=f"{label}: {estimate(level)}")
        return drawing.svg("figure")

    rows = [("As it is", "", estimate(now))]
    rows += [
        (label, gain(stair.gain_per_year), estimate(stair.units_per_year)) for label, stair in zip(labels[1:], stairs)
    ]
    return figure("staircase", caption, draw, Table.of(caption, ("step", "gain", "units/year"), rows))
