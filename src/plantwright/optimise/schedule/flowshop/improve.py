"""From a scheduling problem to its flow shop, and from what the search finds back to a schedule of the problem."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from plantwright.optimise.schedule.flowshop.plan import Lines, Plan, starts, value
from plantwright.optimise.schedule.flowshop.recognise import as_flow_shop
from plantwright.optimise.schedule.flowshop.search import seek
from plantwright.optimise.schedule.flowshop.shop import FlowShop, lower_bound
from plantwright.problems.schedule import NONE, Ints, Limit, Schedule, ScheduleProblem


def improve(
    problem: ScheduleProblem,
    limit: Limit,
    seed: int = 0,
    workers: int = 1,
    *,
    start: Schedule | None = None,
    told: Callable[[Schedule], None] | None = None,
    bound: int = 0,
) -> Schedule | None:
    """The best schedule found of a flow shop; None where the problem is more than that.

    Parameters
    ----------
    problem
        What is to be scheduled.
    limit
        Work in steps of at most about a tenth of a second, or seconds.
    seed, workers
        The same seed and work give the same schedule, whoever does it; more than two workers are not used.
    start
        A schedule to begin from. A permutation flow shop takes the order of its first stage.
    told
        Is given every schedule that is better than those before.
    bound
        A value that no schedule goes below, where one is known.
    """
    shop = as_flow_shop(problem)
    if shop is None:
        return None
    bound = max(bound, lower_bound(shop) if shop.objective == "makespan" else 0)
    began, history = time.monotonic(), list[tuple[float, int]]()

    def heard(plan: Plan, steps: int) -> None:
        history.append((float(steps) if limit.work is not None else time.monotonic() - began, plan.value))
        if told is not None:
            told(_schedule(problem, shop, plan, bound, tuple(history)))

    begun = None if start is None else _begun(problem, shop, start)
    plan = seek(shop, limit, seed, workers, begun, bound, heard)
    return _schedule(problem, shop, plan, bound, tuple(history))


def _modes(problem: ScheduleProblem, shop: FlowShop) -> Ints:
    """The mode of each operation on each machine of its stage, machines in the order of their numbers. (N, M)"""
    first, number = problem.operations.first_mode, problem.operations.modes
    table = np.full((len(first), int(shop.machines.max())), NONE, np.int64)
    for operation, (begin, count) in enumerate(zip(first.tolist(), number.tolist())):
        table[operation, :count] = begin + np.argsort(problem.modes.machine[begin : begin + count])
    return table


def _begun(problem: ScheduleProblem, shop: FlowShop, schedule: Schedule) -> Plan:
    """Who runs where in which order in a schedule, and what that comes to."""
    table = _modes(problem, shop)
    rows: list[list[list[int]]] = []
    for stage, operations in enumerate(shop.operation):
        if not shop.is_hybrid:
            order = np.lexsort((operations, schedule.start[shop.operation[0]])).tolist()
            rows.append([order])
            continue
        machine = (table[operations] == schedule.mode[operations][:, None]).argmax(axis=1)
        order = np.lexsort((schedule.end[operations], schedule.start[operations]))
        rows.append([order[machine[order] == each].tolist() for each in range(shop.machines[stage])])
    lines = tuple(rows)
    return Plan(value(shop, starts(shop, lines)), lines)


def _schedule(
    problem: ScheduleProblem, shop: FlowShop, plan: Plan, bound: int, history: tuple[tuple[float, int], ...]
) -> Schedule:
    """The plan in the numbering of the problem."""
    N = shop.operation.size
    start, end, mode, setup = (np.full(N, NONE, np.int64) for _ in range(4))
    begin = starts(shop, plan.lines)
    start[shop.operation], end[shop.operation] = begin, begin + shop.time
    table = _modes(problem, shop)
    for stage, machines in enumerate(plan.lines):
        for machine, line in enumerate(machines):
            operations = shop.operation[stage, line]
            mode[operations] = table[operations, machine]
    _set_up(problem, shop, plan.lines, start, setup)
    found = value(shop, begin)
    return Schedule(start, end, mode, setup, (found,), (min(bound, found),), proven=found <= bound, history=history)


def _set_up(problem: ScheduleProblem, shop: FlowShop, lines: Lines, start: Ints, setup: Ints) -> None:
    """Setups end when their work begins."""
    machine = problem.modes.machine[problem.operations.first_mode[shop.operation[:, 0]]]
    for stage in np.flatnonzero(problem.machines.setup[machine] != NONE):
        for line in lines[stage]:
            kinds = shop.kind[line]
            before = np.concatenate(([shop.setup.shape[1]], kinds[:-1]))
            length = shop.setup[before, kinds, stage]
            operations = shop.operation[stage, line]
            setup[operations] = np.where(length > 0, start[operations] - length, NONE)
