"""The first screen: the verdict in one sentence, one large number with its intervals, a few facts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from plantwright.report.figure import Figure
from plantwright.report.figures import interval
from plantwright.report.names import Names
from plantwright.results import CapacityAnswer, RunAnswer
from plantwright.results.wording import about, chance, headline, plus_minus, runs, seen, sentence, share, span

HEADLINE = 190
"""Characters up to which a verdict is one headline. [-]"""


@dataclass(frozen=True, slots=True)
class Opening:
    """What is seen before anything else. ``facts`` are (term, value, remark)."""

    verdict: str
    number: str = ""
    unit: str = ""
    intervals: tuple[tuple[str, str], ...] = ()
    figure: Figure | None = None
    facts: tuple[tuple[str, str, str], ...] = ()
    rest: str = ""
    """What a long verdict says after its first clauses."""


def opening(answer: RunAnswer, names: Names) -> Opening:
    """The first screen of what was answered."""
    capacity = answer.capacity
    value, wide = capacity.units_per_year, capacity.units_per_year_inputs
    intervals = [(plus_minus(value), f"from run to run, {runs(value.n)}")] if value.half_width else []
    if wide is not None:
        intervals.append((span(wide), f"within the ranges of the plant's own figures, {wide.n} draws"))
    return Opening(
        sentence(answer.verdict or capacity.verdict),
        headline(value),
        "good units a year",
        tuple(intervals),
        interval.total(capacity) if value.mean is not None else None,
        _facts(capacity, names),
    )


def alone(answer: Any) -> Opening:
    """The first screen of one answer about supply: its verdict and its key numbers (``facts``), where it has them."""
    head, rest = _divided(sentence(answer.verdict))
    return Opening(head, facts=tuple(getattr(answer, "facts", ())), rest=rest)


def _divided(verdict: str) -> tuple[str, str]:
    """What is read as a headline, and what follows below it: cut where a clause ends, if the whole is too long."""
    if len(verdict) <= HEADLINE:
        return verdict, ""
    ends = [at.end() for at in re.finditer(r"[;.:] ", verdict)]
    fits = [end for end in ends if end <= HEADLINE] or ends[:1]
    if not fits:
        return verdict, ""
    return sentence(verdict[: fits[-1]].rstrip(" ;:")), sentence(verdict[fits[-1] :])


def _facts(capacity: CapacityAnswer, names: Names) -> tuple[tuple[str, str, str], ...]:
    facts = []
    if capacity.target_per_year:
        term = f"Chance that a year reaches {capacity.target_per_year:,}"
        facts.append((term, chance(capacity.p_meet_target), seen(capacity.p_meet_target)))
    if capacity.binding_shared is not None:
        facts.append(("What holds it back", capacity.binding_shared.name, "by the simulation"))
    elif capacity.binding_station:
        facts.append(("What holds it back", names.station(capacity.binding_station), "by the simulation"))
    week = about(capacity.rough_cut_by_week_per_year)
    facts.append(("Arithmetic alone says", week, f"by the week; {about(capacity.rough_cut_per_year)} by the year"))
    if capacity.service is not None:
        facts.append(("Delivered on its day", share(capacity.service.service_level), "of the dated demand"))
    return tuple(facts)
