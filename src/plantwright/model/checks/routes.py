"""Routes: every operation can be reached, every piece can leave, rework comes to an end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from plantwright.errors import Finding
from plantwright.model.checks.fault import fault, listed
from plantwright.model.journey import Next, Route, journey, next_of, senders, target, ways_back
from plantwright.model.plant import Plant
from plantwright.model.route import Operation

_SURE = 1e-6
"""A share of pieces that counts as some. [-]"""


def operations(plant: Plant) -> Iterator[Finding]:
    """Operations named twice, out of reach, or without a clear way on; routes that nothing leaves."""
    for name, route in plant.routes.items():
        if not route:
            yield fault("E203", f"routes.{name}", "the route has no operation", "Write its operations, or delete it.")
            continue
        yield from _named_twice(name, route)
        yield from _unreachable(name, route)
        yield from _unclear_ways(name, route)
        yield from _exits(name, route)


def _named_twice(name: str, route: Route) -> Iterator[Finding]:
    for op, times in Counter(operation.op for operation in route).items():
        if times > 1:
            yield fault(
                "E204",
                f"routes.{name}.{op}",
                f'{times} operations of the route are called "{op}"',
                "Give each its own name.",
            )


def _unreachable(name: str, route: Route) -> Iterator[Finding]:
    reached = _reached(route)
    for index, operation in enumerate(route):
        if index not in reached and operation.op not in {route[other].op for other in reached}:
            sentence = "is never named by else, then or sample" if operation.side else "is skipped by every other"
            yield fault(
                "E205",
                f"routes.{name}.{operation.op}",
                f"no piece ever comes to this operation: it {sentence}",
                "Send pieces there, or delete it.",
            )


def _unclear_ways(name: str, route: Route) -> Iterator[Finding]:
    """Side operations with several senders, sampled operations on the main way, rejects that cannot happen."""
    for index, operation in enumerate(route):
        here = f"routes.{name}.{operation.op}"
        sent_by = [sender for sender in senders(route, index) if not _samples(route[sender], operation.op)]
        if operation.side and operation.then is None and len(sent_by) > 1:
            yield fault(
                "E206",
                here,
                f"pieces come here from {listed(route[each].op for each in sent_by)}, and where they go next is open",
                f"Write then: {route[sent_by[0]].op}, or a side operation for each.",
            )
        for op in operation.sample.operations if operation.sample else ():
            found = next((each for each in route if each.op == op), None)
            if found is not None and not found.side:
                yield fault(
                    "E207",
                    f"{here}.sample.operations",
                    f'"{op}" tests the samples, but every piece passes it on the main way too',
                    f"Write side: true at {op}.",
                )
        if operation.else_ and not _can_reject(operation):
            yield fault(
                "W502",
                f"{here}.else",
                "nothing is ever rejected here, so that else is never used",
                "Write good, false-reject or inspects: true, or delete else.",
            )


def _samples(sender: Operation, op: str) -> bool:
    return bool(sender.sample and op in sender.sample.operations)


def _can_reject(operation: Operation) -> bool:
    goods = operation.good if isinstance(operation.good, tuple) else (operation.good,)
    found = operation.defects == "found" and any(good is not None and good.base < 1 for good in goods)
    rejects = operation.false_reject is not None and operation.false_reject.base > 0
    return found or rejects or operation.inspects


def _exits(name: str, route: Route) -> Iterator[Finding]:
    """Routes that nothing leaves: by their arrows, then by their yields."""
    if not any(next_of(route, index) == "done" for index in _reached(route)):
        yield fault(
            "E208",
            f"routes.{name}",
            "no piece ever leaves the route: none of its operations leads out of it",
            "Write then: done at the last one.",
        )
        return
    trip = journey(route)
    if trip.endless > _SURE:
        loops = [op.op for op in route if any(way.to and way.tries is None for way in ways_back(op))]
        yield fault(
            "E301",
            f"routes.{name}",
            f"{100 * trip.endless:.3g} % of the pieces are reworked for ever at {listed(loops or [route[0].op])}",
            "Give else a number of tries, or the operation a fraction good above 0.",
        )
    elif trip.good < _SURE:
        yield fault(
            "E302",
            f"routes.{name}",
            "no good piece ever comes out of this route",
            "Give its operations a fraction good above 0.",
        )
    elif trip.defective > _SURE and not any(operation.inspects for operation in route):
        makers = [op.op for op in route if op.defects == "hidden"]
        yield fault(
            "W503",
            f"routes.{name}",
            f"{100 * trip.defective:.3g} % of the pieces leave with a defect from {listed(makers)} that nobody finds",
            "Write inspects: true at a later operation, if one finds it.",
        )


def _reached(route: Route) -> set[int]:
    """Operations that some piece, lot or sample may come to, whatever the yields are."""
    reached: set[int] = set()
    waiting: list[Next] = [0]
    while waiting:
        index = waiting.pop()
        if not isinstance(index, int) or index in reached:
            continue
        reached.add(index)
        operation = route[index]
        waiting.append(next_of(route, index))
        named = [place for way in ways_back(operation) for place in (way.to, way.then) if place]
        named += operation.sample.operations if operation.sample else ()
        waiting += [target(route, place) for place in named]
    return reached
