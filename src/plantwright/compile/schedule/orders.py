"""What is ordered, cut into the lots that go through the plant."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from plantwright.compile.schedule.clock import Clock
from plantwright.model.flows import thing
from plantwright.model.journey import journey
from plantwright.model.plant import Plant
from plantwright.model.route import Operation
from plantwright.model.scheduling import ScheduledOrder, Scheduling
from plantwright.problems.schedule import NEVER

_SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class Lot:
    """Pieces of an order that go through the plant together: a job of the schedule.

    Attributes
    ----------
    order, number, of
        The order, and which of its lots it is, from 1.
    item
        What is made.
    pieces
        Good pieces that it shall give. [pieces]
    release, due, deadline
        ``NEVER`` where the order says none. [tick]
    weight
        How much its order counts. [-]
    overlap
        Pieces after which its next operation may begin; None for all. [pieces]
    routes
        By which it can be made, the usual one first.
    """

    order: str
    number: int
    of: int
    item: str
    pieces: int
    release: int
    due: int
    deadline: int
    weight: int
    overlap: int | None
    routes: tuple[str, ...]

    @property
    def name(self) -> str:
        """``A-17``, or ``A-17/2`` where the order has several lots."""
        return self.order if self.of == 1 else f"{self.order}/{self.number}"


def lots_of(plant: Plant, scheduling: Scheduling, orders: Mapping[str, ScheduledOrder], clock: Clock) -> list[Lot]:
    """Lots of all orders, in document order."""
    return [lot for key, order in orders.items() for lot in _lots(plant, scheduling, key, order, clock)]


def _lots(plant: Plant, scheduling: Scheduling, key: str, order: ScheduledOrder, clock: Clock) -> Iterator[Lot]:
    made = thing(plant, order.item)
    if made is None or made.made_by is None:
        return
    most = order.lot or scheduling.lots.get(order.item, order.pieces)
    count = math.ceil(order.pieces / most)
    for number in range(count):
        yield Lot(
            order=key,
            number=number + 1,
            of=count,
            item=order.item,
            pieces=min(most, order.pieces - number * most),
            release=0 if order.release is None else max(0, clock.tick(order.release)),
            due=NEVER if order.due is None else clock.tick(order.due),
            deadline=NEVER if order.deadline is None else clock.tick(order.deadline),
            weight=order.weight,
            overlap=order.overlap or scheduling.overlap,
            routes=(made.made_by, *scheduling.alternatives.get(order.item, ())),
        )


def started(route: tuple[Operation, ...], pieces: int) -> int:
    """Pieces that have to be started so that enough come out good in the mean. [pieces]

    >>> cut = Operation.model_validate({"op": "cut", "station": "saw", "time": "1 s", "good": "90 %"})
    >>> started((cut,), 90)
    100
    """
    good = journey(route).good
    return math.ceil(pieces / good - _SLACK) if good > 0 else pieces
