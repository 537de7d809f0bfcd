"""A supply network that may lose nodes: what goes into what, who makes it, what lies in stock, what is earned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]


@dataclass(frozen=True)
class ExposureProblem:
    """Items, the ways to get them, and the nodes (suppliers, sites, lanes) that ways pass.

    I items, A ways (an offer, a plant that makes an item), N nodes, U rows of the bill, V rows of the passing. Time is
    in periods of any length, the same everywhere.

    Attributes
    ----------
    demand
        What customers take. (I,) float64 [pieces/period], >= 0
    stock
        What lies there when the outage begins, under way to customers or in the plant. (I,) float64 [pieces], >= 0
    margin
        What is lost with a piece that is not delivered. (I,) float64 [money/piece], >= 0
    gives
        The item that each way gives. (A,) int64
    capacity
        What it can give; infinite where nothing bounds it. (A,) float64 [pieces/period]
    uses
        Rows of the bill: way, item that it takes. (U, 2) int64
    pieces
        Pieces taken per piece given. (U,) float64 [-], > 0
    passes
        Rows: way, node that it passes; without the node the way gives nothing. (V, 2) int64
    node_capacity
        What all ways through a node can give together, each piece counted once. (N,) float64 [pieces/period]
    """

    demand: Floats
    stock: Floats
    margin: Floats
    gives: Indices
    capacity: Floats
    uses: Indices
    pieces: Floats
    passes: Indices
    node_capacity: Floats


class Cut(NamedTuple):
    """An outage: all its nodes are lost at once and give nothing until the recovery."""

    nodes: tuple[int, ...]
    recovery: float
    """Time to recover. [periods]"""


@dataclass(frozen=True)
class Exposure:
    """What outages cost and how long the network stands them, C outages.

    Attributes
    ----------
    loss
        Least margin lost until the recovery. (C,) float64 [money]
    survival
        Longest time in which nothing has to be lost, infinite where nothing ever is. (C,) float64 [periods]
    unmet
        Pieces that are not delivered until the recovery where the least margin is lost. (C, I) float64 [pieces]
    solved
        How many linear programmes were solved; the other outages were proven not to matter. [-]
    """

    loss: Floats
    survival: Floats
    unmet: Floats
    solved: int

    @property
    def index(self) -> Floats:
        """Risk exposure index: the loss as a share of the largest one. (C,) float64 [-]"""
        most = float(self.loss.max(initial=0.0))
        return self.loss / most if most > 0 else np.zeros_like(self.loss)
