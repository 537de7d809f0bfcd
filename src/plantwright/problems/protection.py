"""What can be bought against losses, and what each loss would do."""

from __future__ import annotations

from dataclasses import dataclass

from plantwright.problems.exposure import Floats, Indices


@dataclass(frozen=True)
class Scenario:
    """A loss that has to be survived: the part of the network that it touches, step by step.

    T steps, n items of this scenario, A ways among them, U rows of the bill.

    Attributes
    ----------
    items
        Which items of all. (n,) int64
    demand, arriving
        What customers take, and what is under way. (T, n) float64 [pieces]
    stock
        On the shelves today. (n,) float64 [pieces]
    gives
        The item (of this scenario) that each way gives. (A,) int64
    capacity
        What each way can give in each step. (T, A) float64 [pieces]
    most_made
        What may be made of each item until the end of each step, so that no more is taken of what is not in this
        scenario than is planned; infinite where nothing bounds it. (T, n) float64 [pieces]
    uses, pieces
        Rows of the bill: way, item of this scenario; pieces per piece. (U, 2) int64, (U,) float64
    gains
        Option, way, and what the way can give more in each step with it: (T,) float64 [pieces].
    """

    items: Indices
    demand: Floats
    arriving: Floats
    stock: Floats
    gives: Indices
    capacity: Floats
    most_made: Floats
    uses: Indices
    pieces: Floats
    gains: tuple[tuple[int, int, Floats], ...] = ()


@dataclass(frozen=True)
class ProtectionProblem:
    """Stock and options from which the cheapest protection is chosen.

    Attributes
    ----------
    stock_cost
        Of one piece more of each item, held for a year; infinite where no more can be kept. (I,) float64 [money]
    option_cost
        Of each option in a year. (K,) float64 [money]
    scenarios
        Every loss, none of which may leave a customer waiting.
    """

    stock_cost: Floats
    option_cost: Floats
    scenarios: tuple[Scenario, ...]


@dataclass(frozen=True)
class ProtectionPlan:
    """What to buy.

    Attributes
    ----------
    stock
        Pieces more of each item. (I,) float64
    options
        Which options. (K,) bool
    cost, bound
        A year of it, and what no protection can cost less than. [money]
    """

    stock: Floats
    options: Indices
    cost: float
    bound: float
