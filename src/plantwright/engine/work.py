"""The phases of the work on a machine: setup, loading, the operation itself, unloading; and the people they hold."""

from __future__ import annotations

from plantwright.codes import DRAW_LOAD, DRAW_SETUP, DRAW_UNLOAD, DRAW_WORK, IN_LOAD, IN_SETUP, IN_UNLOAD, IN_WORK, NONE
from plantwright.engine.account import settle
from plantwright.engine.crews import count_held, hold, let_go, put_back, tell_held
from plantwright.engine.draw import next_of, rounded, sample, sample_ticks
from plantwright.engine.lacks import skill_bits, wait_for
from plantwright.engine.learning import learned, pace_of, paced
from plantwright.engine.machines import go, halt, is_at_work, may_run
from plantwright.engine.tools import mounting_ahead, return_tools
from plantwright.jit import inlined, kernel

CREW, HELPERS = 1, 2
"""Bits of ``machine.holds``: those held for all of an operation, and those held for a setup, loading or unloading."""
NOT_DRAWN = -1
"""``machine.remaining`` of a phase that has not begun."""


@kernel
def setup_law(w, s, family, to):
    """The law of a change of family on a station; NONE where there is none."""
    st = w.station[s]
    if st.first_setup == NONE or family == to:
        return NONE
    return w.link[st.first_setup + (family + 1) * st.families + to]


@kernel
def first_phase(w, m, o):
    """The phase with which an operation begins on this machine."""
    ma = w.machine[m]
    op = w.operation[o]
    if setup_law(w, ma.station, ma.family, op.family) != NONE:
        return IN_SETUP
    if op.tools > 0 and mounting_ahead(w, m, o) != NONE:
        return IN_SETUP
    return IN_LOAD if op.load_law != NONE else IN_WORK


@kernel
def phase_after(w, o, phase):
    """The phase that follows, or NONE when the operation is done."""
    op = w.operation[o]
    if phase == IN_SETUP and op.load_law != NONE:
        return IN_LOAD
    if phase < IN_WORK:
        return IN_WORK
    if phase == IN_WORK and op.unload_law != NONE:
        return IN_UNLOAD
    return NONE


@kernel
def helpers_of(w, m):
    """Rows of ``need`` of those held for the present phase only, and the column of ``held`` from which they are noted.

    Returns (first, count, column); whom the operation holds for all of its time is noted before them.
    """
    ma = w.machine[m]
    op = w.operation[ma.operation]
    if ma.phase == IN_SETUP:
        st = w.station[ma.station]
        return st.first_setup_need, st.setup_needs, 0
    if ma.phase == IN_WORK:
        return 0, 0, 0
    return op.first_attend, op.attends, op.needs


@kernel
def calls_crew(w, m):
    """Whether the present phase needs people for the whole operation who are not held yet."""
    ma = w.machine[m]
    return w.operation[ma.operation].needs > 0 and ma.phase != IN_SETUP and ma.holds & CREW == 0


@kernel
def calls_helpers(w, m):
    """Whether the present phase needs people for itself who are not held yet."""
    _, count, _ = helpers_of(w, m)
    return count > 0 and w.machine[m].holds & HELPERS == 0


@kernel
def find_people(w, m):
    """Hold everybody whom the present phase needs and who is not held yet, or nobody more: True when all are there."""
    op = w.operation[w.machine[m].operation]
    crew = calls_crew(w, m)
    if crew and not hold(w, m, 0, op.first_need, op.needs):
        return False
    first, count, column = helpers_of(w, m)
    if calls_helpers(w, m) and not hold(w, m, column, first, count):
        if crew:
            put_back(w, m, 0, op.first_need, op.needs)
        return False
    return True


@kernel
def could_hold_people(w, m):
    """Whether everybody whom the present phase needs could be had now."""
    if not find_people(w, m):
        return False
    first, count, column = helpers_of(w, m)
    if calls_helpers(w, m):
        put_back(w, m, column, first, count)
    op = w.operation[w.machine[m].operation]
    if calls_crew(w, m):
        put_back(w, m, 0, op.first_need, op.needs)
    return True


