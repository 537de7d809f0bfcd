"""The answer to ``schedule``: what runs where and when, by whom, and why there.

Moments are told on the clock of the plant's first site (``time_zone``); ``_s`` are seconds from the start of the
schedule.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from plantwright.results.estimate import Chance, Estimate
from plantwright.results.printable import Execution, Printable, Provenance

Range = tuple[float | None, float | None, float | None]
"""P10, P50 and P90."""


@dataclass(frozen=True, slots=True)
class ScheduleGoal:
    """One level of what was sought: what the schedule comes to, and what none goes below."""

    goal: str
    unit: str
    value: float
    bound: float | None
    """None where nothing is known."""
    gap: float | None
    """How far the value may be above the best one, as a share of the bound; None where the bound is 0 or unknown."""


@dataclass(frozen=True, slots=True)
class ScheduledOrderRow:
    """An order, and when it is done."""

    order: str
    name: str
    item: str
    item_name: str
    customer: str
    pieces: int
    lots: int
    weight: int
    release: str | None
    due: str | None
    deadline: str | None
    start: str
    end: str
    start_s: int
    end_s: int
    due_s: int | None
    late: bool
    tardiness_h: float
    """Time past the due date; 0 of what is in time. [h]"""
    slack_h: float | None
    """Time left until the due date, below 0 of what is late. [h]"""
    work_h: float
    """Time for which machines, people or places work on it. [h]"""
    flow_h: float
    """From release to end. [h]"""
    on_time: Chance | None = None
    """Chance of being done by its due date, replayed; None where it was not, or has none."""
    complete: Chance | None = None
    """Chance of as many good pieces as are wanted, replayed."""


@dataclass(frozen=True, slots=True)
class ScheduleBar:
    """An operation of a lot: where and when it runs, by whom, and what it waited for."""

    bar: int
    order: str
    lot: int
    item: str
    operation: str
    route: str
    station: str
    machine: str
    """``mould/3``; empty where it has none."""
    crew: str
    """Who does it, the first of each skill; empty where nobody is needed."""
    tools: str
    pieces: float
    family: str
    setup: str | None
    """When its setup begins; None without one."""
    start: str
    end: str
    setup_s: int | None
    start_s: int
    end_s: int
    work_s: int
    """Working time; what is missing to the end are closures. [s]"""
    reason: str
    """``start``, ``release``, ``predecessor``, ``part``, ``missing``, ``machine``, ``setup``, ``batch``, ``crew``,
    ``tool``, ``places``, ``calendar``, ``within``, ``fixed`` or ``later``."""
    waits_for: int | None
    """The bar that it waited for; None where it was something else."""
    why: str
    """The same in a sentence."""
    customer: str
    late: bool
    """Whether its order is."""
    critical: bool
    """Whether it is on the chain that makes an order late, or the last one last."""
    fixed: bool
    """Whether it stood there before and was not to be moved."""
    start_range_s: Range = (None, None, None)
    """P10, P50 and P90 of its start, replayed; None where it was not, or does not happen so often. [s]"""
    end_range_s: Range = (None, None, None)
    """The same of its end. [s]"""


@dataclass(frozen=True, slots=True)
class ScheduleLink:
    """A bar of the chain that makes an order late, the last one first."""

    order: str
    place: int
    bar: int
    of_order: str
    lot: int
    operation: str
    machine: str
    start: str
    end: str
    reason: str
    why: str


@dataclass(frozen=True, slots=True)
class ScheduleRescue:
    """A way to bring a late order forward, scheduled anew: what it does to this order and to the others."""

    order: str
    kind: str
    """``overtime``, ``machine``, ``lot`` or ``weight``."""
    change: str
    cost: float | None
    """What it costs once; None where nobody has written it. [base money]"""
    end: str
    tardiness_h: float
    """Of the order afterwards. [h]"""
    gained_h: float
    """By how much it is earlier than without. [h]"""
    in_time: bool
    late: int
    """Orders that are late then."""
    late_before: int
    others_h: float
    """By how much the lateness of all other orders together grows; below 0 where they gain too. [h]"""


@dataclass(frozen=True, slots=True)
class ScheduleStation:
    """What the schedule makes of a station, from its start to its last bar."""

    name: str
    machines: int
    bars: int
    busy_h: float
    setup_h: float
    open_h: float
    """Machine-hours of its calendars. [h]"""
    load: float | None
    """Busy and setup over open; None where it is never open. [-]"""
    setups: int


@dataclass(frozen=True, slots=True)
class ScheduleMachine:
    """When a machine cannot work."""

    station: str
    number: int
    closed_s: tuple[tuple[int, int], ...]
    """From the start to the last bar. [s]"""
    down_s: tuple[tuple[int, int], ...] = ()
    """Of these, what is maintenance or breakdown. [s]"""


@dataclass(frozen=True, slots=True)
class ScheduleRule:
    """What a dispatching rule makes of the same orders."""

    rule: str
    values: tuple[float, ...]
    """Level by level, in the units of the goals."""
    worse: float | None
    """By how much its first level that differs is above the schedule's, as a share; None where that is 0."""
    first: float = 0.0
    """Its first level: what it comes to."""


