"""Siting tasks of the document into problems: positions, prices and demands by place instead of by name."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plantwright.compile.prices import in_base
from plantwright.model.flows import yearly_demand
from plantwright.model.plant import Plant
from plantwright.model.siting import Candidate, Customer, Siting
from plantwright.problems.siting import CoveringProblem, Floats, ServingProblem

NOWHERE = (np.nan, np.nan)


@dataclass(frozen=True, eq=False)
class Ground:
    """A task by place: candidates F and customers C in document order.

    Attributes
    ----------
    sites, customers
        Latitude and longitude; nan where none is written. (F, 2), (C, 2) float64 [degrees]
    lines
        Corners of each line. (K, 2) float64 each [degrees]
    written
        Distances that are written; nan elsewhere. (F, C) float64 [m]
    radius
        How far each candidate serves or sees; infinite where nothing is written. (F,) float64 [m]
    fixed
        What having a candidate costs. (F,) float64 [base money/year]
    demand
        What each customer takes, or how much it counts. (C,) float64 [pieces/year, -]
    """

    sites: Floats
    customers: Floats
    lines: tuple[Floats, ...]
    written: Floats
    radius: Floats
    fixed: Floats
    demand: Floats


def ground(plant: Plant, task: Siting) -> Ground:
    """Where everything of a task is, and what it takes and costs."""
    candidates = task.candidates.values()
    radii = [each.radius or task.radius for each in candidates]
    return Ground(
        sites=_places([where(plant, key, each) for key, each in task.candidates.items()]),
        customers=_places([each.position or NOWHERE for each in task.customers.values()]),
        lines=tuple(_places(list(line.path)) for line in task.lines.values()),
        written=_table(task, {site: {to: far.base for to, far in row.items()} for site, row in task.distances.items()}),
        radius=np.array([np.inf if radius is None else radius.base for radius in radii]),
        fixed=np.array([in_base(plant.money, each.cost) for each in candidates]),
        demand=demands(plant, task),
    )


def where(plant: Plant, key: str, candidate: Candidate) -> tuple[float, float]:
    """Position of a candidate: its own, else that of its site, else that of the site of its name."""
    site = plant.sites.get(candidate.site or key)
    return candidate.position or (site.position if site else None) or NOWHERE


def demands(plant: Plant, task: Siting) -> Floats:
    """What each customer takes a year; where no pieces are written, how much it counts. (C,) float64 [pieces, -]"""
    yearly = yearly_demand(plant)
    total = sum(yearly.get(product, 0.0) for product in task.products or plant.products or yearly)
    return np.array([_demand(each, total) for each in task.customers.values()], dtype=np.float64)


def _demand(customer: Customer, total: float) -> float:
    if customer.demand is not None:
        return float(customer.demand)
    if customer.share is not None:
        return customer.share.base * total
    return 1.0 if customer.weight is None else customer.weight


def serving(plant: Plant, task: Siting, ground: Ground, *, distance: Floats) -> ServingProblem:
    """Who may be served from where, and what it costs: in money, or in distance where that is asked for.

    Parameters
    ----------
    distance
        From every candidate to every customer; nan where unknown. (F, C) float64 [m]
    """
    far = np.where(np.isnan(distance) | (distance > ground.radius[:, None] + 1e-6), np.inf, distance)
    free = np.zeros_like(ground.fixed)
    if task.kind == "facility-location":
        each = carriage(plant, task, distance) + pieces(plant, task)[:, None]
        out = np.isnan(each) | (distance > ground.radius[:, None] + 1e-6)
        cost, fixed = np.where(out, np.inf, each * ground.demand), ground.fixed
    elif task.kind == "p-median":
        near = np.where(np.isinf(far), 0.0, far)
        cost, fixed = np.where(np.isinf(far), np.inf, near * ground.demand), free
    else:
        cost, fixed = far, free
    unlimited = task.kind == "p-centre"
    return ServingProblem(
        cost=cost,
        demand=ground.demand,
        fixed=fixed,
        capacity=np.array(
            [np.inf if unlimited or each.capacity is None else each.capacity for each in task.candidates.values()]
        ),
        must=_flags(task, is_open=True),
        closed=_flags(task, is_open=False),
        most=_most(task),
        whole=task.whole,
    )


def covering(plant: Plant, task: Siting, ground: Ground, *, sees: NDArray[np.bool_], weight: Floats) -> CoveringProblem:
    """Which posts see which points, and what they cost; each counts for one where nothing is said about money."""
    counted = ground.fixed if ground.fixed.any() else np.ones_like(ground.fixed)
    return CoveringProblem(
        sees=sees,
        weight=weight,
        cost=counted,
        must=_flags(task, is_open=True),
        closed=_flags(task, is_open=False),
        most=_most(task),
        times=task.times,
        budget=np.inf if task.budget is None else in_base(plant.money, task.budget),
        backup=0.0 if task.backup is None else task.backup.base,
    )


def carriage(plant: Plant, task: Siting, distance: Floats) -> Floats:
    """What carrying a piece costs: as written, else by distance. (F, C) float64 [base money/piece], nan: unknown"""
    rates = [each.carriage or task.carriage for each in task.candidates.values()]
    by_distance = np.array([in_base(plant.money, rate) for rate in rates])[:, None] * distance
    money = plant.money
    prices = {site: {to: in_base(money, price) for to, price in row.items()} for site, row in task.prices.items()}
    written = _table(task, prices)
    return np.where(np.isnan(written), by_distance, written)


def pieces(plant: Plant, task: Siting) -> Floats:
    """What a piece costs at each candidate. (F,) float64 [base money/piece]"""
    return np.array([in_base(plant.money, each.piece) for each in task.candidates.values()])


def _flags(task: Siting, *, is_open: bool) -> NDArray[np.bool_]:
    return np.array([each.open is is_open for each in task.candidates.values()])


def _most(task: Siting) -> int:
    return len(task.candidates) if task.p is None else task.p


def _places(positions: list[tuple[float, float]]) -> Floats:
    return np.array(positions, dtype=np.float64).reshape(-1, 2)


def _table(task: Siting, rows: dict[str, dict[str, float]]) -> Floats:
    """A table of candidates and customers; nan where nothing is written. (F, C) float64"""
    found = np.full((len(task.candidates), len(task.customers)), np.nan)
    for place, site in enumerate(task.candidates):
        for column, customer in enumerate(task.customers):
            found[place, column] = rows.get(site, {}).get(customer, np.nan)
    return found
