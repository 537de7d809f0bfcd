"""Product families: the options and rules of a 150 % bill of materials, and when its modules are valid.

The bill itself stands nowhere here: it is what the routes build in (`plantwright.model.bill`).
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema, model_validator

from plantwright.model.record import Id, Record
from plantwright.units import Duration, Money, Quantity, Share

PRODUCT = "product"
"""The option whose values are the products of the family; rules may name it like any other."""


def _texts(value: Any) -> Any:
    """One value or several, as text: ``2`` is the value ``"2"``."""
    return tuple(map(_text, value)) if isinstance(value, (list, tuple)) else (_text(value),)


def _text(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else str(value) if isinstance(value, int) else value


_SCHEMA = {"anyOf": [{"type": ["string", "number"]}, {"type": "array", "items": {"type": ["string", "number"]}}]}
Values = Annotated[tuple[str, ...], BeforeValidator(_texts), WithJsonSchema(_SCHEMA)]
"""One value or several."""
Choice = dict[Id, Values]
"""True where each option named has one of its values: ``{payload: sprayer, packs: [2, 3]}``."""


class Dated(Record):
    """What is valid for a time."""

    from_: dt.date | None = None
    """First day on which it is valid; from the beginning when left out."""
    until: dt.date | None = None
    """First day on which it no longer is."""

    def is_valid(self, on: dt.date) -> bool:
        """Whether it is valid on a day."""
        return (self.from_ is None or self.from_ <= on) and (self.until is None or on < self.until)


class Rule(Dated):
    """What options allow of each other: requires, excludes or one of."""

    when: Choice = {}
    """Where the rule speaks; everywhere when left out."""
    requires: Choice = {}
    """What has to be chosen then."""
    excludes: Choice = {}
    """What cannot be chosen then: all of it together."""
    one_of: tuple[Choice, ...] = ()
    """Of which exactly one has to be chosen then."""
    why: str = ""
    """Its reason, for whoever is refused by it."""

    @model_validator(mode="after")
    def _one(self) -> Rule:
        if sum([bool(self.requires), bool(self.excludes), bool(self.one_of)]) != 1:
            raise ValueError("a rule is one of requires, excludes or one-of")
        return self


class Module(Dated):
    """What is known of an item of the family beside the routes that build it in."""

    when: Choice = {}
    """Where it belongs by design; a route that says otherwise is an error."""
    then: Id | None = None
    """The item that takes its place in every bill from ``until`` on."""
    qualification: Money | None = None
    """What it costs to design, test and approve it, once for each design."""
    tooling: Money | None = None
    """What its tooling costs, once for each design, beside the tools that have a price."""


class Family(Record):
    """Products that stand on one platform: what may be chosen, what goes together, what sharing is worth."""

    options: dict[Id, Values] = {}
    """What customers or products choose: option and its values."""
    rules: dict[Id, Rule] = {}
    """What the options allow of each other."""
    modules: dict[Id, Module] = {}
    """Items of the bill, or products, of which more is known: where they belong, when they are valid, what they cost
    once."""
    products: dict[Id, Choice] = {}
    """What each product has chosen already; products also belong to the family that they name as their platform."""
    catalogue: tuple[Id, ...] = ()
    """Materials and bought parts that products would share without a platform too; sharing them saves nothing here."""
    forecast_error: Share | dict[Id, Share] | None = None
    """Standard deviation of a product's demand of 30 days around its forecast, as a share of it, one for all products
    or one for each. Without it nothing is said of pooled safety stock."""
    correlation: Share | None = None
    """How far such errors of different products go together: 0 not at all (also when left out), 1 entirely."""
    service: Share = Quantity.parse("98 %")
    """Chance that the safety stock lasts until the next replenishment."""
    holding: Share | None = None
    """Cost of holding stock for a year, as a share of its value; the discount rate of ``finance`` when left out."""
    life: Duration | None = None
    """Years over which what is paid once is spread; five years when left out."""
    laboratory: tuple[Id, ...] = ()
    """Shops or stations that are the test laboratory; the stations of lot samples when left out."""
    name: str = ""
    """What people call it."""

    @model_validator(mode="after")
    def _possible(self) -> Family:
        if not 0.5 <= self.service.base < 1:
            raise ValueError(
                f'a service of "{self.service}" needs no safety stock or an endless one; write 50 to 99.9 %'
            )
        if self.correlation is not None and self.correlation.base > 1:
            raise ValueError(f'"{self.correlation}" is no correlation; write 0 to 100 %')
        return self
