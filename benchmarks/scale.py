"""One plant of any size simulated in a process of its own: ``python -m benchmarks.scale WHAT SIZE``.

It prints what it took, as JSON. ``cost_ns`` is the time of the thread for one completion of a part at a station, after
the plant has filled up, the best of some repeats; reading and lowering are apart. Memory is the highest of the process.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from plantwright.compile import lower
from plantwright.engine import run as engine
from plantwright.engine.replication import begun
from plantwright.model.plant import Plant
from plantwright.units import TICKS_PER_SECOND

from .peers.timed import memory_mb

REPEATS = 2
COMPLETIONS = 3_000_000
"""Of one repeat, after the warm-up. [-]"""
STEPS = 10
"""Stations of the loop whose parts are many. [-]"""
KINDS = 10
"""Products of that loop, each with its own times, in three families. [-]"""
LONG_S = 200_000.0
"""After so long even 100,000 parts have gone round twice, and lie in memory in any order. [s]"""
SETUP = {"same-family": {"setup": "0.05 s between families"}}


class Setting(NamedTuple):
    """A plant, when it has filled up [s], and how many completions a second there are about [1/s]."""

    plant: Plant
    filled_s: float
    rate: float


def line(stations: int) -> Setting:
    """Machines in line with room for five parts between them: the time to fill it grows with its length."""
    document = {
        "name": f"{stations} machines in line",
        "stations": {f"m{n}": {"room": 5} if n else {} for n in range(stations)},
        "routes": {"part": [{"op": f"s{n}", "station": f"m{n}", "time": "exponential(1 s)"} for n in range(stations)]},
        "products": {"part": {"made_by": "part", "release": {"saturated": True}}},
    }
    return Setting(Plant.model_validate(document), 10.0 * stations, 0.75 * stations)


def loop(rule: str, parts: int) -> Setting:
    """So many parts of ten kinds in ten stations without limits to their queues; one enters for each that leaves."""
    document = {
        "name": f"{parts} parts, {rule}",
        "stations": {f"m{step}": {"rule": rule, **SETUP.get(rule, {})} for step in range(STEPS)},
        "routes": {f"p{kind}": [_step(kind, step) for step in range(STEPS)] for kind in range(KINDS)},
        "products": {
            f"p{kind}": {"made_by": f"p{kind}", "release": {"conwip": max(1, parts // KINDS)}} for kind in range(KINDS)
        },
    }
    return Setting(Plant.model_validate(document), LONG_S, 0.9 * STEPS)


def _step(kind: int, step: int) -> dict[str, Any]:
    mean_s = 0.8 + 0.04 * ((7 * kind + 3 * step) % KINDS)
    return {"op": f"s{step}", "station": f"m{step}", "time": f"exponential({mean_s:.2f} s)", "family": f"f{kind % 3}"}


SETTINGS: dict[str, Callable[[int], Setting]] = {
    "stations": line,
    "fifo": lambda parts: loop("fifo", parts),
    "shortest": lambda parts: loop("shortest", parts),
    "same-family": lambda parts: loop("same-family", parts),
}


def cost(setting: Setting) -> dict[str, Any]:
    """Time for one completion, and for lowering."""
    until_s = setting.filled_s + COMPLETIONS / setting.rate
    began = time.thread_time()
    world = lower(setting.plant, mode="as-written", until_s=until_s).world
    lowering_s = time.thread_time() - began
    each = [_once(world, setting.filled_s, until_s, replication) for replication in range(REPEATS)]
    return {"cost_ns": min(found[0] for found in each), "completions": each[0][1], "lowering_s": lowering_s}


def _once(world: Any, filled_s: float, until_s: float, replication: int) -> tuple[float, int]:
    """Nanoseconds for one completion after the warm-up, and how many there were."""
    warmup, until = round(filled_s * TICKS_PER_SECOND), round(until_s * TICKS_PER_SECOND)
    run = begun(world, seed=1, replication=replication, until=until, warmup=warmup)
    run.advance(warmup)
    began = time.thread_time()
    run.advance()
    spent = time.thread_time() - began
    moves = int(run.outcome().world.clock.moves[0])
    return spent / moves * 1e9, moves


def memory(completions: int) -> dict[str, Any]:
    """A line of ten machines run for so many completions, with its history in ten entries as ``simulate`` keeps it."""
    setting = line(10)
    until_s = completions / 7.633
    world = lower(setting.plant, mode="as-written", until_s=until_s).world
    until = round(until_s * TICKS_PER_SECOND)
    outcome = engine.run(world, seed=1, replication=0, until=until, bin=until // 10)
    return {"completions": int(outcome.world.clock.moves[0])}


def measure(what: str, size: int) -> dict[str, Any]:
    """What the command line asks for."""
    engine.warm()
    found = memory(size) if what == "memory" else cost(SETTINGS[what](size))
    return {**found, "memory_mb": memory_mb()}


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], int(sys.argv[2]))))
