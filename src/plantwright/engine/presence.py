"""What comes or leaves at a date: machines, crews, tools, carriers; and what a station leaves behind when it closes."""

from __future__ import annotations

from plantwright.codes import CALENDAR, CARRIER_DATE, CREW_DATE, MACHINE_DATE, NONE, UP
from plantwright.engine.account import change_presence, settle
from plantwright.engine.carriers import dispatch, settle_vehicle, stop_waiting
from plantwright.engine.crews import come_or_leave, next_day
from plantwright.engine.heap import push
from plantwright.engine.machines import depart, join_idle, leave_idle
from plantwright.engine.marks import mark_room, mark_station
from plantwright.engine.modes import begin_uptime
from plantwright.engine.move import send_to_operation
from plantwright.engine.repairs import freeze, thaw
from plantwright.engine.tools import tools_come, tools_leave
from plantwright.jit import kernel


@kernel
def next_coming(w):
    """Schedule the next date at which something comes or leaves."""
    clock = w.clock[0]
    if clock.next_coming < len(w.coming):
        push(w, w.coming[clock.next_coming].time, CALENDAR, len(w.calendar) + len(w.crew), 0)


@kernel
def come_and_go(w):
    """The next thing in order of date comes or leaves."""
    clock = w.clock[0]
    row = w.coming[clock.next_coming]
    clock.next_coming += 1
    if row.kind == MACHINE_DATE:
        if row.on != 0:
            machine_comes(w, row.who)
        else:
            machine_leaves(w, row.who)
    elif row.kind == CREW_DATE:
        crew_comes_or_leaves(w, row.who, row.on)
    elif row.kind == CARRIER_DATE:
        carrier_comes_or_leaves(w, row.who, row.on)
    elif row.on > 0:
        tools_come(w, row.who)
    else:
        tools_leave(w, row.who)
    next_coming(w)


@kernel
def machine_comes(w, m):
    """A machine's first day: its station may use it, and its ways to fail begin to count."""
    ma = w.machine[m]
    st = w.station[ma.station]
    ma.absent = 0
    if st.here == 0:
        call_in(w, ma.station)
    st.here += 1
    st.scheduled_area -= st.on * w.clock[0].now
    for row in range(ma.first_mode, ma.first_mode + ma.modes):
        k = w.link[row]
        if w.mode[k].draws == 0 and w.mode[k].state == UP:
            begin_uptime(w, k)
    if ma.down == 0:
        join_idle(w, m)
    settle(w, m)
    mark_station(w, ma.station)
    mark_room(w, ma.station)


@kernel
def call_in(w, s):
    """A station opens: parts that wait where nobody is, and whose operation it can do, come to it."""
    st = w.station[s]
    for row in range(st.first_sibling, st.first_sibling + st.siblings):
        if w.station[w.link[row]].here == 0:
            push(w, w.clock[0].now, CALENDAR, len(w.calendar) + len(w.crew) + 1 + w.link[row], 0)


@kernel
def machine_leaves(w, m):
    """A machine's last day is over: it goes if it is idle, else once its part has left it and it is up."""
    if w.machine[m].is_idle != 0:
        leave_idle(w, m)
        depart(w, m)
        settle(w, m)
        mark_station(w, w.machine[m].station)


@kernel
def crew_comes_or_leaves(w, c, on):
    """A crew's first day, or the end of its last one; who is held then finishes what he does."""
    crew = w.crew[c]
    crew.away = 1 - on
    come_or_leave(w, c, crew.on)
    if on != 0:
        next_day(w, c)


@kernel
def turn_carrier(w, c, on):
    """The shift of a carrier begins or ends: vehicles under way come back, parked ones stand or go."""
    ca = w.carrier[c]
    if ca.away != 0 or ca.on == on:
        return
    ca.on = on
    for v in range(ca.first_vehicle, ca.first_vehicle + ca.number):
        for row in range(w.vehicle[v].first_mode, w.vehicle[v].first_mode + w.vehicle[v].modes):
            turn_mode_of_carrier(w, w.link[row], v, on)
        settle_vehicle(w, v)
    if on != 0:
        if w.clock[0].first_repair_ask != NONE:
            w.clock[0].people_freed = 1
        dispatch(w, c)


@kernel
def turn_mode_of_carrier(w, k, v, on):
    """The clock of a vehicle's way to fail, or its repair, stands still or runs again where it pauses off shift."""
    mode = w.mode[k]
    if mode.runs_off_shift != 0 or w.link[mode.first_member] != v:
        return
    if mode.state != UP:
        mode.struck += w.clock[0].now if on != 0 else -w.clock[0].now
    if on == 0:
        freeze(w, k)
    elif mode.state != UP or mode.members > 1 or w.vehicle[v].down == 0:
        thaw(w, k)


@kernel
def carrier_comes_or_leaves(w, c, on):
    """A carrier's first day, or the end of its last one; vehicles under way come back."""
    ca = w.carrier[c]
    if on == 0:
        turn_carrier(w, c, 0)
        ca.away = 1
        return
    ca.away = 0
    for v in range(ca.first_vehicle, ca.first_vehicle + ca.number):
        for row in range(w.vehicle[v].first_mode, w.vehicle[v].first_mode + w.vehicle[v].modes):
            if w.mode[w.link[row]].draws == 0:
                begin_uptime(w, w.link[row])
    turn_carrier(w, c, 1 if ca.calendar == NONE else w.calendar[ca.calendar].on)


@kernel
def send_elsewhere(w, s):
    """A station has closed: parts in its queue go to another one that can do their operation, once there is one."""
    st = w.station[s]
    for lane in range(st.first_lane, st.first_lane + st.lanes):
        before = NONE
        p = w.lane[lane].first
        while p != NONE:
            following = w.part[p].next
            if has_alternative(w, w.part[p].operation):
                take_out(w, lane, before)
                send_to_operation(w, p, w.part[p].operation)
            else:
                before = p
            p = following
    for c in range(len(w.carrier)):
        call_back(w, c, s)
    mark_room(w, s)


@kernel
def call_back(w, c, s):
    """Parts that wait for a carrier to a station that has closed choose another one, once there is one."""
    before = NONE
    p = w.carrier[c].first
    while p != NONE:
        part = w.part[p]
        following = part.next
        if w.choice[part.choice].station == s and has_alternative(w, part.operation):
            stop_waiting(w, c, p, before)
            w.station[s].inbound -= 1
            send_to_operation(w, p, part.operation)
        else:
            before = p
        p = following


@kernel
def has_alternative(w, o):
    """Whether a station that is there can do an operation."""
    op = w.operation[o]
    for c in range(op.first_choice, op.first_choice + op.choices):
        if w.station[w.choice[c].station].here > 0:
            return True
    return False


@kernel
def take_out(w, lane, before):
    """The part behind ``before`` (NONE: the first one) leaves a lane unserved; it has waited for nothing."""
    la = w.lane[lane]
    st = w.station[la.station]
    now = w.clock[0].now
    p = la.first if before == NONE else w.part[before].next
    part = w.part[p]
    if before == NONE:
        la.first = part.next
    else:
        w.part[before].next = part.next
    if la.last == p:
        la.last = before
    part.next = NONE
    la.count -= 1
    la.pieces -= part.pieces
    st.waiting -= 1
    st.waiting_pieces -= part.pieces
    st.queue_area += now
    st.wait_sum += now - part.entered
    part.waited += now - part.entered
    st.waits += 1
    change_presence(w, la.station, -1)
