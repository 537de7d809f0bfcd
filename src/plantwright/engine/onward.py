"""The short cut of most completions: a plain part passes on, and the next one follows on the same machine.

It does what the agenda would do, in the same order and to the same numbers, where nothing else can happen in between;
``clock.by_the_book`` switches it off, and a test shows that nothing changes.
"""

from __future__ import annotations

from plantwright.arrays import ARRIVALS, DONE, ENDED, IDLE, IN_WORK, NONE, SATURATED
from plantwright.engine.account import change_presence, explain_idleness
from plantwright.engine.machines import free_machine
from plantwright.engine.marks import mark_room
from plantwright.engine.move import shelve
from plantwright.engine.queues import has_room, join, take_first
from plantwright.engine.start import load
from plantwright.engine.trace import note
from plantwright.engine.work import NOT_DRAWN, work_on
from plantwright.jit import kernel


@kernel
def has_follower(w, m):
    """Whether a plain part waits that can only go to this machine, and nothing else happens when it does."""
    ma = w.machine[m]
    st = w.station[ma.station]
    alone = st.first_idle == NONE and st.sources == 0 and st.on != 0 and st.room > 0
    stays = ma.until_time > w.clock[0].now and ma.due_stops == 0 and ma.count_mode == NONE
    if not alone or not stays or ma.load != 1:
        return False
    p = w.lane[st.first_lane].first
    return p != NONE and w.operation[w.part[p].operation].plain != 0


@kernel
def is_way_free(w, s, o):
    """Whether a part of operation ``o`` at station ``s`` can pass on now, and nobody moves before that."""
    goal = w.operation[o].next
    if goal == DONE:
        return is_exit_free(w, w.operation[o].item_)
    if goal < 0 or len(w.route) > 1 or w.operation[goal].choices > 1:
        return False
    t = w.choice[w.operation[goal].first_choice].station
    if t == s or w.station[t].first_blocked != NONE or not has_room(w, t):
        return False
    return t > s or free_machine(w, t) == NONE


@kernel
def is_exit_free(w, i):
    """Whether a finished piece of an item is put away without anybody noticing."""
    item = w.item[i]
    if item.first_blocked != NONE or item.stock >= item.room or item.users > 0 or item.backlog > 0:
        return False
    release = w.release[item.release]
    return release.kind == SATURATED or (release.kind == ARRIVALS and release.pending == 0)


@kernel
def pass_and_follow(w, m):
    """End a plain operation, let its part pass on and begin the next one: False where the agenda is needed."""
    ma = w.machine[m]
    s = ma.station
    o = ma.operation
    if w.operation[o].sure == 0 or not has_follower(w, m) or not is_way_free(w, s, o):
        return False
    p = ma.part
    leave(w, m, p, o)
    goal = w.operation[o].next
    if goal == DONE:
        shelve(w, p)
    else:
        w.part[p].operation = goal
        join(w, p, w.operation[goal].first_choice)
    follow(w, m)
    explain_idleness(w, s, IDLE)
    mark_room(w, s)
    return True


@kernel
def leave(w, m, p, o):
    """The part comes off the machine, its operation over."""
    ma = w.machine[m]
    st = w.station[ma.station]
    part = w.part[p]
    op = w.operation[o]
    w.clock[0].moves += 1
    st.completions += 1
    st.pieces += part.pieces
    op.ends += 1
    op.completions += 1
    note(w, ENDED, part.number, m, o, part.pieces)
    part.mate = NONE
    part.machine = NONE
    ma.part = NONE
    ma.load = 0
    ma.overtime = 0
    change_presence(w, ma.station, -1)


@kernel
def follow(w, m):
    """The next part of the queue is put on the machine and begun."""
    ma = w.machine[m]
    p = take_first(w, w.station[ma.station].first_lane)
    load(w, m, p, NONE)
    o = w.part[p].operation
    op = w.operation[o]
    op.starts += 1
    ma.operation = o
    ma.number = op.starts
    ma.cycles += 1
    ma.holds = 0
    ma.family = op.family
    ma.phase = IN_WORK
    ma.remaining = NOT_DRAWN
    work_on(w, m)
