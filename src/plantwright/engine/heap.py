"""The event list: a four-ary heap in the ``event`` records, ordered by time, then by kind and sequence."""

from __future__ import annotations

from plantwright.arrays import KIND_SHIFT
from plantwright.jit import kernel


@kernel
def push(w, time, kind, who, epoch):
    """Enter an event; the caller has made sure that there is room (``clock.reserve_events``)."""
    clock = w.clock[0]
    event = w.event
    key = (kind << KIND_SHIFT) | clock.sequence
    clock.sequence += 1
    hole = clock.events
    clock.events += 1
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
def drop_first(w):
    """Remove the earliest event (the caller has read it from ``event[0]``)."""
    clock = w.clock[0]
    event = w.event
    clock.events -= 1
    count = clock.events
    last = event[count]
    time, key = last.time, last.key
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
    here.who = last.who
    here.epoch = last.epoch
