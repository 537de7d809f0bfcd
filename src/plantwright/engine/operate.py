"""Starting and carrying on the work of machines, failures by count included."""

from __future__ import annotations

from plantwright.codes import NONE
from plantwright.engine.account import settle
from plantwright.engine.carriers import drivers_are_asked_for
from plantwright.engine.failures import strike_by_count
from plantwright.engine.machines import may_run
from plantwright.engine.repairs import could_begin_repair
from plantwright.engine.work import could_hold_people, enter_phase, hold_people, look_who_is_missing, work_on
from plantwright.jit import kernel


@kernel
def carry_on(w, m, phase):
    """Go into the next phase of the work."""
    enter_phase(w, m, phase)
    strike_by_count(w, m)


@kernel
def serve_asking(w):
    """Let every machine go on whose people can be had, first asked first.

    A failure that strikes at once may change who asks: then the agenda comes back to the others.
    """
    clock = w.clock[0]
    before = NONE
    m = clock.first_ask
    while m != NONE:
        ma = w.machine[m]
        following = ma.next_ask
        if may_run(w, m) and hold_people(w, m):
            ma.asking = 0
            if before == NONE:
                clock.first_ask = following
            else:
                w.machine[before].next_ask = following
            if following == NONE:
                clock.last_ask = before
            work_on(w, m)
            settle(w, m)
            if strike_by_count(w, m):
                clock.people_freed = 1
                return
        else:
            if may_run(w, m):
                look_who_is_missing(w, m)
            before = m
        m = following


@kernel
def somebody_is_asked_for(w):
    """Whether people who are free could begin a repair, go on with work, or drive: those go before new work."""
    clock = w.clock[0]
    if clock.people_freed == 0:
        return False
    k = clock.first_repair_ask
    while k != NONE:
        if could_begin_repair(w, k):
            return True
        k = w.mode[k].next_ask
    m = clock.first_ask
    while m != NONE:
        if may_run(w, m) and could_hold_people(w, m):
            return True
        m = w.machine[m].next_ask
    return drivers_are_asked_for(w)
