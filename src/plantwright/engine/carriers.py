"""Carriers: vehicles that take parts from station to station, come back empty, stand still, and have their drivers.

A vehicle is parked, out with its load, or on its way back. What happens to it is in its own record, so that it can
break down on the way: its load then arrives later by the time it stands.
"""

from __future__ import annotations

from plantwright.codes import (
    BUSY,
    CARRIED,
    CARRIER_FREE,
    DOWN,
    DRAW_RETURN,
    DRAW_TRAVEL,
    EMPTY_RETURN,
    IDLE,
    NONE,
    OFF,
    ON_WAY_BACK,
    ON_WAY_OUT,
    PARKED,
    PEOPLE,
    SET_OUT,
    WAIT_CARRIER,
)
from plantwright.engine.crews import hold, let_go, put_back, tell_held
from plantwright.engine.draw import sample_ticks
from plantwright.engine.heap import push
from plantwright.engine.machines import come_off
from plantwright.engine.trace import note
from plantwright.jit import kernel


@kernel
def row_of_driver(w, v):
    """Row of ``held`` that says who drives a vehicle."""
    return len(w.machine) + len(w.mode) + v


@kernel
def state_of(w, v):
    """The state of a vehicle, in the codes of machines: out is BUSY, back is EMPTY_RETURN, parked is IDLE."""
    ve = w.vehicle[v]
    if ve.phase == PARKED and w.carrier[ve.carrier].on == 0:
        return OFF
    if ve.down > 0:
        return DOWN
    if ve.asking != 0:
        return PEOPLE
    if ve.phase == PARKED:
        return IDLE
    return BUSY if ve.phase == ON_WAY_OUT else EMPTY_RETURN


@kernel
def settle_vehicle(w, v):
    """Bring a vehicle's account in line with what it is now."""
    ve = w.vehicle[v]
    new = state_of(w, v)
    if new == ve.state:
        return
    account = w.state_time[len(w.station) + ve.carrier]
    now = w.clock[0].now
    account[ve.state] += now
    account[new] -= now
    ve.state = new


@kernel
def join_free(w, v):
    """A vehicle is parked and up: last in the list of free ones, so that the one longest parked goes first."""
    ca = w.carrier[w.vehicle[v].carrier]
    w.vehicle[v].next = NONE
    if ca.first_free == NONE:
        ca.first_free = v
    else:
        w.vehicle[ca.last_free].next = v
    ca.last_free = v
    ca.free += 1


@kernel
def leave_free(w, v):
    """A vehicle is taken, or down: out of the list of free ones."""
    ca = w.carrier[w.vehicle[v].carrier]
    before = NONE
    other = ca.first_free
    while other != v:
        before = other
        other = w.vehicle[other].next
    following = w.vehicle[v].next
    if before == NONE:
        ca.first_free = following
    else:
        w.vehicle[before].next = following
    if following == NONE:
        ca.last_free = before
    ca.free -= 1


@kernel
def wait_for_carrier(w, p, c):
    """A part whose place is kept waits where it is for a carrier."""
    queue_for_carrier(w, p, c)
    dispatch(w, c)


@kernel
def queue_for_carrier(w, p, c):
    """A part is last in the list of those that wait for a carrier."""
    ca = w.carrier[c]
    w.part[p].next = NONE
    if ca.first == NONE:
        ca.first = p
    else:
        w.part[ca.last].next = p
    ca.last = p
    if w.part[p].machine != NONE:
        w.state_time[w.part[p].origin][WAIT_CARRIER] -= w.clock[0].now


@kernel
def stop_waiting(w, c, p, before):
    """A part, behind ``before`` (NONE: the first one) in the list of those who wait for a carrier, waits no more."""
    ca = w.carrier[c]
    following = w.part[p].next
    if before == NONE:
        ca.first = following
    else:
        w.part[before].next = following
    if following == NONE:
        ca.last = before
    w.part[p].next = NONE
    if w.part[p].machine != NONE:
        w.state_time[w.part[p].origin][WAIT_CARRIER] += w.clock[0].now


