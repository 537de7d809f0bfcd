"""Moving: a part passes to its next operation, waits where it is until it can, or leaves the plant."""

from __future__ import annotations

from plantwright.codes import ARRIVE, BLOCKED_BY, DONE, DRAW_SAMPLE, DRAW_TRAVEL, FOREVER, NONE, SAMPLE_END, SET_OUT
from plantwright.engine.blocked import wait_last
from plantwright.engine.carriers import turn_back, wait_for_carrier
from plantwright.engine.conveyors import can_get_on, conveyor_between, get_on, stand, wait_for_conveyor
from plantwright.engine.deadlock import suspect
from plantwright.engine.draw import sample_ticks, uniform
from plantwright.engine.heap import push
from plantwright.engine.machines import come_off, free_machine, give_up_reservation
from plantwright.engine.marks import mark_entry, mark_release, mark_shelf
from plantwright.engine.operate import somebody_is_asked_for
from plantwright.engine.parts import count_finish, count_out, count_try, give_back, scrap
from plantwright.engine.queues import READY, has_place, has_room, is_picky, join, needs_people, obstacle
from plantwright.engine.start import try_start
from plantwright.engine.stocks import put_on
from plantwright.engine.trace import note
from plantwright.jit import kernel

FAR = 2**41
"""Length of a queue before which there is no machine. [1/1024 parts]"""


@kernel
def can_take_now(w, s, o, option, pieces):
    """Whether a machine of the station could start this part at once, nobody waiting before it.

    Where people are needed, those go first who wait for people already.
    """
    st = w.station[s]
    if st.waiting > 0 or (st.inbound > 0 and st.inbound >= st.free) or st.batch_max > 0:
        return False
    m = free_machine(w, s)
    while m != NONE:
        may = st.restricted == 0 or w.qualified[m, w.operation[o].item_] != 0
        if may and obstacle(w, m, o, option, pieces) == READY:
            if not needs_people(w, m, o) or not somebody_is_asked_for(w):
                return True
            w.clock[0].gave_way = 1
        m = w.machine[m].next_idle if is_picky(st) else NONE
    return False


@kernel
def queue_length(w, s):
    """Length of the queue of a station as parts with a choice see it: per machine, and long while it is off shift.

    Where no machine is, before its first day or after its last one, it is longer than any without room.
    """
    st = w.station[s]
    if st.here == 0:
        return FAR
    length = (st.waiting + st.inbound) * 1024 // st.here
    return length + 2**30 if st.on == 0 else length


@kernel
def choose_station(w, p, o):
    """Among an operation's stations: the first that can take the part now, else the shortest queue with room.

    Without room anywhere the part waits for the shortest queue, but goes where room comes first.
    """
    op = w.operation[o]
    if op.choices == 1:
        return op.first_choice
    part = w.part[p]
    best = NONE
    best_length = FOREVER
    for c in range(op.first_choice, op.first_choice + op.choices):
        s = w.choice[c].station
        if can_take_now(w, s, o, part.option, part.pieces):
            return c
        st = w.station[s]
        length = queue_length(w, s)
        if not has_room(w, s) or st.first_blocked != NONE:
            length += 2**40
        if length < best_length:
            best = c
            best_length = length
    return best


@kernel
def way(w, p, s):
    """The ``travel`` row from where a part is to station ``s``; NONE where it moves in no time."""
    origin = w.part[p].origin
    if origin == NONE or len(w.travel) == 0 or w.part[p].conveyor != NONE:
        return NONE
    return int(w.route[origin, s])


