"""What `sourcing` weighs: years, limits and the floor of local content."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from plantwright.model.record import Id, Record
from plantwright.units import Count, Mass, Money, Quantity, Share


class LocalContent(Record):
    """How much of the value has to be local, and how that is measured."""

    method: Literal["build-down", "build-up", "sats-1286", "value-added", "points"] = "build-down"
    """Build-down takes foreign materials off the value, build-up adds up local ones, SATS 1286 takes off imports as
    they land, value-added takes all purchases off net sales, points count items that are local."""
    of: Literal["transaction-value", "net-cost"] = "transaction-value"
    """What build-down and build-up are a share of: the sales, or material and conversion."""
    floor: Share | None = None
    """Least share in every year; only measured when left out."""
    floors: dict[Annotated[int, Field(ge=1)], Share] = {}
    """Least share in single years, 1 being the first: a floor that rises."""
    countries: tuple[str, ...] = ()
    """ISO 3166 codes that count as local; the country of the first site when left out."""
    per: Literal["plant", "product"] = "plant"
    """Whether all products together have to reach the floor, or each of them; then pieces are kept apart by product."""
    at: Literal["cost", "invoice"] = "cost"
    """Whether pieces from another site of the group count at what they cost there, or at their transfer price."""
    unknown: Literal["imported", "local"] = "imported"
    """What value of unknown origin counts as."""
    points: dict[Id, Annotated[float, Field(gt=0)]] = {}
    """Points for items of which every piece is made at a local site or bought with more than half its value local."""


class Sourcing(Record):
    """How it is decided what to make, what to buy, from whom and where."""

    years: Annotated[Count, Field(ge=1)] = 1
    """Years that are planned together, from the first day of the plant."""
    orders: Annotated[Count, Field(ge=1)] = 12
    """Orders a year to each offer that is used: prices and minimum quantities of offers are of one order."""
    holding: Share = Quantity(10.0, "%")
    """What money and storage cost a year, as a share of the value that is on order or on its way."""
    budget: Money | None = None
    """Most money a year: material, duty, freight, pipeline, conversion, and what is paid once."""
    investment: Money | None = None
    """Most money in all years for what is paid once: steps of capacity, qualifications, new makings."""
    shares: dict[str, Share] = {}
    """Most that a country (ISO 3166) may have of the value of everything bought and made in a year; ``abroad`` stands
    for every country that does not count as local."""
    carbon: Mass | None = None
    """Most CO2-equivalent a year."""
    local_content: LocalContent = LocalContent()
    """How local content is measured, and its floor."""
    swing: Share = Quantity(10.0, "%")
    """How far transfer prices and exchange rates are moved to see what the plan rests on."""
