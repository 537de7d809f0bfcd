"""What stations do: take the first part of the queue or let one in, begin, and stand idle."""

from __future__ import annotations

from plantwright.codes import BLOCKED, BUSY, COMPLETE, DRAW_WORK, IDLE, KIT, NONE
from plantwright.engine.account import explain_idleness, record_time
from plantwright.engine.draw import next_of, rounded
from plantwright.engine.express.kits import first_shelf, shelve_first, use_kit
from plantwright.engine.express.timetable import enter
from plantwright.engine.lacks import count_idle, settle_lacks
from plantwright.engine.parts import take_record
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
def let_in(w, r):
    """A part of a release enters the plant."""
    release = w.release[r]
    p = take_record(w)
    part = w.part[p]
    now = w.clock[0].now
    part.item_ = release.item_
    part.operation = release.operation
    part.pieces = 1
    part.born = now
    part.due = now
    part.option = 0
    release.created += 1
    w.item[release.item_].wip_area -= now
    return p


@inlined
def attempt(w, s):
    """An empty machine begins what follows, or is idle; whose machines others have left are returned as bits."""
    x = w.post[s]
    p = x.first
    if p != NONE:
        o = w.part[p].operation
        if w.operation[o].kits > 0 and not kit_is_there(w, o, 0, 1):
            starve(w, s, o)
            return 0
        take_first(w, x, p, o)
    elif x.source != NONE:
        o = w.release[x.source].operation
        if w.operation[o].kits > 0 and not kit_is_there(w, o, 0, 1):
            starve(w, s, o)
            return 0
        p = let_in(w, x.source)
        w.part[p].entered = w.clock[0].now
    else:
        if x.state != IDLE:
            rest(w, s, x)
        return 0
    begin(w, s, x, p, o)
    if w.operation[o].kits > 0:
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
    x = w.post[s]
    part = w.part[p]
    x.first_blocked = part.next
    if x.first_blocked == NONE:
        x.last_blocked = NONE
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
