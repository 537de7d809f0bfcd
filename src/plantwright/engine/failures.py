"""Failures and repairs: by the clock, by busy time, by count; of one machine or of a group."""

from __future__ import annotations

from plantwright.arrays import (
    BY_BUSY,
    BY_CLOCK,
    BY_COUNT,
    DRAW_REPAIR,
    DRAW_UPTIME,
    EMPTY,
    FAIL,
    FINISHED,
    FOREVER,
    IN_REPAIR,
    IN_SETUP,
    IN_UNLOAD,
    IN_WORK,
    MENDED,
    NONE,
    REPAIRED,
    REPEAT,
    SCRAP_WORK,
    STRUCK,
    UP,
    WAIT_REPAIRER,
    WAITING_REPAIR,
)
from plantwright.engine.account import change_presence, settle
from plantwright.engine.carriers import restart_vehicle, stop_vehicle
from plantwright.engine.conveyors import mark_conveyor
from plantwright.engine.crews import hold, let_go
from plantwright.engine.draw import rounded, sample, sample_ticks
from plantwright.engine.heap import push
from plantwright.engine.machines import give_up_reservation, join_idle, leave_idle
from plantwright.engine.marks import mark_room, mark_shelf, mark_station
from plantwright.engine.parts import scrap
from plantwright.engine.trace import note
from plantwright.engine.work import NOT_DRAWN, drop_work, go_on, interrupt, is_at_work, stop_asking
from plantwright.jit import kernel

MODES_PER_STATION = 64


@kernel
def source_of(w, mode):
    """Owner of a mode's random numbers: its place in the failures of its station, or carrier."""
    place = mode.station if mode.carrier == NONE else len(w.station) + mode.carrier
    return place * MODES_PER_STATION + mode.ordinal % MODES_PER_STATION


@kernel
def machine_ordinal(w, k):
    """Which machine of its station (vehicle of its carrier) a mode belongs to: the first one of a group."""
    first = w.link[w.mode[k].first_member]
    return w.machine[first].ordinal if w.mode[k].carrier == NONE else w.vehicle[first].ordinal


@kernel
def counts_on(w, mode, m):
    """Whether a mode's busy time or operations are those of this machine: of a group the first one's count."""
    return w.link[mode.first_member] == m


@kernel
def is_gone(w, k):
    """Whether none of a mode's machines is there, so that it cannot strike."""
    mode = w.mode[k]
    if mode.carrier != NONE:
        return False
    for row in range(mode.first_member, mode.first_member + mode.members):
        if w.machine[w.link[row]].absent == 0:
            return False
    return True


@kernel
def find_next_busy(w, m):
    """The machine's earliest failure by busy time."""
    ma = w.machine[m]
    ma.busy_due = FOREVER
    ma.busy_mode = NONE
    for row in range(ma.first_mode, ma.first_mode + ma.modes):
        mode = w.mode[w.link[row]]
        if mode.by == BY_BUSY and counts_on(w, mode, m) and mode.state == UP and mode.due < ma.busy_due:
            ma.busy_due = mode.due
            ma.busy_mode = w.link[row]


@kernel
def find_next_count(w, m):
    """The machine's earliest failure by operations."""
    ma = w.machine[m]
    ma.count_due = FOREVER
    ma.count_mode = NONE
    for row in range(ma.first_mode, ma.first_mode + ma.modes):
        mode = w.mode[w.link[row]]
        if mode.by == BY_COUNT and counts_on(w, mode, m) and mode.state == UP and mode.due < ma.count_due:
            ma.count_due = mode.due
            ma.count_mode = w.link[row]


