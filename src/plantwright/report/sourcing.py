"""The part of the page on make or buy: who supplies which site, local content, why, and what moves the plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plantwright.model.plant import Plant
from plantwright.report.figure import Figure, Section, Table
from plantwright.report.figures import localness, ribbons
from plantwright.report.names import Names
from plantwright.results.sourcing import LimitRow, SourcingAnswer
from plantwright.results.wording import about, number, percent


def sections(sourcing: SourcingAnswer, plant: Plant, names: Names) -> Iterator[Section]:
    """The plan, or what stands in its way; then local content, reasons, and what moves it."""
    yield Section(
        "sourcing",
        "Make or buy, and from whom?",
        sourcing.verdict,
        tuple(_network(sourcing, plant, names)),
        tuple(_tables(sourcing)),
        notes=sourcing.notes,
        folded=tuple(_folded(sourcing, names)),
    )
    if not sourcing.is_feasible:
        return
    yield _content(sourcing)
    yield _reasons(sourcing, names)
    yield from _moves(sourcing, names)


def _network(sourcing: SourcingAnswer, plant: Plant, names: Names) -> Iterator[Figure]:
    first = next(iter(plant.sites.values()), None)
    asked = plant.sourcing.local_content.countries if plant.sourcing is not None else ()
    local = asked or ((first.country,) if first is not None and first.country is not None else ())
    found = ribbons.ribbons(sourcing.flows, sourcing.horizon_years, local)

    def site(key: str) -> str:
        return (plant.sites[key].name if key in plant.sites else "") or key or "the plant"

    if found:
        yield ribbons.network(found, names.supplier, site, sourcing.currency)


def _tables(sourcing: SourcingAnswer) -> Iterator[Table]:
    years = list(dict.fromkeys(row.year for row in sourcing.cost))
    if years:
        kinds = dict.fromkeys(row.kind for row in sourcing.cost)
        by = {(row.kind, row.year): row.cost for row in sourcing.cost}
        rows = [
            (kind, *(about(by[kind, year]) for year in years))
            for kind in kinds
            if any(by[kind, year] for year in years)
        ]
        rows += [
            ("paid by the plant itself, others at invoice", *(about(row.at_invoice) for row in sourcing.outlay)),
        ]
        yield Table.of(f"Money by year, {sourcing.currency}", ("", *map(str, years)), rows)
    if sourcing.paid_once:
        once = [(row.name, row.kind, str(row.year), about(row.cost)) for row in sourcing.paid_once]
        yield Table.of("Paid once", ("what", "kind", "year", sourcing.currency), once, text=(1,))
    if sourcing.limits:
        yield _limits("Limits, each in the year that is closest to it", sourcing.closest())


def _limits(caption: str, rows: Sequence[LimitRow]) -> Table:
    cells = [(_title(row), *(_told(value, row) for value in _values(row))) for row in rows]
    return Table.of(caption, ("limit", "asked", "the plan", "margin", "would have to be"), cells)


def _folded(sourcing: SourcingAnswer, names: Names) -> Iterator[Table]:
    """What only some readers want."""
    if sourcing.limits:
        yield _limits("Every limit in every year", sourcing.limits)
    if sourcing.flows:
        yield _flows(sourcing, names)


def _title(row: LimitRow) -> str:
    return " ".join(str(part) for part in (row.limit, row.line, row.year) if part)


def _values(row: LimitRow) -> tuple[float | None, ...]:
    return row.asked, row.reached, row.margin, row.needed


def _told(value: float | None, row: LimitRow) -> str:
    if value is None:
        return ""
    return f"{100 * value:.1f} %" if row.unit == "share" else f"{about(value)} {row.unit}"


def _flows(sourcing: SourcingAnswer, names: Names) -> Table:
    """Everything bought, made and shipped."""
    rows = [
        (
            names.item(flow.item),
            str(flow.year),
            flow.kind,
            flow.source,
            flow.site,
            flow.mode,
            about(flow.pieces),
            percent(flow.share),
            number(flow.unit_cost),
        )
        for flow in sourcing.flows
    ]
    columns = ("item", "year", "", "from", "at", "way", "pieces", "share", f"{sourcing.currency} a piece")
    return Table.of("Everything that is bought, made and sent", columns, rows, text=(2, 3, 4, 5))


def _content(sourcing: SourcingAnswer) -> Section:
    floors = [row.asked for row in sourcing.limits if row.limit == "floor"]
    floor = min(floors, default=None)
    unknown = max((row.unknown_share for row in sourcing.content), default=0.0)
    lede = f"Traced through every sub-assembly. Of unknown origin: {percent(unknown)} of the value. "
    lede += "No floor is asked for." if floor is None else f"The floor is {percent(floor)}."
    tables = []
    if sourcing.points:
        rows = [
            (
                f"{point.points:+.0f}",
                percent(point.floor),
                "out of reach" if point.difference is None else about(point.difference),
                "; ".join(point.flips) or "nothing",
            )
            for point in sourcing.points
        ]
        columns = ("points", "floor", f"costs more, {sourcing.currency}", "what flips")
        tables.append(Table.of("Another floor, solved again", columns, rows, text=(3,)))
    notes: tuple[str, ...] = ()
    if sourcing.local_cost_per_point is not None:
        slope = f"{about(sourcing.local_cost_per_point)} {sourcing.currency}"
        notes = (f"While no decision flips, a point costs {slope}: a slope here, no price of a point.",)
    figures = (localness.contents(sourcing.content, floor),) if sourcing.content else ()
    return Section("local-content", "How local is it, and what does a point cost?", lede, figures, tuple(tables), notes)


def _reasons(sourcing: SourcingAnswer, names: Names) -> Section:
    """Items with a choice, in the order of the document."""
    many = {row.item for row in sourcing.choices if not row.is_chosen}
    rows = [
        (
            names.item(row.item),
            row.offer,
            percent(row.share) if row.is_chosen else "–",
            number(row.price),
            number(row.landed_cost),
            number(row.price_to_switch),
            row.why,
        )
        for row in sourcing.choices
        if row.item in many
    ]
    lede = (
        "Delivered means with duty, freight and the money tied up on the way. The last price is the one at which more "
    )
    lede += "of an offer would be bought, or less of one that is chosen: found by solving again."
    columns = ("item", "offer", "share", "price", "delivered", "switches at", "why")
    return Section(
        "choices",
        "Why these, and what would change it?",
        lede,
        tables=(Table.of("Every offer of an item that has a choice", columns, rows, text=(1, 6)),),
    )


def _moves(sourcing: SourcingAnswer, names: Names) -> Iterator[Section]:
    figures = (localness.front(sourcing.front, sourcing.currency),) if len(sourcing.front) > 1 else ()
    tables = []
    if sourcing.swings:
        rows = [
            (
                f"{row.what} {100 * row.change:+.0f} %",
                about(row.cost_of_plan),
                percent(row.local_share_of_plan),
                percent(row.local_share_of_plan_at_invoice),
                "yes" if row.plan_keeps_limits else "no",
                about(row.cost_solved_again),
                "; ".join(row.flips[:4]) or "nothing",
            )
            for row in sourcing.swings
        ]
        columns = ("", "this plan costs", "local", "local at invoice", "allowed", "best plan then", "what flips")
        tables.append(Table.of("When prices move", columns, rows, text=(4, 6)))
    if sourcing.suppliers:
        lost = [
            (
                names.supplier(row.supplier),
                row.country,
                about(row.cost_per_year),
                number(row.recovery_d),
                about(row.loss),
            )
            for row in sourcing.suppliers
        ]
        heads = ("supplier", "country", f"{sourcing.currency} a year", "recovers in, d", "lost until then")
        tables.append(Table.of("What each supplier has, and puts at stake", heads, lost, text=(1,)))
    if figures or sourcing.swings:
        lede = "Cheaper, more local, less exposed: each plan shown is beaten by no other in all three."
        yield Section("moves", "What could be had instead, and what moves it?", lede, figures, tuple(tables))
    elif tables:
        lede = "What the plan buys of each supplier, and the margin that is lost until one that fails has recovered."
        yield Section("moves", "Who has a part in it, and what is at stake?", lede, tables=tuple(tables))
