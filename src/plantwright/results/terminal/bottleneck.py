"""The answer to ``bottleneck`` in the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType

from plantwright.results.bottleneck import BottleneckAnswer, Gain, Stair
from plantwright.results.terminal.starved import starved_lines
from plantwright.results.terminal.tables import SHOWN, table, verdict
from plantwright.results.wording import estimate, gain, titled

FEW = 5
"""Rows that say what stations wait for."""


def bottleneck_lines(bottleneck: BottleneckAnswer) -> Iterator[RenderableType]:
    """The verdict, what one more of each resource gives, the best pairs, the staircase."""
    yield verdict(bottleneck.verdict)
    yield from starved_lines(bottleneck.stations, FEW)
    if bottleneck.marginal:
        yield table("What one more gives, units a year", ("resource", "change", "gain"), _gains(bottleneck.marginal), 2)
    if bottleneck.pairs:
        pairs = ((*_pair(entry), _gain(entry)) for entry in bottleneck.pairs[:5])
        yield table("Best pairs, units a year", ("change", "with", "gain"), pairs, 2)
    if bottleneck.staircase:
        stairs = [(str(place), *_stair(stair)) for place, stair in enumerate(bottleneck.staircase, 1)]
        yield table("Fix first, then next", ("", "resource", "change", "gain", "units/year"), stairs, 3)


def _gains(entries: Sequence[Gain]) -> Iterator[tuple[str, str, str]]:
    ordered = sorted(entries, key=lambda entry: -(entry.gain_per_year.mean or 0.0))
    for entry in ordered[:SHOWN]:
        yield titled(entry.resource, entry.name), entry.change, _gain(entry)
    if len(ordered) > SHOWN:
        yield "…", f"{len(ordered) - SHOWN} more in the report and in --json", ""


def _gain(entry: Gain) -> str:
    return gain(entry.gain_per_year) if entry.distinguishable else "not distinguishable from 0"


def _pair(entry: Gain) -> tuple[str, str]:
    return f"{entry.name or entry.resource}: {entry.change}", entry.second_name or entry.second or ""


def _stair(stair: Stair) -> tuple[str, ...]:
    level, more = estimate(stair.units_per_year), gain(stair.gain_per_year)
    return titled(stair.resource, stair.name), stair.change, more, level
