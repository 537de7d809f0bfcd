"""Run the plants that have every feature between them and print a digest of each column that is left, as JSON.

A program of its own, since whether the kernel is compiled is settled when Python starts: see test_jit_off.py.
"""

import hashlib
import json
import sys
from pathlib import Path

import numpy as np

from plantwright.compile import lower
from plantwright.engine.run import run
from plantwright.io.document import load
from plantwright.units import TICKS_PER_SECOND

PLANTS = Path(__file__).parent.parent / "plants" / "features"

RUNS = {
    "people": ("people", "as-written", 10_000, None),
    "kits": ("kits", "as-written", 8_000, None),
    "dates": ("dates", "as-written", 6_000, None),
    "transport": ("transport", "as-written", 6_000, None),
    "time": ("time", "as-written", 14_000, None),
    "plain": ("plain", "as-written", 6_000, None),
    "mix": ("dates", "capacity", 4_000, {"plate": 5, "ring": 3}),
}
"""Plant, mode, length [s] and units in process: a few hundred part moves each."""


def digest(column):
    return hashlib.sha256(np.ascontiguousarray(column).tobytes()).hexdigest()[:16]


def left_behind(name):
    """A digest of every column of every array at the end of a run, and of its history."""
    plant, mode, length_s, conwip = RUNS[name]
    document = load(PLANTS / f"{plant}.yaml")
    problem = lower(document, mode=mode, until_s=length_s, conwip=conwip)
    end = length_s * TICKS_PER_SECOND
    outcome = run(problem.world, seed=3, replication=2, until=end, warmup=end // 8, bin=end // 16)
    history = {key: digest(value) for key, value in outcome._asdict().items() if isinstance(value, np.ndarray)}
    return {"part moves": int(outcome.world.clock.moves[0]), **columns_of(outcome.world), **history}


def columns_of(world):
    found = {}
    for name, array in world._asdict().items():
        for column in array.dtype.names or ("",):
            found[f"{name}.{column}" if column else name] = digest(array[column] if column else array)
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps({name: left_behind(name) for name in RUNS}))
