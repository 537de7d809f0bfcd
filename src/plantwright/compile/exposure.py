"""A plant's supply as the problems of `risk`: once at steady rates, and step by step under losses."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from graphlib import TopologicalSorter

import numpy as np

from plantwright.compile.causes import Cause, causes
from plantwright.compile.demand import daily_demand
from plantwright.compile.levelling import levelled
from plantwright.compile.opening import DAY_S, Opening, opening
from plantwright.compile.reach import Way, ways
from plantwright.compile.supply import Supply, supply
from plantwright.model.plant import Plant
from plantwright.model.product import Product
from plantwright.model.risk import Risk
from plantwright.model.state import State
from plantwright.problems.exposure import ExposureProblem, Floats
from plantwright.problems.phases import PhasedProblem

AHEAD_S = 56 * DAY_S
"""How early products are made where nothing is written. [s]"""
YEAR_D = 365


@dataclass(frozen=True)
class Exposed:
    """A plant's supply, ready to lose parts of itself.

    Attributes
    ----------
    plant, network, risk
        What it is lowered from.
    items, ways, causes
        Names by place: items with what is made before what goes into it.
    opening
        What is there at the beginning.
    margin
        What is lost with a piece of each thing that customers take. [base money]
    """

    plant: Plant
    network: Supply
    risk: Risk
    items: tuple[str, ...]
    ways: tuple[Way, ...]
    causes: tuple[Cause, ...]
    opening: Opening
    margin: Mapping[str, float]
    state: State | None = None

    @cached_property
    def place(self) -> dict[str, int]:
        """Place of each item."""
        return {item: place for place, item in enumerate(self.items)}

    @cached_property
    def gives(self) -> np.ndarray:
        """The item that each way gives. (A,) int64"""
        return np.array([self.place[way.item] for way in self.ways], dtype=np.int64)

    @cached_property
    def bill(self) -> tuple[np.ndarray, np.ndarray]:
        """Rows of the bill: way and item (U, 2) int64, pieces (U,) float64."""
        rows = [
            (place, self.place[part], pieces)
            for place, way in enumerate(self.ways)
            if not way.is_bought
            for part, pieces in self.network.bill.get(way.item, {}).items()
        ]
        uses = np.array([(way, part) for way, part, _ in rows], dtype=np.int64).reshape(-1, 2)
        return uses, np.array([pieces for _, _, pieces in rows])

    @property
    def first_day(self) -> dt.date:
        """The day on which losses begin."""
        return self.plant.from_ if self.state is None else self.state.at.date()

    @cached_property
    def order(self) -> tuple[tuple[int, ...], ...]:
        """Items that customers take in the order in which the planner's rule serves them."""
        sold = [self.place[name] for name in self.plant.demand if name in self.network.wanted]
        sold += [self.place[name] for name in self.network.wanted if self.place[name] not in sold]
        if self.risk.rule == "fair-share":
            return (tuple(sold),)
        if self.risk.rule == "margin":
            sold.sort(key=lambda place: -self.margin.get(self.items[place], 0.0))
        return tuple((place,) for place in sold)


def exposed(plant: Plant, margin: Mapping[str, float], state: State | None = None) -> Exposed:
    """The supply of a plant with all that it may lose.

    Parameters
    ----------
    plant
        A sound plant, without the offers that screening refuses.
    margin
        What is lost with a piece of each thing that customers take. [base money]
    state
        The plant today; usual stocks when left out.
    """
    network = supply(plant)
    below = {item: list(network.bill.get(item, ())) for item in network.items}
    items = tuple(TopologicalSorter(below).static_order())[::-1]
    found = ways(plant, network)
    rates = {item: pieces / (YEAR_D * DAY_S) for item, pieces in network.needed.items()}
    risk = plant.risk or Risk()
    begin = opening(plant, found, rates, state)
    return Exposed(plant, network, risk, items, found, causes(plant, found), begin, margin, state)


# --------------------------------------------------------------------------------------------------- at steady rates


