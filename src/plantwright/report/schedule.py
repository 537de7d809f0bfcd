"""The part of the page on what runs where and when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from plantwright.model.plant import Plant
from plantwright.report.figure import Section, Table
from plantwright.report.figures.gantt import Bar, Order, Plan, Row, gantt
from plantwright.report.names import Names
from plantwright.results import ScheduleAnswer
from plantwright.results.schedule import ScheduleReplay
from plantwright.results.wording import number, percent, sentence

MOST = 40
"""Rows of a table on the page; the JSON has them all."""
ZERO = timedelta()


def sections(answer: ScheduleAnswer, plant: Plant, names: Names) -> Iterator[Section]:
    """The schedule, what makes orders late and saves them, stations and rules."""
    yield Section(
        "schedule",
        "What runs where and when?",
        sentence(answer.verdict),
        (gantt("schedule", "The schedule, machine by machine", plan_of(answer, names), _orders(answer)),),
        tuple(_first(answer)),
        tuple(answer.notes),
    )
    if answer.replay is not None:
        lede = f"The simulator followed this schedule {answer.replay.runs} times; whiskers in the chart are P10 to P90."
        tables = tuple(_replayed(answer, answer.replay))
        yield Section("replayed", "What becomes of it when times vary?", lede, tables=tables)
    if answer.chains:
        lede = "Back from the end of each late order to its first cause; every change was scheduled anew."
        tables = (*((_rescues(answer),) if answer.rescues else ()), _chains(answer))
        yield Section("late", "Why are orders late, and what would save them?", lede, tables=tables)
    lede = "Hours of machines until the last bar, and what simple rules would have made of the same orders."
    yield Section(
        "stations", "How full are the stations, how good is it?", lede, tables=(_stations(answer), *_rules(answer))
    )


def plan_of(answer: ScheduleAnswer, names: Names) -> Plan:
    """The schedule as the chart wants it."""
    origin = datetime.fromisoformat(answer.start).replace(tzinfo=ZoneInfo(answer.time_zone))
    crews = dict.fromkeys(crew for bar in answer.bars for crew in bar.crew.split(", ") if crew)
    items = dict.fromkeys(row.item for row in answer.orders)
    counts = {key: row.machines for key, row in answer.stations.items()}
    bars = [
        Bar(
            machine=bar.machine,
            order=bar.order,
            kind=bar.item,
            operation=bar.operation,
            start_s=bar.start_s,
            end_s=bar.end_s,
            setup_s=bar.setup_s,
            why=bar.why,
            late=bar.late,
            critical=bar.critical,
            crews=tuple(crew for crew in bar.crew.split(", ") if crew),
            low_s=bar.end_range_s[0],
            high_s=bar.end_range_s[2],
        )
        for bar in answer.bars
    ]
    return Plan(
        origin=origin,
        machines={
            key: Row(
                f"{names.brief(row.station)} {row.number}"
                if counts.get(row.station, 1) > 1
                else names.brief(row.station),
                row.closed_s,
                row.down_s,
            )
            for key, row in answer.machines.items()
        },
        orders={row.order: Order(row.name, row.customer, row.due_s, row.late) for row in answer.orders},
        kinds={item: names.item(item) for item in items},
        bars=bars,
        crews={crew: names.crew(crew) for crew in crews},
        offsets=_offsets(answer, origin),
    )


def _offsets(answer: ScheduleAnswer, origin: datetime) -> tuple[tuple[float, float], ...]:
    """From when on the clock of the site is ahead of that at the origin: daylight saving within the schedule."""
    length = max((bar.end_s for bar in answer.bars), default=0)
    found, last = [(0.0, 0.0)], 0.0
    start = origin.timestamp()
    for hour in range(length // 3600 + 1):
        now = datetime.fromtimestamp(start + hour * 3600, tz=origin.tzinfo)
        ahead = ((now.utcoffset() or ZERO) - (origin.utcoffset() or ZERO)).total_seconds()
        if ahead != last:
            found.append((hour * 3600.0, ahead))
            last = ahead
    return tuple(found)


def _first(answer: ScheduleAnswer) -> Iterator[Table]:
    yield Table.of("Key numbers", ("what", "how much", "remark"), [*answer.facts], text=(2,))
    if answer.conflicts:
        rows = [(each.text, each.remedy) for each in answer.conflicts]
        yield Table.of("What cannot hold together", ("requirement", "remedy"), rows, text=(1,))
    if answer.pegs:
        yield _pegs(answer)
    if answer.moved:
        rows_moved = [
            (
                f"{each.operation} of {each.order}/{each.lot}",
                each.machine_before,
                each.machine,
                each.start_before,
                each.start,
            )
            for each in answer.moved[:MOST]
        ]
        columns = ("bar", "from", "to", "began", "begins")
        yield Table.of(_most("Moved", len(answer.moved)), columns, rows_moved, text=(1, 2, 3, 4))


def _replayed(answer: ScheduleAnswer, replay: ScheduleReplay) -> Iterator[Table]:
    """Chances of the orders, the least first; what is to be expected; other schedules of the same orders."""
    chances = [(row, row.on_time) for row in answer.orders if row.on_time is not None]
    told = [
        (
            row.name,
            row.due or "",
            percent(chance.estimate),
            f"{percent(chance.at_least)} to {percent(chance.at_most)}",
            percent(row.complete.estimate) if row.complete else "",
        )
        for row, chance in sorted(chances, key=lambda pair: (pair[1].estimate, pair[0].order))[:MOST]
    ]
    columns = ("order", "due", "in time", "95 % of such intervals hold it", "all good pieces")
    yield Table.of(_most("Chance of being in time, the least first", len(chances)), columns, told, text=(1,))
    goals = [(f"{goal.goal} [{goal.unit}]", number(goal.planned), str(goal.expected)) for goal in replay.goals]
    yield Table.of("Planned and to be expected", ("goal", "planned", "expected"), goals)
    rivals = [(row.name + ", the best" * row.is_best, *(str(level) for level in row.expected)) for row in replay.rivals]
    beside = ("schedule", *(f"{goal.goal} [{goal.unit}]" for goal in replay.goals))
    yield Table.of("Other schedules on the same random numbers", beside, rivals)


def _pegs(answer: ScheduleAnswer) -> Table:
    rows = [
        (
            each.item,
            f"{each.pieces:,.0f}",
            f"{each.from_order}/{each.from_lot}",
            f"{each.to_order}/{each.to_lot}",
            answer.bars[each.bar].start,
        )
        for each in answer.pegs[:MOST]
    ]
    columns = ("item", "pieces", "made by", "built into", "from")
    return Table.of(_most("What is built into what", len(answer.pegs)), columns, rows, text=(2, 3, 4))


def _most(caption: str, count: int) -> str:
    return caption if count <= MOST else f"{caption}, {MOST} of {count:,}"


def _orders(answer: ScheduleAnswer) -> Table:
    rows = sorted(answer.orders, key=lambda row: (row.slack_h is None, row.slack_h or 0.0, row.order))
    told = [
        (row.name, row.item_name, row.customer, f"{row.pieces:,}", row.due or "", row.end, number(row.tardiness_h))
        for row in rows[:MOST]
    ]
    columns = ("order", "item", "for", "pieces", "due", "ends", "late [h]")
    return Table.of(_most("Orders, the latest first", len(rows)), columns, told, text=(1, 2, 4, 5))


def _chains(answer: ScheduleAnswer) -> Table:
    rows = [
        (each.order, f"{each.operation} of {each.of_order}/{each.lot}", each.machine, each.start, each.why)
        for each in answer.chains[:MOST]
    ]
    columns = ("late", "bar", "where", "begins", "waits for")
    return Table.of(_most("What each waited for", len(answer.chains)), columns, rows, text=(1, 2, 3, 4))


def _rescues(answer: ScheduleAnswer) -> Table:
    rows = [
        (
            each.order,
            each.change,
            number(each.tardiness_h),
            number(each.gained_h),
            number(each.others_h),
            "unknown" if each.cost is None else number(each.cost),
        )
        for each in answer.rescues
    ]
    columns = ("order", "change", "late then [h]", "earlier [h]", "others later [h]", f"cost [{answer.currency}]")
    return Table.of("What would save them", columns, rows, text=(1,))


def _stations(answer: ScheduleAnswer) -> Table:
    rows = [
        (row.name, f"{row.machines}", f"{row.bars:,}", number(row.busy_h), number(row.setup_h), percent(row.load))
        for row in answer.stations.values()
    ]
    return Table.of("Stations", ("station", "machines", "bars", "busy [h]", "setup [h]", "load"), rows)


def _rules(answer: ScheduleAnswer) -> Iterator[Table]:
    if answer.rules:
        rows = [("this schedule", *(number(goal.value) for goal in answer.goals))]
        rows += [(row.rule, *(number(value) for value in row.values)) for row in answer.rules]
        columns = ("schedule", *(f"{goal.goal} [{goal.unit}]" for goal in answer.goals))
        yield Table.of("Beside the dispatching rules", columns, rows)
