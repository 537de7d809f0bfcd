"""The tables of a schedule: bars, orders, chains, stations, pegs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from plantwright.compile.schedule.steps import Step
from plantwright.model.naming import called, thing_called
from plantwright.problems.schedule import NEVER, NONE
from plantwright.results.schedule import (
    ScheduleBar,
    ScheduledOrderRow,
    ScheduleLink,
    ScheduleMachine,
    SchedulePeg,
    ScheduleStation,
)
from plantwright.study.schedule.made import Made
from plantwright.study.schedule.words import why

HOUR = 3600.0
MOST_LINKS = 60
"""Bars of a chain that are told, the last ones. [-]"""


def numbers(made: Made) -> dict[int, int]:
    """Number of each bar in the answer, in the order in which they begin."""
    return {index: place for place, index in enumerate(made.bars)}


def bars(made: Made) -> tuple[ScheduleBar, ...]:
    """Every bar."""
    place = numbers(made)
    return tuple(_bar(made, index, place) for index in made.bars)


def _bar(made: Made, index: int, place: dict[int, int]) -> ScheduleBar:
    lowered, schedule, lot = made.lowered, made.schedule, made.lot(index)
    step = lowered.steps[index]
    assert isinstance(step, Step)
    mode, start, end = (int(column[index]) for column in (schedule.mode, schedule.start, schedule.end))
    setup = None if schedule.setup[index] == NONE else int(schedule.setup[index])
    family = int(lowered.problem.modes.family[mode])
    reason = made.reason[index]
    station = lowered.stations[mode]
    return ScheduleBar(
        bar=place[index],
        order=lot.order,
        lot=lot.number,
        item=lot.item,
        operation=step.operation.op,
        route=step.route,
        station=station,
        machine=lowered.machine_of(mode),
        crew=", ".join(made.crews.get(index, ())),
        tools=", ".join(step.operation.tools),
        pieces=round(step.pieces, 3),
        family="" if family == NONE else lowered.families[family],
        setup=None if setup is None else lowered.clock.told(setup),
        start=lowered.clock.told(start),
        end=lowered.clock.told(end),
        setup_s=setup,
        start_s=start,
        end_s=end,
        work_s=int(lowered.problem.modes.time[mode]),
        reason=reason.kind,
        waits_for=place.get(reason.other),
        why=why(made, index),
        customer=lowered.orders[lot.order].customer,
        late=lot.order in made.late,
        critical=index in made.critical,
        fixed=bool(lowered.problem.operations.fixed_start[index] != NONE),
    )


def orders(made: Made) -> tuple[ScheduledOrderRow, ...]:
    """Every order, in document order."""
    return tuple(_order(made, key) for key in made.lots_of)


def _order(made: Made, key: str) -> ScheduledOrderRow:
    lowered, order = made.lowered, made.lowered.orders[key]
    mine = made.lots_of[key]
    lot = lowered.lots[mine[0]]
    start, end, due = made.start(key), made.end(key), made.due(key)
    modes = [int(made.schedule.mode[index]) for number in mine for index in made.of_lot[number]]
    return ScheduledOrderRow(
        order=key,
        name=order.name or key,
        item=order.item,
        item_name=thing_called(lowered.plant, order.item),
        customer=order.customer,
        pieces=order.pieces,
        lots=len(mine),
        weight=order.weight,
        release=lowered.clock.told(lot.release) if lot.release else None,
        due=None if due is None else lowered.clock.told(due),
        deadline=None if lot.deadline == NEVER else lowered.clock.told(lot.deadline),
        start=lowered.clock.told(start),
        end=lowered.clock.told(end),
        start_s=start,
        end_s=end,
        due_s=due,
        late=key in made.late,
        tardiness_h=made.tardiness(key) / HOUR,
        slack_h=None if due is None else (due - end) / HOUR,
        work_h=sum(int(lowered.problem.modes.time[mode]) for mode in modes) / HOUR,
        flow_h=(end - lot.release) / HOUR,
    )


def chains(made: Made) -> tuple[ScheduleLink, ...]:
    """For each late order, the latest first, the bars that lead to its end."""
    worst = sorted(made.late, key=lambda key: (-made.tardiness(key), key))
    return tuple(link for key in worst for link in _chain(made, key))


def _chain(made: Made, key: str) -> Iterator[ScheduleLink]:
    place = numbers(made)
    for number, index in enumerate(made.chain(made.last(key))[:MOST_LINKS]):
        if index not in place:
            continue
        lot, lowered = made.lot(index), made.lowered
        mode = int(made.schedule.mode[index])
        yield ScheduleLink(
            order=key,
            place=number,
            bar=place[index],
            of_order=lot.order,
            lot=lot.number,
            operation=lowered.operation(index),
            machine=lowered.machine_of(mode) or lowered.stations[mode],
            start=lowered.clock.told(int(made.schedule.start[index])),
            end=lowered.clock.told(int(made.schedule.end[index])),
            reason=made.reason[index].kind,
            why=why(made, index),
        )


def stations(made: Made) -> dict[str, ScheduleStation]:
    """What becomes of every scheduled station, until the last bar."""
    lowered, modes = made.lowered, made.lowered.problem.modes
    busy: defaultdict[str, int] = defaultdict(int)
    setup: defaultdict[str, int] = defaultdict(int)
    counts: defaultdict[str, int] = defaultdict(int)
    setups: defaultdict[str, int] = defaultdict(int)
    runs: set[tuple[int, int]] = set()
    for index in made.bars:
        mode = int(made.schedule.mode[index])
        name, machine = lowered.stations[mode], int(modes.machine[mode])
        counts[name] += 1
        run = (machine, int(made.schedule.start[index]))
        if machine == NONE or run in runs:  # a batch is counted once
            continue
        runs.add(run)
        busy[name] += int(modes.time[mode])
        if made.schedule.setup[index] != NONE:
            setup[name] += made.reasons.setup_time(index)
            setups[name] += 1
    found = {}
    for name in dict.fromkeys(each.station for each in lowered.equipment):
        own = [number for number, each in enumerate(lowered.equipment) if each.station == name]
        calendars = [int(lowered.problem.machines.calendar[number]) for number in own]
        opened = sum(made.reasons.hours.opened(calendar, made.length) for calendar in calendars)
        found[name] = ScheduleStation(
            name=called(lowered.plant.stations, name),
            machines=len(own),
            bars=counts[name],
            busy_h=busy[name] / HOUR,
            setup_h=setup[name] / HOUR,
            open_h=opened / HOUR,
            load=(busy[name] + setup[name]) / opened if opened else None,
            setups=setups[name],
        )
    return found


def machines(made: Made) -> dict[str, ScheduleMachine]:
    """When each machine cannot work, until the last bar; of this, what its shifts do not say."""
    found = {}
    for each in made.lowered.equipment:
        shifts = made.lowered.people.working.of(made.lowered.plant.stations[each.station].calendar)
        closed = _closed(each.windows, made.length)
        off = _closed(shifts, made.length)
        down = tuple(gap for gap in closed if gap not in off)
        found[each.name] = ScheduleMachine(each.station, each.number, closed, down)
    return found


def _closed(windows: tuple[tuple[int, int], ...], end: int) -> tuple[tuple[int, int], ...]:
    found, last = [], 0
    for opened, closes in windows:
        if last < min(opened, end):
            found.append((last, min(opened, end)))
        last = closes
        if last >= end:
            break
    return tuple([*found, (last, end)] if last < end else found)


def pegs(made: Made) -> tuple[SchedulePeg, ...]:
    """What orders build in of each other."""
    place, lots = numbers(made), made.lowered.lots
    return tuple(
        SchedulePeg(
            item=each.item,
            pieces=each.pieces,
            from_order=lots[each.lot].order,
            from_lot=lots[each.lot].number,
            to_order=made.lot(each.operation).order,
            to_lot=made.lot(each.operation).number,
            operation=made.lowered.operation(each.operation),
            bar=place[each.operation],
        )
        for each in made.lowered.supplies
        if each.operation in place
    )
