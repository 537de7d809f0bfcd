"""The pegging tree: what an order is made of, down to what is bought, as an outline with its branches."""

from __future__ import annotations

from collections.abc import Iterator

from plantwright.report.figure import NARROW, Figure, Table, figure
from plantwright.report.svg import Drawing, fit
from plantwright.results import Node
from plantwright.results.wording import number

MOST = 36
"""Knots that are drawn, level by level; the table has as many. [-]"""
PITCH = 20
"""Height of a line. [user units]"""
Line = tuple[int, Node]
"""How deep, and what."""


def made_of(root: Node) -> Figure:
    """What some pieces that customers want are made of, down to what is bought."""
    caption = f"What the {number(root.pieces)} of {root.name} wanted from {root.date} on are made of, supply by supply"
    return _tree("made-of", caption, root)


def goes_into(root: Node) -> Figure:
    """What a supply goes into, up to customers."""
    caption = f"What the {number(root.pieces)} of {root.name} {_supply(root)} go into, up to customers"
    return _tree("goes-into", caption, root)


def _tree(name: str, caption: str, root: Node) -> Figure:
    """A line per knot, indented by its depth; late ones in red."""
    lines = list(_lines(root, _deepest(root)))

    def draw(width: int) -> str:
        indent = 12 if width <= NARROW else 22
        drawing = Drawing(width, PITCH * len(lines) + 6, caption)
        above: dict[int, float] = {}
        for place, (depth, node) in enumerate(lines):
            x, y = 6 + depth * indent, PITCH * place + 12
            if depth:
                drawing.line((x - indent, above[depth - 1]), (x - indent, y), "grid")
                drawing.line((x - indent, y), (x, y), "grid")
            above[depth] = y
            cls = "mark backlog" if node.late else "mark c-2" if node.supply == "stock" else "mark c-0"
            said = f"{number(node.pieces)} {node.name}"
            drawing.circle(x, y, 4, cls, f"{said}: {_supply(node)}")
            room = width - x - 12 if width <= NARROW else width - x - 220
            drawing.text(x + 10, y + 4, fit(said, room, 12.5), "label")
            if width > NARROW:
                drawing.text(width, y + 4, fit(_supply(node), 200, 12.5), "value", "end")
        return drawing.svg("figure")

    rows = [(f"{'· ' * depth}{node.name}", number(node.pieces), _supply(node)) for depth, node in lines]
    table = Table.of("The tree", ("what", "pieces", "from"), rows, text=(2,))
    legend = [("c-0", "order"), ("c-2", "stock"), ("backlog", "late")]
    return figure(name, caption, draw, table, legend)


def _supply(node: Node) -> str:
    late = ", late" if node.late else ""
    if node.supply == "stock":
        return f"from stock{late}"
    if node.supply == "customers":
        return f"customers, {node.date}{late}"
    return f"{'open order' if node.supply == 'open' else 'order'}, {node.date}{late}"


def _deepest(root: Node) -> int:
    """The depth down to which the tree fits."""
    level, depth, count = [root], 0, 1
    while level:
        level = [branch for node in level for branch in node.branches]
        count += len(level)
        if count > MOST:
            return max(1, depth)
        depth += 1
    return depth


def _lines(node: Node, deepest: int, depth: int = 0) -> Iterator[Line]:
    yield depth, node
    for branch in node.branches if depth < deepest else ():
        yield from _lines(branch, deepest, depth + 1)
