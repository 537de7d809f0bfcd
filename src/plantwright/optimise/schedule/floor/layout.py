"""From a problem to the flat record that kernels read: arcs by operation, units, needs without doubles."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from plantwright.optimise.schedule.floor.records import MEASURES, NOWHERE, Floor
from plantwright.problems.schedule import NONE, Ints, ScheduleProblem

ORDER = ("makespan", "tardiness", "late", "flow", "setups", "earliness", "moved")


def lay(problem: ScheduleProblem) -> Floor:
    """The problem as kernels read it."""
    jobs, operations, modes, machines = problem.jobs, problem.operations, problem.modes, problem.machines
    found: dict[str, Any] = {name: getattr(jobs, name) for name in ("release", "due", "deadline", "weight")}
    for name in ("job", "route", "first_mode", "modes", "blocks", "interruptible", "pieces"):
        found[name] = getattr(operations, name)
    found |= {"fixed_mode": operations.fixed_mode, "fixed_start": operations.fixed_start}
    found |= {"reference_start": operations.reference_start, "reference_machine": _reference_machine(problem)}
    found |= {"fixed_op": _fixed(problem)}
    for name in ("machine", "time", "family", "calendar"):
        found[name] = getattr(modes, name)
    found |= _needs(problem)
    for name in ("room", "free", "state", "ahead"):
        found[name] = getattr(machines, name)
    found |= {"matrix": machines.setup, "setup_calendar": machines.calendar, "setups": problem.setups.reshape(-1)}
    found |= {"shape": [problem.setups.shape[2]]}
    for name in ("before", "after", "from_start", "least", "most"):
        found[f"arc_{name}"] = getattr(problem.arcs, name)
    N = len(operations.job)
    found["in_first"], found["in_arc"] = grouped(problem.arcs.after, N)
    found["out_first"], found["out_arc"] = grouped(problem.arcs.before, N)
    for name in ("first_window", "windows", "opens", "closes"):
        found[name] = getattr(problem.calendars, name)
    found |= {"line_first": _line_first(problem), "pool_first": _pool_first(problem, found)}
    found |= {"level_first": problem.pools.first_level, "levels": problem.pools.levels}
    found |= {"level_from": problem.pools.level_from, "level": problem.pools.level, "goal": _goal(problem)}
    found |= _units(problem)
    return Floor(**{name: np.array(found[name], dtype=np.int64) for name in Floor._fields})


def grouped(key: Ints, groups: int) -> tuple[Ints, Ints]:
    """Where the rows of each group begin, and the rows group by group. (G + 1,), (X,) int64"""
    first = np.zeros(groups + 1, dtype=np.int64)
    np.cumsum(np.bincount(key, minlength=groups), out=first[1:])
    return first, np.argsort(key, kind="stable").astype(np.int64)


def _reference_machine(problem: ScheduleProblem) -> Ints:
    mode = problem.operations.reference_mode
    return np.where(mode == NONE, NOWHERE, problem.modes.machine[np.maximum(mode, 0)])


def _fixed(problem: ScheduleProblem) -> Ints:
    """Operations with a fixed start by time, the longest first."""
    operations = problem.operations
    rows = np.flatnonzero(operations.fixed_start != NONE)
    mode = np.where(operations.fixed_mode == NONE, operations.first_mode, operations.fixed_mode)[rows]
    return rows[np.lexsort((rows, -problem.modes.time[mode], operations.fixed_start[rows]))]


def _needs(problem: ScheduleProblem) -> dict[str, Ints]:
    """Needs of modes and of setups, each pool named once."""
    P = max(1, len(problem.pools.levels))
    first = np.concatenate([problem.modes.first_need, problem.machines.first_need])
    count = np.concatenate([problem.modes.needs, problem.machines.needs])
    owner = np.repeat(np.arange(len(count)), count)
    rows = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count) + np.repeat(first, count)
    key, of = np.unique(owner * P + problem.needs.pool[rows], return_inverse=True)
    amount = np.zeros(len(key), dtype=np.int64)
    np.add.at(amount, of, problem.needs.amount[rows])
    starts, many = np.searchsorted(key // P, np.arange(len(count))), np.bincount(key // P, minlength=len(count))
    K = len(problem.modes.time)
    return {
        "need_pool": key % P,
        "need_amount": amount,
        "mode_need": starts[:K],
        "mode_needs": many[:K],
        "setter_need": starts[K:],
        "setter_needs": many[K:],
    }


def _operation_of_mode(problem: ScheduleProblem) -> Ints:
    operations = problem.operations
    found = np.full(len(problem.modes.time), NONE, dtype=np.int64)
    count = operations.modes
    rows = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count) + np.repeat(operations.first_mode, count)
    found[rows] = np.repeat(np.arange(len(count)), count)
    return found


def _line_first(problem: ScheduleProblem) -> Ints:
    """A line has room for every operation with a mode on its machine."""
    M = len(problem.machines.room)
    machine, op = problem.modes.machine, _operation_of_mode(problem)
    pairs = np.unique(np.stack([machine, op])[:, (machine != NONE) & (op != NONE)], axis=1)
    return np.concatenate([[0], np.cumsum(np.bincount(pairs[0], minlength=M))])


def _pool_first(problem: ScheduleProblem, found: dict[str, Any]) -> Ints:
    """A pool has room for its levels and two steps for every mode and every setup that may need it."""
    P, M = len(problem.pools.levels), len(problem.machines.room)
    steps = problem.pools.levels + 4
    by_mode = np.repeat(np.arange(len(problem.modes.time)), found["mode_needs"])
    steps = steps + 2 * np.bincount(found["need_pool"][: len(by_mode)], minlength=P)
    used = problem.modes.machine[problem.modes.machine != NONE]
    setups = np.repeat(np.bincount(used, minlength=M), found["setter_needs"])
    np.add.at(steps, found["need_pool"][len(by_mode) :], 2 * setups)
    return np.concatenate([[0], np.cumsum(steps)])


def _goal(problem: ScheduleProblem) -> Ints:
    weight = np.zeros((len(problem.goals), MEASURES), dtype=np.int64)
    for level, goal in enumerate(problem.goals):
        for measure, each in zip(goal.measures, goal.weights, strict=True):
            weight[level, ORDER.index(measure)] += each
    return weight.reshape(-1)


def _units(problem: ScheduleProblem) -> dict[str, Ints]:
    """Operations that must find their places together, and what waits for what among such units.

    The strong components of the graph in which longest waits and blocking point both ways.
    """
    N, arcs = len(problem.operations.job), problem.arcs
    back = (arcs.most != NONE) | problem.operations.blocks[arcs.before]
    source = np.concatenate([arcs.before, arcs.after[back]])
    target = np.concatenate([arcs.after, arcs.before[back]])
    graph = coo_array((np.ones(len(source), dtype=np.int8), (source, target)), shape=(N, N))
    U, label = connected_components(graph.tocsr(), directed=True, connection="strong")
    _, first_row, inverse = np.unique(label, return_index=True, return_inverse=True)
    rank = np.empty(U, dtype=np.int64)
    rank[np.argsort(first_row, kind="stable")] = np.arange(U)
    unit_of = rank[inverse]  # units in the order of their first operations
    place = np.empty(N, dtype=np.int64)
    place[_topological(problem)] = np.arange(N)
    unit_op = np.lexsort((place, unit_of))
    unit_first = np.concatenate([[0], np.cumsum(np.bincount(unit_of, minlength=U))])
    before, after = unit_of[arcs.before], unit_of[arcs.after]
    pairs = np.unique(np.stack([before, after])[:, before != after], axis=1)
    before_first, rows = grouped(pairs[1], U)
    after_first, rows_after = grouped(pairs[0], U)
    return {
        "unit_of": unit_of,
        "unit_op": unit_op,
        "unit_first": unit_first,
        "before_first": before_first,
        "before_unit": pairs[0][rows],
        "after_first": after_first,
        "after_unit": pairs[1][rows_after],
    }


def _topological(problem: ScheduleProblem) -> Ints:
    """Operations in an order that the arcs allow, as near to their numbers as it can be."""
    N, arcs = len(problem.operations.job), problem.arcs
    waits = np.bincount(arcs.after, minlength=N)
    first, rows = grouped(arcs.before, N)
    after = arcs.after[rows].tolist()
    bounds, left = first.tolist(), waits.tolist()
    order = [op for op in range(N) if left[op] == 0]
    for op in order:  # grows while it is read
        for row in range(bounds[op], bounds[op + 1]):
            left[after[row]] -= 1
            if left[after[row]] == 0:
                order.append(after[row])
    if len(order) < N:  # overlaps that point both ways: by their numbers
        seen = set(order)
        order += [op for op in range(N) if op not in seen]
    return np.array(order, dtype=np.int64)
