"""The phases of the work on a machine: setup, loading, the operation itself, unloading; and the people they hold."""

from __future__ import annotations

from plantwright.arrays import (
    DRAW_LOAD,
    DRAW_SETUP,
    DRAW_TOOL_REPAIR,
    DRAW_TOOL_RETURN,
    DRAW_UNLOAD,
    DRAW_WORK,
    IN_LOAD,
    IN_SETUP,
    IN_UNLOAD,
    IN_WORK,
    NONE,
    TOOL_FREE,
)
from plantwright.engine.account import settle
from plantwright.engine.crews import hold, let_go
from plantwright.engine.draw import rounded, sample, sample_ticks
from plantwright.engine.heap import push
from plantwright.engine.machines import go_on
from plantwright.engine.marks import mark_station
from plantwright.jit import kernel


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
def needs_of(w, m, phase):
    """Rows of ``need`` that a phase takes on top of what is held: (first, count)."""
    ma = w.machine[m]
    op = w.operation[ma.operation]
    if phase == IN_SETUP:
        st = w.station[ma.station]
        return st.first_setup_need, st.setup_needs
    if phase == IN_LOAD or phase == IN_UNLOAD:
        return op.first_attend, op.attends
    return op.first_need, op.needs


@kernel
def duration_of(w, m, phase):
    """Draw how long a phase takes [ticks]."""
    ma = w.machine[m]
    o = ma.operation
    op = w.operation[o]
    if phase == IN_SETUP:
        law = setup_law(w, ma.station, ma.family, op.family)
        op.setups += 1
        w.station[ma.station].setups += 1
        return sample_ticks(w, law, DRAW_SETUP, o, 0, op.setups)
    if phase == IN_LOAD:
        return sample_ticks(w, op.load_law, DRAW_LOAD, o, 0, ma.number)
    if phase == IN_UNLOAD:
        return sample_ticks(w, op.unload_law, DRAW_UNLOAD, o, 0, ma.number)
    return work_time(w, m, o, ma.number, w.part[ma.part].pieces)


@kernel
def work_time(w, m, o, number, pieces):
    """Machine time of the ``number``-th start of an operation on machine ``m`` [ticks]."""
    op = w.operation[o]
    if op.law == NONE:
        return 0
    time = sample(w, op.law, DRAW_WORK, o, 0, number)
    if op.per_piece != 0:
        time *= pieces
    return rounded(time / w.machine[m].speed)


@kernel
def time_ahead(w, m, o, pieces):
    """How long the next start of an operation would take on machine ``m`` from setup to unloading [ticks]."""
    ma = w.machine[m]
    op = w.operation[o]
    number = op.starts + 1
    time = work_time(w, m, o, number, pieces)
    law = setup_law(w, ma.station, ma.family, op.family)
    if law != NONE:
        time += sample_ticks(w, law, DRAW_SETUP, o, 0, op.setups + 1)
    if op.load_law != NONE:
        time += sample_ticks(w, op.load_law, DRAW_LOAD, o, 0, number)
    if op.unload_law != NONE:
        time += sample_ticks(w, op.unload_law, DRAW_UNLOAD, o, 0, number)
    return time


@kernel
def enter_phase(w, m, phase):
    """Go into a phase: hold its people, or ask for them and wait."""
    ma = w.machine[m]
    ma.phase = phase
    first, count = needs_of(w, m, phase)
    if count > 0:
        if not hold(w, m, ma.holds, first, count):
            ask(w, m)
            settle(w, m)
            return
        ma.holds += count
    ma.duration = duration_of(w, m, phase)
    ma.remaining = ma.duration
    go_on(w, m)
    settle(w, m)


@kernel
def ask(w, m):
    """Last in the list of machines that wait for people in the middle of their work."""
    clock = w.clock[0]
    ma = w.machine[m]
    ma.asking = 1
    ma.next_ask = NONE
    if clock.last_ask == NONE:
        clock.first_ask = m
    else:
        w.machine[clock.last_ask].next_ask = m
    clock.last_ask = m


@kernel
def leave_phase(w, m, phase):
    """People who were held for one phase only are let go."""
    ma = w.machine[m]
    if phase == IN_SETUP:
        ma.family = w.operation[ma.operation].family
    if phase != IN_WORK:
        first, count = needs_of(w, m, phase)
        ma.holds -= count
        let_go(w, m, ma.holds, first, count)


@kernel
def drop_work(w, m):
    """Let go of everything an operation holds: people and tools."""
    ma = w.machine[m]
    op = w.operation[ma.operation]
    if ma.phase == IN_LOAD or ma.phase == IN_UNLOAD:
        leave_phase(w, m, ma.phase)
    if ma.holds > 0:
        ma.holds = 0
        let_go(w, m, 0, op.first_need, op.needs)
    return_tools(w, ma.operation)


@kernel
def tools_are_there(w, o):
    """Whether every tool of an operation is free."""
    op = w.operation[o]
    for row in range(op.first_tool, op.first_tool + op.tools):
        need = w.tool_need[row]
        if w.tool[need.tool].free < need.number:
            return False
    return True


@kernel
def take_tools(w, o):
    """Hold the tools of an operation; they are known to be free."""
    op = w.operation[o]
    for row in range(op.first_tool, op.first_tool + op.tools):
        need = w.tool_need[row]
        tool = w.tool[need.tool]
        tool.free -= need.number
        tool.held_area -= need.number * w.clock[0].now


@kernel
def return_tools(w, o):
    """The tools of an operation go back, by way of the workshop when their life is used up."""
    op = w.operation[o]
    now = w.clock[0].now
    for row in range(op.first_tool, op.first_tool + op.tools):
        t = w.tool_need[row].tool
        tool = w.tool[t]
        number = w.tool_need[row].number
        tool.held_area += number * now
        for _ in range(number):
            tool.uses += 1
            away = 0
            if tool.return_law != NONE:
                away += sample_ticks(w, tool.return_law, DRAW_TOOL_RETURN, t, 0, tool.uses)
            if tool.life > 0 and tool.uses % tool.life == 0 and tool.repair_law != NONE:
                away += sample_ticks(w, tool.repair_law, DRAW_TOOL_REPAIR, t, 0, tool.uses)
            if away > 0:
                push(w, now + away, TOOL_FREE, t, 0)
            else:
                tool_is_free(w, t)


@kernel
def tool_is_free(w, t):
    """A tool is back: the stations that use it are tried."""
    tool = w.tool[t]
    tool.free += 1
    for row in range(tool.first_user, tool.first_user + tool.users):
        mark_station(w, w.link[row])
