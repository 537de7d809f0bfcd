"""Lot sizing with setup times: 45 instances of Trigeiro, Thomas and McClain, twenty seconds and two cores each.

For each the gap that is proven between the plan found and the lower bound; beside it what HiGHS proves in the same time
of the textbook formulation (production up to a large number where there is a setup). Plans are added up again from the
numbers of the file. ``LIMIT=10`` measures the first ten; what is measured is kept in ``build/bench/materials`` and not
measured again, until the folder is removed.

References
----------
W. W. Trigeiro, L. J. Thomas, J. O. McClain (1989), "Capacitated lot sizing with setup times", Management Science 35(3),
doi 10.1287/mnsc.35.3.353.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from plantwright.optimise.lots import plan
from plantwright.problems.lots import LotEffort, LotPlan, LotProblem

from .record import FOLDER as MEASURED, ROOT, Row

FOLDER = Path(os.environ.get("PLANTWRIGHT_INSTANCES", "/work/shared/data")) / "clsp"
SECONDS = 20.0
WIDE_PERCENT = 1.5
ENDLESS = 10**9


class Instance(NamedTuple):
    """A file: time of a period; of each item time per piece, holding cost, setup time, setup cost; demand by period."""

    capacity: float
    items: list[list[float]]
    demand: list[list[float]]


def read(path: Path) -> Instance:
    """Items and periods, production cost, capacity, a row for each item, a row of demands for each period."""
    words = path.read_text(encoding="utf-8").split()
    items, periods = int(words[0]), int(words[1])
    numbers = [float(word) for word in words[3 : 4 + items * (4 + periods)]]
    rows, rest = numbers[1 : 1 + 4 * items], numbers[1 + 4 * items :]
    by_period = [rest[period * items : (period + 1) * items] for period in range(periods)]
    return Instance(numbers[0], [rows[4 * item : 4 * item + 4] for item in range(items)], by_period)


def problem_of(instance: Instance) -> LotProblem:
    """The instance as the solver reads it."""
    unit_time, holding, setup_time, setup_cost = np.array(instance.items).T.copy()
    return LotProblem(
        demand=np.array(instance.demand).T.copy(),
        holding=holding,
        setup_cost=setup_cost,
        setup_time=setup_time[None],
        unit_time=unit_time[None],
        capacity=np.full((1, len(instance.demand)), instance.capacity),
    )


def cost_again(instance: Instance, found: LotPlan) -> float:
    """What the plan costs, worked out from the file; an error where it breaks a rule."""
    total = 0.0
    stock = [0.0] * len(instance.items)
    for period, demand in enumerate(instance.demand):
        used = 0.0
        for item, (unit_time, holding, setup_time, setup_cost) in enumerate(instance.items):
            pieces = float(found.started[item, period])
            is_set_up = pieces > 0.0
            used += unit_time * pieces + setup_time * is_set_up
            stock[item] += pieces - demand[item]
            total += setup_cost * is_set_up + holding * stock[item]
            assert pieces >= 0.0
            assert stock[item] >= -1e-5, f"item {item} lacks {-stock[item]} in period {period}"
        assert used <= instance.capacity + 1e-5, f"period {period} takes {used}"
    return total


def measure() -> list[Row]:
    """Gaps of the instances: ours, and those of the textbook formulation."""
    names = sorted(path.name for path in FOLDER.iterdir())[: int(os.environ.get("LIMIT", "0")) or None]
    plan(problem_of(read(FOLDER / names[0])), LotEffort(rounds=1, nodes=1, bound_nodes=1))  # what is compiled first
    cases = [_case(name) for name in names]
    gaps = [case["gap_percent"] for case in cases]
    narrow = sum(gap < WIDE_PERCENT for gap in gaps) / len(gaps)
    plain = float(np.mean([case["big_m_gap_percent"] for case in cases]))
    mean = float(np.mean(gaps))
    return [
        Row("clsp_gap_mean_percent", mean, "%", {"instances": cases}).with_goal(at_most=0.6),
        Row("clsp_share_under_1_5_percent", 100.0 * narrow, "%").with_goal(at_least=90.0),
        Row("clsp_gap_worst_percent", max(gaps), "%"),
        Row("big_m_gap_mean_percent", plain, "%").with_goal(at_least=mean),
        Row("clsp_instances", len(cases), "-"),
    ]


def _case(name: str) -> dict[str, Any]:
    """One instance, measured now or before."""
    kept = MEASURED / "materials" / f"{name}.json"
    if kept.exists():
        return json.loads(kept.read_text(encoding="utf-8"))
    instance = read(FOLDER / name)
    began, worked = time.monotonic(), time.process_time()
    effort = LotEffort(rounds=ENDLESS, nodes=ENDLESS, bound_nodes=ENDLESS, seconds=SECONDS, threads=2)
    found = plan(problem_of(instance), effort)
    seconds, worked = time.monotonic() - began, time.process_time() - worked
    cost = cost_again(instance, found)
    case = {
        "name": name,
        "cost": round(cost, 3),
        "lower_bound": round(found.lower_bound, 3),
        "gap_percent": 100.0 * max(0.0, cost - found.lower_bound) / cost,
        "wall_s": round(seconds, 2),
        "processor_s": round(worked, 2),
        **_big_m(name),
    }
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(case, indent=2) + "\n", encoding="utf-8")
    print(f"{name}: {case['gap_percent']:.2f} % (textbook {case['big_m_gap_percent']:.2f} %)", flush=True)
    return case


def _big_m(name: str) -> dict[str, Any]:
    """The textbook formulation in a process of its own: HiGHS has one number of threads for a process."""
    command = [sys.executable, "-m", "benchmarks.big_m", name, str(SECONDS)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(ran.stdout)
