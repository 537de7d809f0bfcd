"""Many changed plants on the same random numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from plantwright.errors import PlantwrightError
from plantwright.model.plant import Plant
from plantwright.results import Run
from plantwright.study.candidates import Candidate
from plantwright.study.replicate import Job, Lowered, Span
from plantwright.study.session import Session

FRESH = 100_000
"""Number of the first fresh replication: winners are estimated on random numbers that did not choose them. [-]"""

Changes = tuple[Candidate, ...]
"""Changes made together; none is the plant as it is."""
Results = dict[Changes, list[Run]]
"""Replications by the changes that were made."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A set of changes made together.

    Attributes
    ----------
    changes : tuple of Candidate
        What is changed; none for the plant as it is.
    """

    changes: Changes = ()

    def plant(self, plant: Plant) -> Plant:
        """The plant with all of them."""
        for change in self.changes:
            plant = change.apply(plant)
        return plant


def try_all(session: Session, trials: Sequence[Trial], span: Span, *, first: int, count: int, what: str) -> Results:
    """Run every trial on the replications ``first .. first + count``.

    Parameters
    ----------
    session
        The plant under study.
    trials
        Sets of changes. A set that makes no sound plant is left out of the results.
    span
        Of each run.
    first, count
        Replications; the same for all trials.
    what
        Name of the stage.
    """
    sound = [(trial, lowering) for trial in trials if (lowering := _lowering(session, trial, span)) is not None]
    jobs = [
        Job(lowering, span, session.seed, number) for _, lowering in sound for number in range(first, first + count)
    ]
    found = session.crowd.run(jobs, what)
    results: Results = {}
    for index, (trial, _) in enumerate(sound):
        runs = found[index * count : (index + 1) * count]
        whole = [run for run in runs if run is not None]
        if len(whole) == count:
            results[trial.changes] = whole
    return results


def _lowering(session: Session, trial: Trial, span: Span) -> Callable[[], Lowered] | None:
    try:
        plant = trial.plant(session.plant)
    except (ValueError, PlantwrightError):
        return None
    return lambda: session.year.lowered(span, plant)
