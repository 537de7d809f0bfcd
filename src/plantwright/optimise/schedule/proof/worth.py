"""What the goals come to by the times of a solution: its variables may be slack in what is not yet sought."""

from __future__ import annotations

import numpy as np

from plantwright.optimise.schedule.proof.goals import COUNTED
from plantwright.problems.schedule import NEVER, NONE, Flags, Ints, Measure, ScheduleProblem


def worth(problem: ScheduleProblem, start: Ints, end: Ints, mode: Ints, setups: int, tick: int) -> list[int]:
    """Level by level, in the tick of the problem as it was told. ``setups``: working time of all setups. [tick]"""
    completion = problem.jobs.release.copy()
    np.maximum.at(completion, problem.operations.job, end)

    def of(measure: Measure) -> int:
        if measure == "makespan":
            return int(max(0, end.max(initial=0)))
        if measure == "setups":
            return setups
        if measure == "moved":
            return int(_moved(problem, start, mode).sum())
        return int((problem.jobs.weight * _of_jobs(problem, measure, completion)).sum())

    return [
        sum(
            weight * of(measure) * (1 if measure in COUNTED else tick)
            for measure, weight in zip(goal.measures, goal.weights)
        )
        for goal in problem.goals
    ]


def _of_jobs(problem: ScheduleProblem, measure: Measure, completion: Ints) -> Ints:
    jobs = problem.jobs
    if measure == "flow":
        return completion - jobs.release
    late = np.where(jobs.due == NEVER, 0, completion - jobs.due)
    if measure == "late":
        return (late > 0).astype(np.int64)
    return np.maximum(0, late if measure == "tardiness" else -late)


def _moved(problem: ScheduleProblem, start: Ints, mode: Ints) -> Flags:
    was_mode, was_start = problem.operations.reference_mode, problem.operations.reference_start
    machine = np.append(problem.modes.machine, NONE)
    is_elsewhere = (was_mode != NONE) & ((mode == NONE) | (machine[was_mode] != machine[mode]))
    is_moved: Flags = is_elsewhere | ((was_start != NONE) & (was_start != start))
    return is_moved
