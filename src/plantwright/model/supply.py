"""Suppliers and their offers."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from plantwright.model.distribution import TimeLaw
from plantwright.model.record import Id, Record, unused
from plantwright.units import Count, Duration, Mass, Money, Rate, Share


class Supplier(Record):
    """A party that sells to the plant."""

    name: str = ""
    """What people call it."""
    aliases: tuple[str, ...] = ()
    """Other names it is known by, in any script."""
    country: str | None = None
    """ISO 3166 code of where it ships from."""
    recovery: TimeLaw | None = None
    """Time to recover if its site is lost."""
    owners: dict[str, Share | None] = {}
    """Who owns it, with shares; a share left open is unknown."""
    buys_from: tuple[Id, ...] = ()
    """Suppliers behind it: where one of them is lost, so is what it delivers."""
    position: tuple[float, float] | None = unused()
    """Latitude and longitude in degrees."""


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
    breaks: Literal["all-units", "incremental"] = "all-units"
    """Whether the price of a larger quantity holds for all its pieces, or only for those beyond."""
    origin: str | None = None
    """ISO 3166 code of the country of origin."""
    tariff: Share | None = None
    """Duty on its price."""
    recovery: TimeLaw | None = None
    """Time to recover if the supplier's site is lost; that of the supplier when left out."""
    to: Id | None = None
    """The site it is delivered to; when left out the first one, and every site to which a lane leads from it."""
    lane: Id | None = None
    """The lane on which it comes; when left out the one from its supplier or its supplier's country, if any."""
    content: dict[str, Share] = {}
    """Share of its value by country (ISO 3166); wholly of its origin when left out, and imported where that is
    unknown."""
    carbon: Mass | None = None
    """CO2-equivalent embodied in a piece; that of the item when left out."""
    qualified: bool = True
    """Whether it may be used as it is; otherwise only after its qualification."""
    qualification: Duration | None = None
    """How long it takes to qualify it."""
    qualification_cost: Money | None = None
    """What qualifying it costs, once."""
    ramp: Duration | None = None
    """Time from the end of a loss until it delivers fully again; at once when left out."""
