"""The same problem told otherwise: in other ticks, with other names of machines, with one job more."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from plantwright.problems.schedule import NEVER, NONE


def scaled(problem, by):
    """All times that many times as long; ``NONE`` and ``NEVER`` as they are."""
    jobs, operations, arcs, calendars = problem.jobs, problem.operations, problem.arcs, problem.calendars

    def times(record, *names):
        columns = {name: getattr(record, name) for name in names}
        told = {name: np.where((c == NONE) | (c == NEVER), c, c * by) for name, c in columns.items()}
        return replace(record, **told)

    return replace(
        problem,
        jobs=times(jobs, "release", "due", "deadline"),
        operations=times(operations, "fixed_start", "reference_start"),
        modes=times(problem.modes, "time"),
        machines=times(problem.machines, "free"),
        pools=times(problem.pools, "level_from"),
        arcs=replace(times(arcs, "most"), least=arcs.least * by),
        calendars=times(calendars, "opens", "closes"),
        setups=problem.setups * by,
    )


def renamed(problem, order):
    """Machines in another order: ``order[new] = old``."""
    new = np.argsort(order)
    machine = problem.modes.machine
    columns = {name: getattr(problem.machines, name)[order] for name in problem.machines.__slots__}
    modes = replace(problem.modes, machine=np.where(machine == NONE, NONE, new[machine]))
    return replace(problem, machines=replace(problem.machines, **columns), modes=modes)


def with_job(problem, machine, time):
    """One job more, of one operation on a machine."""
    N, K = len(problem.operations.job), len(problem.modes.machine)
    job = {"release": 0, "due": NEVER, "deadline": NEVER, "weight": 1, "routes": 1}
    operation = {
        "job": len(problem.jobs.release),
        "route": NONE,
        "first_mode": K,
        "modes": 1,
        "blocks": False,
        "interruptible": True,
        "pieces": 1,
        "fixed_mode": NONE,
        "fixed_start": NONE,
        "reference_mode": NONE,
        "reference_start": NONE,
    }
    mode = {"machine": machine, "time": time, "family": 0, "calendar": NONE, "first_need": 0, "needs": 0}
    assert N < K + 1
    return replace(
        problem,
        jobs=_longer(problem.jobs, job),
        operations=_longer(problem.operations, operation),
        modes=_longer(problem.modes, mode),
    )


def frozen(problem, schedule):
    """What a schedule says is fixed; operations that it does not know are free."""
    many = len(problem.operations.job) - len(schedule.start)
    mode, start = (np.concatenate([column, np.full(many, NONE)]) for column in (schedule.mode, schedule.start))
    return replace(problem, operations=replace(problem.operations, fixed_mode=mode, fixed_start=start))


def _longer(record, row):
    columns = {name: getattr(record, name) for name in record.__slots__}
    return replace(
        record, **{name: np.append(column, column.dtype.type(row[name])) for name, column in columns.items()}
    )


def only(problem, demands):
    """Of deadlines, longest waits and what is fixed only these are left."""
    jobs, operations, arcs = problem.jobs, problem.operations, problem.arcs

    def left(kind, column, without):
        return np.array(
            [value if (kind, index) in demands else without for index, value in enumerate(column)], np.int64
        )

    return replace(
        problem,
        jobs=replace(jobs, deadline=left("deadline", jobs.deadline, NEVER)),
        arcs=replace(arcs, most=left("most", arcs.most, NONE)),
        operations=replace(
            operations,
            fixed_mode=left("fixed", operations.fixed_mode, NONE),
            fixed_start=left("fixed", operations.fixed_start, NONE),
        ),
    )
