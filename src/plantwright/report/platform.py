"""The sections of ``platform``: what is shared, what that saves and puts at risk, what a new variant needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plantwright.model.plant import Plant
from plantwright.report.figure import Section, Table
from plantwright.report.figures import sharing
from plantwright.report.names import Names
from plantwright.results import Difference, PlatformAnswer
from plantwright.results.terminal.comparison import difference_row
from plantwright.results.wording import about, about_known, number, percent, sentence, span

CONFIGURATIONS = 40
"""Configurations that are listed on the page."""


def sections(answer: PlatformAnswer, plant: Plant, names: Names) -> Iterator[Section]:
    """Every section that has something to show."""
    if answer.conflict is not None:
        rows = [*(f"chosen: {each}" for each in answer.conflict.choice), *answer.conflict.statements]
        table = Table.of("These cannot all hold", ("statement",), [(row,) for row in rows])
        yield Section("conflict", "Why is it impossible?", sentence(answer.conflict.verdict), tables=(table,))
        return
    yield from _shared(answer, names)
    if answer.modules:
        yield _money(answer, names)
    yield from _risk(answer, names)
    yield from _variant(answer, names)


def _shared(answer: PlatformAnswer, names: Names) -> Iterator[Section]:
    shared = answer.commonality
    lede = (
        f"{shared.parts} items have {shared.uses} uses: {number(shared.dci)} uses of each (DCI), "
        f"{number(shared.tcci)} on a scale from 0 to 1 (TCCI). Of what could be saved in parts at best, "
        f"{percent(shared.ci)} is (CI)."
    )
    listed = answer.configurations[:CONFIGURATIONS]
    rows = [
        (names.item(each.product), ", ".join(f"{key} {value}" for key, value in each.options.items()),
         str(each.parts), each.bill_sha256[:16])
        for each in listed
    ]  # fmt: skip
    tables = [Table.of(f"Configurations on {answer.on}", ("product", "options", "items", "bill"), rows, text=(1, 3))]
    tables.append(_family_bill(answer, names))
    if answer.bill:
        lines = [(names.item(line.item), names.item(line.parent), str(line.pieces), str(line.pieces_per_unit))
                 for line in answer.bill]  # fmt: skip
        columns = ("item", "goes into", "pieces", "pieces a unit")
        tables.append(Table.of(f"Bill on {answer.on}", columns, lines, text=(1,)))
    title = f"What do the products of {answer.family_name} share?"
    yield Section("sharing", title, lede, (sharing.matrix(shared, answer.products, names),), folded=tuple(tables))


def _family_bill(answer: PlatformAnswer, names: Names) -> Table:
    rows = [
        (
            names.item(line.item),
            names.item(line.parent),
            ", ".join(f"{count} with {line.option} {value}" if line.option else f"{count}"
                      for value, count in line.pieces.items()),
            ", ".join(map(names.item, line.products)),
            f"{line.valid_from} to {line.valid_until}" if line.valid_from or line.valid_until else "",
        )
        for line in answer.family_bill
    ]  # fmt: skip
    columns = ("item", "goes into", "pieces", "products", "valid")
    return Table.of("The 150 % bill: what any configuration takes", columns, rows, text=(1, 2, 3, 4))


def _money(answer: PlatformAnswer, names: Names) -> Section:
    wide = answer.savings_per_year_inputs
    lede = (
        f"Against the same family with a copy of every shared module for each product, sharing saves "
        f"{about(answer.savings_per_year)} {answer.currency} a year"
    )
    lede += f", {span(wide)} within the ranges of the figures behind it." if wide is not None else "."
    notes = [f"{row.name}: {row.explanation}." for row in answer.savings if row.per_year]
    if wide is not None and wide.drivers:
        notes.append(f"It moves most with {', '.join(driver.path for driver in wide.drivers[:3])}.")
    rows = [
        (names.item(row.item), ", ".join(map(names.item, row.products)), about(row.needed_per_year),
         about(row.value), about_known(row.total_per_year, row.is_priced))
        for row in answer.modules
    ]  # fmt: skip
    columns = (
        "module",
        "products",
        "pieces a year",
        f"worth of one, {answer.currency}",
        f"saved, {answer.currency} a year",
    )
    table = Table.of("What each shared module saves", columns, rows, text=(1,))
    figure = sharing.saved(answer.savings, answer.savings_per_year, answer.currency)
    tables = (_sides("Simulated: a copy of each module for each product, and shared", answer.simulated),)
    title, shown = "What does sharing save?", tables if answer.simulated else ()
    return Section("sharing-money", title, lede, (figure,), shown, folded=(table,), notes=tuple(notes))


def _sides(caption: str, rows: Sequence[Difference]) -> Table:
    """Two plants side by side."""
    return Table.of(caption, ("figure", "A", "B", "difference"), [difference_row(row) for row in rows])


def _risk(answer: PlatformAnswer, names: Names) -> Iterator[Section]:
    """What sharing puts at risk, module by module, and what it saves from, supplier by supplier."""
    by_kind = [[row for row in answer.exposure if row.kind == kind] for kind in ("module", "supplier")]
    figures = tuple(sharing.exposure(rows, names) for rows in by_kind if rows)
    if not figures:
        return
    lede = (
        "What all products share stops all of them. A module is lost whoever makes it: a fault of its design, a "
        "recall, an approval withdrawn; with a copy for each product one product stops at a time. A lost supplier is "
        "another matter: a shared module comes from its other sources, a copy with one source of its own from none."
    )
    yield Section("sharing-risk", "What does sharing put at risk?", lede, figures)


def _variant(answer: PlatformAnswer, names: Names) -> Iterator[Section]:
    needs = answer.variant
    if needs is None:
        return
    unknown = [key for key, cost in needs.qualification.items() if cost is None]
    lede = (
        f"{needs.name} takes {len(needs.shared_parts)} items that are there and {len(needs.new_parts)} new. To design, "
        f"test and approve it costs {about(needs.qualification_cost)} {answer.currency}"
        f"{', without ' + ', '.join(unknown) + ', of which nothing is known' if unknown else ''}. By arithmetic the "
        f"plant makes {about(needs.rough_cut_after_per_year)} units a year with it, "
        f"{about(needs.rough_cut_before_per_year)} without."
    )
    skills = [
        (f"{row.name}{', new' if row.is_new else ''}", about(row.hours_after - row.hours_before),
         about(row.hours_after), about(row.hours_there))
        for row in needs.skills
    ]  # fmt: skip
    parts = [(key, names.item(key)) for key in needs.new_parts]
    tables = [
        Table.of("People, hours a year", ("skill", "more", "needed", "there"), skills),
        Table.of("New parts", ("id", "name"), parts, text=(1,)),
        Table.of("New operations", ("operation",), [(each,) for each in needs.new_operations]),
    ]
    if needs.simulated:
        tables.append(_sides("Simulated: without and with the variant", needs.simulated))
    figures = (sharing.stations(needs.stations, names),) if needs.stations else ()
    yield Section("variant", f"What does {needs.name} need?", lede, figures, folded=tuple(tables))
