"""What a balance comes to in each measure."""

from __future__ import annotations

import numpy as np

from plantwright.optimise.balance.construct import Draft
from plantwright.problems.balance import NONE, BalanceProblem, Ints, Measure


def values(problem: BalanceProblem, draft: Draft) -> tuple[int, ...]:
    """Of each goal."""
    return tuple(value(problem, draft, goal) for goal in problem.goals)


def value(problem: BalanceProblem, draft: Draft, goal: Measure) -> int:
    """Of one measure: see ``Measure``."""
    stations = int(draft.copies.sum())
    match goal:
        case "stations":
            return stations
        case "people":
            return _people(draft)
        case "takt":
            return draft.takt
        case "line_time":
            return stations * draft.takt
        case "overload":
            over = np.maximum(0, loads(problem, draft.station, len(draft.copies)) - draft.takt * draft.copies)
            return int(problem.pieces @ over.sum(axis=1))
        case "moved":
            return _moved(problem, draft)
        case "cost":
            return _cost(problem, draft, stations)


def loads(problem: BalanceProblem, station: Ints, stations: int) -> Ints:
    """Time of each variant in each station. (V, M) int64 [tick]"""
    found = np.zeros((len(problem.variants), stations), dtype=np.int64)
    np.add.at(found.T, station, problem.variants.T)
    return found


def _people(draft: Draft) -> int:
    used = np.unique(np.stack([draft.station, draft.place]), axis=1)
    return int(draft.copies[used[0]].sum())


def _moved(problem: BalanceProblem, draft: Draft) -> int:
    if problem.present is None:
        return 0
    now = problem.present.station
    return int(problem.present.cost[(now != NONE) & (now != draft.station)].sum())


def _cost(problem: BalanceProblem, draft: Draft, stations: int) -> int:
    prices = problem.prices
    if prices is None:
        return 0
    total = prices.station * stations + prices.person * _people(draft)
    if prices.needs is not None:
        here = np.zeros((len(draft.copies), prices.needs.shape[1]), dtype=bool)
        np.logical_or.at(here, draft.station, prices.needs)
        total += int(draft.copies @ (here @ prices.equipment))
    return total
