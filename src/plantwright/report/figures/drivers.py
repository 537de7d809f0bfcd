"""The inputs whose ranges move the answer most."""

from __future__ import annotations

from collections.abc import Sequence

from plantwright.report.figure import NARROW, Figure, Table, figure
from plantwright.report.scale import Scale
from plantwright.report.svg import Drawing, fit
from plantwright.results import Driver
from plantwright.results.wording import rounded

SHOWN = 10
"""Inputs drawn; the table has them all."""
LEGEND = {"E": ("estimated", "engineering estimate (E)"), "S": ("sourced", "public source (S)")}
MARKS = {"S": "sourced", "E": "estimate"}


def drivers(found: Sequence[Driver], matter: Sequence[Driver]) -> Figure:
    """Rank correlation of each input with the answer: to the right more of it gives more units.

    Estimates that ``matter`` (they move the answer more than chance would) stand in bold.
    """
    drawn, bold = found[:SHOWN], {driver.path for driver in matter}
    caption = "How strongly each uncertain input moves the answer (rank correlation), and the range it was drawn from"

    def draw(width: int) -> str:
        phone = width <= NARROW
        pitch = 62 if phone else 42
        drawing = Drawing(width, pitch * len(drawn) + 26, caption)
        start, end = (13.0, width - 13.0) if phone else (430.0, width - 60.0)
        scale = Scale(-1, 1, start, end)
        bottom = pitch * len(drawn)
        for mark in (-1.0, -0.5, 0.0, 0.5, 1.0):
            drawing.line((scale(mark), 2), (scale(mark), bottom), "zero" if mark == 0 else "grid")
            drawing.text(scale(mark), bottom + 18, rounded(mark, 1), "tick", "middle")
        for place, driver in enumerate(drawn):
            top = place * pitch
            room = width - 60 if phone else start - 20
            if phone:
                drawing.rect(0, top + 2, (width, 32), "ground")
            drawing.text(0, top + 16, fit(driver.path, room, 12.5), "strong" if driver.path in bold else "label")
            detail = f"{MARKS.get(driver.mark, driver.mark)}: {driver.low} to {driver.high}"
            drawing.text(0, top + 31, fit(detail, room, 11.5), "note")
            y = top + (46 if phone else 22)
            left, right = sorted((scale(0), scale(driver.correlation)))
            cls = "estimated" if driver.mark == "E" else "sourced"
            drawing.rect(left, y - 7, (right - left, 14), f"mark {cls}", f"{driver.path}: {driver.correlation:+.2f}", 2)
            drawing.text(width, top + 16 if phone else y + 4, rounded(driver.correlation, 2), "value", "end")
        return drawing.svg("figure")

    columns = ("input", "mark", "low", "high", "correlation", "source")
    rows = [
        (
            driver.path,
            MARKS.get(driver.mark, driver.mark),
            driver.low,
            driver.high,
            rounded(driver.correlation, 2),
            driver.source or "none given",
        )
        for driver in found
    ]
    legend = [LEGEND[mark] for mark in LEGEND if any(driver.mark == mark for driver in drawn)]
    return figure("drivers", caption, draw, Table.of("Inputs that move the answer", columns, rows, text=(1, 5)), legend)
