"""The short cut of most events: a plain part passes on, or enters, and others move up (see ``engine.follow``)."""

from __future__ import annotations

from plantwright.codes import ARRIVALS, DONE, ENDED, FINISHED, NONE
from plantwright.engine.account import settle
from plantwright.engine.follow import (
    UNSURE,
    WAITS,
    begin_at_once,
    come_away,
    follow,
    is_at_rest,
    is_undisturbed,
    move_up,
    what_follows,
)
from plantwright.engine.machines import free_machine
from plantwright.engine.move import put_away, wait_before
from plantwright.engine.parts import create
from plantwright.engine.queues import has_room, has_room_at, join
from plantwright.engine.trace import is_log_full, note
from plantwright.jit import inlined, kernel


@kernel
def is_exit_free(w, s, i):
    """Whether a finished piece of an item is put away, and nobody is noticed by it before station ``s`` is."""
    item = w.item[i]
    if item.first_blocked != NONE or item.stock >= item.room or item.backlog > 0 or not is_at_rest(w, item.release):
        return False
    for row in range(item.first_user, item.first_user + item.users):
        user = w.link[row]
        if user <= s and free_machine(w, user) != NONE:
            return False
    return True


@kernel
def pass_and_follow(w, m):
    """End a plain operation, let its part pass on and begin the next one: False where the agenda is needed."""
    ma = w.machine[m]
    s = ma.station
    st = w.station[s]
    op = w.operation[ma.operation]
    if op.onward == 0 or not is_undisturbed(w, ma, st):
        return False
    if op.next != DONE:
        return pass_to(w, m, ma, op, op.next)
    what = what_follows(w, st)
    if what == UNSURE or not is_exit_free(w, s, op.item_):
        return False
    p = ma.part
    part = w.part[p]
    count_end(w, m, ma, st, op, part)
    come_away(w, ma, st, part)
    put_away(w, p)
    follow(w, m, ma, s, st, what)
    if what == WAITS:
        move_up(w, s)
    return True


@kernel
def pass_to(w, m, ma, op, goal):
    """``pass_and_follow`` to the queue before operation ``goal``."""
    s = ma.station
    choice = w.operation[goal].first_choice
    t = w.choice[choice].station
    there = w.station[t]
    if not has_room_at(there):
        return stay(w, m, ma, op, goal, t) if there.waiting > 0 else False
    if there.first_blocked != NONE or (t < s and free_machine(w, t) != NONE):
        return False
    st = w.station[s]
    what = what_follows(w, st)
    if what == UNSURE:
        return False
    p = ma.part
    part = w.part[p]
    count_end(w, m, ma, st, op, part)
    come_away(w, ma, st, part)
    part.operation = goal
    join(w, p, choice)
    follow(w, m, ma, s, st, what)
    if what == WAITS:
        move_up(w, s)
    begin_at_once(w, t)
    return True


@kernel
def stay(w, m, ma, op, goal, t):
    """The part stays where it is until the full queue of station ``t`` has room."""
    p = ma.part
    part = w.part[p]
    count_end(w, m, ma, w.station[ma.station], op, part)
    ma.phase = FINISHED
    part.operation = goal
    part.choice = w.operation[goal].first_choice
    wait_before(w, p, t)
    settle(w, m)
    return True


@inlined
def count_end(w, m, ma, st, op, part):
    """The operation of a machine's one part is over."""
    w.clock[0].moves += 1
    st.completions += 1
    st.pieces += part.pieces
    op.ends += 1
    op.completions += 1
    note(w, ENDED, part.number, m, ma.operation, part.pieces)
    part.mate = NONE
    ma.overtime = 0


@kernel
def walk_in(w, r):
    """A part that has arrived enters at once: False where the agenda is needed."""
    release = w.release[r]
    op = w.operation[release.operation]
    if (
        release.kind != ARRIVALS
        or release.pending != release.pieces
        or release.loses + release.blocks != 0
        or op.choices != 1
    ):
        return False
    t = w.choice[op.first_choice].station
    st = w.station[t]
    clock = w.clock[0]
    if st.alone == 0 or st.first_blocked != NONE or not has_room(w, t):
        return False
    if clock.free_parts <= clock.reserve_parts or is_log_full(w):
        return False
    release.pending = 0
    join(w, create(w, r, clock.now), op.first_choice)
    begin_at_once(w, t)
    return True
