"""The event list: a four-ary heap in the ``event`` records, ordered by time, then by kind and sequence.

Most events enter one other. So the earliest event, once read, leaves its place at the top vacant (``clock.vacant``) for
the next that is entered, which saves the way from the end of the list; ``fill_top`` closes the gap where none was.
"""

from __future__ import annotations

from plantwright.codes import KIND_SHIFT
from plantwright.jit import kernel


@kernel
def push(w, time, kind, who, epoch):
    """Enter an event; the caller has made sure that there is room (``clock.reserve_events``)."""
    clock = w.clock[0]
    key = (kind << KIND_SHIFT) | clock.sequence
    clock.sequence += 1
    if clock.vacant != 0:
        clock.vacant = 0
        sink(w, time, key, who, epoch)
    else:
        clock.events += 1
        rise(w, clock.events - 1, time, key, who, epoch)


@kernel
def rise(w, hole, time, key, who, epoch):
    """Enter an event at the end of the heap, or above it."""
    event = w.event
    while hole > 0:
        parent = (hole - 1) >> 2
        above = event[parent]
        if above.time < time or (above.time == time and above.key < key):
            break
        below = event[hole]
        below.time = above.time
        below.key = above.key
        below.who = above.who
        below.epoch = above.epoch
        hole = parent
    here = event[hole]
    here.time = time
    here.key = key
    here.who = who
    here.epoch = epoch


@kernel
def sink(w, time, key, who, epoch):
    """Enter an event at the vacant top of the heap, or below it."""
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
        here, there = event[hole], event[best]
        here.time = t
        here.key = k
        here.who = there.who
        here.epoch = there.epoch
        hole = best
        child = (hole << 2) + 1
    here = event[hole]
    here.time = time
    here.key = key
    here.who = who
    here.epoch = epoch


@kernel
def fill_top(w):
    """Close the gap that the earliest event has left, with the last of the list."""
    clock = w.clock[0]
    if clock.vacant != 0:
        clock.vacant = 0
        clock.events -= 1
        last = w.event[clock.events]
        sink(w, last.time, last.key, last.who, last.epoch)
