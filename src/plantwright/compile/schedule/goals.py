"""What a schedule is judged by, in whole weights."""

from __future__ import annotations

from typing import cast

from plantwright.model.scheduling import Scheduling
from plantwright.problems.schedule import Goal, Measure

MOST_DIGITS = 6
"""Digits after the point of a weight that count. [-]"""


def goals_of(scheduling: Scheduling) -> tuple[Goal, ...]:
    """Goals in their order; weights with digits after the point become whole numbers in the same proportion.

    >>> goals_of(Scheduling.model_validate({"goals": ["late", {"setups": 1, "flow": 0.1}]}))[1].weights
    (10, 1)
    """
    found = []
    for level in scheduling.goals:
        written = {level: 1.0} if isinstance(level, str) else dict(level)
        scale = next(
            (10**digits for digits in range(MOST_DIGITS) if all(_is_whole(w * 10**digits) for w in written.values())),
            10**MOST_DIGITS,
        )
        weights = {name: round(weight * scale) for name, weight in written.items()}
        found.append(Goal(cast("tuple[Measure, ...]", tuple(weights)), tuple(weights.values())))
    return tuple(found)


def _is_whole(value: float) -> bool:
    return abs(value - round(value)) < 1e-9
