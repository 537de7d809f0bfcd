"""Safety stocks: as given, of each item on its own, guaranteed along the bill, or as demand-driven buffers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from plantwright.model.planning import PlanningItem
from plantwright.study.materials.buffers import demand_driven
from plantwright.study.materials.demanded import Demanded, Kept, each_on_its_own, nothing
from plantwright.study.materials.guarantees import guaranteed_service

METHODS: dict[str, Callable[[Demanded], Kept]] = {
    "given": nothing,
    "service": each_on_its_own,
    "guaranteed-service": guaranteed_service,
    "ddmrp": demand_driven,
}


def safety_stocks(demanded: Demanded) -> Kept:
    """Safety stock of each thing; of what a kanban calls for, the pieces that it holds; what an item says goes first.

    Notes
    -----
    Forecasts of what is sold miss by ``forecast-error``, independently of one another; what goes into several of them
    is wanted with the root of the sum of the squares. What is ordered already is certain.
    """
    found = METHODS[demanded.planning.safety](demanded)
    stock = found.stock.copy()
    for item, name in enumerate(demanded.materials.names):
        written = demanded.planning.items.get(name, PlanningItem()).safety
        if written is not None or name in demanded.loops:
            stock[item] = demanded.loops.get(name, 0) if written is None else written
    return replace(found, stock=np.ceil(stock - 1e-6))