@kernel
def hold_people(w, m):
    """Hold everybody whom the present phase needs, for good, or nobody more: True when all are there."""
    if not find_people(w, m):
        return False
    ma = w.machine[m]
    op = w.operation[ma.operation]
    first, count, column = helpers_of(w, m)
    helpers = calls_helpers(w, m)
    if helpers:
        ma.holds |= HELPERS
        if w.clock[0].tracing != 0:
            count_held(w, m, column, first, count, -1)
    if calls_crew(w, m):
        ma.holds |= CREW
        tell_held(w, m, 0, op.first_need, op.needs)
    if helpers and w.clock[0].tracing != 0:
        count_held(w, m, column, first, count, 1)
    return True


@kernel
def release_helpers(w, m):
    """Let go of those who were held for the present phase only."""
    ma = w.machine[m]
    if ma.holds & HELPERS:
        first, count, column = helpers_of(w, m)
        ma.holds &= ~HELPERS
        let_go(w, m, column, first, count)


@kernel
def release_people(w, m):
    """Let go of everybody the machine holds."""
    ma = w.machine[m]
    if ma.holds == 0:
        return
    release_helpers(w, m)
    if ma.holds & CREW:
        op = w.operation[ma.operation]
        ma.holds = 0
        let_go(w, m, 0, op.first_need, op.needs)


@kernel
def duration_of(w, m, phase):
    """Draw how long a phase takes [ticks]."""
    ma = w.machine[m]
    o = ma.operation
    op = w.operation[o]
    if phase == IN_SETUP:
        law = setup_law(w, ma.station, ma.family, op.family)
        time = max(ma.mounting, 0)
        w.station[ma.station].setups += 1
        if law != NONE:
            op.setups += 1
            time += sample_ticks(w, law, DRAW_SETUP, o, 0, op.setups)
        return time
    if phase == IN_LOAD:
        time = sample_ticks(w, op.load_law, DRAW_LOAD, o, 0, ma.number)
    elif phase == IN_UNLOAD:
        time = sample_ticks(w, op.unload_law, DRAW_UNLOAD, o, 0, ma.number)
    else:
        time = work_time(w, m, o, ma.number, w.part[ma.part].pieces)
    if op.curves + op.hand_curves == 0:
        return time
    ma.pace = pace_of(w, op, phase, 0)
    return paced(time, ma.pace)


@kernel
def work_time(w, m, o, number, pieces):
    """Machine time of the ``number``-th start of an operation on machine ``m`` [ticks]."""
    return time_of(w, w.machine[m], w.operation[o], o, number, pieces)


@inlined
def time_of(w, ma, op, o, number, pieces):
    """``work_time``, machine and operation being at hand."""
    if op.law == NONE:
        return 0
    if op.starts == number:
        time = next_of(w, op, op.law, DRAW_WORK, o, number)
    else:
        time = sample(w, op.law, DRAW_WORK, o, 0, number)
    if op.per_piece != 0:
        time *= pieces
    return rounded(time / ma.speed)


@kernel
def work_scale(w, m, o, pieces):
    """Ticks that work on machine ``m`` takes for each tick of the operation's law [-]."""
    return (float(pieces) if w.operation[o].per_piece != 0 else 1.0) / w.machine[m].speed


@kernel
def time_ahead(w, m, o, pieces):
    """How long the next start of an operation would take on machine ``m`` from setup to unloading [ticks]."""
    ma = w.machine[m]
    op = w.operation[o]
    number = op.starts + 1
    time = learned(w, op, IN_WORK, work_time(w, m, o, number, pieces), 1)
    law = setup_law(w, ma.station, ma.family, op.family)
    if law != NONE:
        time += sample_ticks(w, law, DRAW_SETUP, o, 0, op.setups + 1)
    if op.tools > 0:
        time += max(mounting_ahead(w, m, o), 0)
    if op.load_law != NONE:
        time += learned(w, op, IN_LOAD, sample_ticks(w, op.load_law, DRAW_LOAD, o, 0, number), 1)
    if op.unload_law != NONE:
        time += learned(w, op, IN_UNLOAD, sample_ticks(w, op.unload_law, DRAW_UNLOAD, o, 0, number), 1)
    return time


