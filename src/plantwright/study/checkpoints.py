"""A folder in which every replication is kept while it runs, so that a study that was cut goes on from there."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from plantwright.arrays import World
from plantwright.errors import Finding, Place, RunError
from plantwright.io.document import digest
from plantwright.io.state import digest as digest_of_state
from plantwright.model.plant import Plant
from plantwright.model.state import State

if TYPE_CHECKING:
    from plantwright.engine.replication import Replication

EVERY_S = 60.0
"""How much of a run may be lost when the machine goes down. [s]"""


class Checkpoints:
    """One file per replication of a plant; several threads may keep different replications at once.

    Parameters
    ----------
    folder
        Made where there is none. Files of an earlier study of the same plant, asked in the same way, are gone on from.
    plant
        Whose replications they are.
    state
        What they begin from; empty when left out.
    """

    def __init__(self, folder: str | Path, plant: Plant, state: State | None = None) -> None:
        self.folder = Path(folder)
        self.plant_hash = digest(plant) if state is None else f"{digest(plant)} from {digest_of_state(state)}"
        self._kept: dict[int, float] = {}
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            message = f"checkpoints cannot be kept here: {error.strerror}"
            place = Place(file=str(folder))
            raise RunError(Finding("E434", message, "Name a folder, or one that can be made.", place)) from None

    def path(self, number: int) -> Path:
        """The file of a replication."""
        return self.folder / f"replication-{number:04}.npz"

    def find(self, world: World, number: int, *, seed: int, span: Mapping[str, int]) -> Replication | None:
        """The replication as it was kept, None where it was not.

        Raises
        ------
        RunError
            What is kept there is of another plant, or was asked for in another way.
        """
        from plantwright.engine.checkpoint import load

        path = self.path(number)
        if not path.exists():
            return None
        found = load(path, world, plant_hash=self.plant_hash)
        if seed != found.world.clock.seed[0] or any(getattr(found, name) != time for name, time in span.items()):
            message = "the checkpoint is of a run that was asked for differently"
            remedy = "Ask for the same length, warm-up and seed, or name another folder."
            raise RunError(Finding("E433", message, remedy, Place(file=str(path))))
        return found

    def keep(self, replication: Replication, *, at_once: bool) -> None:
        """Write a replication down if it is time to, and always when it is over."""
        from plantwright.engine.checkpoint import save

        now = time.monotonic()
        last = self._kept.setdefault(replication.number, now)
        if at_once or replication.is_over or now - last >= EVERY_S:
            save(replication, self.path(replication.number), plant_hash=self.plant_hash)
            self._kept[replication.number] = now
