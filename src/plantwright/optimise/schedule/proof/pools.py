"""Pools: people, tools, large stations."""

from __future__ import annotations

from typing import Any

from plantwright.optimise.schedule.proof.variables import Variables
from plantwright.problems.schedule import ScheduleProblem

Held = tuple[Any, int]
"""An interval of CP-SAT and how much of a pool it holds."""


def pools(variables: Variables, setups: dict[int, list[Any]]) -> None:
    r"""What is held at any time is there: :math:`\sum_{i: s_i \le \tau < e_i} q_{ip} \le Q_p(\tau)`.

    A level that changes is the highest one, less an interval for what is missing of it. ``setups``: intervals of
    setups, by machine.
    """
    problem = variables.problem
    held: dict[int, list[Held]] = {}
    for mode, span in variables.spans.items():
        for pool, amount in rows(problem, int(problem.modes.first_need[mode]), int(problem.modes.needs[mode])):
            held.setdefault(pool, []).append((span, amount))
    for machine, spans in setups.items():
        machines = problem.machines
        for pool, amount in rows(problem, int(machines.first_need[machine]), int(machines.needs[machine])):
            held.setdefault(pool, []).extend((span, amount) for span in spans)
    for pool, of_it in sorted(held.items()):
        _pool(variables, pool, of_it)


def rows(problem: ScheduleProblem, first: int, many: int) -> list[tuple[int, int]]:
    """Pool and amount of each need."""
    here = slice(first, first + many)
    return list(zip(problem.needs.pool[here].tolist(), problem.needs.amount[here].tolist()))


def _pool(variables: Variables, pool: int, held: list[Held]) -> None:
    pools = variables.problem.pools
    here = slice(int(pools.first_level[pool]), int(pools.first_level[pool]) + int(pools.levels[pool]))
    begins, levels = pools.level_from[here].tolist(), pools.level[here].tolist()
    highest = max(levels)
    for begin, end, level in zip(begins, [*begins[1:], variables.horizon], levels):
        if level < highest and begin < min(end, variables.horizon):
            end = min(end, variables.horizon)
            held = [*held, (variables.model.new_fixed_size_interval_var(begin, end - begin, ""), highest - level)]
    variables.model.add_cumulative([span for span, _ in held], [amount for _, amount in held], highest)
