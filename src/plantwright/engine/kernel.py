"""The heart: take the earliest event, let it happen, then move whatever can move; again and again.

``advance`` keeps nothing in locals, so it can stop between events, hand its world to Python (to grow an array, show
progress, hear Ctrl-C, take a snapshot) and be entered again as if nothing had happened.
"""

from __future__ import annotations

from plantwright.codes import (
    ARRIVAL,
    ARRIVE,
    BUDGET,
    CALENDAR,
    CARRIED,
    CARRIER_FREE,
    COMPLETE,
    CONVEYED,
    DEADLOCK,
    DELIVERY,
    EVENTS_FULL,
    EXHAUSTED,
    FAIL,
    FOREVER,
    IN_SETUP,
    LOG_FULL,
    NONE,
    OPENING,
    ORDER,
    PARTS_FULL,
    PLACE_FREE,
    REACHED,
    REPAIRED,
    TIMEOUT,
    TOOL_FREE,
)
from plantwright.engine.account import settle
from plantwright.engine.carriers import dispatch, park, serve_drivers
from plantwright.engine.conveyors import begin_is_free, change_queued, conveyor_between
from plantwright.engine.deadlock import is_deadlocked
from plantwright.engine.failures import repaired, stop, strike_by_trips
from plantwright.engine.follow import begin_next
from plantwright.engine.heap import KIND_SHIFT, earliest, fill_top
from plantwright.engine.machines import free_machine
from plantwright.engine.marks import mark_entry, mark_release, mark_station, take_station
from plantwright.engine.move import admit, arrive, reach_end, shelve, unload
from plantwright.engine.onward import pass_and_follow, relieve
from plantwright.engine.operate import carry_on, serve_asking
from plantwright.engine.outcome import end_operation
from plantwright.engine.plan import has_plan, holds_up
from plantwright.engine.release import arrival, launch, let_in, open_orders
from plantwright.engine.repairs import serve_repairs
from plantwright.engine.shifts import change_shift
from plantwright.engine.start import try_start
from plantwright.engine.stocks import customer, receive
from plantwright.engine.tools import unit_is_back
from plantwright.engine.trace import is_log_full
from plantwright.engine.work import leave_phase, phase_after
from plantwright.jit import entry, inlined, kernel


@inlined
def complete(w, m):
    """A phase of the work on a machine is over: the next phase, or the end of the operation."""
    ma = w.machine[m]
    phase = ma.phase
    ma.running = 0
    if phase != IN_SETUP:
        ma.busy_clock += w.clock[0].now - ma.busy_from
    if w.operation[ma.operation].bare != 0:
        if not pass_and_follow(w, m):
            end_operation(w, m)
        return
    leave_phase(w, m)
    following = phase_after(w, ma.operation, phase)
    if following != NONE:
        carry_on(w, m, following)
    else:
        end_operation(w, m)


@kernel
def is_void(w, kind, who, epoch):
    """Whether an event was overtaken: its machine was halted, or its mode struck or was repaired in between."""
    if kind == COMPLETE:
        return w.machine[who].epoch != epoch
    if kind == REPAIRED or kind == FAIL:
        return w.mode[who].epoch != epoch
    if kind == CARRIED or kind == CARRIER_FREE:
        return w.vehicle[who].epoch != epoch
    return False


@inlined
def happen(w, kind, who, epoch):
    """Let one event happen."""
    if is_void(w, kind, who, epoch):
        return
    if kind == COMPLETE:
        complete(w, who)
    elif kind == ARRIVE:
        arrive(w, who)
    elif kind == CONVEYED:
        reach_end(w, who)
    elif kind == PLACE_FREE:
        begin_is_free(w)
    elif kind == REPAIRED:
        repaired(w, who)
    elif kind == FAIL:
        stop(w, who)
    elif kind == ARRIVAL:
        arrival(w, who)
    elif kind == CALENDAR:
        change_shift(w, who)
    elif kind == DELIVERY:
        receive(w, who, epoch)
    elif kind == ORDER:
        customer(w, who)
    elif kind == OPENING:
        open_orders(w, who)
        mark_release(w, who)
    elif kind == TIMEOUT:
        time_out(w, who)
    elif kind == TOOL_FREE:
        unit_is_back(w, who)
    elif kind == CARRIED:
        unload(w, who)
    elif kind == CARRIER_FREE:
        come_back(w, who)


@kernel
def come_back(w, v):
    """A vehicle is back: it fails if it has made its trips, else it takes what waits."""
    park(w, v)
    strike_by_trips(w, v)
    dispatch(w, w.vehicle[v].carrier)


