"""Queues of stations: lanes in, lanes out, and the choice of the next part by the station's rule."""

from __future__ import annotations

from plantwright.codes import (
    BLOCKED,
    CRITICAL,
    DUE,
    FAMILY_FIRST,
    FIFO,
    FOREVER,
    IDLE,
    IN_SETUP,
    JOINED,
    KIT,
    LACK_SKILL,
    NO_START,
    NONE,
    PEOPLE,
    TIMEOUT,
    WAIT_BATCH,
)
from plantwright.engine.account import record_time
from plantwright.engine.conveyors import conveyor_between, has_place_on
from plantwright.engine.crews import find_crew, wait_for_skill
from plantwright.engine.heap import push
from plantwright.engine.lacks import miss
from plantwright.engine.machines import free_machine_of
from plantwright.engine.marks import mark_station, suspect_station
from plantwright.engine.plan import has_plan, is_planned, is_turn
from plantwright.engine.stocks import kit_is_there, miss_kit
from plantwright.engine.tools import miss_tools, tools_are_there
from plantwright.engine.trace import note
from plantwright.engine.work import first_phase, time_ahead
from plantwright.jit import inlined, kernel

READY = 0
"""Nothing keeps a machine from starting."""


@inlined
def link_into(w, st, la, p):
    """Last in a lane; under rules that look at due dates, before all that are due later."""
    part = w.part[p]
    part.next = NONE
    rule = st.rule
    if la.first == NONE:
        la.first = p
        la.last = p
    elif (rule != DUE and rule != CRITICAL) or w.part[la.last].due <= part.due:
        w.part[la.last].next = p
        la.last = p
    elif w.part[la.first].due > part.due:
        part.next = la.first
        la.first = p
    else:
        before = la.first
        while w.part[w.part[before].next].due <= part.due:
            before = w.part[before].next
        part.next = w.part[before].next
        w.part[before].next = p


@inlined
def join(w, p, choice):
    """A part enters the queue of a station."""
    clock = w.clock[0]
    part = w.part[p]
    lane = w.choice[choice].lane
    la = w.lane[lane]
    s = la.station
    st = w.station[s]
    part.choice = choice
    part.entered = clock.now
    part.order = clock.sequence
    clock.sequence += 1
    note(w, JOINED, part.number, s, part.operation, part.pieces)
    link_into(w, st, la, p)
    la.count += 1
    la.pieces += part.pieces
    st.waiting += 1
    st.waiting_pieces += part.pieces
    st.queue_area -= clock.now
    st.wip += 1
    st.wip_area -= clock.now
    if free_machine_of(w, st) != NONE:  # a machine that becomes free later is tried then
        mark_station(w, s)


@inlined
def take_first(w, lane):
    """The first part of a lane leaves the queue for a machine."""
    clock = w.clock[0]
    la = w.lane[lane]
    st = w.station[la.station]
    p = la.first
    part = w.part[p]
    la.first = part.next
    if la.first == NONE:
        la.last = NONE
    part.next = NONE
    la.count -= 1
    la.pieces -= part.pieces
    st.waiting -= 1
    st.waiting_pieces -= part.pieces
    st.queue_area += clock.now
    waited = clock.now - part.entered
    st.wait_sum += waited
    st.waits += 1
    part.waited += waited
    op = w.operation[part.operation]
    op.wait_sum += waited
    op.waits += 1
    record_time(w, st.wait_histogram, waited)
    return p


@kernel
def has_room(w, s):
    """Whether the queue of a station can take one more part."""
    return has_room_at(w.station[s])


@kernel
def has_room_at(st):
    """``has_room`` of a station that is at hand."""
    return st.waiting + st.inbound < st.room


@kernel
def has_place(w, s):
    """Whether a part on its way would find room in the queue or, where nothing can wait, a machine of its own."""
    st = w.station[s]
    if st.room > 0:
        return has_room(w, s)
    return st.batch_max == 0 and st.on != 0 and st.waiting + st.inbound < st.free


@kernel
def is_picky(st):
    """Whether one idle machine of a station may be able to start what another one cannot."""
    return st.restricted != 0 or st.setup_needs > 0 or st.end_of_shift == NO_START


@kernel
def free_choice_after(w, m, o):
    """A choice of the operation after ``o`` with a place for it, at its station or on the way; NONE without."""
    following = w.operation[o].next
    op = w.operation[following]
    for c in range(op.first_choice, op.first_choice + op.choices):
        s = w.choice[c].station
        conveyor = conveyor_between(w, w.machine[m].station, s)
        if has_place_on(w, conveyor) if conveyor != NONE else has_place(w, s):
            return c
    return NONE


@kernel
def ends_in_shift(w, m, o, pieces):
    """Whether an operation begun now ends before the station's shift does."""
    st = w.station[w.machine[m].station]
    if st.calendar == NONE:
        return True
    return w.clock[0].now + time_ahead(w, m, o, pieces) <= w.calendar[st.calendar].turns


@kernel
def gravest(keeps):
    """Of the states of idleness whose bits are set, the one that goes first; a batch that is not full before IDLE."""
    for state in range(IDLE):
        if keeps >> state & 1:
            return state
    return WAIT_BATCH if keeps >> WAIT_BATCH & 1 else IDLE


