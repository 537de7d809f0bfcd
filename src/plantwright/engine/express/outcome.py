"""What comes of an operation that is not simply done: rejected, scrapped, or in the way of others."""

from __future__ import annotations

from plantwright.codes import BLOCKED, DRAW_MEND, NONE
from plantwright.engine.blocked import wait_last
from plantwright.engine.draw import sample_binomial
from plantwright.engine.outcome import count_inspection, spoilt, way_of_rejected
from plantwright.engine.parts import count_out, count_try, give_back
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
    count_out(w, p)
    give_back(w, p)


@inlined
def stay(w, x, p):
    """A part stays on its machine until there is room where it wants to go."""
    w.state_time[w.part[p].origin][BLOCKED] -= w.clock[0].now
    x.state = BLOCKED


@inlined
def wait_before(w, x, p, o, t):
    """A part waits for room before operation ``o`` at station ``t``."""
    stay(w, x, p)
    w.part[p].choice = w.operation[o].first_choice
    y = w.post[t]
    wait_last(w, p, y, t)
    if y.ring != NONE and y.ring == x.ring and comes_round(w, t):
        w.clock[0].suspect = t


@kernel
def wait_for_shelf(w, x, p, i):
    """A finished part waits for room on its shelf."""
    stay(w, x, p)
    wait_last(w, p, w.item[i], len(w.station) + i)


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
