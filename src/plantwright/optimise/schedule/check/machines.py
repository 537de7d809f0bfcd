"""Machines looked at one by one: one thing at a time, the right setups, batches that are allowed."""

from __future__ import annotations

from collections.abc import Iterator

from plantwright.optimise.schedule.check.fault import Fault
from plantwright.optimise.schedule.check.plain import Plain
from plantwright.problems.schedule import NONE


def of_machines(plain: Plain) -> Iterator[Fault]:
    """What is wrong on machines."""
    held = plain.held()
    ready = _ready(plain)
    for machine, groups in plain.groups.items():
        yield from _of_order(plain, machine, groups, held)
        yield from _of_setups(plain, machine, groups, held, ready)
        for group in groups:
            yield from _of_batch(plain, machine, group)
    for operation in plain.done:
        if plain.machine[plain.mode[operation]] == NONE and plain.setup[operation] != NONE:
            yield Fault("setup", (operation,), f"operation {operation} has a setup but no machine")


def setup_lengths(plain: Plain) -> dict[int, int]:
    """Working time of the setup before each operation that needs one; batches by their first operation. [tick]"""
    found = {}
    machines = plain.problem.machines
    for machine, groups in plain.groups.items():
        matrix, state = int(machines.setup[machine]), int(machines.state[machine])
        for group in groups:
            family = plain.family[plain.mode[group[0]]]
            if family == NONE:
                continue
            length = int(plain.problem.setups[matrix, state, family]) if matrix != NONE else 0
            if length:
                found[group[0]] = length
            state = family
    return found


def _of_order(plain: Plain, machine: int, groups: list[list[int]], held: list[int]) -> Iterator[Fault]:
    """One thing at a time, and nothing before the machine is free."""
    free = int(plain.problem.machines.free[machine])
    first = plain.start[groups[0][0]]
    if first < free:
        what = f"machine {machine} is free from {free}, operation {groups[0][0]} begins at {first}"
        yield Fault("machine", tuple(groups[0]), what, free - first)
    last: list[int] | None = None
    over = ends = free
    for group in groups:
        start = plain.start[group[0]]
        if last is not None and start < ends:
            what = f"machine {machine}: operations {last} end at {ends}, operations {group} begin at {start}"
            yield Fault("machine", (*last, *group), what, ends - start)
        elif last is not None and start < over:
            what = f"machine {machine}: operations {last} hold it until {over}, operations {group} begin at {start}"
            yield Fault("blocking", (*last, *group), what, over - start)
        if last is None or max(held[operation] for operation in group) >= over:
            last, over = group, max(held[operation] for operation in group)
        ends = max(ends, *(plain.end[operation] for operation in group))


def _of_setups(
    plain: Plain, machine: int, groups: list[list[int]], held: list[int], ready: list[int]
) -> Iterator[Fault]:
    """Where one is needed it is there, after what came before and done before the work begins."""
    machines = plain.problem.machines
    needed = setup_lengths(plain)
    over = int(machines.free[machine])
    last: tuple[int, ...] = ()
    for group in groups:
        setups = {plain.setup[operation] for operation in group}
        setup, names = plain.setup[group[0]], tuple(group)
        length = needed.get(group[0], 0)
        if len(setups) > 1:
            yield Fault("setup", names, f"operations {group} of one batch begin their setup at {sorted(setups)}")
        elif length and setup == NONE:
            yield Fault("setup", names, f"operations {group} lack a setup of {length}", length)
        elif not length and setup != NONE:
            yield Fault("setup", names, f"operations {group} need no setup and have one at {setup}")
        elif length:
            if setup < over:
                what = f"machine {machine} is held until {over}, the setup of operations {group} begins at {setup}"
                yield Fault("setup", (*last, *names), what, over - setup)
            yield from _of_setup(plain, machine, group, length, max(ready[operation] for operation in group))
        over, last = max(over, *(held[operation] for operation in group)), names


def _of_setup(plain: Plain, machine: int, group: list[int], length: int, ready: int) -> Iterator[Fault]:
    """It ends before the work begins, and begins when the work is there unless it may be done ahead."""
    machines = plain.problem.machines
    setup, start = plain.setup[group[0]], plain.start[group[0]]
    end = plain.runs(int(machines.calendar[machine]), setup, length, stops=True)
    if end is None:
        yield Fault("setup", tuple(group), f"the setup of operations {group} cannot be done from {setup} on")
    elif end > start:
        what = f"the setup of operations {group} ends at {end}, they begin at {start}"
        yield Fault("setup", tuple(group), what, end - start)
    if not machines.ahead[machine] and setup < ready:
        what = f"operations {group} are there at {ready}, their setup begins at {setup}"
        yield Fault("setup", tuple(group), what, ready - setup)


def _of_batch(plain: Plain, machine: int, group: list[int]) -> Iterator[Fault]:
    """The pieces find room."""
    room = int(plain.problem.machines.room[machine])
    pieces = sum(int(plain.problem.operations.pieces[operation]) for operation in group)
    if room > 1 and pieces > room:
        yield Fault("batch", tuple(group), f"machine {machine} takes {room} pieces, operations {group} are {pieces}")


def _ready(plain: Plain) -> list[int]:
    """When the work of each operation is there: released, and all that it waits for is done. [tick]"""
    problem = plain.problem
    release, arcs = problem.jobs.release.tolist(), problem.arcs
    ready = [release[job] for job in plain.job]
    columns = (arcs.before, arcs.after, arcs.from_start, arcs.least)
    for before, after, from_start, least in zip(*(column.tolist() for column in columns)):
        if plain.mode[before] != NONE and plain.mode[after] != NONE:
            origin = plain.start[before] if from_start else plain.end[before]
            ready[after] = max(ready[after], origin + least)
    return ready
