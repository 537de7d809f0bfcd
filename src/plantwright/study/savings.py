"""What sharing saves: each shared module against the same module in one copy for each product that takes it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from plantwright.analytic.pooling import annuity, pooled_deviation, safety_stock, square_root_law
from plantwright.model.family import Family
from plantwright.model.members import families
from plantwright.model.naming import thing_called
from plantwright.model.plant import Plant
from plantwright.results import ModuleSaving, Saving
from plantwright.study.modules import Module, shared_modules

YEAR_D = 365.25
MONTH_D = 30.0
"""[d]"""
LIFE = 5.0
"""Years over which what is paid once is spread where nothing is said. [years]"""
KINDS = {
    "qualification": (
        "Design and qualification paid once", "designs and offers to qualify",
        "each copy is designed, tested and approved again, and each of its offers",
    ),
    "tooling": ("Tooling paid once", "tools and sets of tooling", "each copy needs its own moulds and test adapters"),
    "prices": (
        "Price breaks and order sizes", "stock of orders [pieces]",
        "each copy orders its economic quantity, or more where a price break pays for the stock",
    ),
    "stock": (
        "Pooled safety stock", "safety stock [pieces]",
        "errors of forecasts even out over the products; the delay of a supplier does not",
    ),
    "changeovers": (
        "Fewer changeovers", "setup [machine-hours/year]",
        "each copy is a setup family of its own, made in its economic lot",
    ),
}  # fmt: skip
"""Ways in which sharing saves, in the order of the report: name, figure behind it, why."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What money and service are worth in a family.

    Attributes
    ----------
    holding : float or None
        Cost of holding stock. [1/year]; None where nothing says
    annuity : float
        Share of what is paid once that falls on a year. [1/year]
    service : float
        Chance of no shortage in a cycle. [-]
    correlation : float
        Between the errors of two products' forecasts. [-]
    errors : dict of str to float
        Standard deviation of a product's demand of 30 days, as a share of it; empty where nothing says. [-]
    """

    holding: float | None
    annuity: float
    service: float
    correlation: float
    errors: Mapping[str, float]


@dataclass(slots=True)
class _Tally:
    """Both sides of one way to save, and the money between them."""

    shared: float = 0.0
    apart: float = 0.0
    once: float = 0.0
    per_year: float = 0.0
    is_priced: bool = True

    def add(
        self, shared: float, apart: float, *, once: float = 0.0, per_year: float = 0.0, is_priced: bool = True
    ) -> None:
        self.shared += shared
        self.apart += apart
        self.once += once
        self.per_year += per_year
        self.is_priced = self.is_priced and is_priced


@dataclass(frozen=True, slots=True)
class Savings:
    """What sharing saves, by way and by module."""

    by_kind: tuple[Saving, ...]
    modules: tuple[ModuleSaving, ...]
    notes: tuple[str, ...] = field(default=())

    @property
    def per_year(self) -> float:
        """[base money/year]"""
        return math.fsum(saving.per_year for saving in self.by_kind)


def terms_of(plant: Plant, family: Family) -> Terms:
    """Holding cost, annuity and forecast errors of a family, with what stands in for what is not written."""
    rate = plant.finance.discount_rate.base if plant.finance and plant.finance.discount_rate else 0.0
    holding = family.holding.base if family.holding is not None else rate or None
    life = family.life.base / (YEAR_D * 86_400) if family.life is not None and family.life.base > 0 else LIFE
    errors = family.forecast_error
    if errors is None:
        found = {}
    elif isinstance(errors, dict):
        found = {key: error.base for key, error in errors.items()}
    else:
        found = dict.fromkeys(plant.products, errors.base)
    correlation = family.correlation.base if family.correlation is not None else 0.0
    return Terms(holding, annuity(rate, life), family.service.base, correlation, found)


def savings(plant: Plant, name: str) -> Savings:
    """What sharing saves a family a year, against a copy of each shared module for each product that takes it.

    Parameters
    ----------
    plant
        A sound plant.
    name
        The family.
    """
    terms = terms_of(plant, families(plant)[name])
    tallies = {kind: _Tally() for kind in KINDS}
    rows = []
    for module in shared_modules(plant, name):
        mine = {kind: _Tally() for kind in KINDS}
        pooled = _stock(module, terms, mine["stock"])
        _orders(module, terms, mine["prices"])
        _setups(module, terms, mine)
        _once(module, terms, mine)
        for kind, one in mine.items():
            both = {"once": one.once, "per_year": one.per_year}
            tallies[kind].add(one.shared, one.apart, **both, is_priced=one.is_priced)
        rows.append(_row(plant, module, mine, pooled))
    by_kind = tuple(
        Saving(
            kind,
            KINDS[kind][0],
            tally.once,
            tally.per_year,
            tally.shared,
            tally.apart,
            *KINDS[kind][1:],
            tally.is_priced,
        )
        for kind, tally in tallies.items()
    )
    rows.sort(key=lambda row: -row.total_per_year)
    return Savings(by_kind, tuple(rows), tuple(_notes(terms, rows)))


def _row(plant: Plant, module: Module, mine: Mapping[str, _Tally], pooled: bool) -> ModuleSaving:
    stock = mine["stock"]
    return ModuleSaving(
        item=module.item,
        name=thing_called(plant, module.item),
        products=tuple(module.needs),
        needed_per_year=module.needed,
        value=module.value,
        safety_stock_shared_pieces=stock.shared if pooled else None,
        safety_stock_apart_pieces=stock.apart if pooled else None,
        per_year={kind: tally.per_year for kind, tally in mine.items()},
        total_per_year=math.fsum(tally.per_year for tally in mine.values()),
        is_priced=all(tally.is_priced for tally in mine.values()),
    )


def _stock(module: Module, terms: Terms, tally: _Tally) -> bool:
    """Safety stock for all products together and for each alone; whether anything is known of it."""
    if not all(product in terms.errors for product in module.needs):
        return False
    daily = {product: pieces / YEAR_D for product, pieces in module.needs.items()}
    deviations = {product: terms.errors[product] * daily[product] * math.sqrt(MONTH_D) for product in daily}

    def stock(products: Sequence[str]) -> float:
        return safety_stock(
            math.fsum(daily[each] for each in products),
            pooled_deviation([deviations[each] for each in products], terms.correlation),
            lead_time=module.lead_time_d,
            lead_time_deviation=module.lead_time_deviation_d,
            service=terms.service,
        )

    shared, apart = stock(list(daily)), math.fsum(stock([each]) for each in daily)
    bound = (apart - shared) * (module.value or 0.0)
    is_priced = module.value is not None and terms.holding is not None
    tally.add(shared, apart, once=bound, per_year=bound * (terms.holding or 0.0), is_priced=is_priced)
    return True


def _orders(module: Module, terms: Terms, tally: _Tally) -> None:
    """Price and mean stock of orders: one joint order quantity, or one for each copy."""
    if module.lot is None:
        return
    holding, value = terms.holding or 0.0, module.value or 0.0
    joint = max(module.lot, module.minimum)
    shared, apart, paid = joint / 2, 0.0, 0.0
    for product, share in module.shares.items():
        least = max(module.lot * math.sqrt(share), module.minimum, 1.0)
        quantity, cost = _cheapest(module, module.needs[product], least, holding)
        apart += quantity / 2
        paid += cost
    if module.prices:
        together = _cost(module, module.needed, joint, holding)
        tally.add(shared, apart, per_year=paid - together)
    else:
        more, is_priced = (apart - shared) * value, module.value is not None and terms.holding is not None
        tally.add(shared, apart, once=more, per_year=more * holding, is_priced=is_priced)


def _cheapest(module: Module, needed: float, least: float, holding: float) -> tuple[float, float]:
    """The quantity of an order that costs least a year, and that cost: the economic one, or one at a price break."""
    quantities = [least, *(float(step) for step in module.prices if step > least)]
    return min(((each, _cost(module, needed, each, holding)) for each in quantities), key=lambda pair: pair[1])


def _cost(module: Module, needed: float, quantity: float, holding: float) -> float:
    """What is paid for a year's pieces and for holding half an order. [base money/year]"""
    if not module.prices:
        return 0.0
    steps = [step for step in module.prices if step <= quantity] or [min(module.prices)]
    price = module.prices[max(steps)]
    return price * (needed + holding * quantity / 2)


