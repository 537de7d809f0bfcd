"""Public shop instances as scheduling problems: one reader per family, from the folder of instances.

What is there, and the best value known of each, stands in the folder's ``index.csv``.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import numpy as np

from plantwright.problems.schedule import (
    NEVER,
    NONE,
    Arcs,
    Calendars,
    Jobs,
    Machines,
    Modes,
    Needs,
    Operations,
    Pools,
    ScheduleProblem,
)

FOLDER = Path(os.environ.get("PLANTWRIGHT_INSTANCES", "/work/shared/data"))

Routing = Sequence[Sequence[Sequence[tuple[int, int]]]]
"""Of each job its operations in order, of each operation the machines that can do it and how long each takes."""


class Instance(NamedTuple):
    """A file of a family, and what is known of it: no schedule below ``lower`` exists, one of ``upper`` does."""

    family: str
    name: str
    group: str
    lower: int
    upper: int

    @property
    def path(self) -> Path:
        return FOLDER / self.family / self.name

    def read(self) -> ScheduleProblem:
        return READERS[self.family](self.path)


def instances(family: str) -> list[Instance]:
    """The instances of a family, in the order of the index; none where the folder is absent."""
    index = FOLDER / "index.csv"
    if not index.exists():
        return []
    with index.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["folder"] == family]
    return [_instance(row) for row in rows]


def _instance(row: dict[str, str]) -> Instance:
    known = [int(value) for value in row["best_known"].split("..")]
    return Instance(row["folder"], row["file"], row["set"], known[0], known[-1])


def job_shop(path: Path) -> ScheduleProblem:
    """Jobs, machines, a matrix of times job by operation, a matrix of machines (from 1) job by operation."""
    words = _words(path)
    jobs, machines = next(words), next(words)
    times = [[next(words) for _ in range(machines)] for _ in range(jobs)]
    places = [[next(words) - 1 for _ in range(machines)] for _ in range(jobs)]
    return shop([[[each] for each in zip(*job)] for job in zip(places, times)], machines)


def flexible_job_shop(path: Path) -> ScheduleProblem:
    """Jobs, machines, operations per job; per operation a row of times by machine, 0 where it cannot be done."""
    words = _words(path)
    jobs, machines = next(words), next(words)
    lengths = [next(words) for _ in range(jobs)]
    routing = [[_choices([next(words) for _ in range(machines)]) for _ in range(length)] for length in lengths]
    return shop(routing, machines)


def hybrid_flow_shop(path: Path) -> ScheduleProblem:
    """Jobs, stages, machines of each stage, then a row of times per job by stage; machines of a stage are identical."""
    words = _words(path)
    jobs, stages = next(words), next(words)
    counts = [next(words) for _ in range(stages)]
    ends = list(accumulate(counts))
    rows = [[next(words) for _ in range(stages)] for _ in range(jobs)]
    routing = [
        [[(machine, time) for machine in range(end - count, end)] for time, count, end in zip(row, counts, ends)]
        for row in rows
    ]
    return shop(routing, sum(counts))


def flow_shop_with_setups(path: Path) -> ScheduleProblem:
    """Jobs, machines, a row of times per job, then per machine a matrix of setups from job to job, done ahead.

    The first job of a machine needs none.
    """
    words = _words(path)
    jobs, machines = next(words), next(words)
    rows = [[next(words) for _ in range(machines)] for _ in range(jobs)]
    setups = np.zeros((machines, jobs + 1, jobs), np.int64)
    setups[:, :jobs] = np.array([next(words) for _ in range(machines * jobs * jobs)]).reshape(machines, jobs, jobs)
    plain = shop([[[(machine, time)] for machine, time in enumerate(row)] for row in rows], machines)
    return replace(
        plain,
        modes=replace(plain.modes, family=plain.operations.job),
        machines=replace(plain.machines, setup=np.arange(machines), ahead=np.ones(machines, bool)),
        setups=setups,
    )


READERS: dict[str, Callable[[Path], ScheduleProblem]] = {
    "jsp": job_shop,
    "fjsp": flexible_job_shop,
    "hfsp": hybrid_flow_shop,
    "sdst": flow_shop_with_setups,
}


def _choices(times: Sequence[int]) -> list[tuple[int, int]]:
    return [(machine, time) for machine, time in enumerate(times) if time > 0]


def _words(path: Path) -> Iterator[int]:
    return iter([int(word) for word in path.read_text(encoding="utf-8").split()])


def shop(routing: Routing, machines: int) -> ScheduleProblem:
    """Jobs as chains of operations on machines that do one at a time: nothing else, makespan is sought."""
    operations = [operation for job in routing for operation in job]
    modes = np.array([mode for operation in operations for mode in operation], np.int64).reshape(-1, 2)
    counts = np.array([len(operation) for operation in operations], np.int64)
    owner = np.repeat(np.arange(len(routing)), [len(job) for job in routing])
    N, J, K = len(operations), len(routing), len(modes)
    same = np.flatnonzero(owner[1:] == owner[:-1])
    return ScheduleProblem(
        jobs=Jobs(filled(J, 0), filled(J, NEVER), filled(J, NEVER), filled(J, 1), filled(J, 1)),
        operations=Operations(
            job=owner,
            route=filled(N, NONE),
            first_mode=np.array([0, *accumulate(counts.tolist())][:-1], np.int64),
            modes=counts,
            blocks=np.zeros(N, bool),
            interruptible=np.zeros(N, bool),
            pieces=filled(N, 1),
            fixed_mode=filled(N, NONE),
            fixed_start=filled(N, NONE),
            reference_mode=filled(N, NONE),
            reference_start=filled(N, NONE),
        ),
        modes=Modes(
            modes[:, 0].copy(), modes[:, 1].copy(), filled(K, NONE), filled(K, NONE), filled(K, 0), filled(K, 0)
        ),
        needs=Needs(filled(0, 0), filled(0, 0)),
        machines=Machines(
            room=filled(machines, 1),
            free=filled(machines, 0),
            state=filled(machines, NONE),
            setup=filled(machines, NONE),
            ahead=np.zeros(machines, bool),
            calendar=filled(machines, NONE),
            first_need=filled(machines, 0),
            needs=filled(machines, 0),
        ),
        pools=Pools(filled(0, 0), filled(0, 0), filled(0, 0), filled(0, 0)),
        arcs=Arcs(same, same + 1, np.zeros(len(same), bool), filled(len(same), 0), filled(len(same), NONE)),
        calendars=Calendars(filled(0, 0), filled(0, 0), filled(0, 0), filled(0, 0)),
        setups=np.zeros((0, 1, 0), np.int64),
    )


def filled(size: int, value: int) -> np.ndarray:
    """So many of one whole number."""
    return np.full(size, value, np.int64)
