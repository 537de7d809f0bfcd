"""The loss waterfall: from the takt of the binding station down to good units, line by line."""

from __future__ import annotations

from collections.abc import Sequence

from plantwright.report.figure import Figure, Table, figure
from plantwright.report.rows import Rows, target_line
from plantwright.report.scale import axis
from plantwright.report.svg import Drawing, fit
from plantwright.results import Loss
from plantwright.results.wording import number, rounded


def _is_level(loss: Loss) -> bool:
    """Whether a row states a level rather than a step: nothing was there before it."""
    return abs(loss.level_after - loss.units_per_year) <= 1e-6 * max(abs(loss.level_after), 1.0)


def _shown(loss: Loss) -> str:
    if _is_level(loss):
        return number(loss.level_after)
    sign = "+" if loss.units_per_year > 0 else ""
    return sign + rounded(loss.units_per_year, 0)


def waterfall(name: str, caption: str, losses: Sequence[Loss], target: int | None) -> Figure:
    """Each step takes away (or gives back) units a year; the last level is what the simulation makes."""

    def draw(width: int) -> str:
        rows = Rows(width, len(losses), head=24 if target else 6, label_room=220, value_room=90, pitch=32)
        drawing = Drawing(width, rows.height, caption)
        levels = [loss.level_after for loss in losses] + [loss.level_after - loss.units_per_year for loss in losses]
        scale, marks = axis([0.0, *levels, *([float(target)] if target else [])], rows.start, rows.end, 5)
        rows.axis(drawing, scale, marks, "units")
        if target:
            target_line(drawing, rows, scale, target, f"target {target:,}")
        for place, loss in enumerate(losses):
            level, y = _is_level(loss), rows.middle(place)
            rows.write(drawing, place, loss.name, _shown(loss), "strong" if level else "")
            low, high = sorted((loss.level_after - loss.units_per_year, loss.level_after))
            cls = "level" if level else "loss" if loss.units_per_year < 0 else "regained"
            tip = f"{loss.name}: {_shown(loss)}. {loss.explanation}"
            if not level:
                room = scale(low) - rows.start - 20
                drawing.text(rows.start + (0 if rows.stacked else 10), y + 4, fit(loss.explanation, room, 11.5), "note")
            drawing.rect(scale(low), y - 8, (max(scale(high) - scale(low), 1.5), 16), f"mark {cls}", tip, 2)
            if place + 1 < len(losses) and not rows.stacked:
                x = scale(loss.level_after)
                drawing.line((x, y + 8), (x, rows.middle(place + 1) - 8), "joint")
        return drawing.svg("figure")

    rows = [(loss.name, _shown(loss), number(loss.level_after), loss.explanation) for loss in losses]
    return figure(name, caption, draw, Table.of(caption, ("step", "units/year", "level", "why"), rows, text=(3,)))
