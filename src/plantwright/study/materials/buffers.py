"""Demand-driven buffers: red as safety stock, green as least order; yellow is what netting covers by itself."""

from __future__ import annotations

import math

import numpy as np

from plantwright.analytic.buffers import buffer_zones
from plantwright.study.materials.demanded import Demanded, Kept

SHORT_D, LONG_D = 14.0, 42.0
"""Lead times up to which they count as short, and from which as long. [d]"""
STEADY, UNSTEADY = 0.2, 0.5
"""Deviation over mean of a period's demand up to which it counts as steady, and from which as unsteady. [-]"""
LEAD_TIME = {"short": 0.8, "medium": 0.5, "long": 0.3}
"""Factor by length of the lead time: the middles of the published ranges. [-]"""
VARIABILITY = {"steady": 0.2, "medium": 0.5, "unsteady": 0.8}
"""Factor by steadiness of the demand: the middles of the published ranges. [-]"""


def demand_driven(demanded: Demanded) -> Kept:
    """The buffers of everything that the plan calls for.

    Notes
    -----
    Every item has a buffer, so that its own lead time is the decoupled one. A net flow at or below the top of yellow
    orders up to the top of green; netting against red with orders of at least green does the same period by period,
    since it looks a lead time ahead.
    """
    days, problem = demanded.planning.bucket_days, demanded.materials.problem
    stock, least = np.zeros(len(problem.stock)), {}
    for item, name in enumerate(demanded.materials.names):
        if not demanded.mean[item] or name in demanded.loops:
            continue
        lead_d = float(problem.lead[item]) * days
        zones = buffer_zones(
            float(demanded.mean[item]) / days,
            lead_d,
            lead_time_factor=LEAD_TIME[_length(lead_d)],
            variability_factor=VARIABILITY[_steadiness(float(demanded.deviation[item] / demanded.mean[item]))],
            cycle=float(days),
        )
        stock[item], least[item] = zones.red, math.ceil(zones.green)
    return Kept(stock, least)


def _length(lead_d: float) -> str:
    return "short" if lead_d <= SHORT_D else "long" if lead_d >= LONG_D else "medium"


def _steadiness(variation: float) -> str:
    return "steady" if variation <= STEADY else "unsteady" if variation >= UNSTEADY else "medium"
