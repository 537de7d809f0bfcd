"""Plans that nothing beats in cost, local content and exposure."""

from __future__ import annotations

from collections.abc import Iterator

from plantwright.optimise.sourcing.front import front
from plantwright.optimise.sourcing.solve import Solution
from plantwright.results import FrontPoint
from plantwright.study.sourcing.planning import Sourced, flips


def points(asked: Sourced, best: Solution) -> Iterator[FrontPoint]:
    """The front, cheapest first; the plan of the answer is marked where it is on it."""
    if "floor" not in asked.model.limits:
        return
    plan, has_exposure = asked.plan(best), "exposure" in asked.model.limits
    for point in front(asked.model):
        changed = flips(asked.names, plan, asked.plan(point.solution))
        yield FrontPoint(
            total_cost=point.cost,
            local_share=point.content,
            exposure=point.exposure if has_exposure else None,
            is_plan=not changed,
            flips=changed,
        )
