"""One task answered: posed, solved, changed site by site, judged by its criteria, told in rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from plantwright.model.plant import Plant
from plantwright.problems.siting import Sited
from plantwright.results.siting import (
    LineFound,
    PlanRanked,
    PointFound,
    Service,
    SiteChange,
    SitedTask,
    SiteFound,
    WeightSwing,
)
from plantwright.study.siting import sited
from plantwright.study.siting.changed import Changed, changed, free
from plantwright.study.siting.posed import Posed
from plantwright.study.siting.preferred import Plan, preferred
from plantwright.study.siting.words import judged, named


@dataclass(frozen=True)
class Answered:
    """The rows of one task."""

    task: SitedTask
    sites: tuple[SiteFound, ...]
    services: tuple[Service, ...]
    points: tuple[PointFound, ...]
    lines: tuple[LineFound, ...]
    changes: tuple[SiteChange, ...]
    plans: tuple[PlanRanked, ...]
    swings: tuple[WeightSwing, ...]
    notes: tuple[str, ...]


def answered(plant: Plant, key: str, seed: int) -> Answered:
    """The answer to a task.

    Parameters
    ----------
    plant
        A sound plant.
    key
        Id of the task.
    seed
        Of the weights that are drawn.
    """
    posed = Posed(plant, key)
    best = posed.solve()
    others = [] if best is None else changed(posed, best)
    untried = 0 if best is None else len(free(posed)) - len(others)
    ranked, swings = ([], []) if best is None else preferred(posed, _plans(posed, best, others), seed)
    task = sited.task_found(posed, best, plant.money.base)
    return Answered(
        task=replace(task, verdict=judged(task.verdict, ranked)),
        sites=tuple(sited.sites_found(posed, best)),
        services=() if best is None else tuple(sited.services(posed, best)),
        points=tuple(sited.points_found(posed, best)),
        lines=tuple(sited.lines_found(posed, best)),
        changes=() if best is None else tuple(sited.change_found(posed, best, one) for one in others),
        plans=tuple(ranked),
        swings=tuple(swings),
        notes=tuple(_notes(posed, task.name, untried)),
    )


def _notes(posed: Posed, name: str, untried: int) -> Iterator[str]:
    """What the reader should know of a task."""
    if untried:
        yield f"{name}: {untried} shut candidates that promise less were not forced open."
    free = [named(posed, key) for key, candidate in posed.task.candidates.items() if candidate.cost is None]
    if free and (posed.costs_money or posed.task.budget is not None):
        yield f"{name}: nobody has written what {', '.join(free)} cost; they count as free."


def _plans(posed: Posed, best: Sited, others: list[Changed]) -> list[Plan]:
    """Choices of sites that are compared by criteria: the best, and the best with one site changed."""
    sites = list(posed.task.candidates)
    found = [Plan("best", best)]
    for one in others:
        if one.found is not None:
            found.append(Plan(f"{'with' if one.is_open else 'without'} {named(posed, sites[one.site])}", one.found))
    return found
