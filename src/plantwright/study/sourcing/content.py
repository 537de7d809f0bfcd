"""Local content of a plan by every method, and what other floors cost."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from plantwright.optimise.sourcing.charges import floor_slopes
from plantwright.optimise.sourcing.content import METHODS, ratio, unknown_value
from plantwright.optimise.sourcing.solve import Question, Solution
from plantwright.results import ContentRow, PointCost
from plantwright.study.sourcing.planning import Sourced, flips

POINT = 0.01


def rows(asked: Sourced, best: Solution) -> Iterator[ContentRow]:
    """Local content by each method, at cost and at invoice, by line and year."""
    content = asked.problem.content
    for line in np.flatnonzero(content.measured).tolist():
        for number, year in enumerate(asked.names.years):
            unknown = _unknown(asked, best, line, number)
            for method, of, at in _ways(asked):
                is_asked = (method, of, at) == (content.method, content.of, content.at)
                share = _share(asked, best, line, number, (method, of, at))
                yield ContentRow(method, of, at, asked.names.lines[line], year, share, unknown, is_asked)


def _ways(asked: Sourced) -> Iterator[tuple[str, str, str]]:
    for method in METHODS:
        if method == "points":
            if asked.problem.content.method == "points":
                yield method, asked.problem.content.of, asked.problem.content.at
            continue
        for of in ("transaction-value", "net-cost") if method.startswith("build") else ("transaction-value",):
            yield from ((method, of, at) for at in ("cost", "invoice"))


def _share(asked: Sourced, best: Solution, line: int, year: int, way: tuple[str, str, str]) -> float | None:
    method, of, at = way
    used = asked.plan(best).shipped.sum(axis=(0, 2)) > 0
    if at == "invoice" and np.isnan(asked.problem.shipments.invoice[used]).any():
        return None
    found = ratio(asked.model.measures, line, year, method=method, of=of, at=at)
    base = found.base.at(best.x)
    return None if not base > 0 else 1.0 - found.short.at(best.x) / base


def asked_share(asked: Sourced, solution: Solution) -> float | None:
    """Local content as it is asked for, in the line and year that has least."""
    limit = asked.model.limits.get("floor")
    if limit is None or not len(limit.bound):
        return None
    reached = 1.0 - float(limit.reached(solution.x).max())
    return reached if np.isfinite(reached) else None


def invoiced_share(asked: Sourced, solution: Solution) -> float | None:
    """The same at invoice; None where a transfer price is missing."""
    content = asked.problem.content
    found = [
        _share(asked, solution, line, year, (content.method, content.of, "invoice"))
        for line in np.flatnonzero(content.measured).tolist()
        for year in range(asked.problem.years)
    ]
    known = [share for share in found if share is not None]
    return min(known) if len(known) == len(found) and known else None


def _unknown(asked: Sourced, best: Solution, line: int, year: int) -> float:
    measures = asked.model.measures
    whole = measures.bought(measures.price, line, year) + measures.made(asked.problem.makings.cost, line, year)
    value = whole.at(best.x)
    return unknown_value(measures, line, year).at(best.x) / value if value > 0 else 0.0


def slope(asked: Sourced, best: Solution) -> float | None:
    """Cost of one point more in every year at these decisions; None where no floor is asked for. [money]"""
    if np.isnan(asked.problem.content.floor).all():
        return None
    return float(floor_slopes(asked.model, best).sum()) * POINT


def points(asked: Sourced, best: Solution) -> Iterator[PointCost]:
    """One point less and one more than the floor; without a floor, one more than the plan has."""
    limit = asked.model.limits.get("floor")
    share = asked_share(asked, best)
    if limit is None or share is None:
        return
    has_floor = bool(np.isfinite(limit.bound).any())
    start = limit.bound if has_floor else limit.reached(best.x)
    for step in (-1.0, 1.0) if has_floor else (1.0,):
        bounds = {"floor": start - step * POINT}
        found = asked.solved(Question(bounds))
        floor = 1.0 - float(np.max(bounds["floor"][np.isfinite(bounds["floor"])]))
        if found is None:
            yield PointCost(step, floor, None, None, ())
            continue
        changed = flips(asked.names, asked.plan(best), asked.plan(found))
        yield PointCost(step, floor, found.objective, found.objective - best.objective, changed)
