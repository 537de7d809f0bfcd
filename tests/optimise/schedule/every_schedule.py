"""Tiny problems solved by trying every start of every operation: no solver, and its own simple clock.

A setup is taken as late as it can: that is never worse where setups hold nothing.
"""

from __future__ import annotations

import itertools
from dataclasses import replace

from plantwright.optimise.schedule.check import faults, worth
from plantwright.problems.schedule import NONE
from tests.optimise.schedule.draft import schedule


def best(problem, horizon):
    """The least values of any schedule that ends by the horizon; None without one."""
    operations = range(len(problem.operations.job))
    choices = [list(_choices(problem, operation, horizon)) for operation in operations]
    least = None
    for rows in _products(problem, choices):
        told = _told(problem, rows)
        values = worth(problem, told)
        if least is None or values < least:
            told = replace(_with_setups(problem, told), values=values, bounds=(0,) * len(values))
            if not faults(problem, told):
                least = values
    return least


def _choices(problem, operation, horizon):
    """(mode, start, end) of an operation, and that it is not done."""
    operations, modes = problem.operations, problem.modes
    job = operations.job[operation]
    if operations.route[operation] != NONE:
        yield NONE, NONE, NONE
    first = int(operations.first_mode[operation])
    for mode in range(first, first + int(operations.modes[operation])):
        machine, calendar = int(modes.machine[mode]), int(modes.calendar[mode])
        times = {int(modes.time[mode])}
        if machine != NONE and problem.machines.room[machine] > 1:
            times |= {
                int(time) for time, on in zip(modes.time, modes.machine) if on == machine and time >= modes.time[mode]
            }
        for start, time in itertools.product(range(int(problem.jobs.release[job]), horizon), sorted(times)):
            stops, has_begun = (
                bool(operations.interruptible[operation]),
                bool(operations.fixed_start[operation] == start),
            )
            end = end_of(problem, calendar, start, time, stops, has_begun and stops)
            if end is not None and end <= horizon:
                yield mode, start, end


def end_of(problem, calendar, start, time, stops, has_begun=False):
    """Tick by tick: when work ends, None where it cannot begin."""
    if calendar == NONE:
        return start + time
    if not has_begun and not _is_open(problem, calendar, start):
        return None
    now = start
    while time:
        if _is_open(problem, calendar, now):
            time -= 1
        elif not stops:
            return None
        now += 1
    return now


def _is_open(problem, calendar, tick):
    first = int(problem.calendars.first_window[calendar])
    rows = range(first, first + int(problem.calendars.windows[calendar]))
    return any(problem.calendars.opens[row] <= tick < problem.calendars.closes[row] for row in rows)


def _products(problem, choices):
    """All combinations in which arcs and machines of one room are kept, pair by pair."""
    rows: list[tuple[int, int, int]] = []
    arcs = problem.arcs
    between = {}
    for arc in zip(
        arcs.before.tolist(), arcs.after.tolist(), arcs.from_start.tolist(), arcs.least.tolist(), arcs.most.tolist()
    ):
        between.setdefault(max(arc[:2]), []).append(arc)

    def agrees(operation):
        mode, start, end = rows[operation]
        if mode == NONE:
            return True
        for before, after, from_start, least, most in between.get(operation, []):
            if rows[before][0] != NONE and rows[after][0] != NONE:
                lag = rows[after][1] - rows[before][1 if from_start else 2]
                if lag < least or (most != NONE and lag > most):
                    return False
        machine = problem.modes.machine[mode]
        if machine == NONE or problem.machines.room[machine] > 1:
            return True
        others = (row for row in rows[:operation] if row[0] != NONE and problem.modes.machine[row[0]] == machine)
        return all(end <= other[1] or other[2] <= start for other in others)

    def deeper():
        if len(rows) == len(choices):
            yield list(rows)
            return
        for choice in choices[len(rows)]:
            rows.append(choice)
            if agrees(len(rows) - 1):
                yield from deeper()
            rows.pop()

    yield from deeper()


def _told(problem, rows):
    return schedule([row[1] for row in rows], [row[2] for row in rows], [row[0] for row in rows])


def _with_setups(problem, told):
    """The setups that are needed, each as late as it can be."""
    setups = [NONE] * len(told.mode)
    for machine in range(len(problem.machines.room)):
        matrix, state = int(problem.machines.setup[machine]), int(problem.machines.state[machine])
        work = [
            i for i, mode in enumerate(told.mode.tolist()) if mode != NONE and problem.modes.machine[mode] == machine
        ]
        work.sort(key=lambda i: (told.start[i], told.end[i], problem.modes.family[told.mode[i]], i))
        last, previous = None, NONE
        for operation in work if matrix != NONE else ():
            family = int(problem.modes.family[told.mode[operation]])
            if family == NONE:
                last = None
                continue
            key = (told.start[operation], told.end[operation], family)
            if problem.machines.room[machine] > 1 and key == last:
                setups[operation] = setups[previous]
                continue
            last, previous = key, operation
            length, state = int(problem.setups[matrix, state, family]), family
            if length:
                setups[operation] = _latest(problem, machine, length, int(told.start[operation]))
    return schedule(told.start, told.end, told.mode, setups, told.values)


def _latest(problem, machine, length, by):
    calendar = int(problem.machines.calendar[machine])
    for start in range(by - length, -1, -1):
        end = end_of(problem, calendar, start, length, stops=True)
        if end is not None and end <= by:
            return start
    return 0
