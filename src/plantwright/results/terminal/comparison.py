"""The answer to ``compare`` in the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rich.console import RenderableType
from rich.text import Text

from plantwright.results.bottleneck import CompareAnswer, Difference
from plantwright.results.estimate import Estimate
from plantwright.results.terminal.tables import grid, table, verdict
from plantwright.results.wording import estimate, share, signed, time

SHOWN: dict[str, Callable[[Estimate], str]] = {"s": time, "share": share}
"""How numbers of a unit are read; all others as they are."""


def comparison_lines(answer: CompareAnswer) -> Iterator[RenderableType]:
    """The verdict, what was changed, both plants side by side."""
    yield verdict(answer.verdict)
    yield grid([("A", answer.a, ""), ("B", answer.b, "")], numbers=False)
    if answer.changes:
        yield Text("Changed: " + "; ".join(answer.changes), style="dim")
    yield table("", ("figure", "A", "B", "difference"), map(difference_row, answer.rows))


def difference_row(row: Difference) -> tuple[str, str, str, str]:
    """A figure of two plants: its name, both values, the difference where one is seen."""
    shown = SHOWN.get(row.unit, estimate)
    gap = "not distinguishable from 0"
    if row.distinguishable:
        gap = signed(row.difference, shown)
    if row.unit == "share":
        gap = gap.replace(" %", " points")
    name = row.title or row.name
    return f"{name} {row.unit}" if row.unit == "per year" else name, shown(row.a), shown(row.b), gap
