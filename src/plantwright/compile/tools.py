"""Tools: moulds, fixtures, jigs and pallets."""

from __future__ import annotations

from plantwright.compile.draft import Draft


def add_tools(draft: Draft) -> None:
    """Rows of tools, with the stations whose operations hold them."""
    for index, (name, tool) in enumerate(draft.plant.tools.items()):
        first, count = draft.link(_users(draft, name))
        draft.rows["tool"].add(
            number=tool.number,
            free=tool.number,
            life=tool.life or 0,
            repair_law=draft.law(tool.repair),
            setup_law=draft.law(tool.setup),
            return_law=draft.law(tool.return_),
            first_unit=len(draft.rows["unit"]),
            units=tool.number,
            first_user=first,
            users=count,
        )
        for _ in range(tool.number):
            draft.rows["unit"].add(tool=index)


def tool_row(draft: Draft, name: str) -> int:
    """The row of one tool by its name, ``mould/1``."""
    tool, _, number = name.rpartition("/")
    return int(draft.rows["tool"][draft.tools[tool]]["first_unit"]) + int(number) - 1


def _users(draft: Draft, tool: str) -> list[int]:
    found = {
        draft.stations[station]
        for route in draft.plant.routes.values()
        for operation in route
        if tool in operation.tools
        for station in operation.stations
    }
    return sorted(found)
