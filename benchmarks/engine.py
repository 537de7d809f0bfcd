"""The engine: part moves a second and core, memory, compile time, and what a second thread is worth.

A part move is a part that enters an operation, as everywhere in Plantwright. Rates are the best of three replications
by the time of their own thread: whatever else the machine does can only slow one down.
"""

from __future__ import annotations

import json
import tempfile
from typing import Any

from . import fresh
from .record import Row

LINE_PER_S = 0.7633
"""Output of ten exponential machines with room for five, known to 0.0002. [1/s]"""
LINE_ERROR = 0.0002
YEAR_D = 365


def measure() -> list[Row]:
    """The rows of this subject; the line's output is held to what is known of it."""
    with tempfile.TemporaryDirectory() as cache:
        cold = _speed("compile", PLANTWRIGHT_CACHE=cache)
        cached = _speed("compile", PLANTWRIGHT_CACHE=cache)
    line, plant = _speed("line"), _speed("uas-plant")
    throughput = _speed("throughput")
    if abs(throughput["mean"] - LINE_PER_S) > throughput["half_width"] + LINE_ERROR:
        raise AssertionError(f"the line makes {throughput['mean']} a second, {LINE_PER_S} is right")
    return [
        Row("compile_cold", cold["compile_s"], "s"),
        Row("compile_cold_processor", cold["processor_s"], "s"),
        Row("compile_from_cache", cached["compile_s"], "s"),
        Row("line_throughput", throughput["mean"], "1/s", {"half_width": throughput["half_width"]}),
        *_rows("line", line),
        *_rows("uas_plant", plant),
        Row("uas_plant_part_moves_per_year", plant["part_moves"] / plant["days"] * YEAR_D, "part moves"),
    ]


def _rows(name: str, found: dict[str, Any]) -> list[Row]:
    return [
        Row(f"{name}_part_moves_per_s_and_core", found["part_moves"] / found["seconds"], "1/s"),
        Row(f"{name}_run", found["seconds"], "s", {"days": found["days"], "part_moves": found["part_moves"]}),
        Row(f"{name}_memory_peak", found["memory_mb"], "MB"),
        Row(f"{name}_two_threads_speed_up", found["speed_up"], "-"),
    ]


def _speed(what: str, **environment: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(fresh.run("-m", "benchmarks.speed", what, **environment).text)
    return found
