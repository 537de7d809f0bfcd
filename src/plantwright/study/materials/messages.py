"""What somebody has to decide or do, in plain words: expedite, postpone, cancel, release now, and what goes wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

import numpy as np

from plantwright.analytic.rescheduling import needed_in
from plantwright.model.naming import thing_called
from plantwright.problems.materials import Ints
from plantwright.results import MasterSchedule, Message, PlannedOrder, StationLoad
from plantwright.study.materials import limits
from plantwright.study.materials.planned import Made

URGENCY = (
    "refused",
    "short",
    "expedite",
    "promised twice",
    "frozen",
    "slushy",
    "offer",
    "overload",
    "release",
    "postpone",
    "cancel",
    "below safety",
)
"""Kinds of messages, the most urgent first."""


def messages(
    made: Made,
    orders: tuple[PlannedOrder, ...],
    master: Mapping[str, MasterSchedule],
    load: Mapping[str, StationLoad],
) -> tuple[Message, ...]:
    """Every message, by urgency, then by date."""
    found = [
        *_refused(made),
        *_shortages(made),
        *_rescheduled(made),
        *_promised_twice(made, master),
        *_fenced(made),
        *limits.offers(made),
        *limits.stations(made, load),
        *_now(made, orders),
    ]
    return tuple(sorted(found, key=lambda each: (URGENCY.index(each.kind), each.date, each.item, each.order)))


def _refused(made: Made) -> Iterator[Message]:
    """Items whose every offer comes from somebody with whom nobody may deal."""
    for item, thing in enumerate(made.materials.names):
        missing = int(made.plan.gross[item, : made.shown].sum())
        if thing in made.unsupplied and missing:
            text = f"{made.name(item)}: who offers it is refused or held; find another supplier for {missing:,}"
            yield made.message("refused", item, pieces=missing, date=made.day(0), text=text)


def _shortages(made: Made) -> Iterator[Message]:
    """Things that are missing before anything new can come, and safety stocks that are used up."""
    for item in range(len(made.materials.names)):
        projected, safety = made.plan.projected[item], int(made.problem.safety[item])
        levels = [_level(int(left), safety) for left in projected[: made.shown]]
        for level, spell in groupby(enumerate(levels), key=lambda each: each[1]):
            periods = [period for period, _ in spell]
            if level == "short" or (level and made.kind(item) != "pull"):
                yield _short(made, item, level, periods, projected)


def _level(left: int, safety: int) -> str:
    return "short" if left < 0 else "below safety" if left < safety else ""


def _short(made: Made, item: int, kind: str, periods: list[int], projected: Ints) -> Message:
    name, first, last = made.name(item), periods[0], periods[-1]
    until = f" until {made.day(last + 1)}" if last + 1 < made.horizon.length else ""
    earliest = int(made.problem.earliest[item])
    if kind == "short":
        pieces = -int(projected[periods].min())
        is_frozen = earliest > made.problem.lead[item]
        kind = "frozen" if is_frozen else kind
        fence = "the plan is frozen" if is_frozen else "what is ordered today takes"
        why = f"{fence} until {made.day(earliest)}" if earliest < made.horizon.length else "nothing can come in time"
        if first >= earliest:
            why = "the stations cannot make them earlier"
        text = f"{name}: {pieces:,} missing from {made.day(first)}{until}; {why}"
    else:
        pieces = int(made.problem.safety[item]) - int(projected[periods].min())
        text = f"{name}: the safety stock is short of {pieces:,} from {made.day(first)}{until}"
    return made.message(kind, item, pieces=pieces, date=made.day(first), text=text)


def _rescheduled(made: Made) -> Iterator[Message]:
    """Open orders that are needed earlier, later, or not at all."""
    for item, thing in enumerate(made.materials.names):
        mine = [each for each in made.materials.coming if each.item == thing]
        when = needed_in(
            made.plan.gross[item],
            np.array([each.pieces for each in mine], dtype=np.int64),
            stock=int(made.problem.stock[item]),
            safety=int(made.problem.safety[item]),
        )
        for order, needed in zip(mine, when, strict=True):
            comes = made.horizon.period(order.due)
            what = f"{order.pieces:,} of {made.name(item)}{f' ({order.name})' if order.name else ''} due {order.due}"
            due, better = order.due.isoformat(), made.day(max(0, needed))
            if needed < 0 and order.kind == "purchase":
                text = f"Cancel {what}: nothing in the plan needs them"
                yield made.message("cancel", item, order.name, pieces=order.pieces, date=due, text=text)
            elif 0 <= needed < comes:
                text = f"Expedite {what} to {better}"
                yield made.message("expedite", item, order.name, pieces=order.pieces, date=due, to=better, text=text)
            elif needed > comes and order.kind == "purchase":
                text = f"Postpone {what} to {better}: they are not needed before"
                yield made.message("postpone", item, order.name, pieces=order.pieces, date=due, to=better, text=text)


def _promised_twice(made: Made, master: Mapping[str, MasterSchedule]) -> Iterator[Message]:
    for thing, row in master.items():
        if row.promise[0] < 0:
            item, pieces = made.materials.names.index(thing), -row.promise[0]
            text = f"{row.name}: {pieces:,} have been promised that cannot be there in time; agree on other dates"
            yield made.message("promised twice", item, pieces=pieces, date=made.day(0), text=text)


def _fenced(made: Made) -> Iterator[Message]:
    """What is sold and changes within the fences: missing in the frozen time, added in the slushy one."""
    frozen = made.planning.periods(made.planning.frozen)
    slushy = max(frozen, made.planning.periods(made.planning.slushy))
    for thing in made.plant.demand:
        item = made.materials.names.index(thing)
        if not made.is_made(item):
            continue
        for period in range(frozen, min(slushy, made.shown)):
            pieces = int(made.plan.receipts[item, period])
            if pieces:
                text = (
                    f"{made.name(item)}: {pieces:,} are added for {made.day(period)}, in the slushy time: who agrees?"
                )
                order = made.number(item, period)
                yield made.message("slushy", item, order, pieces=pieces, date=made.day(period), text=text)


def _now(made: Made, orders: tuple[PlannedOrder, ...]) -> Iterator[Message]:
    """Orders to release in the first period."""
    for order in orders:
        if order.release == made.day(0) and order.kind != "pull":
            item = made.materials.names.index(order.item)
            how = f"order {order.pieces:,} by {order.offer}" if order.offer else f"release {order.pieces:,}"
            text = f"{thing_called(made.plant, order.item)}: {how} now, for {order.due}"
            yield made.message("release", item, order.order, pieces=order.pieces, date=order.release, text=text)
