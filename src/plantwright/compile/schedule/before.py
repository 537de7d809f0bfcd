"""The schedule before an event, as the reference of the one after it: what has begun stays, so does the frozen zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from plantwright.compile.schedule.names import Gate, Lowered
from plantwright.compile.schedule.windows import Windows, calendars_of, without
from plantwright.problems.schedule import NONE, Flags, Goal, Ints, Schedule, ScheduleProblem

Key = tuple[str, int, str, str]
"""Order, lot, route, operation."""
TIMES = ("makespan", "tardiness", "flow", "setups", "earliness")
"""Measures in time, of which a share can be given up for each bar that stays."""


@dataclass(frozen=True, slots=True)
class Stood:
    """Where and when a bar stood: machine (empty without one), station, start. [tick]"""

    machine: str
    station: str
    start: int


def keys(lowered: Lowered) -> list[Key | None]:
    """What every operation is known by from one schedule to the next; None for what only waits."""
    found: list[Key | None] = []
    for step in lowered.steps:
        lot = lowered.lots[step.lot]
        found.append(None if isinstance(step, Gate) else (lot.order, lot.number, step.route, step.operation.op))
    return found


def mode_like(lowered: Lowered, index: int, stood: Stood) -> int:
    """The mode of an operation on the machine on which it stood; ``NONE`` where there is none any more."""
    first = int(lowered.problem.operations.first_mode[index])
    for mode in range(first, first + int(lowered.problem.operations.modes[index])):
        if lowered.machine_of(mode) == stood.machine and lowered.stations[mode] == stood.station:
            return mode
    return NONE


def after(lowered: Lowered, stood: Mapping[Key, Stood], *, now: int, frozen: int, moved: float) -> Lowered:
    """The same problem with what stood before as its reference.

    Parameters
    ----------
    lowered
        The problem after the event.
    stood
        The schedule before it.
    now
        What begins before stays, unless it is broken off; nothing else begins before. [tick]
    frozen
        What begins before this stays too, unless the event touches it. [tick]
    moved
        Time of the first goal that each bar is worth that stays; 0 where bars may move freely. [tick]
    """
    operations = lowered.problem.operations
    count = len(lowered.steps)
    reference_mode, reference_start = (np.full(count, NONE, dtype=np.int64) for _ in range(2))
    for index, key in enumerate(keys(lowered)):
        if key is not None and key in stood:
            mode = mode_like(lowered, index, stood[key])
            if mode != NONE:
                reference_mode[index], reference_start[index] = mode, stood[key].start
    touched = _touched(lowered, reference_mode, reference_start, now)
    begun = (reference_start < now) & _goes_on(lowered, reference_mode, reference_start)
    stays = (reference_start != NONE) & (begun | ((reference_start < frozen) & (reference_start >= now) & ~touched))
    changed = replace(
        operations,
        reference_mode=reference_mode,
        reference_start=reference_start,
        fixed_mode=np.where(stays, reference_mode, operations.fixed_mode),
        fixed_start=np.where(stays, reference_start, operations.fixed_start),
    )
    problem = replace(lowered.problem, operations=changed, goals=_steady(lowered.problem.goals, moved))
    return replace(lowered, problem=_from_now_on(lowered, problem, stays, now))


def _touched(lowered: Lowered, mode: Ints, start: Ints, now: int) -> Flags:
    """Operations that an event may move: on machines that are down, waiting for what is missing, and what follows."""
    found = np.zeros(len(start), dtype=np.bool_)
    problem, clock = lowered.problem, lowered.clock
    for closure in lowered.scheduling.closures:
        begins = clock.tick(closure.from_)
        for index in np.flatnonzero(start != NONE).tolist():
            machine = int(problem.modes.machine[mode[index]])
            each = lowered.equipment[machine] if machine != NONE else None
            if each is None or each.station != closure.station or closure.machine not in (None, each.number):
                continue
            found[index] |= (
                int(start[index]) + int(problem.modes.time[mode[index]]) > begins and clock.tick(closure.until) > now
            )
    for index, step in enumerate(lowered.steps):
        found[index] |= isinstance(step, Gate)
    pairs = list(zip(problem.arcs.before.tolist(), problem.arcs.after.tolist(), strict=True))
    grows = True
    while grows:
        grows = False
        for before, follows in pairs:
            if found[before] and not found[follows]:
                found[follows] = grows = True
    return found


def _goes_on(lowered: Lowered, mode: Ints, start: Ints) -> Flags:
    """Whether each operation can still run from where it began: what may not be interrupted and is, begins anew."""
    found = np.ones(len(start), dtype=np.bool_)
    windows = _windows(lowered.problem)
    for index in np.flatnonzero((start != NONE) & ~lowered.problem.operations.interruptible).tolist():
        calendar = int(lowered.problem.modes.calendar[mode[index]])
        begin, time = int(start[index]), int(lowered.problem.modes.time[mode[index]])
        if calendar != NONE and time:
            found[index] = any(opens <= begin and begin + time <= closes for opens, closes in windows[calendar])
    return found


def _from_now_on(lowered: Lowered, problem: ScheduleProblem, stays: Flags, now: int) -> ScheduleProblem:
    """Nothing that does not stay begins in the past: its calendars begin now."""
    if now <= 0:
        return problem
    windows = _windows(problem)
    whole = lowered.people.working.whole
    numbers: dict[Windows, int] = {each: number for number, each in reversed(list(enumerate(windows)))}
    calendar = problem.modes.calendar.copy()
    operations = problem.operations
    for index in np.flatnonzero(~stays).tolist():
        first = int(operations.first_mode[index])
        for mode in range(first, first + int(operations.modes[index])):
            mine = whole if calendar[mode] == NONE else windows[int(calendar[mode])]
            if isinstance(lowered.steps[index], Gate):
                continue
            calendar[mode] = numbers.setdefault(without(mine, [(0, now)]), len(numbers))
    found = sorted(numbers, key=lambda each: numbers[each])
    return replace(problem, modes=replace(problem.modes, calendar=calendar), calendars=calendars_of(found))


def _windows(problem: ScheduleProblem) -> list[Windows]:
    calendars = problem.calendars
    opens, closes = calendars.opens.tolist(), calendars.closes.tolist()
    return [
        tuple((opens[row], closes[row]) for row in range(first, first + count))
        for first, count in zip(calendars.first_window.tolist(), calendars.windows.tolist(), strict=True)
    ]


def _steady(goals: tuple[Goal, ...], moved: float) -> tuple[Goal, ...]:
    """Goals in which a bar that stays is worth some time of the first one, or is a level of its own."""
    if any("moved" in goal.measures for goal in goals):
        return goals
    first, *others = goals
    if moved <= 0:
        return (*goals, Goal(("moved",), (1,)))
    timed = [weight for measure, weight in zip(first.measures, first.weights, strict=True) if measure in TIMES]
    if not timed:
        return (first, Goal(("moved",), (1,)), *others)
    worth = max(1, round(moved * max(timed)))
    return (Goal((*first.measures, "moved"), (*first.weights, worth)), *others)


def carried(lowered: Lowered, other: Lowered, schedule: Schedule) -> Schedule:
    """A schedule of one problem as the start for another one of nearly the same orders: machines and times by name.

    What has become several lots begins as the lot did of which it was a part.
    """
    problem = lowered.problem
    stood = {
        key: Stood(other.machine_of(int(schedule.mode[index])), other.stations[int(schedule.mode[index])], int(start))
        for index, (key, start) in enumerate(zip(keys(other), schedule.start.tolist(), strict=True))
        if key is not None and start != NONE
    }
    lots = {lot.order: lot.of for lot in other.lots}
    start, mode = (np.full(len(lowered.steps), NONE, dtype=np.int64) for _ in range(2))
    for index, (key, step) in enumerate(zip(keys(lowered), lowered.steps, strict=True)):
        first = int(problem.operations.first_mode[index])
        if key is None:
            start[index], mode[index] = max(0, int(problem.operations.fixed_start[index])), first
            continue
        now = lowered.lots[step.lot]
        number = -(-now.number * lots.get(now.order, 1) // now.of)
        found = stood.get((key[0], number, key[2], key[3]))
        if found is not None:
            like = mode_like(lowered, index, found)
            start[index], mode[index] = found.start, first if like == NONE else like
    end = np.where(start == NONE, NONE, start + problem.modes.time[np.maximum(mode, 0)])
    return replace(schedule, start=start, mode=mode, end=end, setup=np.full(len(start), NONE, dtype=np.int64))
