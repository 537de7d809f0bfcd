"""The part of the page on what a good unit takes: energy, hours, money."""

from __future__ import annotations

from collections.abc import Iterator

from plantwright.report.figure import Figure, Section
from plantwright.report.figures import spending
from plantwright.report.names import Names
from plantwright.results import KINDS, CapacityAnswer, SpendingStatistics
from plantwright.results.wording import estimate, number


def sections(capacity: CapacityAnswer, names: Names) -> Iterator[Section]:
    """Nothing where no power, wage, price or running cost is written."""
    spent = capacity.spending
    if spent is None or not spent.good_units_per_h.mean:
        return
    folded = (spending.material(spent, capacity.currency, names),) if spent.materials else ()
    figures = tuple(_figures(spent, capacity.currency, names))
    yield Section("spending", "What does a good unit take?", _lede(spent, capacity.currency), figures, folded=folded)


def _lede(spent: SpendingStatistics, currency: str) -> str:
    said = []
    if spent.energy_kwh_per_unit.mean:
        said.append(f"{estimate(spent.energy_kwh_per_unit)} kWh")
    if spent.attended_h_per_unit.mean:
        hours, work = estimate(spent.attended_h_per_unit), number(spent.held_h_per_unit.mean)
        said.append(f"{hours} hours of people, {work} of them at work")
    if spent.unit_cost["total"].mean:
        said.append(f"{number(spent.unit_cost['total'].mean)} {currency}")
    return (
        f"{'; '.join(said)}. Scrap, rework and idle hours are in it; investment, overheads and whoever is at no "
        "station are not."
    )


def _figures(spent: SpendingStatistics, currency: str, names: Names) -> Iterator[Figure]:
    kinds = [kind for kind in KINDS if spent.unit_cost[kind].mean]
    if len(kinds) > 1:
        yield spending.by_kind(spent, currency)
    if any(kind != "material" for kind in kinds):
        yield spending.by_whom(spent, currency, names)
    if spent.energy_kwh_per_h.mean:
        yield spending.energy(spent, names)