def steady(exposed: Exposed) -> ExposureProblem:
    """The network at the mean rates of the horizon, in days: each cause is a node, offers not qualified are closed."""
    days = _days(exposed.risk)
    demand = np.zeros(len(exposed.items))
    stock = np.array([exposed.opening.stock.get(item, 0.0) for item in exposed.items])
    for name in exposed.network.wanted:
        demand[exposed.place[name]] = sum(_daily(exposed, name, days)) / days
    for coming in exposed.opening.coming:
        stock[exposed.gives[coming.way]] += coming.pieces
    uses, pieces = exposed.bill
    capacity = np.array([way.capacity * DAY_S if way.is_qualified else 0.0 for way in exposed.ways])
    passes = [(way, node) for node, cause in enumerate(exposed.causes) for way in cause.ways]
    return ExposureProblem(
        demand=demand,
        stock=stock,
        margin=np.array([exposed.margin.get(item, 0.0) for item in exposed.items]),
        gives=exposed.gives,
        capacity=capacity,
        uses=uses,
        pieces=pieces,
        passes=np.array(passes, dtype=np.int64).reshape(-1, 2),
        node_capacity=np.full(len(exposed.causes), np.inf),
    )


def _days(risk: Risk) -> int:
    return max(1, round(risk.horizon.base / DAY_S))


def _daily(exposed: Exposed, name: str, days: int) -> list[float]:
    """What customers take of a thing on each day from the beginning of the loss. [pieces]"""
    skipped = max(0, (exposed.first_day - exposed.plant.from_).days)
    target = exposed.network.wanted[name]
    wanted = daily_demand(exposed.plant, name, skipped + days)[skipped:]
    if not any(daily_demand(exposed.plant, name, YEAR_D)):
        return [target / YEAR_D] * days
    return [float(pieces) for pieces in wanted]


# ------------------------------------------------------------------------------------------------------ step by step


@dataclass(frozen=True)
class Phases:
    """The network step by step.

    Attributes
    ----------
    problem
        The network when nothing is lost.
    length
        Of a step. [s]
    running
        What each offer delivers in each step under orders that are placed. (T, A) float64 [pieces]
    """

    exposed: Exposed
    problem: PhasedProblem
    length: float
    running: Floats

    def under(self, lost: Sequence[tuple[Cause, float]]) -> PhasedProblem:
        """The network while causes last.

        Parameters
        ----------
        lost
            Causes, and how long each lasts; all begin at once. [s]
        """
        capacity, late = self.problem.capacity.copy(), np.zeros(len(self.exposed.ways))
        for cause, recovery in lost:
            for place in cause.ways:
                way = self.exposed.ways[place]
                through = 0.0 if cause.stops_transit else way.transit
                share = self._profile(through, recovery + through, way.ramp, cause.left)
                usual = np.where(np.isfinite(capacity[:, place]), capacity[:, place], self.running[:, place])
                capacity[:, place] = np.where(share >= 1.0, capacity[:, place], share * usual)
                late[place] = max(late[place], recovery)
        return replace(self.problem, capacity=capacity, arriving=self._arriving(lost, late))

    def _profile(self, begin: float, end: float, ramp: float, left: float) -> Floats:
        """Share of a way that is there in each step: all, from ``begin`` what is left, from ``end`` more and more."""
        edges = np.arange(len(self.problem.demand) + 1) * self.length
        whole = np.minimum(edges, begin) + left * (np.clip(edges, begin, end) - begin)
        after = np.maximum(edges - end, 0.0)
        if ramp > 0:
            within = np.minimum(after, ramp)
            whole += left * within + (1.0 - left) * within**2 / (2.0 * ramp)
            after -= within
        return np.asarray(np.diff(whole + after) / self.length)

    def _arriving(self, lost: Sequence[tuple[Cause, float]], late: Floats) -> Floats:
        """Open deliveries: those of a lost offer that are not under way yet come when it has recovered."""
        arriving = np.zeros_like(self.problem.arriving)
        stuck = {way for cause, _ in lost if cause.stops_transit for way in cause.ways}
        for coming in self.exposed.opening.coming:
            is_safe = coming.way not in stuck and coming.due <= self.exposed.ways[coming.way].transit
            due = coming.due if is_safe else coming.due + late[coming.way]
            step = int(due / self.length)
            if step < len(arriving):
                arriving[step, self.exposed.gives[coming.way]] += coming.pieces
        return arriving


