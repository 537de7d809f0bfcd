"""What the programs of this folder have in common: run one plant, time it, print a line of JSON.

    python with_TOOL.py MODEL PARTS SEED

Nothing but the standard library: it runs in the environments of the peers, beside their programs.
"""

from __future__ import annotations

import json
import platform
import resource
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from typing import NamedTuple


class Found(NamedTuple):
    """What a run says: completions of a part at a station, and the mean time in system [s] or output [1/s]."""

    completions: int
    result: float


Model = Callable[[int, int], Found]
"""Parts and seed to what is found; it builds the plant and runs it."""


def nothing_to_compile(model: Model) -> None:
    """For tools without a compiler."""


def main(tool: str, models: dict[str, Model], *, prepare: Callable[[Model], None] = nothing_to_compile) -> None:
    """Run the plant that the command line names and print what it took. ``prepare`` compiles and is timed apart."""
    name, parts, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    model = models[name]
    compiling = time.perf_counter()
    prepare(model)
    began, spent = time.perf_counter(), time.process_time()
    found = model(parts, seed)
    processor_s, wall_s = time.process_time() - spent, time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    line = {
        "tool": tool,
        "version": version(tool),
        "python": platform.python_version(),
        "model": name,
        "parts": parts,
        "seed": seed,
        "compile_s": began - compiling,
        "wall_s": wall_s,
        "processor_s": processor_s,
        "completions": found.completions,
        "result": found.result,
        "memory_mb": memory / 1024 if sys.platform != "darwin" else memory / 1024**2,
    }
    print(json.dumps(line), flush=True)
