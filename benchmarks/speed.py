"""One plant simulated in a process of its own: ``python -m benchmarks.speed line`` prints what it took, as JSON.

A process of its own, because the highest memory in use is a number of the process, and so that nothing is warm.
Seconds are of the thread that ran the kernel, since the machine may have other work.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from plantwright.answers.simulate import simulate
from plantwright.compile import lower
from plantwright.engine import run as engine
from plantwright.io.document import load
from plantwright.model.plant import Plant
from plantwright.study.effort import effort_of
from plantwright.study.replicate import Crowd, Lowered, Span
from plantwright.study.year import prepare
from plantwright.units import TICKS_PER_SECOND

from .record import ROOT

LINE_S = 2_000_000
"""Length of a replication of the line: 15 million part moves. [s]"""
REPEATS = 3
SEED = 1


def line() -> tuple[Lowered, Span]:
    """``examples/line.yaml`` as written."""
    plant = load(ROOT / "examples" / "line.yaml")
    span = Span(LINE_S * TICKS_PER_SECOND, LINE_S * TICKS_PER_SECOND // 20, 0)
    return Lowered(plant, lower(plant, mode="as-written", until_s=LINE_S)), span


def uas_plant() -> tuple[Lowered, Span]:
    """``examples/uas-plant``: a year of unlimited orders after its warm-up, every piece followed."""
    plant: Plant = load(ROOT / "examples" / "uas-plant")
    effort = effort_of("full")
    with Crowd(1) as crowd:
        year = prepare(plant, effort, seed=SEED, crowd=crowd)
    span = year.span(effort.year_moves)
    return year.lowered(span), span


PLANTS: dict[str, Callable[[], tuple[Lowered, Span]]] = {"line": line, "uas-plant": uas_plant}


def one(lowered: Lowered, span: Span, replication: int) -> tuple[float, int]:
    """Seconds of the thread and part moves of one replication, its warm-up included."""
    began = time.thread_time()
    outcome = engine.run(
        lowered.problem.world, seed=SEED, replication=replication, until=span.until, warmup=0, bin=span.bin
    )
    return time.thread_time() - began, int(outcome.world.clock.moves[0])


def wall(lowered: Lowered, span: Span, workers: int) -> float:
    """Seconds on the wall for two replications on so many threads."""
    began = time.perf_counter()
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(lambda number: one(lowered, span, number), range(2)))
    return time.perf_counter() - began


def measure(name: str) -> dict[str, Any]:
    """What a plant takes: part moves, seconds, memory, and what a second thread is worth."""
    engine.warm()
    lowered, span = PLANTS[name]()
    seconds, moves = min(one(lowered, span, number) for number in range(REPEATS))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "part_moves": moves,
        "seconds": seconds,
        "days": span.until / TICKS_PER_SECOND / 86_400,
        "memory_mb": memory / 1024 if sys.platform != "darwin" else memory / 1024**2,
        "speed_up": wall(lowered, span, 1) / wall(lowered, span, 2),
    }


def line_throughput() -> dict[str, Any]:
    """Output of the line with its 99 % interval. [1/s]"""
    found = simulate(
        load(ROOT / "examples" / "line.yaml"), until=200_000.0, warmup=10_000.0, confidence=0.99, seed=SEED
    )
    rate = found.items["part"].throughput_per_h
    return {"mean": (rate.mean or 0.0) / 3600, "half_width": (rate.half_width or 0.0) / 3600}


def compiling() -> dict[str, Any]:
    """Seconds until the kernel is there, on the wall and of the processor; it is compiled in a process of its own."""
    began = sum(os.times()[:4])
    return {"compile_s": engine.warm(), "processor_s": sum(os.times()[:4]) - began}


if __name__ == "__main__":
    asked = {"throughput": line_throughput, "compile": compiling}.get(sys.argv[1], lambda: measure(sys.argv[1]))
    print(json.dumps(asked()))
