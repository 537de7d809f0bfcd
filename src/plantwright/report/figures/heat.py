"""Which station was the bottleneck when: shares of the longest active period, week by week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plantwright.report.figure import NARROW, Figure, Table, figure
from plantwright.report.figures.strips import Cell, Strip, strips
from plantwright.report.names import Names
from plantwright.results import Estimate
from plantwright.results.wording import percent, share

SHOWN = 10
FAINTEST = 0.005
"""Share of a week from which it has a cell. [-]"""


def heat(overall: Mapping[str, Estimate], weeks: Sequence[Mapping[str, float]], names: Names) -> Figure:
    """A strip per station, a cell per week: the darker, the longer it held the plant back."""
    ordered = sorted(overall, key=lambda key: -(overall[key].mean or 0.0))
    keys = [key for key in ordered if (overall[key].mean or 0.0) > 0][:SHOWN]
    darkest = max((part for shares in weeks for part in shares.values()), default=1.0) or 1.0
    caption = (
        "Share of each week in which a station was the momentary bottleneck (the longest uninterrupted active period)"
    )

    rows = [_strip(key, overall[key], weeks, darkest, names) for key in keys]

    def draw(width: int) -> str:
        step = 13 if len(weeks) >= 26 else max(len(weeks) // 4, 1)
        step *= 2 if width <= NARROW and len(weeks) >= 26 else 1
        ticks = {week: f"week {week + 1}" for week in range(0, len(weeks), step)}
        return strips(width, caption, rows, weeks=len(weeks), ticks=ticks)

    table = [(names.station(key), share(overall[key])) for key in ordered]
    return figure(
        "active", caption, draw, Table.of("Share of all time as momentary bottleneck", ("station", "share"), table)
    )


def _strip(key: str, whole: Estimate, weeks: Sequence[Mapping[str, float]], darkest: float, names: Names) -> Strip:
    parts = {week: shares[key] for week, shares in enumerate(weeks) if shares.get(key, 0.0) >= FAINTEST}
    name = names.station(key)
    cells = {
        week: Cell("heat", f"{name}, week {week + 1}: {percent(part)}", part / darkest) for week, part in parts.items()
    }
    return Strip(names.brief(key, 26), percent(whole.mean), cells)
