"""What products share, what that saves, what it puts at risk, and what a new variant takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plantwright.report.figure import Figure, Table, figure
from plantwright.report.figures.strips import Cell, Strip, strips
from plantwright.report.names import Names
from plantwright.report.rows import Rows
from plantwright.report.scale import axis
from plantwright.report.svg import Drawing, fit
from plantwright.results import Commonality, Exposed, Saving, StationNeed
from plantwright.results.wording import about, about_known, number, percent

SHOWN = 36
"""Items of the matrix that are drawn; the table has them all."""
MODULES, STATIONS = 12, 14
"""Rows drawn of what is lost, and of stations."""


def matrix(shared: Commonality, products: Mapping[str, str], names: Names) -> Figure:
    """Items against products: the more products an item goes into, the further up it stands."""
    order = sorted(shared.pieces, key=lambda item: -len(shared.pieces[item]))
    caption = "Which product takes which item, those of most products first; the number is how many products take it"

    def strip(item: str) -> Strip:
        row = shared.pieces[item]
        cls = "mark level" if len(row) > 1 else "closed"
        cells = {
            place: Cell(cls, f"{names.item(item)}: {number(row[key])} in {products[key]}")
            for place, key in enumerate(products)
            if key in row
        }
        return Strip(names.item(item), f"{len(row)}", cells)

    drawn = [strip(item) for item in order[:SHOWN]]
    ticks = dict(enumerate(products.values()))

    def draw(width: int) -> str:
        return strips(width, caption, drawn, weeks=len(products), ticks=_short(ticks, width))

    columns = ("item", "id", *(f"pieces in {name}" for name in products.values()))
    rows = [
        (names.item(item), item, *(number(shared.pieces[item].get(key, 0.0)) for key in products)) for item in order
    ]
    legend = [("level", "shared"), ("closed", "of one product")]
    return figure("commonality", caption, draw, Table.of(caption, columns, rows, text=(1,)), legend)


def _short(ticks: Mapping[int, str], width: int) -> dict[int, str]:
    room = (width - 280) / max(len(ticks), 1) if width > 500 else (width - 20) / max(len(ticks), 1)
    return {place: fit(name, room - 6, 11.5) for place, name in ticks.items()}


def saved(savings: Sequence[Saving], total: float, currency: str) -> Figure:
    """Money a year by the way in which sharing saves it, each step on top of the one before, and their sum."""
    caption = f"What sharing saves a year against a copy for each product, way by way, {currency}"
    steps = [row for row in savings if row.per_year]
    levels = [0.0]
    for row in steps:
        levels.append(levels[-1] + row.per_year)

    def draw(width: int) -> str:
        rows = Rows(width, len(steps) + 1, head=6, label_room=230, value_room=100, pitch=34)
        drawing = Drawing(width, rows.height, caption)
        scale, marks = axis([0.0, total, *levels], rows.start, rows.end, 5)
        rows.axis(drawing, scale, marks, currency)
        for place, row in enumerate(steps):
            low, high = sorted((levels[place], levels[place + 1]))
            y, tip = rows.middle(place), f"{row.name}: {about(row.per_year)} {currency} a year, {row.explanation}"
            rows.write(drawing, place, row.name, about(row.per_year))
            cls = "regained" if row.per_year > 0 else "loss"
            drawing.rect(scale(low), y - 8, (max(scale(high) - scale(low), 1.5), 16), f"mark {cls}", tip, 2)
        y = rows.middle(len(steps))
        rows.write(drawing, len(steps), "Together", about(total), "strong")
        low, high = sorted((0.0, total))
        drawing.rect(scale(low), y - 8, (max(scale(high) - scale(low), 1.5), 16), "mark level", "", 2)
        return drawing.svg("figure")

    columns = ("way", "once", "a year", "figure", "shared", "apart", "why")
    table = [
        (
            row.name,
            about(row.once),
            about_known(row.per_year, row.is_priced),
            row.unit,
            about(row.shared),
            about(row.apart),
            row.explanation,
        )
        for row in savings
    ]
    return figure("saved", caption, draw, Table.of(caption, columns, table, text=(3, 6)))


def exposure(exposed: Sequence[Exposed], names: Names) -> Figure:
    """What each week without a module, or a supplier, costs: modules shared, and a copy for each product."""
    unit, kind = exposed[0].unit, exposed[0].kind
    caption = f"Lost while a {kind} is missing, {unit}: with shared modules, and with a copy for each product"
    drawn = exposed[:MODULES]

    def draw(width: int) -> str:
        rows = Rows(width, len(drawn), head=6, label_room=230, value_room=190, pitch=32)
        drawing = Drawing(width, rows.height, caption)
        scale, marks = axis([0.0, *(max(row.loss_shared, row.loss_apart) for row in drawn)], rows.start, rows.end, 5)
        rows.axis(drawing, scale, marks, unit.partition("/")[0])
        for place, row in enumerate(drawn):
            y = rows.middle(place)
            rows.write(drawing, place, row.name, f"{about(row.loss_shared)}, {about(row.loss_apart)}")
            stops = [
                ", ".join(map(names.item, keys)) or "nothing" for keys in (row.products_shared, row.products_apart)
            ]
            for loss, cls, top, tip in (
                (row.loss_shared, "loss", y - 9, f"{row.name}, shared: {stops[0]} stops"),
                (row.loss_apart, "level", y + 1, f"{row.name}, a copy each: {stops[1]} stops"),
            ):
                drawing.rect(scale(0), top, (max(scale(loss) - scale(0), 1.5), 8), f"mark {cls}", tip, 2)
        return drawing.svg("figure")

    columns = (kind, "shared", "a copy each", "products that stop, shared", "a copy each")
    table = [
        (
            row.name,
            about(row.loss_shared),
            about(row.loss_apart),
            ", ".join(map(names.item, row.products_shared)),
            ", ".join(map(names.item, row.products_apart)),
        )
        for row in exposed
    ]
    legend = [("loss", "shared by all"), ("level", "a copy for each product")]
    return figure(f"exposure-{kind}", caption, draw, Table.of(caption, columns, table, text=(3, 4)), legend)


def stations(needs: Sequence[StationNeed], names: Names) -> Figure:
    """Load of the stations that a new variant comes to, before and after."""
    caption = "Hours needed over hours there at the stations that the variant comes to: without it and with it"
    drawn = needs[:STATIONS]

    def draw(width: int) -> str:
        rows = Rows(width, len(drawn), head=6, label_room=250, value_room=130, pitch=30)
        drawing = Drawing(width, rows.height, caption)
        loads = [load or 0.0 for row in drawn for load in (row.load_before, row.load_after)]
        scale, marks = axis([0.0, 1.0, *loads], rows.start, rows.end, 5)
        rows.axis(drawing, scale, marks, percent=True)
        for place, row in enumerate(drawn):
            y, name = rows.middle(place), names.station(row.station)
            before, after = row.load_before or 0.0, row.load_after or 0.0
            rows.write(drawing, place, names.brief(row.station, 30), f"{percent(before)} → {percent(after)}")
            drawing.rect(scale(0), y - 7, (max(scale(before) - scale(0), 1.5), 14), "mark level", name, 2)
            tip = f"{name}: {about(row.hours_of_new)} hours a year of the variant"
            more = max(scale(after) - scale(before), 1.5)
            drawing.rect(scale(before), y - 7, (more, 14), f"mark {'loss' if after > 1 else 'regained'}", tip, 2)
        return drawing.svg("figure")

    columns = ("station", "without", "with", "hours a year of it", "laboratory")
    table = [
        (
            names.station(row.station),
            percent(row.load_before),
            percent(row.load_after),
            about(row.hours_of_new),
            "yes" if row.laboratory else "",
        )
        for row in needs
    ]
    legend = [("level", "what is made today"), ("regained", "the variant"), ("loss", "more than there is")]
    return figure("variant", caption, draw, Table.of(caption, columns, table, text=(4,)), legend)
