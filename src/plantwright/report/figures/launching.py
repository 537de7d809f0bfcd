"""The repeated launch sequence of a mixed line, and how far the people of each station drift with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plantwright.report.figure import Figure, Table, figure
from plantwright.report.names import series_class
from plantwright.report.scale import axis
from plantwright.report.svg import Drawing, fit
from plantwright.results.balance import Drift, LineBalance
from plantwright.results.wording import number

SQUARE, LEFT, ROW = 22, 110, 22


def launching(
    balance: LineBalance, sequence: Sequence[str], drifts: Sequence[Drift], products: Mapping[str, str]
) -> Figure:
    """The units in their order, then for each station how far its people get, against its length."""
    colours = series_class(products)
    caption = (
        f"{balance.name}, {balance.scenario_name}: launch sequence of {len(sequence)} units, repeated, and how far the "
        "people of each station drift with it, in seconds from its start; the line is where the station ends"
    )

    def draw(width: int) -> str:
        return _draw(sequence, drifts, products, colours, width, caption)

    table = Table.of(
        "Drift",
        ("station", "reaches, s", "length, s", "work left over, s", "left over in batches, s"),
        [
            (
                drift.station,
                number(drift.reaches_s),
                number(drift.length_s),
                number(drift.overload_s),
                number(drift.overload_batches_s),
            )
            for drift in drifts
        ],
    )
    legend = [(colours[key], name) for key, name in products.items()] + [("l-3", "reach")]
    return figure(f"launch-{balance.line}-{balance.scenario}", caption, draw, table, legend)


def _draw(
    sequence: Sequence[str],
    drifts: Sequence[Drift],
    products: Mapping[str, str],
    colours: Mapping[str, str],
    width: int,
    caption: str,
) -> str:
    side = LEFT if width > 500 else 64
    each = min(SQUARE, (width - 4) / max(len(sequence), 1))
    down = each + 22
    drawing = Drawing(width, down + ROW * len(drifts) + 26, caption)
    for place, product in enumerate(sequence):
        tip = f"unit {place + 1}: {products.get(product, product)}"
        drawing.rect(place * each, 4, (each - 1.5, each - 1.5), f"mark {colours[product]}", tip, 2)
    reach = [drift.reaches_s for drift in drifts] + [drift.length_s for drift in drifts]
    scale, marks = axis([0.0, *reach], side, width - 8)
    foot = down + ROW * len(drifts)
    for mark in marks:
        drawing.line((scale(mark), down), (scale(mark), foot), "grid")
        drawing.text(scale(mark), foot + 16, f"{mark:g}", "tick", "middle")
    for row, drift in enumerate(drifts):
        y = down + ROW * row
        left_over = f", {number(drift.overload_s)} s left over" if drift.overload_s > 0 else ""
        drawing.text(0, y + 15, fit(drift.station, side - 8, 12), "row-name")
        tip = f"{drift.station}: {number(drift.reaches_s)} of {number(drift.length_s)} s{left_over}"
        cls = "mark l-5" if drift.overload_s > 0 else "mark l-3"
        drawing.rect(side, y + 4, (scale(drift.reaches_s) - side, ROW - 9), cls, tip, 2)
        drawing.line((scale(drift.length_s), y + 2), (scale(drift.length_s), y + ROW - 3), "needed")
    return drawing.svg("launching")
