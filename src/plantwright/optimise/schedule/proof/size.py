"""How large the model of a problem is."""

from __future__ import annotations

import numpy as np

from plantwright.problems.schedule import NONE, ScheduleProblem

LARGEST = 150_000
"""Rows of the model beyond which building it takes longer than it is worth."""


def rows(problem: ScheduleProblem) -> int:
    """Rough number of rows: operations and modes, and pairs on machines with setups or room."""
    modes, machines = problem.modes, problem.machines
    many = np.bincount(modes.machine[modes.machine != NONE], minlength=len(machines.room))
    has_pairs = (machines.setup != NONE) | (machines.room > 1)
    pairs = int((many[has_pairs] ** 2).sum())
    return len(modes.machine) * 3 + len(problem.arcs.before) + 2 * pairs


def is_within_reach(problem: ScheduleProblem) -> bool:
    """Whether the model is small enough to be built in seconds."""
    return rows(problem) <= LARGEST
