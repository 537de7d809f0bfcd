"""What replications spent: energy, hours and money, each figure with its interval."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from plantwright.results import (
    STATES,
    CrewSpending,
    Estimate,
    MaterialSpending,
    Run,
    Spending,
    SpendingStatistics,
    StationSpending,
)
from plantwright.study.estimate import estimate, ratio

Figure = Callable[[Spending], float]


def spending_of(runs: Sequence[Run], confidence: float = 0.95) -> SpendingStatistics | None:
    """Energy, hours and money over replications; None where nothing draws power, is paid or is there."""
    first = runs[0].spending
    if not (first.energy_kwh or first.running_cost or first.attended_h or first.material_cost):
        return None

    def per_hour(figure: Figure) -> Estimate:
        return estimate((figure(run.spending) / (run.elapsed_s / 3600) for run in runs), confidence)

    def per_unit(figure: Figure) -> Estimate:
        return estimate((ratio(figure(run.spending), run.spending.good_units) for run in runs), confidence)

    return SpendingStatistics(
        good_units_per_h=per_hour(lambda spent: spent.good_units),
        energy_kwh_per_h=per_hour(lambda spent: spent.total_energy_kwh),
        energy_kwh_per_unit=per_unit(lambda spent: spent.total_energy_kwh),
        attended_h_per_unit=per_unit(lambda spent: math.fsum(spent.attended_h.values())),
        held_h_per_unit=per_unit(lambda spent: math.fsum(spent.held_h.values())),
        cost_per_h=_by_kind(per_hour),
        unit_cost=_by_kind(per_unit),
        stations=_stations(runs, per_hour),
        crews=_crews(runs, per_hour),
        materials=_materials(runs, per_hour),
    )


def _by_kind(figure: Callable[[Figure], Estimate]) -> dict[str, Estimate]:
    """Money by what it is spent on, and all of it."""
    kinds = Spending().cost
    found = {kind: figure(lambda spent, kind=kind: spent.cost[kind]) for kind in kinds}  # type: ignore[misc]
    return {**found, "total": figure(lambda spent: spent.total_cost)}


def _stations(runs: Sequence[Run], per_hour: Callable[[Figure], Estimate]) -> dict[str, StationSpending]:
    first = runs[0].spending

    def one(name: str) -> StationSpending:
        def energy(spent: Spending, state: str) -> float:
            return spent.energy_kwh.get(name, {}).get(state, 0.0)

        written = [state for state in STATES if state in first.energy_kwh.get(name, {})]
        return StationSpending(
            energy_kwh_per_h=per_hour(lambda spent: math.fsum(spent.energy_kwh.get(name, {}).values())),
            energy_kwh_per_h_by_state={
                state: per_hour(lambda spent, state=state: energy(spent, state))  # type: ignore[misc]
                for state in written
            },
            energy_cost_per_h=per_hour(lambda spent: spent.energy_cost.get(name, 0.0)),
            running_cost_per_h=per_hour(lambda spent: spent.running_cost.get(name, 0.0)),
        )

    return {name: one(name) for name in runs[0].stations if name in first.energy_kwh or name in first.running_cost}


def _crews(runs: Sequence[Run], per_hour: Callable[[Figure], Estimate]) -> dict[str, CrewSpending]:
    def one(name: str) -> CrewSpending:
        return CrewSpending(
            attended_h_per_h=per_hour(lambda spent: spent.attended_h[name]),
            held_h_per_h=per_hour(lambda spent: spent.held_h[name]),
            labour_cost_per_h=per_hour(lambda spent: spent.labour_cost.get(name, 0.0)),
        )

    return {name: one(name) for name in runs[0].spending.attended_h}


def _materials(runs: Sequence[Run], per_hour: Callable[[Figure], Estimate]) -> dict[str, MaterialSpending]:
    def one(name: str) -> MaterialSpending:
        return MaterialSpending(
            consumed_per_h=per_hour(lambda spent: spent.consumed.get(name, 0)),
            material_cost_per_h=per_hour(lambda spent: spent.material_cost.get(name, 0.0)),
        )

    return {name: one(name) for name in dict.fromkeys(name for run in runs for name in run.spending.material_cost)}
