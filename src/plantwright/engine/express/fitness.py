"""Which plants are plain from end to end, and whether one is so at this moment."""

from __future__ import annotations

from plantwright.codes import (
    ARRIVAL,
    ARRIVALS,
    COMPLETE,
    FOREVER,
    KIND_SHIFT,
    NEVER_SHORT,
    NO_POLICY,
    NONE,
    SATURATED,
    SCRAP,
    UNLIMITED,
)
from plantwright.engine.plain import is_judged, is_near, is_sure
from plantwright.jit import kernel

MOST_POSTS = 63
"""Of which each has a bit."""


@kernel
def fits(w):
    """Whether nothing in this plant is more than one machine, one part, one time."""
    if w.clock[0].by_the_book != 0 or not 0 < len(w.station) <= len(w.post) <= MOST_POSTS:
        return False
    others = len(w.mode) + len(w.calendar) + len(w.coming) + len(w.conveyor) + len(w.travel) + len(w.carrier)
    if others + len(w.demand) + len(w.launcher) + len(w.visit) > 0:
        return False
    for r in range(len(w.release)):
        if not is_plain_release(w, w.release[r]):
            return False
    for s in range(len(w.station)):
        if not is_post(w, w.station[s]):
            return False
    for o in range(len(w.operation)):
        if not is_plain_operation(w, o):
            return False
    for i in range(len(w.item)):
        if not is_plain_item(w.item[i]):
            return False
    return True


@kernel
def is_plain_release(w, release):
    """Whether parts of a release come one by one, whenever a machine is free or at times of their own."""
    if release.pieces != 1 or release.options > 1 or release.launcher != NONE:
        return False
    if w.operation[release.operation].choices != 1:
        return False
    if release.kind == SATURATED:
        return release.cap >= UNLIMITED
    if release.kind != ARRIVALS or release.group_law != NONE or release.loses + release.blocks != 0:
        return False
    return w.station[w.choice[w.operation[release.operation].first_choice].station].room >= UNLIMITED


@kernel
def is_post(w, st):
    """Whether a station is a plain queue before one machine, fed by one saturated release at most."""
    if st.plain == 0 or st.machines != 1 or st.siblings + st.feeders != 0 or st.room <= 0:
        return False
    sources = 0
    for row in range(st.first_source, st.first_source + st.sources):
        sources += int(w.release[w.link[row]].kind == SATURATED)
    return sources <= 1


@kernel
def is_plain_item(item):
    """Whether a shelf is filled by those who make it and emptied by the kits of one station."""
    return item.serial == 0 and item.users <= 1 and (item.policy == NO_POLICY or item.policy == NEVER_SHORT)


@kernel
def is_repair(op):
    """Whether an operation makes a rejected part good, perhaps, and does nothing else."""
    looks = op.goods + op.inspects > 0 or op.false_reject > 0.0
    return not looks and op.gives == 0 and op.sample_every == 0 and op.transfer <= 1


@kernel
def is_plain_operation(w, o):
    """Whether an operation has one station, and its parts go from there to one other, to their shelf or to scrap."""
    op = w.operation[o]
    if op.bare == 0 or op.choices != 1 or op.law == NONE:
        return False
    s = w.choice[op.first_choice].station
    if not is_sure(op) and not is_repair(op):
        if not is_judged(op) or not (op.otherwise == SCRAP or is_near(w, s, op.otherwise)):
            return False
        if op.tries > 0 and not (op.past_tries == SCRAP or is_near(w, s, op.past_tries)):
            return False
    if not is_near(w, s, op.next):
        return False
    return op.kits == 0 or w.station[s].sources == 0 or is_all(w, o, s)


@kernel
def is_all(w, o, s):
    """Whether an operation is all that a station does, and nobody comes to it from another one."""
    for other in range(len(w.operation)):
        op = w.operation[other]
        if other != o and w.choice[op.first_choice].station == s:
            return False
        if op.next == o or (op.goods > 0 and (op.otherwise == o or op.past_tries == o)):
            return False
    return True


@kernel
def is_calm(w):
    """Whether the plant is in a state that the loop knows; the agenda has been worked off."""
    clock = w.clock[0]
    if clock.tracing + clock.people_freed + clock.parts_wanted != 0 or clock.suspect != NONE:
        return False
    for place in range(clock.events):
        if not is_known(w, w.event[place]):
            return False
    for r in range(len(w.release)):
        if w.release[r].kind == ARRIVALS and w.release[r].pending + w.release[r].standing != 0:
            return False
    for s in range(len(w.station)):
        if not is_post_calm(w, s):
            return False
    return True


@kernel
def is_known(w, event):
    """Whether an event is the end of what a machine does, or an arrival."""
    kind = event.key >> KIND_SHIFT
    if kind == COMPLETE:
        return w.machine[event.who].epoch == event.epoch
    return kind == ARRIVAL


@kernel
def is_post_calm(w, s):
    """Whether nothing but one part at a time is at a station, and on its machine."""
    st = w.station[s]
    ma = w.machine[st.first_machine]
    if st.on == 0 or st.inbound != 0 or ma.load > 1 or ma.until_time < FOREVER:
        return False
    if ma.absent + ma.down + ma.due_stops + ma.asking != 0 or ma.count_mode != NONE:
        return False
    p = w.lane[st.first_lane].first
    while p != NONE:
        if not is_single(w.part[p]):
            return False
        p = w.part[p].next
    return ma.part == NONE or is_single(w.part[ma.part])


@kernel
def is_single(part):
    """Whether a part is one piece of the only kind, with nothing held for it or built into it that is a part itself."""
    alone = part.held == NONE and part.child == NONE and part.conveyor == NONE
    return alone and part.pieces == 1 and part.option == 0