@kernel
def begin_uptime(w, k):
    """Draw when a mode strikes next and wait for it, each by its own clock."""
    mode = w.mode[k]
    now = w.clock[0].now
    m = w.link[mode.first_member]
    uptime = sample(w, mode.law, DRAW_UPTIME, source_of(w, mode), machine_ordinal(w, k), mode.draws)
    mode.draws += 1
    if mode.by == BY_BUSY:
        mode.due = w.machine[m].busy_clock + rounded(uptime)
        find_next_busy(w, m)
    elif mode.by == BY_COUNT and mode.carrier != NONE:
        mode.due = w.vehicle[m].trips + max(rounded(uptime), 1)
    elif mode.by == BY_COUNT:
        begun = 1 if is_at_work(w, m) and w.machine[m].phase != IN_UNLOAD else 0
        mode.due = w.machine[m].cycles + 1 - begun + max(rounded(uptime), 1)
        find_next_count(w, m)
    else:
        mode.due = now + rounded(uptime)
        if mode.from_start != 0 and mode.draws > 1:
            mode.due = mode.struck + rounded(uptime)
            while mode.due <= now:
                again = sample(w, mode.law, DRAW_UPTIME, source_of(w, mode), machine_ordinal(w, k), mode.draws)
                mode.draws += 1
                mode.due += max(rounded(again), 1)
        if pauses_now(w, mode):
            mode.frozen = 1
            mode.left = mode.due - now
        else:
            push(w, mode.due, FAIL, k, mode.epoch)


@kernel
def pauses_now(w, mode):
    """Whether the mode's clocks stand still because its station or carrier is off shift."""
    if mode.runs_off_shift != 0:
        return False
    return w.station[mode.station].on == 0 if mode.carrier == NONE else w.carrier[mode.carrier].on == 0


@kernel
def freeze(w, k):
    """Stop a clock mode's ageing, or a repair, where it is; repairers go and have to come again."""
    mode = w.mode[k]
    if mode.frozen != 0 or mode.draws == 0:  # it stands still, or its machines have not come yet
        return
    if mode.state == IN_REPAIR:
        mode.left = mode.ends - w.clock[0].now
        if mode.needs > 0:
            mode.state = WAITING_REPAIR
            mode.epoch += 1
            let_go(w, len(w.machine) + k, 0, mode.first_need, mode.needs)
            ask_for_repair(w, k)
            return
    elif mode.state == UP and mode.by == BY_CLOCK:
        mode.left = mode.due - w.clock[0].now
    else:
        return
    mode.frozen = 1
    mode.epoch += 1


@kernel
def thaw(w, k):
    """Let a frozen mode age on, or its repair go on."""
    mode = w.mode[k]
    if mode.frozen == 0 or pauses_now(w, mode):
        return
    now = w.clock[0].now
    mode.frozen = 0
    if mode.state == IN_REPAIR:
        mode.ends = now + mode.left
        mode.left = 0
        push(w, mode.ends, REPAIRED, k, mode.epoch)
    else:
        mode.due = now + mode.left
        push(w, mode.due, FAIL, k, mode.epoch)


@kernel
def stop_ageing(w, m, striking):
    """A machine is down: its own other clock modes do not age."""
    ma = w.machine[m]
    for row in range(ma.first_mode, ma.first_mode + ma.modes):
        k = w.link[row]
        if k != striking and w.mode[k].members == 1 and w.mode[k].state == UP:
            freeze(w, k)


@kernel
def age_on(w, m):
    """A machine is up again: its clock modes age on."""
    ma = w.machine[m]
    for row in range(ma.first_mode, ma.first_mode + ma.modes):
        k = w.link[row]
        if w.mode[k].state == UP:
            thaw(w, k)


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
def strike(w, k):
    """A mode strikes: its machines stop, and a repair is begun or waits for people."""
    mode = w.mode[k]
    if is_gone(w, k):
        return
    note(w, STRUCK, NONE, k, NONE, NONE)
    mode.struck = w.clock[0].now
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
        for other in range(w.vehicle[v].first_mode, w.vehicle[v].first_mode + w.vehicle[v].modes):
            if w.link[other] != k and w.mode[w.link[other]].members == 1 and w.mode[w.link[other]].state == UP:
                freeze(w, w.link[other])


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
    w.station[mode.station].failures += 1
    for row in range(mode.first_member, mode.first_member + mode.members):
        m = w.link[row]
        ma = w.machine[m]
        interrupt(w, m)
        leave_idle(w, m)
        ma.down += 1
        ma.overtime = 0
        lose_work(w, m, mode.then)
        stop_ageing(w, m, k)
        settle(w, m)


