"""The short cut of most events: a plain part passes on, or enters, and others move up (see ``engine.follow``)."""

from __future__ import annotations

from plantwright.codes import ARRIVALS, DONE, ENDED, FINISHED, NONE, SCRAP
from plantwright.engine.account import settle
from plantwright.engine.blocked import first_leaves
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
from plantwright.engine.move import put_away, wait_before, wait_for_shelf
from plantwright.engine.outcome import count_inspection, spoilt, tries_at, way_of_rejected
from plantwright.engine.parts import count_try, create
from plantwright.engine.queues import has_room, has_room_at, join
from plantwright.engine.trace import is_log_full, note
from plantwright.jit import inlined, kernel


@kernel
def is_exit_quiet(w, s, i):
    """Whether nobody is noticed by a finished piece of an item before station ``s`` is."""
    item = w.item[i]
    if item.backlog > 0 or not is_at_rest(w, item.release):
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
    op = w.operation[ma.operation]
    if op.onward == 0 or not is_undisturbed(w, ma, w.station[ma.station]):
        return False
    p = ma.part
    if op.sure == 0 and w.part[p].defects != 0:
        return False
    goal = op.next if op.sure != 0 else verdict(w, op, ma.operation, p)
    done = False
    if goal >= 0:
        done = pass_to(w, m, ma, op, goal)
    elif goal == DONE:
        done = go_out(w, m, ma, op)
    if not done and op.sure == 0:
        w.part[p].defects = 0  # the agenda judges it
    return done


@kernel
def verdict(w, op, o, p):
    """Where a part goes by what is drawn at the end of an operation, noted on it (``part.defects``).

    A part of several pieces is left to the agenda (SCRAP), as is one that is scrapped.
    """
    part = w.part[p]
    if part.pieces != 1 or part.held != NONE:
        return SCRAP
    part.defects = spoilt(w, p, o, op.ends + 1)
    return op.next if part.defects == 0 else way_of_rejected(op, tries_at(w, p, o) + 1)


@kernel
def go_out(w, m, ma, op):
    """``pass_and_follow`` to the shelf."""
    s = ma.station
    st = w.station[s]
    p = ma.part
    part = w.part[p]
    item = w.item[op.item_]
    if item.stock + part.pieces > item.room:
        count_end(w, m, ma, st, op, part)
        ma.phase = FINISHED
        wait_for_shelf(w, p)
        settle(w, m)
        return True
    what = what_follows(w, st)
    if what == UNSURE or item.first_blocked != NONE or not is_exit_quiet(w, s, op.item_):
        return False
    count_end(w, m, ma, st, op, part)
    put_away_and_follow(w, m, ma, s, st, p, what)
    return True


@kernel
def put_away_and_follow(w, m, ma, s, st, p, what):
    """A finished part goes to its shelf; the next one follows."""
    come_away(w, ma, st, w.part[p])
    put_away(w, p)
    follow(w, m, ma, s, st, what)
    if what == WAITS:
        move_up(w, s)


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
    if op.sure == 0:
        look_at(w, ma.station, ma.part, ma.operation)


@kernel
def look_at(w, s, p, o):
    """A part of one piece is good, or rejected."""
    bad = w.part[p].defects
    count_inspection(w, s, p, o, bad, 0)
    if bad > 0:
        count_try(w, p, o)


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


@kernel
def relieve(w):
    """The part that waits for the one shelf with room again goes there, the next follows; False: the agenda does it."""
    clock = w.clock[0]
    i = w.agenda[1][0] - len(w.station)
    if clock.opened != 1 or clock.to_release + clock.people_freed != 0 or i < 0 or i >= len(w.item):
        return False
    p = w.item[i].first_blocked
    if p == NONE or not can_be_shelved(w, i, p):
        return False
    m = w.part[p].machine
    ma = w.machine[m]
    s = ma.station
    what = what_follows(w, w.station[s])
    if what == UNSURE:
        return False
    clock.opened = 0
    item = w.item[i]
    item.is_open = 0
    first_leaves(w, item)
    put_away_and_follow(w, m, ma, s, w.station[s], p, what)
    return True


@kernel
def can_be_shelved(w, i, p):
    """Whether the part that waits first for shelf ``i`` goes there next, alone, and nothing else before it."""
    clock = w.clock[0]
    item = w.item[i]
    part = w.part[p]
    stock = item.stock + part.pieces
    if stock > item.room or part.machine == NONE:
        return False
    if part.next != NONE and stock + w.part[part.next].pieces <= item.room:
        return False
    ma = w.machine[part.machine]
    op = w.operation[ma.operation]
    if ma.phase != FINISHED or op.onward == 0 or op.next != DONE or not is_undisturbed(w, ma, w.station[ma.station]):
        return False
    return (clock.dirty == 0 or w.agenda[0][0] >= ma.station) and is_exit_quiet(w, ma.station, i)
