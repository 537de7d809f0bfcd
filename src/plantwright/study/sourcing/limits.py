"""Limits of the plan, and what they would have to be where there is no plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from plantwright.optimise.sourcing.limits import Limit
from plantwright.optimise.sourcing.relax import Conflict, conflict
from plantwright.optimise.sourcing.solve import Solution
from plantwright.problems.sourcing import Flags
from plantwright.results import LimitRow
from plantwright.results.wording import percent
from plantwright.study.sourcing.planning import Sourced


def rows(asked: Sourced, best: Solution) -> Iterator[LimitRow]:
    """Every limit that is asked for, with the plan's margin."""
    for name, limit in asked.model.limits.items():
        reached = limit.reached(best.x)
        for number, bound in enumerate(limit.bound):
            if np.isfinite(bound):
                yield _row(asked, name, limit, number, float(bound), reached=float(reached[number]))


def needed(asked: Sourced) -> tuple[tuple[LimitRow, ...], Mapping[str, float], str]:
    """Where there is no plan: the limits and what they would have to be, what is short, and all of it in a sentence."""
    found = conflict(asked.model)
    if found.served is not None:
        short = _short(asked, found)
        return (), short, _scarce(short, found.served)
    listed = []
    for name, limit in asked.model.limits.items():
        bounds = found.alone.get(name, (found.together or {}).get(name) if not found.alone else None)
        for number, bound in enumerate(limit.bound):
            if np.isfinite(bound):
                to = None if bounds is None else float(bounds[number])
                listed.append(_row(asked, name, limit, number, float(bound), to=to))
    return tuple(listed), {}, _said(listed, found)


def _row(
    asked: Sourced,
    name: str,
    limit: Limit,
    number: int,
    bound: float,
    *,
    reached: float | None = None,
    to: float | None = None,
) -> LimitRow:
    """A row of a limit; the floor is told as the share that has to be local, not the one that may be foreign."""
    names, years = asked.names, len(asked.names.years)
    is_floor = name == "floor"
    lines = [line for line, is_measured in zip(names.lines, asked.problem.content.measured, strict=True) if is_measured]
    per_year = len(limit.bound) > 1 or years == 1

    def told(value: float | None) -> float | None:
        return None if value is None else (1.0 - value if is_floor else value)

    return LimitRow(
        limit=f"share of {names.countries[int(name.split()[1])]}" if name.startswith("country") else name,
        line=lines[number // years] if is_floor else "",
        year=names.years[number % years] if per_year and name != "investment" else None,
        unit=_unit(asked, name),
        asked=float(told(bound) or 0.0),
        reached=told(reached),
        margin=None if reached is None else bound - reached,
        needed=told(to),
    )


def _unit(asked: Sourced, name: str) -> str:
    if name == "carbon":
        return "kg"
    return "share" if name == "floor" or name.startswith("country") else asked.plant.money.base


def _short(asked: Sourced, found: Conflict) -> dict[str, float]:
    """Items whose sources give less than the demand takes: the share of it that they give."""
    problem, names = asked.problem, asked.names
    need = asked.model.columns.most
    short = {}
    for row, item in enumerate(names.items):
        if not need[row].any() or row in problem.node_item[problem.makings.node][_boundless(asked)]:
            continue
        offers = problem.offers.capacity[problem.offers.item == row].sum(axis=0)
        made = problem.makings.capacity[problem.node_item[problem.makings.node] == row].sum(axis=0)
        share = float(((offers + made) / np.where(need[row] > 0, need[row], 1.0)).min())
        if share < 1.0:
            short[item] = share
    return short or {"": found.served or 0.0}


def _boundless(asked: Sourced) -> Flags:
    """Makings without a limit or with steps that may lift it. (M,) bool"""
    problem = asked.problem
    endless: Flags = np.array([np.isinf(row).all() for row in problem.makings.capacity], dtype=bool)
    endless[problem.steps.making] = True
    return endless


def _scarce(short: Mapping[str, float], served: float) -> str:
    items = [f"{item} (its sources give {percent(share)} of it)" for item, share in short.items() if item]
    what = f"At most {percent(served)} of the demand can be supplied, whatever it costs"
    return (
        f"{what}: too little of {', '.join(items)}."
        if items
        else f"{what}: minimum quantities and capacities forbid more."
    )


def _said(listed: list[LimitRow], found: Conflict) -> str:
    """Which limit to loosen, and how far, in words."""
    if not found.alone and found.together is None:
        return "No plan keeps to all limits, and no loosening of them all by the same share does it either."
    changes: dict[str, str] = {}
    for row in listed:
        if row.needed is not None and abs(row.needed - row.asked) > 1e-9 * max(abs(row.asked), 1.0):
            where = " ".join(str(part) for part in (row.limit, row.line, row.year) if part)
            changes.setdefault(row.limit, f"the {where} from {_told(row.asked, row)} to {_told(row.needed, row)}")
    ways = list(changes.values())
    if found.alone:
        return f"No plan keeps to all limits. Any one of these would do: loosen {'; or '.join(ways)}."
    return f"No plan keeps to all limits, and loosening one alone does not help. Together: {'; and '.join(ways)}."


def _told(value: float, row: LimitRow) -> str:
    if row.unit == "share":
        return f"{100 * value:.4g} %"
    return f"{value:,.4g} {row.unit}" if value < 1e4 else f"{value:,.0f} {row.unit}"
