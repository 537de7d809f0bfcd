"""Plans of a task judged by criteria that money does not cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from plantwright.analytic.preference import acceptability, swings, values
from plantwright.problems.siting import Sited
from plantwright.results.siting import PlanRanked, WeightSwing
from plantwright.study.siting.posed import Posed


@dataclass(frozen=True, eq=False)
class Plan:
    """A choice of sites and what it is called."""

    label: str
    found: Sited


def preferred(posed: Posed, plans: Sequence[Plan], seed: int) -> tuple[list[PlanRanked], list[WeightSwing]]:
    """The different plans in the order of their scores, and where the lead changes.

    Parameters
    ----------
    posed
        The task; without criteria there is nothing to judge by.
    plans
        The best by the task itself first. Those that open the same sites count once.
    seed
        Of the draws of weights.
    """
    criteria = posed.task.criteria
    if not criteria:
        return [], []
    different: dict[tuple[bool, ...], Plan] = {}
    for plan in plans:
        different.setdefault(tuple(plan.found.opened.tolist()), plan)
    kept = list(different.values())
    raw = np.array([[_score(posed, plan.found, key) for key in criteria] for plan in kept])
    weights = np.array([each.weight for each in criteria.values()])
    weights = weights / weights.sum()
    table = values(raw, [_is_higher_better(posed, key) for key in criteria])
    drawn = acceptability(table, weights, spread=posed.task.doubt.base, draws=posed.task.draws, seed=seed)
    score = table @ weights
    ranked = [
        PlanRanked(
            task=posed.key,
            plan=plan.label,
            open=tuple(_open(posed, plan.found)),
            score=float(score[place]),
            first_share=float(drawn.ranks[place, 0]),
            rank_shares=tuple(drawn.ranks[place].tolist()),
            central_weights={
                key: None if np.isnan(weight) else float(weight)
                for key, weight in zip(criteria, drawn.central[place], strict=True)
            },
            values=dict(zip(criteria, raw[place].tolist(), strict=True)),
        )
        for place, plan in enumerate(kept)
    ]
    names = list(criteria)
    found = [
        WeightSwing(
            task=posed.key,
            criterion=names[swing.criterion],
            name=criteria[names[swing.criterion]].name or names[swing.criterion],
            weight=float(weights[swing.criterion]),
            swings_at=swing.weight,
            plan=kept[swing.winner].label,
        )
        for swing in swings(table, weights)
    ]
    return sorted(ranked, key=lambda plan: -round(plan.score, 12)), found


def _score(posed: Posed, found: Sited, key: str) -> float:
    """Of a plan on a criterion: its objective, or the mean over its sites by what they serve; posts count alike."""
    criterion = posed.task.criteria[key]
    if not criterion.scores:
        return posed.told(found.objective)
    scores = np.array([criterion.scores[site] for site in posed.task.candidates])
    load = found.share @ posed.ground.demand if posed.serves else found.opened.astype(np.float64)
    if not load.sum():
        load = found.opened.astype(np.float64)
    return float(scores @ load / (load.sum() or 1.0))


def _is_higher_better(posed: Posed, key: str) -> bool:
    criterion = posed.task.criteria[key]
    return criterion.better == "high" if criterion.scores else posed.task.kind == "maximal-covering"


def _open(posed: Posed, found: Sited) -> list[str]:
    return [site for site, is_open in zip(posed.task.candidates, found.opened.tolist(), strict=True) if is_open]
