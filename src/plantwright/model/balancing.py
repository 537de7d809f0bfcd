"""Assembly lines whose work is to be split over stations: tasks, their order, takts and what limits a station."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from plantwright.model.record import Id, Record, Skill
from plantwright.units import Count, Duration, Money, Quantity, Share

Some = Annotated[Count, Field(ge=1)]
Side = Literal["left", "right", "either"]
Sought = Literal["stations", "takt", "both"]


class Task(Record):
    """A piece of work that is not split any further."""

    name: str = ""
    """What people call it."""
    time: Duration | dict[Id, Duration]
    """How long it takes; by product where that differs: a product that is not named does without it."""
    after: tuple[Id, ...] = ()
    """Tasks that must be done before."""
    skill: Skill | None = None
    """What the person who does it must have learned."""
    equipment: Id | None = None
    """What its station must have."""
    side: Side = "either"
    """Side of the product on which it is done, where people work on both sides of the line."""
    station: Id | None = None
    """Present station: a move from there costs; none when left out."""
    moving: Money | None = None
    """What moving it to another station costs; that of the line when left out."""
    only: tuple[Id, ...] = ()
    """Stations where alone it can be done; anywhere when left out."""
    takes: tuple[Id, ...] = ()
    """Items that are built in with it, of those that the operation at its present station uses; all that no task names
    are built in with the first task of that station."""


class LineWorker(Record):
    """Somebody who is to be given a station, with times of their own."""

    name: str = ""
    """What people call them."""
    factor: Annotated[float, Field(gt=0)] = 1.0
    """Their time over the written time, for all tasks."""
    factors: dict[Id, Annotated[float, Field(gt=0)]] = {}
    """The same for single tasks."""
    cannot: tuple[Id, ...] = ()
    """Tasks they cannot do."""


class Scenario(Record):
    """A rate at which the line is to run, now or on the way up."""

    name: str = ""
    """What people call it."""
    takt: Duration | None = None
    """Time between two units that leave the plant; not needed where the least takt is sought."""
    lines: Some | None = None
    """Lines side by side that share the takt; those of the balance when left out."""
    mix: dict[Id, Annotated[float, Field(ge=0)]] = {}
    """Parts of each product; as in the demand when left out."""


class Balancing(Record):
    """One assembly line: its tasks, what limits its stations, and the rates it has to run at."""

    name: str = ""
    """What people call it."""
    tasks: dict[Id, Task]
    """The work, in an order in which it can be done."""
    products: tuple[Id, ...] = ()
    """What is built on it; everything that the tasks name when left out."""
    stations: tuple[Id, ...] = ()
    """Present stations of the plant in the order of flow, as many machines as lines; the balance is written back to
    them."""
    seeks: Sought = "stations"
    """What is made least: the stations for a takt, the takt for a number of stations, or the paid time, stations times
    takt."""
    most: Some | None = None
    """Stations that a line may have; the present ones where the least takt is sought, no limit otherwise."""
    lines: Some = 1
    """Lines side by side; a line has takt times lines for each unit."""
    scenarios: dict[Id, Scenario]
    """Rates to balance for."""
    over: Share = Quantity(0.0, "%")
    """How far a single product may exceed the cycle at a station, as long as the mix does not: what units drift."""
    together: tuple[Annotated[tuple[Id, ...], Field(min_length=2)], ...] = ()
    """Tasks that must be done at the same station, set by set."""
    apart: tuple[Annotated[tuple[Id, ...], Field(min_length=2)], ...] = ()
    """Tasks of which no two may be at the same station, set by set."""
    equipment: dict[Id, Money] = {}
    """What equipment costs at a station that has it, a piece."""
    people: Some = 1
    """People who may work at a station side by side."""
    sides: bool = False
    """Whether stations have a left and a right side, each with its person."""
    parallel: Some = 1
    """Stations that may stand side by side with the same work, each taking every second or third unit."""
    workers: dict[Id, LineWorker] = {}
    """Who is given the stations, one each, where their times differ; nobody in particular when left out."""
    moving: Money | None = None
    """What moving a task to another station costs: training, fixtures, papers; nothing when left out."""
    station_cost: Money | None = None
    """What a station costs a year: people, floor, depreciation."""
    launch: Some | None = None
    """Units in the repeated launch sequence; the smallest that shows the mix to one unit in twenty when left out."""
    length: Annotated[float, Field(ge=1)] = 1.2
    """How long a station is, in cycles: how far its people may walk along with a unit."""

    @model_validator(mode="after")
    def _seeks_what_it_has(self) -> Self:
        if self.seeks != "takt" and any(each.takt is None for each in self.scenarios.values()):
            raise ValueError("a scenario needs a takt, unless the line seeks the least takt (seeks: takt)")
        if self.seeks == "takt" and self.most is None and not self.stations:
            raise ValueError("how many stations has the line? Write most, or name its present stations")
        return self
