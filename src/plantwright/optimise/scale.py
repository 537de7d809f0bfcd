"""Scales in which programmes count, so that their numbers stay near one, whether screws or engines are meant."""

from __future__ import annotations

import numpy as np

from plantwright.problems.exposure import Floats, Indices


def throughput(demand: Floats, gives: Indices, uses: Indices, pieces: Floats) -> Floats:
    """What flows of each item where all demand is met, or about so much; 0 of what nobody needs.

    Parameters
    ----------
    demand
        What customers take. (I,) float64 [pieces]
    gives
        The item that each way gives. (A,) int64
    uses, pieces
        Rows of the bill: way, item that it takes, (U, 2) int64; pieces taken per piece given, (U,) float64. [-]

    Returns
    -------
    (I,) float64 [pieces]

    Examples
    --------
    Ten tables are wanted; the first way makes them of four legs each, the second gives legs:

    >>> throughput(np.array([10.0, 0.0]), np.array([0, 1]), np.array([[0, 1]]), np.array([4.0])).tolist()
    [10.0, 40.0]
    """
    flow = np.asarray(demand, dtype=float).copy()
    way, item = uses.T
    for _ in range(len(flow)):
        before = flow.copy()
        np.maximum.at(flow, item, flow[gives[way]] * pieces)
        if np.array_equal(before, flow):
            break
    return flow


def sizes(demand: Floats, gives: Indices, uses: Indices, pieces: Floats) -> Floats:
    """The same as a scale: 1 for what nobody needs. (I,) float64 [pieces]"""
    flow = throughput(demand, gives, uses, pieces)
    return np.where(flow > 0, flow, 1.0)
