"""Buffers of demand-driven planning: three zones of stock, and when to order how much.

References
----------
C. Ptak, C. Smith (2016), Demand Driven Material Requirements Planning (DDMRP), Industrial Press, ISBN
978-0-8311-3598-0, chapters 7 (zones) and 9 (net flow). The factors are judgements: they rest on tables, not on a law of
chance; on what they assure in truth see the replay of the plan.
"""

from __future__ import annotations

from typing import NamedTuple


class Zones(NamedTuple):
    """The zones of a buffer, from the bottom. [pieces]

    Attributes
    ----------
    red : float
        Safety: stock that is meant to stay.
    yellow : float
        What is used while an order is under way.
    green : float
        The size of an order, and so how often one is placed.
    """

    red: float
    yellow: float
    green: float

    @property
    def order_point(self) -> float:
        """At or below this net flow an order is placed: the top of yellow. [pieces]"""
        return self.red + self.yellow

    @property
    def top(self) -> float:
        """An order reaches up to here: the top of green. [pieces]"""
        return self.red + self.yellow + self.green

    @property
    def mean_stock(self) -> float:
        """Stock that is expected on hand on average: red and half of green. [pieces]"""
        return self.red + self.green / 2.0


def buffer_zones(
    usage: float,
    lead_time: float,
    *,
    lead_time_factor: float,
    variability_factor: float,
    minimum: float = 0.0,
    cycle: float = 0.0,
) -> Zones:
    """The zones of a buffer.

    Parameters
    ----------
    usage
        Mean use a day. [pieces/d], >= 0
    lead_time
        Longest time without a buffer on the way to this one (decoupled lead time). [d], >= 0
    lead_time_factor
        Share of the use in the lead time that an order covers and red begins with: 0.2 to 0.4 for long lead times, 0.6
        to 1 for short ones. [-]
    variability_factor
        What is added to red, as a share of it: 0 to 0.4 for steady use, 0.6 to 1 for unsteady. [-]
    minimum
        Least order. [pieces]
    cycle
        Time between orders that is wanted. [d]

    Notes
    -----
    Yellow is the use in the lead time; red is yellow times the lead time factor, times one plus the variability factor;
    green is the largest of yellow times the lead time factor, the least order, and the use in a cycle.

    Examples
    --------
    Ten a day for twelve days, factors of a half, orders of fifty at least, one a week:

    >>> zones = buffer_zones(10.0, 12.0, lead_time_factor=0.5, variability_factor=0.5, minimum=50.0, cycle=7.0)
    >>> zones
    Zones(red=90.0, yellow=120.0, green=70.0)
    >>> zones.order_point, zones.top, zones.mean_stock
    (210.0, 280.0, 125.0)
    """
    yellow = usage * lead_time
    base = yellow * lead_time_factor
    return Zones(base * (1.0 + variability_factor), yellow, max(base, minimum, usage * cycle))


def net_flow(on_hand: float, on_order: float, due: float, spikes: float = 0.0) -> float:
    """Net flow position: stock and open orders less orders of customers that are due or stand out. [pieces]

    Parameters
    ----------
    on_hand, on_order
        Stock, and what has been ordered and has not come. [pieces]
    due
        Orders past due or due today. [pieces]
    spikes
        Later orders within the horizon of a spike that exceed its threshold. [pieces]
    """
    return on_hand + on_order - due - spikes


def to_order(zones: Zones, position: float) -> float:
    """Pieces to order at a net flow position: up to the top where it is not above the order point, else none. [pieces]

    >>> to_order(Zones(90.0, 120.0, 70.0), 205.0)
    75.0
    >>> to_order(Zones(90.0, 120.0, 70.0), 211.0)
    0.0
    """
    return zones.top - position if position <= zones.order_point else 0.0
