"""Lot sizing as textbooks write it, given to HiGHS: ``python -m benchmarks.big_m INSTANCE SECONDS`` prints the gap.

Of each item and period what is made, what is in stock and whether there is a setup; what is made is at most all that is
still demanded where there is a setup, and nothing where there is none.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import highspy
import numpy as np

from .materials import FOLDER, Instance, read


def gap(instance: Instance, seconds: float, threads: int) -> dict[str, Any]:
    """What HiGHS finds and proves in the seconds."""
    model = highspy.Highs()
    model.silent()
    model.setOptionValue("threads", threads)
    model.setOptionValue("time_limit", seconds)
    used: list[list[Any]] = [[] for _ in instance.demand]
    cost = []
    for item, (unit_time, holding, setup_time, setup_cost) in enumerate(instance.items):
        demand = [row[item] for row in instance.demand]
        before: Any = 0.0
        for period, wanted in enumerate(demand):
            made, stock, setup = model.addVariable(), model.addVariable(), model.addBinary()
            model.addConstr(before + made - stock == wanted)
            model.addConstr(made <= sum(demand[period:]) * setup)
            used[period].append(unit_time * made + setup_time * setup)
            cost.append(holding * stock + setup_cost * setup)
            before = stock
    for time in used:
        model.addConstr(model.qsum(time) <= instance.capacity)
    model.minimize(model.qsum(cost))
    info = model.getInfo()
    found, bound = float(info.objective_function_value), float(info.mip_dual_bound)
    is_found = np.isfinite(found) and found > 0.0
    return {
        "big_m_cost": round(found, 3) if is_found else None,
        "big_m_bound": round(bound, 3),
        "big_m_gap_percent": 100.0 * max(0.0, found - bound) / found if is_found else 100.0,
    }


if __name__ == "__main__":
    print(json.dumps(gap(read(FOLDER / sys.argv[1]), float(sys.argv[2]), threads=2)))
