"""What ``lower`` returns: a world for the engine and the names that its indices stand for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from plantwright.arrays import World

Mode = Literal["as-written", "capacity", "service"]


@dataclass(frozen=True, slots=True)
class Names:
    """What the indices of a world stand for: the name of index i is entry i.

    ``operations`` are (item, operation) pairs; ``modes`` are (station, failure) pairs; ``releases`` and ``demands`` are
    ids of items and products. Machines without a name are called ``station/1``, ``station/2``, ...
    """

    stations: tuple[str, ...] = ()
    machines: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    operations: tuple[tuple[str, str], ...] = ()
    releases: tuple[str, ...] = ()
    demands: tuple[str, ...] = ()
    modes: tuple[tuple[str, str], ...] = ()
    shops: tuple[str, ...] = ()
    calendars: tuple[str, ...] = ()
    crews: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    carriers: tuple[str, ...] = ()
    curves: tuple[str, ...] = ()
    conveyors: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Prices:
    """What things cost in base money, by name; what is not in a mapping costs nothing."""

    currency: str = ""
    energy_per_kwh: float = 0.0
    power_kw: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """Of one machine, by station and state. [kW]"""
    running_per_h: Mapping[str, float] = field(default_factory=dict)
    """Of one machine, by station."""
    wage_per_h: Mapping[str, float] = field(default_factory=dict)
    """Of one person, by crew."""
    piece: Mapping[str, float] = field(default_factory=dict)
    """Of bought items."""


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """A plant lowered to arrays.

    Attributes
    ----------
    world : World
        The template of every run: a run works on a copy.
    names : Names
        What its indices stand for.
    until : int
        End of a run. [ticks]
    mode : str
        How it was lowered: ``as-written``, ``capacity`` or ``service``.
    conwip : tuple of (str, int)
        Cap on the units in process of each product that a launcher lets in. [units]
    notes : tuple of str
        What the reader of an answer should know about the lowering.
    prices : Prices
        What energy, machines, people and material cost.
    """

    world: World
    names: Names
    until: int
    mode: Mode
    conwip: tuple[tuple[str, int], ...] = ()
    notes: tuple[str, ...] = ()
    prices: Prices = field(default_factory=Prices)
