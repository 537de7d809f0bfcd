"""What comes of an operation: pieces good, defective, rejected; lots held for the laboratory or for transfer."""

from __future__ import annotations

from plantwright.codes import DRAW_FALSE, DRAW_FOUND, DRAW_GOOD, DRAW_MEND, ENDED, FINISHED, NONE, REJECTED, SAMPLE_END
from plantwright.engine.account import change_presence, settle
from plantwright.engine.draw import sample_binomial
from plantwright.engine.machines import come_off
from plantwright.engine.maintenance import heed
from plantwright.engine.move import fail_lot, judge_lots, let_lot_go, pass_on, send
from plantwright.engine.parts import count_try, split
from plantwright.engine.stocks import put_on
from plantwright.engine.trace import note
from plantwright.engine.work import drop_work
from plantwright.jit import kernel


@kernel
def tries_at(w, p, o):
    """How often a part has been rejected at this operation."""
    part = w.part[p]
    return part.tries if part.tried == o else 0


@kernel
def inspect(w, p, o):
    """Defects and inspection of an operation on a part: how many pieces are rejected, (defective, sound)."""
    op = w.operation[o]
    part = w.part[p]
    number = op.ends
    if op.mends > 0.0 and part.defects > 0:
        part.defects -= sample_binomial(w, part.defects, op.mends, DRAW_MEND, o, number)
    made = spoilt(w, p, o, number)
    if op.hidden != 0:
        part.defects += made
        if op.inspects == 0:
            return 0, 0
        made = 0
    if op.goods == 0 and op.inspects == 0 and op.false_reject <= 0.0:
        return 0, 0
    looked_at = made + (part.defects if op.inspects != 0 else 0)
    found = sample_binomial(w, looked_at, 1.0 - op.miss, DRAW_FOUND, o, number)
    sound = part.pieces - part.defects - made
    wrong = sample_binomial(w, sound, op.false_reject, DRAW_FALSE, o, number)
    part.defects += made
    count_inspection(w, w.machine[part.machine].station, p, o, found, wrong)
    return found, wrong


@kernel
def spoilt(w, p, o, number):
    """How many pieces of a part the ``number``-th end of an operation spoils."""
    op = w.operation[o]
    if op.goods == 0:
        return 0
    part = w.part[p]
    good = w.share[op.first_good + min(tries_at(w, p, o), op.goods - 1)]
    return sample_binomial(w, part.pieces - part.defects, 1.0 - good, DRAW_GOOD, o, number)


@kernel
def count_inspection(w, s, p, o, found, wrong):
    """A part has been looked at on a station, and so many of its pieces rejected: (defective, sound)."""
    op = w.operation[o]
    part = w.part[p]
    item = w.item[part.item_]
    item.inspected += part.pieces
    item.rejected += found + wrong
    op.inspected += part.pieces
    op.rejected += found + wrong
    w.station[s].rejected += found + wrong
    if tries_at(w, p, o) == 0:
        op.first_inspected += part.pieces
        op.first_rejected += found + wrong
    if found + wrong > 0:
        note(w, REJECTED, part.number, o, found, wrong)


@kernel
def reject(w, p, o):
    """Where rejected pieces go: to be repaired, or past the cap on tries."""
    return way_of_rejected(w.operation[o], count_try(w, p, o))


@kernel
def way_of_rejected(op, tries):
    """Where pieces go that an operation has now rejected so often in a row."""
    return op.past_tries if op.tries > 0 and tries > op.tries else op.otherwise


@kernel
def set_apart(w, p, o, found, wrong):
    """Rejected pieces of a part that holds more go their own way; until they can, they stay on the machine."""
    q = split(w, p, found + wrong)
    w.part[q].defects = found
    w.part[p].defects -= found
    m = w.part[p].machine
    w.part[q].machine = m
    w.machine[m].load += 1
    change_presence(w, w.machine[m].station, 1)
    send(w, q, reject(w, q, o))


@kernel
def hold_lot(w, p, o):
    """Set a part aside until its lot is full; the last part of a lot leaves the machine only behind all others."""
    op = w.operation[o]
    size = op.sample_every if op.sample_every > 0 else op.transfer
    if op.held + 1 < size:
        come_off(w, p)
        w.part[p].next = NONE
        op.held += 1
        if op.held_first == NONE:
            op.held_first = p
        else:
            w.part[op.held_last].next = p
        op.held_last = p
        return
    lot = op.held_first
    op.held_first = NONE
    op.held_last = NONE
    op.held = 0
    if op.sample_every > 0:
        w.part[p].held = lot
        pass_on(w, p, op.sample_operation)
    elif op.next == SAMPLE_END:
        judge_lots(w, lot, p)
    else:
        let_lot_go(w, lot, p, op.next)


@kernel
def give_components(w, o, pieces):
    """A teardown or cut-out puts pieces of other items on their shelves."""
    op = w.operation[o]
    for row in range(op.first_give, op.first_give + op.gives):
        give = w.give[row]
        w.item[give.item_].received += pieces * give.pieces
        put_on(w, give.item_, pieces * give.pieces)


@kernel
def conclude(w, p, o):
    """One part's operation is over: judge it and send it on its way."""
    op = w.operation[o]
    part = w.part[p]
    op.ends += 1
    op.completions += 1
    if op.sure != 0:
        send(w, p, op.next)
        return
    if op.gives > 0:
        give_components(w, o, part.pieces)
    if op.goods > 0 or op.inspects != 0 or op.mends > 0.0 or op.false_reject > 0.0:
        found, wrong = inspect(w, p, o)
        if found + wrong == part.pieces:
            fail_lot(w, p)
            send(w, p, reject(w, p, o))
            return
        if found + wrong > 0:
            set_apart(w, p, o, found, wrong)
    if op.sample_every > 0 or op.transfer > 1:
        hold_lot(w, p, o)
    else:
        send(w, p, op.next)


@kernel
def end_operation(w, m):
    """The last phase is over: everything held is let go, and every part is sent on or waits on the machine."""
    ma = w.machine[m]
    st = w.station[ma.station]
    if w.operation[ma.operation].bare != 0:
        ma.overtime = 0
    else:
        drop_work(w, m)
    ma.phase = FINISHED
    if ma.due_stops > 0:
        heed(w, m)
    p = ma.part
    w.clock[0].moves += ma.load
    st.completions += ma.load
    while p != NONE:
        following = w.part[p].mate
        w.part[p].mate = NONE
        st.pieces += w.part[p].pieces
        note(w, ENDED, w.part[p].number, m, w.part[p].operation, w.part[p].pieces)
        conclude(w, p, w.part[p].operation)
        p = following
    if ma.phase == FINISHED:
        settle(w, m)
