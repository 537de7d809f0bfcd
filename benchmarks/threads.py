"""What a second thread is worth: ``python -m benchmarks.threads`` prints it as JSON.

Two replications on one thread against the same two on two threads, in turn, the best of some rounds each. On the wall
that is what a user sees on a quiet machine. Where the machine has other work the wall says nothing; then the time of
the threads counts: how much longer a replication takes when another one runs beside it, which is what caches, memory
and locks cost.
"""

from __future__ import annotations

import json
import os
import time
from concurrent.futures import ThreadPoolExecutor

from plantwright.compile import lower
from plantwright.engine import run as engine
from plantwright.units import TICKS_PER_SECOND

from .speed import line

ROUNDS = 8
LINE_S = 200_000
"""Length of a replication: one and a half million completions. [s]"""


def measure() -> dict[str, float | str]:
    """Speed-up on the wall and by the threads' time, and the one that counts here."""
    engine.warm()
    lowered, _ = line()
    world = lower(lowered.plant, mode="as-written", until_s=LINE_S).world

    def one(replication: int) -> float:
        began = time.thread_time()
        engine.run(world, seed=1, replication=replication, until=LINE_S * TICKS_PER_SECOND)
        return time.thread_time() - began

    walls: dict[int, float] = {}
    spent: dict[int, float] = {}
    loads = []
    for workers in (1, 2) * ROUNDS:
        with ThreadPoolExecutor(workers) as pool:
            began = time.perf_counter()
            each = list(pool.map(one, range(2)))
        wall = time.perf_counter() - began
        walls[workers] = min(wall, walls.get(workers, wall))
        spent[workers] = min(sum(each), spent.get(workers, sum(each)))
        loads.append(os.getloadavg()[0])
    found = {"by_wall": walls[1] / walls[2], "by_threads_time": 2 * spent[1] / spent[2]}
    cores = os.cpu_count() or 1
    clock = "by_threads_time" if max(loads) > cores else "by_wall"
    return {"speed_up": found[clock], "clock": clock, **found, "other_load": round(max(loads), 1), "cores": cores}


if __name__ == "__main__":
    print(json.dumps(measure()))
