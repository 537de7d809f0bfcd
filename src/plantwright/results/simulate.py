"""The answer to ``simulate``: every queue, wait and state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from plantwright.results.estimate import Estimate
from plantwright.results.printable import Execution, Printable, Provenance
from plantwright.results.spending import SpendingStatistics

UNKNOWN = Estimate(None)


@dataclass(frozen=True)
class ItemStatistics:
    """Steady figures of an item, each with its interval."""

    throughput_per_h: Estimate
    wip_mean: Estimate
    flow_time_mean_s: Estimate
    flow_time_p50_s: Estimate
    flow_time_p90_s: Estimate
    flow_time_p95_s: Estimate
    flow_time_p99_s: Estimate
    fill_rate: Estimate
    stock_mean: Estimate
    scrapped_per_h: Estimate
    first_pass_yield: Estimate
    """Share of what left the route that was finished without ever having been rejected. [-]"""
    rolled_yield: Estimate = UNKNOWN
    """Product of what its operations pass at the first try. [-]"""
    first_pass_yield_by_operation: Mapping[str, Estimate] = field(default_factory=dict)
    wait_mean_s: Estimate = UNKNOWN
    """Time in queues, all along the route."""
    wait_p50_s: Estimate = UNKNOWN
    wait_p90_s: Estimate = UNKNOWN
    wait_p95_s: Estimate = UNKNOWN
    wait_p99_s: Estimate = UNKNOWN
    departure_cv2: Estimate = UNKNOWN
    """Squared coefficient of variation of the time between departures. [-]"""
    backlog_mean: Estimate = UNKNOWN
    service_level: Estimate = UNKNOWN
    """Share of the orders that are met at once and in full. [-]"""
    name: str = ""
    """What people call it; its id where nothing else is written."""


@dataclass(frozen=True, slots=True)
class Shortage:
    """Something that machines waited for, each figure with its interval."""

    kind: str
    """``skill``, ``item`` or ``tool``."""
    key: str
    """Its id."""
    share: Estimate
    """Of the machines' elapsed time. [-]"""
    hours_per_year: Estimate
    """Machine hours in a year, all machines of the station (or of the plant) together. [h]"""
    name: str = ""
    """What people call it; its id where nothing else is written."""


@dataclass(frozen=True)
class StationStatistics:
    """Steady figures of a station, each with its interval. Shares are of the machines' elapsed time."""

    machines: int
    shop: str | None
    queue_mean: Estimate
    wait_mean_s: Estimate
    wait_mean_s_by_item: Mapping[str, Estimate]
    wait_p90_s: Estimate
    utilisation: Estimate
    availability: Estimate
    throughput_per_h: Estimate
    states: Mapping[str, Estimate]
    wait_p50_s: Estimate = UNKNOWN
    wait_p95_s: Estimate = UNKNOWN
    wait_p99_s: Estimate = UNKNOWN
    iso22400: Mapping[str, Estimate] = field(default_factory=dict)
    """Key performance indicators of ISO 22400-2, made of the states (docs/mechanisms.md)."""
    name: str = ""
    """What people call it; its id where nothing else is written."""
    short_of: tuple[Shortage, ...] = ()
    """What its machines waited for, longest first; of two things missing at once both count."""


@dataclass(frozen=True)
class CrewStatistics:
    """Steady figures of a crew."""

    held: Estimate
    """Share of their attended time in which its people are held by work. [-]"""
    name: str = ""
    """What people call it; its id where nothing else is written."""


@dataclass(frozen=True)
class ToolStatistics:
    """Steady figures of a tool, each with its interval."""

    number: int
    uses_per_h: Estimate
    mounted_per_h: Estimate
    repairs_per_h: Estimate
    held_mean: Estimate
    """Of them held by operations."""
    away_mean: Estimate
    """On their way back or in repair."""
    name: str = ""
    """What people call it; its id where nothing else is written."""


@dataclass(frozen=True)
class CarrierStatistics:
    """Steady figures of a carrier, each with its interval. Shares are of the vehicles' elapsed time."""

    number: int
    trips_per_h: Estimate
    carried_per_h: Estimate
    failures_per_h: Estimate
    states: Mapping[str, Estimate]
    name: str = ""
    """What people call it; its id where nothing else is written."""


@dataclass(frozen=True)
class ConveyorStatistics:
    """Steady figures of a conveyor, each with its interval."""

    room: int
    """Parts that it holds."""
    carried_per_h: Estimate
    parts_mean: Estimate
    """Parts on it."""
    waiting_mean: Estimate
    """Parts that wait to get on."""
    stands_share: Estimate
    """Share of the time in which its first part stands at the end. [-]"""
    name: str = ""
    """What people call it; its id where nothing else is written."""


@dataclass(frozen=True, slots=True)
class Period:
    """An hour, a day, a week or a month, mean over the runs: pieces by item, parts by shop and by station."""

    start: str
    """Its beginning in UTC; of a month its name."""
    finished: Mapping[str, float]
    delivered: Mapping[str, float]
    ordered: Mapping[str, float]
    stock_end: Mapping[str, float]
    """At its end, as all that follow."""
    backlog_end: Mapping[str, float]
    wip_end_by_shop: Mapping[str, float]
    queue_end: Mapping[str, float]


@dataclass(frozen=True, repr=False)
class SimulateAnswer(Printable):
    """What happens in the plant as written."""

    plant: str
    kind: str
    warmup_s: float
    elapsed_s: float
    confidence: float
    items: Mapping[str, ItemStatistics]
    stations: Mapping[str, StationStatistics]
    crews: Mapping[str, CrewStatistics]
    part_moves: int
    not_used: tuple[str, ...]
    notes: tuple[str, ...]
    provenance: Provenance
    execution: Execution | None = None
    batches: int = 0
    """Batches of the one run from which the intervals come; 0 where they come from several runs."""
    series: tuple[Period, ...] = ()
    """Where it was asked for."""
    currency: str = ""
    """Of all costs."""
    spending: SpendingStatistics | None = None
    tools: Mapping[str, ToolStatistics] = field(default_factory=dict)
    carriers: Mapping[str, CarrierStatistics] = field(default_factory=dict)
    conveyors: Mapping[str, ConveyorStatistics] = field(default_factory=dict)
    short_of: tuple[Shortage, ...] = ()
    """What the machines of all stations together waited for, longest first."""
