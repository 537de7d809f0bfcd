"""What runs where and when, by whom, and why there?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from plantwright.compile.schedule.before import after
from plantwright.compile.schedule.names import Lowered
from plantwright.errors import Finding, RunError
from plantwright.io.orders import with_orders
from plantwright.model.plant import Plant
from plantwright.results import ScheduleAnswer
from plantwright.study.asked import AskedOfAYear, question
from plantwright.study.progress import Progress
from plantwright.study.provenance import Stopwatch
from plantwright.study.schedule.answered import Wanted, answered
from plantwright.study.schedule.events import Events
from plantwright.study.schedule.lasting import lowered_to_the_end
from plantwright.study.schedule.ordered import orders_of
from plantwright.study.schedule.previous import Previous, instant, previous
from plantwright.study.schedule.search import Search
from plantwright.study.session import accept

STEADY_H = 1.0
"""Weighted hours of the first goal that each bar is worth that stays where it was. [h]"""


@dataclass(frozen=True, kw_only=True)
class AskedOfSchedule(AskedOfAYear):
    """What ``schedule`` can be told.

    Attributes
    ----------
    seconds
        Search for so long by the clock, in place of the work of the effort: the answer then differs from machine to
        machine. [s]
    orders
        CSV file of orders, in place of those of the document.
    after
        The schedule before, an answer or the JSON of one: what has begun stays, and little else moves.
    now
        Moment of the event; that of the first breakdown, or the start of the schedule, when left out.
    down
        Breakdowns: "press from 2027-02-02 10:00 to 2027-02-02 16:00", or of one machine "press/2 from ...".
    rush
        Orders that have become urgent.
    missing
        Items that are not there: "bolt until 2027-02-03 06:00".
    steady
        Hours of the first goal that each operation is worth that stays where it was; 0: any may move. [h]
    rescues
        Late orders of which is told what would save them. [-]
    replay
        Runs in the simulator: the chance that each order is in time, the range of each bar, and whether another
        schedule is better when times vary; none when 0. [-]
    """

    seconds: float | None = None
    orders: str | Path | None = None
    after: ScheduleAnswer | str | Path | None = None
    now: str | None = None
    down: Sequence[str] = ()
    rush: Sequence[str] = ()
    missing: Sequence[str] = ()
    steady: float = STEADY_H
    rescues: int = 2
    replay: int = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.seconds is not None and self.seconds <= 0:
            raise RunError(Finding("E415", f"{self.seconds:g} s is no time to search", "Ask for more than 0."))
        for name, asked in (("steady", self.steady), ("rescues", self.rescues), ("replay", self.replay)):
            if asked < 0:
                raise RunError(Finding("E415", f"{name} is {asked:g}, less than nothing", "Ask for 0 or more."))

    @property
    def events(self) -> Events:
        """What has happened."""
        return Events(self.down, self.rush, self.missing)


def has_data(plant: Plant) -> bool:
    """Whether the document says what is scheduled."""
    return plant.scheduling is not None


def briefly(plant: Plant, asked: AskedOfAYear) -> ScheduleAnswer:
    """The answer as part of ``run``: a short search, and no late order is saved."""
    return schedule(plant, effort="quick", rescues=0, workers=asked.workers, progress=asked.progress, seed=asked.seed)


@question(AskedOfSchedule)
def schedule(plant: Plant, asked: AskedOfSchedule) -> ScheduleAnswer:
    """Schedule orders on the plant's own stations, crews and calendars, and tell why each bar stands where it stands.

    Parameters
    ----------
    plant
        A sound plant.

    Raises
    ------
    RunError
        There is nothing to schedule, or an order can never run.
    DocumentError
        Orders or the schedule before cannot be read.
    """
    unused = accept(plant, strict=asked.strict, question="schedule")
    watch = Stopwatch()
    written = plant if asked.orders is None else with_orders(plant, asked.orders)
    orders, said = orders_of(written)
    changed, orders = asked.events.applied(written, orders)
    lowered = lowered_to_the_end(changed, orders)
    if asked.now is not None and asked.after is None:
        what = "an event has a moment (now), and there is no schedule before it"
        raise RunError(Finding("E573", what, "Name the schedule before: after."))
    before = previous(asked.after, lowered.clock)
    if before:
        lowered = _after(lowered, before, asked)
    wanted = Wanted(
        plant=plant,
        effort=asked.budget.name,
        rescues=asked.rescues,
        replay=asked.replay,
        before=before,
        notes=(*said, *_clocked(asked)),
        unused=unused,
    )
    return answered(lowered, wanted, _search(asked), watch if asked.timing else None)


def _search(asked: AskedOfSchedule) -> Search:
    progress: Progress | None = asked.progress
    return Search(asked.budget.name, asked.seconds, asked.seed, asked.workers, progress)


def _after(lowered: Lowered, before: Previous, asked: AskedOfSchedule) -> Lowered:
    """The problem with what stood before as its reference."""
    down = asked.events.first(lowered.plant)
    now = instant(asked.now, lowered.clock) if asked.now else 0 if down is None else lowered.clock.tick(down)
    frozen = now + round(lowered.scheduling.frozen.base)
    return after(lowered, before, now=max(0, now), frozen=frozen, moved=asked.steady * 3600.0)


def _clocked(asked: AskedOfSchedule) -> tuple[str, ...]:
    if asked.seconds is None:
        return ()
    return (f"It was sought for {asked.seconds:g} s by the clock: on another machine the schedule may be another.",)
