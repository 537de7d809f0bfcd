"""Releases: how parts enter the plant."""

from __future__ import annotations

from plantwright.codes import (
    ARRIVAL,
    ARRIVALS,
    BY_MIX,
    CONWIP,
    DRAW_ARRIVAL,
    DRAW_GROUP,
    FOREVER,
    NONE,
    OPENING,
    PLANNED,
    PULLED,
)
from plantwright.engine.draw import next_of, rounded, sample
from plantwright.engine.heap import push
from plantwright.engine.marks import mark_release
from plantwright.engine.move import admit, can_take_now, queue_length, wait_before
from plantwright.engine.onward import walk_in
from plantwright.engine.parts import create, draw_option
from plantwright.engine.queues import has_room
from plantwright.engine.start import try_start
from plantwright.engine.trace import is_log_full
from plantwright.jit import kernel


@kernel
def entry(w, r):
    """The choice by which a part of a release can enter now; NONE when it has to wait outside."""
    release = w.release[r]
    op = w.operation[release.operation]
    option = draw_option(w, r)
    best = NONE
    best_length = FOREVER
    for c in range(op.first_choice, op.first_choice + op.choices):
        s = w.choice[c].station
        st = w.station[s]
        if st.first_blocked != NONE and release.kind != PLANNED:
            continue
        if op.choices > 1 and can_take_now(w, s, release.operation, option, release.pieces):
            return c
        if has_room(w, s) or can_take_now(w, s, release.operation, option, release.pieces):
            length = queue_length(w, s)
            if length < best_length:
                best = c
                best_length = length
    return best


@kernel
def enter(w, r, due):
    """Let one part of a release in: True when it entered."""
    choice = entry(w, r)
    if choice == NONE:
        return False
    clock = w.clock[0]
    if clock.free_parts <= clock.reserve_parts or is_log_full(w):
        clock.parts_wanted = 1
        return False
    p = create(w, r, due)
    w.part[p].choice = choice
    if not admit(w, p, choice):
        wait_before(w, p, w.choice[choice].station)
    elif w.release[r].loses != 0:
        try_start(w, w.choice[choice].station)
    return True


@kernel
def let_in(w, r):
    """Let in what a release has ready, as far as there is room and its cap allows."""
    release = w.release[r]
    now = w.clock[0].now
    if release.kind == CONWIP:
        while release.wip < release.cap and enter(w, r, now):
            pass
    elif release.kind == ARRIVALS:
        while release.pending > 0 and enter(w, r, now):
            release.pending -= release.pieces
        if release.loses != 0 and w.clock[0].parts_wanted == 0:
            w.item[release.item_].turned_away += release.pending
            release.pending = 0
        if release.standing != 0 and release.pending <= 0:
            release.standing = 0
            next_arrival(w, r)
    elif release.kind == PULLED:
        lot = max(w.item[release.item_].lot, release.pieces)
        if release.pending >= lot:
            lots = release.pending // lot
            release.pending -= lots * lot
            release.again += lots * lot
        while release.again > 0 and enter(w, r, now):
            release.again -= release.pieces
    elif release.kind == PLANNED:
        while release.pending > 0 and enter_next(w, r):
            pass


@kernel
def enter_next(w, r):
    """Let the next job of a plan in: True when it entered."""
    release = w.release[r]
    job = w.opening[release.first_opening + release.opened]
    release.operation = job.operation
    release.pieces = job.pieces
    if not enter(w, r, job.due):
        return False
    w.visit[job.operation].parts = 1
    release.pending -= job.pieces
    release.opened += 1
    return True


@kernel
def next_of_mix(w, first, count):
    """The release whose turn it is: the one with the largest credit once every product got its share."""
    best = NONE
    best_credit = 0.0
    for row in range(first, first + count):
        release = w.release[w.link[row]]
        credit = release.credit + release.weight
        if best == NONE or credit > best_credit:
            best = w.link[row]
            best_credit = credit
    return best


@kernel
def launch_by_mix(w, la):
    """Let products in strictly in the sequence of the mix; the next one waits for its own cap and room."""
    while True:
        r = next_of_mix(w, la.first, la.count)
        release = w.release[r]
        if release.wip >= release.cap or not enter(w, r, w.clock[0].now):
            return
        for row in range(la.first, la.first + la.count):
            w.release[w.link[row]].credit += w.release[w.link[row]].weight
        release.credit -= float(release.pieces)


@kernel
def due_of(w, r):
    """Due date of the next unit of a dated release; a replacement is due when what it replaces was."""
    release = w.release[r]
    if release.again > 0:
        return release.again_due
    return w.opening[release.first_opening + release.opened].due


@kernel
def earliest_due(w, la, after):
    """Of products whose orders are open and whose cap allows: the earliest due later than ``after``, (due, release)."""
    best = NONE
    best_due = FOREVER
    for row in range(la.first, la.first + la.count):
        r = w.link[row]
        release = w.release[r]
        if release.wip >= release.cap or (release.again <= 0 and release.pending <= 0):
            continue
        due = due_of(w, r)
        if (due > after[0] or (due == after[0] and r > after[1])) and due < best_due:
            best = r
            best_due = due
    return best_due, best


@kernel
def use_up(w, r):
    """One part of a dated release has been let in."""
    release = w.release[r]
    if release.again > 0:
        release.again -= release.pieces
        return
    release.pending -= release.pieces
    release.taken += release.pieces
    while (
        release.opened < release.openings and release.taken >= w.opening[release.first_opening + release.opened].pieces
    ):
        release.taken -= w.opening[release.first_opening + release.opened].pieces
        release.opened += 1


@kernel
def launch_by_date(w, la):
    """Let products in by due date; one that has no room does not hold up the others."""
    after = (-FOREVER, NONE)
    while True:
        due, r = earliest_due(w, la, after)
        if r == NONE:
            return
        if enter(w, r, due):
            use_up(w, r)
        elif w.clock[0].parts_wanted != 0:
            return
        else:
            after = (due, r)


@kernel
def launch(w, launcher):
    """Let products of a launcher in."""
    la = w.launcher[launcher]
    if la.kind == BY_MIX:
        launch_by_mix(w, la)
    else:
        launch_by_date(w, la)


@kernel
def next_arrival(w, r):
    """Schedule the next arrival of a release."""
    release = w.release[r]
    release.whole = rounded(next_of(w, release, release.law, DRAW_ARRIVAL, r, release.arrivals))
    release.due = w.clock[0].now + release.whole
    push(w, release.due, ARRIVAL, r, 0)


@kernel
def arrival(w, r):
    """Parts arrive: they enter, wait outside, are lost, or make their source stand still until they have entered."""
    release = w.release[r]
    parts = 1
    if release.group_law != NONE:
        parts = rounded(sample(w, release.group_law, DRAW_GROUP, r, 0, release.arrivals))
    release.arrivals += 1
    release.pending += parts * release.pieces
    if release.blocks != 0:
        release.standing = 1
    else:
        next_arrival(w, r)
        if walk_in(w, r):
            return
    mark_release(w, r)


@kernel
def next_opening(w, r):
    """Schedule the moment from which the next dated orders may be started."""
    release = w.release[r]
    if release.next_opening < release.openings:
        push(w, max(w.opening[release.first_opening + release.next_opening].time, w.clock[0].now), OPENING, r, 0)


@kernel
def open_orders(w, r):
    """Dated orders may be started from now on."""
    release = w.release[r]
    release.pending += w.opening[release.first_opening + release.next_opening].pieces
    release.next_opening += 1
    next_opening(w, r)
