"""Failures: by the clock, by busy time, by count; of one machine or of a group; and what becomes of the work."""

from __future__ import annotations

from plantwright.codes import (
    BY_CLOCK,
    BY_COUNT,
    EMPTY,
    FINISHED,
    IN_SETUP,
    IN_WORK,
    MENDED,
    NONE,
    REPEAT,
    SCRAP_WORK,
    STRUCK,
    UP,
    WAITING_REPAIR,
)
from plantwright.engine.account import change_presence, settle
from plantwright.engine.carriers import restart_vehicle, stop_vehicle
from plantwright.engine.crews import let_go
from plantwright.engine.machines import give_up_reservation, join_idle, leave_idle, look_at_blocked
from plantwright.engine.maintenance import end_maintenance, fall_due, heed
from plantwright.engine.marks import mark_room, mark_station
from plantwright.engine.modes import begin_uptime, find_next_busy, find_next_count, is_gone, pauses_now
from plantwright.engine.parts import scrap
from plantwright.engine.repairs import (
    age_on,
    ask_for_repair,
    begin_repair,
    freeze,
    stop_ageing,
    stop_ageing_of_vehicle,
    thaw,
)
from plantwright.engine.trace import note
from plantwright.engine.work import NOT_DRAWN, drop_work, go_on, interrupt, is_at_work, stop_asking
from plantwright.jit import kernel


@kernel
def lose_work(w, m, then):
    """What becomes of the work under way: begun anew, or the parts are scrapped. What has not begun is not lost."""
    ma = w.machine[m]
    if not is_at_work(w, m) or ma.phase == IN_SETUP or ma.remaining == NOT_DRAWN:
        return
    if then == REPEAT:
        ma.remaining = ma.duration
    elif then == SCRAP_WORK:
        stop_asking(w, m)
        drop_work(w, m)
        p = ma.part
        while p != NONE:
            following = w.part[p].mate
            change_presence(w, ma.station, -1)
            scrap(w, p)
            p = following
        ma.load = 0
        ma.part = NONE
        ma.phase = EMPTY
        if ma.reserved != NONE:
            give_up_reservation(w, m)
        mark_station(w, ma.station)
        mark_room(w, ma.station)


@kernel
def stop(w, k):
    """A mode is due: a failure strikes, maintenance begins or waits until it can."""
    if w.mode[k].planned != 0:
        fall_due(w, k)
    else:
        strike(w, k)


@kernel
def strike(w, k):
    """A failure strikes: its machines stop, and a repair is begun or waits for people."""
    mode = w.mode[k]
    if is_gone(w, k):
        return
    note(w, STRUCK, NONE, k, NONE, NONE)
    mode.struck = 0 if pauses_now(w, mode) else w.clock[0].now
    mode.epoch += 1
    if mode.carrier == NONE:
        stop_machines(w, k)
    else:
        stop_vehicles(w, k)
    mode.state = WAITING_REPAIR
    mode.left = 0
    if mode.by != BY_CLOCK and mode.carrier == NONE:
        find_next_busy(w, w.link[mode.first_member])
        find_next_count(w, w.link[mode.first_member])
    if not begin_repair(w, k):
        ask_for_repair(w, k)


@kernel
def stop_vehicles(w, k):
    """The vehicles of a mode that strikes stand still, and age no more."""
    mode = w.mode[k]
    w.carrier[mode.carrier].failures += 1
    for row in range(mode.first_member, mode.first_member + mode.members):
        v = w.link[row]
        stop_vehicle(w, v)
        stop_ageing_of_vehicle(w, v, k)


@kernel
def strike_by_trips(w, v):
    """A vehicle that is back from the last trip before a failure counted in trips fails."""
    ve = w.vehicle[v]
    for row in range(ve.first_mode, ve.first_mode + ve.modes):
        mode = w.mode[w.link[row]]
        if mode.by == BY_COUNT and mode.state == UP and w.link[mode.first_member] == v and ve.trips >= mode.due:
            strike(w, w.link[row])


@kernel
def stop_machines(w, k):
    """The machines of a mode that strikes stop, their work is kept or lost, and they age no more."""
    mode = w.mode[k]
    counted = NONE
    for row in range(mode.first_member, mode.first_member + mode.members):
        m = w.link[row]
        ma = w.machine[m]
        if ma.station != counted:
            counted = ma.station
            w.station[counted].failures += 1
        interrupt(w, m)
        if ma.is_idle != 0:
            leave_idle(w, m)
            mark_station(w, ma.station)
        ma.down += 1
        ma.overtime = 0
        if ma.phase == FINISHED and w.station[ma.station].locked != 0:
            look_at_blocked(w)
        lose_work(w, m, mode.then)
        stop_ageing(w, m, k)
        settle(w, m)


@kernel
def strike_by_count(w, m):
    """A stop counted in operations is due at the start of an operation, before any of its time has passed.

    True when there was one.
    """
    ma = w.machine[m]
    stopped = False
    while ma.count_mode != NONE and ma.phase == IN_WORK and ma.running != 0 and ma.cycles >= ma.count_due:
        stop(w, ma.count_mode)
        stopped = True
    return stopped


@kernel
def repaired(w, k):
    """A repair or maintenance ends: people go, machines work on or are free."""
    mode = w.mode[k]
    note(w, MENDED, NONE, k, NONE, NONE)
    mode.state = UP
    mode.epoch += 1
    let_go(w, len(w.machine) + k, 0, mode.first_need, mode.needs)
    begin_uptime(w, k)
    if mode.carrier != NONE:
        restart_vehicles(w, k)
        return
    if mode.planned != 0:
        end_maintenance(w, k)
    for row in range(mode.first_member, mode.first_member + mode.members):
        m = w.link[row]
        ma = w.machine[m]
        ma.down -= 1
        if ma.due_stops > 0:
            heed(w, m)
        if ma.down > 0:
            if mode.members == 1:
                freeze(w, k)
            settle(w, m)
        else:
            work_again(w, m)


@kernel
def work_again(w, m):
    """A machine is up again: it goes on with its work, hands over what it has finished, or is free."""
    ma = w.machine[m]
    age_on(w, m)
    if ma.phase == EMPTY:
        join_idle(w, m)
        mark_station(w, ma.station)
        mark_room(w, ma.station)
    elif ma.phase == FINISHED and w.station[ma.station].locked != 0:
        look_at_blocked(w)
    elif ma.asking != 0:
        w.clock[0].people_freed = 1
    else:
        go_on(w, m)
    settle(w, m)
    strike_by_count(w, m)


@kernel
def restart_vehicles(w, k):
    """The vehicles of a mode that is repaired are up, unless another failure keeps them, and age on."""
    mode = w.mode[k]
    for row in range(mode.first_member, mode.first_member + mode.members):
        v = w.link[row]
        ve = w.vehicle[v]
        if ve.down > 1:
            if mode.members == 1:
                freeze(w, k)
        else:
            for other in range(ve.first_mode, ve.first_mode + ve.modes):
                if w.mode[w.link[other]].state == UP:
                    thaw(w, w.link[other])
        restart_vehicle(w, v)
