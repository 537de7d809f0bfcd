"""The bill of materials of one configuration on one day: what routes build in, less what is not chosen or not valid."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from plantwright.model.family import Dated, Family
from plantwright.model.flows import chooser, thing
from plantwright.model.plant import Plant
from plantwright.model.product import Item, Product
from plantwright.model.route import Operation


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """So many pieces of an item go into one piece of its parent."""

    parent: str
    item: str
    pieces: int


@dataclass(frozen=True, slots=True)
class Bill:
    """Everything that goes into a product, level by level.

    Attributes
    ----------
    product : str
        What is built.
    lines : tuple of Line
        Each parent before its parts, in the order of the routes.
    open : frozenset of str
        Options on which the bill depends and for which nothing was chosen; their lines are left out.
    lapsed : tuple of str
        Items in it that are not valid on the day, and that nothing takes the place of.
    """

    product: str
    lines: tuple[Line, ...]
    open: frozenset[str] = frozenset()
    lapsed: tuple[str, ...] = ()

    @property
    def parts(self) -> frozenset[str]:
        """Distinct items in it."""
        return frozenset(line.item for line in self.lines)

    def pieces(self) -> dict[str, int]:
        """Pieces of each item in one unit, over all levels. [pieces]"""
        needed = {self.product: 1}
        for parent in _parents_first(self.lines, self.product):
            for line in self.lines:
                if line.parent == parent:
                    needed[line.item] = needed.get(line.item, 0) + needed[parent] * line.pieces
        return {name: number for name, number in needed.items() if name != self.product}

    def digest(self, chosen: Mapping[str, str]) -> str:
        """The sha256 of what is built: the same bill has the same one, in whatever order documents hold it."""
        told = {
            "chosen": dict(sorted(chosen.items())),
            "lines": [[line.parent, line.item, line.pieces] for line in sorted(self.lines)],
            "product": self.product,
        }
        return hashlib.sha256(
            json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
        ).hexdigest()


def resolve(plant: Plant, family: Family, product: str, chosen: Mapping[str, str], on: dt.date) -> Bill:
    """The bill of a product for a choice of values on a day.

    Parameters
    ----------
    plant
        A plant whose bill of materials has no cycle.
    family
        Its modules say when items are valid and what takes their place.
    product
        What is built.
    chosen
        A value for each option.
    on
        The day.
    """
    lines: list[Line] = []
    undecided: set[str] = set()
    lapsed: dict[str, None] = {}
    waiting, seen = [product], {product}
    while waiting:
        parent = waiting.pop(0)
        made = thing(plant, parent)
        kit, lacking = _kit(plant, made, chosen)
        undecided |= lacking
        for item, pieces in kit.items():
            valid = in_force(family, item, on)
            if valid is None:
                lapsed[item] = None
            lines.append(Line(parent, valid or item, pieces))
            if (valid or item) not in seen:
                seen.add(valid or item)
                waiting.append(valid or item)
    return Bill(product, tuple(lines), frozenset(undecided), tuple(lapsed))


def _kit(plant: Plant, made: Item | Product | None, chosen: Mapping[str, str]) -> tuple[dict[str, int], set[str]]:
    """Pieces that go directly into one piece, over all operations of the normal flow; options that are not chosen."""
    pieces: dict[str, int] = {}
    lacking: set[str] = set()
    route = plant.routes.get(made.made_by or "", ()) if made is not None else ()
    for operation in route:
        for item in operation.uses if not operation.side else ():
            number, option = _amount(made, operation, item, chosen)
            lacking |= {option} if option else set()
            if number:
                pieces[item] = pieces.get(item, 0) + number
    return pieces, lacking


def _amount(
    made: Item | Product | None, operation: Operation, item: str, chosen: Mapping[str, str]
) -> tuple[int, str | None]:
    """Pieces of one use; and the option that would decide, where it is not chosen."""
    amounts = operation.uses[item]
    if isinstance(amounts, int):
        return amounts, None
    option = chooser(made, operation, amounts)
    if option not in chosen:
        return 0, option
    return amounts.get(chosen[option], 0), None


def in_force(family: Family, item: str, on: dt.date) -> str | None:
    """What stands in a bill on a day where the routes name an item: itself, one that follows or precedes it, or None.

    An item that ends is followed by its ``then``; before an item begins, the one whose ``then`` it is stands there.
    """
    for step in (_after, _before):
        at: str | None = item
        passed: set[str] = set()
        while at is not None and at not in passed:
            if _valid(family, at, on):
                return at
            passed.add(at)
            at = step(family, at)
    return None


def _valid(family: Family, item: str, on: dt.date) -> bool:
    return item not in family.modules or family.modules[item].is_valid(on)


def _after(family: Family, item: str) -> str | None:
    return family.modules[item].then if item in family.modules else None


def _before(family: Family, item: str) -> str | None:
    return next((name for name, module in family.modules.items() if module.then == item), None)


def dates(family: Family) -> tuple[dt.date, ...]:
    """Days on which a bill or a rule may change."""
    dated: list[Dated] = [*family.modules.values(), *family.rules.values()]
    return tuple(sorted({day for each in dated for day in (each.from_, each.until) if day is not None}))


def _parents_first(lines: tuple[Line, ...], product: str) -> list[str]:
    """Parents in such an order that each comes after everything that it goes into."""
    above: dict[str, set[str]] = {product: set()}
    for line in lines:
        above.setdefault(line.item, set()).add(line.parent)
    order: list[str] = []
    left = dict.fromkeys([product, *(line.parent for line in lines)])
    while left:
        ready = [name for name in left if not any(each in left for each in above[name])]
        order += ready
        for name in ready or list(left):
            del left[name]
    return order
