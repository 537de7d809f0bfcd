"""When deadlines, longest waits and what is fixed cannot all be kept: which of them conflict, and what it takes."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from plantwright.optimise.schedule.bounds.paths import Paths
from plantwright.optimise.schedule.proof import is_within_reach, prove
from plantwright.optimise.schedule.proof.horizon import horizon
from plantwright.optimise.schedule.proof.model import Model
from plantwright.optimise.schedule.proof.scale import divided, divisor
from plantwright.optimise.schedule.proof.search import Effort
from plantwright.optimise.schedule.proof.variables import Demand
from plantwright.optimise.solver import cp_sat
from plantwright.problems.schedule import NEVER, NONE, Goal, Limit, ScheduleProblem

FIRST = 0.4
"""Of the limit, to prove that there is a conflict at all. [-]"""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Demands that no schedule keeps together.

    Attributes
    ----------
    demands
        ("deadline", job), ("most", arc) or ("fixed", operation); none where the rest alone cannot be kept.
    is_minimal
        Proven: without any one of them the others can be kept. Else it is the smallest set that was found.
    """

    demands: tuple[Demand, ...]
    is_minimal: bool


@dataclass(frozen=True, slots=True)
class Relief:
    """Deadlines that can all be kept, as near to those that were asked for as was found.

    Attributes
    ----------
    later
        Jobs whose deadlines move, and by how much. ((job, [tick]), ...)
    cost
        Ticks later, times weights (of at least 1).
    bound
        No other choice costs less.
    """

    later: tuple[tuple[int, int], ...]
    cost: int
    bound: int


def conflict(problem: ScheduleProblem, limit: Limit, *, seed: int = 0) -> Conflict | None:
    """The smallest conflicting set that is found; None where it is not proven that anything conflicts.

    A job whose shortest path is too long is one by itself. Else the solver names demands that suffice, and each is left
    out in turn: what conflicts without it goes on without it. From the front and from the back: the smaller set counts.

    Raises
    ------
    RunError
        OR-Tools is not installed.

    References
    ----------
    J. W. Chinneck and E. W. Dravnieks (1991), "Locating minimal infeasible constraint sets in linear programs", ORSA
    Journal on Computing 3(2), doi 10.1287/ijoc.3.2.157, for the deletion filter.
    """
    alone = _alone(problem)
    if alone is not None:
        return Conflict((alone,), is_minimal=True)
    if not is_within_reach(problem):
        return None
    trial = _Trial(problem, limit, seed)
    core = trial.core(list(trial.literals), FIRST)
    if core is None:
        return None
    found = [trial.filtered(core), trial.filtered(core[::-1])]
    return min(found, key=lambda each: (len(each.demands), not each.is_minimal))


def relief(problem: ScheduleProblem, limit: Limit, *, seed: int = 0) -> Relief | None:
    """How much later deadlines would have to be, at the least cost that is found; None where no schedule is found.

    Raises
    ------
    RunError
        OR-Tools is not installed.
    """
    jobs = problem.jobs
    sought = replace(
        problem,
        jobs=replace(
            jobs, due=jobs.deadline, deadline=np.full_like(jobs.deadline, NEVER), weight=np.maximum(1, jobs.weight)
        ),
        goals=(Goal(("tardiness",), (1,)),),
    )
    found = prove(sought, limit, seed=seed)
    if found is None:
        return None
    completion = np.zeros_like(jobs.deadline)
    np.maximum.at(completion, problem.operations.job, found.end)
    late = np.maximum(0, completion - jobs.deadline)
    rows = tuple((int(job), int(late[job])) for job in np.flatnonzero(late))
    return Relief(rows, found.values[0], found.bounds[0])


def _alone(problem: ScheduleProblem) -> Demand | None:
    """A deadline that its job cannot keep even if it were alone and nothing were fixed."""
    nothing = np.full_like(problem.operations.fixed_start, NONE)
    free = replace(problem.operations, fixed_start=nothing, fixed_mode=nothing)
    over = Paths(replace(problem, operations=free)).over
    for job, (end, deadline) in enumerate(zip(over, problem.jobs.deadline.tolist())):
        if end > deadline:
            return "deadline", job
    return None


class _Trial:
    """Sets of demands put to the solver."""

    def __init__(self, problem: ScheduleProblem, limit: Limit, seed: int) -> None:
        tick = divisor(problem)
        small = divided(problem, tick)
        without = replace(small, jobs=replace(small.jobs, deadline=np.full_like(small.jobs.deadline, NEVER)))
        late = int(small.jobs.deadline[small.jobs.deadline != NEVER].max(initial=0))
        variables = Model(small, max(late, horizon(without)), tick, can_give_up=True).variables
        self.model = variables.model
        self.literals: dict[Demand, Any] = dict(sorted(variables.demands.items()))
        self.names = {literal.index: demand for demand, literal in self.literals.items()}
        self.effort, self.begun, self.spent = Effort(limit, 1, seed), time.monotonic(), 0.0

    def core(self, demands: Sequence[Demand], share: float) -> list[Demand] | None:
        """Some of these that conflict already; None where it is not proven that they do."""
        return self._asked(demands, share)[1]

    def filtered(self, core: Sequence[Demand]) -> Conflict:
        """What is left when each is left out that can be."""
        needed: list[Demand] = []
        waiting, is_minimal = list(core), True
        while waiting:
            this, *others = waiting
            is_kept, smaller = self._asked([*needed, *others], 1 / (2 * len(waiting)))
            if smaller is None:
                needed.append(this)
                waiting, is_minimal = others, is_minimal and is_kept
            else:
                waiting = [demand for demand in others if demand in smaller]
        return Conflict(tuple(sorted(needed)), is_minimal)

    def _asked(self, demands: Sequence[Demand], share: float) -> tuple[bool, list[Demand] | None]:
        """Whether they can be kept together, and some that cannot; neither where time did not last."""
        cp = cp_sat()
        self.model.clear_assumptions()
        self.model.add_assumptions([self.literals[demand] for demand in demands])
        solver = self.effort.solver(share, self.begun, self.spent)
        status = solver.solve(self.model)
        self.spent += solver.response_proto.deterministic_time
        if status == cp.INFEASIBLE:
            named = solver.sufficient_assumptions_for_infeasibility()
            return False, sorted(self.names[index] for index in named)
        return status in (cp.OPTIMAL, cp.FEASIBLE), None
