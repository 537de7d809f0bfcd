"""Load against capacity week by week, on the real calendar."""

from __future__ import annotations

from collections.abc import Sequence

from plantwright.report.figure import Figure, Table, figure
from plantwright.report.figures.load import SHOWN
from plantwright.report.figures.strips import Cell, Strip, strips
from plantwright.report.names import Names, load_class, load_legend
from plantwright.results import RoughCutRow, WeekLoad
from plantwright.results.wording import month, number, percent


def week_by_week(rows_found: Sequence[RoughCutRow], weeks: Sequence[WeekLoad], names: Names) -> Figure:
    """The load of the tightest stations in each week, against the calendar of that week; tightest first."""
    tight = sorted(rows_found, key=lambda row: row.units_per_year)[:SHOWN]
    count = f"the {len(tight)} tightest stations" if len(rows_found) > len(tight) else "all stations"
    caption = (
        "Load week by week: hours that the demand of the week takes over the hours that it has on the real calendar, "
        f"{count}; the number is the highest week"
    )
    rows = [_strip(row.station, weeks, names) for row in tight]
    starts = [place for place, week in enumerate(weeks) if place == 0 or week.week[:7] != weeks[place - 1].week[:7]]
    months = {place: month(weeks[place].week[:7]) for place in starts if place < len(weeks) - 1}

    def draw(width: int) -> str:
        return strips(width, caption, rows, weeks=len(weeks), ticks=months)

    legend = load_legend(week.load.get(row.station) for row in tight for week in weeks)
    if any(week.load.get(row.station) is None for row in tight for week in weeks):
        legend.append(("closed", "closed"))
    return figure("load-by-week", caption, draw, _table(rows_found, weeks, names), legend)


def _strip(station: str, weeks: Sequence[WeekLoad], names: Names) -> Strip:
    name, cells = names.station(station), {}
    for place, week in enumerate(weeks):
        load = week.load.get(station)
        said = "no hours" if load is None else percent(load)
        cls = "closed" if load is None else f"mark {load_class(load)}"
        cells[place] = Cell(cls, f"{name}, week from {week.week}: {said}, {number(week.units)} units wanted")
    return Strip(names.brief(station, 26), percent(_highest(station, weeks)), cells)


def _highest(station: str, weeks: Sequence[WeekLoad]) -> float:
    return max((week.load.get(station) or 0.0 for week in weeks), default=0.0)


def _table(rows_found: Sequence[RoughCutRow], weeks: Sequence[WeekLoad], names: Names) -> Table:
    rows = []
    for row in rows_found:
        highest = max(weeks, key=lambda week: week.load.get(row.station) or 0.0)
        over = sum((week.load.get(row.station) or 0.0) > 1 for week in weeks)
        closed = sum(week.load.get(row.station) is None for week in weeks)
        most = percent(highest.load.get(row.station))
        year = percent(row.load_at_target)
        rows.append((names.station(row.station), row.station, year, most, highest.week, f"{over}", f"{closed}"))
    columns = ("station", "id", "load of the year", "highest week", "week from", "weeks over 100 %", "weeks closed")
    return Table.of("Load week by week, every station", columns, rows, text=(1, 4))
