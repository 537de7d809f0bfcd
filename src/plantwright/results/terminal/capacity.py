"""The answer to ``capacity`` in the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from plantwright.results.capacity import CapacityAnswer
from plantwright.results.terminal.tables import grid, table, verdict
from plantwright.results.wording import about, chance, duration, estimate, runs, share, span


def capacity_lines(capacity: CapacityAnswer) -> Iterator[RenderableType]:
    """The verdict, the key numbers, the products."""
    yield verdict(capacity.verdict)
    yield grid(_key_numbers(capacity))
    if capacity.by_product:
        columns = ("product", "good units/year", "with ranges", "demand", "flow time")
        yield table(
            "By product",
            columns,
            (
                (
                    key,
                    estimate(product.units_per_year),
                    span(product.units_per_year_inputs),
                    f"{product.demand_per_year:,}",
                    duration(product.flow_time_mean_s.mean),
                )
                for key, product in capacity.by_product.items()
            ),
        )


def _key_numbers(capacity: CapacityAnswer) -> Iterator[tuple[str, str, str]]:
    value, wide = capacity.units_per_year, capacity.units_per_year_inputs
    yield "Good units a year", estimate(value), f"from run to run, {runs(value.n)}"
    if wide is not None:
        yield "with the plant's ranges", span(wide), f"{wide.n} draws"
    if capacity.target_per_year:
        said, _, seen = chance(capacity.p_meet_target).partition(" (")
        yield f"Chance to reach {capacity.target_per_year:,}", said, seen.removesuffix(")")
    if capacity.binding_station:
        yield "What binds", capacity.binding_station, ""
    yield "Rough-cut by the year", about(capacity.rough_cut_per_year), "arithmetic alone"
    yield "Rough-cut by the week", about(capacity.rough_cut_by_week_per_year), "arithmetic on the real calendar"
    if capacity.queueing_estimate_per_year is not None:
        yield "Queueing estimate", about(capacity.queueing_estimate_per_year), capacity.queueing_note
    if capacity.service is not None:
        yield "Delivered on its day", share(capacity.service.service_level), "of the dated demand"
    if capacity.part_moves_per_year:
        yield "Part moves a year", about(capacity.part_moves_per_year), "followed one by one"
