"""Tools: held with a machine, mounted on it, worn, repaired, and brought back to where they are needed next.

Each tool is a unit of its kind. A machine keeps what it held for its last operation with tools mounted, until it takes
others or the unit goes elsewhere, home or to the workshop.
"""

from __future__ import annotations

from plantwright.codes import (
    DRAW_TOOL_REPAIR,
    DRAW_TOOL_RETURN,
    DRAW_TOOL_SETUP,
    LACK_TOOL,
    NONE,
    TOOL,
    TOOL_AWAY,
    TOOL_FREE,
    TOOL_GONE,
    TOOL_HELD,
    TOOL_READY,
)
from plantwright.engine.draw import sample_ticks
from plantwright.engine.heap import push
from plantwright.engine.lacks import miss
from plantwright.engine.marks import mark_starved, mark_station
from plantwright.engine.trace import note
from plantwright.jit import kernel


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
def miss_tools(w, s, o):
    """Note which tools are missing for an operation that a station tries to begin."""
    op = w.operation[o]
    for row in range(op.first_tool, op.first_tool + op.tools):
        need = w.tool_need[row]
        if w.tool[need.tool].free < need.number:
            miss(w, s, LACK_TOOL, need.tool)


@kernel
def is_mounted(w, u, m):
    """Whether a machine has a unit on it since its last operation with tools."""
    unit = w.unit[u]
    return unit.machine == m and unit.mounting == w.machine[m].mountings


@kernel
def missing_units(w, m, need):
    """Of the tools of one kind that an operation needs, how many machine ``m`` would have to mount."""
    missing = need.number
    u = w.tool[need.tool].first_free
    while u != NONE and missing > 0:
        if is_mounted(w, u, m):
            missing -= 1
        u = w.unit[u].next
    return missing


@kernel
def mounting_ahead(w, m, o):
    """How long machine ``m`` would take to mount the tools of an operation [ticks]; NONE where it has nothing to mount.

    It is drawn as ``take_tools`` will draw it.
    """
    op = w.operation[o]
    time = 0
    mounts = False
    for row in range(op.first_tool, op.first_tool + op.tools):
        need = w.tool_need[row]
        tool = w.tool[need.tool]
        if tool.setup_law == NONE:
            continue
        for k in range(missing_units(w, m, need)):
            mounts = True
            time += sample_ticks(w, tool.setup_law, DRAW_TOOL_SETUP, need.tool, 0, tool.setups + k + 1)
    return time if mounts else NONE


@kernel
def take_tools(w, m, o):
    """Hold the tools of an operation, known to be free: those on the machine first, then those longest free.

    Mounting them takes ``machine.mounting`` ticks, NONE where none has to be mounted.
    """
    ma = w.machine[m]
    op = w.operation[o]
    ma.mounting = mounting_ahead(w, m, o)
    ma.first_unit = NONE
    for row in range(op.first_tool, op.first_tool + op.tools):
        need = w.tool_need[row]
        tool = w.tool[need.tool]
        if tool.setup_law != NONE:
            tool.setups += missing_units(w, m, need)
        for _ in range(need.number):
            take_unit(w, m, need.tool)
        note(w, TOOL, NONE, need.tool, -need.number, tool.free)
        mark_starved(w, tool.first_user, tool.users)
    mount_units(w, m)


@kernel
def mount_units(w, m):
    """What a machine holds is on it from now on, until it holds others."""
    ma = w.machine[m]
    ma.mountings += 1
    u = ma.first_unit
    while u != NONE:
        w.unit[u].machine = m
        w.unit[u].mounting = ma.mountings
        u = w.unit[u].next


@kernel
def take_unit(w, m, t):
    """Hold one unit of a tool for a machine."""
    u = w.tool[t].first_free
    while u != NONE and not is_mounted(w, u, m):
        u = w.unit[u].next
    hold_unit(w, m, w.tool[t].first_free if u == NONE else u)


@kernel
def pick_up(w, u):
    """A unit that is free is no longer: out of the list of its tool."""
    tool = w.tool[w.unit[u].tool]
    before = NONE
    other = tool.first_free
    while other != u:
        before = other
        other = w.unit[other].next
    following = w.unit[u].next
    if before == NONE:
        tool.first_free = following
    else:
        w.unit[before].next = following
    if following == NONE:
        tool.last_free = before
    tool.free -= 1


@kernel
def hold_unit(w, m, u):
    """Hold a unit that is free for a machine."""
    tool = w.tool[w.unit[u].tool]
    pick_up(w, u)
    w.unit[u].state = TOOL_HELD
    w.unit[u].next = w.machine[m].first_unit
    w.machine[m].first_unit = u
    tool.held += 1
    tool.held_area -= w.clock[0].now


