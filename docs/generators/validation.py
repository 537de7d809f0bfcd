"""The table of truth: what `make validate` found, from the results it wrote to docs/validation.json."""

from __future__ import annotations

import json
from pathlib import Path

from .markdown import table

RESULTS = Path(__file__).resolve().parent.parent / "validation.json"


def page() -> str:
    """The rows as a table, then the versions they were made with."""
    if not RESULTS.exists():
        return "No results are committed in this tree: `make validate` computes them and writes `docs/validation.json`."
    results = json.loads(RESULTS.read_text(encoding="utf-8"))
    rows = results["rows"]
    headers = list(rows[0])
    body = [[_text(row.get(name)) for name in headers] for row in rows]
    made_with = ", ".join(f"{name} {_text(value)}" for name, value in sorted(results["provenance"].items()))
    return f"{table([name.replace('_', ' ') for name in headers], body)}\n\nMade with {made_with}."


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "**no**"
    if isinstance(value, float):
        return f"{value:.5g}"
    if isinstance(value, dict):
        return ", ".join(f"{name} {inner}" for name, inner in value.items())
    return "" if value is None else str(value)
