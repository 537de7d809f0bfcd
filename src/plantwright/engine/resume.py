"""A run that begins from a state: everything is put where it is, and goes on with what it is at.

``compile`` has written what is known into the records; the lines of ``start`` say in which order it is taken up. What
nobody knows (how long work, a repair, an uptime or a way will still take) is drawn, given how long it has lasted.
"""

from __future__ import annotations

from plantwright.codes import (
    ARRIVAL,
    BY_BUSY,
    BY_COUNT,
    DRAW_RETURN,
    FAIL,
    FALLEN_DUE,
    FINISHED,
    IN_LOAD,
    IN_SETUP,
    IN_UNLOAD,
    IN_WORK,
    NONE,
    ORDER,
    PARKED,
    TAKE_ARRIVAL,
    TAKE_CALENDAR,
    TAKE_COMING,
    TAKE_CREW,
    TAKE_CUSTOMER,
    TAKE_EVENT,
    TAKE_IDLE,
    TAKE_MACHINE,
    TAKE_MODE,
    TAKE_PARKED,
    TAKE_PART,
    TAKE_UNIT,
    TAKE_VEHICLE,
    TAKE_WAY,
    TOOL_AWAY,
    TOOL_HELD,
    TOOL_READY,
    UP,
)
from plantwright.engine.account import settle
from plantwright.engine.calendars import next_change, turn_at
from plantwright.engine.carriers import (
    drive_on,
    join_free,
    leave_free,
    move_on,
    row_of_driver,
    settle_vehicle,
)
from plantwright.engine.crews import change_held, tell_held
from plantwright.engine.draw import rest_ticks, sample_ticks
from plantwright.engine.heap import push
from plantwright.engine.learning import pace_of
from plantwright.engine.machines import is_at_work, join_idle, leave_idle, reserve
from plantwright.engine.maintenance import heed
from plantwright.engine.modes import find_next_busy, find_next_count, pauses_now
from plantwright.engine.placing import take_part, time_of
from plantwright.engine.presence import next_coming
from plantwright.engine.repairs import ask_for_repair, begin_repair, run_repair, stop_ageing, stop_ageing_of_vehicle
from plantwright.engine.tools import hold_unit, lay_down, mount_units, pick_up, send_unit, take_unit
from plantwright.engine.work import CREW, HELPERS, NOT_DRAWN, ask, go_on, setup_law, work_scale
from plantwright.jit import kernel

# Whose remaining time is drawn: ordinals of DRAW_REST (those of parts are in ``engine.placing``)
OF_MACHINE, OF_MODE, OF_RELEASE, OF_DEMAND, OF_VEHICLE = range(2, 7)


@kernel
def take_up(w):
    """Put everything where the state says, line by line."""
    for row in range(len(w.start)):
        line = w.start[row]
        what = line.what
        if what == TAKE_PART:
            take_part(w, row)
        elif what == TAKE_MACHINE:
            take_machine(w, line.who, line.how)
        elif what == TAKE_CREW:
            hold_again(w, line.who)
        elif what == TAKE_MODE:
            take_mode(w, line.who)
        elif what == TAKE_IDLE and w.machine[line.who].is_idle != 0:
            leave_idle(w, line.who)
            join_idle(w, line.who)
        elif what == TAKE_VEHICLE:
            take_vehicle(w, row)
        elif what == TAKE_WAY:
            take_way(w, line.who)
        elif what == TAKE_PARKED and w.vehicle[line.who].phase == PARKED and w.vehicle[line.who].down == 0:
            leave_free(w, line.who)
            join_free(w, line.who)
        elif what == TAKE_UNIT:
            take_unit_up(w, row)
        elif what == TAKE_EVENT:
            push(w, time_of(w, row), line.how, line.who, line.value)
        elif what == TAKE_ARRIVAL:
            take_arrival(w, line.who)
        elif what == TAKE_CUSTOMER:
            take_customer(w, line.who)
        elif what == TAKE_CALENDAR:
            take_calendar(w, line.who)
        elif what == TAKE_COMING:
            next_coming(w)
    for k in range(len(w.mode)):
        if w.mode[k].state == FALLEN_DUE:
            heed_at_rest(w, w.link[w.mode[k].first_member])
        elif w.mode[k].state != UP:
            stop_others(w, k)


@kernel
def heed_at_rest(w, m):
    """Maintenance that is due begins on a machine that does nothing; at work, it has had its reasons to wait."""
    if not is_at_work(w, m):
        heed(w, m)


