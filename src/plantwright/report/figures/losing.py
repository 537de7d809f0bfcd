"""A loss day by day: shelves that empty, and what the plant still makes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from plantwright.report.figure import NARROW, Figure, Table, figure
from plantwright.report.names import Names, series_class
from plantwright.report.scale import Scale, axis, short
from plantwright.report.svg import Drawing
from plantwright.results import CourseDay, LossReplay
from plantwright.results.wording import number

WEEK = 7
PLOT, LOW = 14, 186


def shelves(days: Sequence[CourseDay], names: Names) -> Figure:
    """Stocks of what the lost delivered, in per cent of the first day."""
    series = {key: [day.stock[key] for day in days] for key in days[0].stock if key not in days[0].made}
    full = {key: max(values) or 1.0 for key, values in series.items()}
    drawn = {key: [100.0 * value / full[key] for value in values] for key, values in series.items()}
    caption = "Shelves of what the lost delivered, day by day under the planner's rule, % of the fullest"
    table = _by_week(caption, {names.item(key): values for key, values in series.items()})
    return _lines("shelves", caption, drawn, names, table)


def output(days: Sequence[CourseDay], names: Names) -> Figure:
    """Units of each product made in each week under the rule."""
    series = {key: _weekly([day.made[key] for day in days]) for key in days[0].made}
    caption = "Units made in each week under the planner's rule"
    rows = [(str(week + 1), *(number(series[key][week]) for key in series)) for week in range(len(_any(series)))]
    table = Table.of(caption, ("week", *(names.item(key) for key in series)), rows)
    return _lines("losing", caption, series, names, table, per=WEEK)


def simulated(replays: Sequence[LossReplay], names: Names) -> Figure:
    """Units made each week in the simulation: as usual, with the loss, and with loss and protection."""
    series = {"as usual": _all(replays[0].made_usual)}
    for each in replays:
        series["lost, protected" if each.is_protected else "lost"] = _all(each.made_lost)
    weekly = {key: _weekly(values) for key, values in series.items()}
    caption = f"Units made in each week in the simulation, {replays[0].name} lost on the first day"
    rows = [(str(week + 1), *(number(weekly[key][week]) for key in weekly)) for week in range(len(_any(weekly)))]
    table = Table.of(caption, ("week", *weekly), rows)
    return _lines("simulated", caption, weekly, names, table, per=WEEK)


def _lines(
    name: str, caption: str, series: Mapping[str, Sequence[float]], names: Names, table: Table, per: int = 1
) -> Figure:
    colours = series_class(series)
    count = len(_any(series))

    def draw(width: int) -> str:
        left = 34 if width <= NARROW else 48
        drawing = Drawing(width, 216, caption)
        scale, marks = axis([0.0, 1.0, *(value for values in series.values() for value in values)], LOW, PLOT, 4)
        for mark in marks:
            drawing.line((left, scale(mark)), (width, scale(mark)), "zero" if mark == 0 else "grid")
            drawing.text(left - 6, scale(mark) + 4, short(mark), "tick", "end")
        across = Scale(0, max(count - 1, 1), left + 4, width - 6)
        for key, values in series.items():
            points = [(across(place), scale(value)) for place, value in enumerate(values)]
            drawing.polyline(points, f"trend {colours[key]}", tip=names.item(key))
        step = max(1, math.ceil(count / (6 if width > NARROW else 3)))
        for place in range(0, count, step):
            anchor = "start" if place == 0 else "end" if across(place) > width - 30 else "middle"
            drawing.text(across(place), LOW + 20, f"day {place * per + 1}", "tick", anchor)
        return drawing.svg("figure")

    return figure(name, caption, draw, table, [(colours[key], names.item(key)) for key in series])


def _any(series: Mapping[str, Sequence[float]]) -> Sequence[float]:
    return next(iter(series.values()), ())


def _weekly(days: Sequence[float]) -> list[float]:
    """Sums over whole weeks."""
    return [math.fsum(days[at : at + WEEK]) for at in range(0, len(days) - WEEK + 1, WEEK)] or [math.fsum(days)]


def _all(series: Mapping[str, Sequence[float]]) -> list[float]:
    return [math.fsum(each) for each in zip(*series.values(), strict=True)]


def _by_week(caption: str, series: Mapping[str, Sequence[float]]) -> Table:
    rows = [
        (str(day + 1), *(number(values[day]) for values in series.values()))
        for day in range(0, len(_any(series)), WEEK)
    ]
    return Table.of(f"{caption}: pieces", ("day", *series), rows)
