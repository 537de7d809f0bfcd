"""Machines: one thing at a time."""

from __future__ import annotations

from typing import Any

from plantwright.optimise.schedule.proof.batches import Batches, Member
from plantwright.optimise.schedule.proof.setups import Setups
from plantwright.optimise.schedule.proof.variables import Variables
from plantwright.problems.schedule import NONE


def machines(variables: Variables, on: dict[int, list[Member]], batches: Batches) -> dict[int, Setups]:
    """Machines do one thing at a time, free from their time on; gives the setups of those that have some."""
    batches.post()
    for machine, group in on.items():
        if variables.problem.machines.room[machine] == 1:
            _one_at_a_time(variables, group)
        _free(variables, machine, group)
    found = {}
    for machine, group in on.items():
        matrix = int(variables.problem.machines.setup[machine])
        if matrix != NONE and variables.problem.setups[matrix].any():
            found[machine] = Setups(variables, machine, group, batches)
    return found


def _one_at_a_time(variables: Variables, group: list[Member]) -> None:
    r"""No two overlap: :math:`h_i \le s_j \vee h_j \le s_i`."""
    spans: list[Any] = []
    for member in group:
        operation = member.operation
        if variables.hold[operation] is variables.end[operation]:
            spans.append(variables.spans[member.mode])
        else:
            size = variables.number(0, variables.horizon)
            start, hold = variables.start[operation], variables.hold[operation]
            spans.append(variables.model.new_optional_interval_var(start, size, hold, member.literal, ""))
    variables.model.add_no_overlap(spans)


def _free(variables: Variables, machine: int, group: list[Member]) -> None:
    r"""Nothing before it is free: :math:`x_{im} \Rightarrow s_i \ge f_m`."""
    free = int(variables.problem.machines.free[machine])
    if free:
        for member in group:
            variables.when(variables.model.add(variables.start[member.operation] >= free), member.literal)
