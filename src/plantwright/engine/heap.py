"""The event list: the ``event`` records; the earliest comes first, by time, then by kind and sequence.

As long as there are few events, each stays in its place, and one number (``clock.order``) says in which order they
come: its first digit is the place of the earliest, and so on. The turn of a new one is found by counting, over all
places (``clock.urgency``), those that come before it, rather than by going along until one comes later: where that is,
the processor cannot foretell. When there are more events, they are a four-ary heap (``clock.heaped``).

Most events enter one other. So the earliest event, once read, leaves its place vacant (``clock.vacant``) for the next
that is entered; ``fill_top`` closes the gap where none was.
"""

from __future__ import annotations

import numpy as np

from plantwright.codes import EARLIEST, FEW_EVENTS, KIND_SHIFT
from plantwright.jit import inlined, kernel

HEAP, LIST = 2, 0
"""Binary digits of how many events stand directly below one."""
PLACES, VERY_FEW = FEW_EVENTS + 1, 4
"""Places that are looked at for the turn of a new event, and how many suffice where there is next to nothing."""
DIGIT = 4
"""Bits of a digit of ``clock.order``."""
ONES = 0x111111111111111
"""The digit 1 at every position of ``clock.order``."""
EIGHTS = 8 * ONES
KIND_BITS = 5
"""Bits of an event's kind in its urgency."""
LATEST = 1 << 56
"""Later than any event that happens: 2,283 years. What comes later still has no order. [ticks]"""
MOST_URGENT = 1 << 62
"""Above the urgency of any event."""
NOBODY = np.uint64(0)
"""The urgency of a place that is empty."""


@kernel
def push(w, time, kind, who, epoch):
    """Enter an event; the caller has made sure that there is room (``clock.reserve_events``)."""
    clock = w.clock[0]
    key = (kind << KIND_SHIFT) | clock.sequence
    clock.sequence += 1
    write_down(w, time, key, who, epoch)


@inlined
def write_down(w, time, key, who, epoch):
    """Enter an event that has its number already."""
    clock = w.clock[0]
    if clock.vacant == 0 and clock.events == FEW_EVENTS:
        pile_up(w)
    place = line_up(w, urgency_of(time, key >> KIND_SHIFT)) if clock.heaped == 0 else pile(w, time, key)
    here = w.event[place]
    here.time = time
    here.key = key
    here.who = who
    here.epoch = epoch


@inlined
def earliest(w):
    """The place of the earliest event."""
    return w.clock[0].order & EARLIEST


@inlined
def urgency_of(time, kind):
    """A number that is the greater, the sooner an event comes, and above 0; of its kind, the first entered is first."""
    return np.uint64(MOST_URGENT - (min(time, LATEST) << KIND_BITS | kind))


@inlined
def count_before(clock, urgency, places):
    """How many events in the first places come before one of this urgency."""
    before = places
    for place in range(places):
        before -= int(clock.urgency[place] < urgency)
    return before


@inlined
def line_up(w, urgency):
    """A place for one event more of few, and its turn."""
    clock = w.clock[0]
    order = clock.order
    place = clock.events
    if clock.vacant != 0:
        clock.vacant = 0
        place = order & EARLIEST
        order >>= DIGIT
    else:
        clock.events += 1
    turn = count_before(clock, urgency, VERY_FEW) if clock.events <= VERY_FEW else count_before(clock, urgency, PLACES)
    turn -= int(clock.urgency[place] >= urgency)  # who had the place does not count
    clock.urgency[place] = urgency
    before = (1 << turn * DIGIT) - 1
    clock.order = (order & before) | (place << turn * DIGIT) | ((order & ~before) << DIGIT)
    return place


@kernel
def close_up(w):
    """Of few events the earliest is gone: the one in the last place takes its place, and keeps its turn."""
    clock = w.clock[0]
    order = clock.order
    place = order & EARLIEST
    order >>= DIGIT
    last = clock.events
    if place != last:
        move(w, place, last)
        clock.urgency[place] = clock.urgency[last]
        digits = order ^ (last * ONES)
        zeros = (digits - ONES) & ~digits & EIGHTS  # the lowest of them is where the digit is ``last``
        order ^= ((zeros & -zeros) >> 3) * (last ^ place)
    clock.urgency[last] = NOBODY
    clock.order = order


@kernel
def pile(w, time, key):
    """The place of one event more in a heap."""
    clock = w.clock[0]
    if clock.vacant != 0:
        clock.vacant = 0
        return sink(w, time, key)
    clock.events += 1
    return rise(w, clock.events - 1, time, key, HEAP)


@kernel
def pile_up(w):
    """Of few events that become many, make a heap."""
    clock = w.clock[0]
    if clock.heaped != 0:
        return
    arrange(w, HEAP)
    forget_order(w)
    clock.heaped = 1


@kernel
def forget_order(w):
    """There are no events, or they are not in order."""
    clock = w.clock[0]
    clock.heaped = 0
    clock.order = 0
    for place in range(PLACES):
        clock.urgency[place] = NOBODY


@kernel
def arrange(w, digits):
    """Put the events in order, as a heap or a list."""
    for place in range(1, w.clock[0].events):
        event = w.event[place]
        time, key, who, epoch = event.time, event.key, event.who, event.epoch
        here = w.event[rise(w, place, time, key, digits)]
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
        close_up(w)
        return
    last = w.event[clock.events]
    move(w, sink(w, last.time, last.key), clock.events)
    if clock.events <= FEW_EVENTS // 2:
        put_in_order(w)


@kernel
def put_in_order(w):
    """Of a heap with few events left, make a list in order."""
    clock = w.clock[0]
    arrange(w, LIST)
    count = clock.events
    clock.heaped = 0
    clock.events = 0
    for place in range(count):
        line_up(w, urgency_of(w.event[place].time, w.event[place].key >> KIND_SHIFT))
