"""Deadlock: parts that wait for each other's places in a circle, so that none of them can ever move.

A station is stuck when no place in its queue will ever become free: there is none now, but those that stuck machines
keep, and none of its machines will ever take another part. A machine never does that

- holds a finished part that can go to stuck stations only (of an oven, of a lot or of a part that was split one such
  part is enough); or
- is empty, and for whatever it could begin there is no place at the next station and never will be (blocking before
  service), or a batch that is too small and to which nobody can come, the queue being full; or
- is empty, and all that it could take is kept by stuck machines for parts that are to go elsewhere now.

The largest set of such stations is found by taking out, again and again, those that are not (Coffman, Elphick,
Shoshani, System deadlocks, Computing Surveys 3 (1971) 67-78, doi 10.1145/356586.356588). It is looked for when the
agenda of an instant is worked off, and only where a part, a machine or an oven came to wait within a ring.
"""

from __future__ import annotations

from plantwright.codes import EMPTY, FINISHED, FOREVER, NONE, SATURATED
from plantwright.engine.conveyors import conveyor_between
from plantwright.engine.marks import suspect_station
from plantwright.engine.queues import has_place
from plantwright.jit import kernel


@kernel
def suspect(w, p, s):
    """A part waits before station ``s``: if it is in the same ring, or keeps a place, the circle may be closed."""
    part = w.part[p]
    ring = w.station[s].ring
    if ring != NONE and part.machine != NONE:
        if w.station[part.origin].ring == ring or w.machine[part.machine].reserved != NONE:
            suspect_station(w, s)


@kernel
def is_deadlocked(w):
    """Whether the circle that was suspected is closed."""
    clock = w.clock[0]
    s = clock.suspect
    clock.suspect = NONE
    return (s == len(w.station) or comes_round(w, s)) and are_stuck(w)


@kernel
def comes_round(w, s):
    """Whether the way from station to station, each without a place, may never come to an end."""
    for _ in range(len(w.station)):
        if not is_jammed(w, s):
            return False
        m = w.station[s].first_machine
        ma = w.machine[m]
        if ma.phase == EMPTY or ma.load > 1 or ma.part == NONE or w.part[ma.part].machine != m:
            return True
        s = w.part[ma.part].waits_for
        if s == NONE or s >= len(w.station):
            return False
    return True


@kernel
def is_jammed(w, s):
    """Whether a station has no place, and none of its machines is at work or could take whatever comes."""
    st = w.station[s]
    if st.waiting + st.inbound < st.room or st.here < st.machines:
        return False
    may_wait = st.before_service != 0 or st.batch_max > 0 or st.inbound > 0
    for m in range(st.first_machine, st.first_machine + st.machines):
        ma = w.machine[m]
        if ma.phase != FINISHED and (ma.phase != EMPTY or not may_wait or ma.until_time < FOREVER):
            return False
    return True


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
            if w.station[s].stuck == 0:
                continue
            if may_go_on(w, s):
                w.station[s].stuck = 0
                changed = True
            else:
                left += 1
    return left > 0


@kernel
def may_go_on(w, s):
    """Whether a place of a jammed station may become free, or one of its machines may take another part."""
    st = w.station[s]
    kept = count_kept(w, s, True)
    if count_kept(w, s, False) > 0:
        return True
    for m in range(st.first_machine, st.first_machine + st.machines):
        if w.machine[m].phase == FINISHED:
            if not holds_stuck_part(w, m):
                return True
        elif may_start(w, s, kept):
            return True
    return False


@kernel
def count_kept(w, s, for_good):
    """Places of a station kept by machines that look ahead: those that hold a stuck part, or the others."""
    st = w.station[s]
    count = 0
    for row in range(st.first_feeder, st.first_feeder + st.feeders):
        if conveyor_between(w, w.link[row], s) != NONE:
            continue
        feeder = w.station[w.link[row]]
        for m in range(feeder.first_machine, feeder.first_machine + feeder.machines):
            ma = w.machine[m]
            if ma.reserved != NONE and w.choice[ma.reserved].station == s:
                if (ma.phase == FINISHED and holds_stuck_part(w, m)) == for_good:
                    count += 1
    return count


