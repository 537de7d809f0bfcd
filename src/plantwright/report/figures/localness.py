"""Local content by every method with its floor, and plans that nothing beats."""

from __future__ import annotations

from collections.abc import Sequence

from plantwright.report.figure import NARROW, Figure, Table, figure
from plantwright.report.rows import Rows, target_line
from plantwright.report.scale import Scale, axis, short, zoom
from plantwright.report.svg import Drawing
from plantwright.results.sourcing import ContentRow, FrontPoint
from plantwright.results.wording import about, percent

Least = dict[tuple[str, str], dict[str, float | None]]


def contents(rows: Sequence[ContentRow], floor: float | None) -> Figure:
    """A bar for each method at cost, a dot at invoice; the floor where the method is the one that is asked for."""
    caption = "Local content by method, in the line and year that has least: at cost (bar) and at invoice (dot)"
    least = _least(rows)
    asked = next(((row.method, row.of) for row in rows if row.is_asked), None)

    def draw(width: int) -> str:
        placed = Rows(width, len(least), head=24, label_room=250, value_room=110, pitch=32)
        drawing = Drawing(width, placed.height, caption)
        shares = [share for ats in least.values() for share in ats.values() if share is not None]
        scale, marks = axis([0.0, 1.0, *shares], placed.start, placed.end, 5)
        placed.axis(drawing, scale, marks, percent=True)
        for place, (way, ats) in enumerate(least.items()):
            _bar(drawing, placed, scale, place, way, ats, way == asked)
        if floor is not None:
            target_line(drawing, placed, scale, floor, f"floor {percent(floor)} ({asked[0] if asked else ''})")
        return drawing.svg("figure")

    table = [
        (row.method, row.of, row.at, row.line, str(row.year), percent(row.local_share), percent(row.unknown_share))
        for row in rows
    ]
    columns = ("method", "of", "at", "line", "year", "local", "of unknown origin")
    return figure("local-content", caption, draw, Table.of(caption, columns, table, text=(1, 2, 3)))


def _least(rows: Sequence[ContentRow]) -> Least:
    found: Least = {}
    for row in rows:
        ats = found.setdefault((row.method, row.of), {})
        before = ats.get(row.at)
        ats[row.at] = row.local_share if before is None or row.local_share is None else min(before, row.local_share)
    return found


def _bar(
    drawing: Drawing,
    rows: Rows,
    scale: Scale,
    place: int,
    way: tuple[str, str],
    ats: dict[str, float | None],
    is_asked: bool,
) -> None:
    y, cost, invoice = rows.middle(place), ats.get("cost"), ats.get("invoice")
    method, of = way
    label = f"{method} of {of.replace('-', ' ')}" if method.startswith("build") else method
    rows.write(drawing, place, label, percent(cost), "strong" if is_asked else "")
    if cost is not None:
        low, high = sorted((0.0, cost))
        cls = "mark level" if is_asked else "mark s-setup"
        drawing.rect(scale(low), y - 8, (max(scale(high) - scale(low), 1.5), 16), cls, f"{label} at cost", 2)
    if invoice is not None:
        drawing.circle(scale.within(invoice), y, 4.5, "mean", f"{label} at invoice: {percent(invoice)}")


def front(points: Sequence[FrontPoint], currency: str) -> Figure:
    """Cost over local content; the larger the dot, the more is lost with the worst supplier."""
    caption = f"Plans that nothing beats: cost ({currency}), local content, and as the size of the dot what the worst "
    caption += "supplier's loss would cost"

    def draw(width: int) -> str:
        return _scatter(points, width, caption, currency)

    rows = [
        (
            percent(point.local_share),
            about(point.total_cost),
            about(point.exposure),
            "this plan" if point.is_plan else "; ".join(point.flips[:4]) + (" ..." if len(point.flips) > 4 else ""),
        )
        for point in points
    ]
    columns = ("local content", f"cost, {currency}", "lost with the worst supplier", "what differs")
    return figure("front", caption, draw, Table.of(caption, columns, rows, text=(3,)))


def _scatter(points: Sequence[FrontPoint], width: int, caption: str, currency: str) -> str:
    height = 300.0 if width > NARROW else 260.0
    drawing = Drawing(width, height, caption)
    across, marks = zoom([point.local_share for point in points], 62, width - 16, 6 if width > NARROW else 4)
    up, levels = zoom([point.total_cost for point in points], height - 36, 26, 5)
    for mark in marks:
        drawing.line((across(mark), 20), (across(mark), height - 32), "grid")
        drawing.text(across(mark), height - 16, f"{100 * mark:.4g} %", "tick", "middle")
    for level in levels:
        drawing.line((58, up(level)), (width - 8, up(level)), "grid")
        drawing.text(54, up(level) + 4, short(level), "tick", "end")
    drawing.text(2, 12, f"{currency}, worth today", "tick")
    drawing.text(width - 8, height - 2, "local content", "tick", "end")
    most = max((point.exposure or 0.0 for point in points), default=0.0) or 1.0
    for point in sorted(points, key=lambda point: -(point.exposure or 0.0)):
        size = 4.0 + 9.0 * (point.exposure or 0.0) / most
        tip = f"{about(point.total_cost)} {currency}, {percent(point.local_share)} local"
        if point.exposure is not None:
            tip += f", {about(point.exposure)} lost with the worst supplier"
        cls = "plan-dot chosen" if point.is_plan else "plan-dot"
        drawing.circle(across(point.local_share), up(point.total_cost), size, cls, tip)
    return drawing.svg("figure")
