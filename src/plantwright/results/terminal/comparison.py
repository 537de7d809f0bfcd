"""The answer to ``compare`` in the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from plantwright.results.bottleneck import CompareAnswer
from plantwright.results.terminal.tables import table, verdict
from plantwright.results.wording import estimate, gain


def comparison_lines(answer: CompareAnswer) -> Iterator[RenderableType]:
    """The verdict, what was changed, both plants side by side."""
    yield verdict(answer.verdict)
    if answer.changes:
        yield Text("Changed: " + "; ".join(answer.changes), style="dim")
    rows = (
        (
            f"{row.name} [{row.unit}]" if row.unit else row.name,
            estimate(row.a),
            estimate(row.b),
            gain(row.difference) if row.distinguishable else f"{gain(row.difference)}, not distinguishable from 0",
        )
        for row in answer.rows
    )
    yield table("", ("figure", answer.a, answer.b, "difference"), rows)
