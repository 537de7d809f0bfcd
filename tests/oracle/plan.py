"""The planned sequence: each machine takes what a schedule names, in its order, and waits for it."""

from __future__ import annotations

from plantwright.codes import TIMEOUT
from tests.oracle import queues


def look_when_times_come(run):
    """Something may begin that had to wait for its time."""
    for operation in run.plant.operations:
        if operation.not_before > 0:
            run.schedule(operation.not_before, TIMEOUT, queues.time_is_over)


def enter_next(run, release, enter):
    """Let the next lot of a plan in: True when it entered."""
    _, due, release.pieces, release.operation = release.openings[release.used_up]
    if not enter(run, release, due):
        return False
    release.operation.job.parts = 1
    release.pending -= release.pieces
    release.used_up += 1
    return True


def turn_of(machine):
    """The lane whose turn it is: the first from which nothing has begun and something may still come."""
    return next((lane for lane in machine.plan if lane.planned and not lane.has_begun), None)


def is_turn(run, machine, operation):
    """Whether the plan lets a machine begin an operation now. What comes back, rejected, has had its turn."""
    if not operation.is_planned:
        return True
    lane = operation.places[0][1]
    if operation.planned_on is None:
        if operation.starts > 0:
            return True
    elif operation.planned_on is not machine:
        return False
    elif lane.has_begun:
        return True
    elif lane is not turn_of(machine):
        return False
    rested = lane.parts[0].joined_at + operation.rest if lane.parts and operation.rest else 0
    begins = max(operation.not_before, rested)
    if run.now < begins or (run.now == begins > 0 and run.timed_out != begins):  # it has come with its time-out
        return False
    return machine.station.most_in_batch == 0 or len(lane.parts) >= len(lane.planned)


def take_turn(operation):
    """An operation begins."""
    if operation.planned_on is not None:
        operation.places[0][1].has_begun = True


def holds_up(part):
    """Whether a part wants on a machine, where nothing can wait, whose turn it is not: then others go first."""
    machine = part.operation.planned_on
    if machine is None or machine.station.room > 0:
        return False
    lane = part.operation.places[0][1]
    return not lane.has_begun and lane is not turn_of(machine)


def count_parts(part, more):
    """A lot has so many parts more; one that has none left leaves the plan."""
    job = part.operation.job
    if job is None:
        return
    job.parts += more
    if job.parts == 0:
        for operation in job.operations:
            if operation.planned_on is not None and not operation.places[0][1].has_begun:
                operation.places[0][1].planned.remove(operation)
