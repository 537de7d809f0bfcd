"""What replays tell: the chance of each order, the range of each bar, which schedule is best when times vary."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from plantwright.optimise.schedule.start import by_rules
from plantwright.problems.schedule import Schedule
from plantwright.results.estimate import Estimate
from plantwright.results.schedule import ScheduleAnswer, ScheduleReplay, ScheduleReplayedGoal, ScheduleRival
from plantwright.results.wording import number
from plantwright.study.schedule import tables, verdict
from plantwright.study.schedule.contest import Contest, contest
from plantwright.study.schedule.made import Made
from plantwright.study.schedule.replay import Floats, How, Replays, replay
from plantwright.study.schedule.search import Search

RIVALS = 2
"""Dispatching rules that are replayed beside the schedule, the best ones. [-]"""
SLACK = 1.1
"""By how much all times are longer in the schedule with slack. [-]"""
OWN, LOOSE = "this schedule", "with 10 % slack"


def replayed(answer: ScheduleAnswer, made: Made, search: Search, runs: int) -> ScheduleAnswer:
    """The answer with what the simulator makes of the schedule.

    Parameters
    ----------
    answer, made
        The schedule, told and in arrays.
    search
        How schedules are sought.
    runs
        Replications of it and of each of its rivals. [-]
    """
    how = How(runs, seed=search.seed, workers=search.workers, progress=search.progress)
    found = replay(made.lowered, made.schedule, how)
    rivals = contest(made.lowered, _rivals(made, search), how, {OWN: found})
    told = ScheduleReplay(
        runs=runs,
        on_time_share=_share(found),
        goals=tuple(_goals(made, found)),
        rivals=tuple(_told(made, rivals)),
        best=rivals.best,
        gain=None if rivals.gain is None else rivals.gain.mean / _scales(made)[0],
        gain_half_width=None if rivals.gain is None else rivals.gain.half_width / _scales(made)[0],
    )
    orders = tuple(
        replace(row, on_time=found.on_time(row.order), complete=found.complete(row.order)) for row in answer.orders
    )
    place = tables.numbers(made)
    ranges = {place[index]: [_range(each) for each in both] for index, both in found.bars().items()}
    bars = tuple(replace(row, start_range_s=ranges[row.bar][0], end_range_s=ranges[row.bar][1]) for row in answer.bars)
    facts = (*answer.facts, *_facts(told))
    return replace(answer, orders=orders, bars=bars, replay=told, facts=facts)


def _scales(made: Made) -> tuple[float, ...]:
    return verdict.scales(made.lowered.scheduling, made.lowered.problem.goals)


def _range(quantiles: Floats) -> tuple[float | None, float | None, float | None]:
    """P10, P50 and P90 in seconds; None for what does not happen so often."""
    low, middle, high = (each if math.isfinite(each) else None for each in quantiles.tolist())
    return low, middle, high


def _share(found: Replays) -> Estimate:
    """Share of the orders with a due date that are in time."""
    dated = [order for order in found.lots_of if found.on_time(order) is not None]
    if not dated:
        return Estimate(None)
    due = [found.lowered.lots[found.lots_of[order][0]].due for order in dated]
    kept = np.stack([found.order_done(order) <= date for order, date in zip(dated, due, strict=True)], axis=1)
    return found.estimate(kept.mean(axis=1))


def _goals(made: Made, found: Replays) -> Iterator[ScheduleReplayedGoal]:
    """Each level as it was planned, and as it is to be expected."""
    for row, scale, level in zip(verdict.goals(made), _scales(made), found.values().T, strict=True):
        yield ScheduleReplayedGoal(row.goal, row.unit, row.value, found.estimate(level / scale))


def _rivals(made: Made, search: Search) -> dict[str, Schedule]:
    """Schedules of the same orders: this one, one of longer times, those of the best rules."""
    problem = made.lowered.problem
    longer = np.ceil(problem.modes.time * SLACK).astype(np.int64)
    loose = replace(made.lowered, problem=replace(problem, modes=replace(problem.modes, time=longer)))
    ruled = sorted(by_rules(problem).items(), key=lambda pair: (not pair[1].complete, pair[1].values, pair[0]))
    found: dict[str, Schedule] = {
        OWN: made.schedule,
        LOOSE: search.shortly(loose, start=made.schedule, what="the schedule with 10 % slack"),
    }
    return found | {str(rule): schedule for rule, schedule in ruled[:RIVALS]}


def _told(made: Made, rivals: Contest) -> Iterator[ScheduleRival]:
    """What each rival comes to: expected, and once more in fresh runs."""
    scales = _scales(made)

    def scaled(levels: tuple[Estimate, ...] | None) -> tuple[Estimate, ...]:
        return tuple(
            Estimate((each.mean or 0.0) / scale, (each.half_width or 0.0) / scale, each.n)
            for each, scale in zip(levels or (), scales, strict=False)
        )

    for name, levels in rivals.expected.items():
        yield ScheduleRival(name, scaled(levels), scaled(rivals.again.get(name)), name == rivals.best)


def _facts(told: ScheduleReplay) -> Iterator[tuple[str, str, str]]:
    """Key numbers of the replay; another schedule is only told to be better where fresh runs say so."""
    if told.on_time_share.mean is not None:
        yield "Orders in time, replayed", f"{100 * told.on_time_share.mean:.0f} %", f"in {told.runs} runs"
    for row in told.goals:
        yield f"{row.goal.capitalize()}, replayed", f"{row.expected} {row.unit}", f"planned {number(row.planned)}"
    if told.gain is not None and told.gain_half_width is not None and told.gain > told.gain_half_width:
        less = f"{number(told.gain)} ± {number(told.gain_half_width)} {told.goals[0].unit} less"
        yield "Better when times vary", told.best, f"{less}, in {told.runs} fresh runs"
