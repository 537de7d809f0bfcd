"""Short cuts: which part follows on a plain machine, who moves up behind it, and who begins at once.

They do what the agenda (``engine.kernel``) would do, in the same order and to the same numbers, where nothing else can
happen in between; ``clock.by_the_book`` switches them off, and a test shows that nothing changes.
"""

from __future__ import annotations

from plantwright.codes import ARRIVALS, BUSY, EMPTY, FINISHED, IDLE, IN_WORK, NONE, PULLED, SATURATED
from plantwright.engine.account import explain_idleness, settle
from plantwright.engine.blocked import first_leaves
from plantwright.engine.machines import go, join_idle, leave_idle
from plantwright.engine.marks import mark_room, mark_station
from plantwright.engine.parts import draw_option
from plantwright.engine.queues import has_room, join, take_first
from plantwright.engine.start import let_in_here, load, try_start
from plantwright.engine.stocks import kit_is_there
from plantwright.engine.trace import is_log_full
from plantwright.engine.work import time_of
from plantwright.jit import inlined, kernel

NOBODY, WAITS, ENTERS, STARVES, UNSURE = range(5)
"""What follows on a machine: no part, the first of its queue, one that enters the plant, one whose kit is not there, or
what the agenda finds."""


@kernel
def is_undisturbed(w, ma, st):
    """Whether a plain machine, its one part gone, does nothing but take the next one."""
    if st.alone == 0 or st.on == 0 or st.first_idle != NONE or ma.load != 1 or ma.down != 0:
        return False
    return ma.due_stops == 0 and ma.count_mode == NONE and ma.until_time > w.clock[0].now


@kernel
def is_at_rest(w, r):
    """Whether a release lets nobody in when there is room, or only at the machine that takes the part."""
    release = w.release[r]
    if release.launcher != NONE:
        return False
    if release.kind == ARRIVALS:
        return release.pending == 0
    if release.kind == PULLED:
        return release.again == 0 and release.pending < max(w.item[release.item_].lot, release.pieces)
    return release.kind == SATURATED


@inlined
def what_follows(w, st):
    """What follows on a machine of a station where nobody else is idle: WAITS, ENTERS, NOBODY or UNSURE."""
    p = w.lane[st.first_lane].first
    r = w.link[st.first_source] if st.sources > 0 else NONE
    if r != NONE and not is_at_rest(w, r):
        return UNSURE
    if p != NONE:
        part = w.part[p]
        if is_ready(w, part.operation, part.option, part.pieces):
            return WAITS
        return STARVES if w.operation[part.operation].bare != 0 and r == NONE else UNSURE
    if st.first_blocked != NONE:
        return UNSURE
    if r == NONE or w.release[r].kind != SATURATED:
        return NOBODY
    return who_enters(w, r)


@kernel
def is_ready(w, o, option, pieces):
    """Whether an operation needs nothing that is not there."""
    op = w.operation[o]
    return op.plain != 0 or (op.bare != 0 and kit_is_there(w, o, option, pieces))


@kernel
def who_enters(w, r):
    """What follows from a saturated release: ENTERS, STARVES or UNSURE."""
    clock = w.clock[0]
    release = w.release[r]
    if release.wip >= release.cap or clock.free_parts <= clock.reserve_parts or is_log_full(w):
        return UNSURE
    op = w.operation[release.operation]
    if op.plain != 0 or is_ready(w, release.operation, draw_option(w, r), release.pieces):
        return ENTERS
    return STARVES if op.bare != 0 else UNSURE


@inlined
def follow(w, m, ma, s, st, what):
    """An empty machine takes what follows and begins, or is idle."""
    if what == NOBODY or what == STARVES:
        ma.phase = EMPTY
        join_idle(w, m)
        if what == NOBODY:
            explain_idleness(w, s, IDLE)
        else:
            try_start(w, s)  # which finds what is missing
        settle(w, m)
        return
    if what == WAITS:
        p = take_first(w, st.first_lane)
        load(w, m, p, NONE)
    else:
        p = let_in_here(w, s, m, w.link[st.first_source], NONE)
    begin_plainly(w, m, ma, s, p)


