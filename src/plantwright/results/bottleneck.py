"""The answers to ``bottleneck``, ``compare`` and ``run``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from plantwright.results.capacity import CapacityAnswer
from plantwright.results.estimate import Estimate
from plantwright.results.printable import Execution, Printable, Provenance
from plantwright.results.simulate import Shortage, StationStatistics


@dataclass(frozen=True, slots=True)
class Gain:
    """What one change gives, in units a year, with a simultaneous interval over all changes tested."""

    resource: str
    change: str
    gain_per_year: Estimate
    distinguishable: bool
    patch: Mapping[str, Any] = field(default_factory=dict)
    second: str | None = None
    name: str = ""
    """What people call the resource; its id where nothing else is written."""
    second_name: str = ""
    """The second change of a pair, with the name of its resource."""


@dataclass(frozen=True, slots=True)
class Stair:
    """One step of the staircase: fix this next, and the plant makes so much."""

    resource: str
    change: str
    units_per_year: Estimate
    gain_per_year: Estimate
    name: str = ""
    """What people call the resource; its id where nothing else is written."""


@dataclass(frozen=True, repr=False)
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
    short_of: tuple[Shortage, ...] = ()
    """What the machines of all stations together waited for, longest first."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure of two plants side by side; the difference is paired on common random numbers."""

    name: str
    unit: str
    a: Estimate
    b: Estimate
    difference: Estimate
    distinguishable: bool
    title: str = ""
    """``name`` as people say it, with names instead of ids."""


@dataclass(frozen=True, repr=False)
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


@dataclass(frozen=True, repr=False)
class RunAnswer(Printable):
    """All answers the plant has data for."""

    plant: str
    verdict: str
    capacity: CapacityAnswer
    bottleneck: BottleneckAnswer | None
    report: str | None
    findings: tuple[Mapping[str, Any], ...]
    not_answered: Mapping[str, str]
    provenance: Provenance
    execution: Execution | None = None
    supply: Mapping[str, Printable] = field(default_factory=dict)
    """Answers about supply by their nouns: those that the plant has data for."""
    work: Mapping[str, Printable] = field(default_factory=dict)
    """Answers about work on the floor by their nouns: those that the plant has data for."""
