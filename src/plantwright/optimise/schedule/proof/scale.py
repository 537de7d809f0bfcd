"""Times divided by what divides them all: a day in minutes is a smaller problem than a day in milliseconds."""

from __future__ import annotations

from dataclasses import replace
from math import gcd

import numpy as np

from plantwright.problems.schedule import NEVER, NONE, Ints, ScheduleProblem


def divisor(problem: ScheduleProblem) -> int:
    """What divides all times. [tick], >= 1

    Some best schedule has all its times at multiples of it: once the order is chosen, times are bounded by differences,
    and bounds of differences that are multiples have solutions that are (total unimodularity).
    """
    jobs, operations, arcs = problem.jobs, problem.operations, problem.arcs
    columns = (
        *(jobs.release, jobs.due, jobs.deadline, operations.fixed_start, operations.reference_start),
        *(problem.modes.time, problem.machines.free, problem.pools.level_from, arcs.least, arcs.most),
        *(problem.calendars.opens, problem.calendars.closes, problem.setups.ravel()),
    )
    found = 0
    for column in columns:
        told = column[(column != NONE) & (column != NEVER)]
        found = gcd(found, int(np.gcd.reduce(told))) if len(told) else found
    # A lag of -1 looks like "none": it is a time all the same.
    return 1 if (arcs.least == NONE).any() else max(1, found)


def divided(problem: ScheduleProblem, by: int) -> ScheduleProblem:
    """The same problem in a larger tick."""
    if by == 1:
        return problem

    def less(column: Ints) -> Ints:
        return np.where((column == NONE) | (column == NEVER), column, column // by)

    jobs, operations, arcs = problem.jobs, problem.operations, problem.arcs
    calendars = problem.calendars
    return replace(
        problem,
        jobs=replace(jobs, release=less(jobs.release), due=less(jobs.due), deadline=less(jobs.deadline)),
        operations=replace(
            operations,
            fixed_start=less(operations.fixed_start),
            reference_start=less(operations.reference_start),
        ),
        modes=replace(problem.modes, time=less(problem.modes.time)),
        machines=replace(problem.machines, free=less(problem.machines.free)),
        pools=replace(problem.pools, level_from=less(problem.pools.level_from)),
        arcs=replace(arcs, least=less(arcs.least), most=less(arcs.most)),
        calendars=replace(calendars, opens=less(calendars.opens), closes=less(calendars.closes)),
        setups=less(problem.setups),
    )