@kernel
def time_out(w, s):
    """The longest wait before an oven is over; all that are over at one instant are over together."""
    clock = w.clock[0]
    clock.timed_out = clock.now
    w.station[s].timeout_at = NONE
    mark_station(w, s)
    fill_top(w)
    while clock.events > 0:
        event = w.event[earliest(w)]
        if event.time != clock.now or event.key >> KIND_SHIFT != TIMEOUT:
            return
        w.station[event.who].timeout_at = NONE
        mark_station(w, event.who)
        clock.vacant = 1
        fill_top(w)


@kernel
def first_of_open(w, slot):
    """The part blocked first of those that may go to the target in this slot of the list of opened ones, or NONE."""
    target = w.agenda[1][slot]
    stations = len(w.station)
    if target >= stations:
        other = target - stations
        if other >= len(w.item):
            return first_movable(w, w.conveyor[other - len(w.item)].first_blocked)
        return first_movable(w, w.item[other].first_blocked)
    st = w.station[target]
    best = first_movable(w, st.first_blocked)
    for row in range(st.first_sibling, st.first_sibling + st.siblings):
        p = first_movable(w, w.station[w.link[row]].first_blocked)
        while p != NONE and choice_at(w, p, target) == NONE:
            p = first_movable(w, w.part[p].next)
        if p != NONE and (best == NONE or w.part[p].blocked < w.part[best].blocked):
            best = p
    return best


@kernel
def first_movable(w, p):
    """From part ``p`` of a list of blocked ones on, the first that its machine hands over and that has its turn."""
    while p != NONE and (is_locked(w, p) or (has_plan(w) and holds_up(w, p))):
        p = w.part[p].next
    return p


@kernel
def choice_at(w, p, s):
    """The choice by which a part's operation can be done at a station; NONE where it cannot, or is out of its reach."""
    part = w.part[p]
    op = w.operation[part.operation]
    for c in range(op.first_choice, op.first_choice + op.choices):
        if w.choice[c].station == s:
            return c if conveyor_between(w, part.origin, s) == part.conveyor else NONE
    return NONE


@kernel
def part_before(w, first, p):
    """The part before ``p`` in a list of blocked ones; NONE before the first."""
    before = NONE
    while first != p:
        before = first
        first = w.part[first].next
    return before


@kernel
def is_locked(w, p):
    """Whether a finished part sits on a machine that is down and refuses to hand it over."""
    m = w.part[p].machine
    if m == NONE:
        return False
    ma = w.machine[m]
    return ma.down > 0 and w.station[ma.station].locked != 0


@kernel
def close_open(w, slot):
    """Take a target off the list of opened ones; releases that enter there get their turn."""
    clock = w.clock[0]
    target = w.agenda[1][slot]
    clock.opened -= 1
    w.agenda[1][slot] = w.agenda[1][clock.opened]
    stations = len(w.station)
    if target >= stations:
        close_other(w, target - stations)
        return
    st = w.station[target]
    for row in range(st.first_source, st.first_source + st.sources):
        mark_release(w, w.link[row])
    st.is_open = 0


@kernel
def close_other(w, other):
    """Take a shelf, or a conveyor behind the last shelf, off the list."""
    items = len(w.item)
    if other < items:
        w.item[other].is_open = 0
    else:
        w.conveyor[other - items].is_open = 0


@kernel
def unblock(w):
    """Of all parts that wait for a target with room, move the one that was blocked first."""
    clock = w.clock[0]
    best = 0
    part = first_of_open(w, 0)
    for slot in range(1, clock.opened):
        p = first_of_open(w, slot)
        if p != NONE and (part == NONE or goes_before(w, p, slot, part, best)):
            best = slot
            part = p
    if part == NONE or not pass_blocked(w, w.agenda[1][best], part):
        close_open(w, best)


@kernel
def goes_before(w, p, slot, other, best):
    """Whether part ``p`` goes to its target before another: blocked earlier; of its own targets the preferred one."""
    if p == other:
        targets = w.agenda[1]
        return choice_at(w, p, targets[slot]) < choice_at(w, p, targets[best])
    return w.part[p].blocked < w.part[other].blocked


@kernel
def board(w, c, p):
    """Let a part that waits before a conveyor get on if it can: True when it did."""
    belt = w.conveyor[c]
    following = w.part[p].next
    before = part_before(w, belt.first_blocked, p)
    if not admit(w, p, w.part[p].choice):
        return False
    if before == NONE:
        belt.first_blocked = following
    else:
        w.part[before].next = following
    if following == NONE:
        belt.last_blocked = before
    change_queued(w, c, -1)
    return True


@kernel
def clear_the_way(w, o):
    """A part that could go to several stations has left: whoever waits behind it for any of them is looked at."""
    op = w.operation[o]
    if op.choices > 1:
        for c in range(op.first_choice, op.first_choice + op.choices):
            mark_entry(w, w.choice[c].station)