@kernel
def take_calendar(w, c):
    """A calendar turns at its next change, or when a shift that has been made longer ends."""
    if w.calendar[c].extended != 0:
        turn_at(w, c, w.calendar[c].turns)
    else:
        next_change(w, c)


@kernel
def take_machine(w, m, asks):
    """A machine goes on with its operation, or has finished parts on it."""
    ma = w.machine[m]
    if ma.reserved != NONE:
        reserve(w, m, ma.reserved)
    if ma.phase != FINISHED:
        op = w.operation[ma.operation]
        op.starts += 1
        ma.number = op.starts
        if op.tools > 0:
            hold_tools(w, m)
        if ma.remaining == NOT_DRAWN and ma.duration != NOT_DRAWN:
            ma.remaining = rest_of_phase(w, m)
            ma.duration += ma.remaining
        if asks != 0:
            ask(w, m)
            w.clock[0].people_freed = 1
        else:
            go_on(w, m)
    settle(w, m)


@kernel
def hold_tools(w, m):
    """A machine holds the tools of its operation: those that the state names, else any that are free."""
    ma = w.machine[m]
    op = w.operation[ma.operation]
    for row in range(op.first_tool, op.first_tool + op.tools):
        need = w.tool_need[row]
        missing = need.number
        u = ma.first_unit
        while u != NONE:
            if w.unit[u].tool == need.tool:
                missing -= 1
            u = w.unit[u].next
        for _ in range(min(missing, w.tool[need.tool].free)):
            take_unit(w, m, need.tool)
    mount_units(w, m)


@kernel
def take_unit_up(w, row):
    """A unit of a tool is where its line says: held by a machine, away, or next in the list of free ones."""
    line = w.start[row]
    u = line.who
    if w.unit[u].state != TOOL_READY:
        return
    if line.how == TOOL_HELD:
        hold_unit(w, line.value, u)
        return
    pick_up(w, u)
    if line.how == TOOL_AWAY:
        send_unit(w, u, line.time)
    else:
        lay_down(w, u)


@kernel
def rest_of_phase(w, m):
    """How long the present phase of a machine will still take [ticks]."""
    ma = w.machine[m]
    op = w.operation[ma.operation]
    law = op.law
    scale = 1.0
    if ma.phase == IN_SETUP:
        return rest_of_setup(w, m)
    if ma.phase == IN_WORK:
        scale = work_scale(w, m, ma.operation, w.part[ma.part].pieces)
    elif ma.phase == IN_LOAD:
        law = op.load_law
    elif ma.phase == IN_UNLOAD:
        law = op.unload_law
    if law == NONE:
        return 0
    if ma.pace <= 0.0:
        ma.pace = pace_of(w, op, ma.phase, 0)
    return rest_ticks(w, law, ma.duration, scale, ma.pace, m, OF_MACHINE)


@kernel
def rest_of_setup(w, m):
    """How long the present setup of a machine will still take: first its tools are mounted, then it is set up."""
    ma = w.machine[m]
    law = setup_law(w, ma.station, ma.family, w.operation[ma.operation].family)
    spent = ma.duration - max(ma.mounting, 0)
    rest = rest_ticks(w, law, max(spent, 0), 1.0, 1.0, m, OF_MACHINE) if law != NONE else 0
    return rest + max(-spent, 0)


@kernel
def hold_again(w, row):
    """Who holds people of known crews, noted in this row of ``held``, holds them again before anybody else may."""
    machines, modes = len(w.machine), len(w.mode)
    if row < machines:
        hold_for_machine(w, row)
    elif row < machines + modes:
        mode = w.mode[row - machines]
        hold_row(w, row, 0, mode.first_need, mode.needs)
    else:
        carrier = w.carrier[w.vehicle[row - machines - modes].carrier]
        hold_row(w, row, 0, carrier.first_need, carrier.needs)


@kernel
def hold_for_machine(w, m):
    """A machine holds the people that its phase needs."""
    ma = w.machine[m]
    op = w.operation[ma.operation]
    station = w.station[ma.station]
    if ma.phase == IN_SETUP:
        hold_row(w, m, 0, station.first_setup_need, station.setup_needs)
        ma.holds = HELPERS
        return
    hold_row(w, m, 0, op.first_need, op.needs)
    ma.holds = CREW
    if ma.phase == IN_LOAD or ma.phase == IN_UNLOAD:
        hold_row(w, m, op.needs, op.first_attend, op.attends)
        ma.holds |= HELPERS


@kernel
def hold_row(w, row, base, first, count):
    """People of the crews noted in ``held[row, base:]`` are held for these needs."""
    for n in range(count):
        change_held(w, int(w.held[row, base + n]), w.need[first + n].amount)
    tell_held(w, row, base, first, count)


