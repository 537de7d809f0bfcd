"""When which machine ends and which part arrives: each post has its place, and a number says in which order they come.

It is the list that ``engine.heap`` keeps of few events, only that here nobody ever changes places.
"""

from __future__ import annotations

from plantwright.codes import COMPLETE, EARLIEST, FOREVER, KIND_SHIFT
from plantwright.engine.heap import DIGIT, NOBODY, PLACES, VERY_FEW, count_before, urgency_of
from plantwright.jit import inlined, kernel


@inlined
def next_post(clock):
    """Whose event is the earliest."""
    return clock.order & EARLIEST


@inlined
def strike_off(clock, x, place):
    """The earliest event happens."""
    clock.order >>= DIGIT
    clock.urgency[place] = NOBODY
    x.due = FOREVER


@inlined
def enter(w, x, place, time, kind):
    """A post whose event has happened has another one."""
    clock = w.clock[0]
    key = (kind << KIND_SHIFT) | clock.sequence
    clock.sequence += 1
    put(w, x, place, time, key, kind)


@inlined
def put(w, x, place, time, key, kind):
    """``enter`` of an event that has a number already."""
    clock = w.clock[0]
    x.due = time
    x.key = key
    urgency = urgency_of(time, kind)
    few = len(w.post) <= VERY_FEW
    turn = count_before(clock, urgency, VERY_FEW) if few else count_before(clock, urgency, PLACES)
    clock.urgency[place] = urgency
    order = clock.order
    before = (1 << turn * DIGIT) - 1
    clock.order = (order & before) | (place << turn * DIGIT) | ((order & ~before) << DIGIT)


@kernel
def take_over(w):
    """Give the events of the list their fixed places."""
    clock = w.clock[0]
    for place in range(len(w.post)):
        w.post[place].due = FOREVER
    order = clock.order
    clear(w)
    for _ in range(clock.events):
        event = w.event[order & EARLIEST]
        order >>= DIGIT
        kind = event.key >> KIND_SHIFT
        place = w.machine[event.who].station if kind == COMPLETE else post_of(w, event.who)
        put(w, w.post[place], place, event.time, event.key, kind)


@kernel
def clear(w):
    """Nobody has an event."""
    clock = w.clock[0]
    clock.order = 0
    for place in range(PLACES):
        clock.urgency[place] = NOBODY


@kernel
def post_of(w, r):
    """The post at which the parts of release ``r`` arrive."""
    place = len(w.station)
    while w.post[place].source != r:
        place += 1
    return place


@kernel
def hand_back(w):
    """Write the list of events anew, the earliest first."""
    clock = w.clock[0]
    order = clock.order
    count = 0
    for place in range(len(w.post)):
        count += int(w.post[place].due < FOREVER)
    clear(w)
    for turn in range(count):
        post = order & EARLIEST
        order >>= DIGIT
        write_down(w, turn, post)
        clock.order |= turn << turn * DIGIT
    clock.events = count


@kernel
def write_down(w, turn, post):
    """The event of a post takes its place in the list of events."""
    x = w.post[post]
    event = w.event[turn]
    kind = x.key >> KIND_SHIFT
    event.time = x.due
    event.key = x.key
    event.who = w.station[post].first_machine if kind == COMPLETE else x.source
    event.epoch = w.machine[event.who].epoch if kind == COMPLETE else 0
    w.clock[0].urgency[turn] = urgency_of(x.due, kind)
