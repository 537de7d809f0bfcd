"""What a schedule comes to, counted anew, and whether it claims no more than that."""

from __future__ import annotations

from collections.abc import Iterator

from plantwright.optimise.schedule.check.fault import Fault
from plantwright.optimise.schedule.check.machines import setup_lengths
from plantwright.optimise.schedule.check.plain import Plain
from plantwright.problems.schedule import NEVER, NONE, Measure, Schedule


def values(plain: Plain) -> tuple[int, ...]:
    """What the goals come to, level by level."""
    counted = {measure: count(plain, measure) for goal in plain.problem.goals for measure in goal.measures}
    return tuple(
        sum(weight * counted[measure] for measure, weight in zip(goal.measures, goal.weights))
        for goal in plain.problem.goals
    )


def count(plain: Plain, measure: Measure) -> int:
    """What a schedule comes to in one measure."""
    if measure == "makespan":
        return max((plain.end[operation] for operation in plain.done), default=0)
    if measure == "setups":
        return sum(setup_lengths(plain).values())
    if measure == "moved":
        return sum(_is_moved(plain, operation) for operation in range(len(plain.mode)))
    return sum(_of_job(measure, *row) for row in _completions(plain))


def of_claims(plain: Plain, schedule: Schedule, is_incomplete: bool) -> Iterator[Fault]:
    """Values that are not those of the times; bounds above them; proofs and completeness that are not."""
    found = values(plain)
    if schedule.values != found:
        yield Fault("claim", (), f"values are {found}, told {schedule.values}")
    if schedule.complete and is_incomplete:
        yield Fault("claim", (), "it is said to be complete and is not")
    if len(schedule.bounds) != len(found):
        yield Fault("claim", (), f"{len(found)} goals have {len(schedule.bounds)} bounds")
    elif not is_incomplete and any(bound > value for bound, value in zip(schedule.bounds, found)):
        yield Fault("claim", (), f"bounds {schedule.bounds} are above the values {found}")
    elif schedule.proven and schedule.bounds != found:
        yield Fault("claim", (), f"bounds {schedule.bounds} do not prove the values {found}")


def _completions(plain: Plain) -> Iterator[tuple[int, int, int, int]]:
    """Weight, release, due date and completion of each job; one without operations is complete at its release."""
    jobs = plain.problem.jobs
    completion = jobs.release.tolist()
    for operation in plain.done:
        completion[plain.job[operation]] = max(completion[plain.job[operation]], plain.end[operation])
    yield from zip(jobs.weight.tolist(), jobs.release.tolist(), jobs.due.tolist(), completion)


def _of_job(measure: Measure, weight: int, release: int, due: int, completion: int) -> int:
    if measure == "flow":
        return weight * (completion - release)
    if due == NEVER:
        return 0
    if measure == "tardiness":
        return weight * max(0, completion - due)
    if measure == "late":
        return weight * (completion > due)
    return weight * max(0, due - completion)


def _is_moved(plain: Plain, operation: int) -> bool:
    """On another machine or at another start than before; what stood somewhere and does not run any more is moved."""
    operations = plain.problem.operations
    mode, start = int(operations.reference_mode[operation]), int(operations.reference_start[operation])
    now = plain.mode[operation]
    if now == NONE:
        return mode != NONE or start != NONE
    is_elsewhere = mode != NONE and plain.machine[mode] != plain.machine[now]
    return is_elsewhere or (start != NONE and start != plain.start[operation])
