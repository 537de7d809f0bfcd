"""Which items a policy calls for on the floor, whatever a plan of material says."""

from __future__ import annotations

from plantwright.model.planning import Planning
from plantwright.model.plant import Plant


def pulled(plant: Plant, planning: Planning) -> dict[str, int]:
    """Made items that their kanban or base stock calls for, and the pieces that it holds. [pieces]"""
    found = {}
    for name, item in plant.items.items():
        given = planning.items.get(name)
        is_planned = given is not None and given.called_by == "plan"
        if item.made_by in plant.routes and item.policy is not None and not is_planned:
            found[name] = item.policy.kanban or item.policy.base_stock or 0
    return found
