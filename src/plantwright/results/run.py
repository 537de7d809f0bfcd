"""One replication, in names: what ``compile.lift`` makes of the engine's arrays."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from plantwright.results.spending import Spending

STATES = (
    "off shift",
    "maintenance",
    "down",
    "blocked",
    "setup",
    "busy",
    "waiting for people",
    "starved for kit",
    "idle",
)
"""What a machine can be, in order of precedence; at every instant exactly one of them."""


@dataclass(frozen=True, slots=True)
class ItemRun:
    """What one replication saw of an item after the warm-up. Pieces, unless a name says otherwise."""

    released: int
    finished: int
    scrapped: int
    consumed: int
    wip_mean: float
    stock_mean: float
    flow_time_mean_s: float
    flow_time_quantiles_s: Mapping[str, float]
    ordered: int = 0
    met_at_once: int = 0
    delivered: int = 0
    lost: int = 0
    backlog_mean: float = 0.0
    rejected: int = 0
    inspected: int = 0
    departure_cv2: float = math.nan
    wait_mean_s: float = math.nan
    """Time in queues of a finished part, all along its route."""
    wait_quantiles_s: Mapping[str, float] = field(default_factory=dict)
    first_passed: int = 0
    """Finished without ever having been rejected, nor its lot."""
    first_pass_by_operation: Mapping[str, float] = field(default_factory=dict)
    """Share that an operation with a verdict passes at the first try. [-]"""
    orders: int = 0
    orders_met: int = 0
    """Met at once and in full."""
    flow_time_histogram_s: tuple[tuple[float, int], ...] = ()
    """Upper ends of bins, eight to the octave [s], and how many flow times fell into each."""


class Missing(NamedTuple):
    """Something that machines wait for."""

    kind: str
    """``skill``, ``item`` or ``tool``."""
    key: str
    """Its id."""


@dataclass(frozen=True, slots=True)
class StationRun:
    """What one replication saw of a station after the warm-up. ``state_s`` sums to machines x elapsed, exactly."""

    machines: int
    state_s: Mapping[str, float]
    completions: int
    pieces: int
    queue_mean: float
    wait_mean_s: float
    wait_mean_s_by_item: Mapping[str, float]
    wait_quantiles_s: Mapping[str, float]
    waiting_for_repairer_s: float = 0.0
    waiting_for_carrier_s: float = 0.0
    waiting_for_batch_s: float = 0.0
    failures: int = 0
    maintenance_stops: int = 0
    setups: int = 0
    scheduled_s: float = 0.0
    short_of: Mapping[Missing, float] = field(default_factory=dict)
    """Machine time for which each thing was missing, while machines waited for people or for their kit. [s]"""
    rejected: int = 0
    """Pieces that its inspections rejected."""
    effectiveness: float = math.nan
    """Time that its work should take over the time it takes: the speed of its machines, by how long they work. [-]"""


@dataclass(frozen=True, slots=True)
class ToolRun:
    """What one replication saw of a tool after the warm-up."""

    number: int
    uses: int
    mounted: int
    """How often one was mounted on a machine that did not have it, where that takes time."""
    repairs: int
    held_mean: float
    """Of them held by operations, mean over time."""
    away_mean: float
    """On their way back or in repair, mean over time."""


@dataclass(frozen=True, slots=True)
class PracticeRun:
    """How far a skill or an operation has been learned at the end of a replication."""

    count: int
    """How often it has been done, what was done before the run included."""
    pace: float
    """Time of the last execution as a share of what is written. [-]"""


CARRIER_STATES = ("off shift", "down", "out", "back", "waiting for people", "free")
"""What one of a carrier's vehicles can be: out with its load, on its way back empty; at every instant exactly one."""


@dataclass(frozen=True, slots=True)
class CarrierRun:
    """What one replication saw of a carrier after the warm-up. ``state_s`` sums to number x elapsed, exactly."""

    number: int
    trips: int
    carried: int
    """Parts that set out with it."""
    failures: int
    state_s: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class ConveyorRun:
    """What one replication saw of a conveyor after the warm-up."""

    room: int
    """Parts that it holds."""
    carried: int
    """Parts that got off at its end."""
    parts_mean: float
    """Parts on it, mean over time."""
    waiting_mean: float
    """Parts that waited to get on, mean over time."""
    stands_share: float
    """Share of the time in which its first part stood at the end and could not go on. [-]"""


@dataclass(frozen=True, slots=True)
class Series:
    """What happened over time: one entry per bin (bins are whole days from the end of warm-up)."""

    bin_s: float
    finished: Mapping[str, tuple[int, ...]]
    delivered: Mapping[str, tuple[int, ...]]
    ordered: Mapping[str, tuple[int, ...]]
    stock: Mapping[str, tuple[int, ...]]
    backlog: Mapping[str, tuple[int, ...]]
    wip_by_shop: Mapping[str, tuple[int, ...]]
    queue: Mapping[str, tuple[int, ...]]
    longest_active: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """One replication."""

    seed: int
    replication: int
    warmup_s: float
    elapsed_s: float
    part_moves: int
    items: Mapping[str, ItemRun]
    stations: Mapping[str, StationRun]
    crews: Mapping[str, float]
    series: Series
    stopped: str = "done"
    notes: tuple[str, ...] = ()
    spending: Spending = field(default_factory=Spending)
    overtime_s: Mapping[str, float] = field(default_factory=dict)
    """By how much shifts were made longer because work had piled up, by calendar. [s]"""
    tools: Mapping[str, ToolRun] = field(default_factory=dict)
    practice: Mapping[str, PracticeRun] = field(default_factory=dict)
    """How far what is learned has been learned, by skill or by operation (``route.op``)."""
    carriers: Mapping[str, CarrierRun] = field(default_factory=dict)
    conveyors: Mapping[str, ConveyorRun] = field(default_factory=dict)
