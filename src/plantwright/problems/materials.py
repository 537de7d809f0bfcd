"""Material requirements planning in arrays: what is wanted, there and under way, and what is planned.

Periods are equal buckets, numbered from 0, which begins today. What is received in a period can be used in it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Lots = Callable[[Ints], Ints]
"""A lot rule: net requirements by period in, planned receipts by period out, never less in total up to any period.
(T,) int64 [pieces]"""


@dataclass(frozen=True, slots=True, eq=False)
class Bill:
    """What goes into what, arc by arc.

    Attributes
    ----------
    parent, child : ndarray
        Items of each arc. (A,) int64
    pieces : ndarray
        Pieces of the child in a good piece of the parent, scrap and rework counted. (A,) float64 [pieces], > 0
    """

    parent: Ints
    child: Ints
    pieces: Floats


@dataclass(frozen=True, slots=True, eq=False)
class MaterialsProblem:
    """What material requirements planning reads.

    Attributes
    ----------
    bill : Bill
        What goes into what; without a cycle.
    demand : ndarray
        What customers want: forecast and orders. (I, T) int64 [pieces]
    stock : ndarray
        On hand at the start; below 0 where customers wait. (I,) int64 [pieces]
    scheduled : ndarray
        Open orders by the period in which they come. (I, T) int64 [pieces]
    safety : ndarray
        Stock that shall be left at the end of each period. (I,) int64 [pieces]
    lead : ndarray
        Periods from the release of an order to its receipt. (I,) int64 [periods]
    earliest : ndarray
        First period in which a new order may come: its lead time, or later where the plan is frozen. (I,) int64
        [periods], >= lead
    """

    bill: Bill
    demand: Ints
    stock: Ints
    scheduled: Ints
    safety: Ints
    lead: Ints
    earliest: Ints


@dataclass(frozen=True, slots=True, eq=False)
class MaterialsPlan:
    """What is planned, item by item and period by period.

    Attributes
    ----------
    level : ndarray
        Low-level code: 0 of what goes into nothing, else one more than the highest of what it goes into. (I,) int64
    dependent : ndarray
        Pieces of the child that the planned orders of the parent take, by arc of the bill. (A, T) int64 [pieces]
    gross : ndarray
        Everything that is wanted of an item: demand and what parents take. (I, T) int64 [pieces]
    net : ndarray
        What neither stock nor open orders cover, as soon as it can be had. (I, T) int64 [pieces]
    receipts, releases : ndarray
        Planned orders by the period in which they come, and are released. (I, T) int64 [pieces]
    projected : ndarray
        Stock at the end of each period, below 0 where something is late. (I, T) int64 [pieces]
    """

    level: Ints
    dependent: Ints
    gross: Ints
    net: Ints
    receipts: Ints
    releases: Ints
    projected: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Pegs:
    """Which supply serves which requirement, one row for each pair.

    Attributes
    ----------
    item : ndarray
        Item. (K,) int64
    supply : ndarray
        ``ON_HAND``, ``OPEN`` or ``PLANNED``. (K,) int64
    received : ndarray
        Period in which the supply comes; 0 of what is on hand. (K,) int64
    arc : ndarray
        Arc of the bill along which it is taken; -1 by customers. (K,) int64
    needed : ndarray
        Period in which it is taken. (K,) int64
    pieces : ndarray
        How many. (K,) int64 [pieces], > 0
    """

    item: Ints
    supply: Ints
    received: Ints
    arc: Ints
    needed: Ints
    pieces: Ints


ON_HAND, OPEN, PLANNED = range(3)
"""Kinds of supply, in the order in which they are used."""
CUSTOMERS = -1
"""In place of an arc: what customers take."""
