"""Money and time of building the plant: read by later answers, carried in the document already."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field

from plantwright.model.record import Id, Record, unused
from plantwright.units import Count, Duration, Money, MoneyPerEnergy, Share


class Currencies(Record):
    """The base currency and what others are worth in it."""

    base: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "EUR"
    """ISO 4217 code in which answers are given."""
    rates: dict[Annotated[str, Field(pattern=r"^[A-Z]{3}$")], Annotated[float, Field(gt=0)]] = {}
    """One unit of the other currency in base currency."""
    date: dt.date | None = None
    """When the rates were read."""


class Energy(Record):
    """Tariffs."""

    price: MoneyPerEnergy | None = None
    """Price of electricity; what is drawn costs nothing when left out."""


class Finance(Record):
    """What the money answers will need."""

    capital: Money | None = unused()
    """Investment before start."""
    discount_rate: Share | None = None
    """Cost of capital; later money is worth as much as now when left out."""
    tax: Share | None = unused()
    """Tax on profit."""
    channel_discount: Share | None = unused()
    """Share of the price that dealers keep."""
    development: Money | None = unused()
    """Development cost."""
    warranty: Share | None = unused()
    """Share of revenue set aside for warranty."""
    payment_terms: Duration | None = unused()
    """How long customers take to pay."""


class Step(Record):
    """One step of building the plant."""

    takes: Duration | None = unused()
    """How long it takes."""
    after: tuple[Id, ...] = unused(())
    """What has to be done first."""
    shop: Id | None = unused()
    """The shop it makes available."""
    name: str = ""
    """What people call it."""


class Headcount(Record):
    """People beside those at stations: named so that staff and cost are whole."""

    people: Count = unused(0)
    """How many."""
    skill: str = unused("")
    """Their skill or function."""
    direct: bool = unused(True)
    """Whether their hours count as direct."""
