"""Orders of jobs: one taken out, one put in."""

from __future__ import annotations

from plantwright.jit import kernel
from plantwright.problems.schedule import Ints


@kernel
def take(order: Ints, jobs: int, place: int) -> int:
    """Take out the job at a place of an order of so many; which."""
    job = order[place]
    for at in range(place, jobs - 1):
        order[at] = order[at + 1]
    return job


@kernel
def put(order: Ints, jobs: int, place: int, job: int) -> None:
    """Put a job at a place of an order of so many, which has room for one more."""
    for at in range(jobs, place, -1):
        order[at] = order[at - 1]
    order[place] = job
