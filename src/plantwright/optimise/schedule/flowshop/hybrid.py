"""A hybrid flow shop searched from one side: first for an order, then in full."""

from __future__ import annotations

import heapq

import numpy as np

from plantwright.optimise.schedule.flowshop import arrival, cooling
from plantwright.optimise.schedule.flowshop.chance import state_of
from plantwright.optimise.schedule.flowshop.plan import Plan
from plantwright.optimise.schedule.flowshop.shop import FlowShop

STEPS = 15_000_000
"""Jobs put on a stage in one step of the search for an order, about, at most. [-]"""
MOVES = 1_000_000
"""Moves in one step of the search in full, about, at most. [-]"""
STEPS_PER_SIZE, MOVES_PER_SIZE = 500, 100
"""And in small shops, times the square of the jobs, times the stages. [-]"""
LONG = 80
"""Where machines have more jobs than that, a move takes longer. [-]"""
MOST_BUILT = 300_000_000
"""An order is built job by job where it takes fewer such steps. [-]"""
MOVES_PER_JOB = 4
"""Moves at a stage before the next one. [-]"""
ORDERS = (8, 24)
"""Steps of the search for an order in the first phases; later ones search in full alone. [-]"""
CYCLES = (16, 32)
"""Steps from warm to cold in the first phases; the last number holds on. [-]"""
WIDTHS = (0.005, 0.003, 0.008)
"""Taken in turn: how near to the longest path paths are that count, as a share. [-]"""
WARM, COLD = 1.7, 0.5
WARMTH = 0.02
"""How much worse an order may be that is kept, in mean times of operations. [-]"""


def served(shop: FlowShop, order: list[int]) -> Plan:
    """What comes of an order: whoever comes first to a stage takes the machine that is free first."""
    ready, stages = [0] * len(order), list[list[list[int]]]()
    for stage, m in enumerate(shop.machines.tolist()):
        lag, time = shop.lag[stage].tolist(), shop.time[stage].tolist()
        ready = [at + wait for at, wait in zip(ready, lag)]
        if stage:
            order = sorted(order, key=ready.__getitem__)
        free = [(0, machine) for machine in range(m)]
        lines: list[list[int]] = [[] for _ in range(m)]
        for job in order:
            at, machine = heapq.heappop(free)
            ready[job] = max(at, ready[job]) + time[job]
            heapq.heappush(free, (ready[job], machine))
            lines[machine].append(job)
        stages.append(lines)
    longest = max(at + wait for at, wait in zip(ready, shop.lag[-1].tolist()))
    return Plan(longest, tuple(stages))


class HybridSide:
    """One of two searches that run beside each other: of the shop, or of the shop run backwards.

    It goes by steps of about the same length. What it does in a step depends on the number of the step only.
    """

    def __init__(self, shop: FlowShop, backwards: bool, seed: int) -> None:
        self.backwards = backwards
        self.shop = shop.reversed() if backwards else shop
        state = state_of(seed, int(backwards))
        S, J = shop.time.shape
        size = J * J * S
        self.floor = cooling.floor_of(self.shop, state)
        order = np.argsort(-self.shop.time.sum(axis=0), kind="stable").astype(np.int64)
        self.arrival = arrival.arrival_of(self.shop, order, state)
        self.best = served(self.shop, order.tolist())
        self.builds = J * size // 2 < MOST_BUILT
        self.rounds = max(1, min(STEPS, STEPS_PER_SIZE * size) // ((J // arrival.TRIES + 2) * J * J * S))
        self.moves = MOVES_PER_JOB * J
        long = max(1, J // (LONG * int(shop.machines.min())))
        self.sweeps = max(1, min(MOVES // long, MOVES_PER_SIZE * size) // (self.moves * (2 * S - 1)))
        self.phase, self.at, self.orders = 0, 0, 0 if not self.builds else ORDERS[0]
        self.start = self.best

    @property
    def plan(self) -> Plan:
        """The best schedule so far, forwards."""
        return self.best.reversed() if self.backwards else self.best

    @property
    def is_at_rest(self) -> bool:
        """Whether a phase has just ended: now both sides may learn from each other."""
        return self.at == 0

    def offer(self, plan: Plan) -> None:
        """A schedule from elsewhere, forwards; taken if it is better."""
        if plan.value < self.best.value:
            self.best = plan.reversed() if self.backwards else plan

    def step(self) -> None:
        """The next step."""
        cycle = CYCLES[min(self.phase, len(CYCLES) - 1)]
        if self.at < self.orders:
            self._seek_order()
        else:
            self._cool(self.at - self.orders, cycle)
        self.at += 1
        if self.at == self.orders + cycle:
            self.phase, self.at = self.phase + 1, 0
            self.orders = ORDERS[self.phase] if self.builds and self.phase < len(ORDERS) else 0

    def _seek_order(self) -> None:
        warmth = max(1e-9, WARMTH * float(self.shop.time.mean()))
        arrival.iterate(self.arrival, self.rounds, warmth)
        self.start = served(self.shop, self.arrival.best.tolist())
        if self.start.value < self.best.value:
            self.best = self.start

    def _cool(self, step: int, steps: int) -> None:
        if step == 0:
            self._load(self.start if self.orders else self.best)
        fall = (COLD / WARM) ** (1.0 / steps)
        warm = WARM * fall**step
        width = WIDTHS[(self.phase + self.backwards) % len(WIDTHS)]
        cooling.cool(self.floor, self.sweeps, self.moves, width, warm, warm * fall, step == 0)
        if int(self.floor.value[cooling.BEST]) < self.best.value:
            self.best = self._unloaded()

    def _load(self, plan: Plan) -> None:
        floor = self.floor
        for stage, lines in enumerate(plan.lines):
            for machine, line in enumerate(lines):
                floor.best_line[stage, machine, : len(line)] = line
                floor.best_number[stage, machine] = len(line)
        floor.value[:] = plan.value

    def _unloaded(self) -> Plan:
        floor = self.floor
        lines = [
            [floor.best_line[stage, machine, : floor.best_number[stage, machine]].tolist() for machine in range(m)]
            for stage, m in enumerate(self.shop.machines.tolist())
        ]
        return Plan(int(floor.value[cooling.BEST]), tuple(lines))
