"""Energy, hours and money: what a run spent, on what, and per good unit."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from plantwright.results.estimate import Estimate

KINDS = ("energy", "running", "labour", "material")
"""What money is spent on."""


@dataclass(frozen=True, slots=True)
class Spending:
    """What one replication spent after the warm-up. Costs are in base money.

    Every figure is a sum over stations, crews or items of what is kept of each; nothing is added that is not in one.
    """

    currency: str = ""
    good_units: int = 0
    """Finished pieces of the products; without products, of what is made and not built into anything."""
    energy_kwh: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """By station and state."""
    energy_cost: Mapping[str, float] = field(default_factory=dict)
    """By station."""
    running_cost: Mapping[str, float] = field(default_factory=dict)
    """By station."""
    attended_h: Mapping[str, float] = field(default_factory=dict)
    """By crew: hours for which its people are there, those included in which they finish what they do."""
    held_h: Mapping[str, float] = field(default_factory=dict)
    """By crew: hours of them in which they work."""
    labour_cost: Mapping[str, float] = field(default_factory=dict)
    """By crew."""
    consumed: Mapping[str, int] = field(default_factory=dict)
    """Pieces built in, by bought item."""
    material_cost: Mapping[str, float] = field(default_factory=dict)
    """By bought item."""

    @property
    def cost(self) -> dict[str, float]:
        """Money by what it is spent on."""
        of = (self.energy_cost, self.running_cost, self.labour_cost, self.material_cost)
        return {kind: math.fsum(costs.values()) for kind, costs in zip(KINDS, of, strict=True)}

    @property
    def total_cost(self) -> float:
        """All money spent."""
        return math.fsum(self.cost.values())

    @property
    def total_energy_kwh(self) -> float:
        """All energy drawn."""
        return math.fsum(kwh for states in self.energy_kwh.values() for kwh in states.values())


@dataclass(frozen=True)
class StationSpending:
    """What a station spends an hour of the run."""

    energy_kwh_per_h: Estimate
    energy_kwh_per_h_by_state: Mapping[str, Estimate]
    energy_cost_per_h: Estimate
    running_cost_per_h: Estimate


@dataclass(frozen=True)
class CrewSpending:
    """What a crew spends an hour of the run."""

    attended_h_per_h: Estimate
    held_h_per_h: Estimate
    labour_cost_per_h: Estimate


@dataclass(frozen=True)
class MaterialSpending:
    """What is consumed of a bought item an hour of the run."""

    consumed_per_h: Estimate
    material_cost_per_h: Estimate


@dataclass(frozen=True)
class SpendingStatistics:
    """Energy, hours and money of the whole plant and of its parts, an hour of the run and per good unit.

    The parts add up to the whole. Costs are in the answer's currency.
    """

    good_units_per_h: Estimate
    energy_kwh_per_h: Estimate
    energy_kwh_per_unit: Estimate
    attended_h_per_unit: Estimate
    held_h_per_unit: Estimate
    cost_per_h: Mapping[str, Estimate]
    """By what it is spent on, and their ``total``."""
    unit_cost: Mapping[str, Estimate]
    """Per good unit, by what it is spent on, and their ``total``."""
    stations: Mapping[str, StationSpending]
    crews: Mapping[str, CrewSpending]
    materials: Mapping[str, MaterialSpending]
