"""What every subject leaves behind: rows with a unit, where they come from, a table and a file."""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import sys
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "bench"


class Row(NamedTuple):
    """One measured number. ``more`` stands beside it in the file; of it only the goal is in the table."""

    name: str
    value: float
    unit: str
    more: dict[str, Any] = {}

    def with_goal(self, *, at_least: float | None = None, at_most: float | None = None) -> Row:
        """The row with what the number should be: one of the two."""
        if at_least is not None:
            return self._with("at least", at_least, self.value >= at_least)
        if at_most is not None:
            return self._with("at most", at_most, self.value <= at_most)
        return self

    def _with(self, goal_is: str, goal: float, is_reached: bool) -> Row:
        return self._replace(more={"goal_is": goal_is, "goal": goal, "is_reached": is_reached, **self.more})

    def as_dict(self) -> dict[str, Any]:
        return {"name": self.name, "value": self.value, "unit": self.unit, **self.more}


def provenance(**settings: Any) -> dict[str, Any]:
    """Versions, machine and date, and the settings of the subject."""
    return {
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "plantwright": version("plantwright"),
        "python": platform.python_version(),
        "numpy": version("numpy"),
        "numba": version("numba"),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}",
        "other_load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
        **settings,
    }


def write(name: str, rows: Iterable[Row], **settings: Any) -> Path:
    """Write the rows of a subject to ``build/bench/NAME.json``."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    target = FOLDER / f"{name}.json"
    data = {"rows": [row.as_dict() for row in rows], "provenance": provenance(**settings)}
    target.write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return target


def show(name: str, rows: Sequence[Row]) -> None:
    """Print the rows of a subject, with their goals where they have one."""
    has_goals = any("goal" in row.more for row in rows)
    body = [(row.name, f"{row.value:,.4g}", row.unit, *([_goal(row)] if has_goals else [])) for row in rows]
    print_table(name, ("what", "value", "unit", *(["goal"] if has_goals else [])), body)


def _goal(row: Row) -> str:
    """The goal of a row, and whether it is reached."""
    if "goal" not in row.more:
        return ""
    return f"{'' if row.more['is_reached'] else 'NOT '}{row.more['goal_is']} {row.more['goal']:,.4g}"


def print_table(title: str, headers: Sequence[str], body: Iterable[Sequence[str]], styles: Sequence[str] = ()) -> None:
    """Print a table; the first column to the left, numbers to the right."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title, title_justify="left", row_styles=list(styles) or None)
    for index, header in enumerate(headers):
        table.add_column(header, justify="left" if index == 0 else "right", no_wrap=True)
    for line in body:
        table.add_row(*line)
    Console(file=sys.stdout, width=None if sys.stdout.isatty() else 140).print(table)
