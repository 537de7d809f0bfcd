"""Machines: running, halting, and the list of idle ones."""

from __future__ import annotations

from plantwright.codes import CALENDAR, COMPLETE, EMPTY, FAIL, FINISHED, IN_SETUP, NONE
from plantwright.engine.account import change_presence, settle
from plantwright.engine.conveyors import conveyor_between, get_off, mark_conveyor
from plantwright.engine.heap import push
from plantwright.engine.marks import mark_room, mark_shelf, mark_station
from plantwright.jit import inlined, kernel


@kernel
def join_idle(w, m):
    """The machine has nothing to do: last in the list of idle ones, so the longest idle is used first."""
    ma = w.machine[m]
    if ma.is_idle != 0 or ma.absent != 0:
        return
    if w.clock[0].now >= ma.until_time:
        depart(w, m)
        return
    st = w.station[ma.station]
    ma.is_idle = 1
    ma.next_idle = NONE
    ma.previous_idle = st.last_idle
    if st.last_idle == NONE:
        st.first_idle = m
    else:
        w.machine[st.last_idle].next_idle = m
    st.last_idle = m
    st.free += 1


@kernel
def depart(w, m):
    """The machine's last day is over and its work is done: it is gone; with the last one its station closes."""
    ma = w.machine[m]
    st = w.station[ma.station]
    now = w.clock[0].now
    ma.absent = 1
    st.here -= 1
    st.scheduled_area += st.on * now
    if st.here == 0:
        push(w, now, CALENDAR, len(w.calendar) + len(w.crew) + 1 + ma.station, 0)


@kernel
def leave_idle(w, m):
    """The machine is taken, or down: out of the list of idle ones."""
    ma = w.machine[m]
    if ma.is_idle == 0:
        return
    st = w.station[ma.station]
    st.free -= 1
    ma.is_idle = 0
    if ma.previous_idle == NONE:
        st.first_idle = ma.next_idle
    else:
        w.machine[ma.previous_idle].next_idle = ma.next_idle
    if ma.next_idle == NONE:
        st.last_idle = ma.previous_idle
    else:
        w.machine[ma.next_idle].previous_idle = ma.previous_idle


@kernel
def free_machine(w, s):
    """The machine that would start next: the longest idle, or a single machine that is down and may accept; NONE."""
    return free_machine_of(w, w.station[s])


@inlined
def free_machine_of(w, st):
    """``free_machine`` of a station that is at hand."""
    if st.on == 0:
        return NONE
    if st.first_idle != NONE:
        return st.first_idle
    only = w.machine[st.first_machine]
    if st.accepts_down != 0 and only.phase == EMPTY and only.absent == 0 and only.planned == 0:
        return st.first_machine
    return NONE


@kernel
def ages(ma):
    """Whether the present phase counts as busy for failures by busy time."""
    return ma.phase != IN_SETUP


@inlined
def go(w, m):
    """Run on with what remains: its completion, or the busy-time failure that comes before it, is scheduled."""
    ma = w.machine[m]
    now = w.clock[0].now
    ma.running = 1
    ma.busy_from = now
    ma.ends = now + ma.remaining
    left = ma.busy_due - ma.busy_clock
    if ages(ma) and left < ma.remaining:
        push(w, now + left, FAIL, ma.busy_mode, w.mode[ma.busy_mode].epoch)
    else:
        push(w, ma.ends, COMPLETE, m, ma.epoch)


@kernel
def halt(w, m):
    """Stop in the middle of a phase; what remains is kept and pending events of it become void."""
    ma = w.machine[m]
    if ma.running == 0:
        return
    passed = w.clock[0].now - ma.busy_from
    ma.running = 0
    ma.remaining -= passed
    ma.epoch += 1
    if ages(ma):
        ma.busy_clock += passed
        if ma.busy_mode != NONE:
            w.mode[ma.busy_mode].epoch += 1


@kernel
def may_run(w, m):
    """Whether nothing keeps the machine from working: it is up, and on shift or finishing what the shift began."""
    ma = w.machine[m]
    return ma.down == 0 and (w.station[ma.station].on != 0 or ma.overtime != 0)


@kernel
def is_at_work(w, m):
    """Whether an operation is under way on the machine, running or not."""
    phase = w.machine[m].phase
    return phase != EMPTY and phase != FINISHED


@kernel
def reserve(w, m, choice):
    """Keep a place for what a machine begins (blocking before service): on the conveyor there, else at the station."""
    ma = w.machine[m]
    s = w.choice[choice].station
    conveyor = conveyor_between(w, ma.station, s)
    ma.reserved = choice
    if conveyor != NONE:
        w.conveyor[conveyor].kept += 1
    else:
        w.station[s].inbound += 1


@kernel
def give_up_reservation(w, m):
    """The place that a machine kept before its service is free again."""
    ma = w.machine[m]
    s = w.choice[ma.reserved].station
    conveyor = conveyor_between(w, ma.station, s)
    ma.reserved = NONE
    if conveyor != NONE:
        w.conveyor[conveyor].kept -= 1
        mark_conveyor(w, conveyor)
    else:
        w.station[s].inbound -= 1
        mark_room(w, s)


@kernel
def vacate(w, m):
    """The last part has left: the machine is free, and so is the place on it.

    Its state is settled when its station has been tried: one that goes on with the next part has never been idle.
    """
    ma = w.machine[m]
    if ma.reserved != NONE:
        give_up_reservation(w, m)
    ma.phase = EMPTY
    ma.part = NONE
    if ma.down == 0:
        join_idle(w, m)
    mark_station(w, ma.station)
    st = w.station[ma.station]
    if st.unsettled != NONE:
        settle(w, st.unsettled)
    st.unsettled = m
    if st.waiting == 0 or st.room == 0:  # else a part that waits takes the place, and makes room when it does
        mark_room(w, ma.station)


@kernel
def come_off(w, p):
    """A part leaves the machine or conveyor it is on (if any); the last one frees the machine."""
    part = w.part[p]
    m = part.machine
    if m == NONE:
        if part.conveyor != NONE:
            get_off(w, p)
        return
    part.machine = NONE
    ma = w.machine[m]
    ma.load -= 1
    change_presence(w, ma.station, -1)
    if ma.load == 0:
        vacate(w, m)


@kernel
def look_at_blocked(w):
    """A locked machine is down or up again: wherever parts wait to go, others may go now, or its own."""
    for s in range(len(w.station)):
        mark_room(w, s)
    for i in range(len(w.item)):
        mark_shelf(w, i)
    for c in range(len(w.conveyor)):
        mark_conveyor(w, c)
