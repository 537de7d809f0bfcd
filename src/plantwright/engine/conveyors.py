"""Accumulating conveyors: parts get on where there is a place, run to the end, queue up there and close up again.

Every part takes one place of the conveyor's length. A part that gets on at e is at the end at max(e + transit, d + gap)
where d is when the part before it got off: all parts behind a gap run at once. The next part gets on no earlier than
max(e + gap, when there is a place). So nothing needs to be followed in between: a position on the conveyor is never
looked at, and a part costs one event.
"""

from __future__ import annotations

from plantwright.codes import BLOCKED_BY, CONVEYED, NONE, PLACE_FREE, SET_OUT
from plantwright.engine.blocked import wait_last
from plantwright.engine.heap import push
from plantwright.engine.marks import mark_station, open_target
from plantwright.engine.trace import note
from plantwright.jit import kernel


@kernel
def conveyor_between(w, origin, s):
    """The conveyor that leads from station ``origin`` to station ``s``; NONE without."""
    if len(w.conveyor) == 0 or origin == NONE:
        return NONE
    travel = int(w.route[origin, s])
    return NONE if travel == NONE else w.travel[travel].conveyor


@kernel
def has_place_on(w, c):
    """Whether a conveyor has a place that nobody has or keeps."""
    belt = w.conveyor[c]
    return belt.count + belt.kept < belt.room


@kernel
def can_get_on(w, c):
    """Whether a part can get on a conveyor now: there is a place, and the part before it has left the begin."""
    return has_place_on(w, c) and w.clock[0].now >= w.conveyor[c].begin_free


@kernel
def get_on(w, p, c, travel):
    """A part gets on a conveyor; it has left its machine."""
    belt = w.conveyor[c]
    part = w.part[p]
    now = w.clock[0].now
    note(w, SET_OUT, part.number, w.choice[part.choice].station, travel, part.pieces)
    w.travel[travel].trips += 1
    part.conveyor = c
    part.entered = now + belt.transit
    part.mate = NONE
    if belt.first == NONE:
        belt.first = p
        push(w, max(part.entered, belt.end_free), CONVEYED, c, 0)
    else:
        w.part[belt.last].mate = p
    belt.last = p
    belt.count += 1
    belt.count_area -= now
    belt.begin_free = now + belt.gap
    wake_later(w, c)


@kernel
def get_off(w, p):
    """The first part of a conveyor leaves its end; those behind it run on."""
    part = w.part[p]
    c = part.conveyor
    belt = w.conveyor[c]
    now = w.clock[0].now
    belt.first = part.mate
    part.mate = NONE
    part.conveyor = NONE
    belt.count -= 1
    belt.count_area += now
    belt.carried += 1
    belt.end_free = now + belt.gap
    if belt.stands != 0:
        belt.stands = 0
        belt.stands_area += now
    if belt.first == NONE:
        belt.last = NONE
    else:
        push(w, max(w.part[belt.first].entered, belt.end_free), CONVEYED, c, 0)
    mark_conveyor(w, c)


@kernel
def stand(w, c):
    """The first part of a conveyor stands at its end."""
    belt = w.conveyor[c]
    belt.stands = 1
    belt.stands_area -= w.clock[0].now


@kernel
def wait_for_conveyor(w, p, c):
    """A part that cannot get on waits where it is, last in the list of those who want to."""
    part = w.part[p]
    wait_last(w, p, w.conveyor[c], target_of(w, c))
    note(w, BLOCKED_BY, part.number, part.waits_for, part.operation, part.pieces)
    change_queued(w, c, 1)
    if can_get_on(w, c):
        mark_conveyor(w, c)
    else:
        wake_later(w, c)


@kernel
def change_queued(w, c, parts):
    """Parts begin (or cease) to wait before a conveyor, with the account."""
    belt = w.conveyor[c]
    belt.queued += parts
    belt.queued_area -= parts * w.clock[0].now


@kernel
def wake_later(w, c):
    """Whoever waits before a conveyor is looked at when its begin is free of the part that got on last."""
    belt = w.conveyor[c]
    if belt.first_blocked != NONE and belt.wake_at < belt.begin_free and belt.begin_free > w.clock[0].now:
        belt.wake_at = belt.begin_free
        push(w, belt.begin_free, PLACE_FREE, c, 0)


@kernel
def begin_is_free(w):
    """The begins of conveyors are free of the parts that got on last; this comes first of all in its instant."""
    for c in range(len(w.conveyor)):
        if w.conveyor[c].begin_free == w.clock[0].now:
            mark_conveyor(w, c)


@kernel
def target_of(w, c):
    """A conveyor as a target for which parts wait: behind the stations and the shelves."""
    return len(w.station) + len(w.item) + c


@kernel
def mark_conveyor(w, c):
    """A conveyor may take another part: those who wait for that are looked at."""
    belt = w.conveyor[c]
    for row in range(belt.first_feeder, belt.first_feeder + belt.feeders):
        mark_station(w, w.link[row])
    if belt.is_open != 0 or belt.first_blocked == NONE:
        return
    belt.is_open = 1
    open_target(w, target_of(w, c))
