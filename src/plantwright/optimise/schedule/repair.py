"""A schedule mended after an event: jobs that it hits are set anew, around all others, which stay where they are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from plantwright.optimise.schedule.decode import Decision, decode
from plantwright.problems.schedule import NONE, Ints, Schedule, ScheduleProblem

MOST = 60
"""Times that it is looked for who else has to give way. [-]"""


def around(problem: ScheduleProblem, before: Decision) -> Decision:
    """The decision in which jobs that cannot stay come last, on whichever machine has a gap for them.

    Parameters
    ----------
    before
        Everything as in the reference, in its order.

    Notes
    -----
    Who is hit is found step by step: of all jobs with an operation that does not begin where it did, the one whose
    operation was to begin first goes to the end of the order, until all others stay. It is match-up scheduling with the
    old schedule as its own target (J. C. Bean, J. R. Birge, J. Mittenthal and C. E. Noon (1991), "Matchup scheduling
    with multiple resources, release dates and disruptions", Operations Research 39(3), doi 10.1287/opre.39.3.470).
    """
    job, reference = problem.operations.job, problem.operations.reference_start
    gives_way = np.zeros(len(problem.jobs.release), dtype=np.bool_)
    decision = before
    for _ in range(MOST):
        moved = _moved(problem, decode(problem, decision)) & ~gives_way[job]
        if not moved.any():
            break
        first = np.flatnonzero(moved)[reference[moved].argmin()]
        gives_way[job[first]] = True
        decision = _last(before, gives_way[job], job)
    return decision


def _moved(problem: ScheduleProblem, schedule: Schedule) -> NDArray[np.bool_]:
    """Operations that begin elsewhere than in the reference, of those that stood in it. (N,) bool"""
    reference = problem.operations.reference_start
    moved: NDArray[np.bool_] = (reference != NONE) & (schedule.start != reference)
    return moved


def _last(before: Decision, late: NDArray[np.bool_], job: Ints) -> Decision:
    """The same, but for operations that come last, whole jobs one after the other, when and where they find a gap."""
    place = np.empty(len(job), dtype=np.int64)
    place[before.order] = np.arange(len(job))
    order = np.lexsort((place, late)).astype(np.int64)
    mode = np.where(late, NONE, before.mode).astype(np.int64)
    hold = np.where(late, 0, before.hold).astype(np.int64)
    return replace(before, order=order, mode=mode, hold=hold, append=False)
