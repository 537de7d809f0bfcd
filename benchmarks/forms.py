"""The closed forms against exact answers and against simulation: ``make bench-forms``.

Two hundred random lines, thirty random plants of each other kind, drawn from a fixed seed. Every plant is simulated
long enough for its half-width (95 %) to be small against the errors that are measured; it is written beside them.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

from plantwright.analytic.decomposition import fluid_plant, markov_plant, plant_estimate
from plantwright.answers.simulate import simulate
from plantwright.model.plant import Plant
from plantwright.results import Estimate, SimulateAnswer
from plantwright.study.queueing import queueing_estimate
from plantwright.study.rough import rough_cut
from plantwright.study.wanted import wanted

from . import queues
from .draws import ASSEMBLIES, LINES, SEED, Drawn, Kind
from .formulas import EXACT, formula_of
from .record import ROOT, Row, provenance

DOCS = ROOT / "docs" / "forms.json"
REPLICATIONS = 8
WARMUP = 0.05
YEAR_S = 365 * 86_400
PARTS = {"exponential": 300_000, "balanced": 300_000, "assembly": 300_000, "any-times": 400_000, "loop": 200_000}
"""Parts that each plant makes in all replications, by kind."""
PARTS_FAILING = 800_000
PARTS_QUEUE, PARTS_REWORK = 4_000_000, 1_000_000
METHODS = {
    "exponential": ("markov_plant", markov_plant),
    "balanced": ("markov_plant", markov_plant),
    "exponential-failing": ("markov_plant", markov_plant),
    "equal-speed": ("fluid_plant", fluid_plant),
    "unequal-speed": ("fluid_plant", fluid_plant),
    "any-times": ("plant_estimate", plant_estimate),
    "assembly": ("markov_plant", markov_plant),
}


class Found(NamedTuple):
    """One plant: what the closed form says, what the simulation, and what a naive answer would be."""

    formula: float
    simulated: float
    half_width: float
    naive: float
    wall_ms: float

    @property
    def error(self) -> float:
        """Of the formula. [%]"""
        return 100.0 * (self.formula / self.simulated - 1.0)


class Summary(NamedTuple):
    """All plants of one kind."""

    kind: str
    says: str
    quantity: str
    by: str
    naive_is: str
    found: list[Found]

    def row(self) -> dict[str, Any]:
        errors = np.array([each.error for each in self.found])
        naive = np.array([100.0 * (each.naive / each.simulated - 1.0) for each in self.found])
        return {
            "plants": len(errors),
            "mean_error_percent": float(errors.mean()),
            "mean_absolute_percent": float(np.abs(errors).mean()),
            "ninth_of_ten_percent": float(np.quantile(np.abs(errors), 0.9)),
            "largest_percent": float(np.abs(errors).max()),
            "naive_mean_absolute_percent": float(np.abs(naive).mean()),
            "half_width_percent": float(np.mean([100.0 * each.half_width / each.simulated for each in self.found])),
            "milliseconds": float(np.median([each.wall_ms for each in self.found])),
        }


def measure() -> list[Row]:
    """The rows of this subject; the table of the docs is written beside them."""
    began = time.perf_counter()
    exact = list(against_exact())
    summaries = [*map(lines_of, (*LINES, ASSEMBLIES)), single_queues(), open_plants(), loops()]
    wall_s = time.perf_counter() - began
    DOCS.write_text(json.dumps(for_docs(exact, summaries, wall_s), indent=1) + "\n", encoding="utf-8")
    rows = [
        Row(f"{each.kind}_error_mean_absolute", each.row()["mean_absolute_percent"], "%", each.row())
        for each in summaries
    ]
    lines = [found for each in summaries[: len(LINES)] for found in each.found]
    worst = max(abs(row["error_percent"]) for row in exact)
    return [
        *rows,
        Row("lines", len(lines), "-"),
        Row("lines_error_mean_absolute", float(np.mean([abs(each.error) for each in lines])), "%"),
        Row("lines_error_largest", max(abs(each.error) for each in lines), "%"),
        Row("exact_cases", len(exact), "-"),
        Row("exact_cases_error_largest", worst, "%", {"rows": exact}),
    ]


def against_exact() -> Iterable[dict[str, Any]]:
    """Every exact case for which there is a closed form other than the one it was derived by, or that one."""
    for name, exact, unit in EXACT:
        formula = formula_of(name)
        if formula is None:
            continue
        began = time.perf_counter()
        value = formula.value()
        yield {
            "case": name,
            "by": formula.by,
            "exact": exact,
            "formula": value,
            "unit": unit,
            "error_percent": 100.0 * (value / exact - 1.0),
            "milliseconds": 1000.0 * (time.perf_counter() - began),
        }


def lines_of(kind: Kind) -> Summary:
    """Every line of a kind: the closed form that is meant for it, through the door that ``capacity`` uses."""
    name, method = METHODS[kind.name]
    found = []
    for line in kind.plants():
        plant, (value, wall_ms) = line.plant(), timed(method, line.machines, line.into, rooms=line.rooms)
        made = _throughput(line, plant, value, PARTS.get(kind.name, PARTS_FAILING))
        found.append(Found(value, *made, line.slowest, wall_ms))
    return Summary(kind.name, kind.says, "throughput", name, "slowest machine", found)


def _throughput(line: Drawn, plant: Plant, rate: float, parts: int) -> tuple[float, float]:
    """Simulated output of a line and its half-width. [1/s]"""
    answer = run(plant, parts / rate)
    end = next(iter(plant.products))
    return per_second(answer.items[end].throughput_per_h)


def single_queues() -> Summary:
    found = []
    for queue in queues.drawn("queue"):
        value, wall_ms = timed(queue.wait)
        answer = run(queue.plant(), PARTS_QUEUE / queue.load / queue.machines)
        plain = (queue.arrival_scv + queue.service_scv) / 2 * queues.Queue(queue.load, queue.machines, 1.0, 1.0).wait()
        found.append(Found(value, *mean_and_width(answer.stations["m"].wait_mean_s), plain, wall_ms))
    says = "one station, one to six machines, arrivals and times of any variability"
    return Summary("queue", says, "mean wait", "gigm_wait", "half the variabilities times M/M/m", found)


def open_plants() -> Summary:
    found = []
    for plant in queues.drawn("rework"):
        network, wall_ms = timed(plant.network)
        answer = run(plant.plant(), float(PARTS_REWORK))
        work = float(network.rates @ np.array(plant.times))
        simulated = mean_and_width(answer.items["part"].flow_time_mean_s)
        found.append(Found(network.time_in_system, *simulated, work, wall_ms))
    says = "three to eight stations with rework, loads of 0.5 to 0.85"
    return Summary("rework", says, "mean time in system", "open_network", "work without waiting", found)


def loops() -> Summary:
    found = []
    for loop in queues.drawn("loop"):
        plant = loop.plant()
        asked = wanted(plant)
        rough = rough_cut(plant, asked)
        value, wall_ms = timed(queueing_estimate, plant, asked, rough, conwip={"part": loop.parts})
        per_s = value.units_per_year / YEAR_S
        made = per_second(run(plant, PARTS["loop"] / per_s).items["part"].throughput_per_h)
        alone = min(many / each for each, many in zip(loop.times, loop.machines, strict=True))
        naive = min(alone, loop.parts / math.fsum(loop.times))
        found.append(Found(per_s, *made, naive, wall_ms))
    says = "closed lines of three to six stations, times of any variability"
    return Summary("loop", says, "throughput", "closed_estimate", "slowest station or nobody waits", found)


def run(plant: Plant, seconds: float) -> SimulateAnswer:
    """Replications that together last so many seconds after their warm-up."""
    until = math.ceil(seconds / REPLICATIONS / (1.0 - WARMUP))
    return simulate(plant, until=float(until), warmup=WARMUP * until, replications=REPLICATIONS, seed=SEED)


def per_second(rate: Estimate) -> tuple[float, float]:
    mean, width = mean_and_width(rate)
    return mean / 3600, width / 3600


def mean_and_width(figure: Estimate) -> tuple[float, float]:
    if figure.mean is None or figure.half_width is None:
        raise AssertionError("the simulation saw nothing")
    return figure.mean, figure.half_width


def timed(what: Callable[..., Any], *given: Any, **named: Any) -> tuple[Any, float]:
    """What it gives, and the milliseconds it took."""
    began = time.perf_counter()
    found = what(*given, **named)
    return found, 1000.0 * (time.perf_counter() - began)


def for_docs(exact: Sequence[dict[str, Any]], summaries: Sequence[Summary], wall_s: float) -> dict[str, Any]:
    """What the page of the docs prints."""
    return {
        "exact": list(exact),
        "simulated": [
            {"kind": each.kind, "plants_are": each.says, "quantity": each.quantity, "by": each.by, **each.row()}
            | {"naive_is": each.naive_is}
            for each in summaries
        ],
        "provenance": provenance(seed=SEED, replications=REPLICATIONS, minutes=round(wall_s / 60, 1)),
    }
