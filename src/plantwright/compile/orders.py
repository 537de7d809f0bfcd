"""Customers: orders by a law, or dated day by day."""

from __future__ import annotations

from plantwright.compile.draft import Draft
from plantwright.compile.releases import daily_orders


def add_demand(draft: Draft) -> None:
    """Rows of demand. In ``capacity`` products have no customers: whatever is made counts."""
    for name, demand in draft.plant.demand.items():
        if draft.mode == "capacity" and name in draft.plant.products:
            continue
        draft.demands.append(name)
        row = draft.rows["demand"].add(item_=draft.items[name], loses=int(demand.unmet == "lost"))
        if demand.every is not None:
            draft.rows["demand"].set(row, law=draft.law(demand.every), pieces_law=draft.law(demand.pieces))
            continue
        first = len(draft.rows["order"])
        for time, pieces in daily_orders(draft, name, draft.horizon):
            draft.rows["order"].add(time=time, pieces=pieces)
        orders = range(first, len(draft.rows["order"]))
        placed = sum(draft.rows["order"][order]["time"] <= draft.start for order in orders) if draft.start else 0
        draft.rows["demand"].set(row, first_order=first, orders=len(orders), next_order=placed)
