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
from pathlib import Path
from typing import NamedTuple


class Found(NamedTuple):
    """What a run says: completions of a part at a station, and the mean time in system [s] or output [1/s]."""

    completions: int
    result: float


Model = Callable[[int, int], Found]
"""Parts and seed to what is found; it builds the plant and runs it."""


def memory_mb() -> float:
    """The most memory that this process had in use. [MB]

    Where there is /proc it is read there: what the system tells of a child otherwise includes its parent.
    """
    status = Path("/proc/self/status")
    if status.exists():
        (peak,) = [line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:")]
        return int(peak.split()[1]) / 1024
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / 1024**2 if sys.platform == "darwin" else used / 1024


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
        "memory_mb": memory_mb(),
    }
    print(json.dumps(line), flush=True)
