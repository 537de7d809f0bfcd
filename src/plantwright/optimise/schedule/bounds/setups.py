"""Setups that no sequence avoids."""

from __future__ import annotations

from plantwright.optimise.schedule.bounds.loads import Load
from plantwright.optimise.schedule.bounds.paths import Paths
from plantwright.problems.schedule import NONE

Costs = dict[tuple[int, int], int]
"""Of the arcs of a graph."""


def on_machine(paths: Paths, load: Load) -> tuple[int, int]:
    """Least setups of one machine for what surely runs there, and the longest of those that may be the first. [tick]

    The machine enters each family for the first time from one that it has been in: these entries are an arborescence
    from the family it is in at the start.
    """
    problem, (machine,) = paths.problem, load.machines
    matrix = int(problem.machines.setup[machine])
    if matrix == NONE:
        return 0, 0
    times = problem.setups[matrix].tolist()
    none = len(times) - 1
    state = int(problem.machines.state[machine])
    root = none if state == NONE else state
    modes = problem.modes
    may_be = {int(family) for family in modes.family[modes.machine == machine]} - {NONE}
    sure = {int(modes.family[mode]) for i in load.operations for mode in paths.modes[i]}
    if any(len({int(modes.family[mode]) for mode in paths.modes[i]}) > 1 for i in load.operations):
        return 0, 0
    sure -= {NONE, root}
    optional = may_be - sure
    costs: Costs = {}
    for family in sorted(sure):
        by_others = min((times[other][family] for other in optional if other != family), default=None)
        for before in sorted(sure | {root}):
            if before != family:
                told = times[before][family]
                costs[before, family] = told if by_others is None else min(told, by_others)
    first = max((row[family] for row in times for family in may_be), default=0)
    return arborescence(root, costs), first


def arborescence(root: int, costs: Costs) -> int:
    """Cost of the cheapest tree that leads from the root to all.

    References
    ----------
    J. Edmonds (1967), "Optimum branchings", Journal of Research of the National Bureau of Standards 71B(4), doi
    10.6028/jres.071B.032.
    """
    total = 0
    while True:
        into: dict[int, tuple[int, int]] = {}
        for (before, after), cost in sorted(costs.items()):
            if after != root and (after not in into or cost < into[after][0]):
                into[after] = cost, before
        total += sum(cost for cost, _ in into.values())
        circle = _circle(root, into)
        if not circle:
            return total
        inside, one = set(circle), circle[0]
        shorter: Costs = {}
        for (before, after), cost in costs.items():
            if after == root:
                continue
            cost -= into[after][0]
            ends = (one if before in inside else before, one if after in inside else after)
            if ends[0] != ends[1]:
                shorter[ends] = min(cost, shorter.get(ends, cost))
        costs = shorter


def _circle(root: int, into: dict[int, tuple[int, int]]) -> list[int]:
    """A circle of cheapest arcs, if there is one."""
    for start in into:
        path, node = [], start
        while node != root and node not in path:
            path.append(node)
            node = into[node][1]
        if node != root:
            return path[path.index(node) :]
    return []
