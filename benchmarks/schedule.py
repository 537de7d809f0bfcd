"""Schedules of public shops: how far above the best known value after a minute on two cores.

``make bench-schedule`` measures every family, ``make bench-schedule-jsp`` one of them. ``LIMIT=10`` measures ten of a
family, spread over its index, ``SECONDS`` says how long each may last. What is measured is kept in
``build/bench/schedule/FAMILY`` and not measured again, until it is removed. Compiling comes before the clock starts.
Every schedule is checked by rules that share no code with the searches.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from itertools import chain
from typing import Any, NamedTuple

import numpy as np

from plantwright.optimise.schedule import flowshop, solve as schedule
from plantwright.optimise.schedule.check import faults
from plantwright.problems.schedule import Limit, Schedule, ScheduleProblem

from .record import FOLDER, Row, provenance
from .shops import Instance, instances, shop

SEED = 1
WORKERS = 2


class Family(NamedTuple):
    """What a family of instances is measured by, and how long each of them may last."""

    rows: Callable[[list[dict[str, Any]]], list[Row]]
    seconds: float = 60.0


def job_shop_rows(cases: list[dict[str, Any]]) -> list[Row]:
    """The Taillard instances are what is asked; the classics beside them."""
    hard = [case for case in cases if case["set"] == "Taillard"]
    others = [case for case in cases if case["set"] != "Taillard"]
    rows = [
        gap("jsp_gap_percent", "job shops, Taillard", hard, 2.0),
        gap("jsp_classic_gap_percent", "classics", others),
    ]
    return [*chain(*rows), *counted("jsp", cases)]


def flexible_rows(cases: list[dict[str, Any]]) -> list[Row]:
    """Job shops in which machines can be chosen."""
    return [*gap("fjsp_gap_percent", "flexible job shops", cases, 1.2), *counted("fjsp", cases)]


def hybrid_rows(cases: list[dict[str, Any]]) -> list[Row]:
    """Hybrid flow shops by their number of jobs; what is known of them is partly a lower bound."""
    rows = []
    for jobs, goal in {50: 5.0, 100: 3.5, 150: 2.0, 200: 1.8}.items():
        mine = [case for case in cases if case["set"].endswith(f"n={jobs}")]
        rows += gap(f"hfsp_{jobs}_gap_percent", f"hybrid flow shops, {jobs} jobs", mine, goal)
    return [*rows, *counted("hfsp", cases)]


def setups_rows(cases: list[dict[str, Any]]) -> list[Row]:
    """Permutation flow shops with setups: those of 100 jobs are what is asked, smaller ones beside them."""
    rows = []
    for jobs in (100, 50, 20):
        mine = [case for case in cases if case["set"].endswith(f"n={jobs}")]
        says = f"flow shops with setups, {jobs} jobs"
        rows += gap(f"sdst_{jobs}_gap_percent", says, mine, 1.0 if jobs == 100 else None)
    return [*rows, *counted("sdst", cases)]


def gap(name: str, says: str, cases: list[dict[str, Any]], goal: float | None = None) -> list[Row]:
    """The mean gap of some instances to the best values known; nothing where none of them was measured."""
    if not cases:
        return []
    row = Row(name, float(np.mean([case["gap_percent"] for case in cases])), "%", {"says": says, "instances": cases})
    return [row if goal is None else row.with_goal(at_most=goal)]


def counted(family: str, cases: list[dict[str, Any]]) -> list[Row]:
    """How many were measured, how many of them are proven and how many as good as the best known."""
    reached = sum(case["value"] <= case["best_known"] for case in cases)
    return [
        Row(f"{family}_proven", sum(case["proven"] for case in cases), "-"),
        Row(f"{family}_best_known_reached", reached, "-"),
        Row(f"{family}_instances", len(cases), "-"),
    ]


FAMILIES = {
    "jsp": Family(job_shop_rows),
    "fjsp": Family(flexible_rows),
    "hfsp": Family(hybrid_rows),
    "sdst": Family(setups_rows),
}
"""Every family; its instances are read by ``shops.READERS``."""


def measure() -> list[Row]:
    """All families."""
    return [row for name in FAMILIES for row in measure_family(name)]


def measure_family(name: str) -> list[Row]:
    """The rows of one family; none where its instances are absent."""
    cases = [_case(instance, FAMILIES[name].seconds) for instance in chosen(instances(name))]
    return FAMILIES[name].rows(cases) if cases else []


def chosen(all_: list[Instance]) -> list[Instance]:
    """All, or as many as ``LIMIT`` says, spread over the list: families are sorted by size."""
    limit = int(os.environ.get("LIMIT", "0")) or len(all_)
    return [all_[index * len(all_) // limit] for index in range(limit)] if limit < len(all_) else all_


def _case(instance: Instance, seconds: float) -> dict[str, Any]:
    """One instance, measured now or before."""
    kept = FOLDER / "schedule" / instance.family / f"{instance.path.stem}.json"
    if kept.exists():
        return json.loads(kept.read_text(encoding="utf-8"))
    seconds = float(os.environ.get("SECONDS", seconds))
    problem = instance.read()
    began = time.monotonic()
    solve(_tiny(problem), Limit(work=10))
    compiled = time.monotonic() - began
    began, worked = time.monotonic(), time.process_time()
    found = solve(problem, Limit(seconds=seconds))
    elapsed, worked = time.monotonic() - began, time.process_time() - worked
    wrong = faults(problem, found)
    assert not wrong, wrong[0]
    case = {
        "name": instance.name,
        "set": instance.group,
        "seed": SEED,
        "value": found.values[0],
        "bound": found.bounds[0],
        "proven": bool(found.proven),
        "best_known": instance.upper,
        "known_bound": instance.lower,
        "gap_percent": 100.0 * (found.values[0] - instance.upper) / instance.upper,
        "limit_s": seconds,
        "wall_s": round(elapsed, 2),
        "processor_s": round(worked, 2),
        "compile_s": round(compiled, 2),
        "history": [[round(after, 2), value] for after, value in found.history],
        "provenance": provenance(workers=WORKERS),
    }
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(case, indent=2) + "\n", encoding="utf-8")
    print(
        f"{instance.family} {instance.name} ({instance.group}): {case['value']}, {case['gap_percent']:.2f} %",
        flush=True,
    )
    return case


def solve(problem: ScheduleProblem, limit: Limit) -> Schedule:
    """What is measured: what the product does with any problem."""
    return schedule.solve(problem, limit, workers=WORKERS, seed=SEED)


def _tiny(problem: ScheduleProblem) -> ScheduleProblem:
    """What compiles all that a problem of this kind needs."""
    if flowshop.as_flow_shop(problem) is not None:
        times = [(5, 3), (4, 6), (7, 2), (3, 8), (6, 4)]  # their bound is not reached: every search has its turn
        if (problem.operations.modes > 1).any():
            return shop([[[(0, one), (1, one)], [(2, two), (3, two)]] for one, two in times], 4)
        return shop([[[(0, one)], [(1, two)], [(2, one)]] for one, two in times], 3)
    choices = [[(0, 2), (1, 3)], [(1, 2)]] if (problem.operations.modes > 1).any() else [[(0, 2)], [(1, 2)]]
    return shop([choices, choices[::-1], choices], 2)
