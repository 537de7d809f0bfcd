"""The part of the page on where things should stand: for each task a map, what opens, what if, how firm it is."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from plantwright.model.plant import Plant
from plantwright.report.figure import Figure, Section, Table, figure
from plantwright.report.figures import chart, firsts
from plantwright.report.names import Names
from plantwright.results.siting import SitedTask, SiteFound, SitingAnswer
from plantwright.results.wording import about, number, percent

FEW = 5
"""Open sites up to which they are told at once; more are folded away. [-]"""
LEGEND = (("site-open", "open"), ("site-shut", "candidate"))
KINDS = {
    "facility-location": "Least cost of sites and carriage together (capacitated facility location).",
    "p-median": "Least mean distance of what is served (p-median).",
    "p-centre": "The farthest customer as near as can be (p-centre).",
    "set-covering": "Everything is seen, at least cost (set covering).",
    "maximal-covering": "As much is seen as can be (maximal covering).",
}


def sections(siting: SitingAnswer, plant: Plant, names: Names) -> Iterator[Section]:
    """A section for each task of the document."""
    for key, task in siting.tasks.items():
        title = f"Where? {task.name}"
        lede = f"{task.verdict} {KINDS[task.kind]}"
        yield Section(
            f"siting-{key}",
            title,
            lede,
            tuple(_figures(siting, key, task)),
            tuple(_tables(siting, key, task)),
            notes=task.reasons,
            folded=tuple(_folded(siting, key, task)),
        )


def _figures(siting: SitingAnswer, key: str, task: SitedTask) -> Iterator[Figure]:
    shown = chart.chart_of(siting, key)
    if shown.places:
        caption = f"{task.name} on the map: areas are true; distances are those at its centre"
        legend = list(LEGEND)
        if shown.points:
            legend.append(("customer-dot", "customers, by what they take" if shown.services else "points to watch"))
        if shown.lines:
            legend += [("unseen", "seen by nobody"), ("seen", "seen by one"), ("seen-twice", "seen by two or more")]

        def draw(width: int) -> str:
            return chart.draw(shown, width, caption)

        yield figure(f"map-{key}", caption, draw, legend=legend)
    plans = [plan for plan in siting.plans if plan.task == key]
    if plans:
        yield firsts.firsts(f"firsts-{key}", plans, {plan.plan: siting.named(key, plan.open) for plan in plans})


def _tables(siting: SitingAnswer, key: str, task: SitedTask) -> Iterator[Table]:
    opened = [site for site in siting.sites if site.task == key and site.open]
    if 0 < len(opened) <= FEW:
        yield _opened(opened, siting.currency)
    if len(opened) <= FEW:
        yield from _changes(siting, key, task, "without")
    swings = [swing for swing in siting.swings if swing.task == key]
    if swings:
        rows = [(swing.name, swing.plan, number(swing.weight), number(swing.swings_at)) for swing in swings]
        columns = ("criterion", "then first", "its weight", "the lead changes at")
        yield Table.of("Weights at which another plan comes first", columns, rows, text=(1,))


def _opened(sites: list[SiteFound], currency: str) -> Table:
    """What opens: of cost and use only what there is."""
    columns, figures = ["site", "id"], [[site.name for site in sites], [site.site for site in sites]]
    if any(site.cost_per_year for site in sites):
        columns.append(f"{currency} a year")
        figures.append([about(site.cost_per_year) for site in sites])
    if any(site.served_per_year is not None for site in sites):
        columns.append("serves a year")
        figures.append([about(site.served_per_year) for site in sites])
    if any(site.used_share is not None for site in sites):
        columns.append("of its capacity")
        figures.append(["no limit" if site.used_share is None else percent(site.used_share) for site in sites])
    return Table.of("Open", columns, list(zip(*figures)), text=(1,))


def _changes(siting: SitingAnswer, key: str, task: SitedTask, change: str) -> Iterator[Table]:
    """What losing each open site costs, or having each shut one; the dearest first, or the cheapest."""
    found = [each for each in siting.changes if each.task == key and each.change == change]
    found.sort(key=lambda each: inf if each.difference is None else each.difference, reverse=change == "without")
    rows = [
        (
            f"{change} {each.name}",
            siting.named(key, each.opens),
            siting.named(key, each.shuts),
            "no choice left" if each.difference is None else about(each.difference),
        )
        for each in found
    ]
    if rows:
        titles = {"without": "What losing an open site costs", "with": "What opening another one would cost"}
        columns = ("change", "opens", "shuts", f"worse by, {task.unit}")
        yield Table.of(titles[change], columns, rows, text=(1, 2))


def _folded(siting: SitingAnswer, key: str, task: SitedTask) -> Iterator[Table]:
    opened = [site for site in siting.sites if site.task == key and site.open]
    if len(opened) > FEW:
        yield _opened(opened, siting.currency)
        yield from _changes(siting, key, task, "without")
    yield from _changes(siting, key, task, "with")
    rows = [
        (
            service.name,
            siting.named(key, [service.site]),
            about(service.pieces_per_year),
            "" if service.distance_km is None else number(service.distance_km),
            "" if service.cost_per_year is None else about(service.cost_per_year),
        )
        for service in siting.services
        if service.task == key
    ]
    if rows:
        columns = ("customer", "from", "a year", "km", f"{siting.currency} a year")
        yield Table.of("Who is served from where", columns, rows, text=(1,))
