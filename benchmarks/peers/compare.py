"""Run every plant in every tool, hold the results against each other, and say how many times faster Plantwright is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from statistics import mean
from typing import Any

from benchmarks import fresh
from benchmarks.record import Row
from plantwright.analytic.statistics import student_half_width

from .environments import REQUIREMENTS, python_of

HERE = Path(__file__).resolve().parent
REPEATS = 5
OURS = "plantwright"
PARTS = {OURS: 1_000_000, "simpy": 100_000, "cimba": 1_000_000}
"""SimPy's rate does not depend on the number of parts; Cimba's rises up to a million."""
MODELS = "abcd"
LEAN = "a_lean"
"""SimPy's fewest events for a; the ratio is that to the usual program, this one stands beside it."""
GOALS = {"simpy": 40.0, "cimba": 2.5}
"""Times faster, at least."""
KNOWN = {"a": (10.0, 0.0), "b": (0.7633, 0.0002), "c": (0.7068, 0.0006)}
"""What theory or long runs know, and how well: mean time in system [s] or output [1/s]."""
CONFIDENCE = 0.99


@dataclass
class Series:
    """The repeats of one plant in one tool."""

    lines: list[dict[str, Any]] = field(default_factory=list)

    @property
    def half_width(self) -> float:
        return student_half_width([line["result"] for line in self.lines], CONFIDENCE)

    @property
    def result(self) -> float:
        return mean(line["result"] for line in self.lines)

    def rate(self, clock: str, *, compiling: bool = False) -> float:
        """Completions a second of the best repeat, by the wall or by the processor. [1/s]"""
        extra = [line["compile_s"] if compiling else 0.0 for line in self.lines]
        times = (line[f"{clock}_s"] + more for line, more in zip(self.lines, extra, strict=True))
        return max(line["completions"] / time for line, time in zip(self.lines, times, strict=True))

    def least(self, column: str) -> float:
        return min(float(line[column]) for line in self.lines)


Measured = dict[tuple[str, str], Series]
"""By tool and plant."""


def measure() -> list[Row]:
    """The rows of this subject.

    Raises
    ------
    AssertionError
        Two tools do not agree, or Plantwright does not with what is known.
    """
    from rich.console import Console
    from rich.progress import track

    pythons = {OURS: Path(sys.executable), **{peer: python_of(peer) for peer in REQUIREMENTS}}
    found: Measured = {(tool, model): Series() for tool in pythons for model in MODELS}
    found["simpy", LEAN] = Series()
    fresh.run("-m", "benchmarks.speed", "compile")  # to compile takes memory that no run has
    loads = [0.0]
    plan = [(repeat, *key) for repeat in range(REPEATS) for key in sorted(found, key=lambda key: key[::-1])]
    for repeat, tool, model in track(plan, "the same plants in every tool", console=Console(stderr=True)):
        loads.append(os.getloadavg()[0])
        found[tool, model].lines.append(one(pythons[tool], tool, model, seed=1 + repeat))
    hold_together(found)
    load, cores = max(loads), os.cpu_count() or 1
    clock = "processor" if load > cores else "wall"
    more = {"clock": clock, "other_load": round(load, 1), "cores": cores}
    return [*ratios(found, clock, more), *rates(found, clock, more)]


def one(python: Path, tool: str, model: str, *, seed: int) -> dict[str, Any]:
    """One process: what it printed."""
    arguments = [str(python), str(HERE / f"with_{tool}.py"), model, str(PARTS[tool]), str(seed)]
    found = subprocess.run(arguments, capture_output=True, text=True, check=False)
    if found.returncode:
        print(found.stderr, file=sys.stderr)
    found.check_returncode()
    line: dict[str, Any] = json.loads(found.stdout)
    return line


def hold_together(found: Measured) -> None:
    """Results have to lie within their intervals of each other and of what is known."""
    for model in MODELS:
        figures = {tool: (series.result, series.half_width) for (tool, name), series in found.items() if name == model}
        figures |= {"theory": KNOWN[model]} if model in KNOWN else {}
        for one_tool, other in combinations(figures, 2):
            (first, first_width), (second, second_width) = figures[one_tool], figures[other]
            if abs(first - second) > first_width + second_width:
                said = f"{first:.5g} ± {first_width:.2g} and {second:.5g} ± {second_width:.2g}"
                raise AssertionError(f"model {model}: {one_tool} and {other} say {said}")


def ratios(found: Measured, clock: str, more: dict[str, Any]) -> Iterator[Row]:
    """How many times as fast Plantwright is, compiling left out on both sides; by either clock and with it beside."""
    for peer, goal in GOALS.items():
        for model in MODELS:
            ours, theirs = found[OURS, model], found[peer, model]
            by = {name: ours.rate(name) / theirs.rate(name) for name in ("wall", "processor")}
            with_compiling = ours.rate("wall", compiling=True) / theirs.rate("wall", compiling=True)
            extra = {**more, **{f"by_{name}": value for name, value in by.items()}}
            extra["by_wall_with_compiling"] = with_compiling
            if (peer, f"{model}_lean") in found:
                extra["to_fewest_events"] = ours.rate(clock) / found[peer, f"{model}_lean"].rate(clock)
            yield Row(f"ratio_{peer}_{model}", by[clock], "-", extra).with_goal(at_least=goal)


def rates(found: Measured, clock: str, more: dict[str, Any]) -> Iterator[Row]:
    """Each tool's rate, and its result with the interval of its repeats."""
    for (tool, model), series in found.items():
        first = series.lines[0]
        extra = {
            "version": first["version"],
            "parts": first["parts"],
            "repeats": len(series.lines),
            "result": series.result,
            "half_width": series.half_width,
            "result_unit": "s" if model.startswith("a") else "1/s",
            "confidence": CONFIDENCE,
            **{name: series.least(name) for name in ("wall_s", "processor_s", "compile_s")},
            "memory_mb": max(float(line["memory_mb"]) for line in series.lines),
        }
        yield Row(f"rate_{tool}_{model}", series.rate(clock), "1/s", {**extra, **more})
