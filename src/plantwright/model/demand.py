"""What customers want and when."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator, model_validator

from plantwright.model.distribution import Law, TimeLaw
from plantwright.model.record import Record
from plantwright.units import Count, Share

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Order(Record):
    """A dated order."""

    date: dt.date
    """When it is due."""
    pieces: Annotated[Count, Field(ge=1)]
    """How many."""
    customer: str = ""
    """For whom."""


class Demand(Record):
    """What customers want of one product or item: a year with a season (a forecast), an arrival law, or dated orders;
    orders that come beside a forecast use it up.
    """

    year: Count | None = None
    """Pieces in the first year."""
    season: dict[str, Share] = {}
    """Share of the year that falls on a month or a run of months (``Feb-Jun: 70 %``), spread evenly over
    their days; the rest on the other months."""
    growth: Share | None = None
    """Growth from month to month; the year's total stays as written."""
    every: TimeLaw | None = None
    """Law of the time between orders, for a stationary demand."""
    pieces: Law | None = None
    """Law of the pieces of such an order; one when left out."""
    orders: tuple[Order, ...] = ()
    """Dated orders. Beside a ``year`` they are part of it: an order uses up the forecast around its date."""
    unmet: Literal["backorder", "lost"] = "backorder"
    """What becomes of demand that stock cannot meet."""

    @field_validator("season", mode="before")
    @classmethod
    def _months(cls, value: Any) -> Any:
        for span in value if isinstance(value, dict) else ():
            months_of(str(span))
        return value

    @model_validator(mode="after")
    def _one(self) -> Demand:
        if (self.year is not None or bool(self.orders)) == (self.every is not None):
            raise ValueError("a demand is a year (with a season), dated orders or both, or a law (every)")
        covered: set[int] = set()
        for span in self.season:
            months = set(months_of(span))
            if covered & months:
                raise ValueError(f'"{span}" overlaps another span of the season')
            covered |= months
        total = sum(share.base for share in self.season.values())
        if total > 1 + 1e-9 or (len(covered) == 12 and abs(total - 1) > 1e-6):
            raise ValueError(f"the season adds up to {100 * total:g} %")
        return self


def months_of(span: str) -> tuple[int, ...]:
    """Months (1 to 12) of ``Feb`` or ``Feb-Jun``; a span may run over the new year."""
    match = re.match(r"^([A-Za-z]{3})[a-z]*(?:\s*-\s*([A-Za-z]{3})[a-z]*)?$", span.strip())
    names = [name.capitalize() for name in match.groups() if name] if match else []
    if not names or any(name not in MONTHS for name in names):
        raise ValueError(f'"{span}" is no month or run of months such as "Feb-Jun"')
    first, last = MONTHS.index(names[0]), MONTHS.index(names[-1])
    return tuple((first + step) % 12 + 1 for step in range((last - first) % 12 + 1))
