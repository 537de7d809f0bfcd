"""Pools looked at instant by instant."""

from __future__ import annotations

from collections.abc import Iterator

from plantwright.optimise.schedule.check.fault import Fault
from plantwright.optimise.schedule.check.machines import setup_lengths
from plantwright.optimise.schedule.check.plain import Plain
from plantwright.problems.schedule import NONE

Use = tuple[int, int, int, int]
"""From, until, amount, operation."""


def of_pools(plain: Plain) -> Iterator[Fault]:
    """Where more of a pool is held than there is: one fault for each stretch of time."""
    uses: dict[int, list[Use]] = {}
    for pool, use in _uses(plain):
        uses.setdefault(pool, []).append(use)
    for pool, of_it in sorted(uses.items()):
        yield from _of_pool(plain, pool, of_it)


def _uses(plain: Plain) -> Iterator[tuple[int, Use]]:
    """What operations and setups hold from their start to their end."""
    problem = plain.problem
    modes, machines = problem.modes, problem.machines
    for operation in plain.done:
        mode = plain.mode[operation]
        for pool, amount in _rows(plain, int(modes.first_need[mode]), int(modes.needs[mode])):
            yield pool, (plain.start[operation], plain.end[operation], amount, operation)
    for operation, length in setup_lengths(plain).items():
        machine, setup = plain.machine[plain.mode[operation]], plain.setup[operation]
        end = plain.runs(int(machines.calendar[machine]), setup, length, stops=True)
        if setup == NONE or end is None:
            continue
        for pool, amount in _rows(plain, int(machines.first_need[machine]), int(machines.needs[machine])):
            yield pool, (setup, end, amount, operation)


def _rows(plain: Plain, first: int, many: int) -> list[tuple[int, int]]:
    needs = plain.problem.needs
    return [(int(needs.pool[row]), int(needs.amount[row])) for row in range(first, first + many)]


def _of_pool(plain: Plain, pool: int, uses: list[Use]) -> Iterator[Fault]:
    """A sweep over the instants at which something changes; ends before starts."""
    pools = plain.problem.pools
    first = int(pools.first_level[pool])
    rows = range(first, first + int(pools.levels[pool]))
    levels = {int(pools.level_from[row]): int(pools.level[row]) for row in rows}
    changes: dict[int, list[tuple[int, int]]] = {time: [] for time in levels}
    for start, end, amount, operation in uses:
        if start < end:
            changes.setdefault(start, []).append((amount, operation))
            changes.setdefault(end, []).append((-amount, operation))
    level = held = 0
    holding: dict[int, int] = {}
    too_much_since: int | None = None
    for time, here in sorted(changes.items()):
        level = levels.get(time, level)
        for amount, operation in here:
            held += amount
            holding[operation] = holding.get(operation, 0) + amount
        if held > level and too_much_since is None:
            too_much_since = time
            names = tuple(sorted(operation for operation, amount in holding.items() if amount))
            yield Fault("pool", names, f"pool {pool} has {level} at {time}, operations {list(names)} hold {held}")
        elif held <= level:
            too_much_since = None
