"""Who delivers to whom: links between stations, read from the routes and what their operations use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from plantwright.model.plant import Plant
from plantwright.model.route import Operation

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Link:
    """Material moves from one station to another; ``aside`` for rework, repair and the laboratory's samples."""

    start: str
    end: str
    items: tuple[str, ...]
    aside: bool = False


def links(plant: Plant) -> list[Link]:
    """All links of a plant, each pair of stations once, the normal flow before what goes aside."""
    carried: dict[Pair, dict[str, None]] = {}
    aside: dict[Pair, dict[str, None]] = {}
    for route, operations in plant.routes.items():
        for pair in _along(operations):
            carried.setdefault(pair, {})[route] = None
        for pair in _beside(operations):
            aside.setdefault(pair, {})[route] = None
    for item, pair in _built_in(plant):
        carried.setdefault(pair, {})[item] = None
    found = [Link(*pair, tuple(items)) for pair, items in carried.items() if pair[0] != pair[1]]
    return found + [
        Link(*pair, tuple(items), aside=True)
        for pair, items in aside.items()
        if pair[0] != pair[1] and pair not in carried
    ]


def _between(starts: Operation, ends: Operation) -> Iterator[Pair]:
    for start in starts.stations:
        for end in ends.stations:
            yield start, end


def _along(operations: Sequence[Operation]) -> Iterator[Pair]:
    """From each operation of the normal flow to the next one."""
    main = [operation for operation in operations if not operation.side]
    named = {operation.op: operation for operation in operations}
    for place, operation in enumerate(main):
        after = named.get(operation.then or "") if operation.then else None
        if operation.then is None and place + 1 < len(main):
            after = main[place + 1]
        if after is not None:
            yield from _between(operation, after)


def _beside(operations: Sequence[Operation]) -> Iterator[Pair]:
    """To repair and teardown and back, and through the laboratory."""
    named = {operation.op: operation for operation in operations}
    for operation in operations:
        ways = [operation.then] if operation.side else []
        if operation.else_ is not None:
            ways += [operation.else_.to, operation.else_.then]
        for way in ways:
            if way in named:
                yield from _between(operation, named[way])
        before = operation
        for step in operation.sample.operations if operation.sample else ():
            if step in named:
                yield from _between(before, named[step])
                before = named[step]


def _last(operations: Sequence[Operation]) -> Operation | None:
    main = [operation for operation in operations if not operation.side]
    ends = [operation for operation in main if operation.then == "done"]
    return ends[-1] if ends else main[-1] if main else None


def _built_in(plant: Plant) -> Iterator[tuple[str, Pair]]:
    """From where an item is finished to where it is built in."""
    makers = {key: item.made_by for key, item in plant.items.items()}
    makers |= {key: product.made_by for key, product in plant.products.items()}
    for operations in plant.routes.values():
        for operation in operations:
            for item in operation.uses:
                last = _last(plant.routes.get(makers.get(item) or "", ()))
                if last is not None:
                    for pair in _between(last, operation):
                        yield item, pair


def in_order(keys: Sequence[str], pairs: Iterable[Pair]) -> list[str]:
    """The keys so that material flows down the list; ties and circles fall to the order given."""
    waiting: dict[str, set[str]] = {key: set() for key in keys}
    for start, end in pairs:
        if start in waiting and end in waiting and start != end:
            waiting[end].add(start)
    ordered: list[str] = []
    while waiting:
        key = next((key for key, before in waiting.items() if not before), next(iter(waiting)))
        del waiting[key]
        for before in waiting.values():
            before.discard(key)
        ordered.append(key)
    return ordered


def ranks(ordered: Sequence[str], pairs: Iterable[Pair]) -> dict[str, int]:
    """Longest way to each key along the order: 0 where nothing comes before."""
    place = {key: number for number, key in enumerate(ordered)}
    rank = dict.fromkeys(ordered, 0)
    forward = sorted(
        ((start, end) for start, end in pairs if start in place and end in place and place[start] < place[end]),
        key=lambda pair: place[pair[0]],
    )
    for start, end in forward:
        rank[end] = max(rank[end], rank[start] + 1)
    return rank


def between_shops(found: Iterable[Link], shop_of: Callable[[str], str]) -> Mapping[Pair, tuple[str, ...]]:
    """Items that pass from shop to shop in the normal flow."""
    passed: dict[Pair, dict[str, None]] = {}
    for link in found:
        pair = shop_of(link.start), shop_of(link.end)
        if pair[0] != pair[1] and not link.aside:
            passed.setdefault(pair, {}).update(dict.fromkeys(link.items))
    return {pair: tuple(items) for pair, items in passed.items()}
