"""A permutation flow shop searched by one of two searches beside each other."""

from __future__ import annotations

import numpy as np

from plantwright.optimise.schedule.flowshop import line
from plantwright.optimise.schedule.flowshop.chance import state_of
from plantwright.optimise.schedule.flowshop.plan import Plan
from plantwright.optimise.schedule.flowshop.shop import FlowShop

STEPS = 25_000_000
"""Jobs put on a stage in one step, about, at most. [-]"""
STEPS_PER_SIZE = 1_000
"""And in small shops, times the square of the jobs, times the stages. [-]"""
MOST_BUILT = 200_000_000
"""An order is built job by job where it takes fewer such steps. [-]"""
DESTROYED = 4
WARMTH = 0.05
"""How much worse an order may be that is kept, in mean times of operations. [-]"""
PHASE = 160
"""Steps between two looks at what the other search has found. [-]"""


class OrderSide:
    """One of two searches for an order; they differ by their random numbers only."""

    def __init__(self, shop: FlowShop, number: int, seed: int) -> None:
        S, J = shop.time.shape
        quick = shop.objective == "makespan" and shop.waiting == "free"
        self.per_insert = 3 * J * S if quick else J * J * S // 2 + 1
        self.line = line.line_of(shop, first_order(shop), state_of(seed, number))
        line.measure(self.line)
        steps = min(STEPS, STEPS_PER_SIZE * J * J * S)
        self.tries = max(1, min(10 * J, steps // self.per_insert - DESTROYED))
        self.rounds = max(1, steps // ((DESTROYED + min(self.tries, 2 * J)) * self.per_insert))
        spread = 1.0 if shop.objective == "makespan" else float(shop.weight.sum()) / 20.0
        self.warmth = max(1e-9, WARMTH * float(shop.time.mean()) * spread)
        self.stages, self.at = S, 0

    @property
    def plan(self) -> Plan:
        """The best order so far, at every stage."""
        order = self.line.best.tolist()
        return Plan(int(self.line.value[line.BEST]), ([order],) * self.stages)

    @property
    def is_at_rest(self) -> bool:
        """Whether the two searches may learn from each other now."""
        return self.at % PHASE == 0

    def offer(self, plan: Plan) -> None:
        """An order from elsewhere; gone on from if it is better than all that was found here."""
        if plan.value < self.line.value[line.BEST]:
            self.line.order[:] = plan.lines[0][0]
            line.measure(self.line)

    def step(self) -> None:
        """The next step."""
        J = len(self.line.order)
        if self.at == 0 and self.per_insert * J // 3 < MOST_BUILT:
            line.build(self.line)
            line.measure(self.line)
        else:
            line.iterate(self.line, self.rounds, DESTROYED, self.tries, self.warmth)
        self.at += 1


def first_order(shop: FlowShop) -> np.ndarray:
    """The longest jobs first for the makespan (as in NEH), else by due date, or the shortest and weightiest first."""
    total = shop.time.sum(axis=0)
    if shop.objective == "tardiness":
        return np.lexsort((total, shop.due)).astype(np.int64)
    if shop.objective == "flow":
        return np.argsort(total / np.maximum(1, shop.weight), kind="stable").astype(np.int64)
    return np.argsort(-total, kind="stable").astype(np.int64)
