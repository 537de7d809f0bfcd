"""Where a search starts: what the dispatching rules of a shop floor make of it, and what was planned before.

A better schedule than every rule's is the least that a scheduler owes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from plantwright.optimise.schedule.decode import Decision, decode, plan_of, schedule_on
from plantwright.optimise.schedule.floor.entries import dispatch
from plantwright.optimise.schedule.floor.layout import lay
from plantwright.optimise.schedule.floor.records import Board, Floor, Plan, empty_board, empty_plan
from plantwright.optimise.schedule.repair import around
from plantwright.problems.schedule import NONE, Ints, Schedule, ScheduleProblem

Rule = Literal[
    "first come",
    "shortest time",
    "longest time",
    "earliest due",
    "least slack",
    "critical ratio",
    "apparent tardiness",
    "apparent tardiness with setups",
    "same family",
    "most work left",
    "least work left",
    "weighted shortest time",
]
"""Dispatching rules: what goes first of the work that waits for a machine.

``first come`` (FIFO), ``shortest time`` (SPT), ``longest time`` (LPT), ``earliest due`` (EDD), ``least slack``,
``critical ratio`` (time to the due date over work left), ``apparent tardiness`` (ATC), ``apparent tardiness with
setups`` (ATCS), ``same family`` (the shortest setup), ``most work left``, ``least work left``, ``weighted shortest
time`` (WSPT).
"""

RULES: tuple[Rule, ...] = get_args(Rule)


MOST_FILLED = 3
"""Of so many rules, the best, the order is tried with gaps put to use. [-]"""


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """A schedule, and the decision that it follows from."""

    schedule: Schedule
    decision: Decision

    def plan(self, floor: Floor) -> Plan:
        """The decision as kernels read it."""
        return plan_of(floor, self.decision)


def by_rule(problem: ScheduleProblem, rule: Rule) -> Schedule:
    """The schedule that a dispatching rule makes: the shop floor without a plan.

    Notes
    -----
    Each operation goes to the machine on which it ends first. Rules break ties by the order of the orders.
    """
    floor = lay(problem)
    return _by_rule(floor, empty_board(floor), empty_plan(floor), rule)


def by_rules(problem: ScheduleProblem) -> dict[Rule, Schedule]:
    """The schedule of every rule."""
    floor = lay(problem)
    return {rule: _by_rule(floor, empty_board(floor), empty_plan(floor), rule) for rule in RULES}


def starts(problem: ScheduleProblem, given: Decision | Schedule | None) -> Iterator[Start]:
    """What is given, the plan from before, every rule, and the orders of the best rules with gaps put to use."""
    floor = lay(problem)
    before = as_before(problem)
    mended = None if before is None else around(problem, before)
    for decision in (*_as_given(problem, given), mended, before):
        if decision is not None:
            yield Start(decode(problem, decision), decision)
    board, plan = empty_board(floor), empty_plan(floor)
    found = []
    for rule in _in_turn(problem):
        schedule = _by_rule(floor, board, plan, rule)
        kept = like(problem, schedule, keep_starts=False)
        order, open_mode = floor.unit_op[floor.unit_first[plan.order]], np.full(len(kept.mode), NONE)
        found.append(Start(schedule, replace(kept, order=order, mode=open_mode)))
        yield found[-1]
    found.sort(key=lambda each: (not each.schedule.complete, each.schedule.values))
    for each in found[:MOST_FILLED]:
        for mode in (each.schedule.mode, each.decision.mode):
            decision = replace(each.decision, append=False, mode=mode)
            yield Start(decode(problem, decision), decision)


def _in_turn(problem: ScheduleProblem) -> list[Rule]:
    """All rules; those that look at due dates first where the goals do, because the first answer counts."""
    measures = {measure for goal in problem.goals for measure in goal.measures}
    by_date: tuple[Rule, ...] = ("apparent tardiness with setups", "least slack", "earliest due", "critical ratio")
    if not measures & {"tardiness", "late", "earliness"}:
        return list(RULES)
    return [*by_date, *(rule for rule in RULES if rule not in by_date)]


def _as_given(problem: ScheduleProblem, given: Decision | Schedule | None) -> tuple[Decision | None, ...]:
    """What is given as it is, and of a schedule its order."""
    if isinstance(given, Schedule):
        return like(problem, given), replace(like(problem, given, keep_starts=False), append=False)
    return (given,)


def _by_rule(floor: Floor, board: Board, plan: Plan, rule: Rule) -> Schedule:
    run_rule(floor, board, plan, rule)
    return schedule_on(floor, board)


def run_rule(floor: Floor, board: Board, plan: Plan, rule: Rule) -> None:
    """Fill the board by a rule; the plan's order is overwritten with that of the decisions."""
    dispatch(floor, board, plan, RULES.index(rule), tails(floor), _means(floor))


