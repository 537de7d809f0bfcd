"""A supply network over time: what is there, what comes when, what can be had in each step."""

from __future__ import annotations

from dataclasses import dataclass

from plantwright.problems.exposure import Floats, Indices


@dataclass(frozen=True)
class PhasedProblem:
    """Items and the ways to get them, step by step.

    T steps, I items (what is made comes before what goes into it), A ways, U rows of the bill.

    Attributes
    ----------
    demand
        What customers take; what is not delivered in its step is lost. (T, I) float64 [pieces]
    plan
        What the plant means to make of what customers take. (T, I) float64 [pieces]
    stock
        On the shelves at the beginning. (I,) float64 [pieces]
    arriving
        Deliveries that are on their way. (T, I) float64 [pieces]
    margin
        What is lost with a piece that is not delivered. (I,) float64 [money/piece]
    gives
        The item that each way gives; ways to the same item stand in the order in which they are preferred. (A,) int64
    capacity
        What each way can give in each step, infinite where nothing bounds it. (T, A) float64 [pieces]
    uses
        Rows of the bill: way, item that it takes. (U, 2) int64
    pieces
        Pieces taken per piece given. (U,) float64 [-]
    """

    demand: Floats
    plan: Floats
    stock: Floats
    arriving: Floats
    margin: Floats
    gives: Indices
    capacity: Floats
    uses: Indices
    pieces: Floats


@dataclass(frozen=True)
class Course:
    """What happens in the network, step by step.

    Attributes
    ----------
    unmet
        Pieces that are not delivered. (T, I) float64 [pieces]
    made
        Pieces that each way gives. (T, A) float64 [pieces]
    stock
        On the shelves at the end of each step. (T, I) float64 [pieces]
    short_of
        The item that kept production below its plan, -1 where nothing did. (T,) int64
    loss
        Margin of what is not delivered. [money]
    """

    unmet: Floats
    made: Floats
    stock: Floats
    short_of: Indices
    loss: float
