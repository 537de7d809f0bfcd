"""Whether a scheduling problem is a flow shop, and which."""

from __future__ import annotations

import numpy as np

from plantwright.optimise.schedule.flowshop.shop import FlowShop, Objective, Waiting
from plantwright.problems.schedule import NEVER, NONE, Ints, ScheduleProblem

MOST_SETUPS = 60_000_000
"""Setups from kind to kind by stage that are laid out; a problem with more is left to the general search. [-]"""


def as_flow_shop(problem: ScheduleProblem) -> FlowShop | None:
    """The flow shop that a problem is; None where it is more than that.

    All jobs pass the same stages in the same order; the modes of an operation are all machines of its stage, in the
    same time. Setups count where stages have one machine and are done ahead. What else a problem can have (calendars,
    pools, batches, routes, deadlines, frozen operations, longest waits other than none) is not a flow shop.

    Notes
    -----
    Where each stage has one machine the search looks at permutation schedules only: the same order at each stage. They
    are schedules of the problem, though it may have better ones in which jobs pass each other.
    """
    objective = _objective(problem)
    operation = _stages(problem)
    if objective is None or operation is None or not _is_plain(problem):
        return None
    machines = _machines(problem, operation)
    waits = _waits(problem, operation)
    if machines is None or waits is None:
        return None
    lag, waiting = waits
    setups = _setups(problem, operation)
    if setups is None:
        return None
    kind, setup = setups
    if machines.max() > 1 and (setup.any() or objective != "makespan" or waiting != "free"):
        return None
    if waiting != "free" and (setup.any() or lag[1:].any()):
        return None
    jobs, modes = problem.jobs, problem.modes
    time = modes.time[problem.operations.first_mode[operation]]
    return FlowShop(
        time, machines, lag, kind, setup, jobs.due, jobs.weight, waiting, objective, np.ascontiguousarray(operation)
    )


def _objective(problem: ScheduleProblem) -> Objective | None:
    """The one measure that is sought."""
    if len(problem.goals) != 1 or len(problem.goals[0].measures) != 1 or problem.goals[0].weights != (1,):
        return None
    measure = problem.goals[0].measures[0]
    return measure if measure in ("makespan", "flow", "tardiness") else None


def _stages(problem: ScheduleProblem) -> Ints | None:
    """Operations by stage and job, where every job has as many, which stand in the order of its arcs."""
    J, job = len(problem.jobs.release), problem.operations.job
    if J == 0 or len(job) == 0 or len(job) % J:
        return None
    S = len(job) // J
    if not np.array_equal(job, np.repeat(np.arange(J), S)):
        return None
    return np.arange(len(job), dtype=np.int64).reshape(J, S).T


def _is_plain(problem: ScheduleProblem) -> bool:
    """Nothing of what a flow shop does not have."""
    operations, modes, machines, jobs = problem.operations, problem.modes, problem.machines, problem.jobs
    return bool(
        (jobs.deadline >= NEVER).all()
        and (jobs.routes == 1).all()
        and (operations.route <= 0).all()
        and (operations.fixed_mode == NONE).all()
        and (operations.fixed_start == NONE).all()
        and (modes.calendar == NONE).all()
        and (modes.needs == 0).all()
        and (modes.machine != NONE).all()
        and (machines.room == 1).all()
        and (machines.free == 0).all()
        and (machines.needs == 0).all()
        and ((machines.calendar == NONE) | (machines.setup == NONE)).all()
    )


def _machines(problem: ScheduleProblem, operation: Ints) -> Ints | None:
    """How many machines each stage has, where all its operations can go to all of them in the same time."""
    operations, modes = problem.operations, problem.modes
    counts = operations.modes[operation]
    if (counts != counts[:, :1]).any():
        return None
    taken = np.zeros(len(problem.machines.room), bool)
    for stage, count in enumerate(counts[:, 0]):
        rows = operations.first_mode[operation[stage]][:, None] + np.arange(count)
        where, time = np.sort(modes.machine[rows], axis=1), modes.time[rows]
        if (where != where[0]).any() or (np.diff(where[0]) == 0).any() or (time != time[:, :1]).any():
            return None
        if taken[where[0]].any():
            return None
        taken[where[0]] = True
    return counts[:, 0].astype(np.int64)


def _waits(problem: ScheduleProblem, operation: Ints) -> tuple[Ints, Waiting] | None:
    """Lags by stage, and how jobs wait, where the arcs are those from each stage to the next and no others."""
    S, J = operation.shape
    arcs, blocks = problem.arcs, problem.operations.blocks
    lag = np.zeros((S + 1, J), np.int64)
    lag[0] = problem.jobs.release
    if len(arcs.before) != (S - 1) * J or arcs.from_start.any() or (arcs.least < 0).any():
        return None
    order = np.lexsort((arcs.after, arcs.before))
    if not np.array_equal(arcs.before[order], np.sort(operation[:-1].ravel())):
        return None
    if not np.array_equal(arcs.after[order], arcs.before[order] + 1):
        return None
    lag[1:S] = arcs.least[order].reshape(J, S - 1).T
    tight = arcs.most != NONE
    if tight.any():
        is_none = tight.all() and (arcs.most == 0).all() and (arcs.least == 0).all() and not blocks.any()
        return (lag, "none") if is_none else None
    if blocks[operation[:-1]].any():
        return (lag, "blocking") if blocks[operation[:-1]].all() else None
    return lag, "free"


def _setups(problem: ScheduleProblem, operation: Ints) -> tuple[Ints, Ints] | None:
    """Kinds of jobs that need the same setups, and the setups from kind to kind by stage."""
    S, J = operation.shape
    operations, modes, machines = problem.operations, problem.modes, problem.machines
    first = operations.first_mode[operation]
    matrix = machines.setup[modes.machine[first[:, 0]]]
    if (machines.setup[modes.machine] == NONE).all():
        return np.zeros(J, np.int64), np.zeros((2, 1, S), np.int64)
    if (operations.modes != 1).any():
        return None
    machine = modes.machine[first[:, 0]]
    family = np.where(matrix[:, None] == NONE, 0, modes.family[first])
    if (family < 0).any() or not machines.ahead[machine[matrix != NONE]].all():
        return None
    kinds, kind = np.unique(family, axis=1, return_inverse=True)
    G = kinds.shape[1]
    if (G + 1) * G * S > MOST_SETUPS:
        return None
    setup = np.zeros((G + 1, G, S), np.int64)
    for stage in np.flatnonzero(matrix != NONE):
        state = machines.state[machine[stage]]
        rows = np.append(kinds[stage], problem.setups.shape[1] - 1 if state == NONE else state)
        setup[:, :, stage] = problem.setups[matrix[stage]][np.ix_(rows, kinds[stage])]
    return kind.reshape(-1).astype(np.int64), setup
