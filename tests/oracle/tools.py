"""Tools (mechanism 19): held with a machine, mounted on it, worn, repaired, and brought back."""

from __future__ import annotations

from plantwright.codes import DRAW_TOOL_REPAIR, DRAW_TOOL_RETURN, DRAW_TOOL_SETUP, TOOL, TOOL_FREE


def are_there(operation):
    return all(len(tool.free) >= number for tool, number in operation.tools)


def choose(machine, tool, number):
    """Units for a machine: those it still has mounted first, then those longest free."""
    mounted = [unit for unit in tool.free if is_mounted(machine, unit)]
    others = [unit for unit in tool.free if not is_mounted(machine, unit)]
    return (mounted + others)[:number]


def is_mounted(machine, unit):
    """Whether a machine has a unit since its last operation with tools."""
    return unit.machine is machine and unit in machine.mounted


def mounting_time(run, machine, operation):
    """How long a machine would take to mount the tools of an operation; None where it has nothing to mount."""
    times = []
    for tool, number in operation.tools:
        if tool.setup is not None:
            mounted = sum(is_mounted(machine, unit) for unit in tool.free)
            for k in range(number - mounted):
                times.append(run.draws.ticks(tool.setup, DRAW_TOOL_SETUP, tool.number, tool.setups + k + 1))
    return sum(times) if times else None


def take(run, machine, operation):
    """Hold the tools of an operation, and mount what is not mounted."""
    if not operation.tools:
        return
    machine.mounting = mounting_time(run, machine, operation) or 0
    for tool, number in operation.tools:
        chosen = choose(machine, tool, number)
        if tool.setup is not None:
            tool.setups += sum(not is_mounted(machine, unit) for unit in chosen)
        for unit in chosen:
            tool.free.remove(unit)
            unit.is_in_use = True
        machine.holds_tools += chosen
        run.note(TOOL, who=tool.number, what=-number, value=len(tool.free))
    machine.mounted = list(machine.holds_tools)
    for unit in machine.mounted:
        unit.machine = machine


def give_back(run, machine):
    """The tools of a machine are let go, last taken first: back at once, or after their way and their repair."""
    for unit in reversed(machine.holds_tools):
        unit.tool.uses += 1
        unit.uses += 1
        away = time_away(run, unit)
        if away > 0:
            unit.machine = None
            run.schedule(run.now + away, TOOL_FREE, come_back, unit)
        else:
            come_back(run, unit)
    machine.holds_tools = []


def time_away(run, unit):
    tool = unit.tool
    time = 0
    if tool.way_back is not None:
        time += run.draws.ticks(tool.way_back, DRAW_TOOL_RETURN, tool.number, tool.uses)
    if tool.life > 0 and unit.uses % tool.life == 0 and tool.repair is not None:
        time += run.draws.ticks(tool.repair, DRAW_TOOL_REPAIR, tool.number, tool.uses)
    return time


def come_back(run, unit):
    """A unit is free; where its tool has left meanwhile, it is gone."""
    unit.is_in_use = False
    if unit.tool.is_there:
        unit.tool.free.append(unit)
        run.note(TOOL, who=unit.tool.number, what=1, value=len(unit.tool.free))


def open_tool(tool):
    """At the first instant all units of a tool that is there are free."""
    tool.free = list(tool.units) if tool.is_there else []


def come_or_leave(run, tool, by):
    """A tool comes, with all of its units; or it leaves, those that are in use when they are let go."""
    tool.is_there = by > 0
    tool.free = [unit for unit in tool.units if not unit.is_in_use] if tool.is_there else []
    run.note(TOOL, who=tool.number, what=by, value=len(tool.free))
