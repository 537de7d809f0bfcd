"""The answer to ``sourcing``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from plantwright.results.printable import Execution, Printable, Provenance
from plantwright.results.screening import Screened


@dataclass(frozen=True, slots=True)
class SourcingCost:
    """Money of a year, by what it goes to, as it is paid; ``total`` among them."""

    year: int
    kind: str
    cost: float


@dataclass(frozen=True, slots=True)
class SourcingFlow:
    """What is bought, made or shipped in a year."""

    year: int
    kind: str
    """``buy``, ``make`` or ``ship``."""
    item: str
    site: str
    """Where it arrives or is made."""
    source: str
    """The offer, the making or the site it comes from."""
    supplier: str
    country: str
    """Where most of its value comes from; of what is made, where its site is."""
    mode: str
    """How it travels, lane and mode; empty where nothing is written."""
    pieces: float
    """[pieces/year]"""
    share: float
    """Of all pieces of the item that are bought and made in the year; of what is shipped, of all that is. [-]"""
    unit_cost: float
    """Of a bought piece delivered, with duty, freight and pipeline; of a made one its conversion; of a shipped one its
    way. [currency/piece]"""


@dataclass(frozen=True, slots=True)
class SourcingChoice:
    """One offer, why it is chosen or not, and what it would take to change that."""

    item: str
    offer: str
    supplier: str
    origin: str
    is_chosen: bool
    share: float
    """Of the item's pieces over all years. [-]"""
    price: float
    """Of a piece at the quantity that is bought; at the largest one where nothing is. [currency/piece]"""
    landed_cost: float
    """With duty, freight and pipeline, by its cheapest way. [currency/piece]"""
    limits_cost: Mapping[str, float]
    """What limits that bind make a piece worth besides, at these decisions: the plan compares landed cost and these.
    [currency/piece]"""
    price_change_to_switch: float | None
    """By how much its price has to fall until more of it is bought, or may rise until less is. [currency/piece]; None
    where no price between nothing and ten times itself does it"""
    price_to_switch: float | None
    """[currency/piece]"""
    then: tuple[str, ...]
    """What changes there."""
    why: str


@dataclass(frozen=True, slots=True)
class OneOff:
    """Money that is paid once."""

    year: int
    kind: str
    """``qualification``, ``opening`` or ``step``."""
    name: str
    cost: float


@dataclass(frozen=True, slots=True)
class LimitRow:
    """A limit, what the plan makes of it, and what it would need where there is no plan."""

    limit: str
    """``floor``, ``budget``, ``investment``, ``carbon`` or ``share of`` a country."""
    line: str
    year: int | None
    unit: str
    asked: float
    reached: float | None
    """None where there is no plan."""
    margin: float | None
    """How far the plan is on the right side."""
    needed: float | None = None
    """Where there is no plan: what the limit would have to be if nothing else were changed; None where that does not
    help."""


@dataclass(frozen=True, slots=True)
class ContentRow:
    """Local content of the plan by one method."""

    method: str
    of: str
    at: str
    line: str
    year: int
    local_share: float | None
    """[-]; None where a price or a transfer price is missing"""
    unknown_share: float
    """Value of unknown origin, of everything bought and made for this line at cost. [-]"""
    is_asked: bool
    """Whether the floor is measured like this."""


@dataclass(frozen=True, slots=True)
class PointCost:
    """What the best plan costs at another floor: solved again, not extrapolated."""

    points: float
    """Percentage points more than asked."""
    floor: float
    """In the year that asks for least. [-]"""
    total_cost: float | None
    """None where no plan reaches it."""
    difference: float | None
    """Against the plan. [currency]"""
    flips: tuple[str, ...]
    """Decisions that change."""


@dataclass(frozen=True, slots=True)
class SwingRow:
    """The plan, and the best plan, when transfer prices or an exchange rate move."""

    what: str
    """``transfer prices`` or a currency."""
    change: float
    """[-]"""
    cost_of_plan: float
    """Of the plan as it is. [currency]"""
    local_share_of_plan: float | None
    local_share_of_plan_at_invoice: float | None
    plan_keeps_limits: bool
    cost_solved_again: float | None
    """Of the best plan then; None where there is none. [currency]"""
    local_share_solved_again: float | None
    flips: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FrontPoint:
    """A plan that no other beats in cost, local content and exposure at once."""

    total_cost: float
    local_share: float
    """In the line and year that has least. [-]"""
    exposure: float | None
    """Margin that the loss of the worst supplier costs over its recovery, without stock or others. [currency]; None
    where margins or recovery times are unknown"""
    is_plan: bool
    """Whether it is the plan of this answer."""
    flips: tuple[str, ...]
    """What differs from the plan of this answer."""


@dataclass(frozen=True, slots=True)
class SupplierShare:
    """What a supplier has of the plan, and what its loss puts at stake."""

    supplier: str
    country: str
    cost_per_year: float
    """Paid to it, in the mean year. [currency/year]"""
    recovery_d: float | None
    loss: float | None
    """Margin lost until it delivers again, in the worst year, without stock or other suppliers. [currency]"""


@dataclass(frozen=True, slots=True)
class OutlayRow:
    """What the plant itself pays in a year: with other sites of the group at cost, and at their transfer prices."""

    year: int
    at_cost: float
    at_invoice: float | None
    """None where a transfer price is missing."""


@dataclass(frozen=True, repr=False)
class SourcingAnswer(Printable):
    """Make or buy, from whom, at which site, under which local-content floor, and what one more point of it costs."""

    plant: str
    verdict: str
    currency: str
    is_feasible: bool
    first_year: int
    horizon_years: int
    screened: Screened
    not_used: tuple[str, ...]
    provenance: Provenance
    total_cost: float | None = None
    """Money of all years, worth today, less what steps of capacity keep. [currency]"""
    gap: float | None = None
    """How far the plan may be from the best one. [-]"""
    cost: tuple[SourcingCost, ...] = ()
    flows: tuple[SourcingFlow, ...] = ()
    choices: tuple[SourcingChoice, ...] = ()
    paid_once: tuple[OneOff, ...] = ()
    limits: tuple[LimitRow, ...] = ()
    content: tuple[ContentRow, ...] = ()
    local_cost_per_point: float | None = None
    """Slope of the cost in the floor at these decisions, per percentage point in all years: local only. [currency]"""
    points: tuple[PointCost, ...] = ()
    swings: tuple[SwingRow, ...] = ()
    front: tuple[FrontPoint, ...] = ()
    suppliers: tuple[SupplierShare, ...] = ()
    outlay: tuple[OutlayRow, ...] = ()
    short_of: Mapping[str, float] = field(default_factory=dict)
    """Where there is no plan even without limits: items that hold it back, and the share of them that can be had."""
    notes: tuple[str, ...] = ()
    execution: Execution | None = None
    facts: tuple[tuple[str, str, str], ...] = ()
    """Key numbers for the first screen of the report: what, how much, a remark."""

    def closest(self, countries: int = 3) -> tuple[LimitRow, ...]:
        """Of each limit the year that is closest to it; of the limits on countries the few that are."""
        found: dict[tuple[str, str], LimitRow] = {}
        for row in self.limits:
            held = found.setdefault((row.limit, row.line), row)
            if row.margin is not None and held.margin is not None and row.margin < held.margin:
                found[row.limit, row.line] = row
        shares = sorted(
            (row for row in found.values() if row.limit.startswith("share of")), key=lambda row: row.margin or 0.0
        )
        left_out = shares[countries:] if self.is_feasible else []
        return tuple(row for row in found.values() if row not in left_out)
