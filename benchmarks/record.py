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
    """One measured number. ``more`` stands beside it in the file, never in the table."""

    name: str
    value: float
    unit: str
    more: dict[str, Any] = {}

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
    """Print the rows of a subject."""
    print_table(name, ("what", "value", "unit"), [(row.name, f"{row.value:,.4g}", row.unit) for row in rows])


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
