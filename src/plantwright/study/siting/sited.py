"""What was found, in names: rows of the answer to ``siting``."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from plantwright.problems.siting import Floats, Sited
from plantwright.results.siting import LineFound, PointFound, Service, SiteChange, SitedTask, SiteFound
from plantwright.study.siting.changed import Changed
from plantwright.study.siting.posed import KM, Posed
from plantwright.study.siting.words import UNITS, named, reasons, seen_share, verdict


def task_found(posed: Posed, best: Sited | None, currency: str) -> SitedTask:
    """How good the best choice is, or why there is none."""
    unit = f"{currency} a year" if posed.costs_money else UNITS[posed.task.kind]
    name = posed.task.name or posed.key
    if best is None:
        why = tuple(reasons(posed, posed.shortfall(), currency))
        told = verdict(posed, None, why, currency)
        return SitedTask(name, posed.task.kind, told, False, False, unit, None, None, 0, reasons=why)
    far = np.where(best.share > 0, posed.distance, 0.0) if posed.serves else None
    served = None if far is None else (best.share * far).sum(axis=0)
    weight = posed.ground.demand
    return SitedTask(
        name=name,
        kind=posed.task.kind,
        verdict=verdict(posed, best, (), currency),
        is_feasible=True,
        is_optimal=best.proven,
        unit=unit,
        objective=posed.told(best.objective),
        bound=posed.told(best.bound),
        open=int(best.opened.sum()),
        sites_cost_per_year=_sites(posed, best),
        carriage_cost_per_year=_carriage(posed, best),
        pieces_cost_per_year=_pieces(posed, best),
        mean_distance_km=_known(None if served is None else served @ weight / (weight.sum() or 1.0) / KM),
        farthest_km=_known(None if far is None else far.max(initial=0.0) / KM),
        seen_share=None if posed.serves else seen_share(posed, best, 1),
        seen_twice_share=None if posed.serves else seen_share(posed, best, 2),
    )


def sites_found(posed: Posed, best: Sited | None) -> Iterator[SiteFound]:
    """Every candidate, open or not."""
    load = None if best is None or not posed.serves else best.share @ posed.ground.demand
    for place, (key, candidate) in enumerate(posed.task.candidates.items()):
        latitude, longitude = (_known(each) for each in posed.ground.sites[place].tolist())
        room = candidate.capacity
        served = None if load is None else float(load[place])
        yield SiteFound(
            task=posed.key,
            site=key,
            name=named(posed, key),
            open=best is not None and bool(best.opened[place]),
            decided=candidate.open is not None,
            latitude=latitude,
            longitude=longitude,
            radius_km=_known(posed.ground.radius[place] / KM),
            cost_per_year=None if candidate.cost is None else float(posed.ground.fixed[place]),
            served_per_year=served,
            capacity_per_year=None if room is None else float(room),
            used_share=None if served is None or room is None else served / room,
        )


def services(posed: Posed, best: Sited) -> Iterator[Service]:
    """Who is served from where."""
    if not posed.serves:
        return
    sites = list(posed.task.candidates)
    each = posed.carriage() + posed.pieces()[:, None]
    for column, (key, customer) in enumerate(posed.task.customers.items()):
        for place in np.flatnonzero(best.share[:, column]).tolist():
            share = float(best.share[place, column])
            taken = share * float(posed.ground.demand[column])
            cost = float(each[place, column]) * taken if posed.costs_money else None
            far = _known(posed.distance[place, column] / KM)
            yield Service(posed.key, key, customer.name or key, sites[place], share, taken, far, cost)


def points_found(posed: Posed, best: Sited | None) -> Iterator[PointFound]:
    """Customers and points to watch."""
    times = _times(posed, best)
    for column, (key, customer) in enumerate(posed.task.customers.items()):
        latitude, longitude = (_known(each) for each in posed.ground.customers[column].tolist())
        weight = float(posed.ground.demand[column])
        yield PointFound(posed.key, key, customer.name or key, latitude, longitude, weight, int(times[column]))


def lines_found(posed: Posed, best: Sited | None) -> Iterator[LineFound]:
    """Lines to watch, segment by segment."""
    for (key, line), watched in zip(posed.task.lines.items(), posed.lines, strict=True):
        opened = np.zeros(len(posed.task.candidates), dtype=np.bool_) if best is None else best.opened
        times = watched.sees[opened].sum(axis=0)
        yield LineFound(
            task=posed.key,
            line=key,
            name=line.name or key,
            length_km=float(watched.length.sum() / KM),
            seen_km=float(watched.length[times >= 1].sum() / KM),
            seen_twice_km=float(watched.length[times >= 2].sum() / KM),
            corners=tuple((float(north), float(east)) for north, east in watched.points.round(6)),
            times=tuple(int(count) for count in times),
        )


def change_found(posed: Posed, best: Sited, one: Changed) -> SiteChange:
    """What the best choice with one site changed costs more, and what else changes with it."""
    sites = list(posed.task.candidates)
    key = sites[one.site]
    objective = None if one.found is None else posed.told(one.found.objective)
    opened = best.opened if one.found is None else one.found.opened
    return SiteChange(
        task=posed.key,
        site=key,
        name=named(posed, key),
        change="with" if one.is_open else "without",
        objective=objective,
        difference=None if objective is None else _worse(objective, posed.told(best.objective)),
        opens=tuple(site for place, site in enumerate(sites) if opened[place] and not best.opened[place]),
        shuts=tuple(site for place, site in enumerate(sites) if best.opened[place] and not opened[place]),
    )


def _worse(objective: float, best: float) -> float:
    """By how much, either way round; a difference that only rounding makes is none."""
    difference = abs(objective - best)
    return difference if difference > 1e-9 * max(1.0, abs(best)) else 0.0


def _times(posed: Posed, best: Sited | None) -> Floats:
    """Open sites that serve or see each customer. (C,)"""
    if best is None:
        return np.zeros(len(posed.task.customers))
    return np.asarray((best.share[:, : len(posed.task.customers)] > 0).sum(axis=0))


def _carriage(posed: Posed, best: Sited) -> float | None:
    if not posed.serves or not posed.costs_money:
        return None
    each = np.where(best.share > 0, posed.carriage(), 0.0)
    return float((each * best.share * posed.ground.demand).sum())


def _pieces(posed: Posed, best: Sited) -> float | None:
    if not posed.serves or not posed.costs_money:
        return None
    return float((posed.pieces()[:, None] * best.share * posed.ground.demand).sum())


def _known(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else float(value)


def _sites(posed: Posed, best: Sited) -> float | None:
    """What the open sites cost a year; None where nobody has written what any candidate costs. [base money]"""
    is_written = any(candidate.cost is not None for candidate in posed.task.candidates.values())
    return float(posed.ground.fixed[best.opened].sum()) if is_written else None