def phases(exposed: Exposed, bucket: float | None = None, planned: Exposed | None = None) -> Phases:
    """The network step by step when nothing is lost.

    Parameters
    ----------
    exposed
        The plant's supply.
    bucket
        Length of a step, whole days; as the document says when left out. [s]
    planned
        The same supply as it was when production was planned: more stock that is kept for a loss changes no plan.
    """
    days = max(1, round((exposed.risk.bucket.base if bucket is None else bucket) / DAY_S))
    steps = max(1, _days(exposed.risk) // days)
    demand, plan = _wanted(planned or exposed, steps, days)
    stock = np.array([exposed.opening.stock.get(item, 0.0) for item in exposed.items])
    running = _running(exposed, demand, plan)
    uses, pieces = exposed.bill
    problem = PhasedProblem(
        demand=demand,
        plan=plan,
        stock=stock,
        arriving=np.zeros_like(demand),
        margin=np.array([exposed.margin.get(item, 0.0) for item in exposed.items]),
        gives=exposed.gives,
        capacity=_capacity(exposed, plan, running, days * DAY_S),
        uses=uses,
        pieces=pieces,
    )
    found = Phases(exposed, problem, days * DAY_S, running)
    return replace(found, problem=found.under([]))


def _wanted(exposed: Exposed, steps: int, days: int) -> tuple[Floats, Floats]:
    """What customers take, and what the plant means to make of it, in each step. (T, I)"""
    demand, plan = np.zeros((steps, len(exposed.items))), np.zeros((steps, len(exposed.items)))
    for name in exposed.network.wanted:
        thing = exposed.plant.products.get(name) or exposed.plant.items.get(name)
        written = thing.ahead if isinstance(thing, Product) else None
        early = 0.0 if not isinstance(thing, Product) else AHEAD_S if written is None else written.base
        ahead = int(early / DAY_S) // days
        daily = np.array(_daily(exposed, name, (steps + ahead) * days))
        wanted = daily.reshape(-1, days).sum(axis=1)
        place = exposed.place[name]
        demand[:, place] = wanted[:steps]
        if name in exposed.network.made:
            stock = exposed.opening.stock.get(name, 0.0) if isinstance(thing, Product) else 0.0
            plan[:, place] = levelled(wanted.tolist(), stock, ahead)
    return demand, plan


def _running(exposed: Exposed, demand: Floats, plan: Floats) -> Floats:
    """What each offer delivers where orders follow the plan: preferred offers first, each up to its capacity."""
    need = plan.copy()
    for name in exposed.network.wanted:
        if name not in exposed.network.made:
            need[:, exposed.place[name]] += demand[:, exposed.place[name]]
    for place, item in enumerate(exposed.items):
        for part, pieces in exposed.network.bill.get(item, {}).items():
            need[:, exposed.place[part]] += pieces * need[:, place]
    running = np.zeros((len(demand), len(exposed.ways)))
    rest = need.copy()
    step_s = exposed.risk.horizon.base / len(demand)
    for place, way in enumerate(exposed.ways):
        if way.is_bought and way.is_qualified:
            item = exposed.gives[place]
            running[:, place] = np.minimum(rest[:, item], way.capacity * step_s)
            rest[:, item] -= running[:, place]
    return running


def _capacity(exposed: Exposed, plan: Floats, running: Floats, length: float) -> Floats:
    """What each way can give in each step.

    Offers deliver what has been ordered until a new order could come, then all they can; with a state, what has been
    ordered stands among its deliveries. What customers take is made at most so much faster than at its planned peak.
    """
    steps = len(plan)
    begins = np.arange(steps) * length
    capacity = np.zeros((steps, len(exposed.ways)))
    for place, way in enumerate(exposed.ways):
        most = way.capacity * length
        if not way.is_bought:
            peak = plan[:, exposed.gives[place]].max(initial=0.0) * (1.0 + exposed.risk.catch_up.base)
            first = way.lead if math.isfinite(way.lead) else 0.0
            capacity[:, place] = np.where(begins >= first, min(most, peak) if peak > 0 else most, 0.0)
            continue
        ordered = running[:, place] * (0.0 if exposed.opening.is_state else 1.0)
        capacity[:, place] = np.where(begins >= way.wait + way.lead, most, np.minimum(ordered, most))
    return capacity
