"""Safety stock by guaranteed service: every stage promises a time within which it serves, and keeps the stock that it
takes to keep the promise.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class GuaranteeProblem:
    """Stages that buy, make or carry, and who serves whom: S stages, A arcs, time in whole periods.

    Attributes
    ----------
    time : ndarray
        From the moment when everything is there to the moment when a piece can be served. (S,) int64 [periods], >= 0
    price : ndarray
        Of a stage that covers one period: holding cost of a piece, times the deviation of a period's demand there,
        times the safety factor. n periods cost sqrt(n) times as much. (S,) float64 [money], >= 0
    upstream, downstream : ndarray
        Who serves whom, without a cycle. (A,) int64 each
    inbound : ndarray
        Time within which outside suppliers serve a stage; 0 where it has none. (S,) int64 [periods], >= 0
    promise : ndarray
        Longest time that a stage may quote; that of its customers where it has some, else any large number. (S,) int64
        [periods], >= 0
    """

    time: Ints
    price: Floats
    upstream: Ints
    downstream: Ints
    inbound: Ints
    promise: Ints

    @property
    def stages(self) -> int:
        return len(self.time)


@dataclass(frozen=True, slots=True, eq=False)
class Guarantees:
    """What every stage promises, and the time that its stock covers.

    Attributes
    ----------
    service : ndarray
        Time that a stage quotes to all that it serves. (S,) int64 [periods]
    inbound : ndarray
        Time until everything is there that it needs. (S,) int64 [periods]
    covered : ndarray
        inbound + time - service: the time whose demand the stock has to cover. (S,) int64 [periods], >= 0
    cost : float
        Of holding the safety stock. [money]
    lower_bound : float
        No promises cost less. [money]
    """

    service: Ints
    inbound: Ints
    covered: Ints
    cost: float
    lower_bound: float