def tails(floor: Floor) -> Ints:
    """Working time from each operation to the end of its job along the longest way, itself included. (N,) [tick]"""
    first, modes = floor.first_mode.tolist(), floor.modes.tolist()
    time = floor.time.tolist()
    tail = [min(time[start : start + many]) for start, many in zip(first, modes)]
    bounds, arcs, after = floor.out_first.tolist(), floor.out_arc.tolist(), floor.arc_after.tolist()
    begun = floor.arc_from_start.tolist()
    job = floor.job.tolist()
    for op in reversed(range(len(tail))):
        rest = 0
        for row in range(bounds[op], bounds[op + 1]):
            following = after[arcs[row]]
            if job[following] == job[op]:
                rest = max(rest, tail[following] - (tail[op] if begun[arcs[row]] else 0))
        tail[op] += rest
    return np.array(tail, dtype=np.int64)


def _means(floor: Floor) -> NDArray[np.float64]:
    """Mean working time and mean setup, at least 1. (2,) float64 [tick]"""
    setup = floor.setups.mean() if floor.setups.size else 1.0
    return np.array([max(1.0, floor.time.mean()) if floor.time.size else 1.0, max(1.0, setup)])


def like(problem: ScheduleProblem, schedule: Schedule, keep_starts: bool = True) -> Decision:
    """The decision to do it as in a schedule: its order, its modes, its routes.

    With ``keep_starts`` nothing begins before it did there, so that what can stay where it was stays there.
    """
    runs = schedule.start != NONE
    order = np.lexsort((np.arange(len(runs)), np.where(runs, schedule.start, np.iinfo(np.int64).max)))
    hold = np.where(runs, schedule.start, 0) if keep_starts else np.zeros(len(runs), dtype=np.int64)
    return Decision(order.astype(np.int64), schedule.mode, routes_of(problem, runs), hold, append=not keep_starts)


def as_before(problem: ScheduleProblem) -> Decision | None:
    """The decision to do everything as in the reference, later where it must be; None without a reference.

    Repair by shifting to the right: what the event does not touch stays (G. E. Vieira, J. W. Herrmann and E. Lin
    (2003), "Rescheduling manufacturing systems", Journal of Scheduling 6, doi 10.1023/A:1022235519958).
    """
    operations = problem.operations
    if not np.any(operations.reference_start != NONE):
        return None
    known = operations.reference_start != NONE
    start = np.where(known, operations.reference_start, np.iinfo(np.int64).max)
    order = np.lexsort((np.arange(len(start)), start)).astype(np.int64)
    runs = known | (operations.route == NONE)
    hold = np.where(known, operations.reference_start, 0)
    return Decision(order, operations.reference_mode, routes_of(problem, runs), hold)


def routes_of(problem: ScheduleProblem, runs: NDArray[np.bool_]) -> Ints:
    """The route that each job takes, by the operations that run; the first where that is open. (J,) int64"""
    route = np.zeros(len(problem.jobs.release), dtype=np.int64)
    told = runs & (problem.operations.route != NONE)
    route[problem.operations.job[told]] = problem.operations.route[told]
    return route
