"""The projected stock of the items that matter most, each in a panel of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plantwright.report.figure import NARROW, Figure, Table, figure
from plantwright.report.scale import Scale, axis, short
from plantwright.report.svg import Drawing, fit
from plantwright.results import ItemPlan, MaterialsAnswer
from plantwright.results.wording import month

PANELS = 6
"""Items that are drawn. [-]"""
HEIGHT = 128
"""Of a panel. [user units]"""


def projections(answer: MaterialsAnswer) -> Figure:
    """Stock at the end of each period with its safety stock, and what comes, of the most critical items."""
    chosen = critical(answer)
    caption = "Projected stock of the items that come closest to running out, period by period; columns are what comes"

    def draw(width: int) -> str:
        columns = 1 if width <= NARROW else 2
        room = (width - 24 * (columns - 1)) / columns
        rows = -(-len(chosen) // columns)
        drawing = Drawing(width, rows * HEIGHT + 4, caption)
        for place, key in enumerate(chosen):
            left = place % columns * (room + 24)
            _panel(drawing, answer.items[key], answer.periods, left=left, top=place // columns * HEIGHT, room=room)
        return drawing.svg("figure")

    legend = [("c-0", "stock"), ("c-2", "planned receipts"), ("backlog", "missing"), ("c-1", "safety stock")]
    return figure("projection", caption, draw, _table(answer), legend)


def critical(answer: MaterialsAnswer) -> list[str]:
    """Items by how little of their use is left where least is; not those whose kanban is always filled."""
    kept = [key for key, item in answer.items.items() if item.kind != "pull"]
    return sorted(kept, key=lambda key: _cover(answer.items[key]))[:PANELS]


def _cover(item: ItemPlan) -> float:
    """Least stock beyond the safety stock, in mean periods of use. [periods]"""
    use = sum(item.gross) / max(1, len(item.gross)) or 1.0
    return (min(item.projected, default=0) - item.safety) / use


def _panel(drawing: Drawing, item: ItemPlan, periods: Sequence[str], *, left: float, top: float, room: float) -> None:
    scale, marks = axis([0.0, float(item.safety), *map(float, item.projected)], top + HEIGHT - 26, top + 24, 3)
    across = Scale(0, max(len(periods), 1), left + 40, left + room)
    drawing.text(left, top + 12, fit(item.name, room, 12.5), "panel")
    for mark in marks:
        drawing.line((left + 40, scale(mark)), (left + room, scale(mark)), "zero" if mark == 0 else "grid")
        drawing.text(left + 36, scale(mark) + 4, short(mark), "tick", "end")
    bar = max(across(1) - across(0) - 1.0, 1.0)
    for place, coming in enumerate(item.receipts):
        high = scale.within(float(coming))
        tip = f"{periods[place]}: {coming:,} planned, {item.projected[place]:,} left at the end"
        drawing.rect(across(place), high, (bar, scale(0) - high), "mark c-2", tip)
        if item.projected[place] < 0:
            drawing.rect(across(place), scale(0), (bar, scale(item.projected[place]) - scale(0)), "mark backlog", tip)
    points = [(across(place + 1), scale(stock)) for place, stock in enumerate(map(float, item.projected))]
    drawing.polyline([(across(0), scale.within(float(item.stock))), *points], "trend c-0", tip=item.name)
    if item.safety:
        drawing.line((left + 40, scale(item.safety)), (left + room, scale(item.safety)), "trend c-1", "safety stock")
    for place, word in _months(periods).items():
        drawing.text(across(place), top + HEIGHT - 12, word, "tick")


def _months(periods: Sequence[str]) -> Mapping[int, str]:
    """Names of months at the periods in which they begin; every third of a long plan."""
    starts = [place for place, day in enumerate(periods) if place == 0 or day[:7] != periods[place - 1][:7]]
    step = 1 if len(starts) <= 7 else 3
    return {place: month(periods[place][:7]) for place in starts[::step] if place < len(periods) - 1}


def _table(answer: MaterialsAnswer) -> Table:
    rows = [
        (
            item.name,
            item.kind,
            f"{item.lead_time_d} d",
            f"{item.stock:,}",
            f"{item.safety:,}",
            f"{min(item.projected):,}",
            f"{sum(item.receipts):,}",
        )
        for item in answer.items.values()
    ]
    columns = ("item", "made or bought", "lead time", "stock", "safety stock", "least stock", "planned")
    return Table.of("Items of the plan", columns, rows, text=(1,))
