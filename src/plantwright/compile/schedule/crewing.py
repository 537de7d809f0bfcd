"""Who does what: crews by name for the people that a schedule holds."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass, field
from heapq import heappop, heappush

from plantwright.compile.schedule.names import Gate, Lowered
from plantwright.compile.schedule.people import PERSON
from plantwright.compile.schedule.windows import Windows
from plantwright.problems.schedule import NONE, Schedule


@dataclass(slots=True)
class _Held:
    """How much of a crew is held at the moment, and until when."""

    number: int
    now: int = 0
    until: list[tuple[int, int]] = field(default_factory=list)

    def free(self, at: int) -> int:
        """How much of it is free at a moment. [thousandths]"""
        while self.until and self.until[0][0] <= at:
            self.now -= heappop(self.until)[1]
        return self.number - self.now

    def take(self, until: int, amount: int) -> None:
        """Hold some of it."""
        self.now += amount
        heappush(self.until, (until, amount))


def crews_of(lowered: Lowered, schedule: Schedule) -> dict[int, tuple[str, ...]]:
    """Who does each operation: of the crews that are at work, those with the fewest other skills first.

    The schedule itself only keeps that enough people with the right skills are there; names are given afterwards, in
    the order in which work begins.
    """
    plant = lowered.plant
    held = {
        name: _Held(round(crew.people * (1.0 - (crew.absence.base if crew.absence else 0.0)) * PERSON))
        for name, crew in plant.crews.items()
    }
    order = sorted(plant.crews, key=lambda name: len(plant.crews[name].skills))
    at_work = {name: lowered.people.at_work(name) for name in plant.crews}
    found: dict[int, tuple[str, ...]] = {}
    for index in sorted(running(schedule), key=lambda each: (int(schedule.start[each]), each)):
        start, end = int(schedule.start[index]), int(schedule.end[index])
        names = []
        for skill, share in _people(lowered, schedule, index).items():
            able = [name for name in order if skill in plant.crews[name].skills and _is_in(at_work[name], start)]
            amount = round(share * PERSON)
            name = next((each for each in able if held[each].free(start) >= amount), None)
            if name is None and able:
                name = max(able, key=lambda each: held[each].free(start))
            if name is not None:
                held[name].take(end, amount)
                names.append(name)
        found[index] = tuple(dict.fromkeys(names))
    return found


def running(schedule: Schedule) -> list[int]:
    """Operations that run: those of the routes that are taken."""
    return [index for index, start in enumerate(schedule.start.tolist()) if start != NONE]


def _people(lowered: Lowered, schedule: Schedule, index: int) -> dict[str, float]:
    """People by skill that an operation holds; none where its station is not scheduled."""
    step = lowered.steps[index]
    mode = int(schedule.mode[index])
    if isinstance(step, Gate) or not lowered.problem.modes.needs[mode]:
        return {}
    people = dict(step.operation.people)
    if step.operation.attended is not None:
        for skill, number in step.operation.attended.people.items():
            people[skill] = people.get(skill, 0.0) + number * step.hands_share
    return people


def _is_in(windows: Windows, at: int) -> bool:
    """Whether a moment lies in one of the windows."""
    place = bisect_right(windows, (at, math.inf)) - 1
    return place >= 0 and at < windows[place][1]
