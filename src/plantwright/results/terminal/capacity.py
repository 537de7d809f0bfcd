"""The answer to ``capacity`` in the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from plantwright.results.capacity import CapacityAnswer
from plantwright.results.terminal.tables import grid, table, verdict
from plantwright.results.wording import about, chance, duration, estimate, runs, seen, share, span, titled


def capacity_lines(capacity: CapacityAnswer) -> Iterator[RenderableType]:
    """The verdict, the key numbers, the products."""
    yield verdict(capacity.verdict)
    yield grid(_key_numbers(capacity))
    if capacity.by_product:
        yield table("By product", *_products(capacity))


def _products(capacity: CapacityAnswer) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Columns and rows; what is known of no product is left out."""
    products = capacity.by_product
    columns = {
        "product": [titled(key, product.name) for key, product in products.items()],
        "good units/year": [estimate(product.units_per_year) for product in products.values()],
    }
    if capacity.units_per_year_inputs is not None:
        columns["within the ranges"] = [span(product.units_per_year_inputs) for product in products.values()]
    if any(product.demand_per_year for product in products.values()):
        columns["demand"] = [f"{product.demand_per_year:,}" for product in products.values()]
    columns["flow time"] = [duration(product.flow_time_mean_s.mean) for product in products.values()]
    return tuple(columns), list(zip(*columns.values()))


def _key_numbers(capacity: CapacityAnswer) -> Iterator[tuple[str, str, str]]:
    value, wide = capacity.units_per_year, capacity.units_per_year_inputs
    yield "Good units a year", estimate(value), f"from run to run, {runs(value.n)}"
    if wide is not None:
        yield "within the ranges", span(wide), f"of the plant's own figures, {wide.n} draws"
    if capacity.target_per_year:
        reached = capacity.p_meet_target
        yield f"Chance to reach {capacity.target_per_year:,}", chance(reached), seen(reached)
    if capacity.binding_shared is not None:
        yield "Held back by", titled(capacity.binding_shared.resource, capacity.binding_shared.name), ""
    elif capacity.binding_station:
        yield "Held back by", titled(capacity.binding_station, _binding(capacity)), ""
    yield "Rough-cut by the year", about(capacity.rough_cut_per_year), "arithmetic alone"
    yield "Rough-cut by the week", about(capacity.rough_cut_by_week_per_year), "arithmetic on the real calendar"
    if capacity.queueing_estimate_per_year is not None:
        yield "Queueing estimate", about(capacity.queueing_estimate_per_year), "formulas, with waiting"
    if capacity.service is not None:
        yield "Delivered on its day", share(capacity.service.service_level), "of the dated demand"
    if capacity.part_moves_per_year:
        yield "Part moves a year", about(capacity.part_moves_per_year), "followed one by one"


def _binding(capacity: CapacityAnswer) -> str:
    found = capacity.stations.get(capacity.binding_station)
    return found.name if found is not None else ""
