"""How long the plant survives each loss beside how long the loss lasts."""

from __future__ import annotations

from collections.abc import Sequence

from plantwright.report.figure import NARROW, Figure, Table, figure
from plantwright.report.rows import Rows
from plantwright.report.scale import Scale, axis
from plantwright.report.svg import Drawing
from plantwright.results import ExposureRow
from plantwright.results.terminal.risk import money

SHOWN = 14
"""Losses drawn; the table has them all."""
LEGEND = (
    ("level", "days until customers go without"),
    ("band-inputs", "recovery, P10 to P90"),
    ("demand-mark", "recovery, P50"),
)


def survival(rows: Sequence[ExposureRow], horizon: float, currency: str) -> Figure:
    """Bars of survival, with the recovery that it has to outlast as a band over them."""
    drawn = rows[:SHOWN]
    caption = "Days that customers are still served after a loss, against the days until it is back"
    longest = max([*(row.recovery_p90_d or 0.0 for row in drawn), *(row.short_day_p50 or 0.0 for row in drawn), 30.0])

    def draw(width: int) -> str:
        lines = Rows(width, len(drawn), label_room=232, value_room=150, lines=1)
        drawing = Drawing(width, lines.height, caption)
        scale, marks = axis([0.0, min(longest * 1.05, horizon)], lines.start, lines.end, 6 if width > NARROW else 4)
        lines.axis(drawing, scale, marks, "days")
        for place, row in enumerate(drawn):
            lines.write(drawing, place, f"{row.name} ({row.kind})", _value(row, currency))
            _bar(drawing, scale, lines.middle(place), row)
        return drawing.svg("figure")

    return figure("survival", caption, draw, _table(rows, currency), LEGEND)


def _bar(drawing: Drawing, scale: Scale, y: float, row: ExposureRow) -> None:
    short = _worst(row)
    end = scale.high if short is None else short
    drawing.rect(scale(0), y - 6, (scale.within(end) - scale(0), 12), "mark level", f"{row.name}: {_said(row)}", 2)
    if row.recovery_p10_d is not None and row.recovery_p50_d is not None and row.recovery_p90_d is not None:
        left, right = scale.within(row.recovery_p10_d), scale.within(row.recovery_p90_d)
        drawing.rect(left, y - 9, (max(right - left, 1.5), 18), "band-inputs", round_=3)
        x = scale.within(row.recovery_p50_d)
        drawing.line((x, y - 9), (x, y + 9), "demand-line")


def _worst(row: ExposureRow) -> float | None:
    return row.short_day_p50 if row.short_day_p50 is not None else row.short_day_p90


def _said(row: ExposureRow) -> str:
    short = _worst(row)
    return "nobody goes without" if short is None else f"customers go without from day {short:.0f}"


def _value(row: ExposureRow, currency: str) -> str:
    return f"{money(row.loss_p50)} {currency}" if row.loss_p50 else "nothing lost"


def _table(rows: Sequence[ExposureRow], currency: str) -> Table:
    columns = (
        "lost", "kind", "back after (P50), days", "production stops, day", "customers without, day",
        f"lost, {currency}", f"at best, {currency}", "time to survive, days", "index", "first short",
    )  # fmt: skip
    cells = [
        (
            row.name, row.kind, _day(row.recovery_p50_d, "unknown"), _day(row.stops_day_p50, "never"),
            _day(row.short_day_p50, "never"), money(row.loss_p50), money(row.best_loss_p50),
            _day(row.survival_d, "endless"), f"{row.index:.2f}", _short(row),
        )
        for row in rows
    ]  # fmt: skip
    return Table.of("Every loss, the dearest first", columns, cells, text=(1, 9))


def _short(row: ExposureRow) -> str:
    return f"{row.first_product}: {row.short_of}" if row.short_of else row.first_product


def _day(value: float | None, missing: str) -> str:
    return missing if value is None else f"{value:.0f}"
