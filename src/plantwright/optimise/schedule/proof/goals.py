"""What is sought, as expressions."""

from __future__ import annotations

from plantwright.optimise.schedule.proof.setups import Setups
from plantwright.optimise.schedule.proof.variables import Expression, Variables
from plantwright.problems.schedule import NEVER, NONE, Goal, Measure

COUNTED = frozenset({"late", "moved"})
"""Measures that are not times: the tick they are counted in does not matter."""


class Goals:
    """Measures as expressions, each made when it is first asked for."""

    def __init__(self, variables: Variables, setups: dict[int, Setups], tick: int) -> None:
        self.variables, self.setups, self.tick = variables, setups, tick
        self._measures: dict[Measure, Expression] = {}
        self._completions: list[Expression] | None = None

    def level(self, goal: Goal) -> Expression:
        """One level, in the tick of the problem as it was told."""
        return sum(
            weight * (1 if measure in COUNTED else self.tick) * self.measure(measure)
            for measure, weight in zip(goal.measures, goal.weights)
        )

    def measure(self, measure: Measure) -> Expression:
        """One measure, in the tick of the model."""
        if measure not in self._measures:
            self._measures[measure] = getattr(self, f"_{measure}")()
        return self._measures[measure]

    def _makespan(self) -> Expression:
        r""":math:`C \ge e_i`."""
        variables = self.variables
        found = variables.number(0, variables.horizon)
        for operation in self._ends(range(len(variables.end))):
            variables.when(variables.model.add(found >= variables.end[operation]), variables.present[operation])
        return found

    def _tardiness(self) -> Expression:
        r""":math:`\sum w_j T_j,\ T_j \ge C_j - d_j,\ T_j \ge 0`."""
        variables, total = self.variables, []
        for weight, due, completion in self._due():
            late = variables.number(0, max(0, variables.horizon - due))
            variables.model.add(late >= completion - due)
            total.append(weight * late)
        return sum(total)

    def _late(self) -> Expression:
        r""":math:`\sum w_j U_j,\ \neg U_j \Rightarrow C_j \le d_j`."""
        variables, total = self.variables, []
        for weight, due, completion in self._due():
            late = variables.whether()
            variables.model.add(completion <= due).only_enforce_if(~late)
            total.append(weight * late)
        return sum(total)

    def _flow(self) -> Expression:
        r""":math:`\sum w_j (C_j - r_j)`."""
        jobs = self.variables.problem.jobs
        rows = zip(jobs.weight.tolist(), jobs.release.tolist(), self._completion())
        return sum(weight * (completion - release) for weight, release, completion in rows)

    def _earliness(self) -> Expression:
        r""":math:`\sum w_j E_j,\ E_j \ge d_j - C_j,\ E_j \ge 0`, with :math:`C_j` no later than the last end."""
        variables, total = self.variables, []
        self._hold_down()
        for weight, due, completion in self._due():
            early = variables.number(0, max(0, due))
            variables.model.add(early >= due - completion)
            total.append(weight * early)
        return sum(total)

    def _setups(self) -> Expression:
        r""":math:`\sum_m \sum_j L_j`."""
        return sum(setups.total() for setups in self.setups.values())

    def _moved(self) -> Expression:
        r"""One for each where :math:`\neg M_i \Rightarrow s_i = s_i^0`, on the machine it was on, and done."""
        operations, variables = self.variables.problem.operations, self.variables
        total = []
        for operation, start in enumerate(variables.start):
            mode, when = int(operations.reference_mode[operation]), int(operations.reference_start[operation])
            if mode == NONE and when == NONE:
                continue
            moved = variables.whether()
            variables.model.add_bool_or([moved, variables.present[operation]])
            if when != NONE:
                variables.model.add(start == when).only_enforce_if(~moved)
            if mode != NONE:
                machine = variables.problem.modes.machine
                there = [literal for way, literal in variables.ways[operation].items() if machine[way] == machine[mode]]
                variables.model.add_bool_or([moved, *there])
            total.append(moved)
        return sum(total)

    def _due(self) -> list[tuple[int, int, Expression]]:
        """Weight, due date and completion of the jobs that have one and count."""
        jobs = self.variables.problem.jobs
        rows = zip(jobs.weight.tolist(), jobs.due.tolist(), self._completion())
        return [(weight, due, completion) for weight, due, completion in rows if due != NEVER and weight]

    def _completion(self) -> list[Expression]:
        r""":math:`C_j \ge e_i`, :math:`C_j \ge r_j`."""
        if self._completions is None:
            variables, problem = self.variables, self.variables.problem
            releases = problem.jobs.release.tolist()
            self._completions = [variables.number(release, max(release, variables.horizon)) for release in releases]
            for operation in self._ends(range(len(variables.end))):
                completion = self._completions[problem.operations.job[operation]]
                variables.when(
                    variables.model.add(completion >= variables.end[operation]), variables.present[operation]
                )
        return self._completions

    def _hold_down(self) -> None:
        r"""One of the ends is the last: :math:`z_i \Rightarrow C_j \le e_i \wedge p_i`; without any, the release."""
        variables, model = self.variables, self.variables.model
        completion = self._completion()
        ends: list[list[int]] = [[] for _ in completion]
        for operation, job in enumerate(variables.problem.operations.job.tolist()):
            ends[job].append(operation)
        for job, operations in enumerate(ends):
            nothing = variables.whether()
            model.add(completion[job] <= int(variables.problem.jobs.release[job])).only_enforce_if(nothing)
            choice = [nothing]
            for operation in operations:
                is_last = variables.whether()
                model.add_implication(nothing, ~variables.present[operation])
                model.add_implication(is_last, variables.present[operation])
                model.add(completion[job] <= variables.end[operation]).only_enforce_if(is_last)
                choice.append(is_last)
            model.add_bool_or(choice)

    def _ends(self, operations: range) -> list[int]:
        """Those after which nothing must come: the last end is among theirs."""
        arcs = self.variables.problem.arcs
        columns = (arcs.before, arcs.after, arcs.from_start, arcs.least)
        followed = {
            before
            for before, after, from_start, least in zip(*(column.tolist() for column in columns))
            if not from_start and least >= 0 and self._same(before, after)
        }
        return [operation for operation in operations if operation not in followed]

    def _same(self, before: int, after: int) -> bool:
        """Of one job, and the second is done whenever the first is."""
        job, present = self.variables.problem.operations.job, self.variables.present
        always = present[after] is self.variables.yes or present[after] is present[before]
        return bool(job[before] == job[after]) and always
