"""What comes of an operation (mechanisms 6, 13): pieces good, defective, rejected; lots held back."""

from __future__ import annotations

from plantwright.codes import DRAW_FALSE, DRAW_FOUND, DRAW_GOOD, DRAW_MEND, ENDED, FINISHED, REJECTED
from tests.oracle import maintenance, move, release, stocks, work
from tests.oracle.states import settle


def end_operation(run, machine):
    """The last phase is over: what is held is let go, and every part is judged and sent on, in its order."""
    work.drop(run, machine)
    machine.phase = FINISHED
    maintenance.heed(run, machine)
    for part in list(machine.parts):
        run.note(ENDED, part=part, who=machine.number, what=part.operation.number, value=part.pieces)
        conclude(run, part, part.operation)
    if machine.phase == FINISHED:
        settle(run, machine)


def conclude(run, part, operation):
    operation.ends += 1
    for item, pieces in operation.gives:
        stocks.put_on(run, item, part.pieces * pieces)
    defective, sound = inspect(run, part, operation)
    rejected = defective + sound
    if rejected > 0:
        run.note(REJECTED, part=part, who=operation.number, what=defective, value=sound)
    if rejected == part.pieces:
        move.fail_lot(run, part)
        move.send(run, part, reject(part, operation))
        return
    if rejected > 0:
        set_apart(run, part, operation, defective, rejected)
    if operation.sample_every > 0 or operation.transfer > 1:
        hold_back(run, part, operation)
    else:
        move.send(run, part, operation.next)


def inspect(run, part, operation):
    """Mend defects, make defects, find defects: how many pieces are rejected, defective ones and sound ones."""

    def struck(pieces, chance, purpose):
        return run.draws.binomial(pieces, chance, purpose, operation.number, operation.ends)

    part.defects -= struck(part.defects, operation.mends, DRAW_MEND)
    before = part.defects
    if operation.good:
        good = operation.good[min(tries_at(part, operation), len(operation.good) - 1)]
        part.defects += struck(part.pieces - part.defects, 1.0 - good, DRAW_GOOD)
    made = part.defects - before
    if operation.hides_defects and not operation.inspects:
        return 0, 0
    found = 0
    if operation.inspects:  # defects made upstream as well
        found = struck(part.defects, 1.0 - operation.miss, DRAW_FOUND)
    elif operation.good:
        found = struck(made, 1.0 - operation.miss, DRAW_FOUND)
    return found, struck(part.pieces - part.defects, operation.false_reject, DRAW_FALSE)


def tries_at(part, operation):
    """How often the part has been rejected by this operation in a row."""
    return part.tries if part.tried is operation else 0


def reject(part, operation):
    """Where rejected pieces go: to be repaired, or past the cap on tries."""
    tries = move.count_try(part, operation)
    return operation.past_tries if 0 < operation.tries < tries else operation.otherwise


def set_apart(run, part, operation, defective, rejected):
    """Rejected pieces of a part that holds more go their own way, from the machine."""
    other = release.split(run, part, rejected)
    other.defects = defective
    part.defects -= defective
    other.machine = part.machine
    part.machine.parts.append(other)
    move.send(run, other, reject(other, operation))


def hold_back(run, part, operation):
    """Set a part aside until its lot is full; the last one stays on its machine until the others have passed."""
    size = operation.sample_every or operation.transfer
    if len(operation.lot) + 1 < size:
        move.come_off(run, part)
        operation.lot.append(part)
        return
    lot, operation.lot = operation.lot, []
    if operation.sample_every > 0:
        part.lot = lot
        move.pass_on(run, part, operation.laboratory)
    else:
        move.let_lot_go(run, lot, part, operation.next)
