"""Proofs: the whole problem solved, goal by goal."""

from __future__ import annotations

from dataclasses import replace

from plantwright.optimise.schedule.bounds import lower
from plantwright.optimise.schedule.proof.horizon import horizon
from plantwright.optimise.schedule.proof.model import Model
from plantwright.optimise.schedule.proof.scale import divided, divisor
from plantwright.optimise.schedule.proof.search import Effort, Found, search
from plantwright.problems.schedule import NONE, Ints, Limit, Schedule, ScheduleProblem


def prove(
    problem: ScheduleProblem, limit: Limit, *, start: Schedule | None = None, workers: int = 1, seed: int = 0
) -> Schedule | None:
    """The best schedule that the solver finds within the limit, with a bound, and whether none is better.

    None where it finds none. ``work`` is thousandths of the solver's deterministic seconds; a work limit gives the same
    answer twice. A ``start`` that keeps everything is begun with, and given back with what was proven of it where
    nothing better is found.

    Raises
    ------
    RunError
        OR-Tools is not installed.
    """
    tick = divisor(problem)
    small = divided(problem, tick)
    hint = None if start is None else in_ticks(start, tick)
    model = Model(small, horizon(small, hint), tick, hint)
    below = start.values if start is not None and start.complete else None
    found = search(model, Effort(limit, workers, seed), below, lower(problem))
    made = schedule(found, tick)
    return made if start is None or below is None else _better(start, made, found.bounds)


def _better(start: Schedule, made: Schedule | None, bounds: list[int]) -> Schedule:
    """The schedule begun with, unless one was made that is better; bounds hold as far as its values are the same."""
    if made is not None and made.values < start.values:
        return made
    told = list(start.bounds)
    for level, (bound, value) in enumerate(zip(bounds, start.values)):
        is_same = made is None or made.values[:level] == start.values[:level]
        told[level] = min(value, max(told[level], bound)) if level == 0 or is_same else told[level]
    return replace(start, bounds=tuple(told), proven=tuple(told) == start.values)


def schedule(found: Found, tick: int) -> Schedule | None:
    """What was found, in the tick of the problem as it was told."""
    if found.rows is None:
        return None
    start, end, mode, setup = found.rows
    proven = found.bounds == found.values

    def told(column: Ints) -> Ints:
        column[column != NONE] *= tick
        return column

    return Schedule(
        *(told(start), told(end), mode, told(setup)),
        values=tuple(found.values),
        bounds=tuple(found.bounds),
        proven=proven,
        history=tuple(found.history),
    )


def in_ticks(start: Schedule, tick: int) -> Schedule:
    """A schedule in the tick of the model, to begin with."""
    if tick == 1:
        return start
    return replace(start, start=start.start // tick, end=start.end // tick)
