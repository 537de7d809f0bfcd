"""The things of a plant as the oracle sees them: plain objects that know each other.

Times are in ticks (microseconds), people in thousandths of a person, everything else in pieces or parts. ``number`` is
the place of a thing among its kind: it names it in the trace and in the random numbers. Above the blank line in each
class is what the plant's document settles, below it what changes in a run.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from plantwright.codes import EMPTY, IDLE, PARKED, UP


@dataclass(eq=False)
class Law:
    """A law of a time or of a number of pieces; what a, b, c mean is said in ``draw.py``."""

    kind: int
    a: float
    b: float
    c: float
    table: list[float]


@dataclass(eq=False)
class Offer:
    number: int
    lead_time: Law
    gap: int
    quantity: int
    outages: list[tuple[int, int, float]]
    """Beginning, end, share of the deliveries that comes all the same."""

    last_delivery: int = 0
    orders: int = 0


@dataclass(eq=False)
class Item:
    """Something made or bought, and its shelf."""

    number: int
    room: int
    policy: int
    reorder_point: int
    lot: int
    serial: bool
    offers: list[Offer]

    stock: int
    release: Release | None = None
    on_order: int = 0
    owed: int = 0
    serial_parts: list[Part] = field(default_factory=list)


@dataclass(eq=False)
class Skill:
    number: int
    crews: list[Crew] = field(default_factory=list)


@dataclass(eq=False)
class Crew:
    number: int
    people: int
    absence: float
    calendar: Calendar | None

    on: bool = True
    away: bool = False
    """Its first day is to come, or its last one is over."""
    present: int = 0
    held: int = 0
    times_come: int = 0


Needs = list[tuple[Skill, int]]
"""People who are needed together: a skill and thousandths of a person for each."""
Holding = list[tuple[Crew, int]]
"""People who are held, need by need."""


@dataclass(eq=False)
class Tool:
    """Moulds, fixtures, jigs of one kind."""

    number: int
    life: int
    setup: Law | None
    repair: Law | None
    way_back: Law | None
    units: list[Unit] = field(default_factory=list)

    is_there: bool = True
    free: list[Unit] = field(default_factory=list)
    """Longest free first."""
    uses: int = 0
    setups: int = 0


@dataclass(eq=False)
class Unit:
    """One tool of its kind."""

    tool: Tool

    uses: int = 0
    is_in_use: bool = False
    machine: Machine | None = None
    """On which it was last, unless it has been away since."""


@dataclass(eq=False)
class Curve:
    """How times fall with the number n of executions: (fixed + (1 - fixed) n^-exponent) x scale, up to a plateau."""

    exponent: float
    fixed: float
    scale: float
    plateau: int

    count: int


@dataclass(eq=False)
class Lane:
    """Parts of a station's queue that keep their order among themselves."""

    family: int
    rank: int

    parts: list[Part] = field(default_factory=list)
    planned: list[Operation] = field(default_factory=list)
    """Operations that a plan lets begin from here together, and that may still come."""
    has_begun: bool = False
    """One of them has begun."""


@dataclass(eq=False)
class Station:
    number: int
    rule: int
    room: int
    end_of_shift: int
    calendar: Calendar | None
    setups: dict[tuple[int, int], Law]
    """Law of the change from a family (NONE: no family yet) to another."""
    setup_people: Needs
    most_in_batch: int
    fewest_in_batch: int
    longest_wait: int
    accepts_while_down: bool
    locked: bool
    looks_ahead: bool
    """Blocking before service."""
    differs_by_item: bool
    """Some machine is qualified for some items only."""
    lanes: list[Lane]
    machines: list[Machine] = field(default_factory=list)

    on: bool = True
    coming: int = 0
    """Places kept for parts that are under way or will come."""
    idle_machines: list[Machine] = field(default_factory=list)
    """Longest idle first."""
    left: Machine | None = None
    """A machine that its last part has just left: idle, unless it takes another one when its station is tried."""
    reason: int = IDLE
    """Why machines with nothing to do have nothing to do."""

    @property
    def waiting(self) -> int:
        return sum(len(lane.parts) for lane in self.lanes)


