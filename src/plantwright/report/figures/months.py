"""The year: deliveries against demand and stock by month, output by week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plantwright.report.figure import NARROW, Figure, Table, figure
from plantwright.report.names import Names, series_class
from plantwright.report.scale import Scale, axis, short
from plantwright.report.svg import Drawing
from plantwright.results import Estimate, Month
from plantwright.results.wording import estimate, month, number


def _mean(value: Estimate | None) -> float:
    return value.mean or 0.0 if value is not None else 0.0


def _left(width: int) -> float:
    return 34 if width <= NARROW else 48


def deliveries(months: Sequence[Month], names: Names) -> Figure:
    """Deliveries as stacked columns, demand as a mark above each, stock and backlog below."""
    keys = list(dict.fromkeys(key for entry in months for key in entry.demand))
    colours = series_class(keys)
    caption = "Deliveries and demand by month; below them the finished stock and the backlog at its end, units"

    def draw(width: int) -> str:
        drawing = Drawing(width, 372, caption)
        slot = (width - _left(width)) / len(months)
        _delivered(drawing, months, colours, slot)
        _stock(drawing, months, colours, slot)
        return drawing.svg("figure")

    legend = [(colours[key], names.item(key)) for key in keys]
    legend += [("demand-mark", "demand"), ("backlog", "backlog")]
    return figure("deliveries", caption, draw, _table(months, keys, names), legend)


def _delivered(drawing: Drawing, months: Sequence[Month], colours: Mapping[str, str], slot: float) -> None:
    left = _left(int(drawing.width))
    demand = [float(sum(entry.demand.values())) for entry in months]
    made = [sum(_mean(entry.delivered.get(key)) for key in colours) for entry in months]
    scale, marks = axis([0.0, *demand, *made], 206, 22, 4)
    _grid(drawing, scale, marks, left)
    drawing.text(0, 12, "Delivered and demanded", "panel")
    bar = min(0.66 * slot, 40)
    for place, entry in enumerate(months):
        x, level = left + place * slot + (slot - bar) / 2, 0.0
        drawing.open("column", f"{entry.month}: {number(made[place])} delivered, {number(demand[place])} demanded")
        for key, colour in colours.items():
            top = level + _mean(entry.delivered.get(key))
            drawing.rect(x, scale(top), (bar, scale(level) - scale(top)), f"mark {colour}")
            level = top
        y = scale(demand[place])
        drawing.line((x - 0.12 * slot, y), (x + bar + 0.12 * slot, y), "demand-line")
        drawing.close()
        _name(drawing, entry, x + bar / 2, 222, slot)


def _name(drawing: Drawing, entry: Month, x: float, y: float, slot: float) -> None:
    word = month(entry.month)
    drawing.text(x, y, word if slot > 30 else word[:1], "tick", "middle")


def _stock(drawing: Drawing, months: Sequence[Month], colours: Mapping[str, str], slot: float) -> None:
    left = _left(int(drawing.width))
    stock = [sum(_mean(entry.stock_end.get(key)) for key in colours) for entry in months]
    late = [sum(_mean(entry.backlog_end.get(key)) for key in colours) for entry in months]
    scale, marks = axis([0.0, *stock, *(-value for value in late)], 364, 262, 4)
    _grid(drawing, scale, marks, left)
    drawing.text(0, 250, "Stock (up) and backlog (down) at the end of the month", "panel")
    bar = min(0.66 * slot, 40)
    for place, entry in enumerate(months):
        x, level = left + place * slot + (slot - bar) / 2, 0.0
        drawing.open("column", f"{entry.month}: {number(stock[place])} in stock, {number(late[place])} owed")
        for key, colour in colours.items():
            top = level + _mean(entry.stock_end.get(key))
            drawing.rect(x, scale(top), (bar, scale(level) - scale(top)), f"mark {colour}")
            level = top
        drawing.rect(x, scale(0), (bar, scale(-late[place]) - scale(0)), "mark backlog")
        drawing.close()


def _grid(drawing: Drawing, scale: Scale, marks: Sequence[float], left: float) -> None:
    for mark in marks:
        drawing.line((left, scale(mark)), (drawing.width, scale(mark)), "zero" if mark == 0 else "grid")
        drawing.text(left - 6, scale(mark) + 4, short(mark), "tick", "end")


def _table(months: Sequence[Month], keys: Sequence[str], names: Names) -> Table:
    rows = [
        (
            entry.month,
            names.item(key),
            f"{entry.demand.get(key, 0):,}",
            estimate(entry.delivered.get(key)),
            estimate(entry.stock_end.get(key)),
            estimate(entry.backlog_end.get(key)),
        )
        for entry in months
        for key in keys
    ]
    columns = ("month", "product", "demand", "delivered", "stock at end", "backlog at end")
    return Table.of("Deliveries by month", columns, rows, text=(1,))


def weeks(output: Mapping[str, Sequence[float]], names: Names) -> Figure:
    """Finished units of each week, one line per product."""
    keys = list(output)
    colours = series_class(keys)
    count = max(len(series) for series in output.values())
    caption = "Units finished in each week of the year"

    def draw(width: int) -> str:
        left = _left(width)
        drawing = Drawing(width, 186, caption)
        scale, marks = axis([0.0, *(value for series in output.values() for value in series)], 156, 12, 4)
        _grid(drawing, scale, marks, left)
        across = Scale(0, max(count - 1, 1), left + 4, width - 6)
        for key, series in output.items():
            points = [(across(week), scale(value)) for week, value in enumerate(series)]
            drawing.polyline(points, f"trend {colours[key]}", tip=names.item(key))
        for week in range(0, count, 13 if width > NARROW else 26):
            drawing.text(across(week), 176, f"week {week + 1}", "tick", "middle" if week else "start")
        return drawing.svg("figure")

    rows = [
        (str(week + 1), *(number(output[key][week]) if week < len(output[key]) else "" for key in keys))
        for week in range(count)
    ]
    table = Table.of(caption, ("week", *(names.item(key) for key in keys)), rows)
    return figure("weeks", caption, draw, table, [(colours[key], names.item(key)) for key in keys])
