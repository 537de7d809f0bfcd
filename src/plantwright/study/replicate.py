"""Replications of one plant or of many, on threads, so that the number of workers changes nothing.

Every job is fixed before any of them starts and results are taken in the order of the jobs. Whether more replications
are needed is decided between batches of a fixed size. Ctrl-C keeps what is finished.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import asdict, dataclass, replace
from itertools import islice
from time import thread_time
from typing import TYPE_CHECKING, Any, NamedTuple

from plantwright.arrays import World
from plantwright.compile import lift
from plantwright.compile.problem import Problem
from plantwright.errors import Finding, Place, RunError
from plantwright.model.plant import Plant
from plantwright.results import Estimate, Execution, Run
from plantwright.study.checkpoints import Checkpoints
from plantwright.study.locked import in_words
from plantwright.study.progress import Progress, Silent
from plantwright.study.provenance import Stopwatch
from plantwright.units import TICKS_PER_SECOND, show_duration

if TYPE_CHECKING:
    from plantwright.engine.replication import Deadlock, Endless, Replication

BATCH = 4
"""Replications that are decided together: a multiple of usual numbers of workers, and enough for a first interval."""
DAY = 86_400 * TICKS_PER_SECOND
"""[ticks]"""

_FORGOTTEN: dict[str, Any] = {name: {} for name in ("delivered", "ordered", "stock", "backlog", "wip_by_shop", "queue")}


class Lowered(NamedTuple):
    """A plant and its arrays."""

    plant: Plant
    problem: Problem


@dataclass(frozen=True, slots=True)
class Span:
    """How long a replication runs, and from when it counts.

    Attributes
    ----------
    until, warmup, bin : int
        End, start of what counts, and length of one entry of the history. [ticks]
    """

    until: int
    warmup: int = 0
    bin: int = DAY

    @property
    def measured(self) -> int:
        """What counts. [ticks]"""
        return self.until - self.warmup


class Job(NamedTuple):
    """One replication: how to get its arrays, its span, its random numbers, and whether all of its history is kept.

    Without the history of stocks, queues and deliveries a year of a large plant is a tenth of its size.
    """

    lowered: Callable[[], Lowered]
    span: Span
    seed: int
    replication: int
    history: bool = False
    past: Replication | None = None
    """What it goes on from, with random numbers of its own; from the first instant when left out."""
    log: Callable[[Any], None] | None = None
    """Who is told everything that happens, from the first instant on (``engine.replication``)."""
    leaves: Callable[[Problem, World], None] | None = None
    """Who is shown the world in which it ends."""


class Crowd:
    """The workers of one answer. Use as a context; afterwards ``interrupted`` says whether somebody pressed Ctrl-C.

    Parameters
    ----------
    workers
        Threads; as many as there are processors when left out.
    progress
        Who wants to know.
    checkpoints
        Where every replication is kept while it runs, so that one that was cut goes on from there.
    """

    def __init__(
        self, workers: int | None = None, progress: Progress | None = None, checkpoints: Checkpoints | None = None
    ) -> None:
        self.workers = workers or os.cpu_count() or 1
        self.checkpoints = checkpoints
        self.progress: Progress = progress or Silent()
        self.watch = Stopwatch()
        self.interrupted = False
        self._stop = threading.Event()
        self._pool = ThreadPoolExecutor(self.workers, thread_name_prefix="plantwright")
        self._lock = threading.Lock()

    def __enter__(self) -> Crowd:
        from plantwright.engine import run

        self.progress.begin("compiling the engine, once per machine", 1.0)
        self.watch.compile_s = run.warm()
        self.progress.end()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def run(self, jobs: Sequence[Job], what: str) -> list[Run | None]:
        """Run all jobs; results in their order, None for what an interruption left unfinished."""
        if self.interrupted:
            return [None] * len(jobs)
        self.progress.begin(what, float(len(jobs)))
        futures = [self._pool.submit(self._one, job) for job in jobs]
        try:
            return [future.result() for future in futures]
        except KeyboardInterrupt:
            self.interrupted = True
            self._stop.set()
            return [_finished(future) for future in futures]
        except BaseException:
            self._stop.set()
            raise
        finally:
            self.progress.end()

    def execution(self, timing: bool) -> Execution | None:
        """On which machine and how fast, where somebody wants to know."""
        return self.watch.execution(self.workers) if timing else None

    def in_batches(self, job: Job, ends: Sequence[int], what: str) -> list[Run]:
        """One replication cut at these times [ticks]: what it saw up to each, as if that had been a run of its own."""
        found: list[Run] = []
        self.progress.begin(what, 1.0)
        future = self._pool.submit(self._cut, job, ends, found)
        try:
            future.result()
        except KeyboardInterrupt:
            self.interrupted = True
            self._stop.set()
            wait([future])
        finally:
            self.progress.end()
        if not found:
            raise RunError(Finding("E412", "stopped before the first batch was complete", "Let it run longer."))
        return found

    def _cut(self, job: Job, ends: Sequence[int], found: list[Run]) -> None:
        """Append what a replication sees up to each end to what is found."""
        plant, problem = job.lowered()
        began = thread_time()
        replication = self._at_rest(job, problem)
        if not self._go(replication, job, problem, to=job.span.warmup):
            return
        for end in ends:
            if not self._go(replication, job, problem, to=end):
                return
            run = lift(plant, problem, replication.so_far())
            found.append(run)
            with self._lock:
                self.watch.part_moves += run.part_moves
            replication.count_anew()
        if job.leaves is not None:
            job.leaves(problem, replication.world)
        self.watch.run_s += thread_time() - began

    def _one(self, job: Job) -> Run | None:
        plant, problem = job.lowered()
        if self._stop.is_set():
            return None
        began = thread_time()
        replication = self._at_rest(job, problem)
        if not self._go(replication, job, problem):
            return None
        if job.leaves is not None:
            job.leaves(problem, replication.world)
        outcome = replication.outcome()
        spent = thread_time() - began
        found = lift(plant, problem, outcome)
        if not job.history:
            found = replace(found, series=replace(found.series, **_FORGOTTEN))
        with self._lock:
            self.watch.run_s += spent
            self.watch.part_moves += round(found.part_moves * job.span.until / max(1, job.span.measured))
        return found

    def _go(self, replication: Replication, job: Job, problem: Problem, to: int | None = None) -> bool:
        """Advance a replication to a time, or to its end, telling how far it is: False where it was stopped."""
        from plantwright.engine.replication import Deadlock, Endless
        from plantwright.engine.run import Stopped

        shown = 0.0 if to is None else replication.now / job.span.until

        def look() -> None:
            nonlocal shown
            done = replication.now / job.span.until
            self.progress.advance(done - shown)
            shown = done
            if self.checkpoints is not None:
                self.checkpoints.keep(replication, at_once=self._stop.is_set())
            if self._stop.is_set() and not replication.is_over:
                raise Stopped

        try:
            replication.advance(to, on_step=look)
        except Stopped:
            return False
        except Endless as endless:
            raise _standing_still(problem, endless) from None
        except Deadlock as deadlock:
            raise _deadlocked(problem, deadlock) from None
        return True

    def _at_rest(self, job: Job, problem: Problem) -> Replication:
        """The replication of a job before its first step: kept earlier, forked from a common past, or new."""
        from plantwright.engine.replication import begun

        if job.past is not None:
            return job.past.fork(job.replication)
        span = asdict(job.span)
        if self.checkpoints is not None and job.log is None:  # a trace begins with the first instant
            kept = self.checkpoints.find(problem.world, job.replication, seed=job.seed, span=span)
            if kept is not None:
                return kept
        return begun(problem.world, seed=job.seed, replication=job.replication, **span, log=job.log)


def _standing_still(problem: Problem, endless: Endless) -> RunError:
    """What keeps a run at one instant for ever, in names."""
    names = [problem.names.stations[station] for station in endless.stations[:3]]
    where = f"{' and '.join(names)} passes pieces on" if names else "something happens again and again"
    after = show_duration(endless.time / TICKS_PER_SECOND)
    message = f"time stands still after {after}: {where} without end, in no time at all"
    return RunError(Finding("E418", message, "Give one of the operations there a time above 0."))


def _deadlocked(problem: Problem, deadlock: Deadlock) -> RunError:
    """Who waits for whom, and what would help, in names."""
    after = show_duration(deadlock.time / TICKS_PER_SECOND)
    told = in_words(problem.names.stations, deadlock.waits)
    return RunError(Finding("E419", f"deadlock after {after}: {told.message}", told.remedy, Place(told.place)))


def _finished(future: Future[Run | None]) -> Run | None:
    """What a job has found so far; None where it was stopped, cancelled or failed."""
    future.cancel()
    if future.cancelled():
        return None
    try:
        return future.result()
    except Exception:  # an error that came with the interruption is not the answer to it
        return None


def complete(runs: Iterable[Run | None]) -> list[Run]:
    """The replications that came to their end."""
    return [run for run in runs if run is not None]


def futures(lowered: Lowered, past: Replication, *, first: int = 0) -> Iterable[Job]:
    """Replications that go on from a common past, each with random numbers of its own, without end.

    The past is forked, never changed: a warm-up that many runs share is run once. The future that bears the past's own
    number is what would have come of it.
    """
    span = Span(past.until, past.warmup, past.bin)
    seed = int(past.world.clock.seed[0])
    number = first
    while True:
        yield Job(lambda: lowered, span, seed, number, past=past)
        number += 1


def replications(lowered: Lowered, span: Span, *, seed: int, first: int = 0, history: bool = False) -> Iterable[Job]:
    """Replications of one plant, numbered from ``first``, without end."""
    number = first
    while True:
        yield Job(lambda: lowered, span, seed, number, history)
        number += 1


def replicate(
    crowd: Crowd,
    jobs: Iterable[Job],
    *,
    what: str,
    least: int,
    most: int,
    enough: Callable[[Sequence[Run]], bool] = lambda runs: False,
) -> list[Run]:
    """Replications in fixed batches until they are enough, or the most that is allowed.

    Parameters
    ----------
    crowd
        Who works.
    jobs
        Replications in order; at most ``most`` of them are taken.
    what
        Name of the stage, for the progress bar.
    least, most
        Replications at least and at most. [-]
    enough
        Asked after each batch.

    Raises
    ------
    RunError
        It was interrupted before the first replication was complete.
    """
    source = iter(jobs)
    found: list[Run] = []
    asked = 0
    while asked < most and not crowd.interrupted:
        size = min(max(least - asked, 0) or BATCH, most - asked)
        batch = list(islice(source, size))
        asked += len(batch)
        found += complete(crowd.run(batch, what))
        if not batch or (asked >= least and enough(found)):
            break
    if not found:
        raise RunError(Finding("E412", "stopped before the first run was complete", "Let it run longer."))
    return found


def narrow(estimate: Estimate, relative: float) -> bool:
    """Whether the half-width is at most this share of the mean."""
    if estimate.mean is None or estimate.half_width is None:
        return False
    return estimate.half_width <= relative * abs(estimate.mean)
