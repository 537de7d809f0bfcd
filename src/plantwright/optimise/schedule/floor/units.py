"""Placing units in an order: operations that are tied together find their places together, or are tried again later."""

from __future__ import annotations

from plantwright.jit import kernel
from plantwright.optimise.schedule.floor.lines import (
    begins,
    earliest_setup,
    find_place,
    free_before,
    position_after,
    setup_between,
    state_before,
)
from plantwright.optimise.schedule.floor.places import (
    broken_arc,
    finish_job,
    has_reference,
    next_on_line,
    put,
    take_back,
    work_of,
)
from plantwright.optimise.schedule.floor.records import (
    BROKEN,
    END,
    JOINS,
    LACKS,
    MEASURES,
    MODE,
    MOVED,
    NEXT_SETUP,
    NEXT_TIME,
    PLACED,
    POSITION,
    SETUP,
    SETUP_TIME,
    START,
    TOTALS,
)
from plantwright.optimise.schedule.floor.windows import finish, latest, past

TRIES = 30
"""How often a unit is tried again per operation: in gaps, then behind everything, then longest waits are given up."""


@kernel
def clear(f, b):
    """Take everything off the board, and place what is fixed."""
    for op in range(len(f.job)):
        b.mode[op] = -1
        b.broken[op] = 0
        b.least_start[op] = 0
    for machine in range(len(f.room)):
        b.line_count[machine] = 0
    for pool in range(len(f.levels)):
        first = f.pool_first[pool]
        b.pool_count[pool] = f.levels[pool]
        for row in range(f.levels[pool]):
            b.pool_time[first + row] = f.level_from[f.level_first[pool] + row]
            b.pool_free[first + row] = f.level[f.level_first[pool] + row]
    for total in range(TOTALS):
        b.total[total] = 0
    for job in range(len(f.release)):
        b.done[job] = f.release[job]
        finish_job(f, b, job, f.release[job], 1)
    for op in range(len(f.job)):
        b.total[MOVED] += has_reference(f, op)


@kernel
def place_fixed(f, b, p):
    """What must run at a given time is placed first, in the order of time, whatever it meets."""
    for row in range(len(f.fixed_op)):
        op = f.fixed_op[row]
        if is_done(f, p, op):
            mode = f.fixed_mode[op] if f.fixed_mode[op] >= 0 else max(p.mode[op], f.first_mode[op])
            _find_fixed(f, b, op, mode)
            put(f, b, op, f.fixed_start[op])


@kernel
def _find_fixed(f, b, op, mode):
    machine = f.machine[mode]
    start = f.fixed_start[op]
    b.found[MODE] = mode
    b.found[START] = start
    b.found[END] = finish(f, f.calendar[mode], f.interruptible[op], f.time[mode], start)
    b.found[SETUP] = -1
    b.found[SETUP_TIME] = 0
    b.found[JOINS] = -1
    b.found[LACKS] = 0
    if machine < 0:
        return
    count = b.line_count[machine]
    b.found[POSITION] = position_after(f, b, machine, start)
    last = f.line_first[machine] + count - 1
    if f.room[machine] > 1 and count > 0 and b.start[b.line[last]] == start:
        leader = b.line[last]
        if f.family[b.mode[leader]] == f.family[mode] and b.load[leader] + f.pieces[op] <= f.room[machine]:
            b.found[JOINS] = leader
            b.found[END] = b.end[leader]
            return
    if b.found[POSITION] < count:
        following = b.line[f.line_first[machine] + b.found[POSITION]]
        b.found[NEXT_SETUP] = b.setup[following]
        b.found[NEXT_TIME] = b.setup_time[following]
    time = setup_between(f, machine, state_before(f, b, machine, b.found[POSITION]), f.family[mode])
    if time > 0:
        low = free_before(f, b, machine, b.found[POSITION])
        begin = earliest_setup(f, b, machine, time, low)
        if f.setter_needs[machine] == 0 or finish(f, f.setup_calendar[machine], 1, time, begin) > start:
            begin = max(low, latest(f, f.setup_calendar[machine], time, start))
        b.found[SETUP] = begin
        b.found[SETUP_TIME] = time


@kernel
def is_done(f, p, op):
    """Whether an operation is part of the route taken."""
    return f.route[op] < 0 or f.route[op] == p.route[f.job[op]]


@kernel
def place_unit(f, b, p, unit):
    """Place the operations of a unit that are done and not yet placed."""
    first, last = f.unit_first[unit], f.unit_first[unit + 1]
    if last == first + 1:
        op = f.unit_op[first]
        if b.mode[op] < 0 and is_done(f, p, op):
            _place(f, b, p, op, p.append[0])
        return
    most = TRIES * (last - first)
    tries, phase = 0, p.append[0]
    _start_anew(f, b, unit, first, last)
    row = first
    while row < last:
        op = f.unit_op[row]
        if b.mode[op] >= 0 or not is_done(f, p, op):
            row += 1
            continue
        _place(f, b, p, op, min(phase, 1))
        if phase < 2 and past(f, f.calendar[b.mode[op]], b.end[op]) > 0:  # waiting never helps
            tries, phase, row = 0, 2, first
            _start_anew(f, b, unit, first, last)
            continue
        cause = _cause(f, b, op, unit, phase < 2) if b.broken[op] > 0 and phase < 3 else -1
        if cause < 0:
            row += 1
            continue
        tries += 1
        taken = take_back(f, b)
        while taken != cause:
            taken = take_back(f, b)
        if tries >= most:
            tries = 0
            phase += 1
            _start_anew(f, b, unit, first, last)
        row = first


