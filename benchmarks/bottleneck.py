"""Which method finds the bottleneck: ``make bench-bottleneck``.

Fifty random exponential lines of three to five machines with finite rooms. Their Markov chains say exactly what a
little more speed of each machine gives: the machine that gives the most is the bottleneck. Each method names one
machine; its regret is the share of the best gain that is lost by speeding up the machine it names.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from plantwright.analytic.bottleneck import machine_gains, turning_point
from plantwright.analytic.decomposition import Machine, markov_plant
from plantwright.compile import lift, lower
from plantwright.engine.run import run as simulated
from plantwright.results import Run
from plantwright.study.figures import share
from plantwright.units import TICKS_PER_SECOND

from .draws import SEED, Drawn, Generator, between, line, number, rooms
from .record import ROOT, Row, provenance

DOCS = ROOT / "docs" / "bottleneck.json"
LINES = 50
REPLICATIONS = 4
PARTS = 100_000
"""Parts that each replication makes."""
WARMUP = 0.05
BIN_S = 50
"""How often it is looked who has been active for longest. [s]"""
FASTER = 1.05
"""By how much a machine is speeded up to see what it gives. [-]"""
CLOSE = 0.05
"""Regret up to which the machine named is as good as the best. [-]"""
MOST_STATES = 6_000
CLEAR = 0.1
"""A line has a clear bottleneck where the second machine gains less by at least this share. [-]"""


def drawn() -> list[Drawn]:
    """Lines whose chains are small: speeds that differ by a tenth or so, rooms of up to six."""
    generator = np.random.default_rng([SEED, *b"bottleneck"])
    return [_line(generator) for _ in range(LINES)]


def _line(generator: Generator) -> Drawn:
    count = number(generator, 3, 5)
    most = {3: 6, 4: 5, 5: 3}[count]
    return line([Machine(between(generator, 0.85, 1.15)) for _ in range(count)], rooms(generator, count - 1, most))


@dataclass
class Shown:
    """What the simulation of one line shows, machine by machine."""

    throughput: float
    active: list[float]
    utilisation: list[float]
    queue: list[float]
    blocked: list[float]
    starved: list[float]
    gains: list[float] = field(default_factory=list)
    spread: list[float] = field(default_factory=list)
    """Standard errors of the gains."""


Method = Callable[[Drawn, Shown], int]
METHODS: dict[str, tuple[str, Method]] = {
    "active": ("active longest without a break (share of the time)", lambda _, seen: _largest(seen.active)),
    "utilisation": ("busiest machine", lambda _, seen: _largest(seen.utilisation)),
    "queue": ("longest queue before it", lambda _, seen: _largest(seen.queue)),
    "turning": ("turning point of blocking and starving", lambda _, seen: turning_point(seen.blocked, seen.starved)),
    "slowest": ("slowest machine (rough cut)", lambda drawn, _: _largest([each.time for each in drawn.machines])),
    "formula": ("gain by closed form (`markov_plant`)", lambda drawn, _: _largest(formula_gains(drawn))),
    "simulated": ("gain by simulation, 5 % more speed", lambda _, seen: _largest(seen.gains)),
}


def measure() -> list[Row]:
    """The rows of this subject; the table of the docs is written beside them."""
    began = time.perf_counter()
    cases = []
    with ThreadPoolExecutor() as pool:
        for at, each in enumerate(drawn()):
            exact = machine_gains([machine.time for machine in each.machines], each.into, rooms=each.rooms)
            if exact.states > MOST_STATES:
                raise AssertionError(f"line {at} has {exact.states} states")
            shown = look(each, pool, seed=SEED + at)
            if abs(shown.throughput / exact.throughput - 1.0) > 0.01:
                raise AssertionError(f"line {at} makes {shown.throughput}, {exact.throughput} is right")
            cases.append(judged(each, shown, exact.gains, exact.states))
    wall_s = time.perf_counter() - began
    summary = {name: summed(name, cases) for name in METHODS}
    DOCS.write_text(json.dumps(for_docs(summary, cases, wall_s), indent=1) + "\n", encoding="utf-8")
    return [
        *(Row(f"{name}_hits", row["hits"], "-", row) for name, row in summary.items()),
        *(Row(f"{name}_mean_regret", row["mean_regret_percent"], "%") for name, row in summary.items()),
        Row("lines", len(cases), "-", {"cases": cases}),
        Row("gain_error_of_simulation", _mean([each["gain_error"] for each in cases]), "-"),
    ]


def look(drawn: Drawn, pool: ThreadPoolExecutor, *, seed: int) -> Shown:
    """Simulate a line as it is and with each machine a little faster, on the same random numbers."""
    jobs = [(drawn, seed, replication) for replication in range(REPLICATIONS)]
    base = list(pool.map(_observe, jobs))
    shown = Shown(**{name: np.mean([each[name] for each in base], axis=0).tolist() for name in base[0]})
    for at, machine in enumerate(drawn.machines):
        faster = (*drawn.machines[:at], replace(machine, time=machine.time / FASTER), *drawn.machines[at + 1 :])
        after = pool.map(_made, [(replace(drawn, machines=faster), seed, number) for _, seed, number in jobs])
        per_cent = [
            (made / before["throughput"] - 1.0) / (FASTER - 1.0) for made, before in zip(after, base, strict=True)
        ]
        shown.gains.append(_mean(per_cent))
        shown.spread.append(float(np.std(per_cent, ddof=1)) / math.sqrt(len(per_cent)))
    return shown


def _replicate(drawn: Drawn, seed: int, replication: int, *, bin_s: int) -> tuple[Run, Any]:
    until = math.ceil(PARTS / drawn.slowest / 0.6) * TICKS_PER_SECOND
    plant = drawn.plant()
    problem = lower(plant, mode="as-written", until_s=until / TICKS_PER_SECOND)
    warmup = round(WARMUP * until)
    outcome = simulated(
        problem.world, seed=seed, replication=replication, until=until, warmup=warmup, bin=bin_s * TICKS_PER_SECOND
    )
    return lift(plant, problem, outcome), outcome


def _observe(job: tuple[Drawn, int, int]) -> dict[str, Any]:
    """What one replication shows."""
    found, outcome = _replicate(*job, bin_s=BIN_S)
    stations = [found.stations[f"m{at}"] for at in range(len(job[0].machines))]
    return {
        "throughput": _throughput(found),
        "active": _longest_active(np.asarray(outcome.active)),
        "utilisation": [share(each, "busy") for each in stations],
        "queue": [each.queue_mean for each in stations],
        "blocked": [share(each, "blocked") for each in stations],
        "starved": [share(each, "idle") for each in stations],
    }


def _made(job: tuple[Drawn, int, int]) -> float:
    return _throughput(_replicate(*job, bin_s=0)[0])


def _throughput(found: Run) -> float:
    (item,) = found.items.values()
    return item.finished / found.elapsed_s


def _longest_active(history: np.ndarray) -> list[float]:
    """Share of the instants looked at in which each machine had been active without a break for longer than all others.

    Roser, C., Nakano, M., Tanaka, M. (2002), Shifting bottleneck detection, doi:10.1109/WSC.2002.1166360.
    """
    longest = history.argmax(axis=1)[history.max(axis=1) >= 0]
    return (np.bincount(longest, minlength=history.shape[1]) / max(1, len(longest))).tolist()


def formula_gains(drawn: Drawn) -> list[float]:
    """Per cent of output for a per cent of speed by decomposition, over as large a step as in the simulation."""
    base = markov_plant(drawn.machines, drawn.into, rooms=drawn.rooms)
    gains = []
    for at, machine in enumerate(drawn.machines):
        faster = (*drawn.machines[:at], replace(machine, time=machine.time / FASTER), *drawn.machines[at + 1 :])
        gains.append((markov_plant(faster, drawn.into, rooms=drawn.rooms) / base - 1.0) / (FASTER - 1.0))
    return gains


def judged(drawn: Drawn, shown: Shown, exact: np.ndarray, states: int) -> dict[str, Any]:
    """Whom each method names in one line, and what that costs."""
    best = float(exact.max())
    named = {name: method(drawn, shown) for name, (_, method) in METHODS.items()}
    second = float(np.sort(exact)[-2])
    return {
        "times_s": [machine.time for machine in drawn.machines],
        "rooms": list(drawn.rooms[:-1]),
        "states": states,
        "exact": exact.tolist(),
        "named": named,
        "regret": {name: 1.0 - float(exact[machine]) / best for name, machine in named.items()},
        "clear": second < best * (1.0 - CLEAR),
        "gain_error": float(np.mean(shown.spread)),
    }


def summed(name: str, cases: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Hits and regret of a method over all lines."""
    regrets = [case["regret"][name] for case in cases]
    clear = [case["regret"][name] for case in cases if case["clear"]]
    return {
        "method": METHODS[name][0],
        "hits": sum(regret < 1e-9 for regret in regrets),
        "close": sum(regret <= CLOSE for regret in regrets),
        "lines": len(regrets),
        "hits_where_clear": sum(regret < 1e-9 for regret in clear),
        "lines_where_clear": len(clear),
        "mean_regret_percent": 100.0 * _mean(regrets),
        "largest_regret_percent": 100.0 * max(regrets),
    }


def for_docs(summary: dict[str, dict[str, Any]], cases: Sequence[dict[str, Any]], wall_s: float) -> dict[str, Any]:
    """What the page of the docs prints."""
    return {
        "methods": list(summary.values()),
        "largest_chain": max(case["states"] for case in cases),
        "gain_error": _mean([case["gain_error"] for case in cases]),
        "provenance": provenance(
            seed=SEED, replications=REPLICATIONS, parts=PARTS, lines=LINES, minutes=round(wall_s / 60, 1)
        ),
    }


def _largest(values: Sequence[float]) -> int:
    return int(np.argmax(values))


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)
