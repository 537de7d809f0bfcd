"""A plant at one moment, in names: a dated document from which runs begin, and which a run can leave behind.

What people can see is written down: what lies where, since when, how long a machine has been at it. What nobody can
know (how long it will still take, when a machine fails next) may be left out: every run draws it anew, given what is
known.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, model_validator

from plantwright.model.moment import Moment
from plantwright.model.record import Id, Record
from plantwright.units import Count, Duration

STATE_VERSION = 1
DONE = "done"
"""What a part that is through with its route waits for: a place on its shelf."""

Status = Literal["waiting", "in-work", "blocked", "under-way", "held"]
Phase = Literal["setup", "load", "work", "unload"]
Some = Annotated[Count, Field(ge=1)]


class Part(Record):
    """A part in process, or several that are alike."""

    item: Id
    """What it is, or will be: an item or a product."""
    op: Id
    """The operation that it waits for, is in, or is held after; ``done`` for one that is through and waits for its
    shelf."""
    status: Status = "waiting"
    """Waiting in the queue of a station, in work on a machine, blocked (its operation is over, and it cannot go on),
    under way, or held until its lot is full; told by what else is named when left out."""
    count: Some = 1
    """How many parts are alike."""
    pieces: Some | None = None
    """Pieces in each; as many as move together when left out."""
    station: Id | None = None
    """The station in whose queue it waits, for whose room it is blocked, or to which it is under way; needed where its
    operation has alternatives."""
    machine: Id | None = None
    """The machine it is on: ``station/1``."""
    from_: Id | None = None
    """The station it comes from, where it is on no machine."""
    conveyor: Id | None = None
    """The conveyor it is on; blocked there, it stands at its end."""
    carrier: Id | None = None
    """The carrier it waits for, its place at the station being kept."""
    vehicle: Id | None = None
    """The vehicle it is on: ``cart/1``."""
    since: Moment | None = None
    """Since when it waits, or is under way; the moment of the state when left out."""
    entered: Moment | None = None
    """When it entered the plant; as ``since`` when left out."""
    due: Moment | None = None
    """When it is due; when it entered, where it has no date."""
    arrives: Moment | None = None
    """When it arrives, if under way; drawn from the law of its way when left out."""
    options: dict[Id, str] = {}
    """Its options by name; drawn from the product's shares when left out."""
    defects: Count | None = None
    """Defective pieces in it that nobody has found; drawn from the yields before it when left out."""
    tries: Count = 0
    """How often it has been rejected at ``tried``."""
    tried: Id | None = None
    """The operation that has rejected it last."""
    sample_of: Id | None = None
    """The sampled operation on whose lot it decides, for a sample in the laboratory."""
    lot: tuple[Part, ...] = ()
    """The parts that are held until its result is known, for a sample in the laboratory."""

    @model_validator(mode="before")
    @classmethod
    def _status_told_by_the_rest(cls, value: object) -> object:
        if isinstance(value, dict) and value.get("status") is None:
            on_its_way = any(value.get(field) for field in ("arrives", "conveyor", "vehicle"))
            told = "in-work" if value.get("machine") else "under-way" if on_its_way else "waiting"
            return {**value, "status": "blocked" if value.get("carrier") else told}
        return value

    @model_validator(mode="after")
    def _fits_together(self) -> Part:
        if self.status == "in-work" and self.machine is None:
            raise ValueError('a part in work is on a machine; write "machine: station/1"')
        if self.status in ("waiting", "under-way", "held") and self.machine is not None:
            raise ValueError(f"a part that is {self.status} is on no machine; leave one of the two out")
        if sum(place is not None for place in (self.vehicle, self.conveyor, self.carrier)) > 1:
            raise ValueError("a part is on a vehicle, on a conveyor, or waits for a carrier; keep one of them")
        if self.vehicle is not None and self.status != "under-way":
            raise ValueError(f"a part on a vehicle is under way, not {self.status}; leave one of the two out")
        if self.conveyor is not None and self.status not in ("under-way", "blocked"):
            raise ValueError(
                f"a part on a conveyor is under way or blocked, not {self.status}; leave one of the two out"
            )
        if self.carrier is not None and self.status != "blocked":
            raise ValueError(f"a part that waits for a carrier is blocked, not {self.status}; leave one of the two out")
        if self.op == DONE and self.status != "blocked":
            raise ValueError("a part whose operations are done is blocked before its shelf, or counted in stocks")
        if self.tries and self.tried is None:
            raise ValueError('tries are counted at an operation; write "tried: inspect"')
        return self


