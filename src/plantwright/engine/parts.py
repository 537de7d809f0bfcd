"""Parts: their pool, their birth, their end."""

from __future__ import annotations

from plantwright.codes import BY_MIX, DRAW_OPTION, ENTERED, NONE, PLANNED, PULLED, SCRAPPED, SHELVED, SPLIT
from plantwright.engine.account import change_process, record_time
from plantwright.engine.draw import uniform
from plantwright.engine.marks import mark_release
from plantwright.engine.plan import count_parts, has_plan
from plantwright.engine.trace import note
from plantwright.jit import kernel


@kernel
def take_record(w):
    """A free record of the pool (the kernel keeps ``clock.reserve_parts`` of them in hand)."""
    clock = w.clock[0]
    p = clock.free_part
    clock.free_part = w.part[p].next
    clock.free_parts -= 1
    part = w.part[p]
    part.number = clock.parts_made
    clock.parts_made += 1
    part.next = NONE
    part.mate = NONE
    part.machine = NONE
    part.held = NONE
    part.child = NONE
    part.sibling = NONE
    part.origin = NONE
    part.waits_for = NONE
    part.conveyor = NONE
    part.waited = 0
    part.contents = 0
    part.tried = NONE
    part.tries = 0
    part.defects = 0
    return p


@kernel
def give_back(w, p):
    """Return a part and everything built into it to the pool."""
    clock = w.clock[0]
    while p != NONE:
        part = w.part[p]
        following = part.sibling
        if part.child != NONE:
            last = part.child
            while w.part[last].sibling != NONE:
                last = w.part[last].sibling
            w.part[last].sibling = following
            following = part.child
        part.next = clock.free_part
        clock.free_part = p
        clock.free_parts += 1
        p = following


@kernel
def draw_option(w, r):
    """The option of the next unit of a release: the index of its bit in the kits."""
    release = w.release[r]
    if release.options <= 1:
        return 0
    u = uniform(w, DRAW_OPTION, r, 0, release.created)
    for k in range(release.options - 1):
        if u < w.share[release.first_option + k]:
            return k
    return release.options - 1


@kernel
def create(w, r, due):
    """A part of release ``r`` enters the plant, at its first operation."""
    release = w.release[r]
    p = take_record(w)
    part = w.part[p]
    part.item_ = release.item_
    part.operation = release.operation
    part.pieces = release.pieces
    part.born = w.clock[0].now
    part.due = due
    part.option = draw_option(w, r)
    release.created += 1
    release.wip += 1
    note(w, ENTERED, part.number, r, part.item_, part.pieces)
    w.item[release.item_].released += release.pieces
    change_process(w, release.item_, release.pieces)
    return p


@kernel
def split(w, p, pieces):
    """A part of its own for some pieces of a part; the rest stays."""
    q = take_record(w)
    part, other = w.part[p], w.part[q]
    other.item_ = part.item_
    other.operation = part.operation
    other.born = part.born
    other.due = part.due
    other.option = part.option
    other.tried = part.tried
    other.tries = part.tries
    other.origin = part.origin
    other.pieces = pieces
    other.waited = part.waited
    other.contents = part.contents * pieces // part.pieces
    part.contents -= other.contents
    part.pieces -= pieces
    note(w, SPLIT, other.number, part.number, part.item_, pieces)
    w.release[w.item[part.item_].release].wip += 1
    if has_plan(w):
        count_parts(w, part.operation, 1)
    return q


@kernel
def leave_process(w, p):
    """A part leaves process, good or not: its release may send the next one."""
    count_out(w, p)
    mark_release(w, w.item[w.part[p].item_].release)


@kernel
def count_out(w, p):
    """A part is in process no more."""
    part = w.part[p]
    item = w.item[part.item_]
    change_process(w, part.item_, -part.pieces)
    item.contents -= part.contents
    w.release[item.release].wip -= 1


@kernel
def undo_launch(w, release, pieces):
    """Give the mix back what a launch took, so that scrapped pieces count for nobody's share."""
    launcher = w.launcher[release.launcher]
    launches = float(pieces) / float(release.pieces)
    for row in range(launcher.first, launcher.first + launcher.count):
        w.release[w.link[row]].credit -= w.release[w.link[row]].weight * launches
    release.credit += float(pieces)


@kernel
def count_try(w, p, judge):
    """How often in a row a part has now been rejected by an operation, or its lot by a laboratory."""
    part = w.part[p]
    part.tries = part.tries + 1 if part.tried == judge else 1
    part.tried = judge
    return part.tries


@kernel
def scrap(w, p):
    """A part is scrapped with all that is in it, a sample with the lot that waits for it."""
    lot = w.part[p].held
    scrap_one(w, p)
    while lot != NONE:
        following = w.part[lot].next
        scrap_one(w, lot)
        lot = following


@kernel
def scrap_one(w, p):
    """One part is scrapped; what was ordered is ordered again."""
    part = w.part[p]
    note(w, SCRAPPED, part.number, part.item_, NONE, part.pieces)
    w.item[part.item_].scrapped += part.pieces
    w.item[part.item_].lost_in += part.contents
    leave_process(w, p)
    release = w.release[w.item[part.item_].release]
    if release.kind == PULLED:
        release.pending += part.pieces
    elif release.kind == PLANNED:
        count_parts(w, part.operation, -1)
    elif release.launcher != NONE:
        if w.launcher[release.launcher].kind == BY_MIX:
            undo_launch(w, release, part.pieces)
        else:
            release.again_due = min(release.again_due, part.due) if release.again > 0 else part.due
            release.again += part.pieces
    give_back(w, p)


@kernel
def count_finish(w, p):
    """Statistics of a finished part: flow time and the time between departures."""
    part = w.part[p]
    item = w.item[part.item_]
    now = w.clock[0].now
    flow = now - part.born
    note(w, SHELVED, part.number, part.item_, NONE, part.pieces)
    item.finished += part.pieces
    item.flow_sum += float(flow)
    item.flows += 1
    item.wait_sum += float(part.waited)
    record_time(w, item.flow_histogram, flow)
    record_time(w, item.wait_histogram, part.waited)
    item.built_in += part.contents
    if part.tried == NONE:
        item.first_passed += part.pieces
    if item.last_finish != NONE:
        gap = float(now - item.last_finish)
        item.gap_sum += gap
        item.gap_squares += gap * gap
        item.gaps += 1
    item.last_finish = now
