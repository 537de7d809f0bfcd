"""The reference plant with every mechanism switched on: what a year of it takes, beside the plant as written.

Both run as written for their first year in one process, in turn, by the time of their thread; reading, lowering and
lifting are apart. Conservation is checked after every run, and every mechanism has to show itself in the second plant.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from plantwright.compile import Problem, lift, lift_state, lower
from plantwright.engine import run as engine
from plantwright.engine.checkpoint import load as taken_up, save
from plantwright.engine.replication import Replication, begun
from plantwright.io.document import load
from plantwright.io.patch import apply, load_patch
from plantwright.model.plant import Plant
from plantwright.model.worktime import first_year
from plantwright.units import TICKS_PER_SECOND

from .mechanisms import Seen, signs
from .record import ROOT, Row

FOLDER = ROOT / "examples" / "uas-plant"
PATCH = FOLDER / "patches" / "every-mechanism.yaml"
ROUNDS = 5
SEED = 1
DAY = 86_400 * TICKS_PER_SECOND
WEEK_S = 7 * 86_400
STATE_DAY = 73
"""Day whose evening is kept as a state and as a checkpoint: a Wednesday of the season, two shifts at work."""


class Case(NamedTuple):
    """A plant and its arrays for one year."""

    plant: Plant
    problem: Problem

    @property
    def until(self) -> int:
        """The end of its first year. [ticks]"""
        return self.problem.until


def reference() -> Plant:
    """The plant as written."""
    return load(FOLDER)


def every_mechanism() -> Plant:
    """The same plant, patched."""
    return apply(reference(), load_patch(PATCH))


def lowered(plant: Plant) -> Case:
    """A plant made ready for its first year."""
    start, end = first_year(plant)
    return Case(plant, lower(plant, mode="as-written", until_s=(end - start).total_seconds()))


def begin(case: Case, log: Callable[[Any], None] | None = None) -> Replication:
    """Its year at the first instant, with a history by the day."""
    return begun(case.problem.world, seed=SEED, replication=0, until=case.until, bin=DAY, log=log)


def timed(case: Case, log: Callable[[Any], None] | None = None) -> tuple[float, int]:
    """Seconds of the thread for a year, and its part moves. What does not balance raises."""
    began = time.thread_time()
    run = begin(case, log)
    run.advance()
    outcome = run.outcome()
    return time.thread_time() - began, int(outcome.world.clock.moves[0])


def seen(case: Case) -> Seen:
    """A year that is traced, cut in the evening of a day, kept as a checkpoint and gone on with from there."""
    lines = Lines()
    first = begin(case, lines)
    first.advance(to=STATE_DAY * DAY + DAY // 2)
    moves = int(first.world.clock.moves[0])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "year.npz"
        save(first, path, plant_hash="year")
        again = taken_up(path, case.problem.world, plant_hash="year", log=lines)
    again.advance()
    outcome = again.outcome()
    resumed = int(outcome.world.clock.moves[0]) - moves
    run = lift(case.plant, case.problem, outcome)
    return Seen(case.plant, case.problem, outcome.world, run, lines.number, resumed, _begun_from(case, first))


def _begun_from(case: Case, first: Replication) -> int:
    """Parts in process of the state that a run was in, from which another one went on for a week."""
    state = lift_state(case.plant, case.problem, first.world)
    until_s = first.now / TICKS_PER_SECOND + WEEK_S
    problem = lower(case.plant, mode="as-written", until_s=until_s, state=state)
    engine.run(problem.world, seed=SEED, replication=1, until=problem.until, warmup=first.now)
    return sum(part.count for part in state.parts)


class Lines:
    """Counts the lines of a trace and forgets them."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, chunk: Any) -> None:
        self.number += len(chunk)


def measure() -> list[Row]:
    """The rows of this subject."""
    engine.warm()
    before, after = lowered(reference()), lowered(every_mechanism())
    shown = signs(seen(after))
    idle = [f"{name}: {what}" for name, each in shown.items() for what, number in each.items() if not number]
    if idle:
        raise AssertionError(f"not in use: {'; '.join(idle)}")
    missing = signs(seen(before))
    rounds = [(timed(before), timed(after), timed(after, Lines())) for _ in range(ROUNDS)]
    (plain, moves), (every, every_moves), (traced, _) = (min(times) for times in zip(*rounds, strict=True))
    return [
        Row("year_s_reference", plain, "s", {"part_moves": moves}),
        Row("year_s_every_mechanism", every, "s", {"part_moves": every_moves}),
        Row("year_s_every_mechanism_traced", traced, "s", {"lines": int(shown["trace"]["lines of trace"])}),
        Row("part_moves_reference", moves, "-"),
        Row("part_moves_every_mechanism", every_moves, "-"),
        Row("ratio_every_mechanism", every / plain, "-"),
        Row("ratio_every_mechanism_per_part_move", every / every_moves / (plain / moves), "-"),
        Row("ratio_every_mechanism_traced", traced / plain, "-"),
        *(
            Row(f"mechanism_{number}", float(len(each)), "-", {"section": name, "shows": each, "before": missing[name]})
            for number, (name, each) in enumerate(shown.items(), 1)
        ),
    ]
