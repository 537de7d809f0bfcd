"""Items and products: what is made, bought and sold, and how each is called for."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from plantwright.model.distribution import Law, TimeLaw
from plantwright.model.record import Id, Record
from plantwright.units import Count, Duration, Mass, Money, Share


class Policy(Record):
    """When more of an item is called for. Exactly one of the rules."""

    kanban: Annotated[Count, Field(ge=1)] | None = None
    """Pieces in circulation: one is made for each one taken."""
    base_stock: Annotated[Count, Field(ge=1)] | None = None
    """Stock plus work in process that each demand restores, backorders included."""
    s: Count | None = None
    """Reorder point: stock on hand and on order at which an order goes out."""
    Q: Annotated[Count, Field(ge=1)] | None = Field(default=None, alias="Q")
    """Pieces per order."""
    lot: Annotated[Count, Field(ge=1)] = 1
    """Pieces that are called for together."""

    @model_validator(mode="after")
    def _one(self) -> Policy:
        rules = [self.kanban is not None, self.base_stock is not None, self.s is not None or self.Q is not None]
        if sum(rules) != 1:
            raise ValueError("a policy is one of kanban, base-stock, or s with Q")
        if (self.s is None) != (self.Q is None):
            raise ValueError("s (reorder point) and Q (order quantity) go together")
        return self


class Release(Record):
    """How parts enter the route of an item that is not called for by a policy."""

    saturated: bool = False
    """A part enters at the instant the first machine can start it."""
    every: TimeLaw | None = None
    """Law of the time between arrivals (a constant is a takt)."""
    group: Law | None = None
    """Parts that arrive together; one when left out."""
    full: Literal["wait", "lost", "block"] = "wait"
    """An arrival that finds no room waits outside, is lost, or blocks its source: the next one is on its way only when
    it has entered."""
    conwip: Annotated[Count, Field(ge=1)] | None = None
    """Work in process held constant: one enters for each that leaves."""

    @model_validator(mode="after")
    def _one(self) -> Release:
        if sum([self.saturated, self.every is not None, self.conwip is not None]) != 1:
            raise ValueError("a release is one of saturated, every, or conwip")
        return self


class Buy(Record):
    """How an item is bought."""

    from_: Id | tuple[Id, ...] | None = None
    """The offer that supplies it, or several, preferred first."""
    policy: Policy | None = None
    """When it is ordered; never short when left out."""


class Item(Record):
    """Anything that is made, bought or kept: a part, a module, a material."""

    made_by: Id | None = None
    """The route that makes it."""
    buy: Buy | None = None
    """How it is bought."""
    policy: Policy | None = None
    """When it is made: pull from its stock."""
    release: Release | None = None
    """How parts enter its route when no policy calls for them."""
    moves_as: Annotated[Count, Field(ge=1)] = 1
    """Pieces that move as one part through its route (a panel, a lot)."""
    room: Count | None = None
    """Pieces its stock can hold; unlimited when left out. A full stock blocks the last machine."""
    start: Count | None = None
    """Pieces in stock at the start; by default what the policy would hold."""
    serial: bool = False
    """Whether each piece keeps its identity when it is built in."""
    price: Money | None = None
    """Price of a bought piece; that of its first offer when left out."""
    mass: Mass | None = None
    """Mass of a piece."""
    carbon: Mass | None = None
    """CO2-equivalent embodied in a bought piece."""
    name: str = ""
    """What people call it."""

    @model_validator(mode="before")
    @classmethod
    def _shorthand(cls, value: Any) -> Any:
        return {"buy": {}} if value == "buy" else value


class Product(Record):
    """A sold item: it has a route, options drawn per unit, and a demand."""

    made_by: Id
    """The route that makes it."""
    platform: Id | None = None
    """The family with which it shares modules; its own entry under ``families`` says more."""
    options: dict[Id, dict[str, Share]] = {}
    """What differs from unit to unit: option, value, share of units; the shares add up to 100 %."""
    conwip: Annotated[Count, Field(ge=1)] | None = None
    """Units in process at most; sized from the rough-cut when left out and then shown."""
    ahead: Duration | None = None
    """How long before its date a unit may be started, so that stock is built for the season; 8 weeks when left out."""
    release: Release | None = None
    """How units enter where there is no demand to call for them (test plants)."""
    moves_as: Annotated[Count, Field(ge=1)] = 1
    """Units that move as one part."""
    start: Count | None = None
    """Finished units in stock at the start."""
    price: Money | None = None
    """Price ex works."""
    margin: Money | None = None
    """What is lost with a unit that is not delivered; price less material when left out."""
    material_cost: Money | None = None
    """Bought material per unit."""
    name: str = ""
    """What people call it."""

    @model_validator(mode="before")
    @classmethod
    def _option_values_are_text(cls, value: Any) -> Any:
        if isinstance(value, dict) and isinstance(value.get("options"), dict):
            options = {
                name: {str(choice): share for choice, share in mix.items()} if isinstance(mix, dict) else mix
                for name, mix in value["options"].items()
            }
            return {**value, "options": options}
        return value
