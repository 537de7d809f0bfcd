"""Repairs and planned maintenance under way: people are asked for, clocks stand still off shift and run on."""

from __future__ import annotations

from plantwright.codes import BY_CLOCK, DRAW_REPAIR, FAIL, IN_REPAIR, NONE, REPAIRED, UP, WAIT_REPAIRER, WAITING_REPAIR
from plantwright.engine.crews import hold, let_go, put_back, tell_held
from plantwright.engine.draw import sample_ticks
from plantwright.engine.heap import push
from plantwright.engine.modes import machine_ordinal, pauses_now, source_of
from plantwright.jit import kernel


@kernel
def find_repairers(w, k):
    """Hold those who mend it: True when all of them come; nobody comes while the repair pauses."""
    mode = w.mode[k]
    return mode.needs == 0 or (not pauses_now(w, mode) and hold(w, len(w.machine) + k, 0, mode.first_need, mode.needs))


@kernel
def could_begin_repair(w, k):
    """Whether those who mend it could be had now."""
    mode = w.mode[k]
    if not find_repairers(w, k):
        return False
    put_back(w, len(w.machine) + k, 0, mode.first_need, mode.needs)
    return True


@kernel
def begin_repair(w, k):
    """Start a repair, or go on with it, if its people can be had: True when begun."""
    if not find_repairers(w, k):
        return False
    mode = w.mode[k]
    tell_held(w, len(w.machine) + k, 0, mode.first_need, mode.needs)
    run_repair(w, k)
    return True


@kernel
def run_repair(w, k):
    """A repair begins, or goes on with what is left of it; its people are there."""
    mode = w.mode[k]
    now = w.clock[0].now
    time = mode.left
    mode.left = 0
    if time == 0:
        time = sample_ticks(w, mode.repair_law, DRAW_REPAIR, source_of(w, mode), machine_ordinal(w, k), mode.repairs)
        mode.repairs += 1
        mode.whole = time
    mode.state = IN_REPAIR
    mode.ends = now + time
    if pauses_now(w, mode):
        mode.frozen = 1
        mode.left = time
    else:
        push(w, mode.ends, REPAIRED, k, mode.epoch)


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
    """All machines of a mode begin (1) or cease (-1) to wait for a repairer."""
    if mode.carrier != NONE:
        return
    for row in range(mode.first_member, mode.first_member + mode.members):
        count_machine(w, mode, w.link[row], sign)


@kernel
def count_machine(w, mode, m, sign):
    """A machine begins (1) or ceases (-1) to wait for a repairer; off shift nobody is waited for."""
    s = w.machine[m].station
    if mode.planned == 0 and w.station[s].on != 0:
        w.state_time[s][WAIT_REPAIRER] -= sign * w.clock[0].now


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
    freeze_others(w, w.machine[m].first_mode, w.machine[m].modes, striking)


@kernel
def stop_ageing_of_vehicle(w, v, striking):
    """A vehicle is down: its own other clock modes do not age."""
    freeze_others(w, w.vehicle[v].first_mode, w.vehicle[v].modes, striking)


@kernel
def freeze_others(w, first, count, striking):
    """Of the modes in so many rows of ``link``, those that are one's own do not age, but for the one that strikes."""
    for row in range(first, first + count):
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
