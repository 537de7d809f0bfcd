"""A lowered schedule sought, checked, explained and told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from plantwright.compile.schedule.names import Lowered
from plantwright.errors import Finding, RunError
from plantwright.model.plant import Plant
from plantwright.optimise.schedule.check import Fault, faults
from plantwright.optimise.schedule.start import by_rules
from plantwright.problems.schedule import Schedule
from plantwright.results.schedule import ScheduleAnswer
from plantwright.study.provenance import Stopwatch, provenance
from plantwright.study.schedule import tables, verdict
from plantwright.study.schedule.conflicts import Unkept, unkept
from plantwright.study.schedule.made import Made
from plantwright.study.schedule.previous import Previous, moves
from plantwright.study.schedule.replayed import replayed
from plantwright.study.schedule.rescues import rescues
from plantwright.study.schedule.search import Search


@dataclass(frozen=True)
class Wanted:
    """What is asked of a schedule beside the schedule.

    Attributes
    ----------
    plant
        The document.
    effort
        The level of it, for provenance.
    rescues
        Late orders of which is told what would save them. [-]
    before
        Where bars stood before.
    notes, unused
        What the reader should know, and what nothing uses.
    replay
        Runs in the simulator. [-]
    """

    plant: Plant
    effort: str
    rescues: int = 0
    before: Previous = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    replay: int = 0


def answered(lowered: Lowered, wanted: Wanted, search: Search, watch: Stopwatch | None) -> ScheduleAnswer:
    """Seek, check and explain a schedule.

    Raises
    ------
    RunError
        The independent check found a fault of the program.
    """
    made = Made(lowered, search.best(lowered))
    checked(lowered, made.schedule)
    ruled = verdict.rules(made, {str(rule): each for rule, each in by_rules(lowered.problem).items()})
    told = verdict.goals(made)
    broken = Unkept((), "") if made.schedule.complete else unkept(made, search.seed)
    answer = ScheduleAnswer(
        plant=lowered.plant.name,
        verdict=verdict.verdict(made, broken.verdict),
        start=lowered.clock.told(0),
        end=lowered.clock.told(made.length),
        time_zone=lowered.clock.zone,
        goals=told,
        orders=tables.orders(made),
        bars=tables.bars(made),
        chains=tables.chains(made),
        rescues=rescues(made, search, wanted.rescues),
        stations=tables.stations(made),
        machines=tables.machines(made),
        rules=ruled,
        pegs=tables.pegs(made),
        moved=moves(made, wanted.before),
        conflicts=broken.rows,
        proven=made.schedule.proven,
        complete=made.schedule.complete,
        checked=True,
        history=tuple(_history(made)),
        currency=lowered.plant.money.base,
        not_used=wanted.unused,
        notes=(*wanted.notes, *lowered.notes),
        provenance=provenance(wanted.plant, seed=search.seed, effort=wanted.effort),
        execution=None if watch is None else watch.execution(search.workers or 1),
        facts=tuple(verdict.facts(made, told, ruled)),
    )
    return replayed(answer, made, search, wanted.replay) if wanted.replay else answer


def checked(lowered: Lowered, schedule: Schedule) -> tuple[Fault, ...]:
    """What an incomplete schedule breaks; of a complete one there is nothing.

    Raises
    ------
    RunError
        The schedule has another fault: that is one of the program.
    """
    found = faults(lowered.problem, schedule)
    wrong = [fault for fault in found if not fault.leaves_incomplete]
    if wrong:
        told = f"the schedule breaks {len(wrong)} constraints, such as: {wrong[0].what}"
        raise RunError(Finding("E576", told, "Report it: this is a fault of the program."))
    return found


def _history(made: Made) -> Iterator[tuple[float, float]]:
    scale = verdict.scales(made.lowered.scheduling, made.lowered.problem.goals)[0]
    for after, value in made.schedule.history:
        yield after, value / scale
