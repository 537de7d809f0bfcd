"""Lanes: a station's queue split by what decides which part may or should go first.

Where nothing but arrival (or due date) decides, one lane is enough. Otherwise parts that are alike for the decision
wait in one lane, and the kernel compares the lanes' first parts.
"""

from __future__ import annotations

from plantwright.codes import CRITICAL, DUE, FAMILY_FIRST, FIFO, PRIORITY, SHORTEST
from plantwright.compile.draft import Draft
from plantwright.units import TICKS_PER_SECOND

Key = tuple[int, int]
"""Rank and group of an operation at a station: operations with the same key share a lane."""


def add_lanes(draft: Draft) -> None:
    """Lanes of all stations and the choices of all operations, once the operations are written."""
    arriving: dict[str, list[int]] = {name: [] for name in draft.stations}
    for row, operation in enumerate(draft.written):
        for name in operation.stations:
            arriving[name].append(row)
    lane_at: dict[tuple[int, str], int] = {}
    for name, rows in arriving.items():
        lane_at.update(_add_station_lanes(draft, name, rows))
        draft.rows["station"].set(draft.stations[name], accepts_down=int(_accepts_down(draft, name, rows)))
    for row, operation in enumerate(draft.written):
        first = len(draft.rows["choice"])
        for name in operation.stations:
            draft.rows["choice"].add(station=draft.stations[name], lane=lane_at[row, name])
        draft.rows["operation"].set(row, first_choice=first, choices=len(operation.stations))


def _add_station_lanes(draft: Draft, name: str, rows: list[int]) -> dict[tuple[int, str], int]:
    keys = _keys(draft, name, rows)
    first_with = {key: row for row, key in reversed(keys.items())}
    first = len(draft.rows["lane"])
    lanes: dict[Key, int] = {}
    for key, row in sorted(first_with.items(), key=lambda entry: (entry[0][0], entry[1])):
        family = draft.rows["operation"][row]["family"]
        lanes[key] = draft.rows["lane"].add(station=draft.stations[name], family=family, rank=key[0])
    draft.rows["station"].set(draft.stations[name], first_lane=first, lanes=len(lanes))
    return {(row, name): lanes[key] for row, key in keys.items()}


def _keys(draft: Draft, name: str, rows: list[int]) -> dict[int, Key]:
    """Rank and group of each operation at a station."""
    station = draft.rows["station"][draft.stations[name]]
    rule = station["rule"]
    family = {row: draft.rows["operation"][row]["family"] for row in rows}
    if station["batch_max"] > 0:  # one that waits for its kit must not keep others of its family from baking
        return {row: (0, -1 - row if _may_wait_for_more(draft, row) else family[row]) for row in rows}
    setup = draft.plant.stations[name].setup
    is_picky = rule == CRITICAL or station["restricted"] or (setup is not None and bool(setup.people))
    if is_picky or any(_may_wait_for_more(draft, row) for row in rows):
        return {row: (_rank(draft, rule, row), row) for row in rows}
    if rule == FAMILY_FIRST:
        return {row: (0, family[row]) for row in rows}
    if rule in (FIFO, DUE):
        return dict.fromkeys(rows, (0, 0))
    return {row: (_rank(draft, rule, row), 0) for row in rows}


def _may_wait_for_more(draft: Draft, row: int) -> bool:
    """Whether a part at the head of the queue may have to wait for more than a machine, so that others pass it."""
    operation = draft.rows["operation"][row]
    return any(operation[needed] for needed in ("kits", "needs", "attends", "tools"))


def _accepts_down(draft: Draft, name: str, rows: list[int]) -> bool:
    """Whether a part may wait on the machine while it is down: one machine, and nothing else to wait for."""
    station = draft.rows["station"][draft.stations[name]]
    plain = station["machines"] == 1 and not station["locked"] and station["batch_max"] == 0
    has_setup = draft.plant.stations[name].setup is not None
    return plain and not has_setup and not any(_may_wait_for_people_or_tools(draft, row) for row in rows)


def _may_wait_for_people_or_tools(draft: Draft, row: int) -> bool:
    operation = draft.rows["operation"][row]
    return any(operation[needed] for needed in ("needs", "attends", "tools"))


def _rank(draft: Draft, rule: int, row: int) -> int:
    """What the rule compares: mean time, priority or remaining mean work."""
    if rule == SHORTEST:
        return mean_work(draft, row)
    if rule == PRIORITY:
        return draft.written[row].priority
    if rule == CRITICAL:
        return remaining_work(draft, row)
    return 0


def mean_work(draft: Draft, row: int) -> int:
    """Mean time of an operation on one part, loading and unloading included. [ticks]"""
    operation = draft.written[row]
    pieces = draft.thing(draft.operations[row][0]).moves_as if draft.rows["operation"][row]["per_piece"] else 1
    attended = operation.attended
    hands_on = [law.mean for law in (attended.load, attended.unload) if law] if attended else []
    own = operation.law.mean * pieces if operation.law else 0.0
    return round((own + sum(hands_on)) * TICKS_PER_SECOND)


def remaining_work(draft: Draft, row: int) -> int:
    """Mean time of an operation and of all that follow when nothing fails. [ticks]"""
    total = 0
    seen: set[int] = set()
    while row >= 0 and row not in seen:
        seen.add(row)
        total += mean_work(draft, row)
        row = draft.rows["operation"][row]["next"]
    return total
