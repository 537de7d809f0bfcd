"""Sentences that answers say: what the plant makes, what holds it back, why methods differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from plantwright.model.naming import called, without_details
from plantwright.model.plant import Plant
from plantwright.results import Estimate, InputRange, Loss, RoughCutRow, SharedUse, Shortage, StationStatistics
from plantwright.results.wording import about, estimate, headline, missing, percent, plus_minus, span
from plantwright.study.queueing import UNITS, Queueing
from plantwright.study.rough import Rough
from plantwright.study.weekly import Weekly

WORTH_SAYING = 0.005
"""Share of the output from which a difference is worth a sentence. [-]"""
WORTH_NAMING = 0.05
"""Share of its time from which it is said what a station does besides work. [-]"""
WORTH_A_SENTENCE = 0.01
"""Share of a station's time for which something was missing, from which it is said. [-]"""
MOST_NAMED = 3
"""Shortages that are told in a sentence. [-]"""
BESIDES_WORK = {
    "down": "down",
    "setup": "setting up",
    "waiting for people": "waiting for people",
    "blocked": "blocked",
    "starved for kit": "waiting for parts",
}
"""States that keep a station on shift from its work, as people say them."""
STATE_FOR = {"skill": "waiting for people", "item": "starved for kit", "tool": "starved for kit"}
"""The state in which a machine waits for a kind of thing."""


def verdict(made: Estimate, target: int | None, binding: str, inputs: InputRange | None) -> str:
    """The answer of ``capacity`` in one sentence.

    The interval that is said is the wider of the two: from run to run, or within the ranges of the inputs.

    Parameters
    ----------
    made
        Good units a year.
    target
        What the plant is meant to make. [units]
    binding
        The station that holds it back, as `holding_back` says it.
    inputs
        What the ranges of the plant's own figures make of it.
    """
    if made.mean is None:
        return "The plant makes nothing that could be counted."
    wide = inputs is not None and _width(inputs) > 2 * (made.half_width or 0.0)
    text = f"The plant makes {headline(made)} good units a year"
    if wide:
        text += " as written"
    elif made.half_width:
        text += f" ({plus_minus(made)} from run to run)"
    if target is not None:
        text += f", {_against(made, target)}"
    if inputs is not None and wide:
        text += f"; within the ranges of its figures it makes {span(inputs)}{_doubt(made.mean, target, inputs)}"
    return f"{text}; {binding} holds it back."


def _width(inputs: InputRange) -> float:
    return inputs.high - inputs.low if inputs.low is not None and inputs.high is not None else 0.0


def _against(made: Estimate, target: int) -> str:
    """How far the target is; no more than that it is near where chance moves the output as far."""
    gap = (made.mean or 0.0) - target
    if made.half_width and abs(gap) <= made.half_width:
        return f"about its target of {target:,}"
    words = "more than" if gap >= 0 else "short of"
    return f"{headline(Estimate(abs(gap), made.half_width))} {words} its target of {target:,}"


def _doubt(made: float, target: int | None, inputs: InputRange) -> str:
    """What the ranges put in doubt."""
    if target is None or inputs.low is None or inputs.high is None:
        return ""
    if made >= target > inputs.low:
        return " and may miss the target"
    return " and may reach the target" if made < target <= inputs.high else ""


def holding_back(station: str, figures: StationStatistics) -> str:
    """The binding station, and what it spends its time with besides work."""
    name = without_details(figures.name or station)
    on = 1.0 - (figures.states["off shift"].mean or 0.0)
    shares = {state: (figures.states[state].mean or 0.0) / on if on > 0 else 0.0 for state in BESIDES_WORK}
    worst = max(shares, key=lambda state: shares[state])
    if shares[worst] < WORTH_NAMING:
        return name
    said = f"{BESIDES_WORK[worst]} {percent(shares[worst])} of its time"
    lacking = [each for each in figures.short_of if STATE_FOR[each.kind] == worst]
    if lacking:
        said += f", {estimate(lacking[0].hours_per_year)} h a year for {missing(lacking[0])}"
    return f"{name} ({said})"


