"""The plan as rows: money, flows, what is paid once, suppliers."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from plantwright.compile.sourcing.names import UNKNOWN
from plantwright.optimise.sourcing import check
from plantwright.optimise.sourcing.solve import Solution
from plantwright.results import OneOff, OutlayRow, SourcingCost, SourcingFlow, SupplierShare
from plantwright.study.sourcing.planning import Sourced

DAYS = 365.25


def costs(asked: Sourced, best: Solution) -> Iterator[SourcingCost]:
    """Money of each year by what it goes to."""
    for number, year in enumerate(asked.names.years):
        by_kind = {kind: each.at(best.x) for kind, each in asked.model.measures.cost(number).items()}
        for kind, money in by_kind.items():
            yield SourcingCost(year, kind, money)
        yield SourcingCost(year, "total", sum(by_kind.values()))


def flows(asked: Sourced, best: Solution) -> tuple[SourcingFlow, ...]:
    """Everything that is bought, made and shipped, by year and item."""
    rows = [*_bought(asked, best), *_made(asked, best), *_shipped(asked, best)]
    order = {item: place for place, item in enumerate(asked.names.items)}
    return tuple(sorted(rows, key=lambda row: (row.year, order[row.item], row.kind, -row.pieces)))


def _bought(asked: Sourced, best: Solution) -> Iterator[SourcingFlow]:
    plan, problem, names = asked.plan(best), asked.problem, asked.names
    pieces, paid, totals = plan.bought.sum(axis=0), plan.paid.sum(axis=0), _totals(asked, best)
    ways = problem.purchases
    for way, year in zip(*np.nonzero(pieces), strict=True):
        purchase, amount = names.purchases[way], float(pieces[way, year])
        on = 1.0 + ways.duty[way] + problem.holding * ways.lead[way]
        yield SourcingFlow(
            year=names.years[year],
            kind="buy",
            item=purchase.item,
            site=purchase.site,
            source=purchase.offer,
            supplier=purchase.supplier or "",
            country=_main_country(asked, int(ways.offer[way])),
            mode=_way(purchase.lane, purchase.mode),
            pieces=amount,
            share=amount / totals[purchase.item][year],
            unit_cost=float(paid[way, year]) / amount * on + float(ways.freight[way]),
        )


def _made(asked: Sourced, best: Solution) -> Iterator[SourcingFlow]:
    plan, problem, names = asked.plan(best), asked.problem, asked.names
    pieces, totals = plan.made.sum(axis=0), _totals(asked, best)
    for row, year in zip(*np.nonzero(pieces), strict=True):
        place, amount = names.workplaces[row], float(pieces[row, year])
        country = problem.site_country[problem.node_site[problem.makings.node[row]]]
        yield SourcingFlow(
            year=names.years[year],
            kind="make",
            item=place.item,
            site=place.site,
            source=place.making or place.item,
            supplier="",
            country=names.countries[country],
            mode="",
            pieces=amount,
            share=amount / totals[place.item][year],
            unit_cost=float(problem.makings.cost[row]),
        )


def _shipped(asked: Sourced, best: Solution) -> Iterator[SourcingFlow]:
    plan, ships, names = asked.plan(best), asked.problem.shipments, asked.names
    pieces = plan.shipped.sum(axis=0)
    for row, year in zip(*np.nonzero(pieces), strict=True):
        way, amount = names.shipments[row], float(pieces[row, year])
        sent = sum(pieces[other, year] for other, each in enumerate(names.shipments) if each.item == way.item)
        country = asked.problem.site_country[names.sites.index(way.start)]
        yield SourcingFlow(
            year=names.years[year],
            kind="ship",
            item=way.item,
            site=way.end,
            source=way.start,
            supplier="",
            country=names.countries[country],
            mode=_way(way.lane, way.mode),
            pieces=amount,
            share=amount / float(sent),
            unit_cost=float(
                ships.freight[row] + ships.holding[row] + ships.duty[row] * np.nan_to_num(ships.invoice[row])
            ),
        )


def _totals(asked: Sourced, best: Solution) -> dict[str, np.ndarray]:
    """Pieces of each item that are bought and made in each year."""
    plan, names = asked.plan(best), asked.names
    totals = {item: np.zeros(len(names.years)) for item in names.items}
    for purchase, amount in zip(names.purchases, plan.bought.sum(axis=0), strict=True):
        totals[purchase.item] += amount
    for place, amount in zip(names.workplaces, plan.made.sum(axis=0), strict=True):
        totals[place.item] += amount
    return totals


def _way(lane: str | None, mode: str | None) -> str:
    return " by ".join(part for part in (lane, mode) if part)


def _main_country(asked: Sourced, offer: int) -> str:
    content = asked.problem.offers.content[offer]
    return asked.names.countries[int(content.argmax())]


def paid_once(asked: Sourced, best: Solution) -> Iterator[OneOff]:
    """Qualifications, openings and steps."""
    plan, names, problem = asked.plan(best), asked.names, asked.problem
    for what, labels, decided, money in (
        ("qualification", names.offers, plan.qualified, problem.offers.qualification),
        ("opening", [f"{p.item} at {p.site}" for p in names.workplaces], plan.opened, problem.makings.opening),
        (
            "step",
            [f"{s.step} for {s.workplace.item} at {s.workplace.site}" for s in names.stages],
            plan.built,
            problem.steps.cost,
        ),
    ):
        for row, year in zip(*np.nonzero(decided), strict=True):
            yield OneOff(names.years[year], what, labels[row], float(money[row]))


def suppliers(asked: Sourced, best: Solution) -> tuple[SupplierShare, ...]:
    """What each supplier has, the most exposed first."""
    plan, problem, names = asked.plan(best), asked.problem, asked.names
    losses = check.worst_losses(problem, plan)
    paid = np.zeros(len(names.suppliers))
    for way, offer in enumerate(problem.purchases.offer):
        paid[problem.offers.supplier[offer]] += plan.paid[:, way].sum() / problem.years
    rows = []
    for row, supplier in enumerate(names.suppliers):
        recovery = float(problem.exposures.recovery[row])
        is_known = recovery > 0 and len(problem.exposures.line) > 0
        who = asked.plant.suppliers.get(supplier)
        country = (who.country if who is not None else None) or UNKNOWN
        loss = float(losses[row]) if is_known else None
        rows.append(SupplierShare(supplier, country, float(paid[row]), recovery * DAYS or None, loss))
    used = [row for row in rows if row.cost_per_year > 0]
    return tuple(sorted(used, key=lambda row: (-(row.loss or 0.0), -row.cost_per_year)))


def outlay(asked: Sourced, best: Solution) -> Iterator[OutlayRow]:
    """What the plant pays: the whole group's money, or its own with others at their invoices."""
    measures, used = asked.model.measures, asked.plan(best).shipped.sum(axis=(0, 2)) > 0
    is_known = not np.isnan(asked.problem.shipments.invoice[used]).any()
    for number, year in enumerate(asked.names.years):
        kinds = measures.cost(number)
        once = sum(kinds[kind].at(best.x) for kind in ("qualification", "opening", "steps"))
        whole = measures.spent(number).at(best.x)
        yield OutlayRow(year, whole, measures.outlay(number).at(best.x) + once if is_known else None)
