"""Parts that wait for room stand in a list where they want to go (a station, a shelf, a conveyor), first come first."""

from __future__ import annotations

from plantwright.codes import NONE
from plantwright.jit import inlined


@inlined
def wait_last(w, p, where, number):
    """A part stays where it is, last in the list of ``where``, which ``part.waits_for`` knows by a number."""
    clock = w.clock[0]
    part = w.part[p]
    part.blocked = clock.sequence
    clock.sequence += 1
    part.waits_for = number
    part.next = NONE
    if where.first_blocked == NONE:
        where.first_blocked = p
    else:
        w.part[where.last_blocked].next = p
    where.last_blocked = p


@inlined
def first_leaves(w, where):
    """The part that has waited longest leaves the list: which it was."""
    p = where.first_blocked
    where.first_blocked = w.part[p].next
    if where.first_blocked == NONE:
        where.last_blocked = NONE
    return p
