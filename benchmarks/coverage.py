"""Whether intervals hold what they promise: a thousand independent studies of plants whose answer is known exactly.

Each study is one call of ``simulate`` with a seed of its own, as a user would make it; counted is how many of the
intervals of 95 % contain the truth. A thousand true ones contain it 950 times, give or take 14.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from statistics import mean
from typing import Any

from plantwright.analytic.lines import saturated_line
from plantwright.analytic.statistics import clopper_pearson
from plantwright.answers.simulate import simulate
from plantwright.io.document import load
from plantwright.model.plant import Plant
from plantwright.results import Estimate, ItemStatistics

from . import settling
from .cases import PLANTS
from .record import Row

STUDIES = 1_000
CONFIDENCE = 0.95
WORST, BEST = 0.93, 0.97
"""Between these shares of the studies the interval has to contain the truth."""

SOJOURN_S = 5.0
"""Mean time in an M/M/1 system at load 0.8: 1 s / (1 - 0.8). Its law is exponential. [s]"""
QUEUE = {
    "name": "One machine, load 0.8",
    "stations": {"machine": {}},
    "routes": {"part": [{"op": "work", "station": "machine", "time": "exponential(1 s)"}]},
    "products": {"part": {"made_by": "part", "release": {"every": "exponential(1.25 s)"}}},
}


@dataclass(frozen=True)
class Study:
    """A question that is asked a thousand times.

    Attributes
    ----------
    id, plant : str
        Its name, and what is simulated.
    document : callable
        Gives the plant.
    truth : callable
        Gives the exact values by field of the item's statistics.
    about : str
        The field that has to be covered as promised.
    asked : dict
        What ``simulate`` is asked with.
    """

    id: str
    plant: str
    document: Callable[[], Plant]
    truth: Callable[[], dict[str, float]]
    about: str
    asked: dict[str, float]


@cache
def _line_truth() -> dict[str, float]:
    """Six exponential machines with room for three between them, from their Markov chain; flow time by Little's law."""
    steady = saturated_line([1.0] * 6, [3] * 5)
    return {"throughput_per_h": 3600.0 * steady.throughput, "flow_time_mean_s": steady.wip / steady.throughput}


def _queue_truth() -> dict[str, float]:
    quantiles = {f"flow_time_p{q}_s": SOJOURN_S * math.log(100 / (100 - q)) for q in (50, 90, 99)}
    return {
        "flow_time_mean_s": SOJOURN_S,
        "throughput_per_h": 0.8 * 3600,
        "wip_mean": 0.8 * SOJOURN_S,
        **quantiles,
    }


def studies() -> list[Study]:
    """The studies: fixed numbers of replications, then as many as it takes."""
    queue, line = partial(Plant.model_validate, QUEUE), partial(load, PLANTS / "line6-b3.yaml")
    one, six = "one machine at load 0.8", "six exponential machines, room for three between them"
    at_one, at_six = (_queue_truth, "flow_time_mean_s"), (_line_truth, "throughput_per_h")
    return [
        Study("queue", one, queue, *at_one, {"until": 20_000.0, "warmup": 1_000.0, "replications": 10}),
        Study("line", six, line, *at_six, {"until": 4_000.0, "warmup": 400.0, "replications": 10}),
        Study("queue-batches", one, queue, *at_one, {"until": 200_000.0, "warmup": 10_000.0, "replications": 1}),
        Study("queue-within", one, queue, *at_one, {"until": 6_000.0, "warmup": 1_000.0, "within": 0.04}),
        Study("line-within", six, line, *at_six, {"until": 1_400.0, "warmup": 400.0, "within": 0.012}),
    ]


@dataclass(frozen=True)
class Coverage:
    """How often the interval of one figure contains the truth.

    Attributes
    ----------
    study, figure : str
        What was asked.
    truth : float
        The exact value. [as the figure's name says]
    estimates : list of Estimate
        One per study.
    """

    study: str
    figure: str
    truth: float
    estimates: list[Estimate]

    @property
    def covered(self) -> int:
        """Studies whose interval contains the truth."""
        return sum(abs((each.mean or 0.0) - self.truth) <= (each.half_width or 0.0) for each in self.estimates)

    @property
    def share(self) -> float:
        return self.covered / len(self.estimates)

    @property
    def replications(self) -> float:
        """Replications of a study, on average. [-]"""
        return mean(each.n for each in self.estimates)

    @property
    def half_width_percent(self) -> float:
        """Half-width of the interval on average, of the truth. [%]"""
        return 100.0 * mean(each.half_width or 0.0 for each in self.estimates) / self.truth

    @property
    def bias_percent(self) -> float:
        """Mean of all studies less the truth. [%]"""
        return 100.0 * (mean(each.mean or 0.0 for each in self.estimates) / self.truth - 1.0)


def conduct(study: Study, *, count: int = STUDIES) -> list[Coverage]:
    """Ask so many times, with seeds from 1 on: the coverage of each figure."""
    plant = study.document()

    def once(seed: int) -> ItemStatistics:
        asked: dict[str, Any] = study.asked
        return simulate(plant, **asked, confidence=CONFIDENCE, workers=1, seed=seed).items["part"]

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        answers = list(pool.map(once, range(1, count + 1)))
    return [
        Coverage(study.id, figure, truth, [getattr(answer, figure) for answer in answers])
        for figure, truth in study.truth().items()
    ]


def measure() -> list[Row]:
    """The rows of this subject."""
    from rich.console import Console
    from rich.progress import track

    found: list[Row] = []
    for study in track(studies(), "a thousand studies each", console=Console(stderr=True)):
        found += rows(study, conduct(study))
    return [*found, *settling.rows()]


def rows(study: Study, coverages: list[Coverage]) -> Iterator[Row]:
    """One row per figure: the share of the studies whose interval contains the truth."""
    for each in coverages:
        low, high = clopper_pearson(each.covered, len(each.estimates))
        more = {
            "plant": study.plant,
            "figure": each.figure,
            "truth": each.truth,
            "studies": len(each.estimates),
            "within": study.asked.get("within"),
            "replications": each.replications,
            "half_width_percent": each.half_width_percent,
            "bias_percent": each.bias_percent,
            "low": low,
            "high": high,
        }
        row = Row(f"covered_{study.id}_{each.figure}".replace("-", "_"), each.share, "-", more)
        yield row.with_goal(at_least=WORST) if each.figure == study.about else row
