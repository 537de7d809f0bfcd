"""Strips: a row for each of many things, a cell for each week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plantwright.report.figure import NARROW
from plantwright.report.svg import Drawing, fit

LABEL, VALUE = 170, 60
"""Room of names and values beside the strips of a page."""
HEIGHT = 18


@dataclass(frozen=True, slots=True)
class Cell:
    """One week of a strip: its class, how strong its colour is, and what it says when pointed at."""

    cls: str
    tip: str
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Strip:
    """One row: its name, a number for the whole of it, and the weeks that are not blank."""

    label: str
    value: str
    cells: Mapping[int, Cell]


def strips(width: int, caption: str, rows: Sequence[Strip], *, weeks: int, ticks: Mapping[int, str]) -> str:
    """The rows below each other, named at the side, or on a phone above.

    Parameters
    ----------
    width
        Of the figure.
    caption
        What it shows.
    rows
        From top to bottom.
    weeks
        Cells in a row.
    ticks
        What is written below the beginning of a week.
    """
    phone = width <= NARROW
    pitch, left, right = (38, 0, width) if phone else (26, LABEL, width - VALUE)
    drawing = Drawing(width, pitch * len(rows) + 24, caption)
    cell = (right - left) / weeks
    for place, row in enumerate(rows):
        top = place * pitch
        y = top + 17 if phone else top + 2
        drawing.text(0, top + (13 if phone else 17), fit(row.label, width - 70 if phone else LABEL - 10, 12.5), "label")
        drawing.text(width, top + (13 if phone else 17), row.value, "value", "end")
        drawing.rect(left, y, (right - left, HEIGHT), "heat-ground", round_=2)
        for week, found in row.cells.items():
            drawing.cell(left + week * cell, y, (max(cell - 0.7, 0.6), HEIGHT), found.opacity, found.tip, found.cls)
    for week, text in ticks.items():
        drawing.text(left + week * cell, pitch * len(rows) + 16, text, "tick")
    return drawing.svg("figure")
