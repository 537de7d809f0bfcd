"""Stations, their machines, setups and batches; tools and carriers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from plantwright.model.distribution import TimeLaw
from plantwright.model.failure import Failure, Maintenance
from plantwright.model.record import Id, Record, Skill
from plantwright.units import Count, Duration, Length, Money, MoneyRate, Power, Speed

Amount = Annotated[float, Field(gt=0)]
State = Literal[
    "off shift", "maintenance", "down", "blocked", "setup", "busy", "waiting for people", "starved for kit", "idle"
]
"""What a machine can be, in order of precedence."""


class Machine(Record):
    """One machine of a station that differs from its neighbours."""

    name: str = ""
    """What people call it."""
    speed: Annotated[float, Field(gt=0)] = 1.0
    """Speed relative to the times in the routes."""
    only: tuple[Id, ...] = ()
    """The items it is qualified for; all when left out."""
    from_: dt.date | None = None
    """First day on which it is there; from the beginning when left out."""
    until: dt.date | None = None
    """First day on which it is gone; a part that it has begun is finished first."""
    failures: tuple[Failure, ...] | None = None
    """Its own ways to stop, in place of those of its station that are not shared."""
    maintenance: tuple[Maintenance, ...] | None = None
    """Its own planned stops, in place of those of its station."""


class Setup(Record):
    """What changing over from one family to the next costs a machine."""

    between_families: TimeLaw | None = None
    """Time of any change of family."""
    matrix: dict[Id, dict[Id, Duration]] = {}
    """Time from family (row) to family (column), where one number is not enough."""
    first: TimeLaw | None = None
    """Setup of a machine that has had no family yet; as any other change when left out."""
    people: dict[Skill, Amount] = {}
    """Who is held for the setup."""

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: Any) -> Any:
        if isinstance(value, str):
            return {"between-families": value.strip().removesuffix("between families").strip()}
        return value


class Batch(Record):
    """An oven: parts of one family are processed together."""

    max: Annotated[Count, Field(ge=1)]
    """Pieces that fit in."""
    min: Annotated[Count, Field(ge=1)] | None = None
    """Pieces from which it starts; the maximum when left out and a longest wait is given, else 1."""
    wait: Duration | None = None
    """Longest time the first part waits before the batch starts with fewer."""


class Station(Record):
    """Equal (or nearly equal) machines behind one queue."""

    machines: Annotated[Count, Field(ge=1)] | tuple[Machine, ...] = 1
    """How many machines work side by side, or a list where they differ."""
    shop: Id | None = None
    """The shop it stands in."""
    room: Count | None = None
    """Parts that may wait before it; unlimited when left out. A full station blocks whoever delivers to it."""
    rule: Literal["fifo", "shortest", "due", "critical-ratio", "priority", "same-family"] = "fifo"
    """Which waiting part is next; ties fall to arrival order."""
    calendar: Id | None = None
    """When it works; always when left out."""
    end_of_shift: Literal["interrupt", "finish", "no-start"] = "interrupt"
    """A part in work at the end of a shift is interrupted and resumed, finished, or not begun if it cannot be
    finished."""
    setup: Setup | None = None
    """Changeover between families."""
    batch: Batch | None = None
    """Parts processed together, as in an oven."""
    failures: tuple[Failure, ...] = ()
    """Ways in which its machines stop."""
    maintenance: tuple[Maintenance, ...] = ()
    """Planned stops of each of its machines."""
    locked: bool | None = None
    """Whether a machine that is down refuses to take or hand over parts; parallel machines refuse to take
    unless said otherwise."""
    blocking: Literal["after", "before"] = "after"
    """Blocking after service (the finished part waits on the machine) or before it (no start until there is room)."""
    from_: dt.date | None = None
    """First day on which its machines are there; from the beginning when left out."""
    until: dt.date | None = None
    """First day on which they are gone; parts that are begun are finished first, and those that wait go to an
    alternative station if their operation has one."""
    power: dict[State, Power] = {}
    """Power that one machine draws, by state; a state left out draws that of idle where the machine stands ready (in
    setup, blocked, waiting), else nothing."""
    price: Money | None = None
    """Investment per machine."""
    running_cost: MoneyRate | None = None
    """Cost of an hour in which one machine is busy or set up, besides power and people."""
    name: str = ""
    """What people call it."""

    @property
    def machine_count(self) -> int:
        """Number of machines."""
        return self.machines if isinstance(self.machines, int) else len(self.machines)

    @property
    def each_machine(self) -> tuple[Machine, ...]:
        """Every machine, those of a mere number too."""
        return (Machine(),) * self.machines if isinstance(self.machines, int) else self.machines

    def failures_of(self, machine: Machine) -> tuple[Failure, ...]:
        """Ways in which one of its machines stops: those that all share, and its own or else the station's."""
        if machine.failures is None:
            return self.failures
        return (*(failure for failure in self.failures if failure.shared), *machine.failures)

    def maintenance_of(self, machine: Machine) -> tuple[Maintenance, ...]:
        """Planned stops of one of its machines."""
        return self.maintenance if machine.maintenance is None else machine.maintenance


