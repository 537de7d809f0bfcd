"""What the searches of flow shops hand each other: who runs on which machine in which order, and when that is."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from plantwright.optimise.schedule.flowshop.shop import FlowShop
from plantwright.problems.schedule import Ints

Lines = tuple[list[list[int]], ...]
"""Of each stage, of each machine, its jobs in order."""


class Plan(NamedTuple):
    """A schedule by what it comes to and who runs where in which order."""

    value: int
    lines: Lines

    def reversed(self) -> Plan:
        """The same, run backwards."""
        return Plan(self.value, tuple([line[::-1] for line in stage] for stage in self.lines[::-1]))


def starts(shop: FlowShop, lines: Lines) -> Ints:
    """When each job starts at each stage, as early as the orders allow. (S, J) int64 [tick]"""
    if shop.waiting != "free":
        return _tight_starts(shop, lines[0][0])
    S, J = shop.time.shape
    start = np.zeros((S, J), np.int64)
    ready = np.zeros(J, np.int64)
    for stage, machines in enumerate(lines):
        ready = ready + shop.lag[stage]
        for line in machines:
            free, before = 0, shop.setup.shape[1]
            for job in line:
                free = max(free + int(shop.setup[before, shop.kind[job], stage]), int(ready[job]))
                start[stage, job] = free
                free += int(shop.time[stage, job])
                before = shop.kind[job]
        ready = start[stage] + shop.time[stage]
    return start


def _tight_starts(shop: FlowShop, order: list[int]) -> Ints:
    """Starts where jobs cannot wait between machines, or hold the machine they are on."""
    S, J = shop.time.shape
    start, free = np.zeros((S, J), np.int64), np.zeros(S, np.int64)
    for job in order:
        time = shop.time[:, job]
        if shop.waiting == "none":
            past = np.cumsum(time) - time
            start[:, job] = max(int(shop.lag[0, job]), int((free - past).max())) + past
            free = start[:, job] + time
            continue
        now = int(shop.lag[0, job])
        for stage in range(S):
            start[stage, job] = now = max(now, int(free[stage]))
            now += int(time[stage])
        free = np.append(start[1:, job], now)
    return start


def value(shop: FlowShop, start: Ints) -> int:
    """What is sought, by the starts."""
    done = start[-1] + shop.time[-1]
    if shop.objective == "makespan":
        return int(done.max())
    since = shop.lag[0] if shop.objective == "flow" else shop.due
    return int((shop.weight * np.maximum(0, done - since)).sum())
