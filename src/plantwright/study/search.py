"""Which change gives what: screened once, the best estimated again on fresh random numbers, then step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

from plantwright.model.plant import Plant
from plantwright.results import Estimate, Gain, Run, Stair
from plantwright.study.candidates import Candidate, candidates, patch_of
from plantwright.study.gains import added, distinguishable, gain, simultaneous
from plantwright.study.ranking import chosen, ranked
from plantwright.study.replicate import Span
from plantwright.study.rough import rough_cut
from plantwright.study.session import Session
from plantwright.study.trials import FRESH, Results, Trial, try_all

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
    order = ranked(session.plant, candidates(session.plant), runs=session.runs, rough=session.year.rough)
    picked = chosen(order, _affordable(session))
    found.untested = [each for each in order if each not in picked]
    screened = _screen(session, picked)
    if () not in screened:
        found.notes.append("It was interrupted before any change had been tried.")
        return found
    level = simultaneous(CONFIDENCE, len(screened) - 1 + PAIRED + session.effort.steps)
    gains = {changes: _gain(session, screened, changes, level) for changes in screened if changes}
    best = sorted(gains, key=lambda changes: -(gains[changes].mean or 0.0))[: session.effort.confirmed]
    fresh = _confirm(session, best)
    for changes, screening in gains.items():
        sure = _gain(session, fresh, changes, level) if changes in fresh and () in fresh else None
        found.marginal.append(_row(changes, sure or screening))
    found.marginal.sort(key=lambda row: -(row.gain_per_year.mean or 0.0))
    if () in fresh:
        found.pairs = _pairs(session, fresh, level)
        found.stairs = _staircase(session, fresh, best, level)
    count = sum(1 for changes in gains if changes in fresh)
    found.notes.append(
        f"{len(gains)} changes were screened on the same random numbers, the best {count} estimated again on fresh "
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


def _confirm(session: Session, best: Sequence[tuple[Candidate, ...]]) -> Results:
    """The best alone and in pairs, on fresh random numbers."""
    pairs = [(*first, *second) for first, second in combinations(best[:PAIRED], 2) if _together(first, second)]
    trials = [Trial(), *(Trial(changes) for changes in (*best, *pairs))]
    count = _fresh_count(session)
    return try_all(session, trials, _short(session), first=FRESH, count=count, what="the best changes on fresh runs")


def _together(first: tuple[Candidate, ...], second: tuple[Candidate, ...]) -> bool:
    """Whether two changes touch different values."""
    return not set(patch_of(*first)) & set(patch_of(*second))


def _gain(session: Session, results: Results, changes: tuple[Candidate, ...], level: float) -> Estimate:
    base = session.units_per_year.mean or 0.0
    return gain(session.year, results[()], results[changes], base=base, confidence=level)


def _row(changes: tuple[Candidate, ...], found: Estimate) -> Gain:
    first, *others = changes
    second = f"{others[0].resource}: {others[0].change}" if others else None
    return Gain(first.resource, first.change, found, distinguishable(found), {"set": patch_of(*changes)}, second)


def _pairs(session: Session, fresh: Results, level: float) -> list[Gain]:
    rows = [_row(changes, _gain(session, fresh, changes, level)) for changes in fresh if len(changes) == 2]
    return sorted(rows, key=lambda row: -(row.gain_per_year.mean or 0.0))


def _staircase(session: Session, fresh: Results, best: Sequence[tuple[Candidate, ...]], level: float) -> list[Stair]:
    """Fix the best, look again what holds back, fix that, and so on while it can be told apart from nothing."""
    base = session.units_per_year
    alone = {changes: _gain(session, fresh, changes, level) for changes in best if changes in fresh}
    if not alone:
        return []
    first = max(alone, key=lambda changes: alone[changes].mean or 0.0)
    if not distinguishable(alone[first]) or (alone[first].mean or 0.0) <= 0:
        return []
    stairs = [_stair(first[-1], added(base, alone[first]), alone[first])]
    done, runs = first, fresh[first]
    while len(stairs) < session.effort.steps:
        step = _next_step(session, done, runs, level=level, made=stairs[-1].units_per_year.mean or 0.0)
        if step is None:
            break
        done, runs, more = step
        total = _gain(session, {(): fresh[()], done: runs}, done, level)
        stairs.append(_stair(done[-1], added(base, total), more))
    return stairs


def _stair(change: Candidate, units: Estimate, more: Estimate) -> Stair:
    return Stair(change.resource, change.change, units, more)


def _next_step(
    session: Session, done: tuple[Candidate, ...], runs: Sequence[Run], *, level: float, made: float
) -> tuple[tuple[Candidate, ...], list[Run], Estimate] | None:
    """The best change on top of those that are done, its runs on fresh numbers and what it adds; None if none does.

    ``made`` is what the plant makes with those that are done. [units/year]
    """
    plant = Trial(done).plant(session.plant)
    order = _on_top(session, plant, runs)
    screening = [Trial((*done, each)) for each in order]
    seen = try_all(session, [Trial(done), *screening], _short(session), first=0, count=1, what="what comes next")
    if done not in seen or len(seen) < 2:
        return None
    gains = {
        changes: gain(session.year, seen[done], seen[changes], base=made, confidence=level).mean or 0.0
        for changes in seen
        if changes != done
    }
    best = max(gains, key=lambda changes: gains[changes])
    sure = try_all(
        session, [Trial(best)], _short(session), first=FRESH, count=len(runs), what="what comes next, on fresh runs"
    )
    if best not in sure:
        return None
    more = gain(session.year, runs, sure[best], base=made, confidence=level)
    if not distinguishable(more) or (more.mean or 0.0) <= 0:
        return None
    return best, sure[best], more


def _on_top(session: Session, plant: Plant, runs: Sequence[Run]) -> list[Candidate]:
    """The most promising changes of a plant that has been changed already, one of each station and kind."""
    rough = rough_cut(plant, session.year.wanted)
    order = ranked(plant, candidates(plant), runs=runs, rough=rough)
    return list(order[:NEXT])
