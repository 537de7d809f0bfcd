"""Between what is sought: the takt, and the number of stations."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from plantwright.problems.balance import NONE, BalanceProblem, Ints


class Range(NamedTuple):
    """Between what the takt is sought, equal where it is given, and stations that the line may have. [tick], [-]"""

    shortest: int
    longest: int
    stations: int


def span(problem: BalanceProblem) -> Range:
    """What the takt may be, and how many stations there may be, before anything is searched."""
    able = problem.mixed
    if problem.workers is not None:
        able = np.where(problem.workers == NONE, 0, problem.workers).max(axis=0)
    pieces = 1 if problem.workers is not None else int(problem.pieces.sum())
    whole = max(1, sum(-(-int(each) // pieces) for each in able))
    stations = problem.tasks if problem.workers is None else len(problem.workers)
    stations = max(stations * problem.parallel if problem.parallel > 1 else stations, named(problem))
    if problem.stations is not None:
        stations = min(stations, max(problem.stations, named(problem)))
    longest = min(whole, problem.takt) if problem.takt is not None else whole
    is_sought = problem.takt is None or any(goal in ("takt", "line_time") for goal in problem.goals)
    return Range(0 if is_sought else problem.takt or 0, longest if is_sought else problem.takt or 0, stations)


def named(problem: BalanceProblem) -> int:
    """Stations that the problem speaks of. [-]"""
    named = 0
    if problem.zoning is not None and problem.zoning.allowed is not None:
        named = problem.zoning.allowed.shape[1]
    if problem.present is not None:
        named = max(named, int(problem.present.station.max(initial=NONE)) + 1)
    return named


def fastest(workers: Ints) -> Ints:
    """Time of each task by who is fastest; 0 where nobody can do it. (N,) int64 [tick]"""
    time = np.where(workers == NONE, np.iinfo(np.int64).max, workers).min(axis=0)
    return np.where((workers == NONE).all(axis=0), 0, time)
