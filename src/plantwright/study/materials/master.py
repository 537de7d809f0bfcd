"""The master schedule levelled against the hours of stations: a season is built ahead where it cannot be made."""

from __future__ import annotations

import math
from collections import defaultdict

import numpy as np

from plantwright.compile.materials import Materials
from plantwright.model.planning import Planning
from plantwright.model.plant import Plant
from plantwright.optimise.master import levelled
from plantwright.problems.master import MasterProblem
from plantwright.problems.materials import Floats, Ints, MaterialsProblem
from plantwright.study.materials.rules import LotRule
from plantwright.study.materials.values import holding_costs
from plantwright.study.materials.work import Work

LATE = 50.0
"""How many times as much a piece costs that is owed than one that is held. [-]"""


def master_schedule(
    plant: Plant,
    planning: Planning,
    materials: Materials,
    problem: MaterialsProblem,
    work: Work,
    *,
    lots: list[LotRule],
    values: Floats,
) -> dict[int, Ints]:
    """Receipts of everything that is sold, made and goes into nothing, levelled; by index. (T,) int64 [pieces]

    Nothing where the plan is not to be levelled.

    Notes
    -----
    Work of components lies as many periods before the receipt as the lead times between say; work that is in stock or
    under way already is counted nevertheless. What else is sold is left as it is and its hours are taken off.
    """  # fmt: skip
    if planning.levelled is not True:
        return {}
    sold = [
        item for item, name in enumerate(materials.names)
        if name in plant.demand and name in work.each and item not in problem.bill.child
    ]  # fmt: skip
    if not sold:
        return {}
    profiles = [_profile(problem, materials, work, item) for item in sold]
    longest = 1 + max((lag for profile in profiles for lag in profile), default=0)
    hours = np.zeros((len(work.stations), len(sold), longest))
    for place, profile in enumerate(profiles):
        for lag, taken in profile.items():
            hours[:, place, lag] += taken
    asked = MasterProblem(
        demand=problem.demand[sold],
        stock=problem.stock[sold] - problem.safety[sold],
        scheduled=problem.scheduled[sold],
        earliest=problem.earliest[sold],
        hours=hours,
        capacity=work.hours * planning.load.base,
        holding=holding_costs(planning, values[sold]),
        late=LATE,
    )
    found = levelled(asked)
    return {item: _whole(found[place], lots[item].sizes.multiple) for place, item in enumerate(sold)}


def _profile(problem: MaterialsProblem, materials: Materials, work: Work, item: int) -> dict[int, Floats]:
    """Hours of the stations in a piece of a thing and all its components, by periods before its receipt."""
    index = {name: place for place, name in enumerate(work.stations)}
    found: defaultdict[int, Floats] = defaultdict(lambda: np.zeros(len(index)))

    def add(thing: int, lag: int, pieces: float) -> None:
        lead = int(problem.lead[thing])
        lags = range(lag + 1, lag + lead + 1) if lead else (lag,)
        for station, hours in work.each.get(materials.names[thing], {}).items():
            for each in lags:
                found[each][index[station]] += hours * pieces / len(lags)
        for arc in np.flatnonzero(problem.bill.parent == thing).tolist():
            add(int(problem.bill.child[arc]), lag + lead, pieces * float(problem.bill.pieces[arc]))

    add(item, 0, 1.0)
    return {lag: taken for lag, taken in found.items() if taken.any()}


def _whole(receipts: Floats, multiple: int) -> Ints:
    """Whole packages whose running total is never below that of the schedule."""
    total = np.cumsum(receipts) / multiple
    packages = np.array([math.ceil(each - 1e-6) for each in total], dtype=np.int64) * multiple
    return packages - np.concatenate(([0], packages[:-1]))
