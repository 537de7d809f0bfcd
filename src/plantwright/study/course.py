"""The course of a loss day by day under the planner's rule: shelves, production, and who goes without."""

from __future__ import annotations

import math

import numpy as np

from plantwright.compile.causes import Cause
from plantwright.compile.exposure import phases
from plantwright.results.risk import CourseDay
from plantwright.study.exposure import DAY_S, Exposures

AFTER_D = 56
"""Days shown after the recovery. [d]"""
SHELVES = 6
"""Shelves shown: those that come closest to empty. [-]"""


def course(exposures: Exposures, cause: Cause) -> tuple[CourseDay, ...]:
    """Each day of a loss with a middling recovery."""
    daily = Exposures(exposures.exposed)
    daily.phases = phases(exposures.exposed, DAY_S)
    recovery = exposures.recovery(cause, 0.5)
    found = daily.followed([(cause, recovery)]).course
    days = min(len(found.unmet), math.ceil(recovery / DAY_S) + AFTER_D)
    exposed = exposures.exposed
    sold = [exposed.place[name] for name in exposed.network.wanted]
    shelves = _closest(daily, cause, found.stock[:days])
    made = np.zeros_like(found.unmet)
    for way, item in enumerate(exposed.gives):
        if not exposed.ways[way].is_bought:
            made[:, item] += found.made[:, way]
    return tuple(
        CourseDay(
            day=day + 1,
            stock={exposed.items[item]: _round(found.stock[day, item]) for item in (*shelves, *sold)},
            made={exposed.items[item]: _round(made[day, item]) for item in sold},
            unmet={exposed.items[item]: _round(found.unmet[day, item]) for item in sold},
        )
        for day in range(days)
    )


def _closest(exposures: Exposures, cause: Cause, stock: np.ndarray) -> list[int]:
    """Lost items whose shelves come closest to empty, in days of their usual use."""
    exposed = exposures.exposed
    lost = dict.fromkeys(int(exposed.gives[way]) for way in cause.ways)
    lasts = {item: stock[:, item].min() / max(exposed.network.needed[exposed.items[item]], 1e-9) for item in lost}
    return sorted(lost, key=lambda item: lasts[item])[:SHELVES]


def _round(value: float) -> float:
    return round(float(value), 1)
