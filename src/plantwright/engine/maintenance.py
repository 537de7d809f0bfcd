"""Planned maintenance: it falls due by the calendar, by busy time or by count, and waits until the machine may stop."""

from __future__ import annotations

from plantwright.codes import (
    BY_BUSY,
    BY_CALENDAR,
    BY_CLOCK,
    FALLEN_DUE,
    FINISHED,
    IN_LOAD,
    IN_WORK,
    LEFT_OUT,
    NONE,
    STRUCK,
    TOGETHER,
    UP,
    WAITING_REPAIR,
)
from plantwright.engine.account import settle
from plantwright.engine.machines import go, halt, is_at_work, leave_idle, look_at_blocked
from plantwright.engine.marks import mark_station
from plantwright.engine.modes import await_date, begin_uptime, find_next_busy, find_next_count, is_gone
from plantwright.engine.repairs import ask_for_repair, begin_repair, freeze, stop_ageing
from plantwright.engine.trace import note
from plantwright.engine.work import interrupt
from plantwright.jit import kernel


@kernel
def fall_due(w, k):
    """Maintenance is due: it begins, waits for the machine to finish its part, or is left out, as declared."""
    mode = w.mode[k]
    m = w.link[mode.first_member]
    ma = w.machine[m]
    mode.epoch += 1
    if mode.by == BY_CALENDAR:
        mode.next_date += 1
    if is_gone(w, k):
        return
    if is_left_out(w, m, mode):
        await_date(w, k)
        return
    mode.state = FALLEN_DUE
    if mode.by == BY_BUSY and not may_stop(w, m, mode):
        halt(w, m)
        find_next_busy(w, m)
        go(w, m)
    elif mode.by != BY_CALENDAR:
        find_next_busy(w, m)
        find_next_count(w, m)
    ma.due_stops += 1
    heed(w, m)


@kernel
def is_off(w, m):
    """Whether a machine is off shift and not finishing what the shift began."""
    ma = w.machine[m]
    return w.station[ma.station].on == 0 and ma.running == 0


@kernel
def is_left_out(w, m, mode):
    """Whether maintenance that falls due now is not done at all: off shift, or during a repair, where so declared."""
    ma = w.machine[m]
    if mode.skips_off_shift != 0 and is_off(w, m):
        return True
    return mode.during_repair == LEFT_OUT and ma.down > ma.planned


@kernel
def may_stop(w, m, mode):
    """Whether a machine can be stopped for maintenance now, or has to finish its part, or its repair, first."""
    ma = w.machine[m]
    if ma.planned > 0 or mode.interrupts != 0:
        return ma.down == ma.planned or mode.during_repair == TOGETHER
    if ma.down > 0:
        return mode.during_repair == TOGETHER
    if not is_at_work(w, m):
        return True
    if is_off(w, m):
        return mode.runs_off_shift != 0
    return mode.by == BY_BUSY and is_fresh(w, m)


@kernel
def is_fresh(w, m):
    """Whether the machine begins an operation at this very instant: nothing of it is done yet."""
    ma = w.machine[m]
    first = IN_WORK if w.operation[ma.operation].load_law == NONE else IN_LOAD
    begins = ma.running != 0 and ma.busy_from == w.clock[0].now
    return begins and ma.phase == first and ma.remaining == ma.duration


@kernel
def heed(w, m):
    """Begin the maintenance of a machine that is due and can begin."""
    ma = w.machine[m]
    for row in range(ma.first_mode, ma.first_mode + ma.modes):
        k = w.link[row]
        if w.mode[k].state == FALLEN_DUE and may_stop(w, m, w.mode[k]):
            begin_maintenance(w, k)


@kernel
def begin_maintenance(w, k):
    """A machine stops for maintenance, which begins or waits for its people."""
    mode = w.mode[k]
    m = w.link[mode.first_member]
    ma = w.machine[m]
    note(w, STRUCK, NONE, k, NONE, NONE)
    ma.due_stops -= 1
    mode.state = WAITING_REPAIR
    mode.left = 0
    w.station[mode.station].stops += 1
    interrupt(w, m)
    if ma.is_idle != 0:
        leave_idle(w, m)
        mark_station(w, ma.station)
    ma.down += 1
    ma.planned += 1
    ma.overtime = 0
    if ma.phase == FINISHED and w.station[ma.station].locked != 0:
        look_at_blocked(w)
    stop_ageing(w, m, k)
    settle(w, m)
    if not begin_repair(w, k):
        ask_for_repair(w, k)


@kernel
def end_maintenance(w, k):
    """The machine is as new to the failures that the maintenance prevents: they count from now on."""
    mode = w.mode[k]
    m = w.link[mode.first_member]
    w.machine[m].planned -= 1
    for row in range(mode.first_renewed, mode.first_renewed + mode.renewed):
        r = w.link[row]
        renewed = w.mode[r]
        if renewed.state == UP and renewed.draws > 0:
            renewed.epoch += 1
            renewed.frozen = 0
            renewed.struck = w.clock[0].now
            begin_uptime(w, r)
            if renewed.by == BY_CLOCK and w.machine[m].down > 0:
                freeze(w, r)
