"""Frozen records that outputs become. Plain Python: numbers, strings, tuples and mappings, ready for JSON.

``Run`` is one replication in names (what ``compile.lift`` returns); the ``...Answer`` records are what questions return.
Units stand in the names: ``_s`` seconds, ``_per_h`` per hour, ``_per_year`` per calendar year from the plant's first day.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

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
class Estimate:
    """A mean over ``n`` replications with the half-width of its confidence interval (None: unknown)."""

    mean: float | None
    half_width: float | None = None
    n: int = 0

    @property
    def low(self) -> float | None:
        return None if self.mean is None or self.half_width is None else self.mean - self.half_width

    @property
    def high(self) -> float | None:
        return None if self.mean is None or self.half_width is None else self.mean + self.half_width

    def __str__(self) -> str:
        if self.mean is None:
            return "unknown"
        shown = f"{self.mean:,.4g}" if abs(self.mean) < 1000 else f"{self.mean:,.0f}"
        if self.half_width is None:
            return shown
        width = f"{self.half_width:,.3g}" if abs(self.half_width) < 1000 else f"{self.half_width:,.0f}"
        return f"{shown} ± {width}"


@dataclass(frozen=True, slots=True)
class InputRange:
    """The second interval: how far the answer moves when the document's numbers move within their ranges."""

    mean: float | None
    low: float | None
    high: float | None
    n: int
    confidence: float = 0.95
    drivers: tuple[Driver, ...] = ()


@dataclass(frozen=True, slots=True)
class Driver:
    """An input whose range moves the answer: rank correlation and what the ends of its range are."""

    path: str
    mark: str
    correlation: float
    low: str
    high: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Chance:
    """A probability from ``n`` runs: the estimate and what the runs can show at 95 % (Clopper-Pearson)."""

    estimate: float | None
    at_least: float | None
    n: int
    at_most: float | None = None

    def __str__(self) -> str:
        if self.estimate is None or self.at_least is None:
            return "unknown"
        return f"at least {100 * self.at_least:.0f} % ({round(self.estimate * self.n)} of {self.n} runs)"


@dataclass(frozen=True, slots=True)
class Provenance:
    """What an answer can be traced to and repeated from."""

    plantwright: str
    python: str
    numpy: str
    numba: str
    seed: int
    plant_hash: str
    schema: int
    effort: str = ""


@dataclass(frozen=True, slots=True)
class Execution:
    """On which machine and how fast; only on request, since it differs from run to run."""

    machine: str
    workers: int
    wall_s: float
    compile_s: float = 0.0
    part_moves: int = 0
    part_moves_per_s_and_core: float | None = None


class Printable:
    """Answers print themselves as JSON-ready dicts, text and frames."""

    def as_dict(self) -> dict[str, Any]:
        """Everything as plain data; NaN and infinities become None (unknown)."""
        data: dict[str, Any] = _plain(asdict(self))  # type: ignore[call-overload]
        if data.get("execution", "") is None:
            del data["execution"]
        return data

    def to_json(self) -> str:
        """Stable JSON: the same answer is the same bytes."""
        return json.dumps(self.as_dict(), indent=2, ensure_ascii=False, allow_nan=False)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Rows as a polars frame; an Estimate becomes the columns ``x`` and ``x_half_width``."""
    import polars as pl

    flat = []
    for row in rows:
        line: dict[str, Any] = {}
        for key, value in row.items():
            if isinstance(value, Estimate):
                line[key], line[f"{key}_half_width"] = value.mean, value.half_width
            elif not isinstance(value, (dict, list, tuple)):
                line[key] = value
        flat.append(line)
    return pl.DataFrame(flat)


# --- one replication, in names -------------------------------------------------------------------------------------


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
    flow_time_histogram_s: tuple[tuple[float, int], ...] = ()
    """Upper ends of bins, eight to the octave [s], and how many flow times fell into each."""


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
    setups: int = 0
    scheduled_s: float = 0.0
    short_of: Mapping[str, float] = field(default_factory=dict)


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


# --- answers -------------------------------------------------------------------------------------------------------


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


@dataclass(frozen=True)
class SimulateAnswer(Printable):
    """What happens in the plant as written."""

    plant: str
    kind: str
    warmup_s: float
    elapsed_s: float
    confidence: float
    items: Mapping[str, ItemStatistics]
    stations: Mapping[str, StationStatistics]
    crews: Mapping[str, Estimate]
    part_moves: int
    not_used: tuple[str, ...]
    notes: tuple[str, ...]
    provenance: Provenance
    execution: Execution | None = None


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


@dataclass(frozen=True)
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
    """How the capacity was run: cyclic (a warm-up is left out) or terminating. The service run is always terminating."""
    realised_mix: Mapping[str, float] = field(default_factory=dict)
    """Share of each product in the good output of the capacity runs. [-]"""


@dataclass(frozen=True, slots=True)
class Gain:
    """What one change gives, in units a year, with a simultaneous interval over all changes tested."""

    resource: str
    change: str
    gain_per_year: Estimate
    distinguishable: bool
    patch: Mapping[str, Any] = field(default_factory=dict)
    second: str | None = None


@dataclass(frozen=True, slots=True)
class Stair:
    """One step of the staircase: fix this next, and the plant makes so much."""

    resource: str
    change: str
    units_per_year: Estimate
    gain_per_year: Estimate


@dataclass(frozen=True)
class BottleneckAnswer(Printable):
    """What holds the plant back and what one more of each resource would give."""

    plant: str
    verdict: str
    units_per_year: Estimate
    stations: Mapping[str, StationStatistics]
    longest_active_share: Mapping[str, Estimate]
    longest_active_by_week: tuple[Mapping[str, float], ...]
    marginal: tuple[Gain, ...]
    pairs: tuple[Gain, ...]
    staircase: tuple[Stair, ...]
    not_tested: tuple[str, ...]
    not_used: tuple[str, ...]
    notes: tuple[str, ...]
    provenance: Provenance
    execution: Execution | None = None
    kind: str = "cyclic"
    """How the plant was run: cyclic (a warm-up is left out) or terminating."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure of two plants side by side; the difference is paired on common random numbers."""

    name: str
    unit: str
    a: Estimate
    b: Estimate
    difference: Estimate
    distinguishable: bool


@dataclass(frozen=True)
class CompareAnswer(Printable):
    """Two plants side by side."""

    a: str
    b: str
    verdict: str
    rows: tuple[Difference, ...]
    changes: tuple[str, ...]
    not_used: tuple[str, ...]
    provenance: Provenance
    execution: Execution | None = None
    kind: str = "cyclic"
    """How the two were run: cyclic (a warm-up is left out) or terminating."""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class RunAnswer(Printable):
    """All answers the plant has data for."""

    plant: str
    verdict: str
    capacity: CapacityAnswer | None
    bottleneck: BottleneckAnswer | None
    simulate: SimulateAnswer | None
    report: str | None
    findings: tuple[Mapping[str, Any], ...]
    not_answered: Mapping[str, str]
    provenance: Provenance
    execution: Execution | None = None
