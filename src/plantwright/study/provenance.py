"""What an answer can be traced to, and on request how it was run."""

from __future__ import annotations

import os
import platform
import time
from importlib.metadata import version

from plantwright.io.document import digest
from plantwright.io.state import digest as digest_of_state
from plantwright.model.plant import SCHEMA_VERSION, Plant
from plantwright.model.state import State
from plantwright.results import Execution, Provenance


def provenance(plant: Plant, *, seed: int, effort: str = "", state: State | None = None) -> Provenance:
    """Versions, seed, fingerprints of the plant and of the state: enough to repeat the answer to the last digit."""
    return Provenance(
        plantwright=version("plantwright"),
        python=platform.python_version(),
        numpy=version("numpy"),
        numba=version("numba"),
        seed=seed,
        plant_hash=digest(plant),
        schema=SCHEMA_VERSION,
        effort=effort,
        state_hash="" if state is None else digest_of_state(state),
    )


class Stopwatch:
    """Wall time, part moves and compile time of one answer."""

    def __init__(self) -> None:
        self._began = time.perf_counter()
        self.compile_s = 0.0
        self.run_s = 0.0
        self.part_moves = 0

    def execution(self, workers: int) -> Execution:
        """On which machine and how fast. ``part_moves_per_s_and_core`` is over the time that the kernel ran."""
        return Execution(
            machine=f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}",
            workers=workers,
            wall_s=time.perf_counter() - self._began,
            compile_s=self.compile_s,
            part_moves=self.part_moves,
            part_moves_per_s_and_core=self.part_moves / self.run_s if self.run_s else None,
        )
