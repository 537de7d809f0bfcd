"""The exact cases: small plants whose answer theory knows, and where the simulation's answer to each stands.

The table ``exact.csv`` has one row per case. ``plant`` is a document in ``tests/plants/exact``; ``at`` is the item or
station (or ``station/item``) that the metric belongs to; ``run_s`` is the length of each replication, from ``pilot``;
``derivation`` says how the number is found. ``tests/analytic/test_exact_cases.py`` derives it anew.
"""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from plantwright.analytic.statistics import student_quantile
from plantwright.answers.simulate import simulate
from plantwright.io.document import load
from plantwright.model.plant import Plant
from plantwright.results import Estimate, SimulateAnswer

from .record import ROOT

TABLE = Path(__file__).parent / "exact.csv"
PLANTS = ROOT / "tests" / "plants" / "exact"

REPLICATIONS = 20
"""Few and long: enough for the spread between them to be known, too few to let the start matter."""
WARMUP = 0.05
"""Share of each replication that is left out. Twenty times the time in which the slowest plant forgets its start."""
CONFIDENCE = 0.99
BEYOND_DOUBT = 0.9999
"""No case may be outside its interval of this confidence."""


@dataclass(frozen=True)
class Case:
    """One row of the table."""

    id: str
    plant: str
    metric: str
    at: str
    exact: float
    unit: str
    half_width_percent: float
    run_s: float
    mechanism: str
    describes: str
    derivation: str
    seed: int

    @cached_property
    def document(self) -> Plant:
        return load(PLANTS / f"{self.plant}.yaml")

    def estimate(self, answer: SimulateAnswer) -> Estimate:
        """The figure of this case in an answer, in the unit of the case."""
        item, _, inner = self.at.partition("/")
        match self.metric:
            case "throughput":
                return _per_second(answer.items[item].throughput_per_h)
            case "mean time in system":
                return answer.items[item].flow_time_mean_s
            case "mean WIP":
                return answer.items[item].wip_mean
            case "mean stock":
                return answer.items[item].stock_mean
            case "fill rate":
                return answer.items[item].fill_rate
            case "mean wait":
                station = answer.stations[item]
                return station.wait_mean_s_by_item[inner] if inner else station.wait_mean_s
            case "mean queue":
                return answer.stations[item].queue_mean
            case "availability":
                return answer.stations[item].availability
            case "mean power" if answer.spending is not None:
                return answer.spending.stations[item].energy_kwh_per_h
            case "utilisation":
                return answer.stations[item].utilisation
        state = self.metric.removeprefix("share ")
        return answer.stations[item].states[state]


@dataclass(frozen=True)
class Verdict:
    """Where the simulation's answer stands."""

    case: Case
    mean: float
    half_width: float
    n: int
    part_moves: int

    @property
    def error(self) -> float:
        """Standard error of the mean."""
        return self.half_width / student_quantile(self.n - 1, CONFIDENCE)

    @property
    def z(self) -> float:
        """Distance from the exact answer in standard errors."""
        return (self.mean - self.case.exact) / self.error

    @property
    def half_width_percent(self) -> float:
        return 100.0 * self.half_width / self.case.exact

    def inside(self, confidence: float = CONFIDENCE) -> bool:
        """Whether the exact answer is in the interval of this confidence."""
        return abs(self.z) <= student_quantile(self.n - 1, confidence)


def cases() -> list[Case]:
    """Every case of the table; each has random numbers of its own."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return [_case(row, seed=1000 + number) for number, row in enumerate(csv.DictReader(lines), start=1)]


def _case(row: dict[str, Any], seed: int) -> Case:
    numbers = {name: float(row[name]) for name in ("exact", "half_width_percent", "run_s")}
    return Case(**{**row, **numbers}, seed=seed)


def judge(case: Case, *, replications: int = REPLICATIONS, run_s: float | None = None) -> Verdict:
    """Simulate a case."""
    until = math.ceil(run_s or case.run_s)
    answer = simulate(
        case.document,
        until=float(until),
        warmup=WARMUP * until,
        replications=replications,
        confidence=CONFIDENCE,
        seed=case.seed,
    )
    found = case.estimate(answer)
    if found.mean is None or found.half_width is None:
        raise AssertionError(f"{case.id}: the simulation saw nothing of the {case.metric} of {case.at}")
    return Verdict(case, found.mean, found.half_width, found.n, answer.part_moves)


def _per_second(rate: Estimate) -> Estimate:
    if rate.mean is None or rate.half_width is None:
        return rate
    return Estimate(rate.mean / 3600, rate.half_width / 3600, rate.n)
