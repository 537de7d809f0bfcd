"""Lanes: how goods come from one place to another, by which mode and through which ports."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from plantwright.model.distribution import TimeLaw
from plantwright.model.record import Id, Record
from plantwright.units import Duration, Money, MoneyPerMass, Share


class Mode(Record):
    """One way to travel a lane: by sea, rail, road or air."""

    time: Duration | None = None
    """From door to door; the lead time of an offer includes that of the usual mode."""
    cost: MoneyPerMass | None = None
    """Freight by mass."""
    cost_per_piece: Money | None = None
    """Freight by piece, where mass does not settle it."""
    carbon: Annotated[float, Field(ge=0)] | None = None
    """CO2-equivalent of the freight [kg per kg carried]."""
    via: tuple[str, ...] = ()
    """Ports, borders and hubs it passes."""


class Lane(Record):
    """A way that goods take: from a supplier, a site or a country to a site."""

    from_: str | None = None
    """Supplier, site or country (ISO 3166) where it begins."""
    to: Id | None = None
    """The site where it ends."""
    modes: dict[Id, Mode] = {}
    """Ways to travel it, usual one first."""
    tariff: Share | None = None
    """Duty on what another site of the group sends, on its transfer price."""
    recovery: TimeLaw | None = None
    """Time to recover if it is closed."""
    name: str = ""
    """What people call it."""
