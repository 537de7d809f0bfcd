"""Who supplies what to which site: ribbons as thick as the money."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from plantwright.report.figure import NARROW, Figure, Table, figure
from plantwright.report.svg import Drawing, fit
from plantwright.results.sourcing import SourcingFlow
from plantwright.results.wording import about

SOURCES = 16
"""Suppliers that are drawn; the smaller ones are one ribbon."""
SMALLER = "smaller suppliers"
GAP = 5.0
"""Between two ends. [user units]"""
TEXT = 12.0

Named = Callable[[str], str]
"""What people call an id."""


@dataclass(frozen=True)
class Ribbon:
    """Money from a source to a site in the mean year."""

    source: str
    end: str
    cls: str
    """Where the value comes from: ``local``, ``abroad`` or ``unknown``."""
    money: float
    items: tuple[str, ...]


def ribbons(flows: Sequence[SourcingFlow], years: int, local: Sequence[str]) -> tuple[Ribbon, ...]:
    """Purchases by supplier and site, and what sites send each other, valued at its cost of way."""
    money: defaultdict[tuple[str, str, str], float] = defaultdict(float)
    items: defaultdict[tuple[str, str, str], dict[str, None]] = defaultdict(dict)
    for flow in flows:
        if flow.kind == "buy":
            cls = "unknown" if flow.country == "unknown" else "local" if flow.country in local else "abroad"
            key = (flow.supplier or flow.source, flow.site, cls)
            money[key] += flow.pieces * flow.unit_cost / years
            items[key][flow.item] = None
    spent: defaultdict[str, float] = defaultdict(float)
    for (source, _, _), amount in money.items():
        spent[source] += amount
    kept = sorted(spent, key=lambda source: -spent[source])[:SOURCES]
    merged: defaultdict[tuple[str, str, str], float] = defaultdict(float)
    what: defaultdict[tuple[str, str, str], dict[str, None]] = defaultdict(dict)
    for (source, end, cls), amount in money.items():
        key = (source if source in kept else SMALLER, end, cls)
        merged[key] += amount
        what[key] |= items[source, end, cls]
    found = (Ribbon(*key, amount, tuple(what[key])) for key, amount in merged.items())
    order = {source: place for place, source in enumerate([*kept, SMALLER])}
    return tuple(sorted(found, key=lambda ribbon: (order[ribbon.source], ribbon.end)))


def network(found: Sequence[Ribbon], named: Named, site: Named, currency: str) -> Figure:
    """Suppliers on the left, sites on the right."""
    caption = f"Who supplies which site, {currency} a year delivered"

    def draw(width: int) -> str:
        return _drawn(found, named, site, width, caption)

    rows = [
        (named(each.source), site(each.end), each.cls, about(each.money), ", ".join(each.items[:6]))
        for each in sorted(found, key=lambda each: -each.money)
    ]
    table = Table.of(caption, ("supplier", "site", "mostly from", currency, "items"), rows, text=(1, 2, 4))
    legend = [(f"from-{cls}", words) for cls, words in _WORDS.items() if any(each.cls == cls for each in found)]
    return figure("supply-network", caption, draw, table, legend)


_WORDS = {"local": "counts as local", "abroad": "from abroad", "unknown": "origin unknown"}


def _drawn(found: Sequence[Ribbon], named: Named, site: Named, width: int, caption: str) -> str:
    narrow = width <= NARROW
    left = 108.0 if narrow else 190.0
    right = width - (84.0 if narrow else 150.0)
    sources = list(dict.fromkeys(each.source for each in found))
    ends = list(dict.fromkeys(each.end for each in sorted(found, key=lambda each: -each.money)))
    height = max(200.0, 26.0 * len(sources))
    whole = sum(each.money for each in found) or 1.0
    drawing = Drawing(width, height + 12, caption)
    at_left = _stacks([(key, sum(e.money for e in found if e.source == key)) for key in sources], height, whole)
    at_right = _stacks([(key, sum(e.money for e in found if e.end == key)) for key in ends], height, whole)
    offset: defaultdict[tuple[str, str], float] = defaultdict(float)
    for each in found:
        thick = (at_left[each.source][1]) * each.money / sum(e.money for e in found if e.source == each.source)
        wide = at_right[each.end][1] * each.money / sum(e.money for e in found if e.end == each.end)
        y0 = at_left[each.source][0] + offset["l", each.source]
        y1 = at_right[each.end][0] + offset["r", each.end]
        offset["l", each.source] += thick
        offset["r", each.end] += wide
        tip = f"{named(each.source)} to {site(each.end)}: {about(each.money)} a year, {', '.join(each.items[:5])}"
        drawing.path(_band(left, y0, thick, right, y1, wide), f"ribbon from-{each.cls}", tip)
    for key, (top, size) in at_left.items():
        drawing.text(left - 8, top + size / 2 + 4, fit(named(key), left - 12, TEXT), "row-name", "end")
    for key, (top, size) in at_right.items():
        drawing.text(right + 8, top + size / 2 + 4, fit(site(key), width - right - 10, TEXT), "strong")
    return drawing.svg("figure")


def _stacks(sizes: Sequence[tuple[str, float]], height: float, whole: float) -> dict[str, tuple[float, float]]:
    """Top and size of each end, at least so large that its name has room."""
    least, room = 9.0, height - GAP * (len(sizes) + 1)
    small = sum(least for _, size in sizes if size / whole * room < least)
    large = sum(size for _, size in sizes if size / whole * room >= least) or 1.0
    top, found = GAP, {}
    for key, size in sizes:
        tall = least if size / whole * room < least else max(least, (room - small) * size / large)
        found[key] = (top, tall)
        top += tall + GAP
    return found


def _band(x0: float, y0: float, thick: float, x1: float, y1: float, wide: float) -> str:
    """A ribbon whose ends are upright."""
    middle = (x0 + x1) / 2
    return (
        f"M{x0:.1f} {y0:.1f} C{middle:.1f} {y0:.1f} {middle:.1f} {y1:.1f} {x1:.1f} {y1:.1f} "
        f"L{x1:.1f} {y1 + wide:.1f} C{middle:.1f} {y1 + wide:.1f} {middle:.1f} {y0 + thick:.1f} "
        f"{x0:.1f} {y0 + thick:.1f}Z"
    )
