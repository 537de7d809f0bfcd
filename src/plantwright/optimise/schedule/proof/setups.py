"""Setups of one machine: a tour through what it does, with the family it is in before each."""

from __future__ import annotations

from typing import Any

from plantwright.optimise.schedule.proof.batches import Batches, Member
from plantwright.optimise.schedule.proof.variables import Expression, Literal, Variables
from plantwright.problems.schedule import NONE


class Setups:
    """The setups of a machine.

    Nodes of the tour are operations, in a batch the first by number. A setup without calendar and setters is taken
    right before its operation (later is never worse); any other has times of its own.

    Attributes
    ----------
    length
        Working time of the setup before a member, by mode. [tick]
    begin
        Its start where it has times of its own, by mode. [tick]
    spans
        Intervals of CP-SAT of setups that have times of their own.
    """

    def __init__(self, variables: Variables, machine: int, group: list[Member], batches: Batches) -> None:
        self.variables, self.machine, self.group, self.batches = variables, machine, group, batches
        problem, machines = variables.problem, variables.problem.machines
        self.matrix = problem.setups[int(machines.setup[machine])].tolist()
        self.calendar = int(machines.calendar[machine])
        self.is_timed = self.calendar != NONE or int(machines.needs[machine]) > 0
        self.family = {member.mode: int(problem.modes.family[member.mode]) for member in group}
        self.node = {member.mode: self._leads(member) for member in group}
        self.families = range(len(self.matrix))
        self.state = {mode: [variables.whether() for _ in self.families] for mode in self.family}
        self.length = {mode: self._length(mode) for mode in self.family}
        self.begin: dict[int, Expression] = {}
        self.spans: list[Any] = []
        if self.is_timed:
            for member in group:
                self._timed(member)
        self._tour()
        self._ready()

    def total(self) -> Expression:
        """Working time of all setups of the machine. [tick]"""
        return sum(self.length.values())

    def _leads(self, member: Member) -> Literal:
        """Whether it stands for its batch: none of those before it in number is in its batch."""
        earlier = [
            literal
            for (one, other), literal in self.batches.together.items()
            if other == member.mode and one in {here.mode for here in self.group}
        ]
        if not earlier:
            return member.literal
        leads = self.variables.whether()
        for literal in earlier:
            self.variables.model.add_implication(literal, ~leads)
        self.variables.model.add_implication(leads, member.literal)
        self.variables.when(self.variables.model.add_bool_or([leads, *earlier]), member.literal)
        return leads

    def _length(self, mode: int) -> Expression:
        r"""By the family the machine is in: :math:`L_j = \sum_f S_{f, f_j} q_{jf}`, :math:`\sum_f q_{jf} = 1`."""
        self.variables.model.add(sum(self.state[mode]) == self.node[mode])
        if self.family[mode] == NONE:
            return 0
        return sum(row[self.family[mode]] * literal for row, literal in zip(self.matrix, self.state[mode]))

    def _timed(self, member: Member) -> None:
        r"""A setup of its own times: :math:`u_j + L_j \text{ on the calendar} = v_j \le s_j`."""
        variables, mode = self.variables, member.mode
        begin, end = variables.number(0, variables.horizon), variables.number(0, variables.horizon)
        self.begin[mode] = begin
        if self.family[mode] == NONE:
            return
        choices = []
        for length in sorted({row[self.family[mode]] for row in self.matrix} - {0}):
            of_length = [
                literal for row, literal in zip(self.matrix, self.state[mode]) if row[self.family[mode]] == length
            ]
            literal = of_length[0] if len(of_length) == 1 else variables.whether()
            if len(of_length) > 1:
                variables.model.add(sum(of_length) == literal)
            choices.append((length, literal))
        if not choices:
            return
        is_there = variables.whether()
        variables.model.add(sum(literal for _, literal in choices) == is_there)
        variables.lasts(begin, end, choices, self.calendar, True)
        variables.model.add(end <= variables.start[member.operation]).only_enforce_if(is_there)
        size = variables.number(0, variables.horizon)
        self.spans.append(variables.model.new_optional_interval_var(begin, size, end, is_there, ""))

    def _begins(self, member: Member, after: Expression, *literals: Literal) -> None:
        """The setup begins no earlier than that; without one, nor does the work."""
        model, start = self.variables.model, self.variables.start[member.operation]
        if self.is_timed:
            self.variables.when(model.add(self.begin[member.mode] >= after), *literals)
        else:
            self.variables.when(model.add(start - self.length[member.mode] >= after), *literals)

    def _tour(self) -> None:
        r"""What comes right after what: :math:`n_{ij} \Rightarrow u_j \ge h_i,\ q_{j f_i} = 1`.

        From what leaves the machine as it is the state is handed on: :math:`n_{ij} \wedge q_{if} \Rightarrow q_{jf}`.
        """
        variables, model = self.variables, self.variables.model
        nothing = variables.whether()
        links: list[tuple[int, int, Literal]] = [(0, 0, nothing)]
        state, free = self.problem_state()
        for index, member in enumerate(self.group, 1):
            model.add_implication(nothing, ~self.node[member.mode])
            first, last = variables.whether(), variables.whether()
            links += [(0, index, first), (index, 0, last), (index, index, ~self.node[member.mode])]
            model.add_implication(first, self.state[member.mode][state])
            self._begins(member, free, first)
            for other_index, other in enumerate(self.group, 1):
                if other.operation != member.operation:
                    link = variables.whether()
                    links.append((other_index, index, link))
                    self._follow(other, member, link)
        model.add_circuit(links)
        for one, other, _ in self.batches.pairs():
            if one.mode in self.node and other.mode in self.node:
                self._after_all_of_a_batch(one, other)

    def problem_state(self) -> tuple[int, int]:
        """The row of the matrix for the machine's family at the start, and when it is free. [-], [tick]"""
        machines = self.variables.problem.machines
        state = int(machines.state[self.machine])
        return (len(self.matrix) - 1 if state == NONE else state), int(machines.free[self.machine])

    def _follow(self, before: Member, after: Member, link: Literal) -> None:
        model = self.variables.model
        hold = self.variables.hold[before.operation]
        self._begins(after, hold, link)
        if self.is_timed:
            model.add(self.variables.start[after.operation] >= hold).only_enforce_if(link)
        family = self.family[before.mode]
        if family != NONE:
            model.add_implication(link, self.state[after.mode][family])
            return
        for here, there in zip(self.state[before.mode], self.state[after.mode]):
            model.add_bool_or([~link, ~here, there])

    def _after_all_of_a_batch(self, one: Member, other: Member) -> None:
        """The setup of one that comes later waits for all that came before, of whom the tour knows one in a batch."""
        hold, end = self.variables.hold, self.variables.end
        if all(hold[member.operation] is end[member.operation] for member in (one, other)):
            return  # all of a batch end together: to wait for one is enough
        for before, after in ((one, other), (other, one)):
            comes_after = self.variables.whether()
            model, start = self.variables.model, self.variables.start
            both = (before.literal, after.literal)
            later = model.add(start[after.operation] > start[before.operation])
            later.only_enforce_if(comes_after)
            self.variables.when(model.add(start[after.operation] <= start[before.operation]), ~comes_after, *both)
            self._begins(after, self.variables.hold[before.operation], comes_after, *both, self.node[after.mode])

    def _ready(self) -> None:
        r"""Unless done ahead the setup begins when the work is there: :math:`u_j \ge o_i + l_{ij}`, and released."""
        problem = self.variables.problem
        if problem.machines.ahead[self.machine]:
            return
        release, job, arcs = problem.jobs.release, problem.operations.job, problem.arcs
        before_it: dict[int, list[tuple[int, bool, int]]] = {}
        columns = (arcs.before, arcs.after, arcs.from_start, arcs.least)
        for before, after, from_start, least in zip(*(column.tolist() for column in columns)):
            before_it.setdefault(after, []).append((before, from_start, least))
        modes = {member.mode: member for member in self.group}
        for member in self.group:
            leaders = [(member, self.node[member.mode])]
            for (one, other), together in self.batches.together.items():
                if other == member.mode and one in modes:
                    leaders.append((modes[one], together))
            for leader, literal in leaders:
                self._begins(leader, int(release[job[member.operation]]), literal)
                for before, from_start, least in before_it.get(member.operation, []):
                    origin = self.variables.start[before] if from_start else self.variables.end[before]
                    self._begins(leader, origin + least, literal, self.variables.present[before])