@kernel
def holds_stuck_part(w, m):
    """Whether some part on a machine can go to stuck stations only."""
    ma = w.machine[m]
    p = ma.part
    if ma.load == 1 and p != NONE and w.part[p].machine == m:
        return is_part_stuck(w, p)
    for s in range(len(w.station)):  # parts of a batch, and parts that were split, know their machine, not it them
        if w.station[s].stuck != 0:
            p = w.station[s].first_blocked
            while p != NONE:
                if w.part[p].machine == m and is_part_stuck(w, p):
                    return True
                p = w.part[p].next
    return False


@kernel
def is_part_stuck(w, p):
    """Whether a part waits for stations only all of which are stuck; a shelf, a conveyor or a carrier may come."""
    goal = w.part[p].waits_for
    return goal != NONE and goal < len(w.station) and not has_way_out(w, w.part[p].operation)


@kernel
def has_way_out(w, o):
    """Whether one of the stations that can do an operation is not stuck."""
    op = w.operation[o]
    for c in range(op.first_choice, op.first_choice + op.choices):
        if w.station[w.choice[c].station].stuck == 0:
            return True
    return False


@kernel
def may_start(w, s, kept):
    """Whether an empty machine of a jammed station may begin something some day; ``kept`` places are lost for good."""
    st = w.station[s]
    if st.inbound > kept or may_start_saturated(w, s):
        return True
    if st.waiting > 0:
        for lane in range(st.first_lane, st.first_lane + st.lanes):
            if w.lane[lane].count > 0 and may_start_lane(w, s, lane):
                return True
        return False
    return count_empty(w, s) > kept and (st.first_blocked == NONE or may_let_in(w, s))


@kernel
def count_empty(w, s):
    """Machines of a station with nothing on them."""
    st = w.station[s]
    count = 0
    for m in range(st.first_machine, st.first_machine + st.machines):
        if w.machine[m].phase == EMPTY:
            count += 1
    return count


@kernel
def may_start_lane(w, s, lane):
    """Whether what is first in a lane of a full queue may be begun some day."""
    st = w.station[s]
    la = w.lane[lane]
    if st.batch_max > 0 and st.batch_wait >= FOREVER and la.pieces < st.batch_min:
        return False
    return may_begin(w, s, w.part[la.first].operation)


@kernel
def may_start_saturated(w, s):
    """Whether a part may enter on a machine of a station."""
    st = w.station[s]
    for row in range(st.first_source, st.first_source + st.sources):
        release = w.release[w.link[row]]
        if release.kind == SATURATED and may_begin(w, s, release.operation):
            return True
    return False


@kernel
def may_let_in(w, s):
    """Whether an empty machine of a station where nothing can wait may begin what waits to get in, first come first."""
    st = w.station[s]
    if may_let_in_one_of(w, s, st.first_blocked):
        return True
    for row in range(st.first_sibling, st.first_sibling + st.siblings):
        if may_let_in_one_of(w, s, w.station[w.link[row]].first_blocked):
            return True
    return False


@kernel
def may_let_in_one_of(w, s, p):
    """Whether a station may begin some part of a list of blocked ones, or one that waits behind a locked machine."""
    while p != NONE:
        part = w.part[p]
        if is_done_at(w, part.operation, s):
            locked = part.machine != NONE and w.station[part.origin].locked != 0
            if locked or may_begin(w, s, part.operation):
                return True
        p = part.next
    return False


@kernel
def is_done_at(w, o, s):
    """Whether a station can do an operation."""
    op = w.operation[o]
    for c in range(op.first_choice, op.first_choice + op.choices):
        if w.choice[c].station == s:
            return True
    return False


@kernel
def may_begin(w, s, o):
    """Whether a station may begin an operation some day: it does not look ahead, or there may be a place to go to."""
    op = w.operation[o]
    if w.station[s].before_service == 0 or op.next < 0:
        return True
    following = w.operation[op.next]
    for c in range(following.first_choice, following.first_choice + following.choices):
        t = w.choice[c].station
        elsewhere = conveyor_between(w, s, t) != NONE or w.station[t].stuck == 0
        if elsewhere or has_place(w, t) or (w.station[t].room == 0 and count_empty(w, t) > 0):
            return True
    return False
