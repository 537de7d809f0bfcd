"""What replications saw of tools, carriers and conveyors, each figure with its interval."""

from __future__ import annotations

import math
from collections.abc import Sequence

from plantwright.model.naming import called
from plantwright.model.plant import Plant
from plantwright.results import (
    CARRIER_STATES,
    CarrierRun,
    CarrierStatistics,
    ConveyorRun,
    ConveyorStatistics,
    Run,
    ToolRun,
    ToolStatistics,
)
from plantwright.study.estimate import estimate, ratio


def tools_of(plant: Plant, runs: Sequence[Run], confidence: float = 0.95) -> dict[str, ToolStatistics]:
    """Figures of every tool, in document order."""
    return {
        name: _tool(called(plant.tools, name), [(run.tools[name], run.elapsed_s / 3600) for run in runs], confidence)
        for name in runs[0].tools
    }


def _tool(name: str, seen: Sequence[tuple[ToolRun, float]], confidence: float) -> ToolStatistics:
    return ToolStatistics(
        number=seen[0][0].number,
        uses_per_h=estimate((tool.uses / hours for tool, hours in seen), confidence),
        mounted_per_h=estimate((tool.mounted / hours for tool, hours in seen), confidence),
        repairs_per_h=estimate((tool.repairs / hours for tool, hours in seen), confidence),
        held_mean=estimate((tool.held_mean for tool, _ in seen), confidence),
        away_mean=estimate((tool.away_mean for tool, _ in seen), confidence),
        name=name,
    )


def carriers_of(plant: Plant, runs: Sequence[Run], confidence: float = 0.95) -> dict[str, CarrierStatistics]:
    """Figures of every carrier, in document order."""
    return {
        name: _carrier(
            called(plant.carriers, name), [(run.carriers[name], run.elapsed_s / 3600) for run in runs], confidence
        )
        for name in runs[0].carriers
    }


def _carrier(name: str, seen: Sequence[tuple[CarrierRun, float]], confidence: float) -> CarrierStatistics:
    def share(carrier: CarrierRun, state: str) -> float:
        return ratio(carrier.state_s[state], math.fsum(carrier.state_s.values()))

    return CarrierStatistics(
        number=seen[0][0].number,
        trips_per_h=estimate((carrier.trips / hours for carrier, hours in seen), confidence),
        carried_per_h=estimate((carrier.carried / hours for carrier, hours in seen), confidence),
        failures_per_h=estimate((carrier.failures / hours for carrier, hours in seen), confidence),
        states={
            state: estimate((share(carrier, state) for carrier, _ in seen), confidence) for state in CARRIER_STATES
        },
        name=name,
    )


def conveyors_of(plant: Plant, runs: Sequence[Run], confidence: float = 0.95) -> dict[str, ConveyorStatistics]:
    """Figures of every conveyor, in document order."""
    return {
        name: _conveyor(
            called(plant.conveyors, name), [(run.conveyors[name], run.elapsed_s / 3600) for run in runs], confidence
        )
        for name in runs[0].conveyors
    }


def _conveyor(name: str, seen: Sequence[tuple[ConveyorRun, float]], confidence: float) -> ConveyorStatistics:
    return ConveyorStatistics(
        room=seen[0][0].room,
        carried_per_h=estimate((belt.carried / hours for belt, hours in seen), confidence),
        parts_mean=estimate((belt.parts_mean for belt, _ in seen), confidence),
        waiting_mean=estimate((belt.waiting_mean for belt, _ in seen), confidence),
        stands_share=estimate((belt.stands_share for belt, _ in seen), confidence),
        name=name,
    )
