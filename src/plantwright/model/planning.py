"""How `materials` plans: buckets, fences, lots, safety stocks and open orders."""

from __future__ import annotations

import datetime as dt
import math
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from plantwright.model.record import Id, Record
from plantwright.units import Count, Duration, Money, Quantity, Share

DAY_S = 86_400.0
_SLACK = 1e-9
"""Share of a period that is nothing. [-]"""
Rule = Literal["lot-for-lot", "fixed", "eoq", "poq", "wagner-whitin"]
Some = Annotated[Count, Field(ge=1)]


def _of_a_quantile(service: Quantity) -> Quantity:
    if not 0.5 <= service.base < 1.0:
        raise ValueError(f'"{service}" of the periods is no service that a stock can be kept for; write 50 % to 99.9 %')
    return service


class PlanningItem(Record):
    """How one item or product is planned, where it differs from the others."""

    rule: Rule | None = None
    """How needs are gathered to orders: each on its own (lot-for-lot), in lots of a fixed quantity, in lots of the
    economic order quantity (eoq), for so many periods as that lasts (poq), or at least cost over the horizon
    (wagner-whitin)."""
    quantity: Some | None = None
    """Pieces of a fixed lot."""
    minimum: Some | None = None
    """Least pieces of an order; for what is bought, at least the minimum of its offer."""
    maximum: Some | None = None
    """Most pieces of an order; what is more becomes several orders."""
    multiple: Some | None = None
    """Pieces of a package: orders are whole packages."""
    order_cost: Money | None = None
    """What an order costs whatever its size: paperwork, freight, setting up."""
    setup: Duration | None = None
    """Machine time that a lot takes before its first piece, on the first station of its route; counted when lots are
    levelled against capacity."""
    lead_time: Duration | None = None
    """Time from release to receipt; when left out, of its first offer the mean, of its route the planned flow time."""
    called_by: Literal["plan", "policy"] | None = None
    """Who calls for it on the floor: the plan, or its kanban (base stock), which is filled as it is emptied; its policy
    where it is made and has one. What a policy calls for is planned all the same, to know what it takes."""
    safety: Count | None = None
    """Safety stock; it goes before what a method would find."""
    promise: Duration | None = None
    """Time within which customers are promised a piece; safety stock need not cover it. At once when left out."""

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.rule == "fixed" and self.quantity is None:
            raise ValueError("a fixed lot needs its quantity")
        if self.quantity is not None and self.rule != "fixed":
            raise ValueError("a quantity is that of fixed lots; write rule: fixed, or leave it out")
        if self.maximum is not None and max(self.minimum or 1, self.multiple or 1) > self.maximum:
            raise ValueError("the maximum of an order is below its minimum or its multiple")
        return self


class OpenOrder(Record):
    """An order that has been given and has not come yet: a purchase, or work that has been released."""

    item: Id
    """What comes."""
    pieces: Some
    """How many pieces."""
    due: dt.date
    """When it comes."""
    name: str = ""
    """Number by which people know it."""


class Planning(Record):
    """How material is planned."""

    bucket: Duration = Quantity(1.0, "week")
    """Length of a period, whole days: what comes in a period can be used in it."""
    horizon: Duration = Quantity(26.0, "week")
    """How far ahead is planned."""
    frozen: Duration = Quantity(0.0, "d")
    """Time from today within which what is sold is scheduled already: nothing is added or changed, what is missing is
    said."""
    slushy: Duration = Quantity(0.0, "d")
    """Time from today, the frozen one included, within which each addition to what is sold needs somebody's consent:
    it is planned, and said."""
    consumption: Duration = Quantity(4.0, "week")
    """How far before and after its date an order uses up forecast, nearest days before it first."""
    rule: Rule = "lot-for-lot"
    """How needs are gathered to orders, where an item says nothing."""
    order_cost: Money | None = None
    """What an order costs whatever its size, where an item says nothing."""
    holding: Share = Quantity(20.0, "%")
    """Cost of holding stock for a year, as a share of its value."""
    safety: Literal["given", "service", "guaranteed-service", "ddmrp"] = "given"
    """Where safety stocks come from: as items say, for the service wanted of each item on its own, at least cost over
    the whole bill (guaranteed-service), or from demand-driven buffers (ddmrp)."""
    service: Annotated[Share, AfterValidator(_of_a_quantile)] = Quantity(95.0, "%")
    """Share of periods in which safety stocks shall be enough."""
    forecast_error: Share = Quantity(25.0, "%")
    """Standard deviation of a period's demand around its forecast, as a share of the forecast."""
    levelled: bool | Literal["lots"] = False
    """Whether what is sold is scheduled so that stations can make it: ahead of a season that they cannot, else late.
    ``lots``: the lots of everything that the plan calls for are sized together, with their setup times."""
    load: Share = Quantity(95.0, "%")
    """Share of its hours, mean stops taken off, up to which a station is then planned."""
    items: dict[Id, PlanningItem] = {}
    """Items and products that are planned in a way of their own."""
    receipts: tuple[OpenOrder, ...] = ()
    """Open orders."""

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.bucket.base < DAY_S or self.bucket.base % DAY_S:
            raise ValueError(f'a period of "{self.bucket}" is not a whole number of days')
        if self.horizon.base < self.bucket.base:
            raise ValueError(f'the horizon of "{self.horizon}" is shorter than one period of "{self.bucket}"')
        if self.slushy.base and self.slushy.base < self.frozen.base:
            raise ValueError(f'the slushy time of "{self.slushy}" ends before the frozen one of "{self.frozen}"')
        return self

    @property
    def bucket_days(self) -> int:
        """Length of a period. [d]"""
        return round(self.bucket.base / DAY_S)

    def periods(self, time: Quantity) -> int:
        """Whole periods that a time reaches into. [periods]"""
        return math.ceil(time.base / self.bucket.base - _SLACK)

    @property
    def length(self) -> int:
        """Periods of the horizon. [periods]"""
        return max(1, self.periods(self.horizon))
