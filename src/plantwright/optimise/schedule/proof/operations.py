"""Times of operations and the arcs between them."""

from __future__ import annotations

from plantwright.optimise.schedule.proof.variables import Expression, Literal, Variables
from plantwright.problems.schedule import NEVER, NONE


def times(variables: Variables, longer: dict[int, list[tuple[int, Literal]]]) -> None:
    """Each operation takes its time on the calendar of its mode.

    ``longer``: working times that a mode can have in batches, each with its condition, by mode.
    """
    for operation in range(len(variables.start)):
        _time(variables, operation, longer)


def _time(variables: Variables, operation: int, longer: dict[int, list[tuple[int, Literal]]]) -> None:
    r"""Ends: :math:`e = s + \sum_k t_k x_k` without calendars, else by the starts that each calendar allows."""
    problem, model = variables.problem, variables.model
    start, ways = variables.start[operation], variables.ways[operation]
    calendars = {mode: int(problem.modes.calendar[mode]) for mode in ways}
    lengths = {mode: int(problem.modes.time[mode]) for mode in ways}
    is_plain = all(calendar == NONE for calendar in calendars.values()) and not any(mode in longer for mode in ways)
    stops, fixed = bool(problem.operations.interruptible[operation]), int(problem.operations.fixed_start[operation])
    if is_plain or (len(ways) == 1 and not stops and not any(mode in longer for mode in ways)):
        end = _plain_end(variables, operation, lengths)
    else:
        hint = None if variables.hint is None else int(variables.hint.end[operation])
        end = variables.number(0, variables.horizon, hint)
    variables.end[operation] = end
    for mode, literal in ways.items():
        if is_plain:
            span = model.new_optional_fixed_size_interval_var(start, lengths[mode], literal, "")
        elif len(ways) == 1 and not stops and mode not in longer:
            if lengths[mode]:
                variables.within(
                    start, variables.clocks.lasting(calendars[mode], lengths[mode], False)[lengths[mode]], literal
                )
            span = model.new_optional_fixed_size_interval_var(start, lengths[mode], literal, "")
        else:
            variables.lasts(start, end, longer.get(mode, [(lengths[mode], literal)]), calendars[mode], stops, fixed)
            size = variables.number(lengths[mode], variables.horizon)
            span = model.new_optional_interval_var(start, size, end, literal, "")
        variables.spans[mode] = span


def _plain_end(variables: Variables, operation: int, lengths: dict[int, int]) -> Expression:
    start, ways = variables.start[operation], variables.ways[operation]
    if len(set(lengths.values())) == 1:
        return start + next(iter(lengths.values()))
    hint = None if variables.hint is None else int(variables.hint.end[operation])
    end = variables.number(0, variables.horizon, hint)
    variables.model.add(end == start + sum(lengths[mode] * literal for mode, literal in ways.items()))
    return end


def dates(variables: Variables) -> None:
    r"""Deadlines and the horizon: :math:`p_i \Rightarrow e_i \le d_j`."""
    jobs = variables.problem.jobs
    for operation, job in enumerate(variables.problem.operations.job.tolist()):
        end, present = variables.end[operation], variables.present[operation]
        variables.when(variables.model.add(end <= variables.horizon), present)
        if jobs.deadline[job] != NEVER:
            constraint = variables.model.add(end <= int(jobs.deadline[job]))
            variables.when(constraint, present, *variables.demand("deadline", job))


def arcs(variables: Variables) -> None:
    r"""What waits: :math:`p_i \wedge p_j \Rightarrow o_i + l \le s_j \le o_i + m`, from end or start."""
    arcs = variables.problem.arcs
    columns = (arcs.before, arcs.after, arcs.from_start, arcs.least, arcs.most)
    for arc, (before, after, from_start, least, most) in enumerate(zip(*(column.tolist() for column in columns))):
        origin = variables.start[before] if from_start else variables.end[before]
        both = (variables.present[before], variables.present[after])
        variables.when(variables.model.add(variables.start[after] >= origin + least), *both)
        if most != NONE:
            constraint = variables.model.add(variables.start[after] <= origin + most)
            variables.when(constraint, *both, *variables.demand("most", arc))


def holds(variables: Variables) -> None:
    r"""Blocking: :math:`h_i \ge e_i`, and :math:`h_i \ge s_j` for one of those that follow, where one is done.

    Without blocking :math:`h_i = e_i`. Only the lower side is needed: to hold a machine longer never helps.
    """
    after: dict[int, list[int]] = {}
    rows = variables.problem.arcs
    for before, follower in zip(rows.before.tolist(), rows.after.tolist()):
        after.setdefault(before, []).append(follower)
    for operation, blocks in enumerate(variables.problem.operations.blocks.tolist()):
        variables.hold[operation] = variables.end[operation]
        if blocks and operation in after:
            variables.hold[operation] = _hold(variables, operation, sorted(set(after[operation])))


def _hold(variables: Variables, operation: int, followers: list[int]) -> Expression:
    model = variables.model
    hold = variables.number(0, variables.horizon)
    variables.when(model.add(hold >= variables.end[operation]), variables.present[operation])
    until = []
    for follower in followers:
        first = variables.yes if len(followers) == 1 else variables.whether()
        if first is not variables.yes:
            model.add_implication(first, variables.present[follower])
        constraint = model.add(hold >= variables.start[follower])
        variables.when(constraint, first, variables.present[operation], variables.present[follower])
        until.append(first)
    if len(followers) > 1:
        nobody = variables.whether()
        for follower in followers:
            model.add_implication(nobody, ~variables.present[follower])
        variables.when(model.add_bool_or([*until, nobody]), variables.present[operation])
    return hold
