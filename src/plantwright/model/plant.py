"""The plant: everything written down once, as data, with no behaviour."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Self

from pydantic import Field

from plantwright.model.balancing import Balancing
from plantwright.model.calendar import Calendar, Shop, Site
from plantwright.model.crew import Crew, Skills
from plantwright.model.demand import Demand
from plantwright.model.failure import SharedFailure
from plantwright.model.family import Family
from plantwright.model.finance import Currencies, Energy, Finance, Headcount, Step
from plantwright.model.lane import Lane
from plantwright.model.making import Making
from plantwright.model.planning import Planning
from plantwright.model.product import Item, Product
from plantwright.model.record import Id, Record, Skill, unused
from plantwright.model.risk import Risk
from plantwright.model.route import Operation
from plantwright.model.scheduling import Scheduling
from plantwright.model.screening import Screening
from plantwright.model.siting import Siting
from plantwright.model.source import Source
from plantwright.model.sourcing import Sourcing
from plantwright.model.station import Carrier, Conveyor, Station, Tool, Travel
from plantwright.model.supply import Offer, Supplier
from plantwright.units import Count

SCHEMA_VERSION = 1


class Plant(Record):
    """A factory written down once; every answer reads this one object."""

    plantwright: int = SCHEMA_VERSION
    """Version of the document's schema."""
    name: str
    """What people call the plant."""
    description: str = ""
    """A sentence or two for the reader of the report."""
    from_: dt.date = dt.date(2027, 1, 4)
    """The day on which runs begin (midnight UTC); a year runs to the same date next year."""
    target: Annotated[Count, Field(ge=1)] | None = None
    """Good units a year the plant is meant to make; the sum of the demand when left out."""
    money: Currencies = Currencies()
    """Base currency and exchange rates."""
    energy: Energy = Energy()
    """What energy costs."""
    sites: dict[Id, Site] = {}
    """Places with their clocks and holidays."""
    shops: dict[Id, Shop] = {}
    """Departments that group stations."""
    calendars: dict[Id, Calendar] = {}
    """When stations and people work."""
    skills: dict[Skill, Skills] = {}
    """Kinds of work people can be trained for."""
    crews: dict[Id, Crew] = {}
    """People on shifts."""
    tools: dict[Id, Tool] = {}
    """Moulds, fixtures, jigs and pallets."""
    carriers: dict[Id, Carrier] = {}
    """Who carries parts."""
    conveyors: dict[Id, Conveyor] = {}
    """Belts and roller tracks between stations."""
    travel: tuple[Travel, ...] = ()
    """Ways between stations, shops or sites."""
    stations: dict[Id, Station]
    """Machines and benches, in document order, which also settles ties."""
    shared_failures: dict[Id, SharedFailure] = {}
    """What stops machines of several stations at once: power, compressed air, weather."""
    items: dict[Id, Item] = {}
    """Parts, modules and materials."""
    routes: dict[Id, tuple[Operation, ...]]
    """How each thing is made, operation by operation."""
    products: dict[Id, Product] = {}
    """What is sold."""
    families: dict[Id, Family] = {}
    """Products that stand on one platform, their options, rules and modules."""
    suppliers: dict[Id, Supplier] = {}
    """Who sells to the plant."""
    offers: dict[Id, Offer] = {}
    """What they promise."""
    lanes: dict[Id, Lane] = {}
    """How goods come to the sites."""
    making: dict[Id, Making] = {}
    """Which site can make which item, and for how much."""
    demand: dict[Id, Demand] = {}
    """What customers want."""
    planning: Planning | None = None
    """How material is planned."""
    scheduling: Scheduling | None = None
    """What runs where and when."""
    sourcing: Sourcing | None = None
    """What deciding between making and buying has to respect."""
    risk: Risk | None = None
    """What may be lost, and what the plant has to live through."""
    balancing: dict[Id, Balancing] = {}
    """Assembly lines whose work is to be split over stations."""
    siting: dict[Id, Siting] = {}
    """Questions of where things should stand."""
    screening: Screening | None = None
    """Lists that parties are held against."""
    staff: dict[Id, Headcount] = unused({})
    """People beside those at stations."""
    finance: Finance | None = None
    """What the money answers need."""
    programme: dict[Id, Step] = unused({})
    """Steps of building the plant."""
    sources: tuple[Source, ...] = ()
    """Provenance and range of the numbers above."""

    def replace(self, **changes: Any) -> Self:
        """A plant that differs in whole sections; patches reach deeper (``plantwright.io.patch``)."""
        return self.model_validate({**{name: getattr(self, name) for name in type(self).model_fields}, **changes})
