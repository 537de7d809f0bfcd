"""The first instant of a run, and the instant at which statistics begin."""

from __future__ import annotations

from plantwright.codes import ARRIVALS, COUNTERS, EMPTY, IDLE, LAUNCHED, NONE, OFF, STATE, WAIT_CARRIER, WAITING_REPAIR
from plantwright.engine.calendars import next_change
from plantwright.engine.carriers import open_carrier, reset_carrier
from plantwright.engine.crews import come_or_leave, next_day
from plantwright.engine.express.fitness import fits
from plantwright.engine.lacks import reset_lacks
from plantwright.engine.machines import join_idle
from plantwright.engine.marks import mark_release, mark_station
from plantwright.engine.modes import begin_uptime, is_gone
from plantwright.engine.plain import tell_apart
from plantwright.engine.plan import plan_times
from plantwright.engine.presence import next_coming
from plantwright.engine.release import next_arrival, next_opening
from plantwright.engine.repairs import count_waiting
from plantwright.engine.resume import take_up
from plantwright.engine.stocks import next_order, reorder
from plantwright.engine.tools import open_tool, reset_tool
from plantwright.engine.trace import note
from plantwright.jit import entry, kernel


@kernel
def fill_pool(w):
    """Every part record is free from ``clock.free_part`` on; a state has put those before it where they are."""
    clock = w.clock[0]
    count = len(w.part)
    clock.free_part = max(clock.free_part, 0)
    for p in range(clock.free_part, count):
        w.part[p].next = p + 1 if p + 1 < count else NONE
    clock.free_parts = count - clock.free_part


@kernel
def open_station(w, s):
    """A station is on or off shift by its calendar, all its machines idle, but for what a state takes up later."""
    st = w.station[s]
    now = w.clock[0].now
    st.on = 1 if st.calendar == NONE else w.calendar[st.calendar].on
    st.idle_state = IDLE
    state = IDLE if st.on != 0 else OFF
    st.here = st.machines
    for m in range(st.first_machine, st.first_machine + st.machines):
        ma = w.machine[m]
        if ma.from_time > now:
            ma.absent = 1
            st.here -= 1
        if ma.phase == EMPTY:
            join_idle(w, m)
        ma.state = state if ma.absent == 0 else OFF
        note(w, STATE, NONE, m, NONE, ma.state)
    st.unsettled = NONE
    st.idle = st.here if state == IDLE else 0
    st.inactive = st.idle
    st.active_since = NONE if st.idle > 0 else now
    mark_station(w, s)


@kernel
def open_crew(w, c):
    """A crew is there or not by its calendar; one without a calendar is always there."""
    crew = w.crew[c]
    crew.on = 1 if crew.calendar == NONE else w.calendar[crew.calendar].on
    if crew.calendar == NONE or w.calendar[crew.calendar].on != 0:
        come_or_leave(w, c, 1)
        next_day(w, c)


@entry
def begin(w):
    """Set the world to its first instant and enter the first events of everything that has its own clock."""
    fill_pool(w)
    w.clock[0].timed_out = NONE
    tell_apart(w)
    w.clock[0].express = 1 if fits(w) else 0
    w.clock[0].suspect = NONE
    for s in range(len(w.station)):
        open_station(w, s)
    for c in range(len(w.crew)):
        open_crew(w, c)
    for c in range(len(w.carrier)):
        open_carrier(w, c)
    for t in range(len(w.tool)):
        open_tool(w, t)
    for k in range(len(w.mode)):
        if w.mode[k].draws == 0 and not is_gone(w, k):
            begin_uptime(w, k)
    if len(w.start) > 0:
        take_up(w)
    else:
        for c in range(len(w.calendar)):
            next_change(w, c)
        next_coming(w)
    for i in range(len(w.item)):
        reorder(w, i)
    for r in range(len(w.release)):
        if w.release[r].kind == ARRIVALS and w.release[r].due == 0 and w.release[r].standing == 0:
            next_arrival(w, r)
        elif w.release[r].kind >= LAUNCHED:
            next_opening(w, r)
        mark_release(w, r)
    for d in range(len(w.demand)):
        if w.demand[d].due == 0:
            next_order(w, d)
    plan_times(w)


