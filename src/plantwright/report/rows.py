"""Labelled rows: on a page label, plot and value side by side; on a phone label and value above the plot."""

from __future__ import annotations

from dataclasses import dataclass

from plantwright.report.figure import NARROW
from plantwright.report.scale import Scale, short
from plantwright.report.svg import Drawing, wrap
from plantwright.results import Estimate, InputRange

TEXT = 12.5
"""Size of row labels; the style sheet says the same [px]."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Where ``count`` rows stand in a figure of ``width``; ``head`` is left free above and ``foot`` below them."""

    width: int
    count: int
    head: float = 4
    foot: float = 26
    label_room: float = 232
    value_room: float = 150
    pitch: float = 30
    lines: int = 1

    @property
    def stacked(self) -> bool:
        return self.width <= NARROW

    @property
    def step(self) -> float:
        return 44 + 14 * (self.lines - 1) if self.stacked else self.pitch

    @property
    def start(self) -> float:
        return 1 if self.stacked else self.label_room + 12

    @property
    def end(self) -> float:
        return self.width - 8 if self.stacked else self.width - self.value_room - 12

    @property
    def height(self) -> float:
        return self.head + self.count * self.step + self.foot

    @property
    def bottom(self) -> float:
        """Where the last row ends."""
        return self.head + self.count * self.step

    def middle(self, place: float) -> float:
        """The line on which marks of a row are centred."""
        top = self.head + place * self.step
        return top + self.step - 15 if self.stacked else top + self.step / 2

    def write(self, drawing: Drawing, place: int, label: str, value: str, cls: str = "") -> None:
        """Label and value of one row."""
        room = self.width - 12 - 0.58 * TEXT * len(value) if self.stacked else self.label_room
        written = wrap(label, room, TEXT, self.lines)
        if self.stacked:
            base = self.middle(place) - 14 * len(written)
            drawing.text(self.width - 2, base, value, f"value {cls}", "end")
        else:
            base = self.middle(place) + 4
            drawing.text(self.width, base, value, f"value {cls}", "end")
            base -= 7 * (len(written) - 1)
        for number, line in enumerate(written):
            drawing.text(0, base + 14 * number, line, f"label {cls}")

    def rule(self, drawing: Drawing, x: float, cls: str) -> None:
        """A vertical line through all rows; on a phone through the plots only, so that it crosses no words."""
        if not self.stacked:
            drawing.line((x, self.head - (4 if cls == "target" else 0)), (x, self.bottom), cls)
            return
        for place in range(self.count):
            middle = self.middle(place)
            drawing.line((x, middle - 9), (x, middle + 12), cls)

    def axis(self, drawing: Drawing, scale: Scale, marks: list[float], unit: str = "", percent: bool = False) -> None:
        """Grid lines behind the rows, labelled below."""
        for place, mark in enumerate(marks):
            x = scale(mark)
            self.rule(drawing, x, "zero" if mark == 0 else "grid")
            shown = f"{100 * mark:g} %" if percent else short(mark)
            anchor = "end" if x > self.width - 16 else "middle" if x > 12 else "start"
            last = place == len(marks) - 1 and unit and not self.stacked
            drawing.text(x, self.bottom + 16, f"{shown} {unit}" if last else shown, "tick", anchor)


def target_line(drawing: Drawing, rows: Rows, scale: Scale, target: float, words: str) -> None:
    """A line through all rows where the target lies, named above them."""
    x = scale.within(target)
    rows.rule(drawing, x, "target")
    half = 3.2 * len(words)
    anchor = "start" if x - half < 0 else "end" if x + half > rows.width else "middle"
    drawing.text(x, rows.head - 9, words, "target-name", anchor)


def interval(
    drawing: Drawing,
    scale: Scale,
    y: float,
    value: Estimate,
    wide: InputRange | None = None,
    cls: str = "",
    tip: str = "",
) -> None:
    """A mean as a dot; its interval from run to run as a bar, and the wider one of the inputs as a pale band."""
    if value.mean is None:
        return
    drawing.open(f"interval {cls}", tip)
    if wide is not None and wide.low is not None and wide.high is not None:
        left, right = scale.within(wide.low), scale.within(wide.high)
        drawing.rect(left, y - 8, (max(right - left, 1.5), 16), "band-inputs", round_=3)
    low, high = value.low, value.high
    if low is not None and high is not None:
        left, right = scale.within(low), scale.within(high)
        drawing.rect(left, y - 4, (max(right - left, 1.5), 8), "band-runs", round_=2)
    drawing.circle(scale.within(value.mean), y, 4.5, "mean")
    drawing.close()