@dataclass(eq=False)
class Machine:
    number: int
    ordinal: int
    station: Station
    speed: float
    items: set[Item] | None
    """What it is qualified for; None: everything."""
    first_day: int
    gone_from: int
    failures: list[Failure] = field(default_factory=list)
    plan: list[Lane] = field(default_factory=list)
    """Lanes that have their turns one after the other."""

    absent: bool = False
    """Its first day is to come, or it is gone."""
    state: int = IDLE
    phase: int = EMPTY
    parts: list[Part] = field(default_factory=list)
    operation: Operation | None = None
    start_number: int = 0
    starts: int = 0
    family: int = -1
    running: bool = False
    running_since: int = 0
    remaining: int | None = None
    """Of the present phase; None before it has begun."""
    duration: int = 0
    event: Any = None
    busy_time: int = 0
    stops_now: int = 0
    """Failures and maintenance that keep it from working now, and how many of them are maintenance."""
    maintenance_now: int = 0
    asking: bool = False
    finishing: bool = False
    """Works on though its shift is over."""
    holds_tools: list[Unit] = field(default_factory=list)
    mounted: list[Unit] = field(default_factory=list)
    """Those of its last operation that held any."""
    mounting: int = 0
    """How long it takes to mount what it did not have."""
    crew: Holding = field(default_factory=list)
    helpers: Holding = field(default_factory=list)
    kept_place: tuple[Station, Lane] | None = None
    """Blocking before service: where a place is kept for the part on it, and for which operation."""
    kept_for: Operation | None = None


@dataclass(eq=False)
class Failure:
    """One way to fail of a machine, of a vehicle, or of several together; or a planned maintenance of a machine."""

    number: int
    place: int
    """Place of its station among stations, its carrier's behind them, for the random numbers."""
    ordinal: int
    station: Station | None
    carrier: Carrier | None
    members: list[Machine] | list[Vehicle]
    uptime: Law | None
    repair: Law
    by: int
    then: int
    from_start: bool
    runs_off_shift: bool
    people: Needs
    planned: bool
    interrupts: bool
    skips_off_shift: bool
    during_repair: int
    dates: list[int]
    """When maintenance by the calendar is due."""
    renews: list[Failure] = field(default_factory=list)
    """Failures that count anew after the maintenance."""

    condition: int = UP
    dates_over: int = 0
    due: int = 0
    """When it strikes: a time, busy time of the first machine, or its number of starts; trips of a vehicle."""
    ends: int = 0
    left: int = 0
    paused: bool = False
    event: Any = None
    struck: int = 0
    uptimes_drawn: int = 0
    repairs_drawn: int = 0
    repairers: Holding = field(default_factory=list)

    @property
    def is_shared(self) -> bool:
        return len(self.members) > 1


@dataclass(eq=False)
class Operation:
    number: int
    item: Item
    places: list[tuple[Station, Lane]]
    work: Law | None
    per_piece: bool
    family: int
    kit: list[tuple[Item, int, int]]
    """Item, pieces per piece, and the options that take it as bits."""
    gives: list[tuple[Item, int]]
    people: Needs
    attendants: Needs
    loading: Law | None
    unloading: Law | None
    tools: list[tuple[Tool, int]]
    good: list[float]
    """Good fraction at the first try, the second, ..."""
    hides_defects: bool
    inspects: bool
    miss: float
    false_reject: float
    mends: float
    tries: int
    sample_every: int
    sample_good: float
    sample_tries: int
    transfer: int
    curves: list[Curve]
    """What its work practises and learns from."""
    hand_curves: list[Curve]
    """What loading and unloading practise besides."""
    next: Operation | int = -1
    otherwise: Operation | int = -1
    past_tries: Operation | int = -1
    sample_otherwise: Operation | int = -1
    sample_past: Operation | int = -1
    laboratory: Operation | None = None
    sampled: Operation | None = None
    """The operation whose lots this one, in the laboratory, decides on."""
    is_planned: bool = False
    planned_on: Machine | None = None
    """Under a plan, the machine on which it is done (None: any), from when on, and how long parts rest before it."""
    not_before: int = 0
    rest: int = 0
    job: Job | None = None

    starts: int = 0
    ends: int = 0
    setups: int = 0
    samples: int = 0
    lot: list[Part] = field(default_factory=list)


@dataclass(eq=False)
class Job:
    """A lot that follows a plan."""

    operations: list[Operation]

    parts: int = 0
    """Made of it, and not scrapped."""


@dataclass(eq=False)
class Release:
    number: int
    item: Item
    operation: Operation
    kind: int
    between: Law | None
    group: Law | None
    loses: bool
    blocks: bool
    """Who arrives in vain blocks the source: the next one comes only when it has entered."""
    cap: int
    pieces: int
    weight: float
    options: list[float]
    """Share of units with each option or one before it."""
    openings: list[tuple[int, int, int, Operation | None]]
    """Dated orders to make: from when they may be started, due date, pieces, under a plan the first operation."""
    launcher: Launcher | None = None

    pending: int = 0
    is_standing: bool = False
    """Its source is blocked."""
    in_process: int = 0
    credit: float = 0.0
    opened: int = 0
    used_up: int = 0
    taken: int = 0
    again: int = 0
    again_due: int = 0
    arrivals: int = 0
    created: int = 0


