"""When which machine ends and which part arrives: a knock-out of posts, of which the one with the earliest event wins.

Each post has its place at the bottom, and each heat above keeps the winner of the two below it. When a post has another
event, the heats on its way to the top are held anew; nothing else moves, and the top says what comes next. A post is
known by one number, its time before its place: stations stand before arrivals, as their events do at one instant.
"""

from __future__ import annotations

from plantwright.codes import COMPLETE, FOREVER, KIND_SHIFT
from plantwright.engine.heap import LATEST, forget_order, write_down
from plantwright.jit import inlined, kernel

TOP = 1
"""The last heat. Those below heat h are 2 h and 2 h + 1."""
PLACE_BITS = 6
PLACE = (1 << PLACE_BITS) - 1
"""The bits of a post's number that say which it is."""


@inlined
def number_of(time, place):
    """The number of a post: the smaller, the sooner its event comes."""
    return min(time, LATEST) << PLACE_BITS | place


@inlined
def without(place):
    """The number of a post without an event: above all others, and no two at one time."""
    return (LATEST + 1 + place) << PLACE_BITS | place


@inlined
def enter(w, x, place, time, kind):
    """A post has another event."""
    clock = w.clock[0]
    x.due = time
    x.key = (kind << KIND_SHIFT) | clock.sequence
    clock.sequence += 1
    hold_heats(w, place, number_of(time, place))


@kernel
def strike_off(w, place):
    """The event of a post has happened, and it has no other."""
    w.post[place].due = FOREVER
    hold_heats(w, place, without(place))


@inlined
def hold_heats(w, place, number):
    """Hold the heats of a post anew."""
    heats = w.heat
    heat = (len(heats) >> 1) + place
    heats[heat] = number
    while heat > TOP:
        other = heats[heat ^ 1]
        heat >>= 1
        number = min(number, other) if number ^ other > PLACE else first_of(w, number, other)
        heats[heat] = number


@kernel
def first_of(w, number, other):
    """Which of two posts comes first that have their events at one time."""
    return number if w.post[number & PLACE].key < w.post[other & PLACE].key else other


@kernel
def take_over(w):
    """Give the events of the list to their posts."""
    for heat in range(len(w.heat)):
        w.heat[heat] = without(0) + (heat << PLACE_BITS)
    for place in range(len(w.post)):
        w.post[place].due = FOREVER
    for number in range(w.clock[0].events):
        event = w.event[number]
        place = w.machine[event.who].station if event.key >> KIND_SHIFT == COMPLETE else post_of(w, event.who)
        w.post[place].due = event.time
        w.post[place].key = event.key
    for place in range(len(w.post)):
        x = w.post[place]
        hold_heats(w, place, number_of(x.due, place) if x.due < FOREVER else without(place))


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
    forget_order(w)
    clock.events = 0
    while w.post[w.heat[TOP] & PLACE].due < FOREVER:
        place = w.heat[TOP] & PLACE
        x = w.post[place]
        if x.key >> KIND_SHIFT == COMPLETE:
            m = w.station[place].first_machine
            write_down(w, x.due, x.key, m, w.machine[m].epoch)
        else:
            write_down(w, x.due, x.key, x.source, 0)
        strike_off(w, place)
