"""Starting and carrying on the work of machines, failures by count included."""

from __future__ import annotations

from plantwright.arrays import IN_WORK, NONE
from plantwright.engine.account import settle
from plantwright.engine.crews import hold
from plantwright.engine.failures import strike
from plantwright.engine.machines import go_on
from plantwright.engine.work import duration_of, enter_phase, needs_of
from plantwright.jit import kernel


@kernel
def strike_by_count(w, m):
    """A failure counted in operations strikes at the start of an operation, before any of its time has passed."""
    ma = w.machine[m]
    if ma.count_mode != NONE and ma.phase == IN_WORK and ma.asking == 0 and ma.cycles >= ma.count_due:
        strike(w, ma.count_mode)


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
        first, count = needs_of(w, m, ma.phase)
        if hold(w, m, ma.holds, first, count):
            ma.holds += count
            ma.asking = 0
            ma.duration = duration_of(w, m, ma.phase)
            ma.remaining = ma.duration
            go_on(w, m)
            settle(w, m)
            strike_by_count(w, m)
            if before == NONE:
                clock.first_ask = following
            else:
                w.machine[before].next_ask = following
            if following == NONE:
                clock.last_ask = before
        else:
            before = m
        m = following
