"""Goals one after the other, each solved with those before it kept."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from plantwright.optimise.schedule.proof.model import Model
from plantwright.optimise.solver import cp_sat
from plantwright.problems.schedule import NEVER, Ints, Limit

WORK = 1_000
"""Units of ``Limit.work`` in one of CP-SAT's deterministic seconds."""

SHARE = 0.6
"""Of what is left of the limit, for a level that others follow. [-]"""


@dataclass(slots=True)
class Found:
    """What a search has found.

    Attributes
    ----------
    rows
        Starts, ends, modes and setups in the tick of the model; None if there is none.
    values, bounds
        Level by level.
    is_infeasible
        It is proven that there is none.
    history
        When a value of the first level was reached. ([s] or work, value)
    """

    rows: tuple[Ints, Ints, Ints, Ints] | None
    values: list[int]
    bounds: list[int]
    is_infeasible: bool
    history: list[tuple[float, int]]


@dataclass(frozen=True, slots=True)
class Effort:
    """How a model is solved.

    Attributes
    ----------
    limit
        ``work`` in thousandths of deterministic seconds. With ``seconds`` alone CP-SAT uses all ``workers``; with work
        one, so that the answer is the same whatever the machine.
    workers
        Threads. [-]
    seed
        Of the search.
    """

    limit: Limit
    workers: int
    seed: int

    def solver(self, share: float, begun: float, spent: float) -> Any:
        """A solver with a share of what is left."""
        solver = cp_sat().CpSolver()
        parameters = solver.parameters
        parameters.random_seed = self.seed
        parameters.num_workers = 1 if self.limit.work is not None else max(1, self.workers)
        if self.limit.work is not None:
            parameters.max_deterministic_time = max(1e-3, share * (self.limit.work / WORK - spent))
        if self.limit.seconds is not None:
            parameters.max_time_in_seconds = max(1e-2, share * (self.limit.seconds - (time.monotonic() - begun)))
        return solver


def search(
    model: Model, effort: Effort, below: tuple[int, ...] | None = None, above: tuple[int, ...] | None = None
) -> Found:
    """The best by the goals in their order; ``below``: no worse than these values; ``above``: none is better."""
    cp, proto = cp_sat(), model.variables.model
    begun, spent, levels = time.monotonic(), 0.0, model.problem.goals
    found = Found(None, [], list(above or (0,) * len(levels)), False, [])
    for index, goal in enumerate(levels):
        expression = model.goals.level(goal)
        if below is not None and tuple(found.values[:index]) == below[:index]:
            proto.add(expression <= below[index])
        proto.add(expression >= found.bounds[index])
        proto.minimize(expression)
        solver = effort.solver(SHARE if index + 1 < len(levels) else 1.0, begun, spent)
        status = solver.solve(proto)
        spent += solver.response_proto.deterministic_time
        if status not in (cp.OPTIMAL, cp.FEASIBLE):
            found.is_infeasible = status == cp.INFEASIBLE and index == 0
            if status == cp.UNKNOWN and abs(solver.best_objective_bound) < NEVER:
                found.bounds[index] = max(found.bounds[index], _upwards(solver.best_objective_bound))
            return found
        found.rows, found.values = model.read(solver), model.worth(solver)
        # Bounds come as floating-point numbers: those of large values may be rounded past the value itself.
        proven = min(found.values[index], _upwards(solver.best_objective_bound))
        found.bounds[index] = max(found.bounds[index], proven)
        if index == 0:
            after = spent if effort.limit.work is not None else time.monotonic() - begun
            found.history.append((after, found.values[0]))
        proto.clear_objective()
        proto.add(expression <= found.values[index])
        if below is None or tuple(found.values) <= below:
            _begin_with(model, solver)
    return found


def _upwards(bound: float) -> int:
    """The next whole number, rounding of the solver left aside."""
    return -int(-(bound - 1e-6) // 1)


def _begin_with(model: Model, solver: Any) -> None:
    """The next level begins with the solution of this one."""
    hint = model.variables.model.proto.solution_hint
    solution = list(solver.response_proto.solution)
    model.variables.model.clear_hints()
    hint.vars.extend(range(len(solution)))
    hint.values.extend(solution)
