"""What a schedule comes to: its goals, the rules beside it, the verdict, key numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from plantwright.compile.schedule.goals import goals_of
from plantwright.model.scheduling import Scheduling
from plantwright.problems.schedule import NONE, Goal, Schedule
from plantwright.results.schedule import ScheduleGoal, ScheduleRule
from plantwright.results.wording import number
from plantwright.study.schedule.made import Made
from plantwright.study.schedule.tables import HOUR
from plantwright.study.schedule.words import moment
from plantwright.units import show_duration

WORDS = {
    "makespan": "end of the last bar",
    "tardiness": "tardiness",
    "late": "late orders",
    "flow": "flow time",
    "setups": "setup time",
    "earliness": "earliness",
    "moved": "bars moved",
}
UNITS = {"makespan": "h", "tardiness": "weighted h", "late": "weight", "flow": "weighted h", "setups": "h"}
UNITS |= {"earliness": "weighted h", "moved": "bars"}
IN_TIME = ("makespan", "tardiness", "flow", "setups", "earliness")


def scales(scheduling: Scheduling, goals: tuple[Goal, ...]) -> tuple[float, ...]:
    """What a value of each level in ticks is divided by, to be in the unit that is told. [tick/unit]"""
    found = []
    for goal in goals:
        weights = [weight for weight in goal.weights if weight > 0]
        least = float(min(weights, default=1)) if len(goal.measures) == 1 else _whole(scheduling, goal)
        timed = any(measure in IN_TIME for measure in goal.measures)
        found.append(least * (HOUR if timed else 1.0))
    return tuple(found)


def _whole(scheduling: Scheduling, goal: Goal) -> float:
    """By how much the written weights of a level were multiplied to be whole. [-]"""
    for level, made in zip(scheduling.goals, goals_of(scheduling), strict=True):
        if isinstance(level, dict) and goal.measures[: len(made.measures)] == made.measures:
            return sum(made.weights) / sum(level.values())
    return 1.0


def goals(made: Made) -> tuple[ScheduleGoal, ...]:
    """Every level: value, bound and gap."""
    problem, schedule = made.lowered.problem, made.schedule
    found = []
    for place, (goal, scale) in enumerate(
        zip(problem.goals, scales(made.lowered.scheduling, problem.goals), strict=True)
    ):
        value = schedule.values[place] / scale
        bound = schedule.bounds[place] / scale if place < len(schedule.bounds) and schedule.bounds[place] >= 0 else None
        found.append(
            ScheduleGoal(
                goal=" + ".join(WORDS[measure] for measure in goal.measures),
                unit=UNITS[goal.measures[0]] if len(goal.measures) == 1 else "weighted h",
                value=value,
                bound=bound,
                gap=(value - bound) / bound if bound else (0.0 if bound == value else None),
            )
        )
    return tuple(found)


def rules(made: Made, by_rule: Mapping[str, Schedule]) -> tuple[ScheduleRule, ...]:
    """What each rule comes to, the best first."""
    scale = scales(made.lowered.scheduling, made.lowered.problem.goals)
    own = made.schedule.values
    found = []
    for rule, schedule in by_rule.items():
        level = next((n for n, (a, b) in enumerate(zip(own, schedule.values, strict=True)) if a != b), None)
        worse = None
        if level is None:
            worse = 0.0
        elif own[level]:
            worse = (schedule.values[level] - own[level]) / own[level]
        told = tuple(value / each for value, each in zip(schedule.values, scale, strict=True))
        found.append((schedule.values, ScheduleRule(rule, told, worse, told[0])))
    return tuple(row for _, row in sorted(found, key=lambda pair: (pair[0], pair[1].rule)))


def verdict(made: Made, unkept: str) -> str:
    """The schedule in a sentence, or what cannot be kept."""
    if unkept:
        return f"Not every deadline and longest wait is kept: {unkept}"
    count, late = len(made.lots_of), made.late
    total = sum(made.tardiness(order) for order in late)
    ends = f"the last bar ends {moment(made, made.length)}"
    if not late:
        return f"{_counted(len(made.bars), 'operation')}: {_kept(made)}, {ends}"
    worst = max(late, key=lambda order: (made.tardiness(order), order))
    begun = f"{_counted(len(made.bars), 'operation')}: {len(late)} of {_counted(count, 'order')}"
    if len(late) == 1:
        return f"{begun} is late, {worst} by {show_duration(total)}; {ends}"
    most = f"{worst} most with {show_duration(made.tardiness(worst))}"
    return f"{begun} are late, by {show_duration(total)} in all, {most}; {ends}"


def _kept(made: Made) -> str:
    """Which due dates are kept, where all are."""
    count = len(made.lots_of)
    dated = sum(made.due(order) is not None for order in made.lots_of)
    if dated == count:
        return f"all {count} orders are in time" if count > 1 else "the order is in time"
    dates = {0: "none with a due date", 1: "the due date kept"}.get(dated, f"all {dated} due dates kept")
    return f"{_counted(count, 'order')}, {dates}"


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def facts(
    made: Made, told: tuple[ScheduleGoal, ...], ruled: tuple[ScheduleRule, ...]
) -> Iterator[tuple[str, str, str]]:
    """Key numbers: what, how much, remark."""
    yield "Orders late", f"{len(made.late)}", f"of {len(made.lots_of)}"
    for row in told:
        remark = "proven: none is better" if made.schedule.proven else ""
        if not remark and row.bound is not None:
            remark = f"none is below {number(row.bound)}"
        yield row.goal.capitalize(), f"{number(row.value)} {row.unit}", remark
    yield from _steadied(made, told[0])
    if ruled:
        yield f"Best dispatching rule, {ruled[0].rule}", f"{number(ruled[0].first)} {told[0].unit}", "on the first goal"
    yield "Operations", f"{len(made.bars):,}", f"on {len(made.lowered.equipment)} machines"


def _steadied(made: Made, first: ScheduleGoal) -> Iterator[tuple[str, str, str]]:
    """The parts of a first goal in which bars that move are counted beside hours."""
    goal, scale = made.lowered.problem.goals[0], scales(made.lowered.scheduling, made.lowered.problem.goals)[0]
    if len(goal.measures) == 1 or goal.measures[-1] != "moved":
        return
    bars = moved(made)
    counted = bars * goal.weights[-1] / scale
    rest = " + ".join(WORDS[measure] for measure in goal.measures[:-1])
    yield f"  of which {rest}", f"{number(first.value - counted)} {first.unit}", ""
    yield "  of which bars moved", f"{number(counted)} {first.unit}", f"for {_counted(bars, 'bar')}"


def moved(made: Made) -> int:
    """Bars that stand elsewhere than in the schedule before: on another machine or at another time."""
    operations, machine = made.lowered.problem.operations, np.append(made.lowered.problem.modes.machine, NONE)
    was_mode, was_start, mode = operations.reference_mode, operations.reference_start, made.schedule.mode
    elsewhere = (was_mode != NONE) & ((mode == NONE) | (machine[was_mode] != machine[mode]))
    return int((elsewhere | ((was_start != NONE) & (was_start != made.schedule.start))).sum())