class Condition(Record):
    """What a machine is at."""

    family: Id | None = None
    """The family it is set up for."""
    phase: Phase = "work"
    """What it does with the part it has in work: it is set up for it, loaded, works, or is unloaded."""
    elapsed: Duration | None = None
    """How long it has been at that, interruptions not counted; not begun yet when left out."""
    remaining: Duration | None = None
    """How long it will still take; drawn, given what has elapsed, when left out."""
    pace: Annotated[float, Field(gt=0)] | None = None
    """Time of this execution as a share of what is written, as practice had made it when it began; as it is now when
    left out."""
    mounting: Duration | None = None
    """How long it takes to mount its tools, as the first part of its setup."""
    asks: bool = False
    """Whether it waits for people; found out when left out."""
    overtime: bool = False
    """Whether it finishes its part although its shift is over."""
    keeps: Id | None = None
    """The next station, at which it keeps a place for its part (blocking before service)."""
    crews: tuple[Id, ...] = ()
    """The crews whose people it holds, in the order of what the operation asks for; chosen as at a start when left
    out."""


class Ride(Record):
    """Where a vehicle is that is not parked."""

    way: Literal["out", "back"] | None = None
    """Out with its load, or on its way back; parked when left out."""
    elapsed: Duration | None = None
    """How long it has been on this way, without the time that it stood."""
    remaining: Duration | None = None
    """How long it will still take; drawn, given what has elapsed, when left out."""
    crews: tuple[Id, ...] = ()
    """The crews whose people drive it; chosen anew when left out."""


class Ageing(Record):
    """How far a way to fail, or planned maintenance, is: since when it is mended, or for how long it has been down."""

    machine: Id | None = None
    """The machine: ``station/1``."""
    station: Id | None = None
    """The station, where all its machines fail together."""
    vehicle: Id | None = None
    """The vehicle: ``cart/1``."""
    carrier: Id | None = None
    """The carrier, where all its vehicles fail together."""
    failure: str
    """Name of the way to fail, of the maintenance, or of the failure of several stations; ``failure 1`` and
    ``maintenance 1`` where the first one has no name."""
    age: Duration | None = None
    """Time since it was mended last, by the clock that it counts; new when left out."""
    operations: Count | None = None
    """Operations (or trips) since it was mended last, where it counts those."""
    remaining: Duration | None = None
    """Time until it strikes, or, if it has struck, until it is mended; drawn, given the age, when left out."""
    remaining_operations: Count | None = None
    """Operations (or trips) until it strikes, where it counts those."""
    is_due: bool = False
    """Whether it is planned maintenance that has fallen due and waits until the machine may stop."""
    down: Duration | None = None
    """For how long it has been down; it is up when left out."""
    repair: Duration | None = None
    """For how long somebody has been at its repair; nobody yet when left out."""
    crews: tuple[Id, ...] = ()
    """The crews whose people repair it."""

    @property
    def owner(self) -> str:
        """Whose it is."""
        return self.machine or self.vehicle or self.station or self.carrier or ""

    @model_validator(mode="after")
    def _one_owner(self) -> Ageing:
        if sum(owner is not None for owner in (self.machine, self.station, self.vehicle, self.carrier)) > 1:
            raise ValueError("a way to fail is of a machine, a vehicle, or a station or carrier as a whole; name one")
        if self.repair is not None and self.down is None:
            raise ValueError('what is being repaired is down; write "down: 30 min"')
        return self


