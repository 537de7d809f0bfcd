"""What holds it back, what comes next, and what would one more of each resource give?"""

from __future__ import annotations

import math
from collections.abc import Sequence

from plantwright.model.plant import Plant
from plantwright.results import BottleneckAnswer, Estimate, Gain, Run, Stair
from plantwright.results.wording import gain
from plantwright.study import words
from plantwright.study.asked import AskedOfAYear, question
from plantwright.study.binding import binding_shared, binding_station
from plantwright.study.estimate import estimate
from plantwright.study.figures import stations_of
from plantwright.study.gains import worth
from plantwright.study.ranking import longest_active
from plantwright.study.search import Found, search
from plantwright.study.session import Session, accept, session_of
from plantwright.study.shortages import shortages_of

WEEK_S = 604_800.0


@question(AskedOfAYear)
def bottleneck(plant: Plant, asked: AskedOfAYear) -> BottleneckAnswer:
    """What holds the plant back, and what one more of each resource would give in good units a year.

    Parameters
    ----------
    plant
        A sound plant.

    Raises
    ------
    RunError
        It cannot be computed.
    """
    with session_of(plant, asked) as session:
        return answer_of(session, timing=asked.timing)


def answer_of(session: Session, *, timing: bool = False) -> BottleneckAnswer:
    """The answer from a session, whose runs other answers may share."""
    plant, runs = session.plant, session.runs
    found = search(session)
    stations = stations_of(plant, runs)
    binding = binding_station(plant, runs, session.year.wanted.sold)
    shared = binding_shared(session.year, runs, binding)
    held_by = words.shared_holding_back(shared) if shared else words.holding_back(binding, stations[binding])
    return BottleneckAnswer(
        plant=plant.name,
        verdict=verdict(held_by, found),
        units_per_year=session.units_per_year,
        stations=stations,
        longest_active_share=_longest_share(runs),
        longest_active_by_week=_longest_by_week(runs),
        marginal=tuple(found.marginal),
        pairs=tuple(found.pairs),
        staircase=tuple(found.stairs),
        not_tested=tuple(f"{each.resource}: {each.change}" for each in found.untested),
        not_used=accept(plant, strict=False),
        notes=(*session.notes(), *found.notes, *words.starved(stations)),
        provenance=session.provenance,
        execution=session.crowd.execution(timing),
        short_of=shortages_of(plant, runs),
    )


def verdict(binding: str, found: Found) -> str:
    """The answer in one sentence."""
    sure = [row for row in found.marginal if worth(row.gain_per_year)]
    if not sure:
        return f"{binding} holds the plant back; no single change that was tried gives more than chance."
    text = f"{binding} holds the plant back; the best single change is {_said(sure[0])} units a year"
    if len(found.stairs) > 1:
        text += f"; the best after it, {_said(found.stairs[1])}"
    return text + "."


def _said(row: Gain | Stair) -> str:
    return f"{row.name or row.resource}: {row.change}, {gain(row.gain_per_year)}"


def _longest_share(runs: Sequence[Run]) -> dict[str, Estimate]:
    """Share of the time in which each station has been active the longest, with its interval."""
    shares = [longest_active([run]) for run in runs]
    names = longest_active(runs)
    return {name: estimate(share.get(name, 0.0) for share in shares) for name in names}


def _longest_by_week(runs: Sequence[Run]) -> tuple[dict[str, float], ...]:
    """The same for each week, all replications together."""
    bins = max(1, round(WEEK_S / runs[0].series.bin_s))
    length = min(len(run.series.longest_active) for run in runs)
    weeks = []
    for start in range(0, length - bins + 1, bins):
        seen = [name for run in runs for name in run.series.longest_active[start : start + bins] if name]
        counts = {name: seen.count(name) for name in dict.fromkeys(seen)}
        weeks.append({name: count / math.fsum(counts.values()) for name, count in counts.items()})
    return tuple(weeks)
