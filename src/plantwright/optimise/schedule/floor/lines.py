"""Machines: where on its line an operation finds a place, with the setup before it and the setup after it.

Setups without setters are done as late as they can; with setters, as early as they can, because people are booked.
"""

from __future__ import annotations

from plantwright.jit import kernel
from plantwright.optimise.schedule.floor.pools import wait_for_needs
from plantwright.optimise.schedule.floor.records import (
    END,
    FAR,
    JOINS,
    LACKS,
    MODE,
    NEXT_SETUP,
    NEXT_TIME,
    POSITION,
    SETUP,
    SETUP_TIME,
    START,
    WIDTH,
)
from plantwright.optimise.schedule.floor.windows import earliest, finish, latest


@kernel
def setup_between(f, machine, state, family):
    """Working time of the setup of a machine from a family to a family; 0 where nothing is to be done."""
    matrix = f.matrix[machine]
    if matrix < 0 or family < 0:
        return 0
    F = f.shape[0]
    row = F if state < 0 else state
    return f.setups[(matrix * (F + 1) + row) * F + family]


@kernel
def begins(b, each):
    """When a machine is taken by this operation: its setup, or its start."""
    return b.setup[each] if b.setup[each] >= 0 else b.start[each]


@kernel
def position_after(f, b, machine, t):
    """Position on the line of the first entry that holds the machine after ``t``."""
    low = f.line_first[machine]
    first = low
    high = low + b.line_count[machine]
    while low < high:
        middle = (low + high) >> 1
        if b.until[b.line[middle]] > t:
            high = middle
        else:
            low = middle + 1
    return low - first


@kernel
def state_before(f, b, machine, position):
    """Family that the machine is in before the entry at this position."""
    if position == 0:
        return f.state[machine]
    return b.state[b.line[f.line_first[machine] + position - 1]]


@kernel
def free_before(f, b, machine, position):
    """From when on the machine is free before the entry at this position."""
    if position == 0:
        return f.free[machine]
    return max(f.free[machine], b.until[b.line[f.line_first[machine] + position - 1]])


@kernel
def limit_of_gap(f, b, machine, position, family, out):
    """Until when the gap before the entry at this position can be used; -1 where that entry would have to move.

    ``out``: the setup of that entry as it would be, ``NEXT_SETUP`` and ``NEXT_TIME``.
    """
    following = b.line[f.line_first[machine] + position]
    b.found[out + NEXT_SETUP] = b.setup[following]
    b.found[out + NEXT_TIME] = b.setup_time[following]
    if f.matrix[machine] < 0 or family < 0:
        return begins(b, following)
    wanted = f.family[b.mode[following]]
    if wanted < 0:  # what comes after it counts on the state that the machine is left in
        return begins(b, following) if state_before(f, b, machine, position) == family else -1
    time = setup_between(f, machine, family, wanted)
    if time == b.setup_time[following]:
        return begins(b, following)
    if f.setter_needs[machine] > 0:
        return -1
    b.found[out + NEXT_TIME] = time
    if time == 0:
        b.found[out + NEXT_SETUP] = -1
        return b.start[following]
    begin = latest(f, f.setup_calendar[machine], time, b.start[following])
    if begin < 0 or (f.ahead[machine] == 0 and begin < _work_of(b, following)):
        return -1
    b.found[out + NEXT_SETUP] = begin
    return begin


@kernel
def _work_of(b, leader):
    """When the work of a batch is there."""
    ready = b.ready[leader]
    each = b.follower[leader]
    while each >= 0:
        ready = max(ready, b.ready[each])
        each = b.follower[each]
    return ready


@kernel
def fit(f, b, op, mode, t, work, low, time, limit, out):
    """Put the operation, and ``time`` of setup before it, between ``low`` and ``limit``: whether it fits.

    ``t``: not before. ``work``: when its work is there, before which some setups do not begin.
    """
    machine = f.machine[mode]
    start = max(t, low)
    begin = -1
    if time > 0:
        begin = earliest_setup(f, b, machine, time, low if f.ahead[machine] else max(low, work))
        start = max(start, finish(f, f.setup_calendar[machine], 1, time, begin))
    b.found[out + LACKS] = 0
    end = start
    while True:
        start = earliest(f, f.calendar[mode], f.interruptible[op], f.time[mode], start)
        end = finish(f, f.calendar[mode], f.interruptible[op], f.time[mode], start)
        if end > limit:
            return False
        later = wait_for_needs(f, b, f.mode_need[mode], f.mode_needs[mode], start, end)
        if later == start:
            break
        if later >= FAR:
            b.found[out + LACKS] = 1
            break
        start = later
    if begin >= 0 and f.setter_needs[machine] == 0:
        begin = max(begin, latest(f, f.setup_calendar[machine], time, start))
    b.found[out + START] = start
    b.found[out + END] = end
    b.found[out + SETUP] = begin
    b.found[out + SETUP_TIME] = time
    return True


