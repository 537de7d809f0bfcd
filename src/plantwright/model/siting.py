"""Where to put plants, depots, test ranges and posts."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from plantwright.model.place import Position
from plantwright.model.record import Id, Record
from plantwright.units import Count, Length, Money, MoneyPerLength, Quantity, Share

Kind = Literal["facility-location", "p-median", "p-centre", "set-covering", "maximal-covering"]
SERVING: tuple[Kind, ...] = ("facility-location", "p-median", "p-centre")
"""Kinds in which every customer is served from a site; in the others points are seen from posts."""


class Customer(Record):
    """Somebody to serve, or a point to watch."""

    name: str = ""
    """What people call it."""
    position: Position | None = None
    """Latitude and longitude in degrees."""
    demand: Count | None = None
    """Pieces a year it takes."""
    share: Share | None = None
    """Share of the plant's yearly demand (of the task's products) that it takes."""
    weight: Annotated[float, Field(ge=0)] | None = None
    """How much it counts where no pieces are written; 1 when left out."""


class Candidate(Record):
    """A place where something may stand."""

    name: str = ""
    """What people call it; the name of its site when left out."""
    site: Id | None = None
    """A site of the plant that stands there, which gives its position."""
    position: Position | None = None
    """Latitude and longitude in degrees."""
    cost: Money | None = None
    """What having it costs a year; nothing when left out."""
    capacity: Annotated[Count, Field(ge=1)] | None = None
    """Pieces a year it can serve; no limit when left out."""
    piece: Money | None = None
    """What a piece costs there, beyond what it would cost elsewhere."""
    carriage: MoneyPerLength | None = None
    """What carrying a piece from there costs; that of the task when left out."""
    radius: Length | None = None
    """How far it serves or sees; that of the task when left out."""
    open: bool | None = None
    """Whether it is open whatever it costs, or is not to be opened; free when left out."""


class WatchedLine(Record):
    """A line to watch: a power line, a pipeline, a railway."""

    name: str = ""
    """What people call it."""
    path: Annotated[tuple[Position, ...], Field(min_length=2)]
    """Its corners, as latitudes and longitudes in degrees."""
    weight: Annotated[float, Field(ge=0)] = 1.0
    """How much a kilometre of it counts."""


class Criterion(Record):
    """Something that money does not cover."""

    name: str = ""
    """What people call it."""
    weight: Annotated[float, Field(gt=0)]
    """How much going from its worst to its best counts; the weights of a task need not add up to anything."""
    better: Literal["high", "low"] = "high"
    """Which scores are better."""
    scores: dict[Id, float] = {}
    """Score of each candidate; when left out, what the task itself makes least or most is scored: cost, distance,
    length seen."""


class Siting(Record):
    """One question of where things should stand."""

    name: str = ""
    """What people call it."""
    kind: Kind = "facility-location"
    """What is asked for: the least cost of sites and carriage, the least mean distance (p-median), the least farthest
    distance (p-centre), to see everything at least cost (set-covering), or to see as much as can be
    (maximal-covering)."""
    customers: dict[Id, Customer] = {}
    """Whom to serve, or points to watch."""
    lines: dict[Id, WatchedLine] = {}
    """What else to watch."""
    candidates: dict[Id, Candidate]
    """Where things may stand."""
    products: tuple[Id, ...] = ()
    """Products whose yearly demand the shares of customers are of; all when left out."""
    p: Annotated[Count, Field(ge=1)] | None = None
    """How many may be open."""
    budget: Money | None = None
    """What those that are open may cost a year."""
    carriage: MoneyPerLength | None = None
    """What carrying a piece costs."""
    detour: Annotated[float, Field(ge=1)] = 1.0
    """Road over great-circle distance."""
    radius: Length | None = None
    """How far a place serves or sees, as the crow flies; no limit when left out."""
    distances: dict[Id, dict[Id, Length]] = {}
    """Distance from a candidate to a customer, where positions do not give it."""
    prices: dict[Id, dict[Id, Money]] = {}
    """What carrying a piece from a candidate to a customer costs, where distance does not give it."""
    whole: bool = False
    """Whether a customer is served from one place alone."""
    step: Length = Quantity(1.0, "km")
    """Longest segment into which lines are cut; a segment is seen when one post sees the whole of it."""
    times: Annotated[Count, Field(ge=1)] = 1
    """Posts that have to see each point, where everything is to be seen."""
    backup: Share | None = None
    """What being seen by a second post is worth beside the first, where as much as can be is to be seen."""
    criteria: dict[Id, Criterion] = {}
    """What else counts."""
    doubt: Share = Quantity(30.0, "%")
    """How far off the weights of criteria may be: the coefficient of variation of one among equals."""
    draws: Annotated[Count, Field(ge=1)] = 10_000
    """Sets of weights that are drawn."""
