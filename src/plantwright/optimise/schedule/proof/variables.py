"""What is decided: routes, modes, starts and ends, and the times between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from plantwright.optimise.schedule.proof.clock import Clocks
from plantwright.optimise.solver import cp_sat
from plantwright.problems.schedule import NONE, Schedule, ScheduleProblem

Literal = Any
"""A yes or no of CP-SAT."""
Expression = Any
"""A whole number of CP-SAT, or a linear expression of some."""

Demand = tuple[str, int]
"""Something that can be given up where not all can be kept: ("deadline", job), ("most", arc), ("fixed", operation)."""


class Variables:
    """The variables of a schedule, with routes, modes and dates.

    Attributes
    ----------
    yes
        True.
    present
        Whether an operation is done, by operation.
    ways
        Whether it runs in a mode, by operation and mode.
    start, end, hold
        When it begins, ends, and leaves its machine. [tick]
    spans
        Its interval in a mode, by mode.
    demands
        What can be given up, where that is asked; else empty and everything is kept.
    """

    def __init__(
        self,
        problem: ScheduleProblem,
        horizon: int,
        hint: Schedule | None = None,
        can_give_up: bool = False,
    ) -> None:
        self.cp = cp_sat()
        self.model = self.cp.CpModel()
        self.problem = problem
        self.horizon = horizon
        self.hint = hint
        self.clocks = Clocks(problem, horizon)
        self.yes: Literal = self.model.new_constant(1)
        self.can_give_up = can_give_up
        self.demands: dict[Demand, Literal] = {}
        self.routes = self._routes()
        self.present = self._present()
        self.ways = [self._ways(operation) for operation in range(len(self.present))]
        self.start = [self._start(operation) for operation in range(len(self.present))]
        self.end: list[Expression] = [None] * len(self.present)
        self.hold: list[Expression] = [None] * len(self.present)
        self.spans: dict[int, Any] = {}

    def whether(self, hint: bool | None = None) -> Literal:
        """A new yes or no."""
        found = self.model.new_bool_var("")
        if self.hint is not None and hint is not None:
            self.model.add_hint(found, hint)
        return found

    def number(self, least: int, most: int, hint: int | None = None) -> Expression:
        """A new whole number."""
        found = self.model.new_int_var(least, most, "")
        if self.hint is not None and hint is not None and least <= hint <= most:
            self.model.add_hint(found, hint)
        return found

    def when(self, constraint: Any, *literals: Literal) -> None:
        """The constraint holds where all of these are true."""
        told = [literal for literal in literals if literal is not self.yes]
        if told:
            constraint.only_enforce_if(told)

    def demand(self, kind: str, index: int) -> tuple[Literal, ...]:
        """Conditions under which a demand counts: none, or that it is not given up."""
        if not self.can_give_up:
            return ()
        return (self.demands.setdefault((kind, index), self.model.new_bool_var("")),)

    def within(self, expression: Expression, ranges: Iterable[tuple[int, int]], *literals: Literal) -> None:
        """The expression lies in one of these ranges."""
        domain = self.cp.Domain.from_intervals([list(pair) for pair in ranges])
        self.when(self.model.add_linear_expression_in_domain(expression, domain), *literals)

    def lasts(
        self,
        start: Expression,
        end: Expression,
        choices: Sequence[tuple[int, Literal]],
        calendar: int,
        stops: bool,
        fixed: int = NONE,
    ) -> None:
        r"""The end by the start, for each working time under its condition.

        .. math:: y_d \Rightarrow s \in S_d,\ e = s + d, \qquad \sum_d y_d = x

        with the lengths :math:`d` that a calendar can give to the working time, and the starts :math:`S_d` at which it
        does. Without a stop there is one length, and starts are those from which it fits.
        """
        for time, literal in choices:
            lengths = dict(self.clocks.lasting(calendar, time, stops))
            if stops and fixed != NONE:
                at = self.clocks.at(calendar, time, fixed)
                if at is not None and not any(first <= fixed <= last for r in lengths.values() for first, last in r):
                    lengths[at] = [*lengths.get(at, []), (fixed, fixed)]
            conditions = [literal] if len(lengths) == 1 else [self.whether() for _ in lengths]
            if len(conditions) != 1:
                self.model.add(sum(conditions) == literal)
            for condition, (length, ranges) in zip(conditions, sorted(lengths.items())):
                self.when(self.model.add(end == start + length), condition)
                if calendar != NONE and time:
                    self.within(start, ranges, condition)

    def _routes(self) -> list[list[Literal]]:
        r"""One route is taken: :math:`\sum_q r_{jq} = 1`."""
        taken: list[list[bool | None]] = [[None] * many for many in self.problem.jobs.routes.tolist()]
        if self.hint is not None:
            rows = zip(
                self.problem.operations.job.tolist(), self.problem.operations.route.tolist(), self.hint.mode.tolist()
            )
            for job, route, mode in rows:
                if route != NONE:
                    taken[job][route] = mode != NONE
        found = []
        for hints in taken:
            literals = [self.yes] if len(hints) == 1 else [self.whether(hint) for hint in hints]
            if len(literals) > 1:
                self.model.add_exactly_one(literals)
            found.append(literals)
        return found

    def _present(self) -> list[Literal]:
        """Done when its route is taken; what is fixed is done."""
        operations = self.problem.operations
        found = []
        for job, route in zip(operations.job.tolist(), operations.route.tolist()):
            found.append(self.yes if route == NONE else self.routes[job][route])
        for operation, literal in enumerate(found):
            if (
                literal is not self.yes
                and max(operations.fixed_mode[operation], operations.fixed_start[operation]) != NONE
            ):
                self.when(self.model.add(literal == 1), *self.demand("fixed", operation))
        return found

    def _ways(self, operation: int) -> dict[int, Literal]:
        r"""One mode where it is done, :math:`\sum_k x_k = p`, and that in which it must run."""
        operations, present = self.problem.operations, self.present[operation]
        first, many = int(operations.first_mode[operation]), int(operations.modes[operation])
        fixed = int(operations.fixed_mode[operation])
        if many == 1:
            return {first: present}
        if fixed != NONE and not self.can_give_up:
            return {fixed: present}
        hinted = NONE if self.hint is None else int(self.hint.mode[operation])
        found = {mode: self.whether(mode == hinted) for mode in range(first, first + many)}
        if present is self.yes:
            self.model.add_exactly_one(found.values())
        else:
            self.model.add(sum(found.values()) == present)
        if fixed != NONE:
            self.when(self.model.add(found[fixed] == 1), *self.demand("fixed", operation))
        return found

    def _start(self, operation: int) -> Expression:
        """Released, and when it must begin."""
        operations, jobs = self.problem.operations, self.problem.jobs
        job, fixed = int(operations.job[operation]), int(operations.fixed_start[operation])
        least, most = int(jobs.release[job]), self.horizon
        if fixed != NONE and not self.can_give_up:
            least, most = max(least, fixed), fixed
        if least > most:
            self.model.add(self.present[operation] == 0)
            least = most
        hint = None if self.hint is None else int(self.hint.start[operation])
        found = self.number(least, most, hint)
        if fixed != NONE and self.can_give_up:
            self.when(self.model.add(found == fixed), *self.demand("fixed", operation))
        return found
