"""The answer to ``capacity``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from plantwright.results.estimate import Chance, Driver, Estimate, InputRange
from plantwright.results.printable import Execution, Printable, Provenance
from plantwright.results.simulate import StationStatistics
from plantwright.results.spending import SpendingStatistics


@dataclass(frozen=True, slots=True)
class RoughCutRow:
    """Rough-cut arithmetic of one station: what it could make if it never waited."""

    station: str
    shop: str | None
    machines: int
    machine_hours_per_unit: float
    hours_per_year: float
    efficiency: float
    units_per_year: float
    load_at_target: float | None


@dataclass(frozen=True, slots=True)
class SharedCutRow:
    """Rough-cut arithmetic of what stations share: what it could do if it never waited."""

    kind: str
    """``carrier``, ``conveyor`` or ``tool``."""
    resource: str
    """Its id."""
    name: str
    """What people call it."""
    number: int
    """Vehicles, or tools."""
    hours_per_unit: float
    """Hours of trips there and back, of a spacing on the conveyor, or held and away. [h]"""
    hours_per_year: float
    """Hours that there are of all of them. [h]"""
    efficiency: float
    units_per_year: float
    load_at_target: float | None


@dataclass(frozen=True, slots=True)
class SharedUse:
    """A carrier, conveyor or tool that is hardly ever free."""

    kind: str
    """``carrier``, ``conveyor`` or ``tool``."""
    resource: str
    """Its id."""
    name: str
    """What people call it."""
    use: float
    """Share of its time on shift that its work takes, carriers fully loaded, or that it is down. [-]"""


@dataclass(frozen=True, slots=True)
class WeekLoad:
    """What the demand of one week takes of the stations, at target."""

    week: str
    """Its first day."""
    units: float
    """Units that are wanted in it."""
    load: Mapping[str, float | None]
    """Hours needed over the hours that the week has, mean stops counted; None where it has none. [-]"""
    shared: Mapping[str, Mapping[str, float | None]] = field(default_factory=dict)
    """The same for carriers, conveyors and tools, by kind and id. [-]"""


@dataclass(frozen=True, slots=True)
class BufferNeed:
    """A calendar mismatch: pieces that must be able to wait between two stations, and the room there is."""

    before: str
    after: str
    needed_pieces: float
    room_pieces: int | None
    per_year: float | None = None


@dataclass(frozen=True, slots=True)
class Loss:
    """One step of the waterfall from the takt of the binding station to good units [units/year]."""

    name: str
    kind: str
    units_per_year: float
    level_after: float
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """Demand and deliveries of one month of the service run [units]."""

    month: str
    demand: Mapping[str, int]
    delivered: Mapping[str, Estimate]
    stock_end: Mapping[str, Estimate]
    backlog_end: Mapping[str, Estimate]


@dataclass(frozen=True)
class ProductCapacity:
    """Capacity of one product in the demanded mix."""

    units_per_year: Estimate
    units_per_year_inputs: InputRange | None
    demand_per_year: int
    mix: float
    conwip: int
    conwip_given: bool
    flow_time_mean_s: Estimate
    flow_time_p90_s: Estimate
    name: str = ""
    """What people call it; its id where nothing else is written."""


@dataclass(frozen=True)
class ServiceFigures:
    """How the dated demand is served."""

    service_level: Estimate
    """Share of the demand delivered on its day. [-]"""
    delivered_per_year: Estimate
    demand_per_year: int
    flow_time_mean_s: Mapping[str, Estimate]
    flow_time_p90_s: Mapping[str, Estimate]
    flow_time_histogram: Mapping[str, tuple[tuple[float, float], ...]]
    wip_by_shop: Mapping[str, Estimate]
    highest_stock: Mapping[str, Estimate]
    output_by_week: Mapping[str, tuple[float, ...]]


@dataclass(frozen=True, repr=False)
class CapacityAnswer(Printable):
    """How many good units a year, with what confidence, and why not more."""

    plant: str
    verdict: str
    target_per_year: int | None
    units_per_year: Estimate
    units_per_year_inputs: InputRange | None
    p_meet_target: Chance
    by_product: Mapping[str, ProductCapacity]
    deliveries_by_month: tuple[Month, ...]
    service: ServiceFigures | None
    rough_cut_per_year: float
    rough_cut_by_week_per_year: float
    rough_cut: tuple[RoughCutRow, ...]
    buffers: tuple[BufferNeed, ...]
    queueing_estimate_per_year: float | None
    queueing_note: str
    binding_station: str
    losses: tuple[Loss, ...]
    differences: tuple[str, ...]
    stations: Mapping[str, StationStatistics]
    part_moves_per_year: int
    estimates_that_matter: tuple[Driver, ...]
    not_used: tuple[str, ...]
    notes: tuple[str, ...]
    provenance: Provenance
    execution: Execution | None = None
    reconciliation: tuple[Loss, ...] = ()
    """From the rough cut of the binding station to the simulation, line by line."""
    kind: str = "cyclic"
    """How the capacity was run: cyclic (a warm-up is left out) or terminating. The service run always terminates."""
    realised_mix: Mapping[str, float] = field(default_factory=dict)
    """Share of each product in the good output of the capacity runs. [-]"""
    load_by_week: tuple[WeekLoad, ...] = ()
    """Load of each station in each week, of the dated demand on the real calendar; none without a target."""
    rough_cut_shared: tuple[SharedCutRow, ...] = ()
    """The rough cut of carriers, conveyors and tools."""
    binding_shared: SharedUse | None = None
    """The carrier, conveyor or tool that holds the simulated plant back; None where a station does."""
    currency: str = ""
    """Of all costs."""
    spending: SpendingStatistics | None = None
    """Energy, hours and money of the capacity runs; None where no power, wage, price or running cost is written."""
