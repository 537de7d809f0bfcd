"""A run that is told to a file as it goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from plantwright.model.state import State
from plantwright.results import Run
from plantwright.study.progress import Progress
from plantwright.study.provenance import provenance
from plantwright.study.replicate import Job, Lowered

if TYPE_CHECKING:
    from plantwright.io.trace import TraceFile

NO_TRACE = "There is no trace: the run that it would tell was interrupted."


@contextmanager
def traced(
    path: str | Path | None, lowered: Lowered, *, seed: int, first: int = 0, state: State | None = None
) -> Iterator[TraceFile | None]:
    """A file for the first replication of a plant; None where nobody asked for one.

    Raises
    ------
    RunError
        The ending of its name is unknown, or nothing can be written there.
    """
    if path is None:
        yield None
        return
    from plantwright.compile.trace import trace_header, trace_lift
    from plantwright.io.trace import TraceFile

    origin = provenance(lowered.plant, seed=seed, state=state)
    known: dict[str, int | str] = {"plantwright": origin.plantwright, "plant_hash": origin.plant_hash}
    known |= {"seed": seed, "replication": first}
    known |= {"state_hash": origin.state_hash} if origin.state_hash else {}
    with TraceFile(path, trace_header(*lowered, known), trace_lift(*lowered)) as file:
        yield file


def listened(jobs: Iterable[Job], file: TraceFile | None) -> Iterator[Job]:
    """The jobs, the first of them told to the file."""
    for number, job in enumerate(jobs):
        yield job if number or file is None else job._replace(log=file.write)


def keep(file: TraceFile | None, runs: Sequence[Run], progress: Progress, *, first: int = 0) -> tuple[str, ...]:
    """Complete the file; what its reader should know where the run that it tells was interrupted."""
    if file is None:
        return ()
    if all(run.replication != first for run in runs):
        return (NO_TRACE,)
    told = 0.0

    def tell(done: float) -> None:
        nonlocal told
        progress.advance(done - told)
        told = done

    progress.begin("writing the trace", 1.0)
    file.keep(tell)
    progress.end()
    return ()