@inlined
def begin_plainly(w, m, ma, s, p):
    """A machine begins a bare operation on its one part, which has just been put on it."""
    part = w.part[p]
    o = part.operation
    op = w.operation[o]
    op.starts += 1
    ma.operation = o
    ma.number = op.starts
    ma.cycles += 1
    ma.holds = 0
    ma.family = op.family
    ma.phase = IN_WORK
    ma.duration = time_of(w, ma, op, o, op.starts, part.pieces)
    ma.remaining = ma.duration
    go(w, m)
    if ma.state != BUSY:
        settle(w, m)
    explain_idleness(w, s, IDLE)


@kernel
def can_move_up(w, s, p):
    """Whether the part that waits first for room at station ``s`` moves up next, alone, and nothing else before it."""
    clock = w.clock[0]
    part = w.part[p]
    m = part.machine
    if clock.opened + clock.to_release + clock.people_freed != 0 or m == NONE or part.conveyor != NONE:
        return False
    ma = w.machine[m]
    if clock.dirty > 0 and w.agenda[0][0] < ma.station:
        return False
    op = w.operation[ma.operation]
    if ma.phase != FINISHED or op.onward == 0 or op.next != part.operation:
        return False
    if not is_undisturbed(w, ma, w.station[ma.station]):
        return False
    st = w.station[s]
    return has_room(w, s) and (part.next == NONE or st.waiting + st.inbound + 1 >= st.room)


@kernel
def move_up(w, s):
    """A queue has room for one more: who is blocked passes, what follows on its machine begins, and so on upstream."""
    while True:
        st = w.station[s]
        p = st.first_blocked
        if p == NONE:
            return
        if not can_move_up(w, s, p):
            mark_room(w, s)
            return
        part = w.part[p]
        m = part.machine
        ma = w.machine[m]
        here = ma.station
        what = what_follows(w, w.station[here])
        if what == UNSURE:
            mark_room(w, s)
            return
        first_leaves(w, st)
        come_away(w, ma, w.station[here], part)
        join(w, p, part.choice)
        follow(w, m, ma, here, w.station[here], what)
        if what != WAITS:
            return
        s = here


@inlined
def come_away(w, ma, st, part):
    """The one part of a machine comes off it."""
    part.machine = NONE
    ma.part = NONE
    ma.load = 0
    st.wip -= 1
    st.wip_area += w.clock[0].now


@kernel
def begin_at_once(w, s):
    """The one part that waits at a station goes on an idle machine, if the agenda has nothing else to do."""
    clock = w.clock[0]
    st = w.station[s]
    if clock.dirty != 1 or st.is_dirty == 0 or clock.opened + clock.to_release + clock.people_freed != 0:
        return
    m = st.first_idle
    if st.alone == 0 or st.on == 0 or st.waiting != 1 or st.first_blocked != NONE or m == NONE:
        return
    o = w.part[w.lane[st.first_lane].first].operation
    at_rest = st.sources == 0 or is_at_rest(w, w.link[st.first_source])
    if not at_rest or w.operation[o].plain == 0 or w.machine[m].count_mode != NONE:
        return
    clock.dirty = 0
    st.is_dirty = 0
    p = take_first(w, st.first_lane)
    load(w, m, p, NONE)
    leave_idle(w, m)
    begin_plainly(w, m, w.machine[m], s, p)
    if st.first_idle != NONE:
        mark_station(w, s)


@kernel
def begin_next(w, s):
    """An idle machine of a station that is tried begins what follows: False where the agenda is needed."""
    st = w.station[s]
    m = st.first_idle
    if st.alone == 0 or st.on == 0 or m == NONE:
        return False
    ma = w.machine[m]
    what = what_follows(w, st)
    if ma.count_mode != NONE or (what != WAITS and what != ENTERS):
        return False
    leave_idle(w, m)
    follow(w, m, ma, s, st, what)
    if st.first_idle != NONE:
        mark_station(w, s)
    if st.unsettled != NONE:
        settle(w, st.unsettled)
        st.unsettled = NONE
    if what == WAITS:
        move_up(w, s)
    return True
