"""Pegs in names, and trees of them: what supplies an order, which orders a supply serves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from plantwright.analytic.pegging import peg
from plantwright.problems.materials import CUSTOMERS, ON_HAND, OPEN, PLANNED
from plantwright.results import Node, Peg
from plantwright.study.materials.planned import Made

Row = tuple[int, int, int, int, int, int]
"""Item, kind of supply, period of supply, arc, period of need, pieces."""
SUPPLIES = {ON_HAND: "stock", OPEN: "open"}
LEAST = 0.5
"""Pieces below which a branch is not worth a knot. [pieces]"""
WIDEST = 12
"""Branches of a knot that are told: late ones first, then the largest. [-]"""

SUPPLIES_TOLD = 4
"""Supplies of a thing whose trees are told: the next ones. [-]"""


class Pegging:
    """All pegs of a plan.

    Parameters
    ----------
    made
        The plan.
    """

    def __init__(self, made: Made) -> None:
        self.made = made
        pegs = peg(made.problem, made.plan)
        columns = (pegs.item, pegs.supply, pegs.received, pegs.arc, pegs.needed, pegs.pieces)
        self.rows: list[Row] = list(zip(*(column.tolist() for column in columns), strict=True))
        self.of_need: defaultdict[tuple[int, int, int], list[Row]] = defaultdict(list)
        """Supplies of each requirement: by item, arc and period of need."""
        self.of_supply: defaultdict[tuple[int, int, int], list[Row]] = defaultdict(list)
        """Requirements that each supply serves: by item, kind and period of supply."""
        for row in self.rows:
            item, kind, received, arc, needed, _ = row
            self.of_need[item, arc, needed].append(row)
            self.of_supply[item, kind, received].append(row)
        bill = made.problem.bill
        self.parent: list[int] = bill.parent.tolist()
        self.child: list[int] = bill.child.tolist()
        self.arcs: defaultdict[int, list[int]] = defaultdict(list)
        for arc, parent in enumerate(self.parent):
            self.arcs[parent].append(arc)

    def told(self) -> Iterator[Peg]:
        """Pegs of what is needed within the periods told."""
        made = self.made
        for item, kind, received, arc, needed, pieces in self.rows:
            if needed < made.shown:
                yield Peg(
                    item=made.materials.names[item],
                    supply=self._supply(item, kind, received),
                    comes=made.day(received),
                    serves="customers" if arc == CUSTOMERS else self._order_of(arc, needed),
                    needed=made.day(needed),
                    pieces=pieces,
                )

    def trees(self, thing: str | None) -> tuple[Node | None, tuple[Node, ...]]:
        """What supplies the next customers of a thing, and what its next supplies serve.

        Where no thing is named, the first of the two for what is sold first of all.
        """
        item = self.made.materials.names.index(thing if thing is not None else next(iter(self.made.plant.demand)))
        wanted = [period for period in range(self.made.shown) if self.of_need[item, CUSTOMERS, period]]
        supplies = sorted({(row[2], row[1]) for row in self.rows if row[0] == item and row[2] < self.made.shown})
        down = self.down(item, self._telling(item, wanted)) if wanted else None
        if thing is None:
            return down, ()
        return down, tuple(self.up(item, kind, received) for received, kind in supplies[:SUPPLIES_TOLD])

    def _telling(self, item: int, periods: list[int]) -> int:
        """Of periods in which customers want a thing the first that a planned order serves, else the first."""
        served = (p for p in periods if any(row[1] == PLANNED for row in self.of_need[item, CUSTOMERS, p]))
        return next(served, periods[0])

    def down(self, item: int, period: int) -> Node | None:
        """What supplies the customers of a thing in a period, down to what is bought; None where nobody wants it."""
        found = tuple(self._made_of(row, row[5]) for row in self.of_need[item, CUSTOMERS, period])
        pieces = sum(node.pieces for node in found)
        late = any(node.late for node in found)
        return self._knot(item, "customers", period, pieces, late=late, branches=found) if found else None

    def up(self, item: int, kind: int, received: int) -> Node:
        """What a supply serves, up to customers."""
        rows = self.of_supply[item, kind, received]
        branches = _largest(self._goes_into(row, row[5]) for row in rows)
        pieces = float(sum(row[5] for row in rows))
        return self._knot(item, self._supply(item, kind, received), received, pieces, branches=branches)

    def _made_of(self, row: Row, pieces: float) -> Node:
        """Some of the pieces of a peg, and what they are made of: each component in the share of its order."""
        item, kind, received, _, needed, _ = row
        branches: tuple[Node, ...] = ()
        if kind == PLANNED:
            share = pieces / int(self.made.plan.receipts[item, received])
            released = received - int(self.made.problem.lead[item])
            branches = _largest(
                self._made_of(each, each[5] * share)
                for arc in self.arcs[item]
                for each in self.of_need[self.child[arc], arc, released]
            )
        supply = self._supply(item, kind, received)
        return self._knot(item, supply, received, pieces, late=received > needed, branches=branches)

    def _goes_into(self, row: Row, pieces: float) -> Node:
        """Some of the pieces of a peg, and what they become."""
        item, _, received, arc, needed, _ = row
        late = received > needed
        if arc == CUSTOMERS:
            return self._knot(item, "customers", needed, pieces, late=late)
        parent = self.parent[arc]
        comes = needed + int(self.made.problem.lead[parent])
        become = pieces / float(self.made.problem.bill.pieces[arc])
        share = min(1.0, become / max(1, int(self.made.plan.receipts[parent, comes])))
        branches = _largest(self._goes_into(up, up[5] * share) for up in self.of_supply[parent, PLANNED, comes])
        return self._knot(parent, self.made.number(parent, comes), comes, become, late=late, branches=branches)

    def _knot(
        self, item: int, supply: str, period: int, pieces: float, *, late: bool = False, branches: tuple[Node, ...] = ()
    ) -> Node:
        name = self.made.materials.names[item]
        return Node(name, self.made.name(item), supply, self.made.day(period), round(pieces, 1), late, branches)

    def _supply(self, item: int, kind: int, received: int) -> str:
        return SUPPLIES.get(kind) or self.made.number(item, received)

    def _order_of(self, arc: int, released: int) -> str:
        parent = self.parent[arc]
        return self.made.number(parent, released + int(self.made.problem.lead[parent]))


def _largest(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """The branches worth telling, in their order."""
    worth = [node for node in nodes if node.pieces >= LEAST]
    kept = sorted(range(len(worth)), key=lambda place: (not worth[place].late, -worth[place].pieces))[:WIDEST]
    return tuple(worth[place] for place in sorted(kept))
