"""What happens in the plant as written: every queue, wait and state."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from plantwright.compile import lower
from plantwright.errors import Finding, RunError
from plantwright.model.plant import Plant
from plantwright.model.state import State
from plantwright.results import SimulateAnswer
from plantwright.study import batches, precision, replicate as study
from plantwright.study.asked import Asked, question
from plantwright.study.carriage import carriers_of, conveyors_of, tools_of
from plantwright.study.checkpoints import Checkpoints
from plantwright.study.effort import MILLION
from plantwright.study.figures import crews_of, items_of, stations_of
from plantwright.study.history import periods, width
from plantwright.study.present import FUTURES, Leaving, present
from plantwright.study.provenance import provenance
from plantwright.study.replicate import DAY, Crowd, Lowered, Span
from plantwright.study.rough import part_moves, rough_cut
from plantwright.study.session import accept
from plantwright.study.shortages import shortages_of
from plantwright.study.spending import spending_of
from plantwright.study.trace import keep, listened, traced
from plantwright.study.wanted import wanted
from plantwright.study.words import starved
from plantwright.study.year import WEEK
from plantwright.units import TICKS_PER_SECOND, Quantity, UnitError, ticks

USUAL_MOVES = 2 * MILLION
"""Part moves of a replication where nobody says how long it shall be. [-]"""
USUAL_WARMUP = 0.1
"""Share of it that is left out at the start. [-]"""
LONGEST = 52 * WEEK


@dataclass(frozen=True, kw_only=True)
class AskedOfRuns(Asked):
    """What ``simulate`` can be told.

    Attributes
    ----------
    until
        Length of each run, from the plant's first day on: a text such as "100000 s", or seconds. About two million part
        moves when left out, at most a year. [s]
    warmup
        Start that is left out; a tenth of the run when left out, 0 for a terminating run. [s]
    replications
        Independent runs. [-], >= 1. Of a single one the intervals come from batches into which it is cut, unless it
        has no warm-up, is kept in checkpoints, or shall be told period by period.
    within
        Go on until the throughput and the mean flow time of every item are known to this share of themselves; at least
        20 replications, at most 1,000. [-], > 0
    confidence
        Of each interval. [-], 0 < confidence < 1
    every
        ``hour``, ``day``, ``week`` or ``month``: what happened in each, mean over the runs.
    checkpoints
        A folder in which every run is kept while it runs, once a minute and when it is interrupted. Asked again with
        the same folder, runs go on from there, and the answer is the same as if they had never been cut.
    trace
        File for everything that happens in the first run, from its first moment on: Parquet, OCEL 2.0 or XES by the
        ending of its name (``read_trace`` reads it back). It is written whole or not at all.
    state
        What runs begin from: a `State`, or its file; empty when left out. Then ``until`` and ``warmup`` count from its
        moment, and nothing is left out unless a warm-up is asked for.
    save_state
        File for the state in which the first run ends: in names, to be edited and begun from.
    """

    until: str | float | None = None
    warmup: str | float | None = None
    replications: int = 10
    within: float | None = None
    confidence: float = 0.95
    every: str | None = None
    checkpoints: str | Path | None = None
    trace: str | Path | None = None
    state: State | str | Path | None = None
    save_state: str | Path | None = None


@question(AskedOfRuns)
def simulate(plant: Plant, asked: AskedOfRuns) -> SimulateAnswer:
    """Run the plant as written and tell every queue, wait and state with its interval.

    Parameters
    ----------
    plant
        A sound plant.

    Raises
    ------
    RunError
        It cannot be run as asked.
    DocumentError
        The state that runs shall begin from does not fit the plant.
    """
    unused = accept(plant, strict=asked.strict)
    confidence, seed = asked.confidence, asked.seed
    _refuse(asked.replications, asked.within, confidence)
    rule = precision.rule(asked.replications, asked.within, confidence)
    state, said = present(plant, asked.state)
    start = 0 if state is None else state.ticks_after(plant.from_)
    span = _span(plant, asked.until, asked.warmup, state=state)
    if asked.every is not None:
        span = replace(span, bin=width(asked.every))
    problem = lower(plant, mode="as-written", until_s=span.until / TICKS_PER_SECOND, state=state)
    first = 0 if state is None else FUTURES
    lowered = Lowered(plant, problem)
    keeper = None if asked.checkpoints is None else Checkpoints(asked.checkpoints, plant, state)
    is_cut = rule["most"] == 1 and span.warmup > start and keeper is None and asked.every is None
    leaving = Leaving(plant, asked.save_state)
    with (
        traced(asked.trace, lowered, seed=seed, first=first, state=state) as file,
        Crowd(asked.workers, asked.progress, keeper) as crowd,
    ):
        history = asked.every is not None
        jobs = listened(study.replications(lowered, span, seed=seed, first=first, history=history), file)
        jobs = leaving.of_first(jobs)
        if is_cut:
            runs = crowd.in_batches(batches.whole(next(iter(jobs))), batches.ends(span), "batches")
        else:
            runs = study.replicate(crowd, jobs, what="replications", **rule)
        untold = [*keep(file, runs, crowd.progress, first=first), *leaving.told()]
        execution = crowd.execution(asked.timing)
    notes = [*said, *problem.notes, *(note for run in runs for note in run.notes), *untold]
    notes += batches.told(span, runs) if is_cut else []
    notes += precision.told(runs, confidence, asked.within)
    if crowd.interrupted:
        wanted_runs = f"{batches.BATCHES} batches" if is_cut else f"{rule['least']} runs"
        notes.append(f"It was interrupted: {len(runs)} of {wanted_runs} were finished.")
    stations = stations_of(plant, runs, confidence)
    return SimulateAnswer(
        plant=plant.name,
        kind="cyclic" if span.warmup > start else "terminating",
        warmup_s=(span.warmup - start) / TICKS_PER_SECOND,
        elapsed_s=span.measured / TICKS_PER_SECOND,
        confidence=confidence,
        items=items_of(plant, runs, confidence),
        stations=stations,
        crews=crews_of(plant, runs, confidence),
        batches=len(runs) if is_cut else 0,
        series=() if asked.every is None else periods(plant, runs, span, asked.every),
        currency=plant.money.base,
        spending=spending_of(runs, confidence),
        tools=tools_of(plant, runs, confidence),
        carriers=carriers_of(plant, runs, confidence),
        conveyors=conveyors_of(plant, runs, confidence),
        short_of=shortages_of(plant, runs, confidence),
        part_moves=sum(run.part_moves for run in runs),
        not_used=unused,
        notes=tuple(dict.fromkeys([*notes, *starved(stations)])),
        provenance=provenance(plant, seed=seed, state=state),
        execution=execution,
    )


def _refuse(replications: int, within: float | None, confidence: float) -> None:
    if replications < 1:
        raise RunError(Finding("E415", f"{replications} replications are none", "Ask for at least one."))
    if within is not None and not within > 0:
        raise RunError(Finding("E415", f"nothing is known to within {within}", "Ask for 1 %, written 0.01 or 1."))
    if not 0 < confidence < 1:
        raise RunError(Finding("E415", f"a confidence of {confidence} is none", "Ask for 95 %, written 0.95 or 95."))


def _span(plant: Plant, until: str | float | None, warmup: str | float | None, *, state: State | None) -> Span:
    """From when to when runs count, on the plant's clock; asked for from their begin on."""
    length = _ticks("until", until) if until is not None else _usual(plant)
    usual = int(length * USUAL_WARMUP) if state is None else 0
    left_out = _ticks("warmup", warmup) if warmup is not None else usual
    if not 0 <= left_out < length:
        message = f"the run ends at {length / TICKS_PER_SECOND:g} s, before the warm-up does"
        raise RunError(Finding("E415", message, "Give a later end or a shorter warm-up."))
    begin = 0 if state is None else state.ticks_after(plant.from_)
    return Span(begin + length, begin + left_out, min(DAY, max(TICKS_PER_SECOND, (length - left_out) // 10)))


def _ticks(name: str, written: str | float) -> int:
    """A time as people or programs write it. [ticks]"""
    try:
        return ticks(Quantity.parse(written) if isinstance(written, str) else Quantity(float(written), "s"))
    except UnitError as error:
        raise RunError(Finding("E415", f"{name}: {error}", 'Write a time such as "100000 s" or "13 weeks".')) from None


def _usual(plant: Plant) -> int:
    """A run of about two million part moves, whole days of it where it is that long. [ticks]"""
    asked = wanted(plant)
    moves = part_moves(plant, asked.units(rough_cut(plant, asked).units_per_year)) / LONGEST
    end = min(LONGEST, int(USUAL_MOVES / max(moves, 1e-12)))
    return end // DAY * DAY or max(TICKS_PER_SECOND, end)