def starved(stations: Mapping[str, StationStatistics]) -> tuple[str, ...]:
    """What the stations that wait longest wait for, in a sentence each."""
    waits = [(name, station, shortage) for name, station in stations.items() for shortage in station.short_of]
    waits.sort(key=lambda wait: -(wait[2].hours_per_year.mean or 0.0))
    return tuple(_starved(*wait) for wait in waits[:MOST_NAMED] if (wait[2].share.mean or 0.0) >= WORTH_A_SENTENCE)


def _starved(key: str, station: StationStatistics, shortage: Shortage) -> str:
    name = without_details(station.name or key)
    who = name if station.machines == 1 else f"The {station.machines} machines of {name}"
    return f"{who} waited {estimate(shortage.hours_per_year)} h a year for {missing(shortage)}."


def shared_holding_back(found: SharedUse) -> str:
    """What stations share and holds the plant back, and how much of its time it is used."""
    return f"{without_details(found.name)} ({found.kind}, in use {percent(min(1.0, found.use))} of its time)"


def differences(
    plant: Plant, cuts: tuple[Rough, Weekly], queueing: Queueing, made: Estimate, lines: Sequence[Loss]
) -> tuple[str, ...]:
    """Why the methods give different numbers, the simplest first.

    Parameters
    ----------
    plant
        The plant.
    cuts
        Its rough cut by the year and by the week.
    queueing
        What queueing formulas say, and what limits it there.
    made
        What the simulation says.
    lines
        From the rough cut of the station that binds to the simulation.
    """
    rough, weekly = cuts
    found = [_by_week(plant, rough, weekly), *_shared(plant, rough)]
    if rough.units_per_year - queueing.units_per_year > WORTH_SAYING * rough.units_per_year:
        short = "units allowed in process" if queueing.limit == UNITS else "rooms between stations"
        found.append(
            f"Queueing formulas give {about(queueing.units_per_year)}: with random times and breakdowns the {short} do "
            "not keep every machine busy."
        )
    tight = [
        f"{called(plant.skills, skill)} ({about(units)})"
        for skill, units in rough.people.items()
        if units < rough.units_per_year
    ]
    if tight:
        found.append(f"People could do less than the machines: {', '.join(tight)} units a year.")
    losses = sorted((line for line in lines if line.kind not in ("takt", "good")), key=lambda line: line.units_per_year)
    said = [f"{line.name.lower()} {about(-line.units_per_year)}" for line in losses[:3] if _matters(line, made)]
    if said:
        found.append(
            f"From the rough cut of the station that holds it back ({about(lines[0].level_after)}) to the simulation "
            f"({headline(made)}) is lost: {', '.join(said)}."
        )
    return tuple(found)


def _shared(plant: Plant, rough: Rough) -> Iterator[str]:
    """A word where carriers, conveyors or tools could do less than the stations."""
    station = rough.row(rough.binding)
    short = [row for row in rough.shared if row.units_per_year < station.units_per_year]
    if short:
        tight = ", ".join(
            f"{without_details(row.name)} ({row.kind}, {about(row.units_per_year)})"
            for row in sorted(short, key=lambda row: row.units_per_year)
        )
        most = f"{without_details(called(plant.stations, rough.binding))} {about(station.units_per_year)}"
        yield f"What stations share could do less than the stations: {tight} units a year, {most}."


def _by_week(plant: Plant, rough: Rough, weekly: Weekly) -> str:
    passed = about(weekly.units_per_year)
    if rough.units_per_year - weekly.units_per_year <= WORTH_SAYING * rough.units_per_year:
        return (
            f"By the year and by the week the arithmetic agrees ({passed}): the rooms between different calendars are "
            "large enough."
        )
    names = [without_details(called(plant.stations, name)) for name in weekly.chain]
    way = f"on the way from {names[0]} to {names[-1]}" if len(names) > 1 else f"at {names[0]}"
    least = rough.least
    first = without_details(called(plant.stations, least.station) if isinstance(least, RoughCutRow) else least.name)
    return (
        f"By the year {first} could make {about(rough.units_per_year)}; week by week {passed} pass, because of "
        f"calendars and rooms {way}."
    )


def _matters(line: Loss, made: Estimate) -> bool:
    return line.units_per_year < -WORTH_SAYING * (made.mean or 0.0)
