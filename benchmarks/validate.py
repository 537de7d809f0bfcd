"""The table of truth: ``make validate``.

Every exact case is simulated until its 99 % interval is about as narrow as the table asks, and the exact answer has to
lie in it. Of 45 true intervals of 99 % about one in two tables has a case outside, so a few may be: at most one in
fifteen outside 99 %, none outside 99.99 %.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from typing import Any

from .cases import BEYOND_DOUBT, CONFIDENCE, REPLICATIONS, Verdict, cases, judge
from .record import ROOT, Row, print_table, provenance, write

DOCS = ROOT / "docs" / "validation.json"
OUTSIDE_OF = 15
"""One case in so many may lie outside its 99 % interval."""


def rows(verdicts: Sequence[Verdict]) -> list[Row]:
    """One row per case, then the counts."""
    found = [
        Row(
            verdict.case.id,
            verdict.mean,
            verdict.case.unit,
            {
                "metric": verdict.case.metric,
                "exact": verdict.case.exact,
                "half_width": verdict.half_width,
                "half_width_percent": verdict.half_width_percent,
                "z": verdict.z,
                "inside_99_percent": verdict.inside(),
            },
        )
        for verdict in verdicts
    ]
    inside = sum(verdict.inside() for verdict in verdicts)
    return [*found, Row("cases", len(verdicts), "-"), Row("cases_inside_99_percent", inside, "-")]


def is_passed(verdicts: Sequence[Verdict]) -> bool:
    """Whether no more cases are outside than chance explains."""
    outside = sum(not verdict.inside() for verdict in verdicts)
    return outside <= max(1, len(verdicts) // OUTSIDE_OF) and all(verdict.inside(BEYOND_DOUBT) for verdict in verdicts)


def show(verdicts: Sequence[Verdict]) -> None:
    """Print the table."""
    body = [
        (
            verdict.case.id,
            verdict.case.metric,
            f"{verdict.case.exact:.6g} {verdict.case.unit}",
            f"{verdict.mean:.6g} ± {verdict.half_width:.2g}",
            f"{verdict.half_width_percent:.2f} %",
            f"{verdict.z:+.2f}",
            "yes" if verdict.inside() else "NO",
        )
        for verdict in verdicts
    ]
    headers = ("case", "metric", "exact", "simulated", "half-width", "z", "inside 99 %")
    print_table("Exact answers and the simulation's, 99 % intervals", headers, body)


def for_docs(verdicts: Sequence[Verdict], wall_s: float) -> dict[str, Any]:
    """What the page of the docs prints."""
    return {
        "rows": [
            {
                "case": verdict.case.id,
                "plant": verdict.case.describes,
                "metric": f"{verdict.case.metric} [{verdict.case.unit}]",
                "exact": f"{verdict.case.exact:.7g}",
                "simulated": f"{verdict.mean:.6g} ± {verdict.half_width:.2g}",
                "z": round(verdict.z, 2),
                "inside_99_percent": verdict.inside(),
                "how_it_is_known": verdict.case.derivation,
            }
            for verdict in verdicts
        ],
        "provenance": provenance(
            replications=REPLICATIONS,
            part_moves=f"{sum(verdict.part_moves for verdict in verdicts) / 1e9:.2g} thousand million",
            minutes=round(wall_s / 60, 1),
        ),
    }


def main(arguments: Sequence[str]) -> int:
    """Judge all cases, or those named; only all of them go to the docs."""
    from rich.console import Console
    from rich.progress import track

    table = cases()
    chosen = [case for case in table if not arguments or case.id in arguments]
    if unknown := set(arguments) - {case.id for case in table}:
        print(f"No such case: {', '.join(sorted(unknown))}. There are: {', '.join(case.id for case in table)}")
        return 2
    began = time.perf_counter()
    verdicts = [judge(case) for case in track(chosen, "simulating the exact cases", console=Console(stderr=True))]
    wall_s = time.perf_counter() - began
    show(verdicts)
    inside = sum(verdict.inside() for verdict in verdicts)
    print(f"{inside} of {len(verdicts)} inside their {100 * CONFIDENCE:g} % interval, in {wall_s / 60:.1f} minutes.")
    if len(chosen) == len(table):
        path = write(
            "validate", rows(verdicts), replications=REPLICATIONS, confidence=CONFIDENCE, wall_s=round(wall_s, 1)
        )
        DOCS.write_text(json.dumps(for_docs(verdicts, wall_s), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"Written to {path.relative_to(ROOT)} and {DOCS.relative_to(ROOT)}.")
    return 0 if is_passed(verdicts) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