@kernel
def take_vehicle(w, row):
    """A vehicle is on its way, so far and so long still; it goes on when it is known whether it is up."""
    line = w.start[row]
    v = line.who
    ve = w.vehicle[v]
    leave_free(w, v)
    ve.phase = line.how
    ve.left = line.time
    if line.time == NONE:
        ve.left = 0 if line.law == NONE else rest_ticks(w, line.law, line.spent, 1.0, 1.0, v, OF_VEHICLE)
    ve.whole = line.spent + ve.left
    ve.back = ve.whole
    ca = w.carrier[ve.carrier]
    if ca.return_law != NONE:
        ca.trips += 1
        ve.back = sample_ticks(w, ca.return_law, DRAW_RETURN, ve.carrier, 0, ca.trips)
    ve.trips = 1


@kernel
def take_way(w, v):
    """A vehicle goes on with its way, if it is up and has its driver."""
    if w.vehicle[v].down == 0:
        if w.held[row_of_driver(w, v), 0] != NONE:
            move_on(w, v)
        else:
            drive_on(w, v)
    settle_vehicle(w, v)


@kernel
def take_mode(w, k):
    """A way to fail goes on: it ages, waits for its repair, or is repaired. Its ``whole`` is what is over so far."""
    mode = w.mode[k]
    down = mode.state != UP
    if mode.left == NOT_DRAWN:
        mode.left = rest_ticks(w, mode.repair_law if down else mode.law, mode.whole, 1.0, 1.0, k, OF_MODE)
    mode.whole += mode.left
    if not down:
        age_from_here(w, k)
        return
    for row in range(mode.first_member, mode.first_member + mode.members):
        if mode.carrier == NONE:
            keep_down(w, w.link[row], mode.planned)
        else:
            keep_standing(w, w.link[row])
    if w.held[len(w.machine) + k, 0] != NONE:
        run_repair(w, k)
    elif not begin_repair(w, k):
        ask_for_repair(w, k)


@kernel
def keep_down(w, m, planned):
    """A machine is down."""
    leave_idle(w, m)
    w.machine[m].down += 1
    w.machine[m].planned += planned
    settle(w, m)


@kernel
def keep_standing(w, v):
    """A vehicle has broken down, parked or on its way."""
    ve = w.vehicle[v]
    if ve.phase == PARKED and ve.down == 0:
        leave_free(w, v)
    ve.down += 1
    settle_vehicle(w, v)


@kernel
def age_from_here(w, k):
    """A way to fail strikes when ``left`` of its clock is over."""
    mode = w.mode[k]
    m = w.link[mode.first_member]
    if mode.by == BY_BUSY:
        mode.due = w.machine[m].busy_clock + mode.left
        find_next_busy(w, m)
    elif mode.by == BY_COUNT and mode.carrier != NONE:
        mode.due = mode.left
    elif mode.by == BY_COUNT:
        mode.due = w.machine[m].cycles + mode.left
        find_next_count(w, m)
    elif pauses_now(w, mode):
        mode.frozen = 1
        return
    else:
        mode.due = w.clock[0].now + mode.left
        push(w, mode.due, FAIL, k, mode.epoch)
    mode.left = 0


@kernel
def stop_others(w, k):
    """The machines (or vehicles) of a mode are down: their other modes do not age."""
    mode = w.mode[k]
    for row in range(mode.first_member, mode.first_member + mode.members):
        if mode.carrier == NONE:
            stop_ageing(w, w.link[row], k)
        else:
            stop_ageing_of_vehicle(w, w.link[row], k)


@kernel
def take_arrival(w, r):
    """The next arrival of a release comes when it is due, or is drawn, given how long ago the last one was.

    A source that is blocked sends nothing.
    """
    release = w.release[r]
    if release.standing != 0:
        return
    if release.due == NONE:
        release.due = w.clock[0].now + rest_ticks(w, release.law, release.whole, 1.0, 1.0, r, OF_RELEASE)
    release.whole += release.due - w.clock[0].now
    push(w, release.due, ARRIVAL, r, 0)


@kernel
def take_customer(w, d):
    """As ``take_arrival``, for the next customer."""
    demand = w.demand[d]
    if demand.due == NONE:
        demand.due = w.clock[0].now + rest_ticks(w, demand.law, demand.whole, 1.0, 1.0, d, OF_DEMAND)
    demand.whole += demand.due - w.clock[0].now
    push(w, demand.due, ORDER, d, 0)