class Called(Record):
    """Pieces that have been called for and are not begun."""

    item: Id
    """What is to be made."""
    pieces: Some
    """How many pieces."""
    due: Moment | None = None
    """When they are due."""
    complete: bool = True
    """Whether they may enter; if not, they wait until a whole lot is called for."""


class Delivery(Record):
    """Bought pieces under way."""

    item: Id
    """What comes."""
    pieces: Some
    """How many pieces."""
    offer: Id | None = None
    """The offer they were bought by; the first one for the item when left out."""
    ordered: Moment | None = None
    """When they were ordered; the moment of the state when left out."""
    due: Moment | None = None
    """When they come; drawn from the offer's lead time, given when they were ordered, when left out."""


class Tooling(Record):
    """How far one tool is."""

    uses: Count = 0
    """Uses so far; its life is counted from them."""
    machine: Id | None = None
    """The machine it is on: in use there, or mounted since it was."""
    away: Duration | None = None
    """How long until it is back, if it is on its way or in repair."""


class Since(Record):
    """How far a recurring event is."""

    elapsed: Duration | None = None
    """Time since it happened last."""
    remaining: Duration | None = None
    """Time until it happens next; drawn, given what has elapsed, when left out."""


class State(Record):
    """A plant at one moment. Whatever is not named is as at the beginning of a run: idle, new, empty."""

    state: int = STATE_VERSION
    """Version of the state's schema."""
    plant: str = ""
    """Name of the plant; only for the reader."""
    at: Moment
    """The moment."""
    parts: tuple[Part, ...] = ()
    """Parts in process. Where order matters (in a queue, before a full station) they stand in theirs."""
    stocks: dict[Id, Count] = {}
    """Pieces on the shelves; an item that is not named has what the plant begins with."""
    backlogs: dict[Id, Count] = {}
    """Pieces that customers have ordered and wait for."""
    orders: tuple[Called, ...] = ()
    """What has been called for and is not begun; for an item that is not named this follows from its policy or its
    dated demand, its stock, and what is in process."""
    deliveries: tuple[Delivery, ...] = ()
    """Bought pieces under way."""
    machines: dict[Id, Condition] = {}
    """What machines are at, by ``station/1``. Idle ones are used in this order, then those that are not named."""
    vehicles: dict[Id, Ride] = {}
    """Where vehicles are, by ``cart/1``. Parked ones go out in this order, then those that are not named."""
    failures: tuple[Ageing, ...] = ()
    """How far ways to fail are."""
    tools: dict[Id, Tooling] = {}
    """How far tools are, by ``mould/1``. Free ones are taken in this order, then those that are not named."""
    arrivals: dict[Id, Since] = {}
    """How far the arrivals of items are that are released at intervals; of a source that is blocked nothing is said."""
    customers: dict[Id, Since] = {}
    """How far the orders of customers are that come at intervals; of those due at one instant the first named comes
    first."""
    overtime: dict[Id, Moment] = {}
    """Calendars whose present shift lasts longer than it is written, and until when."""
    practice: dict[Id, Count] = {}
    """How often each skill (or operation, ``route.operation``) that is learned has been exercised so far."""
    mix: dict[Id, float] = {}
    """What the sequence of the mix owes each product, in units."""
    offers: dict[Id, Moment] = {}
    """Date of the last delivery agreed with each offer, where its capacity counts."""

    def ticks_after(self, first: dt.date) -> int:
        """How long after midnight (UTC) of a plant's first day the moment is. [ticks]"""
        begin = dt.datetime.combine(first, dt.time(), tzinfo=dt.UTC)
        return (self.at - begin) // dt.timedelta(microseconds=1)
