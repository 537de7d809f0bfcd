"""What a schedule comes to, measure by measure and goal by goal, and which of two is better."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from plantwright.problems.schedule import NEVER, NONE, Flags, Ints, Measure, Schedule, ScheduleProblem


def values(problem: ScheduleProblem, schedule: Schedule) -> tuple[int, ...]:
    """What the goals come to, level by level."""
    return tuple(
        sum(weight * measured(problem, schedule, measure) for measure, weight in zip(goal.measures, goal.weights))
        for goal in problem.goals
    )


def measured(problem: ScheduleProblem, schedule: Schedule, measure: Measure) -> int:
    """What a schedule comes to in one measure; units as in ``Measure``."""
    jobs, end = problem.jobs, completions(problem, schedule)
    has_due = jobs.due < NEVER
    if measure == "makespan":
        return int(schedule.end.max(initial=0))
    if measure == "tardiness":
        return int((jobs.weight * np.maximum(0, end - jobs.due))[has_due].sum())
    if measure == "late":
        return int(jobs.weight[has_due & (end > jobs.due)].sum())
    if measure == "flow":
        return int((jobs.weight * (end - jobs.release)).sum())
    if measure == "earliness":
        return int((jobs.weight * np.maximum(0, jobs.due - end))[has_due].sum())
    if measure == "moved":
        return int(_moved(problem, schedule).sum())
    return sum(setup_times(problem, schedule).values())


def completions(problem: ScheduleProblem, schedule: Schedule) -> Ints:
    """When each job is done; its release for one without operations. (J,) int64 [tick]"""
    found = problem.jobs.release.copy()
    np.maximum.at(found, problem.operations.job, schedule.end)
    return found


def setup_times(problem: ScheduleProblem, schedule: Schedule) -> dict[int, int]:
    """Working time of each setup, by the first operation after it; a batch has one. [tick]"""
    machine = np.where(schedule.mode == NONE, NONE, problem.modes.machine[schedule.mode])
    state, last = problem.machines.state.tolist(), dict[int, tuple[int, int]]()
    found = {}
    for op in np.lexsort((schedule.end, schedule.start)).tolist():
        where, family = int(machine[op]), int(problem.modes.family[schedule.mode[op]])
        if where == NONE or family == NONE or problem.machines.setup[where] == NONE:
            continue
        setup = (int(schedule.start[op]), int(schedule.setup[op]))
        if last.get(where) == setup and problem.machines.room[where] > 1 and state[where] == family:
            continue  # of the same batch
        time = int(problem.setups[problem.machines.setup[where], state[where], family])
        state[where], last[where] = family, setup
        if time > 0:
            found[op] = time
    return found


def _moved(problem: ScheduleProblem, schedule: Schedule) -> Flags:
    operations, machine = problem.operations, problem.modes.machine
    had_mode, had_start = operations.reference_mode != NONE, operations.reference_start != NONE
    runs = schedule.mode != NONE
    is_elsewhere = had_mode & (machine[operations.reference_mode] != machine[schedule.mode])
    is_other_time = had_start & (operations.reference_start != schedule.start)
    moved: Flags = (runs & (is_elsewhere | is_other_time)) | (~runs & (had_mode | had_start))
    return moved


def better(one: Schedule, other: Schedule) -> Schedule:
    """The better of two schedules, the first when they are equal; one that keeps all limits comes first."""
    return other if (not other.complete, other.values) < (not one.complete, one.values) else one


def with_bounds(problem: ScheduleProblem, schedule: Schedule, bounds: tuple[int, ...] = ()) -> Schedule:
    """The schedule with the best bounds known: its own, and these."""
    known = tuple(max(pair) for pair in zip(schedule.bounds, bounds)) if bounds else schedule.bounds
    if schedule.complete:
        known = tuple(min(bound, value) for bound, value in zip(known, schedule.values))
    proven = schedule.complete and known == schedule.values
    return replace(schedule, bounds=known, proven=proven or schedule.proven)