@kernel
def dispatch(w, c):
    """Send free vehicles out for the parts that wait; where they need drivers, the agenda does, after repairs."""
    if w.carrier[c].needs == 0:
        send_out(w, c)
    elif may_set_out(w, c):
        w.clock[0].drivers_wanted = 1
        w.clock[0].people_freed = 1


@kernel
def may_set_out(w, c):
    """Whether nothing but a driver may be missing for the next part that waits for a carrier."""
    ca = w.carrier[c]
    return ca.first != NONE and ca.on != 0 and ca.first_free != NONE


@kernel
def send_out(w, c):
    """Send free vehicles out, with their drivers, for the parts that wait, first come first served."""
    while may_set_out(w, c):
        v = w.carrier[c].first_free
        if not take_driver(w, v):
            w.clock[0].drivers_wanted = 1
            return
        leave_free(w, v)
        drive(w, c, v)


@kernel
def take_driver(w, v):
    """Hold those who drive a vehicle: True when they are there, or nobody is needed."""
    ca = w.carrier[w.vehicle[v].carrier]
    if ca.needs == 0:
        return True
    if not hold(w, row_of_driver(w, v), 0, ca.first_need, ca.needs):
        return False
    tell_held(w, row_of_driver(w, v), 0, ca.first_need, ca.needs)
    return True


@kernel
def could_take_driver(w, v):
    """Whether those who drive a vehicle could be had now."""
    ca = w.carrier[w.vehicle[v].carrier]
    if ca.needs == 0 or not hold(w, row_of_driver(w, v), 0, ca.first_need, ca.needs):
        return False
    put_back(w, row_of_driver(w, v), 0, ca.first_need, ca.needs)
    return True


@kernel
def drivers_are_asked_for(w):
    """Whether people who are free could drive a vehicle that waits for them."""
    if w.clock[0].drivers_wanted == 0:
        return False
    for v in range(len(w.vehicle)):
        if w.vehicle[v].asking != 0 and could_take_driver(w, v):
            return True
    for c in range(len(w.carrier)):
        if may_set_out(w, c) and could_take_driver(w, w.carrier[c].first_free):
            return True
    return False


@kernel
def drive(w, c, v):
    """A vehicle takes the first waiting part, and others with the same way, up to its load."""
    ca = w.carrier[c]
    ve = w.vehicle[v]
    origin = w.part[ca.first].origin
    goal = w.choice[w.part[ca.first].choice].station
    travel = int(w.route[origin, goal])
    tr = w.travel[travel]
    tr.trips += 1
    ca.trips += 1
    ve.trips += 1
    ve.phase = ON_WAY_OUT
    ve.left = sample_ticks(w, tr.law, DRAW_TRAVEL, travel, 0, tr.trips)
    ve.whole = ve.left
    ve.back = ve.left
    if ca.return_law != NONE:
        ve.back = sample_ticks(w, ca.return_law, DRAW_RETURN, c, 0, ca.trips)
    take_aboard(w, c, v, origin, goal, travel)
    move_on(w, v)
    settle_vehicle(w, v)


@kernel
def take_aboard(w, c, v, origin, goal, travel):
    """The first waiting parts with this way get aboard, as many as the vehicle holds."""
    ca = w.carrier[c]
    now = w.clock[0].now
    w.vehicle[v].aboard = NONE
    tail = NONE
    taken = 0
    before = NONE
    p = ca.first
    while p != NONE and taken < ca.load:
        part = w.part[p]
        following = part.next
        if part.origin == origin and w.choice[part.choice].station == goal:
            if before == NONE:
                ca.first = following
            else:
                w.part[before].next = following
            if following == NONE:
                ca.last = before
            if part.machine != NONE:
                w.state_time[origin][WAIT_CARRIER] += now
            note(w, SET_OUT, part.number, goal, travel, part.pieces)
            part.next = NONE
            come_off(w, p)
            part.mate = NONE
            if tail == NONE:
                w.vehicle[v].aboard = p
            else:
                w.part[tail].mate = p
            tail = p
            taken += 1
        else:
            before = p
        p = following
    ca.carried += taken
    ca.tours += 1


