"""The answer to ``sourcing`` in the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from plantwright.results.sourcing import LimitRow, PointCost, SourcingAnswer, SourcingChoice
from plantwright.results.terminal.tables import SHOWN, grid, table, verdict
from plantwright.results.wording import about, number, percent

FEW = 3
"""Changes that are told in a row."""


def sourcing_lines(answer: SourcingAnswer) -> Iterator[RenderableType]:
    """The verdict, key numbers, money, choices, local content, what a point costs, swings and the front."""
    yield verdict(answer.verdict)
    if answer.facts:
        yield grid(answer.facts)
    if answer.limits:
        yield table("Limits", ("limit", "asked", "plan", "margin", "needed"), map(_limit, answer.closest()))
    if not answer.is_feasible:
        return
    yield table(f"Money, {answer.currency}", ("", *map(str, _years(answer))), _money(answer))
    yield from _choices(answer)
    yield table("Local content by other methods", ("method", "of", "at cost", "at invoice"), _methods(answer), 2)
    yield from _moved(answer)


def _limit(row: LimitRow) -> tuple[str, ...]:
    name = " ".join(str(part) for part in (row.limit, row.line, row.year) if part)
    return name, *(_told(value, row) for value in (row.asked, row.reached, row.margin, row.needed))


def _told(value: float | None, row: LimitRow) -> str:
    if value is None:
        return ""
    return f"{100 * value:.1f} %" if row.unit == "share" else f"{about(value)} {row.unit}"


def _years(answer: SourcingAnswer) -> list[int]:
    return list(dict.fromkeys(row.year for row in answer.cost))


def _money(answer: SourcingAnswer) -> Iterator[tuple[str, ...]]:
    for kind in dict.fromkeys(row.kind for row in answer.cost):
        by_year = [row.cost for row in answer.cost if row.kind == kind]
        if any(by_year):
            yield kind, *map(about, by_year)


def _choices(answer: SourcingAnswer) -> Iterator[RenderableType]:
    """Items that have a choice, the dearest first; those with one offer alone decide nothing."""
    rows = [row for row in answer.choices if sum(each.item == row.item for each in answer.choices) > 1]
    spent = {row.item: 0.0 for row in rows}
    for flow in answer.flows:
        if flow.kind == "buy" and flow.item in spent:
            spent[flow.item] += flow.pieces * flow.unit_cost
    rows.sort(key=lambda row: (-spent[row.item], row.item, -row.share))
    columns = ("offer", "why", "share", "price", "switches at")
    yield table("Who is chosen, and why", columns, map(_choice, rows[: 2 * SHOWN]), 2)
    if len(rows) > 2 * SHOWN:
        yield Text(f"{len(rows) - 2 * SHOWN} more in the report and in --json", style="dim")


def _choice(row: SourcingChoice) -> tuple[str, ...]:
    share = percent(row.share) if row.is_chosen else "–"
    return row.offer, row.why, share, number(row.price), number(row.price_to_switch)


def _methods(answer: SourcingAnswer) -> Iterator[tuple[str, ...]]:
    """Each method in the line and year that has least."""
    ways = dict.fromkeys((row.method, row.of) for row in answer.content)
    for method, of in ways:
        cells = []
        for at in ("cost", "invoice"):
            rows = [row for row in answer.content if (row.method, row.of, row.at) == (method, of, at)]
            known = [row.local_share for row in rows if row.local_share is not None]
            cells.append(percent(min(known)) if known else ("unknown" if rows else ""))
        yield method, of, *cells


def _moved(answer: SourcingAnswer) -> Iterator[RenderableType]:
    """What other floors cost, what moves with prices and rates, and what could be had instead."""
    if answer.points:
        rows = [
            (f"{point.points:+.0f} point", percent(point.floor), _reached(point), _few(point.flips))
            for point in answer.points
        ]
        yield table("Another floor, solved again", ("", "floor", f"costs more, {answer.currency}", "changes"), rows)
    if answer.local_cost_per_point is not None:
        slope = f"{about(answer.local_cost_per_point)} {answer.currency} a point"
        yield Text(f"At these very decisions the slope is {slope}: local only.", style="dim")
    if answer.swings:
        swings = [
            (
                f"{row.what} {100 * row.change:+.0f} %",
                about(row.cost_of_plan),
                percent(row.local_share_of_plan),
                "yes" if row.plan_keeps_limits else "no",
                about(row.cost_solved_again),
                _few(row.flips),
            )
            for row in answer.swings
        ]
        columns = ("", "this plan", "local", "allowed", "best plan then", "changes")
        yield table("When prices move", columns, swings)
    if answer.front:
        beside = [
            (
                about(point.total_cost),
                f"{100 * point.local_share:.1f} %",
                about(point.exposure),
                f"{len(point.flips)} changes" if point.flips else "this plan",
            )
            for point in answer.front
        ]
        names = ("cost", "local", "lost with the worst supplier", "against this plan")
        yield table("Plans that nothing beats", names, beside, 0)


def _reached(point: PointCost) -> str:
    return "out of reach" if point.difference is None else about(point.difference)


def _few(changes: tuple[str, ...]) -> str:
    """The first changes, and how many more there are."""
    more = f"; and {len(changes) - FEW} more" if len(changes) > FEW else ""
    return "; ".join(changes[:FEW]) + more