def owners(station: Station) -> Iterator[tuple[str, Station | Machine]]:
    """A station and those of its machines that are written down one by one, by their path below the station."""
    yield "", station
    for index, machine in enumerate(station.machines if not isinstance(station.machines, int) else ()):
        yield f"machines.{machine.name or index}.", machine


def failures_written(station: Station) -> Iterator[tuple[str, Failure]]:
    """Every failure written for a station or one of its machines, by its path below the station."""
    for here, owner in owners(station):
        for index, failure in enumerate(owner.failures or ()):
            yield f"{here}failures.{failure.name or index}", failure


def maintenance_written(station: Station) -> Iterator[tuple[str, Maintenance]]:
    """Every maintenance written for a station or one of its machines, by its path below the station."""
    for here, owner in owners(station):
        for index, stop in enumerate(owner.maintenance or ()):
            yield f"{here}maintenance.{stop.name or index}", stop


def people_of_stops(station: Station) -> Iterator[tuple[str, dict[Skill, float]]]:
    """Who is held for each failure and maintenance of a station, by its path below the station."""
    for stops in (failures_written(station), maintenance_written(station)):
        for path, stop in stops:
            yield path, stop.people


class Tool(Record):
    """A mould, fixture, jig or pallet: held together with a machine, shared by stations."""

    number: Annotated[Count, Field(ge=1)] = 1
    """How many there are."""
    setup: TimeLaw | None = None
    """Time to mount one on a machine that did not have it for its last operation with tools; the machine is set up."""
    life: Annotated[Count, Field(ge=1)] | None = None
    """Uses of each until it goes to repair."""
    repair: TimeLaw | None = None
    """How long it is away."""
    return_: TimeLaw | None = None
    """Travel back to where it is needed next, after each use; it has to be mounted again."""
    from_: dt.date | None = None
    """First day on which they are there; from the beginning when left out."""
    until: dt.date | None = None
    """First day on which they are gone; what is held then is let go first."""
    price: Money | None = None
    """Price of one."""
    name: str = ""
    """What people call it."""


class Carrier(Record):
    """Vehicles or people who carry parts between stations."""

    number: Annotated[Count, Field(ge=1)] = 1
    """How many there are."""
    load: Annotated[Count, Field(ge=1)] = 1
    """Parts one takes at a time."""
    return_: TimeLaw | None = None
    """Way back empty; as long as the way there when left out."""
    calendar: Id | None = None
    """When they set out; always when left out. Who is under way at the end of a shift goes on, and comes back."""
    people: dict[Skill, Amount] = {}
    """Who is held on each trip and the way back: the driver."""
    failures: tuple[Failure, ...] = ()
    """Ways in which each of them stands still, by the clock or in trips; its load then arrives later."""
    from_: dt.date | None = None
    """First day on which they drive; from the beginning when left out."""
    until: dt.date | None = None
    """First day on which they are gone; who is under way comes back first."""
    name: str = ""
    """What people call them."""


class Conveyor(Record):
    """A belt or roller track on which parts run on until they touch the one before, and queue up at its end."""

    length: Length
    """From its begin to its end."""
    speed: Speed
    """How fast parts run on it when nothing is before them."""
    spacing: Length
    """Length that one part takes on it, the gap to the next one included: it holds length over spacing of them."""
    name: str = ""
    """What people call it."""


class Travel(Record):
    """The way from one station, shop or site to another."""

    from_: Id
    """Station, shop or site where it begins."""
    to: Id
    """Station, shop or site where it ends."""
    time: TimeLaw | None = None
    """How long it takes; on a conveyor its length over its speed."""
    carrier: Id | None = None
    """Who carries; parts move by themselves when left out."""
    conveyor: Id | None = None
    """The conveyor that leads there."""

    @model_validator(mode="after")
    def _one_way(self) -> Travel:
        if self.conveyor is not None and (self.time is not None or self.carrier is not None):
            raise ValueError("a conveyor takes the time that its length and speed say, without a carrier")
        if self.conveyor is None and self.time is None:
            raise ValueError('a way needs a time, such as "time: 45 s", or a conveyor')
        return self
