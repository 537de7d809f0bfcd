"""Tables of measured errors: what `make bench-forms` and `make bench-bottleneck` wrote beside the pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .markdown import table

DOCS = Path(__file__).resolve().parent.parent


def exact_forms() -> str:
    """Closed forms against the exact cases."""
    results = _read("forms")
    headers = ["case", "by", "exact", "closed form", "error"]
    body = [
        (row["case"], f"`{row['by']}`", f"{row['exact']:.6g} {row['unit']}", f"{row['formula']:.6g}", _error(row))
        for row in results["exact"]
    ]
    return table(headers, body)


def _error(row: dict[str, Any]) -> str:
    percent = row["error_percent"]
    return "exact" if abs(percent) < 1e-3 else f"{percent:+.2f} %"


def simulated_forms() -> str:
    """Closed forms against simulation of random plants."""
    results = _read("forms")
    headers = [
        *(
            "plants",
            "number",
            "by",
            "of",
            "mean error",
            "mean of sizes",
            "nine in ten below",
            "largest",
            "simulation ±",
        ),
        *("without it", "time"),
    ]
    body = [
        (
            row["plants_are"],
            row["plants"],
            f"`{row['by']}`",
            row["quantity"],
            f"{row['mean_error_percent']:+.1f} %",
            *(_percent(row[name]) for name in ("mean_absolute_percent", "ninth_of_ten_percent", "largest_percent")),
            f"{row['half_width_percent']:.2f} %",
            f"{_percent(row['naive_mean_absolute_percent'])} ({row['naive_is']})",
            _time(row["milliseconds"]),
        )
        for row in results["simulated"]
    ]
    return f"{table(headers, body)}\n\n{_made_with(results)}"


def bottleneck_methods() -> str:
    """Hits and regret of each method."""
    results = _read("bottleneck")
    headers = [
        "method",
        "names the best machine",
        "or one as good",
        "where one is clearly best",
        "mean regret",
        "largest",
    ]
    body = [
        (
            row["method"],
            f"{row['hits']} of {row['lines']}",
            f"{row['close']} of {row['lines']}",
            f"{row['hits_where_clear']} of {row['lines_where_clear']}",
            _percent(row["mean_regret_percent"]),
            f"{row['largest_regret_percent']:.0f} %",
        )
        for row in sorted(results["methods"], key=lambda row: row["mean_regret_percent"])
    ]
    return f"{table(headers, body)}\n\n{_made_with(results)}"


def _percent(value: float) -> str:
    return f"{value:.1f} %"


def _time(milliseconds: float) -> str:
    return f"{milliseconds:.2g} ms" if milliseconds < 100 else f"{milliseconds:.0f} ms"


def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DOCS / f"{name}.json").read_text(encoding="utf-8"))
    return found


def _made_with(results: dict[str, Any]) -> str:
    return "Made with " + ", ".join(f"{name} {value}" for name, value in sorted(results["provenance"].items())) + "."
