"""Putting an operation where a place was found, and taking the last one back: everything it changed is restored."""

from __future__ import annotations

from plantwright.jit import kernel
from plantwright.optimise.schedule.floor.lines import begins, position_after
from plantwright.optimise.schedule.floor.pools import hold_needs
from plantwright.optimise.schedule.floor.records import (
    BROKEN,
    EARLINESS,
    END,
    FLOW,
    JOINS,
    LACKS,
    LATE,
    MAKESPAN,
    MODE,
    MOVED,
    NEXT_SETUP,
    NEXT_TIME,
    NOWHERE,
    PLACED,
    POSITION,
    SETUP,
    SETUP_TIME,
    SETUPS,
    START,
    TARDINESS,
)
from plantwright.optimise.schedule.floor.windows import finish, past
from plantwright.problems.schedule import NEVER

UNSERVED = 2**30
"""What a need counts that its pool never meets, among the limits broken. [tick]"""


@kernel
def work_of(f, b, op):
    """When the work of an operation is there: released, and all that it waits for is done, as far as it is placed."""
    t = f.release[f.job[op]]
    for row in range(f.in_first[op], f.in_first[op + 1]):
        arc = f.in_arc[row]
        before = f.arc_before[arc]
        if b.mode[before] >= 0:
            origin = b.start[before] if f.arc_from_start[arc] else b.end[before]
            t = max(t, origin + f.arc_least[arc])
    return t


@kernel
def put(f, b, op, work):
    """Place an operation as row 0 of ``found`` says."""
    mode = b.found[MODE]
    b.start[op] = b.found[START]
    b.end[op] = b.found[END]
    b.mode[op] = mode
    b.setup[op] = b.found[SETUP]
    b.setup_time[op] = b.found[SETUP_TIME] if b.found[SETUP] >= 0 else 0
    b.ready[op] = work
    b.release[op] = b.end[op]
    b.leader[op] = op
    b.follower[op] = -1
    b.broken[op] = (UNSERVED if b.found[LACKS] else 0) + past(f, f.calendar[mode], b.end[op])
    if f.machine[mode] >= 0:
        if b.found[JOINS] >= 0:
            _join_batch(f, b, op, b.found[JOINS])
        else:
            _enter_line(f, b, op)
        b.broken[op] += _hold_machine(f, b, op)
    hold_needs(f, b, f.mode_need[mode], f.mode_needs[mode], b.start[op], b.end[op], 1)
    _hold_setters(f, b, op, f.machine[mode], 1)
    b.broken[op] += _waited_too_long(f, b, op)
    for row in range(f.in_first[op], f.in_first[op + 1]):
        before = f.arc_before[f.in_arc[row]]
        if f.blocks[before] and b.mode[before] >= 0:
            b.broken[op] += _hold_machine(f, b, before)
    _count(f, b, op)
    b.trail[b.total[PLACED]] = op
    b.total[PLACED] += 1


@kernel
def take_back(f, b):
    """Undo the last ``put``; the operation."""
    b.total[PLACED] -= 1
    op = b.trail[b.total[PLACED]]
    _uncount(f, b, op)
    mode = b.mode[op]
    b.mode[op] = -1
    hold_needs(f, b, f.mode_need[mode], f.mode_needs[mode], b.start[op], b.end[op], -1)
    _hold_setters(f, b, op, f.machine[mode], -1)
    if f.machine[mode] >= 0:
        if b.leader[op] == op:
            _leave_line(f, b, op, f.machine[mode])
        else:
            leader = b.leader[op]
            b.follower[leader] = b.follower[op]
            b.load[leader] -= f.pieces[op]
            _hold_machine(f, b, leader)
    for row in range(f.in_first[op], f.in_first[op + 1]):
        before = f.arc_before[f.in_arc[row]]
        if f.blocks[before] and b.mode[before] >= 0:
            _hold_machine(f, b, before)
    return op


@kernel
def _enter_line(f, b, op):
    mode = b.mode[op]
    machine = f.machine[mode]
    at = f.line_first[machine] + b.found[POSITION]
    last = f.line_first[machine] + b.line_count[machine]
    before = f.state[machine]
    if b.found[POSITION] > 0:
        before = b.state[b.line[at - 1]]
        b.broken[op] += max(0, b.until[b.line[at - 1]] - begins(b, op))  # only where both are fixed
    b.state[op] = f.family[mode] if f.family[mode] >= 0 else before
    b.load[op] = f.pieces[op]
    b.until[op] = b.end[op]
    if at < last:
        following = b.line[at]
        b.next_setup[op] = b.setup[following]
        b.next_time[op] = b.setup_time[following]
        b.total[SETUPS] += b.found[NEXT_TIME] - b.setup_time[following]
        b.setup[following] = b.found[NEXT_SETUP]
        b.setup_time[following] = b.found[NEXT_TIME]
    for row in range(last, at, -1):
        b.line[row] = b.line[row - 1]
    b.line[at] = op
    b.line_count[machine] += 1
    b.total[SETUPS] += b.setup_time[op]


@kernel
def _leave_line(f, b, op, machine):
    first = f.line_first[machine]
    at = position_on_line(f, b, op, machine) + first
    b.line_count[machine] -= 1
    last = first + b.line_count[machine]
    for row in range(at, last):
        b.line[row] = b.line[row + 1]
    if at < last:
        following = b.line[at]
        b.total[SETUPS] += b.next_time[op] - b.setup_time[following]
        b.setup[following] = b.next_setup[op]
        b.setup_time[following] = b.next_time[op]
    b.total[SETUPS] -= b.setup_time[op]


