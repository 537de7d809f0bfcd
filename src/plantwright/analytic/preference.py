"""Alternatives judged by several criteria: the weighted sum, and how firm its ranking is when the weights are not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def values(scores: ArrayLike, higher_is_better: ArrayLike) -> Floats:
    """Scores on a scale from 0, the worst of the alternatives, to 1, the best. (A, K) float64 [-]

    Parameters
    ----------
    scores : (A, K) floats
        Of each alternative on each criterion.
    higher_is_better : (K,) bools
        Direction of each criterion.

    Notes
    -----
    A criterion on which all score alike gives 0 to all: it cannot tell them apart.

    References
    ----------
    R. L. Keeney, H. Raiffa (1976), Decisions with Multiple Objectives, ch. 3 (additive value functions).

    Examples
    --------
    >>> values([[10.0, 3.0], [20.0, 5.0], [15.0, 5.0]], [True, False]).tolist()
    [[0.0, 1.0], [1.0, 0.0], [0.5, 0.0]]
    """
    table = np.asarray(scores, dtype=np.float64)
    signed = np.where(np.asarray(higher_is_better, dtype=np.bool_), table, -table)
    low, high = signed.min(axis=0), signed.max(axis=0)
    return np.asarray(np.divide(signed - low, high - low, out=np.zeros_like(signed), where=high > low))


@dataclass(frozen=True, eq=False)
class Acceptability:
    """How alternatives rank over weights that are not known exactly.

    Attributes
    ----------
    ranks
        Share of the draws in which each alternative takes each rank; those who tie share theirs. (A, A) float64 [-]
    central
        Mean of the weights for which an alternative comes first; nan where it never does. (A, K) float64 [-]
    """

    ranks: Floats
    central: Floats


def acceptability(table: ArrayLike, weights: ArrayLike, *, spread: float, draws: int, seed: int) -> Acceptability:
    """Ranks over weights drawn around the given ones.

    Parameters
    ----------
    table : (A, K) floats
        Value of each alternative on each criterion. [-], 0 to 1
    weights : (K,) floats
        The given weights. [-], > 0, whatever their sum
    spread : float
        Coefficient of variation of a weight of an average criterion (1/K): the weights follow a Dirichlet law with
        parameters c w_k whose concentration c gives it. [-], > 0
    draws : int
        [-], >= 1
    seed : int
        The same seed gives the same draws.

    Notes
    -----
    For a Dirichlet law with concentration c, Var w = w (1 - w) / (c + 1); a weight of 1/K thus varies by
    sqrt((K - 1) / (c + 1)) of itself.

    References
    ----------
    R. Lahdelma, P. Salminen (2001), "SMAA-2: stochastic multicriteria acceptability analysis for group decision
    making", Operations Research 49(3), doi 10.1287/opre.49.3.444.11220: rank acceptability, central weights.

    Examples
    --------
    Who is best on every criterion comes first whatever the weights:

    >>> sure = acceptability([[1.0, 1.0], [0.0, 0.5]], [0.5, 0.5], spread=0.3, draws=100, seed=1)
    >>> sure.ranks.tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    """
    value, given = np.asarray(table, dtype=np.float64), np.asarray(weights, dtype=np.float64)
    given = given / given.sum()
    alternatives, criteria = value.shape
    concentration = max((criteria - 1) / spread**2 - 1.0, 1e-3)
    drawn = np.random.default_rng(seed).dirichlet(concentration * given, draws)
    scores = np.round(drawn @ value.T, 12)
    better = (scores[:, None, :] > scores[:, :, None]).sum(axis=2)
    alike = (scores[:, None, :] == scores[:, :, None]).sum(axis=2)
    place = np.arange(alternatives)
    taken = (place >= better[:, :, None]) & (place < (better + alike)[:, :, None])
    ranks = (taken / alike[:, :, None]).sum(axis=0)
    first = (better == 0) / (better == 0).sum(axis=1)[:, None]
    with np.errstate(invalid="ignore"):
        return Acceptability(ranks / draws, (first.T @ drawn) / first.sum(axis=0)[:, None])


@dataclass(frozen=True)
class Swing:
    """A weight at which another alternative comes first.

    Attributes
    ----------
    criterion, winner
        Places of the criterion whose weight changes and of the alternative that comes first beyond it. [-]
    weight
        Where it changes, all weights summing to 1. [-]
    """

    criterion: int
    winner: int
    weight: float


def swings(table: ArrayLike, weights: ArrayLike) -> list[Swing]:
    """For each criterion the nearest weights below and above the given one at which another alternative takes the lead.

    The other weights keep their proportions. The score of an alternative is then a straight line in the weight t,
    t v_c + (1 - t) sum_{k != c} w_k v_k / (1 - w_c), so lines cross where the lead changes.

    Parameters
    ----------
    table : (A, K) floats
        Value of each alternative on each criterion. [-]
    weights : (K,) floats
        The given weights. [-], > 0, whatever their sum

    References
    ----------
    E. Triantaphyllou, A. Sanchez (1997), "A sensitivity analysis approach for some deterministic multi-criteria
    decision-making methods", Decision Sciences 28(1), doi 10.1111/j.1540-5915.1997.tb01306.x.

    Examples
    --------
    Each of two is best on one criterion: the lead changes at a weight of 0.5.

    >>> swings([[1.0, 0.0], [0.0, 1.0]], [0.7, 0.3])
    [Swing(criterion=0, winner=1, weight=0.5), Swing(criterion=1, winner=1, weight=0.5)]
    """
    value, given = np.asarray(table, dtype=np.float64), np.asarray(weights, dtype=np.float64)
    given = given / given.sum()
    leader = int(np.argmax(np.round(value @ given, 12)))
    found = []
    for criterion, weight in enumerate(given.tolist()):
        if weight < 1.0:
            rest = (value @ given - weight * value[:, criterion]) / (1.0 - weight)
            for side in (-1.0, 1.0):
                crossed = _crossed(rest, value[:, criterion] - rest, leader, weight, side)
                if crossed is not None:
                    found.append(Swing(criterion, crossed[1], round(crossed[0], 12)))
    return found


def _crossed(start: Floats, slope: Floats, leader: int, weight: float, side: float) -> tuple[float, int] | None:
    """Nearest weight on one side at which the line of another overtakes the leader's, and whose it is."""
    nearest: tuple[float, float, int] | None = None
    for other in range(start.size):
        steeper = float(slope[other] - slope[leader])
        if other == leader or steeper * side <= 1e-12:
            continue
        away = (float(start[leader] - start[other]) / steeper - weight) * side
        if away >= -1e-12 and 0.0 <= weight + side * away <= 1.0:
            # Of those that meet in one point the steepest leads beyond it.
            candidate = (max(away, 0.0), -steeper * side, other)
            nearest = candidate if nearest is None else min(nearest, candidate)
    return None if nearest is None else (weight + side * nearest[0], nearest[2])
