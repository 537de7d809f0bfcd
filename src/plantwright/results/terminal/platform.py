"""The answer to ``platform`` in the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from plantwright.results.platform import PlatformAnswer, SkillNeed, StationNeed, VariantNeeds
from plantwright.results.terminal.comparison import difference_row
from plantwright.results.terminal.tables import SHOWN, grid, table, verdict
from plantwright.results.wording import UNKNOWN, about, about_known, number, percent, titled

SIDES = ("figure", "A", "B", "difference")
FEW = 6
"""Rows of the tables behind the headline."""


def platform_lines(answer: PlatformAnswer) -> Iterator[RenderableType]:
    """The verdict; a choice and its bill, or the money, the exposure and the variant."""
    yield verdict(answer.verdict)
    if answer.conflict is not None:
        yield table("These cannot all hold", ("statement",), [(said,) for said in _statements(answer)])
        return
    yield grid(answer.facts)
    if answer.configurations:
        yield from _configurations(answer)
    if answer.bill:
        lines = answer.bill[: 2 * SHOWN]
        rows = [("  " * (line.level - 1) + line.item, line.parent, str(line.pieces_per_unit)) for line in lines]
        if len(answer.bill) > len(lines):
            rows.append((f"… {len(answer.bill) - len(lines)} more in --json", "", ""))
        yield table(f"Bill on {answer.on}", ("item", "goes into", "pieces a unit"), rows, 2)
    if answer.modules:
        saved = [
            (
                row.name,
                about_known(row.once, row.is_priced or row.key == "changeovers"),
                about_known(row.per_year, row.is_priced),
            )
            for row in answer.savings
        ]
        yield table(f"What sharing saves, {answer.currency}", ("", "once", "a year"), saved)
        title = f"Modules that save most, {answer.currency} a year"
        yield table(title, ("module", "products", "saved"), _modules(answer), 2)
    yield from _exposure(answer)
    if answer.simulated:
        yield table("Simulated, a copy each (A) and shared (B)", SIDES, map(difference_row, answer.simulated))
    if answer.variant is not None:
        yield from _variant(answer.variant, answer.currency)


def _statements(answer: PlatformAnswer) -> list[str]:
    assert answer.conflict is not None
    return [*(f"chosen: {each}" for each in answer.conflict.choice), *answer.conflict.statements]


def _configurations(answer: PlatformAnswer) -> Iterator[RenderableType]:
    shown = answer.configurations[:SHOWN]
    rows = [
        (
            titled(each.product, answer.products[each.product]),
            ", ".join(f"{option} {value}" for option, value in each.options.items()),
            str(each.parts),
            each.bill_sha256[:12],
        )
        for each in shown
    ]
    if len(answer.configurations) > len(shown):
        rows.append((f"… {len(answer.configurations) - len(shown)} more in --json", "", "", ""))
    yield table(f"Configurations on {answer.on}", ("product", "options", "items", "bill"), rows, 2)


def _modules(answer: PlatformAnswer) -> Iterator[tuple[str, str, str]]:
    for row in answer.modules[:FEW]:
        yield titled(row.item, row.name), ", ".join(row.products), about_known(row.total_per_year, row.is_priced)
    if len(answer.modules) > FEW:
        yield f"… {len(answer.modules) - FEW} more in --json", "", ""


def _exposure(answer: PlatformAnswer) -> Iterator[RenderableType]:
    """What a week without a module, or without a supplier, costs."""
    titles = {"module": "Lost while a module is missing", "supplier": "Lost while a supplier is missing, stocks gone"}
    for kind, title in titles.items():
        found = [row for row in answer.exposure if row.kind == kind]
        rows = [(titled(row.key, row.name), about(row.loss_shared), about(row.loss_apart)) for row in found[:FEW]]
        if len(found) > FEW:
            rows.append((f"… {len(found) - FEW} more in --json", "", ""))
        if rows:
            yield table(f"{title}, {found[0].unit}", (kind, "shared", "a copy each"), rows)


def _variant(needs: VariantNeeds, currency: str) -> Iterator[RenderableType]:
    """What a new variant needs, and what it takes."""
    yield Text()
    yield grid(_needs(needs, currency), numbers=False)
    if needs.stations:
        columns = ("station", "before", "after", "hours of it")
        yield table("Hours needed over hours there", columns, map(_station, needs.stations[:SHOWN]))
    if needs.skills:
        columns = ("skill", "hours more", "hours needed", "hours there")
        yield table("People, hours a year", columns, map(_skill, needs.skills))
    if needs.simulated:
        yield table("Simulated, without (A) and with it (B)", SIDES, map(difference_row, needs.simulated))


def _needs(needs: VariantNeeds, currency: str) -> Iterator[tuple[str, str, str]]:
    unknown = [key for key, cost in needs.qualification.items() if cost is None]
    yield "New parts", ", ".join(needs.new_parts) or "none", f"{len(needs.shared_parts)} are there already"
    yield "New operations", str(len(needs.new_operations)), ""
    if needs.new_stations or needs.new_tools:
        yield "More machines and tools", ", ".join([*needs.new_stations, *needs.new_tools]), ""
    cost = f"{about(needs.qualification_cost)} {currency}"
    yield "Qualification", cost, f"{UNKNOWN} for {', '.join(unknown)}" if unknown else ""
    yield "Tooling and machines", f"{about(needs.tooling_cost)} {currency}", ""
    laboratory = [row for row in needs.stations if row.laboratory]
    if laboratory:
        fullest = laboratory[0]
        was, hours = percent(fullest.load_before), sum(row.hours_of_new for row in laboratory)
        yield "Laboratory", f"{about(hours)} hours a year", f"{fullest.name}: {was}, then {percent(fullest.load_after)}"
    before, after = about(needs.rough_cut_before_per_year), about(needs.rough_cut_after_per_year)
    yield "Units a year by arithmetic", after, f"{before} without it"
    yield "Held back by", needs.binding_after, f"{needs.binding_before} without it"
    yield "Uses per item (DCI)", number(needs.dci_after), f"{number(needs.dci_before)} without it"


def _station(row: StationNeed) -> tuple[str, str, str, str]:
    name = titled(row.station, row.name) + (", laboratory" if row.laboratory else "")
    return name, percent(row.load_before), percent(row.load_after), about(row.hours_of_new)


def _skill(row: SkillNeed) -> tuple[str, str, str, str]:
    name = titled(row.skill, row.name) + (", new" if row.is_new else "")
    return name, about(row.hours_after - row.hours_before), about(row.hours_after), about(row.hours_there)