@kernel
def position_on_line(f, b, op, machine):
    """Position of the first operation of a batch, or of a single one, on its machine's line."""
    first = f.line_first[machine]
    at = position_after(f, b, machine, b.start[op] - 1)
    if at < b.line_count[machine] and b.line[first + at] == op:
        return at
    at = 0
    while b.line[first + at] != op:
        at += 1
    return at


@kernel
def _join_batch(f, b, op, leader):
    b.leader[op] = leader
    b.follower[op] = b.follower[leader]
    b.follower[leader] = op
    b.load[leader] += f.pieces[op]


@kernel
def _hold_machine(f, b, op):
    """Until when a machine is held by the batch in which this operation is; by how much that meets what comes next."""
    if b.mode[op] < 0 or f.machine[b.mode[op]] < 0:
        return 0
    b.release[op] = b.end[op]
    if f.blocks[op]:
        b.release[op] = max(b.end[op], _first_to_follow(f, b, op))
    leader = b.leader[op]
    until = b.release[leader]
    each = b.follower[leader]
    while each >= 0:
        until = max(until, b.release[each])
        each = b.follower[each]
    b.until[leader] = until
    if until == b.end[leader]:
        return 0
    following = next_on_line(f, b, leader)
    return max(0, until - begins(b, following)) if following >= 0 else 0


@kernel
def next_on_line(f, b, leader):
    """What comes after a batch on its machine; -1 where nothing does."""
    machine = f.machine[b.mode[leader]]
    at = position_on_line(f, b, leader, machine) + 1
    return b.line[f.line_first[machine] + at] if at < b.line_count[machine] else -1


@kernel
def _first_to_follow(f, b, op):
    """Earliest start among what follows an operation and is placed; its end where nothing is."""
    first = NEVER
    for row in range(f.out_first[op], f.out_first[op + 1]):
        after = f.arc_after[f.out_arc[row]]
        if b.mode[after] >= 0:
            first = min(first, b.start[after])
    return first if first < NEVER else b.end[op]


@kernel
def _hold_setters(f, b, op, machine, sign):
    if b.setup[op] >= 0 and f.setter_needs[machine] > 0:
        end = finish(f, f.setup_calendar[machine], 1, b.setup_time[op], b.setup[op])
        hold_needs(f, b, f.setter_need[machine], f.setter_needs[machine], b.setup[op], end, sign)


@kernel
def _waited_too_long(f, b, op):
    """By how much arcs between this operation and what is placed are broken. [tick]"""
    ticks = 0
    for row in range(f.in_first[op], f.in_first[op + 1]):
        if b.mode[f.arc_before[f.in_arc[row]]] >= 0:
            ticks += broken_arc(f, b, f.in_arc[row])
    for row in range(f.out_first[op], f.out_first[op + 1]):
        if b.mode[f.arc_after[f.out_arc[row]]] >= 0:
            ticks += broken_arc(f, b, f.out_arc[row])
    return ticks


@kernel
def broken_arc(f, b, arc):
    """By how much an arc between two operations that are placed is broken. [tick]"""
    before = f.arc_before[arc]
    origin = b.start[before] if f.arc_from_start[arc] else b.end[before]
    start = b.start[f.arc_after[arc]]
    ticks = max(0, origin + f.arc_least[arc] - start)
    if f.arc_most[arc] >= 0:
        ticks += max(0, start - origin - f.arc_most[arc])
    return ticks


@kernel
def finish_job(f, b, job, t, sign):
    """Add to the totals, or take from them, what a job costs that is completed at ``t``."""
    weight = f.weight[job]
    b.total[FLOW] += sign * weight * (t - f.release[job])
    b.total[BROKEN] += sign * max(0, t - f.deadline[job])
    if f.due[job] < NEVER:
        b.total[TARDINESS] += sign * weight * max(0, t - f.due[job])
        b.total[LATE] += sign * weight * (1 if t > f.due[job] else 0)
        b.total[EARLINESS] += sign * weight * max(0, f.due[job] - t)


@kernel
def has_moved(f, b, op):
    """1 for an operation on another machine, or at another start, than in the reference."""
    start, machine = f.reference_start[op], f.reference_machine[op]
    is_elsewhere = machine != NOWHERE and machine != f.machine[b.mode[op]]
    return 1 if is_elsewhere or (start >= 0 and start != b.start[op]) else 0


@kernel
def has_reference(f, op):
    """1 for an operation that stood somewhere before; as long as it is not placed it counts as moved."""
    return 1 if f.reference_start[op] >= 0 or f.reference_machine[op] != NOWHERE else 0


@kernel
def _count(f, b, op):
    job = f.job[op]
    b.was_done[op] = b.done[job]
    b.was_makespan[op] = b.total[MAKESPAN]
    b.total[MAKESPAN] = max(b.total[MAKESPAN], b.end[op])
    b.total[BROKEN] += b.broken[op]
    b.total[MOVED] += has_moved(f, b, op) - has_reference(f, op)
    if b.end[op] > b.done[job]:
        finish_job(f, b, job, b.done[job], -1)
        b.done[job] = b.end[op]
        finish_job(f, b, job, b.done[job], 1)


@kernel
def _uncount(f, b, op):
    job = f.job[op]
    b.total[MAKESPAN] = b.was_makespan[op]
    b.total[BROKEN] -= b.broken[op]
    b.total[MOVED] -= has_moved(f, b, op) - has_reference(f, op)
    if b.was_done[op] < b.done[job]:
        finish_job(f, b, job, b.done[job], -1)
        b.done[job] = b.was_done[op]
        finish_job(f, b, job, b.done[job], 1)
