"""Why not every deadline and longest wait can be kept."""

from __future__ import annotations

from plantwright.optimise.schedule.check import faults
from plantwright.results.schedule import ScheduleConflict
from plantwright.study.schedule.made import Made
from plantwright.study.schedule.words import bar_called, moment


def conflicts(made: Made) -> tuple[ScheduleConflict, ...]:
    """Deadlines and longest waits that the schedule breaks."""
    lowered = made.lowered
    found = []
    for order, lots in made.lots_of.items():
        deadline = lowered.lots[lots[0]].deadline
        if made.end(order) > deadline:
            found.append(
                ScheduleConflict(
                    "deadline",
                    f"{order} has to be finished by {moment(made, deadline)}, and ends {moment(made, made.end(order))}",
                    "Let its deadline be later, or take work off the machines on its chain.",
                )
            )
    arcs = lowered.problem.arcs
    for before, after, most in zip(arcs.before.tolist(), arcs.after.tolist(), arcs.most.tolist(), strict=True):
        if most >= 0 and int(made.schedule.start[after]) - int(made.schedule.end[before]) > most >= 0:
            found.append(
                ScheduleConflict(
                    "wait",
                    f"{bar_called(made, after)} begins later after {bar_called(made, before)} than it may",
                    "Let it wait longer (within), or make room on its machine.",
                )
            )
    return tuple(found) or tuple(
        ScheduleConflict("other", fault.what, "Report it.") for fault in faults(lowered.problem, made.schedule)
    )
