"""From a decision to a schedule: an order of the operations, a mode for each, a route for each job.

Serial schedule generation: one unit after the other is placed as early as it can be, in a gap or behind what is there
(R. Kolisch and S. Hartmann (1999), "Heuristic algorithms for the resource-constrained project scheduling problem", in
Project Scheduling, chapter 7, doi 10.1007/978-1-4615-5533-9_7). The same decision gives the same schedule.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plantwright.optimise.schedule.floor.entries import draw_up
from plantwright.optimise.schedule.floor.layout import lay
from plantwright.optimise.schedule.floor.records import BROKEN, MEASURES, Board, Floor, Plan, empty_board, empty_plan
from plantwright.problems.schedule import NONE, Ints, Schedule, ScheduleProblem


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """What a schedule follows from.

    Attributes
    ----------
    order
        Operations, the most urgent first; what one waits for is placed before it in any case. (N,) int64
    mode
        Mode of each; ``NONE``: the one in which it ends first. (N,) int64
    route
        Route of each job. (J,) int64
    hold
        Not before, though it could. (N,) int64 [tick]
    append
        Every machine does its work in the order; else gaps are used.
    """

    order: Ints
    mode: Ints
    route: Ints
    hold: Ints
    append: bool = False


def decode(problem: ScheduleProblem, decision: Decision) -> Schedule:
    """The schedule that follows from a decision; incomplete where a deadline or a longest wait is not kept."""
    floor = lay(problem)
    board, plan = empty_board(floor), plan_of(floor, decision)
    draw_up(floor, board, plan)
    return schedule_on(floor, board)


def plan_of(floor: Floor, decision: Decision) -> Plan:
    """A decision as kernels read it: units in the order of their most urgent operations."""
    plan = empty_plan(floor)
    units = floor.unit_of[decision.order]
    _, first = np.unique(units, return_index=True)
    plan.order[:] = units[np.sort(first)]
    plan.mode[:], plan.route[:], plan.hold[:] = decision.mode, decision.route, decision.hold
    plan.append[0] = decision.append
    return plan


def schedule_on(floor: Floor, board: Board) -> Schedule:
    """What stands on a board."""
    runs = board.mode != NONE
    setup = board.setup[np.where(runs, board.leader, 0)]
    levels = floor.goal.reshape(-1, MEASURES)
    return Schedule(
        start=np.where(runs, board.start, NONE),
        end=np.where(runs, board.end, NONE),
        mode=board.mode.copy(),
        setup=np.where(runs & (floor.machine[board.mode] != NONE), setup, NONE),
        values=tuple(int(value) for value in levels @ board.total[:MEASURES]),
        bounds=(0,) * len(levels),
        complete=bool(board.total[BROKEN] == 0),
    )
