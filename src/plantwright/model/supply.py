"""Suppliers and their offers."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field

from plantwright.model.distribution import TimeLaw
from plantwright.model.record import Id, Record, unused
from plantwright.units import Count, Duration, Money, Rate, Share


class Supplier(Record):
    """A party that sells to the plant."""

    name: str = ""
    """What people call it."""
    country: str | None = unused()
    """ISO 3166 code of where it ships from."""
    recovery: Duration | None = unused()
    """Time to recover if its site is lost."""
    owners: dict[str, Share] = unused({})
    """Who owns it, with shares."""


class Outage(Record):
    """A time in which an offer delivers less."""

    from_: dt.date
    """First day."""
    until: dt.date
    """First day that is usual again."""
    left: Share | None = None
    """Share of each delivery that still arrives in time; none when left out. The rest arrives when the outage ends."""


class Offer(Record):
    """What a supplier promises for an item."""

    item: Id | None = None
    """The item offered."""
    supplier: Id | None = None
    """Who offers it."""
    lead_time: TimeLaw
    """From order to delivery."""
    capacity: Rate | None = None
    """Pieces it can deliver per time."""
    outages: tuple[Outage, ...] = ()
    """Times of reduced delivery."""
    minimum: Count | None = None
    """Least pieces of an order to it; where the policy's quantity is smaller, so many are ordered."""
    prices: dict[Annotated[int, Field(ge=1)], Money] = {}
    """Price of a piece from this quantity on."""
    origin: str | None = unused()
    """ISO 3166 code of the country of origin."""
    tariff: Share | None = None
    """Duty on its price."""
    recovery: Duration | None = unused()
    """Time to recover if the supplier's site is lost."""