@kernel
def admit(w, p, choice):
    """Let a part pass to a station if its queue has room or a machine takes it now: True when it passed."""
    s = w.choice[choice].station
    part = w.part[p]
    travel = way(w, p, s)
    if travel != NONE:
        conveyor = w.travel[travel].conveyor
        if conveyor != NONE:
            if not can_get_on(w, conveyor):
                return False
            part.choice = choice
            come_off(w, p)
            get_on(w, p, conveyor, travel)
            return True
        if not has_place(w, s):
            return False
        part.choice = choice
        part.waits_for = NONE  # for a carrier perhaps, but no more for room: its place is kept
        w.station[s].inbound += 1
        set_out(w, p, travel)
        return True
    if has_room(w, s):
        come_off(w, p)
        join(w, p, choice)
        return True
    if can_take_now(w, s, part.operation, part.option, part.pieces):
        come_off(w, p)
        join(w, p, choice)
        try_start(w, s)
        return True
    return False


@kernel
def set_out(w, p, travel):
    """A part begins its way: by itself, or on a carrier, for which it waits where it is."""
    tr = w.travel[travel]
    if tr.carrier == NONE:
        come_off(w, p)
        w.part[p].mate = NONE
        tr.trips += 1
        note(w, SET_OUT, w.part[p].number, w.choice[w.part[p].choice].station, travel, w.part[p].pieces)
        push(w, w.clock[0].now + sample_ticks(w, tr.law, DRAW_TRAVEL, travel, 0, tr.trips), ARRIVE, p, 0)
        return
    wait_for_carrier(w, p, tr.carrier)


@kernel
def arrive(w, p):
    """Parts reach the end of their way and enter the queue in which their place was kept."""
    while p != NONE:
        part = w.part[p]
        following = part.mate
        part.mate = NONE
        st = w.station[w.choice[part.choice].station]
        st.inbound -= 1
        if st.here == 0 and w.operation[part.operation].choices > 1:  # its machines have left meanwhile
            send_to_operation(w, p, part.operation)
        else:
            join(w, p, part.choice)
        p = following


@kernel
def unload(w, v):
    """A vehicle is where it takes its load."""
    arrive(w, w.vehicle[v].aboard)
    turn_back(w, v)


@kernel
def wait_before(w, p, s):
    """A part that cannot pass waits where it is, last in the list of those who want into station ``s``."""
    part = w.part[p]
    wait_last(w, p, w.station[s], s)
    note(w, BLOCKED_BY, part.number, s, part.operation, part.pieces)
    suspect(w, p, s)


@kernel
def keeps_reservation(w, p, o):
    """A part whose next place was reserved before its service passes to it: True when that is where it goes."""
    ma = w.machine[w.part[p].machine]
    choice = ma.reserved
    op = w.operation[o]
    if choice < op.first_choice or choice >= op.first_choice + op.choices:
        return False
    give_up_reservation(w, w.part[p].machine)
    return admit(w, p, choice)


@kernel
def send_to_operation(w, p, o):
    """Pass a part to operation ``o``, or let it wait for that."""
    part = w.part[p]
    part.operation = o
    if part.machine != NONE and w.machine[part.machine].reserved != NONE and keeps_reservation(w, p, o):
        return
    choice = choose_station(w, p, o)
    part.choice = choice
    conveyor = conveyor_between(w, part.origin, w.choice[choice].station)
    if conveyor == NONE:
        pass_or_wait(w, p)
    elif w.conveyor[conveyor].first_blocked != NONE or not admit(w, p, choice):
        wait_for_conveyor(w, p, conveyor)


@kernel
def pass_or_wait(w, p):
    """Let a part pass to the station it has chosen; where it cannot, it waits where it is."""
    choice = w.part[p].choice
    s = w.choice[choice].station
    if w.station[s].first_blocked != NONE or not admit(w, p, choice):
        wait_before(w, p, s)
        look_past(w, p)


@kernel
def look_past(w, p):
    """Those whom a part has to wait for may be held up for reasons of their own: then it goes where there is room."""
    op = w.operation[w.part[p].operation]
    for c in range(op.first_choice, op.first_choice + op.choices):
        s = w.choice[c].station
        st = w.station[s]
        if (st.waiting == 0 or has_room(w, s)) and (op.choices > 1 or st.first_blocked != p):
            mark_entry(w, s)