@dataclass(eq=False)
class Launcher:
    kind: int
    releases: list[Release]


@dataclass(eq=False)
class Overtime:
    """A shift lasts longer if, at its end, more than so many parts wait at a station, or pieces are owed."""

    queue: Station | None
    backlog: Item | None
    above: int
    extra: int
    begin: int
    end: int


@dataclass(eq=False)
class Calendar:
    number: int
    changes: list[int]
    on: bool
    ends_shift: list[bool]
    """Of each change, whether a shift ends there; where there are rules for overtime."""
    overtime: list[Overtime] = field(default_factory=list)
    stations: list[Station] = field(default_factory=list)
    crews: list[Crew] = field(default_factory=list)
    carriers: list[Carrier] = field(default_factory=list)

    changed: int = 0
    turns: int = 0
    """When it turns next."""
    is_longer: bool = False
    """The present shift has been made longer."""


@dataclass(eq=False)
class Carrier:
    number: int
    load: int
    way_back: Law | None
    calendar: Calendar | None
    people: Needs
    """Who drives, from setting out to being back."""
    vehicles: list[Vehicle] = field(default_factory=list)

    on: bool = True
    away: bool = False
    """Its first day is to come, or its last one is over."""
    trips: int = 0
    free: list[Vehicle] = field(default_factory=list)
    """Longest parked first."""
    waiting: list[Part] = field(default_factory=list)


@dataclass(eq=False)
class Vehicle:
    """One of a carrier's."""

    ordinal: int
    carrier: Carrier
    failures: list[Failure] = field(default_factory=list)

    phase: int = PARKED
    trips: int = 0
    stops_now: int = 0
    asking: bool = False
    """Stands on its way and waits for a driver."""
    drivers: Holding = field(default_factory=list)
    aboard: list[Part] = field(default_factory=list)
    ends: int = 0
    left: int = 0
    """Of its way, while it stands."""
    back: int = 0
    """What the way back will take."""
    event: Any = None


@dataclass(eq=False)
class Conveyor:
    """Accumulating: parts queue up at its end. ``gap`` is from one part to the next, ``transit`` from end to end."""

    number: int
    room: int
    transit: int
    gap: int

    parts: list[Part] = field(default_factory=list)
    """In their order, the first one at the end or nearest to it."""
    kept: int = 0
    """Places kept for stations with blocking before service."""
    begin_free: int = 0
    end_free: int = 0


@dataclass(eq=False)
class Way:
    number: int
    time: Law | None
    carrier: Carrier | None
    conveyor: Conveyor | None

    trips: int = 0


@dataclass(eq=False)
class Coming:
    """Something comes (``by`` above 0) or leaves at a date: a machine, a crew, a carrier, or so many tools."""

    time: int
    what: Machine | Crew | Carrier | Tool
    by: int


@dataclass(eq=False)
class Demand:
    number: int
    item: Item
    between: Law | None
    pieces: Law | None
    loses: bool
    orders: list[tuple[int, int]]
    """Dated orders: time, pieces."""

    drawn: int = 0
    ordered: int = 0


@dataclass(eq=False)
class Part:
    """What moves through the plant as one: a piece, or a panel or lot of several."""

    number: int
    item: Item
    operation: Operation
    pieces: int
    option: int
    born: int
    due: int
    tries: int = 0
    tried: Operation | None = None
    defects: int = 0
    place: tuple[Station, Lane] | None = None
    """Where it does, or will do, its operation."""
    machine: Machine | None = None
    comes_from: Station | None = None
    conveyor: Conveyor | None = None
    at_end: int = 0
    """When it is at the end of the conveyor it is on, if nothing stops it."""
    waits_for: Station | Item | Conveyor | None = None
    """Blocked: what it waits to get into."""
    joined: int = 0
    joined_at: int = 0
    lot: list[Part] = field(default_factory=list)
    """Parts that wait for what the laboratory finds out about this one."""


@dataclass(eq=False)
class Plant:
    """Everything there is, each kind in the order of its numbers."""

    items: list[Item]
    skills: list[Skill]
    crews: list[Crew]
    tools: list[Tool]
    stations: list[Station]
    machines: list[Machine]
    failures: list[Failure]
    operations: list[Operation]
    releases: list[Release]
    launchers: list[Launcher]
    calendars: list[Calendar]
    comings: list[Coming]
    carriers: list[Carrier]
    conveyors: list[Conveyor]
    ways: dict[tuple[Station, Station], Way]
    demands: list[Demand]
