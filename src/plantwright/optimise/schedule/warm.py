"""The kernels, compiled or loaded."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import cache

import numpy as np

from plantwright.optimise.schedule.decode import Decision, plan_of
from plantwright.optimise.schedule.floor.layout import lay
from plantwright.optimise.schedule.floor.records import empty_board
from plantwright.optimise.schedule.search import Search
from plantwright.optimise.schedule.start import run_rule
from plantwright.problems.schedule import (
    NEVER,
    NONE,
    Arcs,
    Calendars,
    Ints,
    Jobs,
    Machines,
    Modes,
    Needs,
    Operations,
    Pools,
    ScheduleProblem,
)


@cache
def warm() -> float:
    """Compile the kernels, or load them from the cache; seconds it took the first time."""
    began = time.perf_counter()
    floor = lay(nothing())
    none = np.zeros(0, dtype=np.int64)
    plan = plan_of(floor, Decision(none, none, none, none))
    run_rule(floor, empty_board(floor), plan, "first come")
    search = Search(floor, [plan], seed=0, threads=1)
    search.step(0, 0.0)
    search.schedule()
    return time.perf_counter() - began


def nothing() -> ScheduleProblem:
    """The problem in which nothing is to be done."""
    none = np.zeros(0, dtype=np.int64)
    no = np.zeros(0, dtype=np.bool_)
    return ScheduleProblem(
        jobs=Jobs(*(none,) * 5),
        operations=Operations(*(none,) * 4, no, no, *(none,) * 5),
        modes=Modes(*(none,) * 6),
        needs=Needs(none, none),
        machines=Machines(*(none,) * 4, no, *(none,) * 3),
        pools=Pools(*(none,) * 4),
        arcs=Arcs(none, none, no, none, none),
        calendars=Calendars(*(none,) * 4),
        setups=np.zeros((0, 1, 0), dtype=np.int64),
    )


def one_operation() -> ScheduleProblem:
    """The problem of one operation on one machine."""

    def one(value: int) -> Ints:
        return np.array([value], dtype=np.int64)

    none, zero, no = one(NONE), one(0), np.zeros(1, dtype=np.bool_)
    return replace(
        nothing(),
        jobs=Jobs(zero, one(NEVER), one(NEVER), one(1), one(1)),
        operations=Operations(zero, none, zero, one(1), no, no, one(1), none, none, none, none),
        modes=Modes(zero, one(1), none, none, zero, zero),
        machines=Machines(one(1), zero, none, none, no, none, zero, zero),
    )
