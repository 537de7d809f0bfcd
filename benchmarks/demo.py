"""The way a newcomer goes: from the command to the report of the reference plant, compile included and not."""

from __future__ import annotations

import tempfile
from pathlib import Path

from . import fresh
from .record import Row


def measure() -> list[Row]:
    """Seconds of ``plantwright run examples/uas-plant`` with nothing compiled, then with the cache that it left."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.html"
        arguments = ("-m", "plantwright", "run", "examples/uas-plant", "--effort", "quick", "--report", str(report))
        first = fresh.run(*arguments, PLANTWRIGHT_CACHE=folder)
        second = fresh.run(*arguments, PLANTWRIGHT_CACHE=folder)
        size = report.stat().st_size / 1e6
    return [
        Row("first_run_wall", first.wall_s, "s"),
        Row("first_run_processors", first.processor_s, "s"),
        Row("second_run_wall", second.wall_s, "s"),
        Row("second_run_processors", second.processor_s, "s"),
        Row("report_size", size, "MB"),
    ]
