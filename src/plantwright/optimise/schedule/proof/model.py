"""The whole model of a schedule, and schedules read from its solutions."""

from __future__ import annotations

from typing import Any

import numpy as np

from plantwright.optimise.schedule.proof import operations
from plantwright.optimise.schedule.proof.batches import Batches, members
from plantwright.optimise.schedule.proof.goals import Goals
from plantwright.optimise.schedule.proof.machines import machines
from plantwright.optimise.schedule.proof.pools import pools
from plantwright.optimise.schedule.proof.variables import Variables
from plantwright.optimise.schedule.proof.worth import worth
from plantwright.problems.schedule import NONE, Ints, Schedule, ScheduleProblem


class Model:
    """All constraints of a schedule, family by family.

    Parameters
    ----------
    problem
        In the tick of the model.
    horizon
        When everything is over. [tick]
    tick
        Ticks of the problem as it was told in one of the model. [-]
    hint
        A schedule to begin with.
    can_give_up
        Deadlines, longest waits and what is fixed count only where that is asked for (``variables.demands``).
    """

    def __init__(
        self,
        problem: ScheduleProblem,
        horizon: int,
        tick: int = 1,
        hint: Schedule | None = None,
        can_give_up: bool = False,
    ) -> None:
        self.problem = problem
        self.variables = Variables(problem, horizon, hint, can_give_up)
        on = members(self.variables)
        self.batches = Batches(self.variables, on)
        operations.times(self.variables, self.batches.longer)
        operations.dates(self.variables)
        operations.arcs(self.variables)
        operations.holds(self.variables)
        self.setups = machines(self.variables, on, self.batches)
        pools(self.variables, {machine: setups.spans for machine, setups in self.setups.items()})
        self.goals = Goals(self.variables, self.setups, tick)

    def worth(self, solver: Any) -> list[int]:
        """What a solution comes to, level by level, in the tick of the problem as it was told."""
        start, end, mode, _ = self.read(solver)
        setups = sum(solver.value(of_machine.total()) for of_machine in self.setups.values())
        return worth(self.problem, start, end, mode, setups, self.goals.tick)

    def read(self, solver: Any) -> tuple[Ints, Ints, Ints, Ints]:
        """Starts, ends, modes and setups of a solution, in the tick of the model."""
        variables = self.variables
        start, end, mode, setup = (np.full(len(variables.start), NONE, np.int64) for _ in range(4))
        for operation, ways in enumerate(variables.ways):
            for way, literal in ways.items():
                if solver.boolean_value(literal):
                    mode[operation] = way
                    start[operation] = solver.value(variables.start[operation])
                    end[operation] = solver.value(variables.end[operation])
        self._read_setups(solver, start, mode, setup)
        return start, end, mode, setup

    def _read_setups(self, solver: Any, start: Ints, mode: Ints, setup: Ints) -> None:
        leader = self._leaders(solver)
        for of_machine in self.setups.values():
            for member in of_machine.group:
                leading = leader.get(member.mode, member.mode)
                length = solver.value(of_machine.length[leading])
                if mode[member.operation] == member.mode and length:
                    begin = of_machine.begin.get(leading)
                    told = start[member.operation] - length if begin is None else solver.value(begin)
                    setup[member.operation] = told

    def _leaders(self, solver: Any) -> dict[int, int]:
        """The first of its batch, by mode."""
        found: dict[int, int] = {}
        for (one, other), literal in sorted(self.batches.together.items()):
            if solver.boolean_value(literal):
                found[other] = min(one, found.get(other, one))
        return found
