"""Tasks that are always in one station, taken as one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from plantwright.problems.balance import Arcs, BalanceProblem, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Which tasks are always in one station: those that must be, and what precedence puts between them.

    Attributes
    ----------
    of
        Group of each task. (N,) int64
    arcs
        Between groups. (A, 2) int64
    """

    of: Ints
    arcs: Arcs

    @property
    def count(self) -> int:
        return int(self.of.max(initial=-1)) + 1

    def total(self, time: Ints) -> Ints:
        """Time of each group. (X,) int64 [tick]"""
        return np.bincount(self.of, weights=time, minlength=self.count).astype(np.int64)

    def members(self) -> list[list[int]]:
        """Tasks of each group."""
        return [np.flatnonzero(self.of == group).tolist() for group in range(self.count)]


def grouped(problem: BalanceProblem) -> Groups:
    """Groups of a problem: rings of precedence in which a pair that shares a station counts both ways.

    Raises
    ------
    ValueError
        Tasks come before themselves.
    """
    tasks, arcs = problem.tasks, problem.arcs
    if tasks and len(arcs) and connected_components(_graph(tasks, arcs), connection="strong")[0] < tasks:
        raise ValueError("tasks come before themselves")
    pairs = problem.zoning.together if problem.zoning is not None else arcs[:0]
    both = np.concatenate([arcs, pairs, pairs[:, ::-1]])
    of = connected_components(_graph(tasks, both), connection="strong")[1].astype(np.int64)
    between = of[arcs]
    return Groups(of, np.unique(between[between[:, 0] != between[:, 1]], axis=0).reshape(-1, 2))


def _graph(tasks: int, arcs: Arcs) -> coo_array:
    return coo_array((np.ones(len(arcs)), (arcs[:, 0], arcs[:, 1])), shape=(tasks, tasks))
