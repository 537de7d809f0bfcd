"""The answer to ``siting`` in the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from plantwright.results.siting import SiteChange, SitedTask, SiteFound, SitingAnswer, WeightSwing
from plantwright.results.terminal.tables import SHOWN, grid, table, verdict
from plantwright.results.wording import about, number, percent, titled


def siting_lines(siting: SitingAnswer) -> Iterator[RenderableType]:
    """Each task: its verdict, the key numbers, what opens, what the next best differs by, how firm a ranking is."""
    for key, task in siting.tasks.items():
        yield verdict(task.verdict)
        yield grid(_key_numbers(task, siting.currency))
        opened = [site for site in siting.sites if site.task == key and site.open]
        if opened:
            yield table("Open", *_sites(opened, siting.currency))
        changes = [change for change in siting.changes if change.task == key]
        if changes:
            yield table(f"What if, {task.unit}", ("change", "worse by", "opens", "shuts"), _changes(siting, changes))
        plans = [plan for plan in siting.plans if plan.task == key]
        if plans:
            rows = (
                (plan.plan, siting.named(key, plan.open), number(plan.score), percent(plan.first_share))
                for plan in plans
            )
            yield table("By all criteria", ("plan", "open", "score", "first"), rows, 2)
            swings = (
                (each.name, number(each.weight), number(each.swings_at), each.plan) for each in _swings(siting, key)
            )
            yield table("The lead changes", ("criterion", "weight", "at weight", "to"), swings)


def _swings(siting: SitingAnswer, task: str) -> Iterator[WeightSwing]:
    return (swing for swing in siting.swings if swing.task == task)


def _key_numbers(task: SitedTask, currency: str) -> Iterator[tuple[str, str, str]]:
    if task.carriage_cost_per_year is not None:
        if task.sites_cost_per_year is not None:
            yield "Sites", about(task.sites_cost_per_year), f"{currency} a year"
        yield "Carriage", about(task.carriage_cost_per_year), f"{currency} a year"
        if task.pieces_cost_per_year:
            yield "Pieces", about(task.pieces_cost_per_year), f"{currency} a year beyond what they cost elsewhere"
    if task.mean_distance_km is not None:
        yield "Distance", number(task.mean_distance_km), f"km on the average, {number(task.farthest_km)} km at most"
    if task.seen_share is not None:
        yield "Seen", percent(task.seen_share), f"of the weight, {percent(task.seen_twice_share)} by two posts or more"
    if task.bound is not None and not task.is_optimal:
        yield "Bound", about(task.bound), f"{task.unit}: no choice of sites can beat it"


def _sites(opened: list[SiteFound], currency: str) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Columns and rows of the open sites; of many the first."""
    serves = any(site.served_per_year is not None for site in opened)
    costs = any(site.cost_per_year for site in opened)
    columns = ("site", *((f"{currency} a year",) if costs else ()), *(("serves", "used") if serves else ()))
    rows = []
    for site in opened[:SHOWN]:
        figures = [about(site.cost_per_year)] if costs else []
        if serves:
            used = "no limit" if site.used_share is None else percent(site.used_share)
            figures += [about(site.served_per_year), used]
        rows.append((titled(site.site, site.name), *figures))
    if len(opened) > SHOWN:
        rows.append((f"… {len(opened) - SHOWN} more in --json", *("" for _ in columns[1:])))
    return columns, rows


def _changes(siting: SitingAnswer, changes: list[SiteChange]) -> Iterator[tuple[str, ...]]:
    """Losing what is open first, dearest first; then having what is shut, cheapest first."""
    lost = [change for change in changes if change.change == "without"]
    had = [change for change in changes if change.change == "with" and change.difference is not None]
    impossible = float("inf")
    lost.sort(key=lambda change: -(impossible if change.difference is None else change.difference))
    had.sort(key=lambda change: change.difference or 0.0)
    for change in [*lost[: SHOWN // 2], *had[: SHOWN // 2]]:
        worse = "no choice left" if change.difference is None else about(change.difference)
        opens, shuts = (siting.named(change.task, keys) for keys in (change.opens, change.shuts))
        yield f"{change.change} {change.name}", worse, opens, shuts
    left = len(changes) - min(len(lost), SHOWN // 2) - min(len(had), SHOWN // 2)
    if left > 0:
        yield f"… {left} more in --json", "", "", ""
