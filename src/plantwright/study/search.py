"""Which change gives what: screened once, the best estimated again on fresh random numbers, then step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from plantwright.model.plant import Plant
from plantwright.results import Estimate, Gain, Run, Stair
from plantwright.study.candidates import Candidate, candidates, patch_of
from plantwright.study.gains import added, distinguishable, gains, simultaneous
from plantwright.study.ranking import chosen, ranked
from plantwright.study.replicate import Span
from plantwright.study.rough import rough_cut
from plantwright.study.session import Session
from plantwright.study.trials import FRESH, Changes, Results, Trial, try_all

CONFIDENCE = 0.95
LEAST_FRESH, MOST_FRESH = 2, 8
"""Fresh replications of each of the best changes. [-]"""
LEAST_SCREENED = 8
"""Changes screened, whatever that costs: about one of each kind. [-]"""
PAIRED = 3
"""The best so many are also tried in pairs. [-]"""
NEXT = 4
"""Changes tried on top of what is already fixed, at each step of the staircase. [-]"""


@dataclass
class Found:
    """What the search has found so far."""

    marginal: list[Gain] = field(default_factory=list)
    pairs: list[Gain] = field(default_factory=list)
    stairs: list[Stair] = field(default_factory=list)
    untested: list[Candidate] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def search(session: Session) -> Found:
    """Try changes one at a time, in pairs and on top of each other.

    Every gain is a paired difference on common random numbers. The changes with the greatest promise are screened with
    one run each; the best of them, their pairs and the steps of the staircase are estimated on fresh random numbers.
    All intervals of the table hold together at 95 % (Bonferroni over everything that was tried).
    """
    found = Found()
    order = _order(session, session.plant, session.runs)
    picked = chosen(order, _affordable(session))
    found.untested = [each for each in order if each not in picked]
    screened = _screen(session, picked)
    if () not in screened:
        found.notes.append("It was interrupted before any change had been tried.")
        return found
    level = simultaneous(CONFIDENCE, len(screened) - 1 + PAIRED + session.effort.steps)
    seen = _gains(session, screened, level)
    best = sorted(seen, key=lambda changes: -(seen[changes].mean or 0.0))[: session.effort.confirmed]
    fresh = _confirm(session, best)
    sure = _gains(session, fresh, level) if () in fresh else {}
    found.marginal = [_row(changes, sure.get(changes, screening)) for changes, screening in seen.items()]
    found.marginal.sort(key=lambda row: -(row.gain_per_year.mean or 0.0))
    found.pairs = [_row(changes, more) for changes, more in sure.items() if len(changes) == 2]
    found.pairs.sort(key=lambda row: -(row.gain_per_year.mean or 0.0))
    found.stairs = _staircase(session, fresh, sure, level)
    count = sum(1 for changes in seen if changes in sure)
    found.notes.append(
        f"{len(seen)} changes were screened on the same random numbers, the best {count} estimated again on fresh "
        "ones; the intervals hold together at 95 %."
    )
    return found


def _affordable(session: Session) -> int:
    """Changes that the effort allows to screen on a span that is long enough to show anything. [-]"""
    moves = session.year.moves(_short(session))
    return min(session.effort.candidates, max(LEAST_SCREENED, int(session.effort.screen_moves / moves) - 1))


def _short(session: Session) -> Span:
    """The span on which changes are compared: what remains of the budget for each, at most a year."""
    return session.year.span(session.effort.screen_moves / (session.effort.candidates + 1))


def _screen(session: Session, picked: Sequence[Candidate]) -> Results:
    trials = [Trial(), *(Trial((candidate,)) for candidate in picked)]
    return try_all(session, trials, _short(session), first=0, count=1, what="changes, one at a time")


def _fresh_count(session: Session) -> int:
    """Fresh replications of each plant that is estimated again."""
    effort = session.effort
    plants = 1 + effort.confirmed + PAIRED + effort.steps
    each = session.year.moves(_short(session))
    return min(max(LEAST_FRESH, int(effort.confirm_moves / plants / each)), MOST_FRESH)


def _confirm(session: Session, best: Sequence[Changes]) -> Results:
    """The best alone and in pairs, on fresh random numbers."""
    pairs = [(*first, *second) for first, second in combinations(best[:PAIRED], 2) if _together(first, second)]
    trials = [Trial(), *(Trial(changes) for changes in (*best, *pairs))]
    count = _fresh_count(session)
    return try_all(session, trials, _short(session), first=FRESH, count=count, what="the best changes on fresh runs")


def _together(first: Changes, second: Changes) -> bool:
    """Whether two changes touch different values."""
    return not set(patch_of(*first)) & set(patch_of(*second))


def _gains(session: Session, results: Results, level: float) -> dict[Changes, Estimate]:
    """What each set of changes gives against the plant as it is."""
    base = session.units_per_year.mean or 0.0
    changed = {changes: runs for changes, runs in results.items() if changes}
    return gains(session.year, results[()], changed, base=base, confidence=level)


def _row(changes: Changes, found: Estimate) -> Gain:
    first, *others = changes
    second = f"{others[0].resource}: {others[0].change}" if others else None
    return Gain(first.resource, first.change, found, distinguishable(found), {"set": patch_of(*changes)}, second)


def _staircase(session: Session, fresh: Results, sure: Mapping[Changes, Estimate], level: float) -> list[Stair]:
    """Fix the best, look again what holds back, fix that, and so on while it can be told apart from nothing."""
    base = session.units_per_year
    alone: dict[Changes, Estimate] = {
        changes: more for changes, more in sure.items() if len(changes) == 1 and worth(more)
    }
    if not alone:
        return []
    done = max(alone, key=lambda changes: alone[changes].mean or 0.0)
    stairs = [_stair(done[-1], added(base, alone[done]), alone[done])]
    runs = fresh[done]
    while len(stairs) < session.effort.steps:
        step = _next_step(session, done, runs, level=level, made=stairs[-1].units_per_year.mean or 0.0)
        if step is None:
            break
        done, runs, more = step
        total = _gains(session, {(): fresh[()], done: runs}, level)[done]
        stairs.append(_stair(done[-1], added(base, total), more))
    return stairs


def worth(more: Estimate) -> bool:
    """Whether a change gives more than nothing."""
    return distinguishable(more) and (more.mean or 0.0) > 0


def _stair(change: Candidate, units: Estimate, more: Estimate) -> Stair:
    return Stair(change.resource, change.change, units, more)


def _next_step(
    session: Session, done: Changes, runs: Sequence[Run], *, level: float, made: float
) -> tuple[Changes, list[Run], Estimate] | None:
    """The best change on top of those that are done, its runs on fresh numbers and what it adds; None if none does.

    ``made`` is what the plant makes with those that are done. [units/year]
    """
    plant = Trial(done).plant(session.plant)
    order = _on_top(session, plant, runs)
    screening = [Trial((*done, each)) for each in order]
    seen = try_all(session, [Trial(done), *screening], _short(session), first=0, count=1, what="what comes next")
    if done not in seen or len(seen) < 2:
        return None
    first = {changes: runs for changes, runs in seen.items() if changes != done}
    order_of = gains(session.year, seen[done], first, base=made, confidence=level)
    best = max(order_of, key=lambda changes: order_of[changes].mean or 0.0)
    again = Trial(best)
    what = "what comes next, on fresh runs"
    sure = try_all(session, [again], _short(session), first=FRESH, count=len(runs), what=what)
    if best not in sure:
        return None
    more = gains(session.year, runs, sure, base=made, confidence=level)[best]
    return (best, sure[best], more) if worth(more) else None


def _on_top(session: Session, plant: Plant, runs: Sequence[Run]) -> list[Candidate]:
    """The most promising changes of a plant that has been changed already, one of each station and kind."""
    return _order(session, plant, runs)[:NEXT]


def _order(session: Session, plant: Plant, runs: Sequence[Run]) -> list[Candidate]:
    """All changes of a plant, the most promising first."""
    asked = session.year.wanted
    return ranked(plant, candidates(plant), runs=runs, rough=rough_cut(plant, asked), sold=asked.sold)
