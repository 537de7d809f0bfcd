"""Starting: a free machine takes the next part (or batch) with its kit, tools and people."""

from __future__ import annotations

from plantwright.codes import FAMILY_FIRST, IDLE, IN_WORK, NO_START, NONE, SATURATED, STARTED
from plantwright.engine.account import change_presence, explain_idleness
from plantwright.engine.lacks import settle_lacks
from plantwright.engine.learning import practise
from plantwright.engine.machines import free_machine, leave_idle, reserve
from plantwright.engine.marks import mark_room, mark_station
from plantwright.engine.operate import carry_on
from plantwright.engine.parts import create, draw_option
from plantwright.engine.plan import has_plan, take_turn
from plantwright.engine.queues import (
    READY,
    choose_lane,
    free_choice_after,
    gravest,
    is_picky,
    obstacle,
    take_first,
)
from plantwright.engine.stocks import kit_is_there, take_kit
from plantwright.engine.tools import take_tools
from plantwright.engine.trace import is_log_full, note
from plantwright.engine.work import first_phase, setup_law
from plantwright.jit import inlined, kernel


@inlined
def load(w, m, p, behind):
    """Put a part on a machine, behind the part that was loaded last (NONE: it is the first)."""
    ma = w.machine[m]
    part = w.part[p]
    part.machine = m
    part.origin = ma.station
    part.waits_for = NONE
    part.mate = NONE
    if behind == NONE:
        ma.part = p
    else:
        w.part[behind].mate = p
    ma.load += 1
    o = part.operation
    note(w, STARTED, part.number, m, o, part.pieces)
    if w.operation[o].kits > 0:
        take_kit(w, o, p)


@kernel
def begin(w, m, o):
    """The loaded machine begins operation ``o``."""
    ma = w.machine[m]
    op = w.operation[o]
    if w.station[ma.station].before_service != 0 and op.next >= 0:
        reserve(w, m, free_choice_after(w, m, o))
    leave_idle(w, m)
    ma.operation = o
    op.starts += 1
    ma.number = op.starts
    ma.cycles += 1
    ma.holds = 0
    if op.bare != 0:
        ma.family = op.family
        carry_on(w, m, IN_WORK)
        return
    if has_plan(w):
        take_turn(w, m, o)
    practise(w, op)
    phase = first_phase(w, m, o)
    if setup_law(w, ma.station, ma.family, op.family) == NONE:
        ma.family = op.family
    ma.mounting = NONE
    if op.tools > 0:
        take_tools(w, m, o)
    if op.choices > 1:
        ask_others(w, o)
    carry_on(w, m, phase)


@kernel
def ask_others(w, o):
    """An operation has begun at one of several stations: the next start takes another time, which may fit a shift."""
    op = w.operation[o]
    for c in range(op.first_choice, op.first_choice + op.choices):
        if w.station[w.choice[c].station].end_of_shift == NO_START:
            mark_station(w, w.choice[c].station)


@kernel
def fits(w, p, pieces, most):
    """Whether a waiting part fits into an oven that holds so many pieces already, its kit being there."""
    part = w.part[p]
    if pieces + part.pieces > most:
        return False
    return w.operation[part.operation].kits == 0 or kit_is_there(w, part.operation, part.option, part.pieces)


@kernel
def start_from(w, s, m, lane):
    """Machine ``m`` takes the first part of a lane, or as many as its oven holds."""
    st = w.station[s]
    p = take_first(w, lane)
    o = w.part[p].operation
    pieces = w.part[p].pieces
    load(w, m, p, NONE)
    la = w.lane[lane]
    while st.batch_max > 0 and la.count > 0 and fits(w, la.first, pieces, st.batch_max):
        behind = p
        p = take_first(w, lane)
        pieces += w.part[p].pieces
        load(w, m, p, behind)
    begin(w, m, o)


@kernel
def let_in_here(w, s, m, r, behind):
    """A part of a saturated release enters at the machine that takes it, behind what is on it; the part."""
    p = create(w, r, w.clock[0].now)
    w.part[p].entered = w.clock[0].now
    change_presence(w, s, 1)
    load(w, m, p, behind)
    return p


@kernel
def fill_up(w, s, m, r):
    """Parts of a saturated release enter: one, or as many as the oven holds."""
    release = w.release[r]
    op = w.operation[release.operation]
    p = let_in_here(w, s, m, r, NONE)
    pieces = 2 * release.pieces
    while pieces <= w.station[s].batch_max and release.wip < release.cap:
        if op.kits > 0 and not kit_is_there(w, release.operation, draw_option(w, r), release.pieces):
            return
        p = let_in_here(w, s, m, r, p)
        pieces += release.pieces


@kernel
def start_saturated(w, s, m):
    """Let a part of a saturated release in at this very machine: (started, what keeps it)."""
    st = w.station[s]
    keeps = READY
    for row in range(st.first_source, st.first_source + st.sources):
        r = w.link[row]
        release = w.release[r]
        if release.kind != SATURATED or release.wip >= release.cap:
            continue
        if st.restricted != 0 and w.qualified[m, release.item_] == 0:
            continue
        obstructed = obstacle(w, m, release.operation, draw_option(w, r), release.pieces)
        if obstructed != READY:
            keeps |= obstructed
            continue
        clock = w.clock[0]
        if clock.free_parts <= clock.reserve_parts or is_log_full(w):
            clock.parts_wanted = 1
            mark_station(w, s)
            return False, keeps
        fill_up(w, s, m, r)
        begin(w, m, release.operation)
        return True, READY
    return False, keeps


@kernel
def start_on(w, s, m):
    """Start something on machine ``m``: (started, what keeps it)."""
    lane, keeps = choose_lane(w, s, m)
    if lane != NONE:
        start_from(w, s, m, lane)
        return True, READY
    if w.station[s].sources > 0:
        started, lacks = start_saturated(w, s, m)
        return started, keeps | lacks
    return False, keeps


@kernel
def fitting_machine(w, s, m):
    """Under same-family-first: the longest idle machine that is set up for a family that waits, else ``m``."""
    st = w.station[s]
    other = st.first_idle
    while other != NONE:
        for lane in range(st.first_lane, st.first_lane + st.lanes):
            la = w.lane[lane]
            if la.count > 0 and la.family == w.machine[other].family:
                return other
        other = w.machine[other].next_idle
    return m


@kernel
def try_start(w, s):
    """Start one machine of a station if it can be: True when something started."""
    m = free_machine(w, s)
    if m == NONE:
        return False
    st = w.station[s]
    st.look += 1
    waiting = st.waiting
    if st.rule == FAMILY_FIRST:
        m = fitting_machine(w, s, m)
    started, keeps = start_on(w, s, m)
    other = st.first_idle if is_picky(st) else NONE
    while not started and other != NONE:
        started, lacks = start_on(w, s, other)
        keeps |= lacks
        other = w.machine[other].next_idle
    if not started:
        if w.clock[0].parts_wanted != 0:  # room for another part has to be made first: then it is tried again
            return False
        if keeps >> st.idle_state & 1 == 0:
            explain_idleness(w, s, gravest(keeps))
        if st.lacks > 0:
            settle_lacks(w, s)
        return False
    explain_idleness(w, s, IDLE)
    if st.waiting < waiting:
        mark_room(w, s)
    return True
