"""What the next best differs by: each open site forced shut, each shut one forced open."""

from __future__ import annotations

from math import inf
from typing import NamedTuple

from plantwright.optimise.siting.serving import Serving
from plantwright.problems.siting import ServingProblem, Sited
from plantwright.study.siting.posed import Posed

EFFORT = 100_000
"""Pairs of site and customer that all changes of a task are worth together: 50 changes of 40 sites and 50 customers. A
count, so that the same ones are tried everywhere. [-]"""


class Changed(NamedTuple):
    """The best choice of sites in which one site is not as it would be."""

    site: int
    is_open: bool
    found: Sited | None


def changed(posed: Posed, best: Sited) -> list[Changed]:
    """Each site that the document leaves free, changed; open ones first, of many shut ones those that promise most."""
    return [Changed(site, is_open, posed.solve({site: is_open})) for site, is_open in _chosen(posed, best)]


def _chosen(posed: Posed, best: Sited) -> list[tuple[int, bool]]:
    opened = [site for site in free(posed) if best.opened[site]]
    shut = [site for site in free(posed) if not best.opened[site]]
    problem = posed.problem
    if posed.task.kind in ("facility-location", "p-median") and isinstance(problem, ServingProblem):
        room = max(EFFORT // max(problem.cost.size, 1) - len(opened), 1)
        if len(shut) > room:
            relaxed = Serving(problem, relaxed=True)
            bounds = {site: inf if (found := relaxed.solve({site: True})) is None else found.objective for site in shut}
            shut = sorted(shut, key=lambda site: bounds[site])[:room]
    return [*((site, False) for site in opened), *((site, True) for site in sorted(shut))]


def free(posed: Posed) -> list[int]:
    """Sites that the document leaves free."""
    pairs = zip(posed.problem.must, posed.problem.closed, strict=True)
    return [site for site, (must, closed) in enumerate(pairs) if not must and not closed]