@kernel
def pass_blocked(w, target, p):
    """Let a blocked part pass to a target if it can: True when it passed."""
    stations, items = len(w.station), len(w.item)
    following = w.part[p].next
    if target >= stations + items:
        return board(w, target - stations - items, p)
    if target < stations:
        home = w.station[w.choice[w.part[p].choice].station]
        before = part_before(w, home.first_blocked, p)
        o = w.part[p].operation
        if not admit(w, p, choice_at(w, p, target)):
            return False
        if before == NONE:
            home.first_blocked = following
        if following == NONE:
            home.last_blocked = before
        clear_the_way(w, o)
    else:
        item = w.item[target - stations]
        before = part_before(w, item.first_blocked, p)
        if item.stock + w.part[p].pieces > item.room:
            return False
        if before == NONE:
            item.first_blocked = following
        if following == NONE:
            item.last_blocked = before
        shelve(w, p)
    if before != NONE:
        w.part[before].next = following
    return True


@kernel
def next_release(w):
    """The next release or launcher of the agenda, in document order."""
    clock = w.clock[0]
    releases = w.agenda[2]
    best = 0
    for slot in range(1, clock.to_release):
        if releases[slot] < releases[best]:
            best = slot
    number = releases[best]
    clock.to_release -= 1
    releases[best] = releases[clock.to_release]
    count = len(w.release)
    if number < count:
        w.release[number].is_marked = 0
        let_in(w, number)
        if clock.parts_wanted != 0:
            mark_release(w, number)
    else:
        w.launcher[number - count].is_marked = 0
        launch(w, number - count)
        if clock.parts_wanted != 0:
            mark_release(w, w.link[w.launcher[number - count].first])


@kernel
def look_again(w):
    """Those who gave way to repairs and to work that waited for people are looked at once more."""
    clock = w.clock[0]
    if clock.gave_way != 0:
        clock.gave_way = 0
        for s in range(len(w.station)):
            mark_station(w, s)


@kernel
def try_station(w, s):
    """Start what can be started on one machine of a station; a machine that was left and takes nothing is idle now."""
    if begin_next(w, s):
        return
    if try_start(w, s) and free_machine(w, s) != NONE:
        mark_station(w, s)
    st = w.station[s]
    if st.unsettled != NONE and w.clock[0].parts_wanted == 0:
        settle(w, st.unsettled)
        st.unsettled = NONE


@kernel
def settle_agenda(w):
    """Move whatever can move at this instant: blocked parts, releases, people, starts. False when an array is full."""
    clock = w.clock[0]
    while True:
        if clock.parts_wanted != 0 or clock.events >= clock.most_events or clock.logged > clock.most_lines:
            return False
        if clock.opened > 0:
            if not relieve(w):
                unblock(w)
        elif clock.to_release > 0:
            next_release(w)
        elif clock.people_freed != 0:
            clock.people_freed = 0
            serve_repairs(w)
            serve_asking(w)
            serve_drivers(w)
            look_again(w)
        elif clock.dirty > 0:
            try_station(w, take_station(w))
        else:
            return True


@kernel
def what_is_full(w):
    """The status that says what keeps the agenda from going on. A part that waited for the log asks again."""
    clock = w.clock[0]
    if is_log_full(w):
        clock.parts_wanted = 0
        return LOG_FULL
    return PARTS_FULL if clock.parts_wanted != 0 else EVENTS_FULL


@entry
def advance(w, until, most_events):
    """Run to ``until`` [ticks], or until something keeps it from going on; returns a status of ``arrays``.

    After ``most_events`` it stops before the next one, when whatever could move has moved.
    """
    clock = w.clock[0]
    clock.most_events = len(w.event) - clock.reserve_events
    clock.most_lines = len(w.log) - clock.reserve_log if clock.tracing != 0 else FOREVER
    left = most_events
    while True:
        if not settle_agenda(w):
            return what_is_full(w)
        fill_top(w)
        if clock.suspect != NONE and is_deadlocked(w):
            return DEADLOCK
        if clock.free_parts < clock.reserve_parts:
            clock.parts_wanted = 1
            return PARTS_FULL
        if clock.events == 0:
            clock.now = max(clock.now, until)
            return EXHAUSTED
        event = w.event[earliest(w)]
        if event.time > until:
            clock.now = max(clock.now, until)
            return REACHED
        if left == 0:
            return BUDGET
        left -= 1
        clock.now = event.time
        kind = event.key >> KIND_SHIFT
        who = event.who
        epoch = event.epoch
        clock.vacant = 1
        happen(w, kind, who, epoch)
