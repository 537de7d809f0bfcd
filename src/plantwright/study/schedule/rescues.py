"""What a late order can be saved by: each change is scheduled anew, never guessed."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from plantwright.compile.prices import in_base
from plantwright.compile.schedule.before import carried
from plantwright.compile.schedule.lowering import lower_schedule
from plantwright.compile.schedule.steps import Step, is_places
from plantwright.errors import PlantwrightError
from plantwright.model.calendar import Overtime, Shift
from plantwright.model.naming import called
from plantwright.model.plant import Plant
from plantwright.model.scheduling import ScheduledOrder
from plantwright.model.station import Machine
from plantwright.problems.schedule import NONE
from plantwright.results.schedule import ScheduleRescue
from plantwright.study.progress import Silent
from plantwright.study.schedule.made import Made
from plantwright.study.schedule.search import Search
from plantwright.study.schedule.tables import HOUR

MORE = 2
"""Hours by which each shift is made longer. [h]"""
HEAVIER = 10
"""An order that is given priority counts so many times as much. [-]"""
EXTRA = "+overtime"


@dataclass(frozen=True, slots=True)
class Change:
    """Something that may save an order.

    Attributes
    ----------
    kind, told
        What it is, and in words.
    plant, orders
        As it is then.
    cost
        What it costs once; None where nobody knows. [base money]
    """

    kind: str
    told: str
    plant: Plant
    orders: Mapping[str, ScheduledOrder]
    cost: float | None


def rescues(made: Made, search: Search, most: int) -> tuple[ScheduleRescue, ...]:
    """For the orders that are latest, ways to save them: those that do it first, the cheapest before the others."""
    told = search.progress or Silent()
    worst = sorted(made.late, key=lambda key: (-made.tardiness(key) * made.lowered.orders[key].weight, key))[:most]
    found: list[ScheduleRescue] = []
    for key in worst:
        changes = list(_changes(made, key))
        told.begin(f"what would save {key}", float(len(changes)))
        mine = []
        for change in changes:
            mine.append(_tried(made, search, key, change))
            told.advance(1.0)
        told.end()
        found += sorted((each for each in mine if each is not None), key=_merit)
    return tuple(found)


def _merit(rescue: ScheduleRescue) -> tuple[bool, bool, float, float, float]:
    """Whether it saves the order, then what it costs, then what it costs the others."""
    cost = math.inf if rescue.cost is None else rescue.cost
    return (not rescue.in_time, rescue.gained_h <= 0, cost, rescue.others_h, -rescue.gained_h)


def _tried(made: Made, search: Search, key: str, change: Change) -> ScheduleRescue | None:
    """The schedule with a change, as seen from an order; None where it cannot be made."""
    try:
        lowered = lower_schedule(change.plant, change.orders, made.lowered.tail)
    except PlantwrightError:
        return None
    schedule = search.shortly(lowered, start=carried(lowered, made.lowered, made.schedule))
    then = Made(lowered, schedule)
    others = [order for order in made.lots_of if order != key]
    worse = sum(then.tardiness(order) - made.tardiness(order) for order in others)
    return ScheduleRescue(
        order=key,
        kind=change.kind,
        change=change.told,
        cost=change.cost,
        end=lowered.clock.told(then.end(key)),
        tardiness_h=then.tardiness(key) / HOUR,
        gained_h=(made.end(key) - then.end(key)) / HOUR,
        in_time=key not in then.late,
        late=len(then.late),
        late_before=len(made.late),
        others_h=worse / HOUR,
    )


def _changes(made: Made, key: str) -> Iterator[Change]:
    """What may save an order: of its chain's busiest station, and of itself."""
    plant, orders = made.lowered.plant, made.lowered.orders
    station = _busiest(made, key)
    if station is not None:
        yield from _overtime(made, key, station)
        yield from _machine(made, station)
    pieces = max(made.lowered.lots[number].pieces for number in made.lots_of[key])
    if pieces > 1:
        lot = math.ceil(pieces / 2)
        split = orders | {key: orders[key].model_copy(update={"lot": lot})}
        yield Change("lot", f"lots of {lot} instead of {pieces}", plant, split, 0.0)
    weight = max(1, *(order.weight for order in orders.values())) * HEAVIER
    first = orders | {key: orders[key].model_copy(update={"weight": weight})}
    yield Change("weight", "priority over all other orders", plant, first, 0.0)


