"""Which station was the bottleneck when: shares of the longest active period, week by week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plantwright.report.figure import NARROW, Figure, Table, figure
from plantwright.report.names import Names
from plantwright.report.svg import Drawing, fit
from plantwright.results import Estimate
from plantwright.results.wording import percent, share

SHOWN = 10
LABEL, VALUE = 170, 60


def heat(overall: Mapping[str, Estimate], weeks: Sequence[Mapping[str, float]], names: Names) -> Figure:
    """A strip per station, a cell per week: the darker, the longer it held the plant back."""
    ordered = sorted(overall, key=lambda key: -(overall[key].mean or 0.0))
    keys = [key for key in ordered if (overall[key].mean or 0.0) > 0][:SHOWN]
    darkest = max((part for shares in weeks for part in shares.values()), default=1.0) or 1.0
    caption = (
        "Share of each week in which a station was the momentary bottleneck (the longest uninterrupted active period)"
    )

    def draw(width: int) -> str:
        phone = width <= NARROW
        pitch, left, right = (38, 0, width) if phone else (26, LABEL, width - VALUE)
        drawing = Drawing(width, pitch * len(keys) + 24, caption)
        cell = (right - left) / len(weeks)
        for place, key in enumerate(keys):
            top = place * pitch
            y = top + 17 if phone else top + 2
            drawing.text(0, top + (13 if phone else 17), fit(names.brief(key, 26), LABEL - 10, 12.5), "label")
            drawing.text(width, top + (13 if phone else 17), percent(overall[key].mean), "value", "end")
            drawing.rect(left, y, (right - left, 18), "heat-ground", round_=2)
            for week, shares in enumerate(weeks):
                part = shares.get(key, 0.0)
                if part >= 0.005:
                    tip = f"{names.station(key)}, week {week + 1}: {percent(part)}"
                    drawing.cell(left + week * cell, y, (max(cell - 0.7, 0.6), 18), part / darkest, tip)
        step = 13 if len(weeks) >= 26 else max(len(weeks) // 4, 1)
        for week in range(0, len(weeks), step * (2 if phone and len(weeks) >= 26 else 1)):
            drawing.text(left + week * cell, pitch * len(keys) + 16, f"week {week + 1}", "tick")
        return drawing.svg("figure")

    rows = [(names.station(key), share(overall[key])) for key in ordered]
    return figure(
        "active", caption, draw, Table.of("Share of all time as momentary bottleneck", ("station", "share"), rows)
    )
