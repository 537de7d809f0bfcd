"""Load of the planned orders against the hours of stations, period by period."""

from __future__ import annotations

from plantwright.report.figure import Figure, Table, figure
from plantwright.report.figures.strips import Cell, Strip, strips
from plantwright.report.names import Names, load_class, load_legend
from plantwright.results import MaterialsAnswer, StationLoad
from plantwright.results.wording import month, percent

SHOWN = 12
"""Stations that are drawn, the tightest. [-]"""


def load(answer: MaterialsAnswer, names: Names) -> Figure:
    """A strip per station, a cell per period."""
    tight = sorted(answer.load.values(), key=lambda row: -highest(row))[:SHOWN]
    caption = (
        "Load of the planned orders: hours of work over the hours there are on the real calendar; the number is the "
        "highest period"
    )
    called = {id(row): names.brief(key) for key, row in answer.load.items()}
    rows = [_strip(row, called[id(row)], answer) for row in tight]
    days = answer.periods
    starts = [place for place, day in enumerate(days) if place == 0 or day[:7] != days[place - 1][:7]]
    ticks = {place: month(days[place][:7]) for place in starts if place < len(days) - 1}

    def draw(width: int) -> str:
        return strips(width, caption, rows, weeks=len(days), ticks=ticks)

    legend = load_legend(load for row in tight for load in loads(row))
    return figure("plan-load", caption, draw, _table(answer), legend)


def loads(row: StationLoad) -> list[float | None]:
    """Hours of work over hours there; None where there are none. [-]"""
    return [work / there if there else None for work, there in zip(row.needed_h, row.hours_h, strict=True)]


def highest(row: StationLoad) -> float:
    """The highest of them. [-]"""
    return max((load or 0.0 for load in loads(row)), default=0.0)


def _strip(row: StationLoad, label: str, answer: MaterialsAnswer) -> Strip:
    cells = {}
    for place, value in enumerate(loads(row)):
        cls = "closed" if value is None else f"mark {load_class(value)}"
        said = "no hours" if value is None else percent(value)
        cells[place] = Cell(
            cls, f"{row.name}, from {answer.periods[place]}: {said}, {row.needed_h[place]:,.0f} h of work"
        )
    return Strip(label, percent(highest(row)), cells)


def _table(answer: MaterialsAnswer) -> Table:
    rows = [
        (
            row.name,
            percent(highest(row)),
            str(sum((load or 0.0) > 1 for load in loads(row))),
            f"{sum(row.needed_h):,.0f}",
        )
        for row in answer.load.values()
    ]
    return Table.of("Load of the planned orders", ("station", "highest", "periods over 100 %", "hours of work"), rows)
