"""The present of a plant: the state from which runs begin, and the one that a run leaves behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from plantwright.arrays import World
from plantwright.compile import lift_state
from plantwright.compile.problem import Problem
from plantwright.errors import DocumentError
from plantwright.io.state import destination, examine_state, write_state
from plantwright.model.fit import fit
from plantwright.model.plant import Plant
from plantwright.model.state import State
from plantwright.study.replicate import Job

FUTURES = 200_000
"""Number of the first replication from a state: its random numbers are not those that may have led to the state. [-]"""


def present(plant: Plant, given: State | str | Path | None) -> tuple[State | None, tuple[str, ...]]:
    """The state that was given, or that stands in a file, and what its reader should know; None where runs begin empty.

    Raises
    ------
    DocumentError
        It is no state, or does not fit the plant: all errors at once.
    """
    if given is None:
        return None, ()
    state, findings = (given, fit(given, plant)) if isinstance(given, State) else examine_state(given, plant)
    errors = [finding for finding in findings if finding.is_error]
    if state is None or errors:
        raise DocumentError(*errors)
    begin = f"Every run begins from the state of {state.at:%Y-%m-%d %H:%M} (UTC)."
    return state, (begin, *(f"{finding.message}: {finding.remedy}" for finding in findings))


NO_STATE = "No state was written: the run that would have left it was interrupted."


class Leaving:
    """Writes the state in which the first of several runs ends to a file; nothing where nobody asked for one."""

    def __init__(self, plant: Plant, path: str | Path | None) -> None:
        self.plant = plant
        self.path = None if path is None else destination(path)
        self.is_done = False

    def of_first(self, jobs: Iterable[Job]) -> Iterator[Job]:
        """The jobs, of the first of which the end is kept."""
        for number, job in enumerate(jobs):
            yield job if number or self.path is None else job._replace(leaves=self.write)

    def write(self, problem: Problem, world: World) -> None:
        """Write the state of a world at rest."""
        if self.path is not None:
            write_state(lift_state(self.plant, problem, world), self.path)
            self.is_done = True

    def told(self) -> tuple[str, ...]:
        """What the reader should know where the run was interrupted."""
        return () if self.path is None or self.is_done else (NO_STATE,)
