"""Why not every deadline and longest wait can be kept, and what would ease it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plantwright.optimise.schedule.infeasible import Conflict, Relief, conflict, relief
from plantwright.problems.schedule import NEVER, NONE, Limit
from plantwright.results.schedule import ScheduleConflict
from plantwright.study.schedule.made import Made
from plantwright.study.schedule.words import bar_called, moment
from plantwright.units import show_duration

HARD = Limit(work=20_000)
"""How long conflicts are sought and eased. [deterministic milliseconds of the solver]"""


@dataclass(frozen=True, slots=True)
class Unkept:
    """What cannot be kept.

    Attributes
    ----------
    rows
        Requirements that conflict, or those that the schedule breaks where no conflict is proven.
    verdict
        All of it in a sentence.
    """

    rows: tuple[ScheduleConflict, ...]
    verdict: str


def unkept(made: Made, seed: int) -> Unkept:
    """The smallest set of deadlines, waits and fixed bars that cannot hold together, and how deadlines could."""
    problem = made.lowered.problem
    found = conflict(problem, HARD, seed=seed)
    eased = relief(problem, HARD, seed=seed) if (problem.jobs.deadline != NEVER).any() else None
    told = _told(made, eased)
    if found is None or not found.demands:
        rows = tuple(_broken(made))
        return Unkept(
            rows, f"{len(rows)} deadlines or longest waits are broken; whether all can be kept is not known{told}"
        )
    rows = tuple(_row(made, demand, eased) for demand in found.demands)
    return Unkept(rows, f"{_count(rows, found)}{told}")


def _count(rows: tuple[ScheduleConflict, ...], found: Conflict) -> str:
    if len(rows) == 1:
        return f"it cannot be kept whatever else is given up: {rows[0].text}"
    proven = "; without any one of them the others can" if found.is_minimal else ""
    return f"no schedule keeps these {len(rows)} requirements together{proven}: " + ", ".join(row.text for row in rows)


def _told(made: Made, eased: Relief | None) -> str:
    """Deadlines that would do, for the least that is given up."""
    if eased is None or not eased.later:
        return ""
    later = [f"{made.lowered.lots[job].name} {show_duration(ticks)} later" for job, ticks in eased.later]
    return f"; all others are kept with {', '.join(later)}"


def _row(made: Made, demand: tuple[str, int], eased: Relief | None) -> ScheduleConflict:
    """One requirement of the conflict."""
    kind, number = demand
    later = dict(eased.later) if eased is not None else {}
    if kind == "deadline":
        return _deadline(made, number, later.get(number))
    if kind == "most":
        return _wait(made, number)
    begins = moment(made, int(made.lowered.problem.operations.fixed_start[number]))
    text = f"{bar_called(made, number)} stays at {begins}"
    return ScheduleConflict("fixed", text, "Let it move: make the frozen zone shorter.")


def _deadline(made: Made, job: int, later: int | None) -> ScheduleConflict:
    lot = made.lowered.lots[job]
    text = f"{lot.name} is finished by {moment(made, lot.deadline)}"
    remedy = "Take work off its machines, or let it be later."
    if later:
        remedy = f"Let it be {show_duration(later)} later: then all deadlines can be kept."
    return ScheduleConflict("deadline", text, remedy)


def _wait(made: Made, arc: int) -> ScheduleConflict:
    arcs = made.lowered.problem.arcs
    before, after, most = (int(column[arc]) for column in (arcs.before, arcs.after, arcs.most))
    text = f"{bar_called(made, after)} begins within {show_duration(most)} after {bar_called(made, before)}"
    return ScheduleConflict("wait", text, "Let it wait longer (within), or make room on its machine.")


def _broken(made: Made) -> Iterator[ScheduleConflict]:
    """Deadlines and longest waits that the schedule that is shown breaks."""
    for job, bars in enumerate(made.of_lot):
        end = max((int(made.schedule.end[index]) for index in bars), default=0)
        if end > made.lowered.lots[job].deadline:
            yield _deadline(made, job, None)
    arcs = made.lowered.problem.arcs
    for arc, most in enumerate(arcs.most.tolist()):
        before, after = int(arcs.before[arc]), int(arcs.after[arc])
        begun = made.schedule.start if arcs.from_start[arc] else made.schedule.end
        runs = made.schedule.start[before] != NONE and made.schedule.start[after] != NONE
        if most != NONE and runs and int(made.schedule.start[after]) - int(begun[before]) > most:
            yield _wait(made, arc)
