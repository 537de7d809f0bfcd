"""The loop itself: the next event, where its part goes, and who follows."""

from __future__ import annotations

from plantwright.codes import ARRIVAL, DONE, DRAW_ARRIVAL, FOREVER, NONE
from plantwright.engine.draw import next_of, rounded
from plantwright.engine.express.fitness import is_calm
from plantwright.engine.express.kits import put_away
from plantwright.engine.express.outcome import judge, scrap, wait_before, wait_for_shelf
from plantwright.engine.express.posts import occupy, read
from plantwright.engine.express.reckoning import ENTERING, LEAVING, reckon
from plantwright.engine.express.timetable import (
    PLACE,
    PLACE_BITS,
    TOP,
    enter,
    hand_back,
    number_of,
    strike_off,
    take_over,
)
from plantwright.engine.express.work import attempt, join
from plantwright.engine.heap import LATEST
from plantwright.engine.parts import create
from plantwright.jit import entry, inlined, kernel, lowest_bit


@entry
def run(w, until, most):
    """Let events happen up to ``until`` [ticks], ``most`` at most, as long as they are known: how many did.

    An entry of its own: compiled together with ``engine.kernel``, what both call would be written out in neither.
    """
    clock = w.clock[0]
    if clock.express == 0 or not is_calm(w):
        return 0
    reckon(w, ENTERING)
    occupy(w)
    take_over(w)
    done = happen(w, until, most)
    hand_back(w)
    for s in range(len(w.station)):
        read(w, s)
    reckon(w, LEAVING)
    clock.taken += done
    return done


@kernel
def happen(w, until, most):
    """``run`` between filling the posts and reading them."""
    clock = w.clock[0]
    stations = len(w.station)
    least = clock.reserve_parts + stations
    end = number_of(min(until, LATEST - 1) + 1, 0)
    for done in range(most):
        first = w.heat[TOP]
        if first >= end or clock.free_parts <= least or clock.suspect != NONE:
            return done
        clock.now = first >> PLACE_BITS
        place = first & PLACE
        x = w.post[place]
        x.due = FOREVER
        bits = complete(w, place, x) if place < stations else arrive(w, place, x)
        while bits != 0:
            s = lowest_bit(bits)
            bits &= bits - 1
            bits |= attempt(w, s)
        if x.due == FOREVER:
            strike_off(w, place)
    return most


@inlined
def arrive(w, place, x):
    """A part arrives, and the next one is on its way."""
    clock = w.clock[0]
    r = x.source
    release = w.release[r]
    release.arrivals += 1
    release.whole = rounded(next_of(w, release, release.law, DRAW_ARRIVAL, r, release.arrivals))
    release.due = clock.now + release.whole
    enter(w, x, place, release.due, ARRIVAL)
    o = release.operation
    s = w.operation[o].only
    join(w, create(w, r, clock.now), o, s)
    return int(w.post[s].part == NONE) << s


@inlined
def complete(w, s, x):
    """An operation is over; its part passes on, or waits on its machine. Whose machines are to begin: a bit each."""
    p = x.part
    o = x.operation
    op = w.operation[o]
    goal = op.next if op.sure != 0 else judge(w, p, o)
    if goal >= 0:
        return pass_to(w, s, x, p, goal)
    if goal == DONE:
        return go_out(w, s, x, p)
    x.part = NONE
    scrap(w, p)
    return 1 << s


@inlined
def pass_to(w, s, x, p, o):
    """To the queue before operation ``o``, if it has room."""
    t = w.operation[o].only
    y = w.post[t]
    w.part[p].operation = o
    if y.waiting >= y.room:
        wait_before(w, x, p, o, t)
        return 0
    x.part = NONE
    join(w, p, o, t)
    return 1 << s | int(y.part == NONE) << t


@inlined
def go_out(w, s, x, p):
    """To the shelf, if it has room."""
    i = w.part[p].item_
    item = w.item[i]
    if item.stock >= item.room:
        wait_for_shelf(w, x, p, i)
        return 0
    x.part = NONE
    return 1 << s | put_away(w, p, i)
