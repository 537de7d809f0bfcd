"""Lot sizing: what has to be made in which period and lot, on resources whose time is short.

Periods are equal buckets, numbered from 0. What is started in a period takes the resource's time then and can be used
``lead`` periods later, so without a lead time in the same period.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plantwright.problems.materials import Bill

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class LotProblem:
    """Items that share resources: I items, T periods, R resources.

    Attributes
    ----------
    demand : ndarray
        What customers take. (I, T) float64 [pieces], >= 0
    holding : ndarray
        Cost of a piece in stock at the end of a period. (I,) float64 [money/piece], >= 0
    setup_cost : ndarray
        Cost of making an item in a period at all. (I,) float64 [money], >= 0
    setup_time : ndarray
        Time that this takes. (R, I) float64 [time], >= 0
    unit_time : ndarray
        Time for a piece. (R, I) float64 [time/piece], >= 0
    capacity : ndarray
        Time that there is. (R, T) float64 [time], >= 0
    stock : ndarray or None
        At the start; None where there is nothing. (I,) float64 [pieces], >= 0
    lead : ndarray or None
        Periods from the start of a lot to its use; None where it is none. (I,) int64 [periods], >= 0
    bill : Bill or None
        What goes into what, taken when the parent is started; None where nothing goes into anything.
    """

    demand: Floats
    holding: Floats
    setup_cost: Floats
    setup_time: Floats
    unit_time: Floats
    capacity: Floats
    stock: Floats | None = None
    lead: Ints | None = None
    bill: Bill | None = None

    @property
    def items(self) -> int:
        return len(self.demand)

    @property
    def periods(self) -> int:
        return int(self.demand.shape[1])


@dataclass(frozen=True, slots=True)
class LotEffort:
    """How long to look. With ``seconds`` left out the same problem has the same plan, bit for bit.

    Attributes
    ----------
    rounds : int
        Parts of the plan that are freed and planned anew, one after the other. [-]
    nodes : int
        Nodes of the search tree each time a programme is solved. [-]
    bound_nodes : int
        Nodes of the tree that proves how good the plan is at best. [-]
    seconds : float
        Wall time after which the search ends with what it has. [s]
    threads : int
        2: plan and proof are sought at the same time. Without ``seconds`` it changes nothing but the time.
    """

    rounds: int = 60
    nodes: int = 200
    bound_nodes: int = 100
    seconds: float = math.inf
    threads: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class LotPlan:
    """What is made when, and how much better any other plan can be.

    Attributes
    ----------
    setups : ndarray
        Whether an item is made in a period. (I, T) bool
    started : ndarray
        Pieces started. (I, T) float64 [pieces]
    stock : ndarray
        At the end of each period. (I, T) float64 [pieces]
    overtime : ndarray
        Time beyond capacity: 0 where the demand can be met within it, else the least that meets it. (R, T) float64
        [time]
    setup_cost, holding_cost : float
        Of the plan. [money]
    lower_bound : float
        No plan within capacity costs less; infinite where it is proven that there is none. [money]
    """

    setups: Flags
    started: Floats
    stock: Floats
    overtime: Floats
    setup_cost: float
    holding_cost: float
    lower_bound: float

    @property
    def cost(self) -> float:
        return self.setup_cost + self.holding_cost

    @property
    def gap(self) -> float:
        """By how much of its cost the plan could be too dear at most; infinite for a plan that takes overtime. [-]"""
        if not self.is_within_capacity:
            return math.inf
        return max(0.0, self.cost - self.lower_bound) / self.cost if self.cost > 0.0 else 0.0

    @property
    def is_within_capacity(self) -> bool:
        return not bool(np.any(self.overtime > 1e-6))
