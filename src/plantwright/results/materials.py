"""The answer to ``materials``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from plantwright.results.estimate import Estimate
from plantwright.results.printable import Execution, Printable, Provenance
from plantwright.results.screening import Screened


@dataclass(frozen=True, slots=True)
class MasterSchedule:
    """What is sold of a product or item, what comes, and what can still be promised, by period [pieces]."""

    name: str
    forecast: tuple[int, ...]
    """Expected beside what is ordered."""
    orders: tuple[int, ...]
    """Ordered by customers."""
    open: tuple[int, ...]
    """Open orders that come."""
    planned: tuple[int, ...]
    """Planned orders that come: the master production schedule."""
    projected: tuple[int, ...]
    """Stock at the end; below 0 what is owed."""
    promise: tuple[int, ...]
    """Available to promise out of what comes in each period."""


@dataclass(frozen=True, slots=True)
class ItemPlan:
    """The plan of one item or product: its requirements and orders, by period where nothing else is said [pieces]."""

    name: str
    kind: str
    """``make``, ``buy``, or ``pull`` of what its kanban calls for."""
    level: int
    """Low-level code: 0 of what goes into nothing."""
    lead_time_d: int
    """From release to receipt, in whole periods. [d]"""
    rule: str
    """How needs are gathered to orders."""
    stock: int
    """Usable at the start: less what customers wait for and what work in process has yet to take."""
    safety: int
    """Safety stock."""
    unit_value: float | None
    """Value of a piece by what is bought for it; None where a price is missing."""
    gross: tuple[int, ...]
    open: tuple[int, ...]
    net: tuple[int, ...]
    receipts: tuple[int, ...]
    """Planned orders that come."""
    releases: tuple[int, ...]
    """Planned orders that are released."""
    projected: tuple[int, ...]
    """Stock at the end; below 0 where something is late."""


@dataclass(frozen=True, slots=True)
class LotsTogether:
    """What lots that were sized together come to, and how much better any others could be."""

    cost: float
    """Of orders and of holding stock, over the whole plan. [base money]"""
    lower_bound: float | None
    """No lots within the hours there are cost less; None where there are no such lots. [base money]"""
    gap: float | None
    """By how much of their cost they could be too dear at most; None where they take more than the hours. [-]"""
    overtime_h: float
    """Hours that they take beyond those of the stations. [h]"""


@dataclass(frozen=True, slots=True)
class PlannedOrder:
    """Something to make or to buy."""

    order: str
    """Its number: item and day on which it comes."""
    item: str
    name: str
    kind: str
    """``make``, ``buy``, or ``pull`` of what its kanban will call for."""
    pieces: int
    release: str
    """Day on which it is released, or ordered."""
    due: str
    """Day on which it comes."""
    offer: str | None
    supplier: str | None
    cost: float | None
    """Price of all its pieces, duty included; None of what is made, and where no price is written."""


@dataclass(frozen=True, slots=True)
class Peg:
    """Pieces of a supply that serve one requirement."""

    item: str
    supply: str
    """``stock``, ``open`` or the number of a planned order."""
    comes: str
    """First day of the period in which it comes."""
    serves: str
    """``customers``, or the number of the planned order that takes it."""
    needed: str
    """First day of the period in which it is taken."""
    pieces: int


@dataclass(frozen=True, slots=True)
class Node:
    """A knot of a pegging tree: some pieces of a supply, and what they are made of or go into."""

    item: str
    name: str
    supply: str
    """``stock``, ``open``, ``customers`` or the number of a planned order."""
    date: str
    """First day of the period in which it comes, or is taken by customers."""
    pieces: float
    late: bool = False
    """Whether it comes after it is needed."""
    branches: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """Something that somebody has to decide or do."""

    kind: str
    """``refused``, ``short``, ``expedite``, ``promised twice``, ``frozen``, ``slushy``, ``offer``, ``overload``,
    ``release``, ``postpone``, ``cancel`` or ``below safety``."""
    item: str
    """The item, product or station."""
    name: str
    order: str
    """Number of the order it is about; empty where it is about none."""
    pieces: int
    date: str
    """When it matters."""
    to: str
    """The better date; empty where there is none."""
    text: str
    """The same in a sentence."""


@dataclass(frozen=True, slots=True)
class StationLoad:
    """What the planned orders take of a station, by period."""

    name: str
    needed_h: tuple[float, ...]
    """Hours of work. [h]"""
    hours_h: tuple[float, ...]
    """Machine-hours that there are on the real calendar, less mean stops. [h]"""


@dataclass(frozen=True, slots=True)
class Replay:
    """What the plan really reaches when the engine follows it order by order."""

    service_level: Estimate
    """Share of the demand that is delivered on its day. [-]"""
    by_product: Mapping[str, Estimate]
    """The same by product. [-]"""
    backlog_end: Mapping[str, Estimate]
    """Pieces that customers wait for at the end."""
    short_of: Mapping[str, Estimate]
    """Machine-hours for which stations waited for an item, the longest first. [h]"""


@dataclass(frozen=True, repr=False)
class MaterialsAnswer(Printable):
    """What has to be made and bought, when and in which lots."""

    plant: str
    verdict: str
    first: str
    """Today: the first day of the plan."""
    bucket_d: int
    """Length of a period. [d]"""
    periods: tuple[str, ...]
    """First day of each period."""
    master: Mapping[str, MasterSchedule]
    items: Mapping[str, ItemPlan]
    orders: tuple[PlannedOrder, ...]
    pegs: tuple[Peg, ...]
    messages: tuple[Message, ...]
    load: Mapping[str, StationLoad]
    stock_value: tuple[float, ...]
    """Value of the projected stock at the end of each period, as far as prices are known."""
    bought_cost: tuple[float, ...]
    """What the purchases that are ordered in each period cost, as far as prices are known."""
    lots: LotsTogether | None
    """With ``levelled: lots``: how good the lots are."""
    replay: Replay | None
    screened: Screened
    """Parties that may not be dealt with, whose offers the plan leaves out, and the lists that were read."""
    currency: str
    not_used: tuple[str, ...]
    notes: tuple[str, ...]
    provenance: Provenance
    execution: Execution | None = None
    supplied_by: Node | None = None
    """What supplies the next customers of the thing that was asked for, down to what is bought."""
    serves: tuple[Node, ...] = ()
    """What the next supplies of the thing that was asked for serve, up to customers."""
    facts: tuple[tuple[str, str, str], ...] = field(default=())
    """Key numbers for the reader: what, how much, remark."""