def _busiest(made: Made, key: str) -> str | None:
    """The station that takes most of the time of an order's chain."""
    taken: Counter[str] = Counter()
    for index in made.chain(made.last(key)):
        mode = int(made.schedule.mode[index])
        if isinstance(made.lowered.steps[index], Step) and made.lowered.problem.modes.machine[mode] != NONE:
            taken[made.lowered.stations[mode]] += int(made.schedule.end[index] - made.schedule.start[index])
    return max(taken, key=lambda name: (taken[name], name), default=None)


def _overtime(made: Made, key: str, station: str) -> Iterator[Change]:
    """Longer shifts of a station, and of the people who work there, until the order is done."""
    plant = made.lowered.plant
    written = plant.stations[station]
    if written.calendar not in plant.calendars:
        return
    skills = {
        skill
        for step in made.lowered.steps
        if isinstance(step, Step) and station in step.operation.stations
        for skill in step.operation.people
    }
    crews = {name: crew for name, crew in plant.crews.items() if skills & set(crew.skills)}
    calendars = dict(plant.calendars)
    for name in {written.calendar, *(crew.calendar for crew in crews.values())}:
        if name in calendars:
            calendar = calendars[name]
            days = tuple(sorted({day for shift in calendar.shifts for day in shift.days}))
            last = max(calendar.shifts, key=lambda shift: shift.start + shift.minutes)
            shift = Shift.model_construct(days=days, start=last.end % 1440, end=(last.end + MORE * 60) % 1440 or 1440)
            first = made.lowered.clock.wall(0).date()
            until = made.lowered.clock.wall(made.end(key)).date()
            extra = Overtime(shifts=(shift,), from_=first, until=until.fromordinal(until.toordinal() + 1))
            calendars[name + EXTRA] = calendar.replace(overtime=(*calendar.overtime, extra))
    longer = {
        name: crew.model_copy(update={"calendar": crew.calendar + EXTRA})
        for name, crew in crews.items()
        if crew.calendar is not None and crew.calendar in plant.calendars
    }
    changed = plant.model_copy(
        update={
            "calendars": calendars,
            "crews": plant.crews | longer,
            "stations": plant.stations
            | {station: written.model_copy(update={"calendar": f"{written.calendar}{EXTRA}"})},
        }
    )
    told = f"{MORE} h of overtime a day at {called(plant.stations, station)}"
    yield Change("overtime", told, changed, made.lowered.orders, _wages(made, key, station, crews.keys()))


def _wages(made: Made, key: str, station: str, crews: Collection[str]) -> float | None:
    """What the people of the station's machines cost in the hours of overtime; None where no wage is written."""
    plant = made.lowered.plant
    days = made.lowered.clock.wall(made.end(key)).date() - made.lowered.clock.wall(0).date()
    people = max(
        (
            sum(step.operation.people.values())
            for step in made.lowered.steps
            if isinstance(step, Step) and station in step.operation.stations
        ),
        default=0.0,
    )
    wages = [
        in_base(plant.money, crew.wage) * HOUR for name, crew in plant.crews.items() if crew.wage and name in crews
    ]
    if not wages:
        return None
    return MORE * (days.days + 1) * people * plant.stations[station].machine_count * min(wages)


def _machine(made: Made, station: str) -> Iterator[Change]:
    """One more machine, which may do all that the others may."""
    plant = made.lowered.plant
    written = plant.stations[station]
    if is_places(written):
        return
    more = written.machines + 1 if isinstance(written.machines, int) else (*written.machines, Machine())
    changed = plant.model_copy(
        update={"stations": plant.stations | {station: written.model_copy(update={"machines": more})}}
    )
    price = None if written.price is None else in_base(plant.money, written.price)
    yield Change(
        "machine", f"one more machine at {called(plant.stations, station)}", changed, made.lowered.orders, price
    )
