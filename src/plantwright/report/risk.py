"""What losses of suppliers, sites and lanes do: the sections of the answer to ``risk``."""

from __future__ import annotations

from collections.abc import Iterator

from plantwright.model.plant import Plant
from plantwright.report.figure import Figure, Section, Table
from plantwright.report.figures import exposure, losing, survival
from plantwright.report.names import Names
from plantwright.results import PairRow, Protection, RiskAnswer
from plantwright.results.risk import AGAINST
from plantwright.results.terminal.risk import checked, money, simulated
from plantwright.results.wording import number, sentence

CONSISTENT = "At steady rates the loss is none exactly where the survival is as long as the recovery: checked."


def sections(answer: RiskAnswer, plant: Plant, names: Names) -> Iterator[Section]:
    """Who is exposed, which pairs, a loss day by day, and what protects."""
    yield _exposed(answer, plant, names)
    if answer.pairs:
        yield _pairs(answer)
    if answer.course:
        yield _losing(answer, names)
    if answer.protection is not None:
        yield _protected(answer.protection, answer.currency)


def _exposed(answer: RiskAnswer, plant: Plant, names: Names) -> Section:
    figures: list[Figure] = [survival.survival(answer.exposures, answer.horizon_d, answer.currency)]
    if any(row.kind == "supplier" for row in answer.exposures):
        figures.append(exposure.exposure_map(answer, plant, names))
    notes = [CONSISTENT] if answer.is_consistent else []
    notes += [sentence(refusal.why) for refusal in answer.screened.refusals]
    hurt = sum(row.loss_p90 > 0 for row in answer.exposures)
    lede = (
        f"Each of {len(answer.exposures)} suppliers, sites, lanes and common causes is lost on {answer.first_day}, "
        f"with the shelves and orders of that day; {hurt} of them cost margin. Bars end where customers go without, "
        "bands are how long it takes until the lost is back."
    )
    return Section("risk", "What if a supplier is cut off?", lede, tuple(figures), notes=tuple(notes))


def _pairs(answer: RiskAnswer) -> Section:
    safe = sum(pair.is_safe_alone for pair in answer.pairs)
    lede = (
        f"Of {answer.pairs_examined:,} pairs {len(answer.pairs)} cost more together than one by one; "
        f"of {safe} nothing would be lost alone."
    )
    columns = ("first", "second", "customers without, day", f"lost, {answer.currency}", "one by one")
    rows = [_pair(pair) for pair in answer.pairs]
    table = Table.of("Pairs that cost more together than one by one", columns, rows, text=(1,))
    return Section("risk-pairs", "Which two must not fail together?", lede, tables=(table,))


def _pair(pair: PairRow) -> tuple[str, ...]:
    day = "never" if pair.short_day is None else f"{pair.short_day:.0f}"
    return pair.first_name, pair.second_name, day, money(pair.loss), money(pair.loss_one_by_one)


def _losing(answer: RiskAnswer, names: Names) -> Section:
    row = next(row for row in answer.exposures if f"{row.kind} {row.id}" == answer.course_of)
    figures = [losing.output(answer.course, names)]
    if any(key not in answer.course[0].made for key in answer.course[0].stock):
        figures.insert(0, losing.shelves(answer.course, names))
    if answer.replays:
        first = [each for each in answer.replays if each.cause == answer.replays[0].cause]
        figures.append(losing.simulated(first, names))
    columns = ("when lost", "order at once", "from offer", "pieces", "comes from day")
    rows = [
        (each.cause, each.item_name, each.offer, number(each.pieces), f"{each.comes_from_day:.0f}")
        for each in answer.purchases
    ]
    tables = (Table.of("What to order on the first day", columns, rows, text=(1, 2)),) if rows else ()
    lede = f"{row.name} is lost on {answer.first_day} and back after a middling recovery."
    notes = tuple(sentence(simulated(each)) for each in answer.replays)
    return Section("risk-course", "What happens day by day?", lede, tuple(figures), tables, notes)


def _protected(protection: Protection, currency: str) -> Section:
    weeks = f"{protection.survive_d / 7:.3g} weeks"
    if not protection.measures:
        lede = sentence(f"{AGAINST} is survived for {weeks} as it is.")
        if protection.out_of_reach:
            lede = f"Nothing in the document protects {weeks} against the loss of {', '.join(protection.out_of_reach)}."
        return Section("risk-protection", "What protects the plant?", lede)
    lede = (
        f"To serve customers for {weeks} after {AGAINST} costs "
        f"{money(protection.cost_per_year)} {currency} a year under the "
        f"planner's rule, and would cost {money(protection.least_per_year)} if every piece went where "
        "it counts most."
    )
    columns = ("what", "kind", "pieces", f"a year, {currency}", f"once, {currency}")
    rows = [
        (each.name, each.kind, number(each.pieces) if each.pieces else "", money(each.cost_per_year), money(each.once))
        for each in protection.measures
    ]
    table = Table.of("The cheapest protection", columns, rows, text=(1,))
    notes = [sentence(checked(each)) for each in protection.checked if each.before_d is not None]
    notes += [
        sentence(f"nothing in the document protects against the loss of {name}") for name in protection.out_of_reach
    ]
    return Section("risk-protection", "What protects the plant?", lede, tables=(table,), notes=tuple(notes))
