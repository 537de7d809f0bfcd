"""What stations do: take the first part of the queue or let one in, begin, and stand idle."""

from __future__ import annotations

from plantwright.codes import BLOCKED, BUSY, COMPLETE, DRAW_WORK, IDLE, KIT, NONE
from plantwright.engine.account import explain_idleness, record_time
from plantwright.engine.blocked import first_leaves
from plantwright.engine.draw import next_of, rounded
from plantwright.engine.express.kits import first_shelf, shelve_first, use_kit
from plantwright.engine.express.timetable import enter
from plantwright.engine.lacks import count_idle, settle_lacks
from plantwright.engine.parts import create
from plantwright.engine.stocks import kit_is_there, miss_kit
from plantwright.jit import inlined, kernel


@inlined
def join(w, p, o, s):
    """A part enters the queue of a station."""
    clock = w.clock[0]
    x = w.post[s]
    part = w.part[p]
    waits = x.waiting != 0  # no branches: whether somebody waits already cannot be predicted
    w.part[x.last if waits else p].next = p
    x.first = x.first if waits else p
    x.last = p
    x.waiting += 1
    part.choice = w.operation[o].first_choice
    part.entered = clock.now
    part.order = clock.sequence
    part.next = NONE
    clock.sequence += 1


@inlined
def attempt(w, s):
    """An empty machine begins what follows, or is idle; whose machines others have left are returned as bits."""
    x = w.post[s]
    p = x.first
    if p == NONE and x.source == NONE:
        if x.state != IDLE:
            rest(w, s, x)
        return 0
    o = w.part[p].operation if p != NONE else w.release[x.source].operation
    takes_kit = w.operation[o].kits > 0
    if takes_kit and not kit_is_there(w, o, 0, 1):
        starve(w, s, o)
        return 0
    if p != NONE:
        take_first(w, x, p, o)
    else:
        p = create(w, x.source, w.clock[0].now)
        w.part[p].entered = w.clock[0].now
    begin(w, s, x, p, o)
    if takes_kit:
        use_kit(w, o, p)
        return let_up_all(w, s, x, o)
    return let_up(w, s, x)


@inlined
def take_first(w, x, p, o):
    """The first part leaves the queue."""
    part = w.part[p]
    x.first = part.next
    part.next = NONE
    x.waiting -= 1
    waited = w.clock[0].now - part.entered
    part.waited += waited
    w.operation[o].wait_sum += waited
    record_time(w, x.histogram, waited)


@inlined
def begin(w, s, x, p, o):
    """A machine begins an operation on a part."""
    now = w.clock[0].now
    op = w.operation[o]
    op.starts += 1
    time = next_of(w, op, op.law, DRAW_WORK, o, op.starts)
    duration = rounded(time if x.speed == 1.0 else time / x.speed)  # everything waits for it, and a division takes long
    x.part = p
    x.operation = o
    x.began = now
    x.duration = duration
    part = w.part[p]
    part.origin = s
    part.waits_for = NONE
    enter(w, x, s, now + duration, COMPLETE)
    if x.state != BUSY:
        wake(w, s, x)


@inlined
def wake(w, s, x):
    """A machine is busy that was not."""
    now = w.clock[0].now
    st = w.station[s]
    was_idle = x.state == IDLE
    w.state_time[s][st.idle_state if was_idle else BLOCKED] += now
    x.state = BUSY
    x.since = now
    if st.idle_state != IDLE:
        find_kit(w, s)


@kernel
def find_kit(w, s):
    """Nothing is missing at a station any more."""
    w.station[s].idle = 0
    count_idle(w, s, -1)
    explain_idleness(w, s, IDLE)


@kernel
def rest(w, s, x):
    """A machine is idle that was not."""
    w.state_time[s][w.station[s].idle_state] -= w.clock[0].now
    if x.state == BLOCKED:
        w.state_time[s][BLOCKED] += w.clock[0].now
    x.state = IDLE


@kernel
def starve(w, s, o):
    """The kit of what would begin is not there."""
    x, st = w.post[s], w.station[s]
    st.idle = int(x.state == IDLE)
    st.look += 1
    miss_kit(w, s, o, 0, 1)
    explain_idleness(w, s, KIT)
    settle_lacks(w, s)
    if x.state != IDLE:
        rest(w, s, x)
        count_idle(w, s, 1)


@inlined
def let_up(w, s, x):
    """Who waits first for room at a station enters its queue if there is any: the bit of where it comes from."""
    p = x.first_blocked
    if p == NONE or x.waiting >= x.room:
        return 0
    return move_up(w, s, p)


@kernel
def move_up(w, s, p):
    """The part blocked first before a station enters its queue."""
    part = w.part[first_leaves(w, w.post[s])]
    w.post[part.origin].part = NONE
    join(w, p, part.operation, s)
    return 1 << part.origin


@kernel
def let_up_all(w, s, x, o):
    """``let_up`` where a kit was taken, so that shelves have room as well: who was blocked first goes first."""
    bits = 0
    while True:
        p = x.first_blocked if x.waiting < x.room else NONE
        i = first_shelf(w, o)
        if i != NONE and (p == NONE or w.part[w.item[i].first_blocked].blocked < w.part[p].blocked):
            bits |= shelve_first(w, i)
        elif p != NONE:
            bits |= move_up(w, s, p)
        else:
            return bits