@kernel
def enter_phase(w, m, phase):
    """Go into a phase of the work; how long it takes is drawn when it is really begun."""
    ma = w.machine[m]
    ma.phase = phase
    ma.remaining = NOT_DRAWN
    go_on(w, m)
    settle(w, m)


@kernel
def go_on(w, m):
    """Work on if an operation is under way and nothing keeps the machine from it; without its people, ask for them.

    Meanwhile it holds nobody: two machines that each keep whom the other one waits for would wait for ever.
    """
    ma = w.machine[m]
    if not is_at_work(w, m) or ma.asking != 0 or ma.running != 0 or not may_run(w, m):
        return
    if w.operation[ma.operation].bare != 0 or hold_people(w, m):
        work_on(w, m)
    else:
        if ma.holds != 0:  # once they are let go, others may be found who can come together
            w.clock[0].people_freed = 1
        release_people(w, m)
        ask(w, m)


@inlined
def work_on(w, m):
    """Begin the present phase, or go on with what remains of it; its people are there."""
    ma = w.machine[m]
    if ma.remaining == NOT_DRAWN:
        ma.duration = duration_of(w, m, ma.phase)
        ma.remaining = ma.duration
    go(w, m)


@kernel
def interrupt(w, m):
    """Stop the work where it is; its people may help elsewhere until it can go on."""
    halt(w, m)
    release_people(w, m)


@kernel
def look_who_is_missing(w, m):
    """Note for which skills a machine waits in the middle of its work.

    Where everybody can be had, but not all of them together, it waits for all of them.
    """
    ma = w.machine[m]
    op = w.operation[ma.operation]
    s = ma.station
    needed = 0
    missing = 0
    if calls_crew(w, m):
        needed |= skill_bits(w, s, op.first_need, op.needs, 0)
        missing |= skill_bits(w, s, op.first_need, op.needs, 1)
    if calls_helpers(w, m):
        first, count, _ = helpers_of(w, m)
        needed |= skill_bits(w, s, first, count, 0)
        missing |= skill_bits(w, s, first, count, 1)
    wait_for(w, m, missing if missing != 0 else needed)


@kernel
def ask(w, m):
    """Last in the list of machines that wait for people in the middle of their work."""
    clock = w.clock[0]
    ma = w.machine[m]
    ma.asking = 1
    look_who_is_missing(w, m)
    ma.next_ask = NONE
    if clock.last_ask == NONE:
        clock.first_ask = m
    else:
        w.machine[clock.last_ask].next_ask = m
    clock.last_ask = m


@kernel
def stop_asking(w, m):
    """Out of the list of machines that wait for people."""
    clock = w.clock[0]
    if w.machine[m].asking == 0:
        return
    w.machine[m].asking = 0
    before = NONE
    other = clock.first_ask
    while other != m:
        before = other
        other = w.machine[other].next_ask
    following = w.machine[m].next_ask
    if before == NONE:
        clock.first_ask = following
    else:
        w.machine[before].next_ask = following
    if following == NONE:
        clock.last_ask = before


@kernel
def leave_phase(w, m):
    """A phase is over: people who were held for it only are let go."""
    ma = w.machine[m]
    if ma.phase == IN_SETUP:
        ma.family = w.operation[ma.operation].family
    release_helpers(w, m)


@kernel
def drop_work(w, m):
    """Let go of everything an operation holds: people and tools."""
    ma = w.machine[m]
    release_people(w, m)
    ma.overtime = 0
    if ma.first_unit != NONE:
        return_tools(w, m)
