"""Records that the kernels read and write: named arrays of int64, each record handed over as one pointer."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from plantwright.jit import by_pointer
from plantwright.problems.schedule import Ints

FAR = np.int64(2**61)
"""Later than anything: the end of the last gap of a machine. [tick]"""

NOWHERE = -2
"""Machine of a reference that is not there; -1 is work without a machine."""

# Columns of a place that was found for an operation (``Board.found``)
START, END, SETUP, SETUP_TIME, POSITION, JOINS, NEXT_SETUP, NEXT_TIME, MODE, LACKS = range(10)
WIDTH = 10

# What is added up while work is placed (``Board.total``); the first seven in the order of ``Measure``
MAKESPAN, TARDINESS, LATE, FLOW, SETUPS, EARLINESS, MOVED, BROKEN, PLACED = range(9)
TOTALS = 9
MEASURES = 7


@by_pointer
class Floor(NamedTuple):
    """A problem, flat. Attributes as in ``problems.schedule``; in addition:

    Attributes
    ----------
    fixed_op
        Operations with a fixed start, by time, the longest of a batch first.
    unit_first, unit_op, unit_of
        Units are placed as a whole: operations tied by longest waits or by blocking, or a single one. The operations
        of a unit stand in an order that the arcs allow. (U + 1,), (N,), (N,)
    before_first, before_unit, after_first, after_unit
        Units that must be placed before each, and after. (U + 1,), (B,)
    in_first, in_arc, out_first, out_arc
        Arcs into each operation, and out of it. (N + 1,), (A,)
    line_first
        Where each machine's part of ``Board.line`` begins. (M + 1,)
    pool_first
        Where each pool's part of ``Board.pool_time`` begins. (P + 1,)
    shape
        F (families). (1,)
    goal
        Weight of each measure at each level. (levels * MEASURES,)
    """

    release: Ints
    due: Ints
    deadline: Ints
    weight: Ints
    job: Ints
    route: Ints
    first_mode: Ints
    modes: Ints
    blocks: Ints
    interruptible: Ints
    pieces: Ints
    fixed_mode: Ints
    fixed_start: Ints
    reference_machine: Ints
    reference_start: Ints
    machine: Ints
    time: Ints
    family: Ints
    calendar: Ints
    mode_need: Ints
    mode_needs: Ints
    need_pool: Ints
    need_amount: Ints
    room: Ints
    free: Ints
    state: Ints
    matrix: Ints
    ahead: Ints
    setup_calendar: Ints
    setter_need: Ints
    setter_needs: Ints
    setups: Ints
    arc_before: Ints
    arc_after: Ints
    arc_from_start: Ints
    arc_least: Ints
    arc_most: Ints
    in_first: Ints
    in_arc: Ints
    out_first: Ints
    out_arc: Ints
    first_window: Ints
    windows: Ints
    opens: Ints
    closes: Ints
    line_first: Ints
    pool_first: Ints
    level_first: Ints
    levels: Ints
    level_from: Ints
    level: Ints
    fixed_op: Ints
    unit_first: Ints
    unit_op: Ints
    unit_of: Ints
    before_first: Ints
    before_unit: Ints
    after_first: Ints
    after_unit: Ints
    shape: Ints
    goal: Ints


@by_pointer
class Board(NamedTuple):
    """A schedule in the making. Everything lies in one array, ``whole``, so that a board is copied in one go.

    Attributes
    ----------
    start, end, mode, setup, setup_time
        Of each operation; mode ``NONE``: not placed. ``setup`` as in ``Schedule``, ``setup_time`` is working time.
        Of the operations of a batch only the first carries the setup. (N,)
    ready
        When its work was there. (N,)
    release
        Until when it holds its machine, on its own account. (N,)
    until, load, state
        Of the first operation of a batch, or the only one: until when the machine is held, pieces in it, family that
        the machine is in afterwards. (N,)
    leader, follower
        First operation of the batch it is in, and the next one in the batch. (N,)
    was_done, next_setup, next_time, broken
        What placing it changed, to take it back: completion of its job, setup of its successor on the machine,
        waiting limits that it breaks [tick]. (N,)
    least_start
        While a unit is placed: not before. (N,)
    trail
        Operations in the order in which they were placed. (N,)
    mark
        Length of the trail when the unit at each position of the order was begun. (U + 1,)
    line, line_count
        First operations of batches on each machine in the order of time. (L,), (M,)
    pool_time, pool_free, pool_count
        What is left of each pool from each time on. (B,), (B,), (P,)
    done
        End of the last operation of each job so far. (J,)
    total
        ``MAKESPAN`` ... (TOTALS,)
    found
        Places found: row 0 the best, row 1 the one under trial. (2 * WIDTH,)
    """

    whole: Ints
    start: Ints
    end: Ints
    mode: Ints
    setup: Ints
    setup_time: Ints
    ready: Ints
    release: Ints
    until: Ints
    load: Ints
    state: Ints
    leader: Ints
    follower: Ints
    was_done: Ints
    was_makespan: Ints
    next_setup: Ints
    next_time: Ints
    broken: Ints
    least_start: Ints
    trail: Ints
    mark: Ints
    line: Ints
    line_count: Ints
    pool_time: Ints
    pool_free: Ints
    pool_count: Ints
    done: Ints
    total: Ints
    found: Ints


@by_pointer
class Plan(NamedTuple):
    """What is decided; the board follows from it.

    Attributes
    ----------
    order
        Units in the order in which they are placed; none before one that it waits for. (U,)
    mode
        Mode of each operation; ``NONE``: the one that ends first. (N,)
    route
        Route of each job. (J,)
    hold
        Not before, though it could. (N,) [tick]
    append
        1: nothing is put into gaps, each machine does its work in the order. (1,)
    """

    whole: Ints
    order: Ints
    mode: Ints
    route: Ints
    hold: Ints
    append: Ints


def carve(kind: type, sizes: dict[str, int]) -> tuple[Ints, ...]:
    """One array, and its parts in the order of a record's fields after ``whole``."""
    whole = np.zeros(sum(sizes.values()), dtype=np.int64)
    parts, at = [whole], 0
    for name in kind._fields[1:]:  # type: ignore[attr-defined]
        parts.append(whole[at : at + sizes[name]])
        at += sizes[name]
    return tuple(parts)


def empty_board(floor: Floor) -> Board:
    """A board for this problem, not yet cleared."""
    N, U, M = len(floor.job), len(floor.unit_first) - 1, len(floor.room)
    sizes = dict.fromkeys(Board._fields[1:], N)
    sizes |= {"mark": U + 1, "line": int(floor.line_first[-1]), "line_count": M, "done": len(floor.release)}
    sizes |= {"pool_time": int(floor.pool_first[-1]), "pool_free": int(floor.pool_first[-1])}
    sizes |= {"pool_count": len(floor.pool_first) - 1, "total": TOTALS, "found": 2 * WIDTH}
    return Board(*carve(Board, sizes))


def empty_plan(floor: Floor) -> Plan:
    """Units in the order of their numbers, every choice of a mode left open, first routes, gaps used."""
    U, N, J = len(floor.unit_first) - 1, len(floor.job), len(floor.release)
    plan = Plan(*carve(Plan, {"order": U, "mode": N, "route": J, "hold": N, "append": 1}))
    plan.order[:] = np.arange(U)
    plan.mode[:] = -1
    return plan
