"""What is called for and not begun, at the first instant of a run.

A state may say so item by item. Where it does not, it follows: a policy keeps its level of pieces in stock, in process
and called for; dated demand wants what is neither in stock nor in process, the earliest dates being met first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from plantwright.codes import ON_DEMAND
from plantwright.compile.draft import Draft
from plantwright.model.state import Called, Part

Opening = tuple[int, int, int]
"""From when it may be started, when it is due [ticks], how many pieces."""


def every_part(parts: Iterable[Part]) -> Iterator[Part]:
    """All parts of a state, those of lots in the laboratory too."""
    for part in parts:
        yield part
        for _ in range(part.count):
            yield from every_part(part.lot)


def in_process(draft: Draft, name: str) -> int:
    """Pieces of an item in process. [pieces]"""
    if draft.state is None:
        return 0
    usual = draft.thing(name).moves_as
    mine = [part for part in every_part(draft.state.parts) if part.item == name]
    return sum(part.count * (usual if part.pieces is None else part.pieces) for part in mine)


def written_orders(draft: Draft, name: str) -> list[Called]:
    """What the state says is called for of an item."""
    return [] if draft.state is None else [order for order in draft.state.orders if order.item == name]


def called(draft: Draft, name: str, level: int) -> dict[str, float]:
    """Columns of what a policy has called for: pieces of whole lots, which may enter, and the rest."""
    item = draft.rows["item"][draft.items[name]]
    written = written_orders(draft, name)
    if written:
        return {
            "pending": sum(order.pieces for order in written if not order.complete),
            "again": sum(order.pieces for order in written if order.complete),
        }
    owed = item["backlog"] if item["policy"] == ON_DEMAND else 0
    wanted = max(0, level - item["stock"] + owed - in_process(draft, name))
    if draft.state is None:
        return {"pending": wanted}
    return {"pending": wanted % item["lot"], "again": wanted // item["lot"] * item["lot"]}


def waiting_outside(draft: Draft, name: str) -> int:
    """Pieces that have arrived and find no room. [pieces]"""
    return sum(order.pieces for order in written_orders(draft, name))


def to_make(draft: Draft, name: str, wanted: Sequence[tuple[int, int]], ahead: int) -> list[Opening]:
    """What is to be made for dated demand and is not begun, in the order of dates.

    Parameters
    ----------
    wanted
        When pieces are wanted and how many, from the plant's first day on. [ticks, pieces]
    ahead
        How long before its date a piece may be started. [ticks]
    """
    written = written_orders(draft, name)
    if written:
        dated = [
            (draft.start, draft.start if order.due is None else draft.since_first_day(order.due), order.pieces)
            for order in written
        ]
        later = [(due - ahead, due, pieces) for due, pieces in wanted if due - ahead > draft.start]
        return sorted(dated, key=lambda opening: opening[1]) + later
    rest = _not_begun(draft, name, wanted)
    return [(max(draft.start, due - ahead), due, pieces) for due, pieces in rest]


def _not_begun(draft: Draft, name: str, wanted: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The latest of the dated pieces, as many as are neither delivered nor in stock nor in process."""
    item = draft.rows["item"][draft.items[name]]
    there = item["stock"] + in_process(draft, name)
    if draft.state is not None:
        there += sum(pieces for due, pieces in wanted if due <= draft.start) - item["backlog"]
    rest = []
    for due, pieces in wanted:
        covered = min(max(there, 0), pieces)
        there -= covered
        if pieces > covered:
            rest.append((due, pieces - covered))
    return rest if there >= 0 else [(draft.start, -there), *rest]
