"""How long the replications of each exact case have to be: ``python -m benchmarks.pilot [CASE ...]`` prints ``run_s``.

The variance of a mean over a long time falls with one over the time, so short replications tell what long ones need.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence

from plantwright.analytic.statistics import student_quantile

from .cases import CONFIDENCE, REPLICATIONS, WARMUP, Case, cases, judge

PILOTS = 60
"""Replications that estimate the variance, to a tenth or so."""
SHORTER = 8
"""Pilots are shorter than what the table has now by this factor."""


def run_needed(case: Case) -> float:
    """Length of each replication with which the half-width is the one asked for. [s]"""
    length = case.run_s / SHORTER
    verdict = judge(case, replications=PILOTS, run_s=length)
    variance = verdict.error**2 * PILOTS * length * (1 - WARMUP)
    wanted = case.half_width_percent / 100 * case.exact / student_quantile(REPLICATIONS - 1, CONFIDENCE)
    return variance / (wanted**2 * REPLICATIONS * (1 - WARMUP))


def main(arguments: Sequence[str]) -> int:
    for case in cases():
        if not arguments or case.id in arguments:
            needed = run_needed(case)
            digits = -math.floor(math.log10(needed)) + 1
            print(f"{case.id:20} {case.run_s:>14,.0f} s now, {round(needed, digits):>14,.0f} s needed", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
