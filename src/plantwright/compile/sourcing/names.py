"""What the numbers of a sourcing problem are called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

UNKNOWN = "unknown"
"""The country of what nobody tells the origin of."""


class Purchase(NamedTuple):
    """A way by which an offer comes to a site."""

    offer: str
    item: str
    supplier: str | None
    site: str
    lane: str | None
    mode: str | None


class Workplace(NamedTuple):
    """An item at the site that can make it."""

    making: str | None
    """Its id in ``making``; None for a route that nothing more is said of."""
    item: str
    site: str


class Shipment(NamedTuple):
    """A way of an item from one site to another."""

    item: str
    start: str
    end: str
    lane: str | None
    mode: str | None


class Stage(NamedTuple):
    """A step of capacity."""

    workplace: Workplace
    step: str


@dataclass(frozen=True)
class Names:
    """Names along each axis of the problem, in its order.

    Attributes
    ----------
    items, sites, countries, suppliers, offers, products
        Ids; the last country is `UNKNOWN`, a plant without sites has one without a name.
    years
        The calendar year in which each year of the plan begins.
    lines
        What local content is measured on: ``all products``, or each product; then what else is sold, if anything.
    purchases, workplaces, shipments, stages
        What decisions are about.
    """

    items: tuple[str, ...]
    sites: tuple[str, ...]
    countries: tuple[str, ...]
    suppliers: tuple[str, ...]
    offers: tuple[str, ...]
    products: tuple[str, ...]
    years: tuple[int, ...]
    lines: tuple[str, ...]
    purchases: tuple[Purchase, ...]
    workplaces: tuple[Workplace, ...]
    shipments: tuple[Shipment, ...]
    stages: tuple[Stage, ...]

    def node(self, item: str, site: str) -> int:
        """Number of an item at a site."""
        return self.sites.index(site) * len(self.items) + self.items.index(item)
