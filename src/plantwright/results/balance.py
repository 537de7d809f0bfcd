"""The answer to ``balance``: for each line and rate the stations, what each does, what moves, and how units drift."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from plantwright.results.bottleneck import Difference
from plantwright.results.printable import Execution, Printable, Provenance


@dataclass(frozen=True, slots=True)
class LineBalance:
    """A line at one of its rates. What is not asked or not known is None."""

    line: str
    name: str
    scenario: str
    scenario_name: str
    verdict: str
    seeks: str
    is_feasible: bool
    is_optimal: bool
    takt_s: float | None
    """Between two units that leave the plant."""
    cycle_s: float | None
    """Between two units that leave one line: takt times lines."""
    lines: int
    stations: int
    """Of one line; of stations side by side each counts."""
    bound: float | None
    """Stations, takt or paid time that no balance can beat."""
    people: int
    work_content_s: float
    """Of the mean unit of the mix."""
    efficiency_share: float | None
    """Work content over paid time: stations (or people) times cycle."""
    smoothness_s: float | None
    """Root of the sum of squared idle times of stations."""
    largest_s: float | None
    """The longest that any product keeps any station."""
    equipment_cost: float | None
    station_cost_per_year: float | None
    moves: int
    """Tasks that leave their present station."""
    moves_cost: float | None
    reasons: tuple[str, ...] = ()
    """Why no balance will do."""


@dataclass(frozen=True, slots=True)
class StationBalance:
    """A station of a balanced line."""

    line: str
    scenario: str
    place: int
    """From the start of the line, from 1."""
    station: str
    side: str
    """``left``, ``right`` or nothing."""
    load_s: float
    """Of the mean unit of the mix."""
    load_by_product_s: Mapping[str, float]
    capacity_s: float
    """The cycle, times the stations that stand side by side."""
    used_share: float
    tasks: tuple[str, ...]
    skills: tuple[str, ...]
    equipment: tuple[str, ...]
    worker: str = ""
    beside: int = 1
    """Stations side by side that share its work."""


@dataclass(frozen=True, slots=True)
class TaskBalance:
    """A task and its station."""

    line: str
    scenario: str
    task: str
    name: str
    place: int
    station: str
    before: str
    """The station where it is done today, or nothing."""
    moves: bool
    time_s: float
    """Of the mean unit of the mix."""
    begins_s: float
    """After the unit has come to the station, for the mean unit."""
    time_by_product_s: Mapping[str, float]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Launch:
    """A place of the repeated launch sequence."""

    line: str
    scenario: str
    place: int
    product: str


@dataclass(frozen=True, slots=True)
class Drift:
    """How far people of a station walk along with their units when the launch sequence is repeated."""

    line: str
    scenario: str
    place: int
    station: str
    reaches_s: float
    """The farthest, from the start of the station, in time."""
    length_s: float
    overload_s: float
    """Work that does not fit and somebody else must do, in one round of the sequence."""
    overload_batches_s: float
    """The same when units come in batches by product, not levelled."""


@dataclass(frozen=True, repr=False)
class BalanceAnswer(Printable):
    """How assembly work is split over stations."""

    plant: str
    verdict: str
    currency: str
    balances: tuple[LineBalance, ...]
    stations: tuple[StationBalance, ...]
    tasks: tuple[TaskBalance, ...]
    launches: tuple[Launch, ...]
    drifts: tuple[Drift, ...]
    written_back: str
    """Line and rate of the patch: the highest rate that is asked for; empty where no line has present stations."""
    patch: str
    """The document of a patch that writes this balance back into the plant."""
    simulated: tuple[Difference, ...]
    """The plant as it is and with the patch, on the same random numbers; empty where it was not asked."""
    facts: tuple[tuple[str, str, str], ...]
    not_used: tuple[str, ...]
    notes: tuple[str, ...]
    provenance: Provenance
    execution: Execution | None = None

    def of(self, line: str, scenario: str) -> LineBalance:
        """The balance of a line at a rate."""
        return next(each for each in self.balances if (each.line, each.scenario) == (line, scenario))
