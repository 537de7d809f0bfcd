"""Safety stocks: as given."""

from __future__ import annotations

import numpy as np

from plantwright.compile.materials import Materials
from plantwright.model.planning import Planning, PlanningItem
from plantwright.model.plant import Plant
from plantwright.model.pulling import pulled
from plantwright.problems.materials import Floats, Ints


def safety_stocks(plant: Plant, planning: Planning, materials: Materials, values: Floats) -> Ints:
    """Safety stock of each thing; of what a kanban calls for, the pieces that it holds. (I,) int64 [pieces]"""
    loops = pulled(plant, planning)
    written = [planning.items.get(name, PlanningItem()).safety for name in materials.names]
    given = [loops.get(name, 0) if safety is None else safety for name, safety in zip(materials.names, written)]
    return np.array(given, dtype=np.int64)
