"""Sentences that answers say: what the plant makes, what binds, why methods differ."""

from __future__ import annotations

import math
from collections.abc import Sequence

from plantwright.results import Estimate, InputRange, Loss, StationStatistics
from plantwright.study.queueing import UNITS, Queueing
from plantwright.study.rough import Rough
from plantwright.study.weekly import Weekly

WORTH_SAYING = 0.005
"""Share of the output from which a difference is worth a sentence. [-]"""


def rounded(value: float) -> str:
    """A number of units to three or four figures, thousands separated.

    Examples
    --------
    >>> rounded(98712.3), rounded(812.0)
    ('98,700', '812')
    """
    if not math.isfinite(value) or abs(value) < 1000:
        return f"{value:,.0f}"
    place = 2 - math.floor(math.log10(abs(value)))
    return f"{round(value, place):,.0f}"


def verdict(made: Estimate, target: int | None, binding: str, inputs: InputRange | None) -> str:
    """The answer of ``capacity`` in one sentence.

    The interval that is said is the wider of the two: from run to run, or over the ranges of the inputs.
    """
    if made.mean is None:
        return "The plant makes nothing that could be counted."
    text = f"The plant makes {rounded(made.mean)} good units a year{_between(made, inputs)}"
    if target is not None:
        gap = made.mean - target
        text += f", {rounded(abs(gap))} {'more than' if gap >= 0 else 'short of'} its target of {target:,}"
        if gap >= 0 and inputs is not None and inputs.low is not None and inputs.low < target:
            text += ", which its inputs may put out of reach"
    return f"{text}; {binding} holds it back."


def _between(made: Estimate, inputs: InputRange | None) -> str:
    """The wider of the two intervals, and where it comes from."""
    width = made.half_width or 0.0
    if (
        inputs is not None
        and inputs.low is not None
        and inputs.high is not None
        and inputs.high - inputs.low > 2 * width
    ):
        return f" as written ({rounded(inputs.low)} to {rounded(inputs.high)} over the ranges of its inputs)"
    if made.mean is None or made.half_width is None:
        return ""
    return f" ({rounded(made.mean - width)} to {rounded(made.mean + width)} from run to run)"


def differences(
    rough: Rough, weekly: Weekly, queueing: Queueing, made: Estimate, lines: Sequence[Loss], station: str
) -> tuple[str, ...]:
    """Why the methods give different numbers, the simplest first."""
    found = []
    simulated = made.mean or 0.0
    if rough.units_per_year - weekly.units_per_year > WORTH_SAYING * rough.units_per_year:
        found.append(
            f"By the year {rough.binding} could make {rounded(rough.units_per_year)}; week by week "
            f"{rounded(weekly.units_per_year)} pass, because of calendars and rooms along {weekly.chain}."
        )
    else:
        found.append(
            f"By the year and by the week the arithmetic agrees ({rounded(weekly.units_per_year)}): the rooms between "
            "different calendars are large enough."
        )
    if rough.units_per_year - queueing.units_per_year > WORTH_SAYING * rough.units_per_year:
        short = "units allowed in process" if queueing.limit == UNITS else "rooms between stations"
        found.append(
            f"Queueing formulas give {rounded(queueing.units_per_year)}: with random times and breakdowns the {short} "
            "do not keep every machine busy."
        )
    tight = [f"{skill} ({rounded(units)})" for skill, units in rough.people.items() if units < rough.units_per_year]
    if tight:
        found.append(f"People could do less than the machines: {', '.join(tight)} units a year.")
    losses = sorted((line for line in lines if line.kind not in ("takt", "good")), key=lambda line: line.units_per_year)
    said = [f"{line.name.lower()} {rounded(-line.units_per_year)}" for line in losses[:3] if _matters(line, simulated)]
    if said:
        found.append(f"From the rough cut of {station} to the simulation ({rounded(simulated)}): {', '.join(said)}.")
    return tuple(found)


def _matters(line: Loss, made: float) -> bool:
    return line.units_per_year < -WORTH_SAYING * made


def holding_back(station: str, figures: StationStatistics) -> str:
    """The binding station, and what it spends its time with besides work."""
    on = 1.0 - (figures.states["off shift"].mean or 0.0)
    worst, share = "", 0.0
    for state in ("down", "setup", "waiting for people", "blocked", "starved for kit"):
        seen = (figures.states[state].mean or 0.0) / on if on > 0 else 0.0
        if seen > share:
            worst, share = state, seen
    return f"{station} ({worst} {100 * share:.0f} % of its time)" if share >= 0.05 else station
