"""Making: where else an item can be made, for how much, and what more capacity takes."""

from __future__ import annotations

from plantwright.model.record import Id, Record
from plantwright.units import Duration, Mass, Money, Rate


class Expansion(Record):
    """A step of capacity that can be bought."""

    adds: Rate
    """Capacity it adds."""
    cost: Money
    """What it costs, once."""
    takes: Duration | None = None
    """From payment until it is there; at once when left out. A part of a year counts as a whole one."""
    life: Duration | None = None
    """Time of use in which its value is lost evenly: what is left when the plan ends counts as money. Nothing is left
    when left out."""


class Making(Record):
    """One site's way to make an item, at the plant or at a partner."""

    item: Id
    """What is made."""
    site: Id
    """Where."""
    cost: Money | None = None
    """Conversion cost of a piece: wages, energy and machines, without material."""
    capacity: Rate | None = None
    """Pieces it can make per time; without limit when left out."""
    expansions: dict[Id, Expansion] = {}
    """Steps of capacity that can be bought, one after the other."""
    transfer_price: Money | None = None
    """What another site of the group is invoiced for a piece; without it, what it takes at invoice is not known."""
    lead_time: Duration | None = None
    """From order to delivery."""
    carbon: Mass | None = None
    """CO2-equivalent of making a piece, without material."""
    qualification_cost: Money | None = None
    """What it costs to begin making it there, once."""
