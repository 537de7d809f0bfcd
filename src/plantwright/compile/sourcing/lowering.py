"""A plant lowered to a sourcing problem."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plantwright.compile.margins import margin_of
from plantwright.compile.prices import in_base
from plantwright.compile.sourcing.buying import Buying, buying, offers_of, purchases_of, seller
from plantwright.compile.sourcing.making import Working, makings_of, shipments_of, steps_of, working
from plantwright.compile.sourcing.names import UNKNOWN, Names
from plantwright.compile.sourcing.plan import YEAR_S, Planned
from plantwright.model.plant import Plant
from plantwright.problems.sourcing import Content, Exposures, Floats, Limits, SourcingProblem

ALL_PRODUCTS = "all products"
OTHERS = "spares and other items"


@dataclass(frozen=True)
class Lowered:
    """The problem, its names, and what had to be assumed.

    Attributes
    ----------
    problem
        In numbers.
    names
        Of the numbers.
    notes
        What the reader has to know about the numbers.
    """

    problem: SourcingProblem
    names: Names
    notes: tuple[str, ...]


def lowered(plant: Plant) -> Lowered:
    """What `sourcing` decides, in numbers.

    Parameters
    ----------
    plant
        A sound plant, without the offers that screening refuses.

    Raises
    ------
    RunError
        Something that has to be weighed has no price or no mass.
    """
    planned = Planned(plant)
    found, work = buying(planned), working(planned)
    names = _names(planned, found, work)
    node_of = {(item, site): names.node(item, site) for site in names.sites for item in names.items}
    demand = _demand(planned, names)
    need = _need(planned, names)
    problem = SourcingProblem(
        node_item=np.tile(np.arange(len(names.items)), len(names.sites)),
        node_site=np.repeat(np.arange(len(names.sites)), len(names.items)),
        site_country=np.array([names.countries.index(planned.country(site) or UNKNOWN) for site in names.sites]),
        demand=demand,
        sales=_sales(planned, names),
        need=need,
        discount=_discount(plant, planned.sourcing.years),
        holding=planned.sourcing.holding.base,
        home=demand.sum(axis=(0, 2)).reshape(len(names.sites), -1).sum(axis=1) > 0,
        offers=offers_of(found, names.items, names.countries, need.sum(axis=0)),
        purchases=purchases_of(found, node_of),
        makings=makings_of(work, node_of),
        steps=steps_of(work),
        shipments=shipments_of(work, node_of),
        content=_content(planned, names),
        exposures=_exposures(planned, names, found),
        limits=_limits(planned, names),
    )
    return Lowered(problem, names, tuple(_notes(planned, names, found, work)))


def _names(planned: Planned, found: Buying, work: Working) -> Names:
    sold = tuple(name for name in planned.plant.products if name in planned.network.wanted)
    others = any(name not in planned.plant.products for name in planned.network.wanted)
    lines = sold if planned.content.per == "product" else (ALL_PRODUCTS,) * bool(sold)
    of_sites = (country for site in planned.sites if (country := planned.country(site)) is not None)
    known = dict.fromkeys([*planned.local, *of_sites, *found.countries, *_limited(planned)])
    return Names(
        items=planned.network.items,
        sites=planned.sites,
        countries=(*known, UNKNOWN),
        suppliers=found.suppliers,
        offers=tuple(bought.offer for bought in found.offers),
        products=sold,
        years=tuple(start.year for start in planned.starts[:-1]),
        lines=(*lines, *((OTHERS,) * others)),
        purchases=tuple(way.purchase for way in found.ways),
        workplaces=work.workplaces,
        shipments=tuple(way.shipment for way in work.carriages),
        stages=tuple(stage for stage, _ in work.stages),
    )


def _limited(planned: Planned) -> list[str]:
    return [code for code in planned.sourcing.shares if code != "abroad"]


def _line(names: Names, thing: str) -> int:
    """The line that a thing sold belongs to."""
    if thing not in names.products:
        return len(names.lines) - 1
    return names.lines.index(thing) if thing in names.lines else 0


def _demand(planned: Planned, names: Names) -> Floats:
    demand = np.zeros((len(names.lines), len(names.items) * len(names.sites), len(names.years)))
    for year, wanted in enumerate(planned.wanted):
        for thing, pieces in wanted.items():
            if thing in names.items:
                demand[_line(names, thing), names.node(thing, planned.home(thing)), year] += pieces
    return demand


def _need(planned: Planned, names: Names) -> Floats:
    """Pieces of each item where everything is made as the routes say."""
    need = np.zeros((len(names.lines), len(names.items), len(names.years)))
    for thing in planned.network.wanted:
        per_piece = _explosion(planned, thing)
        for year, wanted in enumerate(planned.wanted):
            for item, pieces in per_piece.items():
                need[_line(names, thing), names.items.index(item), year] += pieces * wanted.get(thing, 0.0)
    return need


def _explosion(planned: Planned, thing: str) -> dict[str, float]:
    """Pieces of everything in one piece of a thing, itself included."""
    found = {thing: 1.0}
    for part, pieces in planned.network.bill.get(thing, {}).items():
        for item, each in _explosion(planned, part).items():
            found[item] = found.get(item, 0.0) + pieces * each
    return found


def _sales(planned: Planned, names: Names) -> Floats:
    """What customers pay for each line; NaN where a price is missing."""
    sales = np.zeros((len(names.lines), len(names.years)))
    for year, wanted in enumerate(planned.wanted):
        for thing, pieces in wanted.items():
            product = planned.plant.products.get(thing)
            price = None if product is None or product.price is None else in_base(planned.plant.money, product.price)
            sales[_line(names, thing), year] += pieces * (np.nan if price is None else price)
    return sales


def _discount(plant: Plant, years: int) -> Floats:
    """Worth today of money at the beginning of each year and at the end of the last one."""
    rate = plant.finance.discount_rate if plant.finance is not None else None
    return np.asarray((1.0 + (0.0 if rate is None else rate.base)) ** -np.arange(years + 1, dtype=float))


def _content(planned: Planned, names: Names) -> Content:
    asked, years = planned.content, len(names.years)
    floor = [asked.floors.get(year + 1, asked.floor) for year in range(years)]
    row = np.array([np.nan if share is None else share.base for share in floor])
    measured = np.array([line != OTHERS for line in names.lines], dtype=bool)
    local = np.array([code in planned.local for code in names.countries], dtype=bool)
    local[-1] = asked.unknown == "local"
    unpriced = bool(np.isnan(_sales(planned, names)[measured]).any())
    return Content(
        method="build-down" if unpriced and np.isnan(row).all() else asked.method,
        of="net-cost" if unpriced else asked.of,
        at=asked.at,
        floor=np.where(measured[:, None], row[None, :], np.nan),
        measured=measured,
        local=local,
        points=np.array([asked.points.get(item, 0.0) for item in names.items], dtype=float),
    )


def _exposures(planned: Planned, names: Names, found: Buying) -> Exposures:
    """Margins, what each product needs, and how long suppliers are lost."""
    plant, network = planned.plant, planned.network
    needs = np.zeros((len(names.products), len(names.items)), dtype=bool)
    margin = np.zeros((len(names.products), len(names.years)))
    for row, product in enumerate(names.products):
        for item in _explosion(planned, product):
            needs[row, names.items.index(item)] = True
        each, _ = margin_of(plant, network, product)
        if each is not None:
            margin[row] = [max(0.0, each) * wanted.get(product, 0.0) for wanted in planned.wanted]
    recovery = np.zeros(len(found.suppliers))
    for bought in found.offers:
        supplier = plant.suppliers.get(bought.supplier or "")
        time = plant.offers[bought.offer].recovery or (supplier.recovery if supplier is not None else None)
        index = found.suppliers.index(seller(bought))
        recovery[index] = max(recovery[index], 0.0 if time is None else time.mean / YEAR_S)
    is_known = bool(margin.any() and recovery.any())
    return Exposures(
        line=np.array([_line(names, product) for product in names.products if is_known], dtype=np.int64),
        needs=needs[: len(names.products) * is_known],
        margin=margin[: len(names.products) * is_known],
        recovery=recovery,
    )


def _limits(planned: Planned, names: Names) -> Limits:
    asked, money, years = planned.sourcing, planned.plant.money, len(names.years)
    shares = np.full(len(names.countries), np.inf)
    for index, code in enumerate(names.countries):
        abroad = asked.shares.get("abroad") if code not in (*planned.local, UNKNOWN) else None
        share = asked.shares.get(code, abroad)
        shares[index] = np.inf if share is None else share.base
    return Limits(
        budget=np.full(years, np.inf if asked.budget is None else in_base(money, asked.budget)),
        investment=np.inf if asked.investment is None else in_base(money, asked.investment),
        country=shares,
        carbon=np.full(years, np.inf if asked.carbon is None else asked.carbon.base),
    )


def _notes(planned: Planned, names: Names, found: Buying, work: Working) -> list[str]:
    notes = []
    if _content(planned, names).of != planned.content.of:
        notes.append("Local content is measured of net cost, because not every product has a price.")
    if work.costless:
        listed = ", ".join(work.costless[:8]) + (", ..." if len(work.costless) > 8 else "")
        notes.append(f"Making costs nothing here, because nobody says what it costs: {listed}.")
    if found.unpriced:
        notes.append(f"Not weighed, because they have no price: {', '.join(found.unpriced)}.")
    bare = sorted({f"{way.shipment.start} to {way.shipment.end}" for way in work.carriages if way.lane is None})
    if bare:
        notes.append(f"No lane is written from {'; from '.join(bare)}: freight between them counts as nothing.")
    if planned.sourcing.carbon is not None:
        unknown = [way.bought.offer for way, kg in zip(found.ways, purchases_carbon(found)) if not kg]
        if unknown:
            notes.append(
                f"No CO2 is known of {len(dict.fromkeys(unknown))} of {len(found.offers)} offers: they count 0."
            )
    return notes


def purchases_carbon(found: Buying) -> Floats:
    """CO2-equivalent of a piece by each way. (B,) float64 [kg/piece]"""
    nodes = {(way.bought.item, way.site): 0 for way in found.ways}
    return purchases_of(found, nodes).carbon
