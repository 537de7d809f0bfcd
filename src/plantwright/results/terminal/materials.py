"""The answer to ``materials`` in the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rich.console import RenderableType
from rich.tree import Tree

from plantwright.results.materials import ItemPlan, MasterSchedule, MaterialsAnswer, Message, Node
from plantwright.results.terminal.tables import SHOWN, grid, table, verdict
from plantwright.results.wording import estimate, number, titled

COLUMNS = 7
"""Periods of a table in the terminal; JSON and report have them all."""
ROWS = 20
"""Messages in the terminal."""


def materials_lines(answer: MaterialsAnswer) -> Iterator[RenderableType]:
    """The verdict, key numbers, messages, the master schedule, the tightest stations; the item that was asked for."""
    yield verdict(answer.verdict)
    yield grid(answer.facts)
    if answer.messages:
        yield table("To decide and to do", ("", "what"), _messages(answer), 2)
    periods = tuple(period[5:] for period in answer.periods[:COLUMNS])
    for key, row in answer.master.items():
        yield table(f"{titled(key, row.name)}: master schedule", ("from", *periods), _master(row))
    yield table("Tightest stations", ("station", "most", "from", "over 100 %"), _stations(answer), 1)
    if answer.replay is not None and answer.replay.short_of:
        waits = ((name, estimate(hours)) for name, hours in list(answer.replay.short_of.items())[:SHOWN])
        yield table("Waited for when the plan was followed", ("item", "machine hours"), waits)
    if answer.serves:
        item = answer.items[answer.serves[0].item]
        yield table(f"{item.name}: requirements", ("from", *periods), _requirements(item))
    yield from _trees(answer)


def _messages(answer: MaterialsAnswer) -> Iterator[tuple[str, str]]:
    """Of each kind some, of all of them as many as there is room for."""
    kinds = Counter(message.kind for message in answer.messages)
    most = max(2, ROWS // max(1, len(kinds)))
    for kind, count in kinds.items():
        mine: list[Message] = [message for message in answer.messages if message.kind == kind]
        for message in mine[:most]:
            yield kind, message.text
        if count > most:
            yield kind, f"… {count - most} more in --json"


def _master(row: MasterSchedule) -> Iterator[tuple[str, ...]]:
    named = {
        "forecast": row.forecast,
        "orders": row.orders,
        "open": row.open,
        "planned": row.planned,
        "left": row.projected,
        "to promise": row.promise,
    }
    for name, pieces in named.items():
        if name != "open" or any(pieces):
            yield name, *(f"{each:,}" for each in pieces[:COLUMNS])


def _requirements(item: ItemPlan) -> Iterator[tuple[str, ...]]:
    named = {
        "gross": item.gross,
        "open": item.open,
        "net": item.net,
        "comes": item.receipts,
        "released": item.releases,
        "left": item.projected,
    }
    for name, pieces in named.items():
        yield name, *(f"{each:,}" for each in pieces[:COLUMNS])


def _stations(answer: MaterialsAnswer) -> Iterator[tuple[str, ...]]:
    rows = []
    for key, station in answer.load.items():
        loads = [work / there if there else 0.0 for work, there in zip(station.needed_h, station.hours_h, strict=True)]
        most = max(range(len(loads)), key=lambda period: loads[period])
        over = sum(load > 1 for load in loads)
        rows.append((loads[most], titled(key, station.name), answer.periods[most], over))
    for load, name, period, over in sorted(rows, key=lambda row: -row[0])[:SHOWN]:
        yield name, f"{100 * load:.0f} %", period, f"{over} of {len(answer.periods)}"


def _trees(answer: MaterialsAnswer) -> Iterator[RenderableType]:
    if answer.serves and answer.supplied_by is not None:
        yield _tree("Supplied by", answer.supplied_by)
    for node in answer.serves:
        yield _tree("Serves", node)


def _tree(title: str, node: Node) -> Tree:
    tree = Tree(f"{title}: {_knot(node)}")
    _grow(tree, node)
    return tree


def _grow(tree: Tree, node: Node) -> None:
    for branch in node.branches:
        _grow(tree.add(_knot(branch)), branch)


def _knot(node: Node) -> str:
    late = ", late" if node.late else ""
    supply = (
        node.supply
        if node.supply in ("customers", "stock")
        else f"{node.supply}"
        if "/" in node.supply
        else "open order"
    )
    return f"{number(node.pieces)} {node.name}, {supply} {'' if '/' in node.supply else node.date}{late}".replace(
        "  ", " "
    )
