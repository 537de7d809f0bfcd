"""Deadlock: finished parts that wait for each other's places in a circle, so that none of them can ever move.

A station is stuck when its queue is full and none of its machines can ever be left: each holds a finished part that can
go to stuck stations only. The largest such set is found by taking out, again and again, stations of which a machine can
be left (Coffman, Elphick, Shoshani, System deadlocks, Computing Surveys 3 (1971) 67-78, doi 10.1145/356586.356588). It
is looked for when the agenda of an instant is worked off, and only where a part came to wait within a ring.
"""

from __future__ import annotations

from plantwright.arrays import FINISHED, NONE
from plantwright.engine.queues import has_room
from plantwright.jit import kernel


@kernel
def suspect(w, p, s):
    """A part waits before station ``s``: if it sits in the same ring, the circle may be closed."""
    part = w.part[p]
    ring = w.station[s].ring
    if ring != NONE and part.machine != NONE and w.station[part.origin].ring == ring:
        w.clock[0].suspect = s


@kernel
def is_deadlocked(w):
    """Whether the circle that was suspected is closed."""
    clock = w.clock[0]
    s = clock.suspect
    clock.suspect = NONE
    return comes_round(w, s) and are_stuck(w)


@kernel
def comes_round(w, s):
    """Whether the way from station to station, each full of finished parts, never comes to an end."""
    for _ in range(len(w.station)):
        if not is_jammed(w, s):
            return False
        s = w.part[w.machine[w.station[s].first_machine].part].waits_for
        if s >= len(w.station):
            return False
    return True


@kernel
def is_jammed(w, s):
    """Whether a station has no room and every machine holds finished parts that wait."""
    st = w.station[s]
    if has_room(w, s) or st.here < st.machines:
        return False
    for m in range(st.first_machine, st.first_machine + st.machines):
        if not waits_alone(w, m):
            return False
    return True


@kernel
def waits_alone(w, m):
    """Whether a machine holds one finished part, which waits. (Of lots and ovens no deadlock is told.)"""
    ma = w.machine[m]
    if ma.phase != FINISHED or ma.load != 1:
        return False
    part = w.part[ma.part]
    return part.machine == m and part.waits_for != NONE


@kernel
def may_be_left(w, m):
    """Whether the part on a machine waits for something that may come: a shelf, a conveyor, a station not stuck."""
    p = w.machine[m].part
    return w.part[p].waits_for >= len(w.station) or has_way_out(w, p)


@kernel
def has_way_out(w, p):
    """Whether one of the stations that can do a part's operation is not stuck."""
    op = w.operation[w.part[p].operation]
    for c in range(op.first_choice, op.first_choice + op.choices):
        if w.station[w.choice[c].station].stuck == 0:
            return True
    return False


@kernel
def are_stuck(w):
    """Note which stations are stuck: True when any is."""
    stations = len(w.station)
    for s in range(stations):
        w.station[s].stuck = 1 if is_jammed(w, s) else 0
    left = 0
    changed = True
    while changed:
        changed = False
        left = 0
        for s in range(stations):
            st = w.station[s]
            if st.stuck == 0:
                continue
            left += 1
            for m in range(st.first_machine, st.first_machine + st.machines):
                if may_be_left(w, m):
                    st.stuck = 0
            if st.stuck == 0:
                changed = True
    return left > 0
