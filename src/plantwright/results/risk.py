"""The answer to ``risk``: who is lost for how long, what that costs, how long the plant stands it, what protects it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from plantwright.results.printable import Execution, Printable, Provenance
from plantwright.results.screening import Screened


@dataclass(frozen=True, slots=True)
class ExposureRow:
    """A loss and what follows from it, for a short, a middling and a long recovery (P10, P50, P90 of its law).

    Days count from the beginning of the loss; None where it never comes to that within the horizon.
    """

    kind: str
    """supplier, site, lane, country, port or event."""
    id: str
    name: str
    recovery_p10_d: float | None
    recovery_p50_d: float | None
    """None where nobody has written how long it lasts: then it lasts for the horizon."""
    recovery_p90_d: float | None
    survival_d: float | None
    """Time to survive at steady rates; None where nothing is ever lost."""
    steady_loss: float
    """Margin lost in a middling recovery at steady rates, everything reallocated as well as can be."""
    index: float
    """Risk exposure index: the loss as a share of the largest one."""
    stops_day_p10: float | None
    stops_day_p50: float | None
    """Day on which production of a product first falls behind its plan under the planner's rule."""
    stops_day_p90: float | None
    short_day_p10: float | None
    short_day_p50: float | None
    """Day on which customers first go without."""
    short_day_p90: float | None
    loss_p10: float
    loss_p50: float
    """Margin lost under the planner's rule within the horizon."""
    loss_p90: float
    best_loss_p50: float
    """The least that could be lost."""
    best_short_day_p50: float | None
    """Day on which customers first go without where the least is lost."""
    first_product: str
    """What falls short first."""
    short_of: str
    """What it is short of."""
    items: tuple[str, ...] = ()
    """What the lost supply."""


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two losses at once that cost more than the two one by one."""

    first: str
    second: str
    first_name: str
    second_name: str
    recovery_d: float
    survival_d: float | None
    """Time to survive at steady rates; None where nothing is ever lost."""
    short_day: float | None
    loss: float
    """Margin lost under the planner's rule, both with a middling recovery."""
    loss_one_by_one: float
    """The sum of the two losses alone."""
    is_safe_alone: bool
    """Whether each alone loses nothing."""


@dataclass(frozen=True, slots=True)
class Purchase:
    """What the planner orders at once when a loss begins."""

    cause: str
    item: str
    item_name: str
    offer: str
    pieces: float
    comes_from_day: float
    """When its deliveries can begin."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A protection."""

    kind: str
    """stock, qualification or capacity."""
    what: str
    """The item, the offer, or the step of capacity."""
    name: str
    pieces: float
    """Pieces more in stock; 0 for other kinds."""
    cost_per_year: float
    once: float
    """Paid once, or bound in stock."""


@dataclass(frozen=True, slots=True)
class Checked:
    """How long the plant survives a loss with the protection, by the planner's rule."""

    cause: str
    name: str
    before_d: float | None
    """Day on which customers first go without, unprotected; None where not within what is asked for."""
    after_d: float | None
    is_reached: bool


AGAINST = "the loss of any one supplier, lane or partner site"
"""What a protection is sought against, beside the events of the document; who loses the own site makes nothing."""


@dataclass(frozen=True, slots=True)
class Protection:
    """The cheapest protection for the survival that is asked for."""

    survive_d: float
    cost_per_year: float
    """Of what is bought here, with which the planner's rule reaches it."""
    least_per_year: float
    """Cost of the cheapest protection if what is short always went where it counts most."""
    measures: tuple[Measure, ...]
    checked: tuple[Checked, ...]
    gap: float
    """Share of it to which that is proven. [-]"""
    out_of_reach: tuple[str, ...] = ()
    """Losses that nothing in the document protects against."""


@dataclass(frozen=True, slots=True)
class CourseDay:
    """A day of the worst loss."""

    day: int
    stock: Mapping[str, float]
    """Pieces on the shelf of what runs short first."""
    made: Mapping[str, float]
    unmet: Mapping[str, float]
    """Pieces of each product that customers go without."""


@dataclass(frozen=True, slots=True)
class LossReplay:
    """A loss in the simulation of the plant as it is, day by day, beside the same days without it."""

    cause: str
    name: str
    begins: str
    ends: str
    products: tuple[str, ...]
    items: tuple[str, ...]
    runs_out_day: Mapping[str, float | None]
    """First day on which the shelf of an item is empty at midnight; None where never."""
    made_usual: Mapping[str, tuple[float, ...]]
    made_lost: Mapping[str, tuple[float, ...]]
    """Good units of each product on each day."""
    stock_usual: Mapping[str, tuple[float, ...]]
    stock_lost: Mapping[str, tuple[float, ...]]
    owed_most: Mapping[str, float]
    """Units of each product by which deliveries are behind the usual ones on the worst day."""
    owed_most_day: int
    """The day on which they are behind most, all products together."""
    runs: int
    is_protected: bool = False


@dataclass(frozen=True, repr=False)
class RiskAnswer(Printable):
    """How exposed the plant is to losses of suppliers, sites and lanes."""

    plant: str
    verdict: str
    currency: str
    rule: str
    horizon_d: float
    first_day: str
    exposures: tuple[ExposureRow, ...]
    pairs: tuple[PairRow, ...]
    pairs_examined: int
    purchases: tuple[Purchase, ...]
    protection: Protection | None
    course: tuple[CourseDay, ...]
    course_of: str
    replays: tuple[LossReplay, ...]
    screened: Screened
    """Who may not be used, and by which lists: nobody of them supplies anything here."""
    is_consistent: bool
    """Whether, at steady rates, the loss is none exactly where survival is as long as the recovery."""
    not_used: tuple[str, ...]
    notes: tuple[str, ...]
    provenance: Provenance
    execution: Execution | None = None
    facts: tuple[tuple[str, str, str], ...] = ()
    """Key figures: term, value, remark."""
