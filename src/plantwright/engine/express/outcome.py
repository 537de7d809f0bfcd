"""What comes of an operation that is not simply done: rejected, scrapped, or in the way of others."""

from __future__ import annotations

from plantwright.codes import BLOCKED, DRAW_MEND, NONE
from plantwright.engine.draw import sample_binomial
from plantwright.engine.express.kits import put_back
from plantwright.engine.outcome import count_inspection, spoilt, way_of_rejected
from plantwright.engine.parts import count_try
from plantwright.jit import inlined, kernel


@kernel
def judge(w, p, o):
    """Where a part goes that may have been spoilt, or mended."""
    op = w.operation[o]
    part = w.part[p]
    number = op.ends + op.starts  # how often it has ended: see ``reckoning``
    if op.mends > 0.0 and part.defects > 0:
        part.defects -= sample_binomial(w, part.defects, op.mends, DRAW_MEND, o, number)
    if op.goods == 0:
        return op.next
    bad = spoilt(w, p, o, number)
    part.defects += bad
    count_inspection(w, op.only, p, o, bad, 0)
    return way_of_rejected(op, count_try(w, p, o)) if bad > 0 else op.next


@kernel
def scrap(w, p):
    """A part is scrapped."""
    part = w.part[p]
    item = w.item[part.item_]
    item.scrapped += 1
    item.lost_in += part.contents
    item.contents -= part.contents
    item.wip_area += w.clock[0].now
    put_back(w, p)


@inlined
def stay(w, x, p, target):
    """A part stays on its machine until its target has room."""
    clock = w.clock[0]
    s = w.part[p].origin
    w.state_time[s][BLOCKED] -= clock.now
    x.state = BLOCKED
    part = w.part[p]
    part.waits_for = target
    part.blocked = clock.sequence
    part.next = NONE
    clock.sequence += 1


@inlined
def wait_before(w, x, p, o, t):
    """A part waits for room before operation ``o`` at station ``t``."""
    stay(w, x, p, t)
    w.part[p].choice = w.operation[o].first_choice
    y = w.post[t]
    if y.first_blocked == NONE:
        y.first_blocked = p
    else:
        w.part[y.last_blocked].next = p
    y.last_blocked = p
    if y.ring != NONE and y.ring == x.ring and comes_round(w, t):
        w.clock[0].suspect = t


@kernel
def wait_for_shelf(w, x, p, i):
    """A finished part waits for room on its shelf."""
    stay(w, x, p, len(w.station) + i)
    item = w.item[i]
    if item.first_blocked == NONE:
        item.first_blocked = p
    else:
        w.part[item.last_blocked].next = p
    item.last_blocked = p


@kernel
def comes_round(w, s):
    """Whether the way from post to post, each without room and blocked, may never come to an end."""
    for _ in range(len(w.station)):
        x = w.post[s]
        if x.waiting < x.room or x.state != BLOCKED:
            return False
        s = w.part[x.part].waits_for
        if s >= len(w.station):
            return False
    return True
