"""Amounts instead of pieces, moved step by step through stages with rooms, places and stays."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, eq=False)
class Stage:
    """One step of the flow, in pieces and steps of the cyclic week.

    Attributes
    ----------
    capacity : (T,) floats
        Pieces that can start in each step: machines times minutes on shift over minutes a piece. [pieces]
    room_after : float
        Room of the stock between this stage and the one it feeds; 0 hands over directly. [pieces]
    residence : int
        Whole steps that a piece stays (cure, test, rest); 0 passes within the step. [steps]
    places : float
        Places to stay in, held until the piece can move on; used with a residence. [pieces]
    good : float
        Share of the pieces that go on. [-], 0 < good <= 1
    into : int, optional
        The stage it feeds, a later one; the next one if not given. The last stage leaves the flow.
    per : float
        Pieces of this stage in one piece of the stage it feeds; several feeders of one stage make a kit. [-], > 0
    """

    capacity: ArrayLike
    room_after: float = math.inf
    residence: int = 0
    places: float = math.inf
    good: float = 1.0
    into: int | None = None
    per: float = 1.0


def target_of(stages: Sequence[Stage], index: int) -> int | None:
    """The stage that ``index`` feeds; None leaves the flow."""
    if index == len(stages) - 1:
        return None
    into = stages[index].into
    target = index + 1 if into is None else into
    if not index < target < len(stages):
        raise ValueError(f"stage {index} feeds {target}: it must feed a later one, at most {len(stages) - 1}")
    return target


class Flow:
    """The amounts in stocks and places while the weeks go by."""

    def __init__(self, stages: Sequence[Stage]) -> None:
        count = len(stages)
        self.stages = stages
        self.targets = [target_of(stages, index) for index in range(count)]
        self.feeders = [[feeder for feeder in range(count) if self.targets[feeder] == index] for index in range(count)]
        self.capacity = np.array([np.asarray(stage.capacity, dtype=np.float64) for stage in stages]).T.tolist()
        self.weekly_capacity = np.array([self._limit(index) for index in range(count)])
        self.stock = [0.0] * count  # after each stage
        self.taken = [0.0] * count  # places, done ones included
        self.done = [0.0] * count  # stayed long enough, waiting to move on
        self.staying = [deque([0.0] * stage.residence) for stage in stages]
        self.started = np.zeros(count)
        self.highest_stock = [0.0] * count
        self.highest_places = [0.0] * count

    def _limit(self, index: int) -> float:
        stage = self.stages[index]
        profile = np.asarray(stage.capacity, dtype=np.float64)
        by_places = stage.places * len(profile) / stage.residence if stage.residence else math.inf
        return min(float(profile.sum()), by_places)

    def week(self) -> NDArray[np.float64]:
        """Run one week; stocks, places, starts and last of all the pieces that left. (3 S + 1,)"""
        count = len(self.stages)
        self.highest_stock, self.highest_places = list(self.stock), list(self.taken)
        self.started = np.zeros(count)
        left = 0.0
        for limits in self.capacity:
            starts, leaves = self._step(limits)
            self.started += starts
            left += leaves[-1]
            for index in range(count):
                self.highest_stock[index] = max(self.highest_stock[index], self.stock[index])
                self.highest_places[index] = max(self.highest_places[index], self.taken[index])
        return np.array([*self.stock, *self.taken, *self.started, left])

    def _step(self, limits: list[float]) -> tuple[list[float], list[float]]:
        """One step: the most that could move, downstream, then the most that has room, upstream; then move it."""
        starts, leaves = self._offered(limits)
        for index in reversed(range(len(self.stages))):
            stage, target = self.stages[index], self.targets[index]
            if target is not None:
                room = stage.room_after - self.stock[index] + starts[target] * stage.per
                leaves[index] = min(leaves[index], max(0.0, room / stage.good))
            if stage.residence:
                starts[index] = min(starts[index], max(0.0, stage.places - self.taken[index] + leaves[index]))
            else:
                starts[index] = leaves[index]
        self._move(starts, leaves)
        return starts, leaves

    def _offered(self, limits: list[float]) -> tuple[list[float], list[float]]:
        """What each stage could start and pass on if there were room for it everywhere."""
        starts: list[float] = []
        leaves: list[float] = []
        for index, stage in enumerate(self.stages):
            start = limits[index]
            for feeder in self.feeders[index]:
                supply = self.stages[feeder]
                start = min(start, (self.stock[feeder] + leaves[feeder] * supply.good) / supply.per)
            if stage.residence:
                self.done[index] += self.staying[index].popleft()
            starts.append(start)
            leaves.append(self.done[index] if stage.residence else start)
        return starts, leaves

    def _move(self, starts: list[float], leaves: list[float]) -> None:
        for index, stage in enumerate(self.stages):
            if stage.residence:
                self.staying[index].append(starts[index])
                self.done[index] -= leaves[index]
                self.taken[index] += starts[index] - leaves[index]
            target = self.targets[index]
            if target is not None:
                stock = self.stock[index] + leaves[index] * stage.good - starts[target] * stage.per
                self.stock[index] = max(0.0, stock)
