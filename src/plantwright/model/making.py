"""Making: where else an item can be made, for how much, and what more capacity takes."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from plantwright.model.record import Id, Record, unused
from plantwright.units import Duration, Mass, Money, Rate


class Expansion(Record):
    """A step of capacity that can be bought."""

    adds: Rate | None = unused()
    """Capacity it adds."""
    cost: Money | None = unused()
    """What it costs, once."""
    year: Annotated[int, Field(ge=1)] = unused(1)
    """First year of the plan in which it can be there."""


class Making(Record):
    """One site's way to make an item, at the plant or at a partner."""

    item: Id | None = unused()
    """What is made."""
    site: Id | None = unused()
    """Where."""
    cost: Money | None = unused()
    """Conversion cost of a piece: wages, energy and machines, without material."""
    capacity: Rate | None = unused()
    """Pieces it can make per time; without limit when left out."""
    expansions: dict[Id, Expansion] = unused({})
    """Steps of capacity that can be bought."""
    transfer_price: Money | None = unused()
    """What another site of the group is invoiced for a piece; its cost when left out."""
    lead_time: Duration | None = unused()
    """From order to delivery."""
    carbon: Mass | None = unused()
    """CO2-equivalent of making a piece, without material."""
    qualification_cost: Money | None = unused()
    """What it costs to begin making it there, once."""
