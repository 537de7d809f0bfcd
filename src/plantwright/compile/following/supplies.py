"""What enters, and what is on the shelves, when a plan is followed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plantwright.arrays import World
from plantwright.codes import CONWIP, NEVER_SHORT, NO_POLICY, NONE, PLANNED, UNLIMITED
from plantwright.compile.following.records import Lot, ticks
from plantwright.compile.rows import blank

Ints = NDArray[np.int64]


def releases(old: World, lots: Sequence[Lot], items: Mapping[str, int], first: Ints) -> tuple[Any, Any]:
    """Releases that let in the lots of the plan, in their order, and nothing else."""
    release = old.release.copy()
    release.kind[:] = CONWIP
    release.cap[:] = 0
    release.launcher[:] = NONE
    order = sorted(range(len(lots)), key=lambda j: (lots[j].enters_s, lots[j].due_s, j))
    opening = blank("opening", len(lots))
    count = 0
    for item in dict.fromkeys(lot.item for lot in lots):
        r = int(old.item.release[items[item]])
        mine = [j for j in order if lots[j].item == item]
        release.kind[r], release.cap[r] = PLANNED, UNLIMITED
        release.first_opening[r], release.openings[r] = count, len(mine)
        for column in ("next_opening", "opened", "pending", "again", "taken"):
            release[column][r] = 0
        for j in mine:
            lot = lots[j]
            opening.time[count], opening.due[count] = ticks(lot.enters_s), ticks(lot.due_s)
            opening.pieces[count], opening.operation[count] = lot.pieces, first[j]
            count += 1
    return release, opening


def shelves(old: World, lots: Sequence[Lot], items: Mapping[str, int], rows: Sequence[Ints], operation: Any) -> Any:
    """Shelves: what the plan makes is counted, everything else is there."""
    item = old.item.copy()
    item.room[:] = UNLIMITED
    item.policy[:] = NEVER_SHORT
    flows: dict[int, list[tuple[int, int, int]]] = {}
    for j, lot in enumerate(lots):
        flows.setdefault(items[lot.item], []).append((ticks(lot.ends_s), -lot.pieces, j))
        for visit, row in zip(lot.visits, rows[j].tolist(), strict=True):
            op = operation[row]
            for kit in old.kit[op.first_kit : op.first_kit + op.kits]:
                taken = (ticks(visit.begins_s), int(kit.pieces) * lot.pieces, row)
                flows.setdefault(int(kit.item_), []).append(taken)
    for lot in lots:
        i = items[lot.item]
        item.policy[i] = NO_POLICY
        item.stock[i] = max(int(item.stock[i]), _least(flows[i]))
    return item


def _least(flows: list[tuple[int, int, int]]) -> int:
    """The least on the shelf at the start with which it never runs out: flows are (time, taken less given, who)."""
    owed = most = 0
    for _, taken, _ in sorted(flows):
        owed += taken
        most = max(most, owed)
    return most
