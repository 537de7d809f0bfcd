"""What work at each station may have to wait for: the skills, items and tools that it needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from plantwright.codes import LACK_ITEM, LACK_SKILL, LACK_TOOL, NEVER_SHORT
from plantwright.compile.draft import Draft

Thing = tuple[int, int]
"""Kind and index."""


def add_lacks(draft: Draft) -> None:
    """Rows of ``lack`` for every station, skills first, and the most pieces of an item that a part takes."""
    needed: list[set[Thing]] = [set() for _ in draft.stations]
    for row in range(len(draft.rows["operation"])):
        operation = draft.rows["operation"][row]
        things = set(_needed(draft, operation))
        for choice in range(operation["first_choice"], operation["first_choice"] + operation["choices"]):
            needed[draft.rows["choice"][choice]["station"]] |= things
    for station, things in enumerate(needed):
        record = draft.rows["station"][station]
        things |= set(_skills(draft, record["first_setup_need"], record["setup_needs"]))
        first = len(draft.rows["lack"])
        for kind, who in sorted(things):
            draft.rows["lack"].add(station=station, kind=kind, who=who)
        draft.rows["station"].set(station, first_lack=first, lacks=len(things))


def _needed(draft: Draft, operation: dict[str, Any]) -> Iterator[Thing]:
    """All that an operation needs besides a machine."""
    yield from _skills(draft, operation["first_need"], operation["needs"])
    yield from _skills(draft, operation["first_attend"], operation["attends"])
    for row in range(operation["first_tool"], operation["first_tool"] + operation["tools"]):
        yield LACK_TOOL, draft.rows["tool_need"][row]["tool"]
    part = draft.thing(list(draft.items)[operation["item_"]]).moves_as
    for row in range(operation["first_kit"], operation["first_kit"] + operation["kits"]):
        kit = draft.rows["kit"][row]
        item = draft.rows["item"][kit["item_"]]
        draft.rows["item"].set(kit["item_"], most=max(item["most"], kit["pieces"] * part))
        if item["policy"] != NEVER_SHORT:
            yield LACK_ITEM, kit["item_"]


def _skills(draft: Draft, first: int, count: int) -> Iterator[Thing]:
    for row in range(first, first + count):
        yield LACK_SKILL, draft.rows["need"][row]["skill"]