@kernel
def obstacle(w, m, o, option, pieces):
    """All that keeps a machine from starting an operation now: READY, or bits of states.

    BLOCKED: no place to go to afterwards; IDLE: it would not end in its shift, or it is not its turn; KIT: parts or
    tools are missing; PEOPLE.
    """
    op = w.operation[o]
    if op.plain != 0:
        return READY
    if has_plan(w) and not is_turn(w, m, o):
        return 1 << IDLE
    s = w.machine[m].station
    st = w.station[s]
    found = READY
    if st.before_service != 0 and op.next >= 0 and free_choice_after(w, m, o) == NONE:
        found |= 1 << BLOCKED
        if st.ring != NONE:
            suspect_station(w, s)
    if st.end_of_shift == NO_START and not ends_in_shift(w, m, o, pieces):
        found |= 1 << IDLE
    if op.kits > 0 and not kit_is_there(w, o, option, pieces):
        found |= 1 << KIT
        miss_kit(w, s, o, option, pieces)
    if op.tools > 0 and not tools_are_there(w, o):
        found |= 1 << KIT
        miss_tools(w, s, o)
    if needs_people(w, m, o) and people_are_missing(w, m, o):
        found |= 1 << PEOPLE
    return found


@kernel
def needs_people(w, m, o):
    """Whether a machine needs people to begin an operation, or will before it ends."""
    op = w.operation[o]
    if op.needs > 0 or op.attends > 0:
        return True
    return w.station[w.machine[m].station].setup_needs > 0 and first_phase(w, m, o) == IN_SETUP


@kernel
def people_are_missing(w, m, o):
    """Whether nobody is free for some skill that an operation needs on a machine; its station waits for all of them.

    A plan counts on those who work after a setup only once it is over.
    """
    op = w.operation[o]
    s = w.machine[m].station
    st = w.station[s]
    if is_planned(w, o) and first_phase(w, m, o) == IN_SETUP:
        return miss_skills(w, s, st.first_setup_need, st.setup_needs)
    missing = miss_skills(w, s, op.first_need, op.needs)
    if miss_skills(w, s, op.first_attend, op.attends):
        missing = True
    if st.setup_needs > 0 and first_phase(w, m, o) == IN_SETUP:
        if miss_skills(w, s, st.first_setup_need, st.setup_needs):
            missing = True
    return missing


@kernel
def miss_skills(w, s, first, count):
    """Whether nobody is free for some of these needs; the station waits for all such skills."""
    missing = False
    for n in range(first, first + count):
        need = w.need[n]
        if find_crew(w, need.skill, need.amount) == NONE:
            wait_for_skill(w, s, need.skill)
            miss(w, s, LACK_SKILL, need.skill)
            missing = True
    return missing


@kernel
def batch_is_ready(w, s, lane):
    """Whether an oven should start with the parts of this lane: enough of them, or the first has waited long enough.

    What else happens at the instant at which its time is over comes first: it is over when the time-out has happened.
    """
    st = w.station[s]
    la = w.lane[lane]
    if la.pieces >= st.batch_min:
        return True
    if st.batch_wait >= FOREVER:
        if not has_room(w, s):
            suspect_station(w, s)
        return False
    now = w.clock[0].now
    limit = w.part[la.first].entered + st.batch_wait
    if limit < now or limit == w.clock[0].timed_out:
        return True
    if st.timeout_at == NONE or limit < st.timeout_at:
        st.timeout_at = limit
        push(w, limit, TIMEOUT, s, 0)
    return False


@kernel
def rank_of(w, m, lane):
    """First sorting key of a lane under its station's rule; the smaller goes first, ties go to the earlier part."""
    la = w.lane[lane]
    rule = w.station[la.station].rule
    if rule == FIFO:
        return 0
    if rule == FAMILY_FIRST:
        return 0 if la.family == w.machine[m].family else 1
    if rule == DUE:
        return w.part[la.first].due
    if rule == CRITICAL:
        slack = float(w.part[la.first].due - w.clock[0].now)
        return int(slack / max(float(la.rank), 1.0) * 1e6)
    return la.rank


@kernel
def only_lane(w, lane, m):
    """``choose_lane`` where there is nothing to choose."""
    la = w.lane[lane]
    if la.count == 0:
        return NONE, READY
    part = w.part[la.first]
    obstructed = obstacle(w, m, part.operation, part.option, part.pieces)
    return (lane if obstructed == READY else NONE), obstructed


@kernel
def choose_lane(w, s, m):
    """The lane from which machine ``m`` takes its next part, or NONE, and what keeps it, as bits of states."""
    st = w.station[s]
    if st.plain != 0:
        return only_lane(w, st.first_lane, m)
    best = NONE
    best_rank = 0
    best_order = 0
    keeps = READY
    for lane in range(st.first_lane, st.first_lane + st.lanes):
        la = w.lane[lane]
        if la.count == 0:
            continue
        p = la.first
        part = w.part[p]
        if st.restricted != 0 and w.qualified[m, part.item_] == 0:
            continue
        rank = rank_of(w, m, lane)
        if best != NONE and (rank > best_rank or (rank == best_rank and part.order > best_order)):
            continue
        if st.batch_max > 0 and not batch_is_ready(w, s, lane):
            keeps |= 1 << WAIT_BATCH
            continue
        obstructed = obstacle(w, m, part.operation, part.option, part.pieces)
        if obstructed != READY:
            keeps |= obstructed
            continue
        best = lane
        best_rank = rank
        best_order = part.order
    return best, keeps