@kernel
def earliest_setup(f, b, machine, time, t):
    """Earliest start of a setup at or after ``t``, with its setters."""
    calendar = f.setup_calendar[machine]
    while True:
        t = earliest(f, calendar, 1, time, t)
        end = finish(f, calendar, 1, time, t)
        later = wait_for_needs(f, b, f.setter_need[machine], f.setter_needs[machine], t, end)
        if later == t or later >= FAR:
            return t
        t = later


@kernel
def find_on_line(f, b, op, mode, t, work, append, out):
    """Earliest place of an operation in a mode: ``found`` from ``out`` on is overwritten."""
    machine = f.machine[mode]
    b.found[out + MODE] = mode
    b.found[out + JOINS] = -1
    b.found[out + POSITION] = -1
    b.found[out + NEXT_SETUP] = -1
    if machine < 0:
        fit(f, b, op, mode, t, work, 0, 0, FAR, out)
        return
    count = b.line_count[machine]
    family = f.family[mode]
    first = f.line_first[machine]
    position = count
    if append == 0:
        position = position_after(f, b, machine, max(t, f.free[machine]))
    while True:
        low = free_before(f, b, machine, position)
        limit = FAR
        if position < count:
            limit = limit_of_gap(f, b, machine, position, family, out)
            if max(t, low) + f.time[mode] > limit:
                position += 1
                continue
        time = setup_between(f, machine, state_before(f, b, machine, position), family)
        if fit(f, b, op, mode, t, work, low, time, limit, out):
            break
        position += 1
    b.found[out + POSITION] = position
    if f.room[machine] > 1:
        _join(f, b, op, mode, t, work, first, count, out)


@kernel
def _join(f, b, op, mode, t, work, first, count, out):
    """Take a place in a batch that ends no later than the place found."""
    row = first + position_after(f, b, f.machine[mode], t)
    while row < first + count:
        leader = b.line[row]
        if b.end[leader] > b.found[out + END]:
            return
        if b.start[leader] >= t and _may_join(f, b, op, mode, work, leader):
            b.found[out + START] = b.start[leader]
            b.found[out + END] = b.end[leader]
            b.found[out + SETUP] = -1
            b.found[out + SETUP_TIME] = 0
            b.found[out + JOINS] = leader
            b.found[out + LACKS] = 0
            return
        row += 1


@kernel
def _may_join(f, b, op, mode, work, leader):
    machine = f.machine[mode]
    of = b.mode[leader]
    same = f.family[of] == f.family[mode] and f.calendar[of] == f.calendar[mode]
    same = same and f.interruptible[leader] == f.interruptible[op]
    if not same or f.time[mode] > f.time[of] or b.load[leader] + f.pieces[op] > f.room[machine]:
        return False
    if b.setup[leader] >= 0 and f.ahead[machine] == 0 and work > b.setup[leader]:
        return False
    t = b.start[leader]
    return wait_for_needs(f, b, f.mode_need[mode], f.mode_needs[mode], t, b.end[leader]) == t


@kernel
def find_place(f, b, op, mode, t, work, append):
    """Row 0 of ``found``: the place in this mode, or with ``NONE`` in the mode that ends first; the shorter setup."""
    if mode >= 0:
        find_on_line(f, b, op, mode, t, work, append, 0)
        return
    first = f.first_mode[op]
    find_on_line(f, b, op, first, t, work, append, 0)
    for each in range(first + 1, first + f.modes[op]):
        find_on_line(f, b, op, each, t, work, append, WIDTH)
        end, best = b.found[WIDTH + END], b.found[END]
        if end < best or (end == best and b.found[WIDTH + SETUP_TIME] < b.found[SETUP_TIME]):
            for column in range(WIDTH):
                b.found[column] = b.found[WIDTH + column]
