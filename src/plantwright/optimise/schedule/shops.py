"""Shops of a kind for which there is a search of its own: job shops and flow shops."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from importlib import import_module

from plantwright.optimise.schedule.budget import Budget
from plantwright.optimise.schedule.warm import one_operation
from plantwright.problems.schedule import Limit, Schedule, ScheduleProblem

Improve = Callable[..., Schedule | None]

WORK = {"jobshop": 400, "flowshop": 1_000}
"""Trials for which one unit of the work of each search is done. [-]"""


def by_shop(
    problem: ScheduleProblem, budget: Budget, best: Schedule, until: float, threads: int, seed: int
) -> Schedule | None:
    """The best that the search for this kind of shop finds by then; None where there is none for it."""
    kind = kind_of(problem)
    if kind is None:
        return None
    began = time.monotonic()
    _compile(kind, problem)
    budget.allow(time.monotonic() - began)
    limit = budget.left(until)
    if limit.work is not None:
        limit = Limit(max(1, limit.work // WORK[kind]), limit.seconds)
    start = best if best.complete else None
    heard = partial(_hear, budget, best)
    found = _improve(kind)(problem, limit, seed, threads, start=start, told=heard, bound=best.bounds[0])
    budget.use(until)
    return found


def kind_of(problem: ScheduleProblem) -> str | None:
    """The kind of shop that a search of its own is there for; None for any other."""
    for kind, recognises in (("flowshop", "as_flow_shop"), ("jobshop", "as_job_shop")):
        if getattr(import_module(f"plantwright.optimise.schedule.{kind}"), recognises)(problem) is not None:
            return kind
    return None


def _improve(kind: str) -> Improve:
    found: Improve = import_module(f"plantwright.optimise.schedule.{kind}").improve
    return found


def _hear(budget: Budget, best: Schedule, schedule: Schedule) -> None:
    """Tell of what is better; with a limit of work what the threads find in between is not noted, only told."""
    if (not best.complete, best.values) > (not schedule.complete, schedule.values):
        budget.tell((not schedule.complete, schedule.values[0]), schedule.bounds[0])


def _compile(kind: str, problem: ScheduleProblem) -> None:
    """Compile the kernels of a search, or load them: a step of the search, which for flow shops is a short one."""
    _improve(kind)(problem if kind == "flowshop" else one_operation(), Limit(work=1))
