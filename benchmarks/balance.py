"""Simple assembly lines: 82 instances of Otto, Otto and Scholl, thirty seconds and two cores each.

For each the stations found and the fewest that there can be, beside the best known from the list, which is a range
where it is open. Every balance passes the checker, which shares no code with the search. ``LIMIT=10`` measures ten of
each family, ``make bench-balance-otto50`` one family; what is measured is kept in ``build/bench/balance/FAMILY`` and
not measured again, until it is removed.

References
----------
A. Otto, C. Otto, A. Scholl (2013), "Systematic data generation and test design for solution algorithms on the example
of SALBPGen for assembly line balancing", European Journal of Operational Research 228(1),
doi 10.1016/j.ejor.2012.12.029
"""

from __future__ import annotations

import csv
import json
import os
import time
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from plantwright.optimise.balance import balance
from plantwright.optimise.balance.check import faults
from plantwright.problems.balance import Balance, BalanceProblem, Effort

from .record import FOLDER as MEASURED, Row

FOLDER = Path(os.environ.get("PLANTWRIGHT_INSTANCES", "/work/shared/data"))
SETS = {"otto50": "Otto n=50", "otto100": "Otto n=100"}
"""Families and what they are called in the list."""
SECONDS = 30.0
KEEP = 200_000
"""States that are kept after a station: what the memory of a small machine has room for. [-]"""


class Known(NamedTuple):
    """Name of a file and the range of the best known number of stations."""

    name: str
    lower: int
    upper: int


def known(family: str) -> list[Known]:
    """The instances of a family, as listed."""
    with (FOLDER / "index.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.reader(file) if row and row[0] == "salbp" and row[2] == SETS[family]]
    return [Known(row[1], *(int(bound) for bound in row[3].split(".."))) for row in rows]


def read(path: Path) -> BalanceProblem:
    """Sections under a tag each: number of tasks, cycle time, a row for each task, a row for each arc, from 1."""
    sections: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("<"):
            rows = sections.setdefault(line.strip("<> "), [])
        elif line.strip():
            rows.append(line)
    times = dict(map(int, line.split()) for line in sections["task times"])
    arcs = [[int(task) - 1 for task in line.split(",")] for line in sections["precedence relations"]]
    return BalanceProblem(
        np.array([times[task + 1] for task in range(int(sections["number of tasks"][0]))]),
        np.array(arcs, dtype=np.int64).reshape(-1, 2),
        takt=int(sections["cycle time"][0]),
    )


def measure() -> list[Row]:
    """Both families."""
    return [row for family in SETS for row in measure_family(family)]


def measure_family(family: str) -> list[Row]:
    """How many lines of 50 tasks are as good as known; how many stations those of 100 tasks take."""
    balance(BalanceProblem(np.array([1, 2, 3]), takt=4))  # what is compiled first
    cases = [_case(family, each) for each in chosen(known(family))]
    return [
        *(_otto50(cases) if family == "otto50" else _otto100(cases)),
        Row(f"{family}_proven", sum(case["stations"] == case["fewest"] for case in cases), "-"),
        Row(f"{family}_below_known", sum(case["stations"] < case["upper"] for case in cases), "-"),
        Row(f"{family}_instances", len(cases), "-"),
        Row(f"{family}_processor_mean_s", float(np.mean([case["processor_s"] for case in cases])), "s"),
    ]


def chosen(all_: list[Known]) -> list[Known]:
    """All, or as many as ``LIMIT`` says, spread over the list."""
    limit = min(int(os.environ.get("LIMIT", "0")) or len(all_), len(all_))
    return [all_[index * len(all_) // limit] for index in range(limit)]


def _otto50(cases: list[dict[str, Any]]) -> list[Row]:
    good = sum(case["stations"] <= max(case["upper"], case["fewest"]) for case in cases)
    row = Row("otto50_best_share_percent", 100.0 * good / len(cases), "%", {"cases": cases})
    return [row.with_goal(at_least=95.0)]


def _otto100(cases: list[dict[str, Any]]) -> list[Row]:
    row = Row("otto100_stations", sum(case["stations"] for case in cases), "-", {"cases": cases})
    is_whole = len(cases) == len(known("otto100"))
    asked = 1287 if is_whole else sum(case["upper"] for case in cases)
    return [row.with_goal(at_most=asked), Row("otto100_fewest", sum(case["fewest"] for case in cases), "-")]


def _case(family: str, instance: Known) -> dict[str, Any]:
    """One instance, measured now or before."""
    kept = MEASURED / "balance" / family / f"{Path(instance.name).stem}.json"
    if kept.exists():
        return json.loads(kept.read_text(encoding="utf-8"))
    problem = read(FOLDER / "salbp" / instance.name)
    began, worked = time.monotonic(), time.process_time()
    found = balance(problem, Effort(seconds=float(os.environ.get("SECONDS", SECONDS)), threads=2, keep=KEEP))
    seconds, worked = time.monotonic() - began, time.process_time() - worked
    assert isinstance(found, Balance), f"{instance.name} has no balance"
    assert faults(problem, found) == (), f"{instance.name}: {faults(problem, found)}"
    assert instance.lower <= found.stations, f"{instance.name} is below its bound: one of the two is wrong"
    assert found.bounds[0] <= instance.upper, f"{instance.name} is said to need more than is known to do"
    case = {
        "name": instance.name,
        "stations": found.stations,
        "fewest": found.bounds[0],
        "lower": instance.lower,
        "upper": instance.upper,
        "wall_s": round(seconds, 2),
        "processor_s": round(worked, 2),
    }
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(case, indent=2) + "\n", encoding="utf-8")
    print(f"{instance.name}: {case['stations']} (at least {case['fewest']}, known {instance.upper})", flush=True)
    return case