@kernel
def _start_anew(f, b, unit, first, last):
    """Take a unit off the board, and forget what its operations were to wait for."""
    for row in range(first, last):
        b.least_start[f.unit_op[row]] = 0
    while b.total[PLACED] > 0:
        op = b.trail[b.total[PLACED] - 1]
        if f.unit_of[op] != unit or f.fixed_start[op] >= 0:
            return
        take_back(f, b)


@kernel
def _place(f, b, p, op, append):
    work = work_of(f, b, op)
    mode = f.fixed_mode[op] if f.fixed_mode[op] >= 0 else p.mode[op]
    t = max(work, p.hold[op], b.least_start[op])
    find_place(f, b, op, mode, t, work, append)
    put(f, b, op, work)


@kernel
def _cause(f, b, op, unit, waits):
    """The operation of the unit that must begin later so that a limit just broken is kept; -1 where none helps.

    ``waits``: longest waits count, else blocking alone.
    """
    for row in range(f.in_first[op], f.in_first[op + 1]):
        arc = f.in_arc[row]
        before = f.arc_before[arc]
        if b.mode[before] < 0 or f.unit_of[before] != unit or f.fixed_start[before] >= 0:
            continue
        if waits and f.arc_most[arc] >= 0 and broken_arc(f, b, arc) > 0:
            b.least_start[before] = _later(f, b, arc, before, b.start[op] - f.arc_most[arc])
            return before
        if f.blocks[before] and f.machine[b.mode[before]] >= 0:
            following = next_on_line(f, b, b.leader[before])
            if following >= 0 and b.until[b.leader[before]] > begins(b, following):
                b.least_start[before] = max(b.start[before] + 1, b.until[following])
                return before
    if f.blocks[op] and f.fixed_start[op] < 0 and f.machine[b.mode[op]] >= 0:
        following = next_on_line(f, b, b.leader[op])
        if following >= 0 and b.until[b.leader[op]] > begins(b, following):
            b.least_start[op] = max(b.start[op] + 1, b.until[following])
            return op
    return -1


@kernel
def _later(f, b, arc, before, t):
    """Start of an operation so that what an arc counts from is not before ``t``."""
    if f.arc_from_start[arc] == 0:
        mode = b.mode[before]
        time = f.time[mode]
        calendar = f.calendar[mode] if f.interruptible[before] else -1
        t = latest(f, calendar, time, t) if time > 0 else t
    return max(t, b.start[before] + 1)


@kernel
def place_from(f, b, p, position, stops, broken, enough):
    """Place the units from a position of the order on; whether it came to the end.

    With ``stops`` it ends early, when more than ``broken`` is broken or the first goal is past ``enough``.
    """
    for at in range(position, len(p.order)):
        b.mark[at] = b.total[PLACED]
        place_unit(f, b, p, p.order[at])
        if stops and (b.total[BROKEN] > broken or worth(f, b, 0) > enough):
            return False
    b.mark[len(p.order)] = b.total[PLACED]
    return True


@kernel
def take_back_to(f, b, position):
    """Take units off the board from the end to a position of the order."""
    while b.total[PLACED] > b.mark[position]:
        take_back(f, b)


@kernel
def decode(f, b, p):
    """The board that follows from a plan whose order holds."""
    clear(f, b)
    place_fixed(f, b, p)
    place_from(f, b, p, 0, False, 0, 0)


@kernel
def worth(f, b, level):
    """Value of a goal by what is placed so far; level -1: limits broken."""
    if level < 0:
        return b.total[BROKEN]
    value = 0
    for measure in range(MEASURES):
        value += f.goal[level * MEASURES + measure] * b.total[measure]
    return value


@kernel
def settle(f, p, given, position, state, stack):
    """Order of the units, from a position on, in which none stands before one that it waits for.

    Parameters
    ----------
    given
        The order wanted; it holds already before ``position``. (U,) int64
    state, stack
        Overwritten. (U,) int64 each
    """
    for at in range(position):
        state[given[at]] = 1
        p.order[at] = given[at]
    for at in range(position, len(given)):
        state[given[at]] = 0
    put_at = position
    for at in range(position, len(given)):
        depth = 0
        stack[0] = given[at]
        while depth >= 0:
            unit = stack[depth]
            waits = -1
            if state[unit] == 0:
                for row in range(f.before_first[unit], f.before_first[unit + 1]):
                    if state[f.before_unit[row]] == 0:
                        waits = f.before_unit[row]
                        break
            if waits >= 0:
                depth += 1
                stack[depth] = waits
                continue
            if state[unit] == 0:
                state[unit] = 1
                p.order[put_at] = unit
                put_at += 1
            depth -= 1
