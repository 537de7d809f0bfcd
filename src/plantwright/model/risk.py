"""What `risk` looks at: common causes, the survival that is asked for, how what is short is shared out."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from plantwright.model.distribution import TimeLaw
from plantwright.model.record import Id, Record
from plantwright.units import Duration, Quantity, Share


class Event(Record):
    """A common cause: one event that takes several suppliers, sites or lanes at once."""

    name: str = ""
    """What people call it."""
    countries: tuple[str, ...] = ()
    """Countries (ISO 3166) whose suppliers and sites are lost."""
    ports: tuple[str, ...] = ()
    """Ports and borders that close: lanes whose usual mode passes them are lost."""
    suppliers: tuple[Id, ...] = ()
    """Suppliers that are lost, and with them everybody who buys from them."""
    sites: tuple[Id, ...] = ()
    """Sites that are lost."""
    lanes: tuple[Id, ...] = ()
    """Lanes that are lost."""
    recovery: TimeLaw | None = None
    """How long it lasts; as long as the longest recovery of what is lost when left out."""
    left: Share | None = None
    """Share of usual deliveries that still comes through; none when left out."""

    @model_validator(mode="after")
    def _names_something(self) -> Event:
        if not any((self.countries, self.ports, self.suppliers, self.sites, self.lanes)):
            raise ValueError("an event names countries, ports, suppliers, sites or lanes that are lost")
        return self


class Risk(Record):
    """What may be lost, and what the plant has to live through."""

    horizon: Duration = Quantity(52, "week")
    """How far the consequences of a loss are followed."""
    bucket: Duration = Quantity(1, "week")
    """Length of a step of the analysis: a week or, for plants that live from day to day, a day."""
    events: dict[Id, Event] = {}
    """Common causes beside those that the document itself shows: countries, ports, and suppliers behind several."""
    survive: Duration | None = None
    """How long no product may fall short after the loss of any one supplier, lane or site but the first, or any event
    of the document; the cheapest protection is sought where it is given."""
    rule: Literal["fair-share", "margin", "listed"] = "fair-share"
    """How planners share out what is short: all products get the same share of their plan, the product with the largest
    margin goes first, or the one whose demand stands first in the document."""
    catch_up: Share = Quantity(10, "%")
    """How much more than its plan the plant can make of a product, to fill its stocks again."""
    holding: Share = Quantity(20, "%")
    """Yearly cost of holding stock, as a share of its value."""
    years: Annotated[float, Field(gt=0)] = 5.0
    """Years over which what is paid once (qualification, capacity) is spread. [-]"""
    name: str = ""
    """What people call it."""
