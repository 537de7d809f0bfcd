"""How `schedule` plans the floor: which orders, which stations, what counts, what is fixed."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator

from plantwright.model.record import Id, Record
from plantwright.units import Count, Duration, Quantity, Share

EXAMPLE = "2027-02-01 06:00"
Some = Annotated[Count, Field(ge=1)]


def _moment(value: Any, *, whole_day: bool) -> dt.datetime:
    """A moment as people write it; a day alone is its begin, or its end."""
    if isinstance(value, str):
        try:
            value = (
                dt.datetime.fromisoformat(value.strip()) if len(value.strip()) > 10 else dt.date.fromisoformat(value)
            )
        except ValueError:
            raise ValueError(f'"{value}" is no moment; write a day, or day and time, such as "{EXAMPLE}"') from None
    if isinstance(value, dt.datetime):
        return value
    if not isinstance(value, dt.date):
        raise ValueError(f'"{value}" is no moment; write a day, or day and time, such as "{EXAMPLE}"')
    return dt.datetime.combine(value, dt.time()) + dt.timedelta(days=int(whole_day))


def _begin(value: Any) -> dt.datetime:
    return _moment(value, whole_day=False)


def _end(value: Any) -> dt.datetime:
    return _moment(value, whole_day=True)


def written(moment: dt.datetime) -> str:
    """A moment as documents hold it.

    >>> written(dt.datetime(2027, 2, 1, 6, 0))
    '2027-02-01 06:00:00'
    """
    return moment.isoformat(" ")


_SCHEMA = {"type": "string", "description": "Day, or day and time", "examples": [EXAMPLE]}
Begin = Annotated[dt.datetime, BeforeValidator(_begin), PlainSerializer(written), WithJsonSchema(_SCHEMA)]
"""A moment on the clock of the plant's first site, unless it says its offset; a day alone is its begin."""
End = Annotated[dt.datetime, BeforeValidator(_end), PlainSerializer(written), WithJsonSchema(_SCHEMA)]
"""The same; a day alone is its end."""

Measure = Literal["makespan", "tardiness", "late", "flow", "setups", "earliness", "moved"]
MEASURES: tuple[str, ...] = get_args(Measure)
Weight = Annotated[float, Field(ge=0)]


class ScheduledOrder(Record):
    """An order: so many good pieces of an item or product, from when, until when, for whom."""

    item: Id
    """The item or product."""
    pieces: Some
    """Good pieces wanted; what is scrapped on the way is started on top."""
    release: Begin | None = None
    """When its material is there: nothing of it begins before. The start of the schedule when left out."""
    due: End | None = None
    """When it is due; later is late. A day alone is its end."""
    deadline: End | None = None
    """When it has to be finished at all costs: a schedule that is later is no schedule."""
    weight: Annotated[Count, Field(ge=0)] = 1
    """How much it counts among the others."""
    customer: str = ""
    """For whom."""
    lot: Some | None = None
    """Pieces that go through the plant together; the order is split into such lots."""
    overlap: Some | None = None
    """Pieces after which the next operation of a lot may begin with what is finished; the whole lot when left out."""
    name: str = ""
    """What people call it."""


class Closure(Record):
    """A station, or one of its machines, that cannot work for a while."""

    station: Id
    """The station."""
    machine: Annotated[Count, Field(ge=1)] | None = None
    """Which of its machines, from 1; all when left out."""
    from_: Begin
    """From when."""
    until: End
    """Until when."""
    name: str = ""
    """Why."""


class Missing(Record):
    """Something that orders build in and that is not there before a certain time."""

    item: Id
    """What is missing."""
    until: Begin
    """When it comes."""


class Scheduling(Record):
    """What is scheduled, by which rules, for which goals."""

    start: Begin | None = None
    """When the schedule begins; the plant's first day when left out."""
    horizon: Duration = Quantity(1.0, "week")
    """How far orders are looked for where none are written. Written orders are all scheduled."""
    shops: tuple[Id, ...] = ()
    """Shops whose stations are scheduled; all when neither shops nor stations are named. Elsewhere an operation takes
    its time and nothing else."""
    stations: tuple[Id, ...] = ()
    """Stations that are scheduled beside those of the shops."""
    orders: dict[Id, ScheduledOrder] = {}
    """What has to be made; when left out, the orders that the plan of material releases within the horizon, else the
    demand of the horizon."""
    lots: dict[Id, Some] = {}
    """Pieces of a lot, by item or product, where the order does not say."""
    overlap: Some | None = None
    """Pieces after which the next operation of a lot may begin, where the order does not say."""
    alternatives: dict[Id, tuple[Id, ...]] = {}
    """Other routes by which an item or product may be made."""
    stock: dict[Id, Count] = {}
    """Pieces on hand of what is ordered here and built in as well; taken before those of the orders. Of what is not
    ordered here there is always enough."""
    missing: tuple[Missing, ...] = ()
    """What is not there for a while."""
    goals: Annotated[tuple[Measure | dict[Measure, Weight], ...], Field(min_length=1)] = ("tardiness", "setups")
    """What a schedule is judged by, the first goal before the second: ``tardiness`` (weight times time past the due
    date), ``late`` (weight of what is late), ``flow`` (weight times time from release to completion), ``earliness``,
    ``makespan``, ``setups`` (time of setup), ``moved`` (operations that stand elsewhere than before), or several added
    up with weights: ``{setups: 1, flow: 0.1}``."""
    frozen: Duration = Quantity(0.0, "h")
    """After an event, the time within which what stood in the schedule before stays, unless the event touches it."""
    closures: tuple[Closure, ...] = ()
    """Maintenance and breakdowns: when machines cannot work, beside their planned maintenance by the calendar."""
    setups_ahead: bool = False
    """Whether a machine can be set up before the work has come; the simulator never does."""
    state: dict[Id, Id] = {}
    """What machines are set up for at the start: ``mould/1: tank``. Any other is set up for nothing."""
    unbroken: tuple[Id, ...] = ()
    """Stations, or operations as ``route.op``, whose work may not be interrupted by breaks and nights: it fits between
    two of them."""
    allowance: Share = Quantity(0.0, "%")
    """Time added to each operation for stops that nobody can schedule."""

    @model_validator(mode="after")
    def _counts_something(self) -> Scheduling:
        if self.horizon.base <= 0:
            raise ValueError("the horizon is empty")
        for level in self.goals:
            if not isinstance(level, str) and not any(level.values()):
                raise ValueError("a goal in which nothing counts; give one of its measures a weight above 0")
        return self
