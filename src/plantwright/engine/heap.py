"""The event list: the ``event`` records, ordered by time, then by kind and sequence; the earliest comes first.

As long as there are few events, each stands behind the one before it in time; when there are more, they are a four-ary
heap (``clock.heaped``), of which a list in order is a special case.

Most events enter one other. So the earliest event, once read, leaves its place at the top vacant (``clock.vacant``) for
the next that is entered, which saves the way from the end of the list; ``fill_top`` closes the gap where none was.
"""

from __future__ import annotations

from plantwright.codes import KIND_SHIFT
from plantwright.jit import inlined, kernel

FEW = 16
"""Events that are kept in order; a heap is put in order again when no more than half as many are left."""
HEAP, LIST = 2, 0
"""Binary digits of how many events stand directly below one."""


@kernel
def push(w, time, kind, who, epoch):
    """Enter an event; the caller has made sure that there is room (``clock.reserve_events``)."""
    clock = w.clock[0]
    key = (kind << KIND_SHIFT) | clock.sequence
    clock.sequence += 1
    if clock.vacant != 0:
        clock.vacant = 0
        hole = sink(w, time, key) if clock.heaped != 0 else step_back(w, time, key)
    else:
        clock.events += 1
        if clock.events > FEW:
            clock.heaped = 1
        hole = rise(w, clock.events - 1, time, key, HEAP if clock.heaped != 0 else LIST)
    here = w.event[hole]
    here.time = time
    here.key = key
    here.who = who
    here.epoch = epoch


@inlined
def is_before(one, time, key):
    """Whether an event happens before another."""
    return one.time < time or (one.time == time and one.key < key)


@inlined
def move(w, hole, place):
    """An event moves to a place that is vacant."""
    here, there = w.event[hole], w.event[place]
    here.time = there.time
    here.key = there.key
    here.who = there.who
    here.epoch = there.epoch


@kernel
def rise(w, hole, time, key, digits):
    """From the end of the list, the place where an event belongs: those that happen later move down."""
    while hole > 0:
        above = (hole - 1) >> digits
        if is_before(w.event[above], time, key):
            break
        move(w, hole, above)
        hole = above
    return hole


@inlined
def step_back(w, time, key):
    """In a list whose top is vacant, the place where an event belongs: those that happen before move up."""
    last = w.clock[0].events - 1
    hole = 0
    while hole < last and is_before(w.event[hole + 1], time, key):
        w.event[hole] = w.event[hole + 1]
        hole += 1
    return hole


@kernel
def sink(w, time, key):
    """In a heap whose top is vacant, the place where an event belongs: those that happen before move up."""
    event = w.event
    count = w.clock[0].events
    hole = 0
    child = 1
    while child < count:
        best = child
        t, k = event[child].time, event[child].key
        for other in range(child + 1, min(child + 4, count)):
            candidate = event[other]
            ct, ck = candidate.time, candidate.key
            earlier = (ct < t) | ((ct == t) & (ck < k))  # no branches: which child comes first cannot be predicted
            best = other if earlier else best
            t = ct if earlier else t
            k = ck if earlier else k
        if time < t or (time == t and key < k):
            break
        move(w, hole, best)
        hole = best
        child = (hole << HEAP) + 1
    return hole


@kernel
def fill_top(w):
    """Close the gap that the earliest event has left."""
    clock = w.clock[0]
    if clock.vacant == 0:
        return
    clock.vacant = 0
    clock.events -= 1
    if clock.heaped == 0:
        for place in range(clock.events):
            w.event[place] = w.event[place + 1]
        return
    last = w.event[clock.events]
    move(w, sink(w, last.time, last.key), clock.events)
    if clock.events <= FEW // 2:
        put_in_order(w)


@kernel
def put_in_order(w):
    """Of a heap with few events left, make a list."""
    for place in range(1, w.clock[0].events):
        event = w.event[place]
        time, key, who, epoch = event.time, event.key, event.who, event.epoch
        here = w.event[rise(w, place, time, key, LIST)]
        here.time = time
        here.key = key
        here.who = who
        here.epoch = epoch
    w.clock[0].heaped = 0
