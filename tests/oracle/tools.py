"""Tools (mechanism 19): taken together with the machine, back by way of the workshop when their life is used up."""

from __future__ import annotations

from plantwright.arrays import DRAW_TOOL_REPAIR, DRAW_TOOL_RETURN, TOOL, TOOL_FREE


def are_there(operation):
    return all(tool.free >= number for tool, number in operation.tools)


def take(run, operation):
    for tool, number in operation.tools:
        tool.free -= number
        run.note(TOOL, who=tool.number, what=-number, value=tool.free)


def give_back(run, operation):
    """Each tool used is back at once, or after its way and its repair."""
    for tool, number in operation.tools:
        for _ in range(number):
            tool.uses += 1
            away = 0
            if tool.way_back is not None:
                away += run.draws.ticks(tool.way_back, DRAW_TOOL_RETURN, tool.number, tool.uses)
            if tool.life > 0 and tool.uses % tool.life == 0 and tool.repair is not None:
                away += run.draws.ticks(tool.repair, DRAW_TOOL_REPAIR, tool.number, tool.uses)
            if away > 0:
                run.schedule(run.now + away, TOOL_FREE, come_back, tool)
            else:
                come_back(run, tool)


def come_back(run, tool):
    tool.free += 1
    run.note(TOOL, who=tool.number, what=1, value=tool.free)
