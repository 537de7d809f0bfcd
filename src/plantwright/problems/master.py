"""A master schedule levelled against capacity, in arrays.

Axes: P things that are sold, K stations, T periods, L periods before a receipt.
"""

from __future__ import annotations

from dataclasses import dataclass

from plantwright.problems.materials import Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class MasterProblem:
    """What is wanted, and what making it takes.

    Attributes
    ----------
    demand : ndarray
        What customers want. (P, T) int64 [pieces]
    stock : ndarray
        On hand at the start, less the safety stock. (P,) int64 [pieces]
    scheduled : ndarray
        Open orders by the period in which they come. (P, T) int64 [pieces]
    earliest : ndarray
        First period in which something new can come. (P,) int64 [periods]
    hours : ndarray
        Hours of each station in a piece, components included, by how many periods before the receipt they fall.
        (K, P, L) float64 [h]
    capacity : ndarray
        Hours that there are. (K, T) float64 [h]
    holding : ndarray
        Of a piece held for a period. (P,) float64 [money], > 0
    late : float
        How many times as much a piece costs for each period that it is owed. [-], > 1
    """

    demand: Ints
    stock: Ints
    scheduled: Ints
    earliest: Ints
    hours: Floats
    capacity: Floats
    holding: Floats
    late: float