@kernel
def move_on(w, v):
    """A vehicle goes what is left of its way."""
    ve = w.vehicle[v]
    ve.ends = w.clock[0].now + ve.left
    push(w, ve.ends, CARRIED if ve.phase == ON_WAY_OUT else CARRIER_FREE, v, ve.epoch)


@kernel
def turn_back(w, v):
    """A vehicle has brought its load and goes back empty."""
    ve = w.vehicle[v]
    ve.aboard = NONE
    ve.phase = ON_WAY_BACK
    ve.left = ve.back
    ve.whole = ve.back
    move_on(w, v)
    settle_vehicle(w, v)


@kernel
def park(w, v):
    """A vehicle is back: its driver goes, and it is free."""
    ve = w.vehicle[v]
    ca = w.carrier[ve.carrier]
    ve.phase = PARKED
    let_go(w, row_of_driver(w, v), 0, ca.first_need, ca.needs)
    join_free(w, v)
    settle_vehicle(w, v)


@kernel
def stop_vehicle(w, v):
    """A vehicle breaks down, where it stands or on its way; its driver may help elsewhere."""
    ve = w.vehicle[v]
    ve.down += 1
    if ve.phase == PARKED:
        if ve.down == 1:
            leave_free(w, v)
    elif ve.asking != 0:
        ve.asking = 0
    elif ve.down == 1:
        ve.left = ve.ends - w.clock[0].now
        ve.epoch += 1
        let_go(w, row_of_driver(w, v), 0, w.carrier[ve.carrier].first_need, w.carrier[ve.carrier].needs)
    settle_vehicle(w, v)


@kernel
def restart_vehicle(w, v):
    """A vehicle is up again: free, or on with its way as soon as somebody drives it."""
    ve = w.vehicle[v]
    ve.down -= 1
    if ve.down == 0:
        if ve.phase == PARKED:
            join_free(w, v)
            dispatch(w, ve.carrier)
        else:
            drive_on(w, v)
    settle_vehicle(w, v)


@kernel
def drive_on(w, v):
    """A vehicle that stood on its way goes on with its driver, or waits for one."""
    ve = w.vehicle[v]
    if not take_driver(w, v):
        ve.asking = 1
        w.clock[0].drivers_wanted = 1
        return
    ve.asking = 0
    move_on(w, v)


@kernel
def serve_drivers(w):
    """People are free: vehicles that stand on their way go on, then carriers set out, in document order."""
    clock = w.clock[0]
    if clock.drivers_wanted == 0:
        return
    clock.drivers_wanted = 0
    for v in range(len(w.vehicle)):
        if w.vehicle[v].asking != 0:
            drive_on(w, v)
            settle_vehicle(w, v)
    for c in range(len(w.carrier)):
        send_out(w, c)


@kernel
def open_carrier(w, c):
    """At the first instant all vehicles of a carrier are parked; it is on or off by its calendar."""
    ca = w.carrier[c]
    ca.on = 1 if ca.calendar == NONE else w.calendar[ca.calendar].on
    if ca.away != 0:
        ca.on = 0
    ca.free = 0
    ca.first_free = NONE
    ca.last_free = NONE
    for v in range(ca.first_vehicle, ca.first_vehicle + ca.number):
        ve = w.vehicle[v]
        ve.phase = PARKED
        ve.aboard = NONE
        ve.state = state_of(w, v)
        join_free(w, v)


@kernel
def reset_carrier(w, c):
    """Statistics of a carrier begin now."""
    ca = w.carrier[c]
    ca.carried = 0
    ca.tours = 0
    ca.failures = 0
    row = len(w.station) + c
    for code in range(w.state_time.shape[1]):
        w.state_time[row, code] = 0
    for v in range(ca.first_vehicle, ca.first_vehicle + ca.number):
        w.state_time[row, w.vehicle[v].state] -= w.clock[0].now