@kernel
def strike_by_count(w, m):
    """A failure counted in operations strikes at the start of an operation, before any of its time has passed."""
    ma = w.machine[m]
    if ma.count_mode != NONE and ma.phase == IN_WORK and ma.running != 0 and ma.cycles >= ma.count_due:
        strike(w, ma.count_mode)


@kernel
def begin_repair(w, k):
    """Start a repair, or go on with it, if its people can be had: True when begun."""
    mode = w.mode[k]
    if mode.needs > 0 and (pauses_now(w, mode) or not hold(w, len(w.machine) + k, 0, mode.first_need, mode.needs)):
        return False
    now = w.clock[0].now
    time = mode.left
    mode.left = 0
    if time == 0:
        time = sample_ticks(w, mode.repair_law, DRAW_REPAIR, source_of(w, mode), machine_ordinal(w, k), mode.repairs)
        mode.repairs += 1
    mode.state = IN_REPAIR
    mode.ends = now + time
    if pauses_now(w, mode):
        mode.frozen = 1
        mode.left = time
    else:
        push(w, mode.ends, REPAIRED, k, mode.epoch)
    return True


@kernel
def ask_for_repair(w, k):
    """Last in the list of those who wait for a repairer."""
    clock = w.clock[0]
    mode = w.mode[k]
    mode.next_ask = NONE
    if clock.last_repair_ask == NONE:
        clock.first_repair_ask = k
    else:
        w.mode[clock.last_repair_ask].next_ask = k
    clock.last_repair_ask = k
    count_waiting(w, mode, 1)


@kernel
def count_waiting(w, mode, sign):
    """Machines of a mode begin (1) or cease (-1) to wait for a repairer; off shift nobody is waited for."""
    if mode.carrier == NONE and w.station[mode.station].on != 0:
        w.state_time[mode.station][WAIT_REPAIRER] -= sign * w.clock[0].now * mode.members


@kernel
def serve_repairs(w):
    """Begin every waiting repair whose people can be had, first asked first."""
    clock = w.clock[0]
    before = NONE
    k = clock.first_repair_ask
    while k != NONE:
        mode = w.mode[k]
        following = mode.next_ask
        if begin_repair(w, k):
            count_waiting(w, mode, -1)
            if before == NONE:
                clock.first_repair_ask = following
            else:
                w.mode[before].next_ask = following
            if following == NONE:
                clock.last_repair_ask = before
        else:
            before = k
        k = following


@kernel
def repaired(w, k):
    """A repair ends: people go, machines work on or are free."""
    mode = w.mode[k]
    note(w, MENDED, NONE, k, NONE, NONE)
    mode.state = UP
    mode.epoch += 1
    let_go(w, len(w.machine) + k, 0, mode.first_need, mode.needs)
    begin_uptime(w, k)
    if mode.carrier != NONE:
        restart_vehicles(w, k)
        return
    for row in range(mode.first_member, mode.first_member + mode.members):
        m = w.link[row]
        ma = w.machine[m]
        ma.down -= 1
        if ma.down > 0:
            if mode.members == 1:
                freeze(w, k)
            continue
        age_on(w, m)
        if ma.phase == EMPTY:
            join_idle(w, m)
            mark_station(w, ma.station)
            mark_room(w, ma.station)
        elif ma.phase == FINISHED and w.station[ma.station].locked != 0:
            unlock(w)
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


@kernel
def unlock(w):
    """A locked machine is up: wherever parts wait to go, its own may go now."""
    for s in range(len(w.station)):
        mark_room(w, s)
    for i in range(len(w.item)):
        mark_shelf(w, i)
    for c in range(len(w.conveyor)):
        mark_conveyor(w, c)
