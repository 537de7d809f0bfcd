"""The schedules worth keeping, how far they are from each other, and what lies between two of them.

References
----------
Peng, B., Lü, Z., Cheng, T. C. E. (2015), "A tabu search/path relinking algorithm to solve the job shop scheduling
problem", doi:10.1016/j.cor.2014.08.006.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from plantwright.optimise.schedule.jobshop.shop import JobShop
from plantwright.problems.schedule import Ints

NEAREST = 0.1
"""Two schedules that differ in less than this share of the operations count as the same. [-]"""


@dataclass(frozen=True, slots=True, eq=False)
class Elite:
    """A schedule: modes, and an order in which none is before what it waits for. (N,) int64 each."""

    makespan: int
    mode: Ints
    order: Ints
    left: Ints
    """What is left of each operation on its machine; N for none. (N,) int64"""


def elite(shop: JobShop, makespan: int, mode: Ints, order: Ints) -> Elite:
    """The schedule with what stands left of what."""
    N = len(order)
    machine = shop.machine[mode[order]]
    by_line = np.argsort(machine, kind="stable")
    ranked, line = order[by_line], machine[by_line]
    left = np.full(N, N, np.int64)
    same = line[1:] == line[:-1]
    left[ranked[1:][same]] = ranked[:-1][same]
    return Elite(makespan, mode.copy(), order.copy(), left)


def distance(one: Elite, other: Elite) -> int:
    """So many operations have another mode, or another one before them."""
    return int(((one.left != other.left) | (one.mode != other.mode)).sum())


def between(one: Elite, other: Elite, share: float, random: np.random.Generator) -> tuple[Ints, Ints]:
    """Modes and order of a schedule between two others: ``share`` of the way from the one to the other.

    Every operation stands where the mean of its two ranks puts it, so that whatever both agree on remains, the order in
    the jobs too: no repair is needed.
    """
    N = len(one.order)
    rank = np.empty((2, N))
    rank[0, one.order] = rank[1, other.order] = np.arange(N)
    order = np.argsort((1.0 - share) * rank[0] + share * rank[1], kind="stable")
    mode = np.where(random.random(N) < share, other.mode, one.mode)
    return mode, order


@dataclass(slots=True)
class Elites:
    """At most so many schedules, none much like another, the best first."""

    room: int
    kept: list[Elite] = field(default_factory=list)

    def add(self, new: Elite) -> bool:
        """Keep it where it is better than all that it is much like, or else than the last; whether it is kept."""
        twins = [old for old in self.kept if distance(old, new) <= NEAREST * len(new.order)]
        rivals = twins or self.kept[self.room - 1 :]
        if any(old.makespan <= new.makespan for old in rivals):
            return False
        self.kept = [old for old in self.kept if old not in rivals]
        self.kept.append(new)
        self.kept.sort(key=lambda each: each.makespan)
        return True