@kernel
def reach_end(w, c):
    """The first part of a conveyor is at its end: it gets off, or stands there until it can."""
    p = w.conveyor[c].first
    pass_or_wait(w, p)
    if w.part[p].conveyor != NONE:
        stand(w, c)


@kernel
def finish(w, p):
    """A part reaches the end of its route: to its shelf, or it waits until the shelf has room."""
    part = w.part[p]
    i = part.item_
    item = w.item[i]
    if item.first_blocked != NONE or item.stock + part.pieces > item.room:
        wait_for_shelf(w, p)
        if item.stock + part.pieces <= item.room:
            mark_shelf(w, i)
        return
    shelve(w, p)


@kernel
def wait_for_shelf(w, p):
    """A part that is through waits where it is, last in the list of those who want on their shelf."""
    part = w.part[p]
    wait_last(w, p, w.item[part.item_], len(w.station) + part.item_)
    note(w, BLOCKED_BY, part.number, part.waits_for, NONE, part.pieces)


@kernel
def shelve(w, p):
    """A finished part goes to its shelf; its release may send the next one."""
    i = w.part[p].item_
    come_off(w, p)
    put_away(w, p)
    mark_release(w, w.item[i].release)


@kernel
def put_away(w, p):
    """A part that has come off its machine is finished and on its shelf."""
    part = w.part[p]
    i = part.item_
    item = w.item[i]
    pieces = part.pieces
    count_finish(w, p)
    count_out(w, p)
    if item.serial != 0:
        part.next = NONE
        if item.first_serial == NONE:
            item.first_serial = p
        else:
            w.part[item.last_serial].next = p
        item.last_serial = p
    else:
        give_back(w, p)
    put_on(w, i, pieces)


@kernel
def pass_on(w, p, goal):
    """Send a part to an operation, to stock (DONE) or to scrap."""
    if goal >= 0:
        send_to_operation(w, p, goal)
    elif goal == DONE:
        finish(w, p)
    else:
        come_off(w, p)
        scrap(w, p)


@kernel
def judge_lot(w, p):
    """The laboratory's result: the lot that waited for it goes on, the sample last, or goes where failed lots go."""
    o = w.operation[w.part[p].operation].owner
    op = w.operation[o]
    op.samples += 1
    if op.sample_good < 1.0 and uniform(w, DRAW_SAMPLE, o, 0, op.samples) >= op.sample_good:
        fail_lot(w, p)
        pass_on(w, p, way_of_failed(w, p, w.part[p].operation))
        return
    lot = w.part[p].held
    w.part[p].held = NONE
    let_lot_go(w, lot, p, op.next)


@kernel
def way_of_failed(w, p, laboratory):
    """Where a part of a failed lot goes: back, as often as its cap on tries allows, then past it."""
    op = w.operation[w.operation[laboratory].owner]
    tries = count_try(w, p, laboratory)
    return op.sample_past if op.sample_tries > 0 and tries > op.sample_tries else op.sample_otherwise


@kernel
def fail_lot(w, sample):
    """The lot that waits for a sample has failed: its parts go their ways, each by its own tries; the sample stays."""
    part = w.part[sample]
    lot = part.held
    part.held = NONE
    while lot != NONE:
        following = w.part[lot].next
        pass_on(w, lot, way_of_failed(w, lot, part.operation))
        lot = following


@kernel
def let_lot_go(w, lot, last, goal):
    """Parts held aside go on, and last the one that is still on its machine, which so waits until all have passed."""
    while lot != NONE:
        following = w.part[lot].next
        pass_on(w, lot, goal)
        lot = following
    pass_on(w, last, goal)


@kernel
def judge_lots(w, sample, last):
    """Samples that leave the laboratory as one transfer lot, ``last`` still on its machine: each judges its lot."""
    while sample != NONE:
        following = w.part[sample].next
        judge_lot(w, sample)
        sample = following
    judge_lot(w, last)


@kernel
def send(w, p, goal):
    """Send a part where its operation's outcome sends it."""
    if goal == SAMPLE_END:
        judge_lot(w, p)
    else:
        pass_on(w, p, goal)