@kernel
def reset_station(w, s):
    """Statistics of a station begin now."""
    st = w.station[s]
    now = w.clock[0].now
    st.queue_area = -st.waiting * now
    st.wip_area = -st.wip * now
    st.wait_sum = 0
    st.waits = 0
    st.completions = 0
    st.pieces = 0
    st.setups = 0
    st.failures = 0
    st.stops = 0
    st.rejected = 0
    st.scheduled_area = -st.on * st.here * now
    for code in range(COUNTERS):
        w.state_time[s, code] = 0
    for m in range(st.first_machine, st.first_machine + st.machines):
        state = w.machine[m].state
        w.state_time[s, st.idle_state if state == IDLE else state] -= now


@kernel
def reset_waits(w):
    """Sub-counters of the states begin now."""
    now = w.clock[0].now
    for k in range(len(w.mode)):
        if w.mode[k].state == WAITING_REPAIR:
            count_waiting(w, w.mode[k], 1)
    for c in range(len(w.carrier)):
        p = w.carrier[c].first
        while p != NONE:
            if w.part[p].machine != NONE:
                w.state_time[w.part[p].origin, WAIT_CARRIER] -= now
            p = w.part[p].next


@kernel
def reset_item(w, i):
    """Statistics of an item begin now."""
    item = w.item[i]
    now = w.clock[0].now
    item.stock_area = -item.stock * now
    item.wip_area = -item.wip * now
    item.backlog_area = -item.backlog * now
    item.released = 0
    item.finished = 0
    item.scrapped = 0
    item.consumed = 0
    item.received = 0
    item.flow_sum = 0.0
    item.flows = 0
    item.gap_sum = 0.0
    item.gap_squares = 0.0
    item.gaps = 0
    item.inspected = 0
    item.rejected = 0
    item.ordered = 0
    item.met = 0
    item.delivered = 0
    item.lost = 0
    item.turned_away = 0
    item.wait_sum = 0.0
    item.first_passed = 0
    item.taken = 0
    item.built_in = 0
    item.lost_in = 0
    item.orders = 0
    item.orders_met = 0


@kernel
def reset_operation(w, o):
    """Statistics of an operation begin now."""
    op = w.operation[o]
    op.completions = 0
    op.inspected = 0
    op.rejected = 0
    op.scrapped = 0
    op.wait_sum = 0
    op.waits = 0
    op.first_inspected = 0
    op.first_rejected = 0


@entry
def reset_statistics(w):
    """Forget what was counted so far: the warm-up is over."""
    clock = w.clock[0]
    clock.moves = 0
    for s in range(len(w.station)):
        reset_station(w, s)
    reset_lacks(w)
    reset_waits(w)
    for i in range(len(w.item)):
        reset_item(w, i)
    for c in range(len(w.carrier)):
        reset_carrier(w, c)
    for c in range(len(w.conveyor)):
        belt = w.conveyor[c]
        belt.carried = 0
        belt.count_area = -belt.count * clock.now
        belt.queued_area = -belt.queued * clock.now
        belt.stands_area = -belt.stands * clock.now
    for o in range(len(w.operation)):
        reset_operation(w, o)
    for c in range(len(w.crew)):
        w.crew[c].present_area = -w.crew[c].present * clock.now
        w.crew[c].held_area = -w.crew[c].held * clock.now
        w.crew[c].over_area = -w.crew[c].over * clock.now
    for t in range(len(w.tool)):
        reset_tool(w, t)
    for c in range(len(w.calendar)):
        w.calendar[c].overtime = 0
    for row in range(w.histogram.shape[0]):
        for b in range(w.histogram.shape[1]):
            w.histogram[row, b] = 0
