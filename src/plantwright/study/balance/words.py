"""Sentences of the answer to ``balance``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from plantwright.results.balance import BalanceAnswer, LineBalance
from plantwright.results.wording import about, number, percent, sentence

PAIR = 2
"""Balances up to which each says its own sentence in the verdict. [-]"""


def verdict(told: LineBalance) -> LineBalance:
    """A line at a rate with its answer in a sentence."""
    where = f"{told.name}, {told.scenario_name}"
    if not told.is_feasible:
        why = " ".join(sentence(each) for each in told.reasons)
        return replace(told, verdict=f"{where}: no balance will do. {why}".strip())
    lines = f"{told.lines} lines of " if told.lines > 1 else ""
    cycle = f"a cycle of {number(told.cycle_s)} s"
    used = f"{percent(told.efficiency_share)} of the paid time is work"
    match told.seeks:
        case "stations":
            what = f"{lines}{told.stations} stations for {cycle}, {_proven(told, 'stations')}; {used}."
        case "takt":
            what = f"{cycle} on {lines}{told.stations} stations, {_proven(told, 's')}; {used}."
        case _:
            what = f"{lines}{told.stations} stations at {cycle} pay for the least time, {_proven(told, 's')}; {used}."
    return replace(told, verdict=f"{where}: {what}")


def _proven(told: LineBalance, unit: str) -> str:
    if told.is_optimal:
        return "proven the least" if told.seeks != "stations" else "proven the fewest"
    return f"none can have less than {number(told.bound)} {unit}"


def together(balances: Sequence[LineBalance]) -> str:
    """The answer to all: what each says or, where they are many, the stations at each rate."""
    if len(balances) <= PAIR:
        return " ".join(each.verdict for each in balances)
    said = []
    for line in dict.fromkeys(each.line for each in balances):
        rates = [each for each in balances if each.line == line]
        told = ", ".join(
            f"{each.scenario_name} {_stations(each)} at {number(each.takt_s)} s" if each.is_feasible
            else f"{each.scenario_name} none"
            for each in rates
        )  # fmt: skip
        proven = sum(each.is_optimal for each in rates)
        all_proven = "each proven" if proven == len(rates) else f"{proven} of {len(rates)} proven"
        said.append(f"{rates[0].name}: stations for each takt, {told}; {all_proven}.")
    return " ".join(said)


def _stations(each: LineBalance) -> str:
    return f"{each.lines} x {each.stations}" if each.lines > 1 else f"{each.stations}"


def facts(answer: BalanceAnswer) -> tuple[tuple[str, str, str], ...]:
    """Term, value and remark for the first screen of the page."""
    found = [each for each in answer.balances if each.is_feasible]
    if not found:
        return ()
    last = min(found, key=lambda each: each.takt_s or 0.0)
    left = sum(d.overload_s for d in answer.drifts if (d.line, d.scenario) == (last.line, last.scenario))
    batches = sum(d.overload_batches_s for d in answer.drifts if (d.line, d.scenario) == (last.line, last.scenario))
    told = [
        ("Stations", f"{last.stations * last.lines}", f"{last.name}, {last.scenario_name}, all lines"),
        ("Efficiency", percent(last.efficiency_share), "work over paid time"),
        ("Tasks that move", f"{last.moves}", f"for {about(last.moves_cost)} {answer.currency}" if last.moves else ""),
    ]
    if answer.launches:
        told.append(("Work left over", f"{number(left)} s", f"a round of the sequence; {number(batches)} s in batches"))
    return tuple(told)
