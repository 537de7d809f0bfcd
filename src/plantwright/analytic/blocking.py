"""How parts pass through a saturated network of single machines with finite room, blocking after service.

The rule of docs/mechanisms.md in its smallest form: a finished part stays on its machine until there is room in the
next queue or the next machine can take it now; freed room is passed upstream in the same instant; an assembly takes
its whole kit at its start; machines without a feeder are never short of parts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

IDLE, BUSY, BLOCKED = 0, 1, 2


class Floor(NamedTuple):
    """What is where: of each machine what it does and whether it is up, and the parts waiting after it."""

    doing: tuple[int, ...]
    up: tuple[bool, ...]
    waiting: tuple[int, ...]


@dataclass(frozen=True)
class SaturatedNetwork:
    """Single machines 0 .. M - 1, each feeding at most one other; several feeders of one machine make a kit.

    Attributes
    ----------
    into : (M,) tuple of int
        The machine that each feeds; -1 leaves the plant.
    rooms : (M,) tuple of int
        Room of the queue between each machine and the one it feeds; unused where ``into`` is -1. [parts]
    """

    into: tuple[int, ...]
    rooms: tuple[int, ...]

    @cached_property
    def feeders(self) -> tuple[tuple[int, ...], ...]:
        """The machines that feed each machine. (M,)"""
        machines = range(len(self.into))
        return tuple(tuple(feeder for feeder in machines if self.into[feeder] == machine) for machine in machines)

    def start(self) -> Floor:
        """Empty queues, every machine up, the saturated ones working."""
        count = len(self.into)
        return self.settle([IDLE] * count, (True,) * count, [0] * count)

    def after_completion(self, floor: Floor, *finished: int) -> Floor:
        """The floor once the parts on the ``finished`` machines are done and everything that can move has moved."""
        doing = list(floor.doing)
        for machine in finished:
            doing[machine] = BLOCKED
        return self.settle(doing, floor.up, list(floor.waiting))

    def settle(self, doing: list[int], up: tuple[bool, ...], waiting: list[int]) -> Floor:
        """Move parts until nothing can move. ``doing`` and ``waiting`` are overwritten."""
        moved = True
        while moved:
            moved = False
            for machine in range(len(doing)):
                moved |= self._release(machine, doing, waiting) or self._begin(machine, doing, waiting)
        return Floor(tuple(doing), up, tuple(waiting))

    def _release(self, machine: int, doing: list[int], waiting: list[int]) -> bool:
        if doing[machine] != BLOCKED:
            return False
        if self.into[machine] >= 0:
            if waiting[machine] >= self.rooms[machine]:
                return False
            waiting[machine] += 1
        doing[machine] = IDLE
        return True

    def _begin(self, machine: int, doing: list[int], waiting: list[int]) -> bool:
        feeders = self.feeders[machine]
        if doing[machine] != IDLE or not all(waiting[feeder] or doing[feeder] == BLOCKED for feeder in feeders):
            return False
        for feeder in feeders:
            if waiting[feeder]:
                waiting[feeder] -= 1
            else:
                doing[feeder] = IDLE  # no room between: handed over machine to machine
        doing[machine] = BUSY
        return True
