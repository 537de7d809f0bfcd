"""The answer to ``risk`` in the terminal."""

from __future__ import annotations

import math
from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from plantwright.results.risk import AGAINST, Checked, ExposureRow, LossReplay, Measure, PairRow, Protection, RiskAnswer
from plantwright.results.terminal.tables import SHOWN, table, verdict
from plantwright.results.wording import number, sentence, titled

NEVER = "never"
"""Within the horizon."""


def risk_lines(answer: RiskAnswer) -> Iterator[RenderableType]:
    """The verdict, losses one by one and two by two, what to order at once, the cheapest protection, what was seen."""
    yield verdict(answer.verdict)
    yield from _exposures(answer)
    if answer.pairs:
        title = f"Two losses at once that cost more than one by one, margin in {answer.currency}"
        columns = ("first", "second", "customers without from day", "lost", "one by one")
        yield table(title, columns, (_pair(pair) for pair in answer.pairs[:SHOWN]), 2)
    if answer.purchases:
        columns = ("when lost", "order at once", "from", "pieces", "comes from day")
        rows = (
            (each.cause, each.item_name, each.offer, number(each.pieces), f"{each.comes_from_day:.0f}")
            for each in answer.purchases[:SHOWN]
        )
        yield table("What to order on the first day", columns, rows, 3)
    if answer.protection is not None:
        yield from _protection(answer.protection, answer.currency)
    for replay in answer.replays:
        yield Text(sentence(simulated(replay)))
    for refusal in answer.screened.refusals:
        yield Text(sentence(refusal.why))


def _exposures(answer: RiskAnswer) -> Iterator[RenderableType]:
    touching = [row for row in answer.exposures if row.loss_p90 > 0 or row.stops_day_p90 is not None or row.index > 0]
    title = f"Losses one by one, margin in {answer.currency}, days from the loss (P10 to P90 of the recovery)"
    columns = ("lost", "back after", "production stops", "customers without", "lost", "at best", "TTS", "index")
    if touching:
        yield table(title, columns, (_exposure(row) for row in touching[:SHOWN]))
    spared = len(answer.exposures) - len(touching)
    if spared:
        yield Text(f"Of {len(answer.exposures)} losses {spared} stop nothing.", style="dim")


def _exposure(row: ExposureRow) -> tuple[str, ...]:
    return (
        f"{row.kind} {row.name}",
        _range(row.recovery_p10_d, row.recovery_p90_d, "unknown"),
        _range(row.stops_day_p90, row.stops_day_p10, NEVER),
        _range(row.short_day_p90, row.short_day_p10, NEVER),
        money(row.loss_p50),
        money(row.best_loss_p50),
        "endless" if row.survival_d is None else f"{row.survival_d:.0f}",
        f"{row.index:.2f}",
    )


def money(amount: float) -> str:
    """An amount as a table shows it.

    >>> money(5_161_373.0), money(153_235.0)
    ('5.16 M', '153,235')
    """
    return f"{number(amount / 1e6)} M" if abs(amount) >= 1e6 else number(amount)


def _range(first: float | None, last: float | None, missing: str) -> str:
    """Two days, or one where they are the same; the second may be never."""
    if first is None:
        return missing
    begin, end = f"{first:.0f}", missing if last is None else f"{last:.0f}"
    return begin if begin == end else f"{begin} to {end}"


def _pair(pair: PairRow) -> tuple[str, ...]:
    day = NEVER if pair.short_day is None else f"{pair.short_day:.0f}"
    return pair.first_name, pair.second_name, day, money(pair.loss), money(pair.loss_one_by_one)


def _protection(protection: Protection, currency: str) -> Iterator[RenderableType]:
    weeks = f"{protection.survive_d / 7:.3g} weeks"
    if protection.measures:
        columns = ("protection", "what", "pieces", "a year", "once")
        title = f"What protects {weeks} against {AGAINST}, {currency}"
        yield table(title, columns, (_measure(measure) for measure in protection.measures), 2)
        yield Text(
            f"Together {number(protection.cost_per_year)} a year under the planner's rule; at best, every piece where "
            f"it counts most, {number(protection.least_per_year)} (proven to {100 * protection.gap:.2g} %)."
        )
    elif not protection.out_of_reach:
        yield Text(sentence(f"{AGAINST} is survived for {weeks} as it is."))
    for each in protection.checked:
        if each.before_d is not None:
            yield Text(sentence(checked(each)), style="dim")


def _measure(measure: Measure) -> tuple[str, ...]:
    pieces = number(measure.pieces) if measure.pieces else ""
    return measure.kind, titled(measure.what, measure.name), pieces, number(measure.cost_per_year), number(measure.once)


def checked(each: Checked) -> str:
    """What a protection does to a loss, in a sentence."""
    after = "they do not" if each.after_d is None else f"they do so on day {each.after_d:.0f}"
    return f"without it customers go without on day {each.before_d:.0f} after {each.name} is lost; with it {after}"


def simulated(replay: LossReplay) -> str:
    """What the simulation of a loss showed, in a sentence."""
    empty = {item: day for item, day in replay.runs_out_day.items() if day is not None}
    first = min(empty, key=lambda item: empty[item], default=None)
    runs_out = f"{first} runs out on day {empty[first]:.0f}" if first is not None else "no shelf runs empty"
    owed = math.fsum(replay.owed_most.values())
    which = "with the protection" if replay.is_protected else "as it is"
    late = f"deliveries are behind most on day {replay.owed_most_day}, by {number(round(owed))} units"
    return f"simulated without {replay.name} ({which}): {runs_out}, and {late if owed >= 1 else 'no delivery is late'}"
