"""Is a schedule right? Every constraint, to the tick.

Plain Python that shares no code with what makes schedules: no arrays, no solver, its own clock.
"""

from __future__ import annotations

from plantwright.optimise.schedule.check.fault import Family, Fault
from plantwright.optimise.schedule.check.machines import of_machines
from plantwright.optimise.schedule.check.operations import of_arcs, of_dates, of_modes, of_routes, of_times
from plantwright.optimise.schedule.check.plain import Plain
from plantwright.optimise.schedule.check.pools import of_pools
from plantwright.optimise.schedule.check.values import of_claims, values
from plantwright.problems.schedule import Schedule, ScheduleProblem

__all__ = ["Family", "Fault", "faults", "worth"]


def faults(problem: ScheduleProblem, schedule: Schedule) -> tuple[Fault, ...]:
    """What is wrong with a schedule; nothing when it is right.

    Deadlines and longest waits that are not kept are among them, and marked (``leaves_incomplete``): a schedule that
    says that it is incomplete has no others.
    """
    operations = len(problem.operations.job)
    columns = (schedule.start, schedule.end, schedule.mode, schedule.setup)
    if any(column.shape != (operations,) for column in columns):
        return (Fault("shape", (), f"there are {operations} operations"),)
    plain = Plain(problem, schedule)
    found = [*of_routes(plain), *of_modes(plain)]
    if any(fault.family == "mode" for fault in found):
        return tuple(found)
    for check in (of_times, of_dates, of_arcs, of_machines, of_pools):
        found += check(plain)
    found += of_claims(plain, schedule, any(fault.leaves_incomplete for fault in found))
    return tuple(found)


def worth(problem: ScheduleProblem, schedule: Schedule) -> tuple[int, ...]:
    """What the goals come to, level by level, by the times and modes of a schedule."""
    return values(Plain(problem, schedule))