def _setups(module: Module, terms: Terms, mine: Mapping[str, _Tally]) -> None:
    """Setups of lots: economic lots of copies are smaller, and more of them, by the square-root law."""
    if module.lot is None:
        return
    lots, growth = module.needed / module.lot, square_root_law(list(module.shares.values()))
    for changeover in module.changeovers:
        hours = lots * changeover.hours
        more = hours * (growth - 1.0)
        cost = changeover.cost_per_h
        mine["changeovers"].add(hours, hours + more, per_year=more * cost, is_priced=cost > 0)


def _once(module: Module, terms: Terms, mine: Mapping[str, _Tally]) -> None:
    """Qualification and tooling: once for the design, again for each copy; of tools as many as its share takes."""
    copies = len(module.needs)
    for kind, amount in (("qualification", module.qualification), ("tooling", module.tooling)):
        if amount:
            once = amount * (copies - 1)
            mine[kind].add(1.0, float(copies), once=once, per_year=once * terms.annuity)
    for number, price in module.tools.values():
        apart = sum(math.ceil(number * share - 1e-9) for share in module.shares.values())
        once = (apart - number) * price
        mine["tooling"].add(float(number), float(apart), once=once, per_year=once * terms.annuity)


def _notes(terms: Terms, rows: Sequence[ModuleSaving]) -> list[str]:
    """What could not be counted, and what stands in for what is not written."""
    notes = []
    if not rows:
        notes.append("No item is shared by two products that are in demand: there is nothing to save or to lose.")
    if not terms.errors:
        notes.append("Pooled safety stock is unknown: the family has no forecast-error.")
    if terms.holding is None:
        notes.append("The cost of holding stock is unknown: the family has no holding, the plant no discount rate.")
    unpriced = [row.item for row in rows if row.value is None]
    if unpriced:
        notes.append(f"Without a price, the worth of stock is unknown for: {', '.join(unpriced)}.")
    return notes