@kernel
def return_tools(w, m):
    """The tools of a machine are let go: back by their way and, when their life is used up, by way of the workshop."""
    ma = w.machine[m]
    now = w.clock[0].now
    u = ma.first_unit
    ma.first_unit = NONE
    while u != NONE:
        unit = w.unit[u]
        following = unit.next
        tool = w.tool[unit.tool]
        tool.held -= 1
        tool.held_area += now
        tool.uses += 1
        unit.uses += 1
        away = time_away(w, u)
        if away > 0:
            send_unit(w, u, now + away)
        else:
            free_unit(w, u)
        u = following


@kernel
def send_unit(w, u, back):
    """A unit is away until a time."""
    unit = w.unit[u]
    tool = w.tool[unit.tool]
    unit.machine = NONE
    unit.state = TOOL_AWAY
    tool.away += 1
    tool.away_area -= w.clock[0].now
    push(w, back, TOOL_FREE, u, 0)


@kernel
def time_away(w, u):
    """How long a unit that has been used is away [ticks]."""
    unit = w.unit[u]
    tool = w.tool[unit.tool]
    time = 0
    if tool.return_law != NONE:
        time += sample_ticks(w, tool.return_law, DRAW_TOOL_RETURN, unit.tool, 0, tool.uses)
    if tool.life > 0 and unit.uses % tool.life == 0 and tool.repair_law != NONE:
        tool.repairs += 1
        time += sample_ticks(w, tool.repair_law, DRAW_TOOL_REPAIR, unit.tool, 0, tool.uses)
    return time


@kernel
def unit_is_back(w, u):
    """A unit is back from its way or from the workshop."""
    tool = w.tool[w.unit[u].tool]
    tool.away -= 1
    tool.away_area += w.clock[0].now
    free_unit(w, u)


@kernel
def free_unit(w, u):
    """A unit is free, last in the list; the stations that use it are tried. Where its tool has left, it is gone."""
    unit = w.unit[u]
    if w.tool[unit.tool].number <= 0:
        unit.state = TOOL_GONE
        return
    lay_down(w, u)
    note(w, TOOL, NONE, unit.tool, 1, w.tool[unit.tool].free)
    try_users(w, unit.tool)


@kernel
def lay_down(w, u):
    """A unit is last in the list of free ones of its tool."""
    unit = w.unit[u]
    tool = w.tool[unit.tool]
    unit.state = TOOL_READY
    unit.next = NONE
    if tool.first_free == NONE:
        tool.first_free = u
    else:
        w.unit[tool.last_free].next = u
    tool.last_free = u
    tool.free += 1


@kernel
def try_users(w, t):
    """The stations that use a tool are tried."""
    tool = w.tool[t]
    for row in range(tool.first_user, tool.first_user + tool.users):
        mark_station(w, w.link[row])


@kernel
def tools_come(w, t):
    """The first day of a tool: all of its units are free."""
    tool = w.tool[t]
    tool.number = tool.units
    for u in range(tool.first_unit, tool.first_unit + tool.units):
        if w.unit[u].state == TOOL_GONE:
            lay_down(w, u)
    note(w, TOOL, NONE, t, tool.units, tool.free)
    try_users(w, t)


@kernel
def tools_leave(w, t):
    """The last day of a tool is over: units that are free are gone, the others when they are let go."""
    tool = w.tool[t]
    note(w, TOOL, NONE, t, -tool.units, 0)
    tool.number = 0
    tool.free = 0
    tool.first_free = NONE
    tool.last_free = NONE
    for u in range(tool.first_unit, tool.first_unit + tool.units):
        if w.unit[u].state == TOOL_READY:
            w.unit[u].state = TOOL_GONE
    mark_starved(w, tool.first_user, tool.users)


@kernel
def open_tool(w, t):
    """At the first instant all units of a tool that is there are free."""
    tool = w.tool[t]
    tool.free = 0
    for u in range(tool.first_unit, tool.first_unit + tool.units):
        w.unit[u].state = TOOL_GONE
        if tool.number > 0:
            lay_down(w, u)


@kernel
def reset_tool(w, t):
    """Statistics of a tool begin now."""
    tool = w.tool[t]
    now = w.clock[0].now
    tool.held_area = -tool.held * now
    tool.away_area = -tool.away * now
    tool.used = -tool.uses
    tool.mounted = -tool.setups
    tool.repairs = 0
