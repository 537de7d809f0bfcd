"""Lots of everything that the plan calls for, sized together over all levels of the bill, with their setup times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from plantwright.analytic.mrp import plan as planned_apart
from plantwright.compile.materials import Materials
from plantwright.model.flows import thing
from plantwright.model.planning import Planning
from plantwright.model.plant import Plant
from plantwright.optimise.lots import plan
from plantwright.problems.lots import LotEffort, LotPlan, LotProblem
from plantwright.problems.materials import Bill, Floats, Ints, MaterialsProblem
from plantwright.study.materials.rules import LotRule
from plantwright.study.materials.values import holding_costs
from plantwright.study.materials.work import Work

EFFORT = LotEffort(rounds=6, nodes=20, bound_nodes=4)
"""How long lots are looked for; counted in nodes, so that the same plant has the same plan. [-]"""


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """A lot rule that follows lots which were sized together, and never gives less than is needed.

    Attributes
    ----------
    total : ndarray
        Pieces that have come by the end of each period. (T,) int64 [pieces]
    earliest : int
        First period in which something can come. [periods]
    """

    total: Ints
    earliest: int

    def __call__(self, net: Ints) -> Ints:
        """Receipts for net requirements by period; what rounding leaves open comes with the lot before it."""
        needed: Ints = np.cumsum(net)
        lots = np.flatnonzero(np.diff(self.total, prepend=0))
        until = np.append(lots[1:], len(net))[: len(lots)]
        total = np.minimum(self.total, needed[-1])
        for lot, end in zip(lots.tolist(), until.tolist(), strict=True):
            total[lot:end] = max(int(total[lot]), int(needed[end - 1]))
        total = np.maximum(needed, total)
        total[: self.earliest] = 0
        receipts: Ints = total - np.concatenate(([0], total[:-1]))
        return receipts


@dataclass(frozen=True, slots=True, eq=False)
class Together:
    """Lots that were sized together.

    Attributes
    ----------
    rules : mapping of int to Settled
        What comes of each thing that the plan calls for.
    plan : LotPlan
        What was found, with the proof of how much better any other plan can be.
    """

    rules: Mapping[int, Settled]
    plan: LotPlan


def sized_together(
    plant: Plant,
    planning: Planning,
    materials: Materials,
    problem: MaterialsProblem,
    work: Work,
    *,
    rules: Sequence[LotRule],
    values: Floats,
    loops: Mapping[str, int],
) -> Together:
    """Lots of everything that the plan calls for, at least cost of orders and holding within the hours of stations.

    Notes
    -----
    What has to come of things that are sold is that of a plan lot for lot, which knows stock, open orders, fences and
    what is late already. A lot is worked on in the period in which it is released, and what kanbans refill for it with
    it. Where the hours do not suffice the lots take more, as little as can be, and the messages name the stations.
    """
    apart = planned_apart(problem, rules)
    chosen = [item for item, name in enumerate(materials.names) if name in work.each and name not in loops]
    chosen = [item for item in chosen if apart.gross[item].any()]
    place = {item: index for index, item in enumerate(chosen)}
    taken = taken_directly(problem.bill, [name in loops for name in materials.names])
    arcs = [(place[top], place[low], pieces) for (top, low), pieces in taken.items() if top in place and low in place]
    parent, child, pieces = zip(*arcs, strict=True) if arcs else ((), (), ())
    is_top = np.array([index not in child for index in range(len(chosen))])
    usable = np.maximum(problem.stock + problem.scheduled.sum(axis=1) - problem.safety, _late(problem, apart.gross))
    found = plan(
        LotProblem(
            demand=np.where(is_top[:, None], apart.receipts[chosen], problem.demand[chosen]).astype(np.float64),
            holding=holding_costs(planning, values[chosen]),
            setup_cost=np.array([rules[item].order_cost for item in chosen]),
            setup_time=_setup_times(plant, planning, materials, work, chosen),
            unit_time=_unit_times(materials, work, chosen, taken),
            capacity=work.hours * planning.load.base,
            stock=np.where(is_top, 0, np.maximum(0, usable[chosen])).astype(np.float64),
            lead=problem.lead[chosen],
            bill=Bill(np.array(parent, dtype=np.int64), np.array(child, dtype=np.int64), np.array(pieces, dtype=float)),
        ),
        EFFORT,
    )
    return Together({item: _settled(problem, found, item, index) for item, index in place.items()}, found)


def _settled(problem: MaterialsProblem, found: LotPlan, item: int, index: int) -> Settled:
    """What has come of a thing by the end of each period."""
    lead = int(problem.lead[item])
    comes = np.zeros(problem.demand.shape[1])
    comes[lead:] = found.started[index, : len(comes) - lead]
    return Settled(np.ceil(np.cumsum(comes) - 1e-6).astype(np.int64), int(problem.earliest[item]))


def _late(problem: MaterialsProblem, gross: Ints) -> Ints:
    """What is wanted of each thing before anything new can come: late already, it cannot be helped. (I,) [pieces]"""
    before = np.arange(gross.shape[1]) < problem.lead[:, None]
    late: Ints = (gross * before).sum(axis=1)
    return late


def taken_directly(bill: Bill, is_pulled: Sequence[bool]) -> dict[tuple[int, int], float]:
    """Pieces of each thing in one of another, directly or by way of what kanbans refill; pulled things included."""
    children: defaultdict[int, list[tuple[int, float]]] = defaultdict(list)
    for parent, child, pieces in zip(bill.parent.tolist(), bill.child.tolist(), bill.pieces.tolist(), strict=True):
        children[parent].append((child, pieces))
    found: defaultdict[tuple[int, int], float] = defaultdict(float)

    def down(top: int, item: int, amount: float) -> None:
        for child, pieces in children[item]:
            found[top, child] += amount * pieces
            if is_pulled[child]:
                down(top, child, amount * pieces)

    for top in [parent for parent in children if not is_pulled[parent]]:
        down(top, top, 1.0)
    return dict(found)


def _unit_times(
    materials: Materials, work: Work, chosen: Sequence[int], taken: Mapping[tuple[int, int], float]
) -> Floats:
    """Hours of each station in a piece, with what kanbans refill for it. (K, I) float64 [h]"""
    of = {name: np.array([hours.get(each, 0.0) for each in work.stations]) for name, hours in work.each.items()}
    nothing = np.zeros(len(work.stations))
    times = {item: of[materials.names[item]].copy() for item in chosen}
    for (top, low), pieces in taken.items():
        if top in times and low not in times:
            times[top] += pieces * of.get(materials.names[low], nothing)
    return np.array([times[item] for item in chosen], dtype=np.float64).T


def _setup_times(plant: Plant, planning: Planning, materials: Materials, work: Work, chosen: Sequence[int]) -> Floats:
    """Hours of each station that a lot takes before its first piece. (K, I) float64 [h]"""
    times = np.zeros((len(work.stations), len(chosen)))
    for index, item in enumerate(chosen):
        station, hours = setup_of(plant, planning, materials.names[item])
        if station in work.stations:
            times[work.stations.index(station), index] = hours
    return times


def setup_of(plant: Plant, planning: Planning, name: str) -> tuple[str, float]:
    """The first station of a thing's route, and the hours that a lot takes there before its first piece. [h]"""
    given, made = planning.items.get(name), thing(plant, name)
    route = plant.routes.get(made.made_by or "", ()) if made is not None else ()
    if not route or given is None or given.setup is None:
        return "", 0.0
    return route[0].stations[0], given.setup.base / 3600
