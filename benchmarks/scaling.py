"""What grows with the size of a plant and what must not: memory, the time for one completion, threads, compiling.

Each size runs in a process of its own; the sizes of one series take turns, and the best of the rounds counts, by the
time of the thread: whatever else the machine does can only slow one down.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from typing import Any

from . import fresh
from .record import Row

ROUNDS = 2
STATIONS = (10, 100, 1_000, 2_000)
PARTS = (10, 100, 1_000, 10_000, 100_000)
RULES = ("fifo", "shortest", "same-family")
RUN_LENGTHS = (10_000_000, 100_000_000)
MOST_GROWTH_STATIONS, CHEAP_NS = 3.0, 250.0
"""From 10 to 2,000 stations a completion may cost three times as much, or this."""
MOST_GROWTH_PARTS = 1.5
MOST_GROWTH_MEMORY = 1.05
LEAST_SPEED_UP = 1.8
MOST_COLD_S, MOST_CACHED_S = 45.0, 1.0


def measure() -> list[Row]:
    """The rows of this subject."""
    fresh.run("-m", "benchmarks.speed", "compile")  # to compile takes memory and time that are not those of a run
    return [*_memory(), *_stations(), *_parts(), *_threads(), *_compiling()]


def _memory() -> Iterator[Row]:
    """Memory of a short and a long run of the same line."""
    found = {length: _scale("memory", length) for length in RUN_LENGTHS}
    for length, each in found.items():
        yield Row(f"memory_{length // 1_000_000}_million_completions", each["memory_mb"], "MB", each)
    short, long = (found[length]["memory_mb"] for length in RUN_LENGTHS)
    yield Row("memory_growth", long / short, "-").with_goal(at_most=MOST_GROWTH_MEMORY)


def _stations() -> Iterator[Row]:
    """Cost of a completion in lines of different length."""
    found = _series("stations", STATIONS)
    yield from _cost_rows("stations", found)
    growth = found[STATIONS[-1]]["cost_ns"] / found[STATIONS[0]]["cost_ns"]
    row = Row("stations_growth", growth, "-").with_goal(at_most=MOST_GROWTH_STATIONS)
    if found[STATIONS[-1]]["cost_ns"] <= CHEAP_NS:
        row.more["is_reached"] = True
    yield row


def _parts() -> Iterator[Row]:
    """Cost of a completion with few and with many parts inside, rule by rule."""
    for rule in RULES:
        found = _series(rule, PARTS)
        name = rule.replace("-", "_")
        yield from _cost_rows(f"parts_{name}", found)
        growth = found[PARTS[-1]]["cost_ns"] / found[PARTS[0]]["cost_ns"]
        yield Row(f"parts_{name}_growth", growth, "-").with_goal(at_most=MOST_GROWTH_PARTS)


def _threads() -> Iterator[Row]:
    """What a second thread is worth, on the wall and, where the machine has other work, by the threads' own time."""
    found = json.loads(fresh.run("-m", "benchmarks.threads").text)
    yield Row("two_threads_speed_up", found.pop("speed_up"), "-", found).with_goal(at_least=LEAST_SPEED_UP)


def _compiling() -> Iterator[Row]:
    """Seconds until the kernel is there: on a fresh machine, and from the cache."""
    with tempfile.TemporaryDirectory() as cache:
        cold, cached = (
            json.loads(fresh.run("-m", "benchmarks.speed", "compile", PLANTWRIGHT_CACHE=cache).text) for _ in range(2)
        )
    yield Row("compile_cold", cold["processor_s"], "s", {"wall_s": cold["compile_s"]}).with_goal(at_most=MOST_COLD_S)
    yield Row("compile_cached", cached["processor_s"], "s", {"wall_s": cached["compile_s"]}).with_goal(
        at_most=MOST_CACHED_S
    )


def _cost_rows(name: str, found: dict[int, dict[str, Any]]) -> Iterator[Row]:
    for size, each in found.items():
        more = {key: value for key, value in each.items() if key != "cost_ns"}
        yield Row(f"{name}_{size}_cost", each["cost_ns"], "ns", more)


def _series(what: str, sizes: tuple[int, ...]) -> dict[int, dict[str, Any]]:
    """The best round of each size, the sizes in turn within each round."""
    rounds = [{size: _scale(what, size) for size in sizes} for _ in range(ROUNDS)]
    return {size: min((found[size] for found in rounds), key=lambda each: each["cost_ns"]) for size in sizes}


def _scale(what: str, size: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(fresh.run("-m", "benchmarks.scale", what, str(size)).text)
    return found
