"""Which change gives what: screened once, the best estimated again on fresh random numbers, then step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from plantwright.model.plant import Plant
from plantwright.results import Estimate, Gain, Run, Stair
from plantwright.study.candidates import Candidate, patch_of
from plantwright.study.gains import Spread, added, distinguishable, gains, simultaneous, spread, worth
from plantwright.study.ranking import chosen, ranked
from plantwright.study.replicate import Span
from plantwright.study.session import Session
from plantwright.study.stairs import climb
from plantwright.study.trials import FRESH, Changes, Results, Trial, try_all

CONFIDENCE = 0.95
LEAST_FRESH, MOST_FRESH = 2, 8
"""Fresh replications of each of the best changes. [-]"""
LEAST_SCREENED = 8
"""Changes screened, whatever that costs: about one of each kind. [-]"""
PAIRED = 3
"""The best so many are also tried in pairs. [-]"""


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
    span = span_of(session)
    order = ranked(session.plant, runs=session.runs, rough=session.year.rough, wanted=session.year.wanted)
    picked = chosen(order, _affordable(session, span))
    found.untested = [each for each in order if each not in picked]
    trials = [Trial(), *(Trial((candidate,)) for candidate in picked)]
    screened = try_all(session, trials, span, first=0, count=1, what="changes, one at a time")
    if () not in screened:
        found.notes.append("It was interrupted before any change had been tried.")
        return found
    seen = _gains(session, screened)
    best = sorted(seen, key=lambda changes: -seen[changes][0])[: session.effort.confirmed]
    fresh = _confirm(session, best, span)
    sure = _gains(session, fresh) if () in fresh else {}
    level = simultaneous(CONFIDENCE, len(seen) + PAIRED + session.effort.steps)
    how_sure = _Certainty(session.plant, spread(sure), level)
    rows = {changes: how_sure.row(changes, sure.get(changes, values)) for changes, values in seen.items()}
    found.marginal = sorted(rows.values(), key=_by_gain)
    found.pairs = sorted((how_sure.row(each, sure[each]) for each in sure if len(each) == 2), key=_by_gain)
    alone = {changes: row.gain_per_year for changes, row in rows.items() if changes in sure}
    found.stairs = _staircase(session, fresh, alone, span, how_sure)
    found.notes.append(
        f"{len(seen)} changes were screened on the same random numbers, the best {len(alone)} estimated again on fresh "
        "ones; the intervals hold together at 95 %."
    )
    return found


@dataclass(frozen=True)
class _Certainty:
    """The spread of all gains, and the confidence of each interval."""

    plant: Plant
    spread: Spread
    level: float

    def row(self, changes: Changes, values: Sequence[float]) -> Gain:
        first, *others = changes
        more = self.spread.estimate(values, self.level)
        return Gain(
            first.resource,
            first.change,
            more,
            distinguishable(more),
            {"set": patch_of(*changes)},
            f"{others[0].resource}: {others[0].change}" if others else None,
            first.name(self.plant),
            others[0].said(self.plant) if others else "",
        )

    def stair(self, step: Candidate, level: Estimate, more: Estimate) -> Stair:
        return Stair(step.resource, step.change, level, more, step.name(self.plant))


def _by_gain(row: Gain) -> float:
    return -(row.gain_per_year.mean or 0.0)


def span_of(session: Session) -> Span:
    """The span on which changes are compared: what the budget leaves for each, at most a year."""
    return session.year.span(session.effort.screen_moves / (session.effort.candidates + 1))


def _affordable(session: Session, span: Span) -> int:
    """Changes that the effort allows to screen. [-]"""
    moves = session.year.moves(span)
    return min(session.effort.candidates, max(LEAST_SCREENED, int(session.effort.screen_moves / moves) - 1))


def _confirm(session: Session, best: Sequence[Changes], span: Span) -> Results:
    """The best alone and in pairs, on fresh random numbers."""
    pairs = [(*first, *second) for first, second in combinations(best[:PAIRED], 2) if _together(first, second)]
    trials = [Trial(), *(Trial(changes) for changes in (*best, *pairs))]
    each = session.year.moves(span) * (len(trials) + session.effort.steps)
    count = min(max(LEAST_FRESH, int(session.effort.confirm_moves / each)), MOST_FRESH)
    return try_all(session, trials, span, first=FRESH, count=count, what="the best changes on fresh runs")


def _together(first: Changes, second: Changes) -> bool:
    """Whether two changes touch different values."""
    return not set(patch_of(*first)) & set(patch_of(*second))


def _gains(session: Session, results: Results) -> dict[Changes, list[float]]:
    """What each set of changes gives against the plant as it is, run by run. [units/year]"""
    base = session.units_per_year.mean or 0.0
    return {changes: gains(session.year, results[()], runs, base=base) for changes, runs in results.items() if changes}


def _staircase(
    session: Session, fresh: Results, alone: Mapping[Changes, Estimate], span: Span, how_sure: _Certainty
) -> list[Stair]:
    """Fix the best, look again what holds back, fix that, and so on while it can be told apart from nothing."""
    base = session.units_per_year
    found = {changes: more for changes, more in alone.items() if worth(more)}
    if not found:
        return []
    done = max(found, key=lambda changes: found[changes].mean or 0.0)
    stairs = [how_sure.stair(done[-1], added(base, found[done]), found[done])]
    runs: list[Run] = fresh[done]
    while len(stairs) < session.effort.steps:
        made = stairs[-1].units_per_year.mean or 0.0
        step = climb(session, (done, runs), span, made=made)
        if step is None:
            break
        done, runs, values = step
        more = how_sure.spread.estimate(values, how_sure.level)
        if not worth(more):
            break
        total = gains(session.year, fresh[()], runs, base=base.mean or 0.0)
        level = added(base, how_sure.spread.estimate(total, how_sure.level))
        stairs.append(how_sure.stair(done[-1], level, more))
    return stairs
