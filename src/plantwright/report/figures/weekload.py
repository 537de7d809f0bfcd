"""Load against capacity week by week, on the real calendar."""

from __future__ import annotations

from collections.abc import Sequence

from plantwright.report.figure import Figure, Table, figure
from plantwright.report.figures.load import SHOWN, Bar, bars
from plantwright.report.figures.strips import Cell, Strip, strips
from plantwright.report.names import Names, load_class, load_legend
from plantwright.results import RoughCutRow, SharedCutRow, WeekLoad
from plantwright.results.wording import month, number, percent


def week_by_week(
    found: Sequence[RoughCutRow], weeks: Sequence[WeekLoad], names: Names, shared: Sequence[SharedCutRow] = ()
) -> Figure:
    """The load of the tightest in each week, against the calendar of that week; tightest first."""
    every = bars(found, shared, names)
    tight = sorted(every, key=lambda row: row.units_per_year)[:SHOWN]
    what = "stations, carriers, conveyors and tools" if shared else "stations"
    count = f"the {len(tight)} tightest {what}" if len(every) > len(tight) else f"all {what}"
    caption = (
        "Load week by week: hours that the demand of the week takes over the hours that it has on the real calendar, "
        f"{count}; the number is the highest week"
    )
    rows = [_strip(row, weeks) for row in tight]
    starts = [place for place, week in enumerate(weeks) if place == 0 or week.week[:7] != weeks[place - 1].week[:7]]
    months = {place: month(weeks[place].week[:7]) for place in starts if place < len(weeks) - 1}

    def draw(width: int) -> str:
        return strips(width, caption, rows, weeks=len(weeks), ticks=months)

    legend = load_legend(row.in_week(week) for row in tight for week in weeks)
    if any(row.in_week(week) is None for row in tight for week in weeks):
        legend.append(("closed", "closed"))
    return figure("load-by-week", caption, draw, _table(every, weeks, what), legend)


def _strip(row: Bar, weeks: Sequence[WeekLoad]) -> Strip:
    cells = {}
    for place, week in enumerate(weeks):
        load = row.in_week(week)
        said = "no hours" if load is None else percent(load)
        cls = "closed" if load is None else f"mark {load_class(load)}"
        cells[place] = Cell(cls, f"{row.label}, week from {week.week}: {said}, {number(week.units)} units wanted")
    return Strip(row.brief, percent(max((row.in_week(week) or 0.0 for week in weeks), default=0.0)), cells)


def _table(every: Sequence[Bar], weeks: Sequence[WeekLoad], what: str) -> Table:
    rows = []
    for row in every:
        loads = {week.week: row.in_week(week) for week in weeks}
        highest = max(loads, key=lambda week: loads[week] or 0.0)
        over = sum((load or 0.0) > 1 for load in loads.values())
        closed = sum(load is None for load in loads.values())
        most = percent(loads[highest])
        rows.append((row.label, row.key, percent(row.load), most, highest, f"{over}", f"{closed}"))
    columns = ("name", "id", "load of the year", "highest week", "week from", "weeks over 100 %", "weeks closed")
    return Table.of(f"Load week by week, every one of the {what}", columns, rows, text=(1, 4))
