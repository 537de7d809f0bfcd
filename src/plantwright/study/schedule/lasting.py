"""Orders lowered with calendars that reach past the end of all their work."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from plantwright.compile.schedule.lowering import TAIL_S, lower_schedule
from plantwright.compile.schedule.names import Lowered
from plantwright.errors import Finding, Place, RunError
from plantwright.model.plant import Plant
from plantwright.model.scheduling import ScheduledOrder
from plantwright.optimise.schedule.check import faults
from plantwright.optimise.schedule.start import by_rule
from plantwright.problems.schedule import NONE, ScheduleProblem

LONGER = (1, 4, 16)
"""Half a year, two years, eight years: how far calendars reach, until all is done in the first half. [TAIL_S]"""


def lowered_to_the_end(plant: Plant, orders: Mapping[str, ScheduledOrder]) -> Lowered:
    """Orders as a problem whose calendars last at least twice as long as a simple schedule of them.

    Raises
    ------
    RunError
        The orders cannot run, or take longer than anybody would schedule.
    """
    for times in LONGER:
        lowered = lower_schedule(plant, orders, times * TAIL_S)
        reach = round(lowered.scheduling.horizon.base + lowered.tail)
        if _lasts(lowered.problem, reach):
            return lowered
    simple = by_rule(lowered.problem, "earliest due")
    if any(not fault.leaves_incomplete for fault in faults(lowered.problem, simple)):
        told = f"the orders are not done within {reach / (365 * 86_400):.0f} years"
        remedy = "Order less, or let more machines, people or shifts work."
        raise RunError(Finding("E578", told, remedy, Place("scheduling.orders")))
    return lowered


def _lasts(problem: ScheduleProblem, reach: int) -> bool:
    """Whether dates, each operation alone, and a simple schedule need no more than the first half of the calendars."""
    dates = max(problem.jobs.release.max(initial=0), problem.operations.fixed_start.max(initial=0))
    return 2 * dates < reach and _each_fits(problem) and 2 * by_rule(problem, "earliest due").end.max(initial=0) < reach


def _each_fits(problem: ScheduleProblem) -> bool:
    """Whether each operation has a mode that takes no more than half of the open time of its calendar."""
    calendars, modes, operations = problem.calendars, problem.modes, problem.operations
    done = np.concatenate(([0], np.cumsum(calendars.closes - calendars.opens)))
    there = done[calendars.first_window + calendars.windows] - done[calendars.first_window]
    fits = np.array(modes.calendar == NONE)
    fits[~fits] = 2 * modes.time[~fits] <= there[modes.calendar[~fits]]
    return bool(np.logical_or.reduceat(fits, operations.first_mode).all())
