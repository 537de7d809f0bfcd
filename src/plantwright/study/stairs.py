"""One more step: what helps most once the changes before it are made."""

from __future__ import annotations

from plantwright.results import Run
from plantwright.study.gains import gains
from plantwright.study.ranking import ranked
from plantwright.study.replicate import Span
from plantwright.study.rough import rough_cut
from plantwright.study.session import Session
from plantwright.study.trials import FRESH, Changes, Trial, try_all

NEXT = 4
"""Changes tried on top of what is already fixed, at each step. [-]"""


def climb(
    session: Session, here: tuple[Changes, list[Run]], span: Span, *, made: float
) -> tuple[Changes, list[Run], list[float]] | None:
    """The best change on top of those that are made; None where nothing is left to try.

    Parameters
    ----------
    session
        The plant under study.
    here
        The changes made so far and their fresh runs.
    span
        Of each run.
    made
        Good units a year with them. [units]

    Returns
    -------
    (changes, runs, gains)
        All changes, fresh runs with them, and what the last one adds in each of them. [units/year]
    """
    done, runs = here
    plant = Trial(done).plant(session.plant)
    wanted = session.year.wanted
    order = ranked(plant, runs=runs, rough=rough_cut(plant, wanted), wanted=wanted)[:NEXT]
    trials = [Trial(done), *(Trial((*done, each)) for each in order)]
    seen = try_all(session, trials, span, first=0, count=1, what="what comes next")
    before = seen.pop(done, None)
    if before is None or not seen:
        return None
    more = {changes: gains(session.year, before, found, base=made)[0] for changes, found in seen.items()}
    best = max(more, key=lambda changes: more[changes])
    what = "what comes next, on fresh runs"
    sure = try_all(session, [Trial(best)], span, first=FRESH, count=len(runs), what=what)
    if best not in sure:
        return None
    return best, sure[best], gains(session.year, runs, sure[best], base=made)
