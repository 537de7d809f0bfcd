"""The answer to ``schedule`` in the terminal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from rich.console import RenderableType

from plantwright.results.schedule import ScheduleAnswer, ScheduleReplay
from plantwright.results.terminal.tables import SHOWN, grid, table, verdict
from plantwright.results.wording import number, percent

LINKS = 8
"""Bars of a chain in the terminal."""


def schedule_lines(answer: ScheduleAnswer) -> Iterator[RenderableType]:
    """The verdict, key numbers, late orders with their chains and rescues, the fullest stations, the rules."""
    yield verdict(answer.verdict)
    yield grid(answer.facts)
    if answer.conflicts:
        rows = ((each.text, each.remedy) for each in answer.conflicts)
        yield table("What cannot hold together", ("requirement", "remedy"), rows, 2)
    if answer.moved:
        columns = ("bar", "from", "to", "began", "begins")
        yield table(
            f"Moved: {len(answer.moved)} bar{'' if len(answer.moved) == 1 else 's'}", columns, _moved(answer), 5
        )
    last = ("for",) if answer.replay is None else ()
    heads = ("order", "item", *last, "due", "ends", "late [h]", *(("in time",) if answer.replay else ()))
    yield table("Orders", heads, _orders(answer), 4 + len(last))
    if answer.replay is not None:
        beside = ("schedule", *(f"{goal.goal} [{goal.unit}]" for goal in answer.goals))
        yield table(f"Replayed {answer.replay.runs} times", beside, _rivals(answer.replay), 1)
    yield from _chain(answer)
    if answer.rescues:
        heads = ("order", "change", "late then [h]", "others [h]", f"cost [{answer.currency}]")
        yield table("What would save them", heads, _rescues(answer), 2)
    columns = ("station", "machines", "busy [h]", "setup [h]", "load")
    yield table("Fullest stations", columns, _stations(answer), 1)
    if answer.rules:
        beside = ("schedule", *(f"{goal.goal} [{goal.unit}]" for goal in answer.goals))
        yield table("Beside the dispatching rules", beside, _rules(answer), 1)


def _orders(answer: ScheduleAnswer) -> Iterator[tuple[str, ...]]:
    """The latest first, then those with the least time left."""
    rows = sorted(answer.orders, key=lambda row: (row.slack_h is None, row.slack_h or 0.0, row.order))
    for row in rows[:SHOWN]:
        late = number(row.tardiness_h) if row.late else ""
        dates = (_limit(row.due), _brief(row.end), late)
        if answer.replay is None:
            yield row.order, row.item_name, row.customer, *dates
        else:
            yield row.order, row.item_name, *dates, percent(row.on_time.estimate) if row.on_time else ""
    if len(rows) > SHOWN:
        yield "…", f"{len(rows) - SHOWN} more in --json", "", "", "", ""


def _rivals(told: ScheduleReplay) -> Iterator[tuple[str, ...]]:
    """What each schedule is to be expected to come to."""
    for row in told.rivals:
        yield row.name, *(str(level) for level in row.expected)


def _brief(moment: str | None) -> str:
    """A moment without its year and its seconds."""
    return "" if moment is None else moment[5:16]


def _limit(moment: str | None) -> str:
    """A due date, likewise; midnight belongs to the day that ends with it."""
    if moment is None or moment[11:16] != "00:00":
        return _brief(moment)
    day = dt.date.fromisoformat(moment[:10]) - dt.timedelta(days=1)
    return f"{day:%m-%d} 24:00"


def _lot_namer(answer: ScheduleAnswer) -> Callable[[str, int], str]:
    """What lots are called: by their order alone where it has no other lot."""
    several = {bar.order for bar in answer.bars if bar.lot > 1}
    return lambda order, lot: f"{order}/{lot}" if order in several else order


def _moved(answer: ScheduleAnswer) -> Iterator[tuple[str, ...]]:
    called = _lot_namer(answer)
    for move in answer.moved[:SHOWN]:
        name = f"{move.operation} of {called(move.order, move.lot)}"
        yield name, move.machine_before, move.machine, _brief(move.start_before), _brief(move.start)


def _chain(answer: ScheduleAnswer) -> Iterator[RenderableType]:
    """Why the latest order is late."""
    if not answer.chains:
        return
    order = answer.chains[0].order
    links = [link for link in answer.chains if link.order == order]
    called = _lot_namer(answer)
    rows = [
        (f"{each.operation} of {called(each.of_order, each.lot)}", _brief(each.start), each.why)
        for each in links[:LINKS]
    ]
    more = f", the last {LINKS} of {len(links)}" if len(links) > LINKS else ""
    yield table(
        f"Why {order} is late, from its end back to the first cause{more}", ("bar", "begins", "waits for"), rows, 3
    )


def _rescues(answer: ScheduleAnswer) -> Iterator[tuple[str, ...]]:
    for each in answer.rescues:
        cost = "unknown" if each.cost is None else number(each.cost)
        yield each.order, each.change, number(each.tardiness_h), f"{each.others_h:+.3g}", cost


def _stations(answer: ScheduleAnswer) -> Iterator[tuple[str, ...]]:
    rows = sorted(answer.stations.values(), key=lambda row: -(row.load or 0.0))
    for row in rows[:SHOWN]:
        yield row.name, f"{row.machines}", number(row.busy_h), number(row.setup_h), percent(row.load)


def _rules(answer: ScheduleAnswer) -> Iterator[tuple[str, ...]]:
    yield "this schedule", *(number(goal.value) for goal in answer.goals)
    for row in answer.rules:
        yield row.rule, *(number(value) for value in row.values)
