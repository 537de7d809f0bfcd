"""The answer to ``siting``: for each task of the document what opens, who is served or seen from where, and what if."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from plantwright.results.printable import Execution, Printable, Provenance


@dataclass(frozen=True, slots=True)
class SitedTask:
    """One task: how good the best choice of sites is. What its kind does not tell is None."""

    name: str
    kind: str
    verdict: str
    is_feasible: bool
    is_optimal: bool
    unit: str
    """What ``objective``, ``bound`` and the differences of ``changes`` are measured in."""
    objective: float | None
    bound: float | None
    """What no choice of sites can beat; the objective where it is optimal."""
    open: int
    sites_cost_per_year: float | None = None
    carriage_cost_per_year: float | None = None
    pieces_cost_per_year: float | None = None
    mean_distance_km: float | None = None
    """Weighted by what customers take, or by how much they count."""
    farthest_km: float | None = None
    seen_share: float | None = None
    """Of the weight of all points and lines."""
    seen_twice_share: float | None = None
    reasons: tuple[str, ...] = ()
    """Why no choice of sites will do."""


@dataclass(frozen=True, slots=True)
class SiteFound:
    """A candidate: whether it opens, and what it then does. Figures of a site that stays shut are 0."""

    task: str
    site: str
    name: str
    open: bool
    decided: bool
    """Whether the document leaves no choice."""
    latitude: float | None
    longitude: float | None
    radius_km: float | None
    cost_per_year: float | None
    """What having it costs, whether it opens or not; None where nobody has written it, which counts as nothing."""
    served_per_year: float | None
    capacity_per_year: float | None
    used_share: float | None


@dataclass(frozen=True, slots=True)
class Service:
    """A customer and a site that serves it."""

    task: str
    customer: str
    name: str
    site: str
    share: float
    pieces_per_year: float
    distance_km: float | None
    cost_per_year: float | None


@dataclass(frozen=True, slots=True)
class PointFound:
    """A customer, or a point to watch, and how many open sites serve or see it."""

    task: str
    point: str
    name: str
    latitude: float | None
    longitude: float | None
    weight: float
    times: int


@dataclass(frozen=True, slots=True)
class LineFound:
    """A line to watch, and how much of it is seen."""

    task: str
    line: str
    name: str
    length_km: float
    seen_km: float
    seen_twice_km: float
    corners: tuple[tuple[float, float], ...]
    """Ends of its segments, as latitudes and longitudes."""
    times: tuple[int, ...]
    """Posts that see each segment."""


@dataclass(frozen=True, slots=True)
class SiteChange:
    """What losing an open site costs, or what having a shut one does: the best choice with that one thing changed."""

    task: str
    site: str
    name: str
    change: str
    """``without`` or ``with``."""
    objective: float | None
    """None where no choice of sites will do then."""
    difference: float | None
    """By how much it is worse. [unit of the task]"""
    opens: tuple[str, ...]
    shuts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanRanked:
    """A choice of sites judged by all criteria: its score, and how often it comes first when weights are doubtful."""

    task: str
    plan: str
    open: tuple[str, ...]
    score: float
    """Between 0 (worst of the plans on every criterion) and 1 (best on every one)."""
    first_share: float
    """Share of the drawn weights for which it comes first."""
    rank_shares: tuple[float, ...]
    central_weights: Mapping[str, float | None]
    """Mean of the weights for which it comes first."""
    values: Mapping[str, float]
    """On each criterion, before the scale."""


@dataclass(frozen=True, slots=True)
class WeightSwing:
    """A weight of a criterion from which another plan comes first, the others keeping their proportions."""

    task: str
    criterion: str
    name: str
    weight: float
    """As written, all weights summing to 1."""
    swings_at: float
    plan: str
    """Which comes first beyond it."""


@dataclass(frozen=True, repr=False)
class SitingAnswer(Printable):
    """Where things should stand."""

    plant: str
    verdict: str
    currency: str
    tasks: Mapping[str, SitedTask]
    sites: tuple[SiteFound, ...]
    services: tuple[Service, ...]
    points: tuple[PointFound, ...]
    lines: tuple[LineFound, ...]
    changes: tuple[SiteChange, ...]
    plans: tuple[PlanRanked, ...]
    swings: tuple[WeightSwing, ...]
    not_used: tuple[str, ...]
    notes: tuple[str, ...]
    provenance: Provenance
    execution: Execution | None = None

    def named(self, task: str, keys: Iterable[str]) -> str:
        """Sites of a task by their names, in a row."""
        names = {site.site: site.name for site in self.sites if site.task == task}
        return ", ".join(names.get(key, key) for key in keys)
