"""Safety stocks by guaranteed service: where along the bill stock costs least, every stage keeping its promise."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

from plantwright.model.planning import PlanningItem
from plantwright.optimise.guaranteed import guaranteed
from plantwright.problems.guaranteed import GuaranteeProblem
from plantwright.problems.materials import Ints
from plantwright.results.wording import about
from plantwright.study.materials.demanded import Demanded, Kept
from plantwright.study.materials.together import taken_directly
from plantwright.study.materials.values import YEAR_D

EVER = 10_000
"""A promise that binds nobody. [periods]"""


def guaranteed_service(demanded: Demanded) -> Kept:
    """Stock of everything that the plan calls for, as far as its promises leave time to cover.

    Notes
    -----
    What is sold promises what its item says, at once where it says nothing, and covers the period of ordering too. What
    a kanban refills passes on what it is promised. Demand is bounded by the service that is wanted; on top of the time
    that is covered, what is bought keeps stock against the spread of its lead time, since it cannot promise otherwise.
    """
    problem, names, planning = demanded.materials.problem, demanded.materials.names, demanded.planning
    wanted = [item for item, name in enumerate(names) if demanded.mean[item] > 0 and name not in demanded.loops]
    place = {item: index for index, item in enumerate(wanted)}
    taken = taken_directly(problem.bill, [name in demanded.loops for name in names])
    arcs = [(place[low], place[top]) for top, low in taken if top in place and low in place]
    up, down = zip(*arcs, strict=True) if arcs else ((), ())
    factor = float(ndtri(planning.service.base))
    found = guaranteed(
        GuaranteeProblem(
            time=problem.lead[wanted] + np.array([names[item] in demanded.plant.demand for item in wanted]),
            price=demanded.holding[wanted] * demanded.deviation[wanted] * factor,
            upstream=np.array(up, dtype=np.int64),
            downstream=np.array(down, dtype=np.int64),
            inbound=np.zeros(len(wanted), dtype=np.int64),
            promise=_promises(demanded, wanted),
        )
    )
    stock = np.zeros(len(names))
    covered = found.covered * demanded.deviation[wanted] ** 2
    stock[wanted] = factor * np.sqrt(covered + (demanded.mean[wanted] * demanded.late[wanted]) ** 2)
    year, least = (each * YEAR_D / planning.bucket_days for each in (found.cost, found.lower_bound))
    money = demanded.plant.money.base
    told = f"Safety stock by guaranteed service costs {about(year)} {money} a year to hold, at least {about(least)}"
    return Kept(stock, notes=(f"{told}; what late deliveries take comes on top.",))


def _promises(demanded: Demanded, wanted: list[int]) -> Ints:
    """Longest time that each thing may quote. (S,) int64 [periods]"""
    found = []
    for item in wanted:
        name = demanded.materials.names[item]
        given = demanded.planning.items.get(name, PlanningItem()).promise
        at_most = demanded.planning.periods(given) if given is not None else 0
        found.append(at_most if name in demanded.plant.demand else EVER)
    return np.array(found, dtype=np.int64)