@dataclass(frozen=True, slots=True)
class SchedulePeg:
    """Pieces of one order that another builds in."""

    item: str
    pieces: float
    from_order: str
    from_lot: int
    to_order: str
    to_lot: int
    operation: str
    bar: int


@dataclass(frozen=True, slots=True)
class ScheduleMove:
    """A bar that stands elsewhere than in the schedule before."""

    bar: int
    order: str
    lot: int
    operation: str
    machine_before: str
    machine: str
    start_before: str
    start: str
    later_h: float
    """Below 0 where it is earlier. [h]"""


@dataclass(frozen=True, slots=True)
class ScheduleConflict:
    """Something that cannot hold together with the others of its kind in this answer."""

    what: str
    text: str
    remedy: str


@dataclass(frozen=True, slots=True)
class ScheduleReplayedGoal:
    """One level of what was sought, as it was planned and as it is to be expected."""

    goal: str
    unit: str
    planned: float
    expected: Estimate


@dataclass(frozen=True, slots=True)
class ScheduleRival:
    """A schedule of the same orders, replayed on the same random numbers: what is to be expected, level by level."""

    name: str
    expected: tuple[Estimate, ...]
    again: tuple[Estimate, ...]
    """In fresh runs; nothing where it was not the best and not this schedule."""
    is_best: bool


@dataclass(frozen=True, slots=True)
class ScheduleReplay:
    """What becomes of the schedule when times vary, machines fail and pieces are rejected."""

    runs: int
    on_time_share: Estimate
    """Share of the orders with a due date that are in time. [-]"""
    goals: tuple[ScheduleReplayedGoal, ...]
    rivals: tuple[ScheduleRival, ...]
    best: str
    """The schedule with the least to be expected."""
    gain: float | None
    """By how much it is below this one on the first goal, in fresh runs; None where it is this one."""
    gain_half_width: float | None


@dataclass(frozen=True, repr=False)
class ScheduleAnswer(Printable):
    """What runs where and when, by whom, and why there."""

    plant: str
    verdict: str
    start: str
    end: str
    time_zone: str
    goals: tuple[ScheduleGoal, ...]
    orders: tuple[ScheduledOrderRow, ...]
    bars: tuple[ScheduleBar, ...]
    chains: tuple[ScheduleLink, ...]
    rescues: tuple[ScheduleRescue, ...]
    stations: Mapping[str, ScheduleStation]
    machines: Mapping[str, ScheduleMachine]
    rules: tuple[ScheduleRule, ...]
    pegs: tuple[SchedulePeg, ...]
    moved: tuple[ScheduleMove, ...]
    conflicts: tuple[ScheduleConflict, ...]
    """Where not every deadline and longest wait can be kept: the fewest that cannot hold together."""
    proven: bool
    """Whether no schedule is better."""
    complete: bool
    """Whether every deadline and longest wait is kept."""
    checked: bool
    """Whether the independent check found every constraint kept."""
    history: tuple[tuple[float, float], ...]
    """Work or seconds after which a value of the first goal was reached."""
    currency: str
    not_used: tuple[str, ...]
    notes: tuple[str, ...]
    provenance: Provenance
    execution: Execution | None = None
    facts: tuple[tuple[str, str, str], ...] = field(default=())
    """Key numbers for the reader: what, how much, remark."""
    replay: ScheduleReplay | None = None
    """What the simulator makes of it; None where it was not asked."""
