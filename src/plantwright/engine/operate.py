"""Starting and carrying on the work of machines, failures by count included."""

from __future__ import annotations

from plantwright.arrays import NONE
from plantwright.engine.account import settle
from plantwright.engine.failures import strike_by_count
from plantwright.engine.machines import may_run
from plantwright.engine.work import enter_phase, hold_people, work_on
from plantwright.jit import kernel


@kernel
def carry_on(w, m, phase):
    """Go into the next phase of the work."""
    enter_phase(w, m, phase)
    strike_by_count(w, m)


@kernel
def serve_asking(w):
    """Let every machine go on whose people can be had, first asked first."""
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
            strike_by_count(w, m)
        else:
            before = m
        m = following
