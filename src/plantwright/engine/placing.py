"""Parts of a state, each put where it is: into a queue, on a machine, before what keeps it, under way, into a lot."""

from __future__ import annotations

from plantwright.codes import (
    ABOARD,
    ARRIVE,
    AT_CONVEYOR_END,
    BEFORE_CARRIER,
    BEFORE_CONVEYOR,
    BEFORE_SHELF,
    BEFORE_STATION,
    CONVEYED,
    DRAW_REST,
    ENTERED,
    FINISHED,
    HELD_BACK,
    IN_QUEUE,
    NONE,
    ON_CONVEYOR,
    ON_WAY,
    STARTED,
)
from plantwright.engine.account import change_presence, change_process
from plantwright.engine.carriers import (
    queue_for_carrier,
)
from plantwright.engine.conveyors import conveyor_between, stand, wait_for_conveyor
from plantwright.engine.draw import rest_ticks, sample_binomial
from plantwright.engine.heap import push
from plantwright.engine.move import wait_before, wait_for_shelf
from plantwright.engine.parts import draw_option
from plantwright.engine.queues import join
from plantwright.engine.trace import note
from plantwright.jit import kernel

# Whose remaining time is drawn: ordinals of DRAW_REST (the others are in ``engine.resume``)
OF_LINE, OF_DEFECTS = range(2)


@kernel
def time_of(w, row):
    """When the event of a line comes: as written, or drawn."""
    line = w.start[row]
    if line.time != NONE:
        return line.time
    return w.clock[0].now + rest_ticks(w, line.law, line.spent, 1.0, 1.0, row, OF_LINE)


@kernel
def take_part(w, row):
    """A part is in process; what is not known of it is drawn."""
    clock = w.clock[0]
    line = w.start[row]
    p = line.who
    part = w.part[p]
    part.number = clock.parts_made
    clock.parts_made += 1
    r = w.item[part.item_].release
    note(w, ENTERED, part.number, r, part.item_, part.pieces)
    w.release[r].wip += 1
    change_process(w, part.item_, part.pieces)
    if part.option == NONE:
        part.option = draw_option(w, r)
        w.release[r].created += 1
    if part.defects == NONE:
        part.defects = sample_binomial(w, part.pieces, line.chance, DRAW_REST, p, OF_DEFECTS)
    if part.machine != NONE:
        put_on_machine(w, p)
    put(w, row)


@kernel
def put_on_machine(w, p):
    """A part is on a machine, in work there or finished."""
    part = w.part[p]
    ma = w.machine[part.machine]
    ma.load += 1
    change_presence(w, ma.station, 1)
    if ma.part == NONE:
        ma.part = p
    if ma.phase == FINISHED:
        return
    note(w, STARTED, part.number, part.machine, part.operation, part.pieces)
    if ma.part == p:
        return
    last = ma.part
    while w.part[last].mate != NONE:
        last = w.part[last].mate
    w.part[last].mate = p


@kernel
def put(w, row):
    """A part is where its line says."""
    line = w.start[row]
    p = line.who
    part = w.part[p]
    how = line.how
    if how == IN_QUEUE:
        since = part.entered
        join(w, p, part.choice)
        part.entered = since
    elif how == BEFORE_STATION:
        wait_before(w, p, w.choice[part.choice].station)
    elif how == BEFORE_SHELF:
        wait_for_shelf(w, p)
    elif how == BEFORE_CONVEYOR:
        wait_for_conveyor(w, p, conveyor_between(w, part.origin, w.choice[part.choice].station))
    elif how == BEFORE_CARRIER:
        s = w.choice[part.choice].station
        w.station[s].inbound += 1
        queue_for_carrier(w, p, w.travel[int(w.route[part.origin, s])].carrier)
        w.clock[0].drivers_wanted = 1
        w.clock[0].people_freed = 1
    elif how == ABOARD:
        w.station[w.choice[part.choice].station].inbound += 1
        get_aboard(w, p, line.value)
    elif how == ON_WAY:
        w.station[w.choice[part.choice].station].inbound += 1
        push(w, time_of(w, row), ARRIVE, p, 0)
    elif how == ON_CONVEYOR or how == AT_CONVEYOR_END:
        put_on_conveyor(w, p)
        if how == AT_CONVEYOR_END:
            wait_before(w, p, w.choice[part.choice].station)
            stand(w, part.conveyor)
        elif w.conveyor[part.conveyor].first == p:
            push(w, max(part.entered, w.clock[0].now), CONVEYED, part.conveyor, 0)
    elif how == HELD_BACK:
        hold_back(w, p)


@kernel
def put_on_conveyor(w, p):
    """A part is on a conveyor, behind those put there before; it is at the end at ``entered`` if nothing stops it."""
    part = w.part[p]
    belt = w.conveyor[part.conveyor]
    if belt.first == NONE:
        belt.first = p
    else:
        w.part[belt.last].mate = p
    belt.last = p
    belt.count += 1
    belt.count_area -= w.clock[0].now
    belt.begin_free = part.entered - belt.transit + belt.gap


@kernel
def hold_back(w, p):
    """A part is held until its lot is full."""
    op = w.operation[w.part[p].operation]
    op.held += 1
    if op.held_first == NONE:
        op.held_first = p
    else:
        w.part[op.held_last].next = p
    op.held_last = p


@kernel
def get_aboard(w, p, v):
    """A part is on a vehicle, behind those that are aboard already."""
    if w.vehicle[v].aboard == NONE:
        w.vehicle[v].aboard = p
        return
    last = w.vehicle[v].aboard
    while w.part[last].mate != NONE:
        last = w.part[last].mate
    w.part[last].mate = p
