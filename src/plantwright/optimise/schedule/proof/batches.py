"""Batches: operations that begin and end together on a machine with room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from plantwright.optimise.schedule.proof.variables import Literal, Variables
from plantwright.problems.schedule import NONE


@dataclass(frozen=True, slots=True)
class Member:
    """An operation that may run on a machine, in a mode, if the literal is true."""

    operation: int
    mode: int
    literal: Literal


def members(variables: Variables) -> dict[int, list[Member]]:
    """Who may run on each machine."""
    found: dict[int, list[Member]] = {}
    machines = variables.problem.modes.machine.tolist()
    for operation, ways in enumerate(variables.ways):
        for mode, literal in ways.items():
            if machines[mode] != NONE:
                found.setdefault(machines[mode], []).append(Member(operation, mode, literal))
    return dict(sorted(found.items()))


class Batches:
    """Who is in a batch with whom.

    Attributes
    ----------
    together
        Whether two are, by their modes, the smaller first.
    longer
        Working times that a mode can have in its batches, each with its condition.
    """

    def __init__(self, variables: Variables, on: dict[int, list[Member]]) -> None:
        self.variables = variables
        self.together: dict[tuple[int, int], Literal] = {}
        self.longer: dict[int, list[tuple[int, Literal]]] = {}
        self.on = {m: group for m, group in on.items() if variables.problem.machines.room[m] > 1}
        for machine, group in self.on.items():
            self._pair(machine, group)
        for group in self.on.values():
            self._lengthen(group)

    def pairs(self) -> Iterator[tuple[Member, Member, Literal | None]]:
        """Pairs of operations on a machine with room, and whether they are together; None where they cannot be."""
        for group in self.on.values():
            for one, other in combinations(group, 2):
                if one.operation != other.operation:
                    yield one, other, self.together.get((one.mode, other.mode))

    def post(self) -> None:
        r"""Together or one after the other, and room for the pieces.

        .. math:: b_{ij} \Rightarrow s_i = s_j,\ e_i = e_j, \quad y_{ij} \Rightarrow s_j \ge h_i, \quad
            b_{ij} + y_{ij} + y_{ji} = 1, \quad \sum_{j: b_{ij}} n_j \le R_m
        """
        model, variables = self.variables.model, self.variables
        for one, other, together in self.pairs():
            first, second = variables.whether(), variables.whether()
            model.add(variables.start[other.operation] >= variables.hold[one.operation]).only_enforce_if(first)
            model.add(variables.start[one.operation] >= variables.hold[other.operation]).only_enforce_if(second)
            choice = [first, second]
            if together is not None:
                choice.append(together)
                for times in (variables.start, variables.end):
                    model.add(times[one.operation] == times[other.operation]).only_enforce_if(together)
            model.add_at_most_one(choice)
            variables.when(model.add_bool_or(choice), one.literal, other.literal)
        for machine, group in self.on.items():
            spans = [variables.spans[member.mode] for member in group]
            pieces = [int(variables.problem.operations.pieces[member.operation]) for member in group]
            model.add_cumulative(spans, pieces, int(variables.problem.machines.room[machine]))

    def _pair(self, machine: int, group: list[Member]) -> None:
        """Those of one family whose pieces fit may be together."""
        problem, model = self.variables.problem, self.variables.model
        for one, other in combinations(group, 2):
            pieces = int(problem.operations.pieces[one.operation] + problem.operations.pieces[other.operation])
            is_one_family = problem.modes.family[one.mode] == problem.modes.family[other.mode]
            if one.operation == other.operation or not is_one_family or pieces > problem.machines.room[machine]:
                continue
            together = self.variables.whether(self._hinted(one, other))
            model.add_implication(together, one.literal)
            model.add_implication(together, other.literal)
            self.together[one.mode, other.mode] = together

    def _hinted(self, one: Member, other: Member) -> bool | None:
        hint = self.variables.hint
        if hint is None:
            return None
        is_there = hint.mode[one.operation] == one.mode and hint.mode[other.operation] == other.mode
        return bool(is_there and hint.start[one.operation] == hint.start[other.operation])

    def _lengthen(self, group: list[Member]) -> None:
        r"""All of a batch take its longest time: that of one of them, and the same for all."""
        model, time = self.variables.model, self.variables.problem.modes.time
        partners: dict[int, list[tuple[int, Literal]]] = {member.mode: [] for member in group}
        for one, other in combinations(group, 2):
            literal = self.together.get((one.mode, other.mode))
            if literal is not None:
                partners[one.mode].append((other.mode, literal))
                partners[other.mode].append((one.mode, literal))
        choices: dict[int, dict[int, Literal]] = {}
        for member in group:
            own = int(time[member.mode])
            lengths = sorted({own, *(int(time[mode]) for mode, _ in partners[member.mode] if time[mode] > own)})
            if len(lengths) == 1:
                choices[member.mode] = {own: member.literal}
                continue
            choices[member.mode] = {length: self.variables.whether() for length in lengths}
            model.add(sum(choices[member.mode].values()) == member.literal)
            for length, chosen in choices[member.mode].items():
                if length > own:
                    model.add_bool_or(
                        [~chosen, *(literal for mode, literal in partners[member.mode] if time[mode] == length)]
                    )
            self.longer[member.mode] = list(choices[member.mode].items())
        for mode, others in partners.items():
            for partner, literal in others:
                for length, chosen in choices[mode].items():
                    same = choices[partner].get(length)
                    model.add_bool_or([~literal, ~chosen, *([] if same is None else [same])])
