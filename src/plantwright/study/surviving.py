"""What exposure to losses comes to, in words."""

from __future__ import annotations

from collections.abc import Sequence

from plantwright.compile.causes import Cause
from plantwright.results.risk import AGAINST, ExposureRow, Protection
from plantwright.results.wording import about, number
from plantwright.study.exposure import DAY_S, SINGLE, Exposures

RULES = {
    "fair-share": "all products get the same share of their plan",
    "margin": "the product with the largest margin goes first",
    "listed": "products are served in the order of their demand in the document",
}


def verdict(exposures: Exposures, protection: Protection | None) -> str:
    """The answer in a sentence or two."""
    currency = exposures.exposed.network.currency
    rows = {(row.kind, row.id): row for row in exposures.rows}
    pairs = [pair for pair in exposures.pairs[0] if pair.is_safe_alone]
    worst = next(exposures.worst(), None)
    if worst is not None:
        text = _worst(rows[worst.kind, worst.id], currency)
    else:
        text = "No single supplier, lane or partner site stops production when it is lost"
    if pairs:
        first = pairs[0]
        text += (
            f"; {len(pairs)} {'pair is' if len(pairs) == 1 else 'pairs are'} dangerous though each loss alone is not, "
            f"first of all {first.first_name} with {first.second_name} ({about(first.loss)} {currency})"
        )
    if protection is not None and protection.measures:
        weeks = protection.survive_d / 7
        text += f". To survive {AGAINST} for {weeks:.3g} weeks costs {about(protection.cost_per_year)} "
        text += f"{currency} a year"
    return text + "."


def _worst(row: ExposureRow, currency: str) -> str:
    stops = row.stops_day_p50 if row.stops_day_p50 is not None else row.stops_day_p90
    text = f"Losing {row.name} hurts most"
    if stops is not None and row.first_product:
        want = f" for want of {row.short_of}" if row.short_of else ""
        text += f": {row.first_product} falls behind on day {stops:.0f}{want}"
    lasting = f" in the {row.recovery_p50_d:.0f} days until it is back" if row.recovery_p50_d is not None else ""
    return f"{text}, and {about(row.loss_p50)} {currency} of margin are lost{lasting}"


def facts(
    exposures: Exposures, followed: Sequence[Cause], protection: Protection | None
) -> tuple[tuple[str, str, str], ...]:
    """Key figures of the answer: term, value, remark."""
    rows = {(row.kind, row.id): row for row in exposures.rows}
    currency = exposures.exposed.network.currency
    found = []
    for cause in followed:
        row = rows[cause.kind, cause.id]
        day = "never" if row.short_day_p50 is None else f"day {row.short_day_p50:.0f}"
        found.append((f"Customers go without after the loss of {cause.name}", day, "recovery P50, planner's rule"))
        found.append(("Margin lost", f"{number(row.loss_p50 / 1000)} k{currency}", "until the horizon"))
    hurting = sum(row.loss_p90 > 0 for row in exposures.rows)
    found.append(("Losses that cost margin", str(hurting), f"of {len(exposures.rows)}"))
    if protection is not None:
        cost = f"{number(protection.cost_per_year / 1000)} k{currency}"
        found.append(("Protection a year", cost, f"to survive {protection.survive_d / 7:.3g} weeks"))
    return tuple(found)


def notes(exposures: Exposures) -> tuple[str, ...]:
    """What the reader should know of how it was found."""
    exposed = exposures.exposed
    risk = exposed.risk
    rule = f"The planner's rule is {risk.rule}: {RULES[risk.rule]}. What is not delivered in its step of "
    rule += f"{exposures.phases.length / DAY_S:g} days counts as lost"
    own = "The plant's own stations bound nothing here: what parts allow is made, at most "
    own += f"{100 * risk.catch_up.base:g} % more than planned at the peak; the simulation has the stations"
    found = [rule, own]
    if not exposed.opening.is_state:
        found.append(
            "Shelves are as their policies keep them on average, and orders under way follow the plan; "
            "name a state to begin from today's"
        )
    unknown = sorted(cause.name for cause in exposed.causes if cause.recovery is None and cause.kind in SINGLE)
    if unknown:
        found.append(f"Of {', '.join(unknown)} no recovery is written: lost, they stay lost for the horizon")
    bare = sum(way.is_bought and way.transit <= 0 for way in exposed.ways)
    if bare:
        found.append(f"No lane says how long goods of {bare} offers are under way: nothing of a lost one still comes")
    if exposures.usual.loss > 0:
        loss = f"{number(exposures.usual.loss)} {exposed.network.currency}"
        found.append(
            f"Even when nothing is lost, {loss} of margin are not delivered on time: the plan does not meet it"
        )
    if not exposures.is_consistent:
        found.append("Losses and survivals at steady rates contradict each other: do not trust them")
    return tuple(found)
