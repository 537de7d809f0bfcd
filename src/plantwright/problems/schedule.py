"""Finite scheduling: what the optimisers read and what they give back, in ticks.

Axes: J jobs, N operations, K modes (an operation on a machine), M machines, P pools (people, tools, big stations),
A arcs, C calendars, F setup families. A ``-1`` in an index means "none". All times are int64 ticks from the start of
the schedule, clock time unless "working time" is said.

A job is what is finished as a whole (an order, or a lot of it); its operations form a graph of arcs. An operation runs
in exactly one of its modes, without a stop or interrupted only by closures of the mode's calendar. A machine does one
operation at a time, or one batch of operations of the same family.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

NONE = -1
"""No machine, no calendar, no limit, no family, no such thing."""

NEVER = 2**60
"""Later than any schedule: the due date of a job without one. [tick]"""

Measure = Literal["makespan", "tardiness", "late", "flow", "setups", "earliness", "moved"]
"""What a schedule is judged by; less is better in each.

``makespan``: end of the last operation [tick]. ``tardiness``: weight times ticks past the due date, over jobs.
``late``: weight of the jobs past it. ``flow``: weight times ticks from release to completion. ``setups``: working time
of setups [tick]. ``earliness``: weight times ticks before the due date. ``moved``: operations on another machine, or at
another start, than in the reference, and those that stood somewhere and do not run.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Jobs:
    """What is ordered.

    Attributes
    ----------
    release
        Nothing of it begins before. (J,) int64 [tick], >= 0
    due
        Later is late; ``NEVER`` without one. (J,) int64 [tick]
    deadline
        Later is forbidden; ``NEVER`` without one. (J,) int64 [tick]
    weight
        How much it counts. (J,) int64, >= 0
    routes
        Alternative routes, of which one is taken. (J,) int64, >= 1
    """

    release: Ints
    due: Ints
    deadline: Ints
    weight: Ints
    routes: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Operations:
    """What is to be done.

    Attributes
    ----------
    job
        Whose it is; operations of a job stand together, in an order that its arcs allow. (N,) int64
    route
        Done only when this route of its job is taken; ``NONE``: in any. (N,) int64
    first_mode, modes
        Its modes stand together. (N,) int64, modes >= 1
    blocks
        It holds its machine until the first operation that follows it by an arc begins (blocking). (N,) bool
    interruptible
        Closures of the calendar may fall into it; else it fits between two. It begins while open either way, except
        that what may be interrupted and has a fixed start may stand still at first. (N,) bool
    pieces
        Room it takes in a batch. (N,) int64 [pieces], >= 1
    fixed_mode, fixed_start
        Where and when it must run: the frozen zone, and what has begun; ``NONE`` where free. Its route is then taken.
        (N,) int64
    reference_mode, reference_start
        Where and when it stood before, for ``moved``; ``NONE`` where nowhere. (N,) int64
    """

    job: Ints
    route: Ints
    first_mode: Ints
    modes: Ints
    blocks: Flags
    interruptible: Flags
    pieces: Ints
    fixed_mode: Ints
    fixed_start: Ints
    reference_mode: Ints
    reference_start: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Modes:
    """Ways to do an operation: on which machine, for how long, with whom.

    Attributes
    ----------
    machine
        The machine; ``NONE`` where it needs only pools, or nothing (a rest). (K,) int64
    time
        Working time; what takes none is done at any time, open or closed. (K,) int64 [tick], >= 0
    family
        Setup family on that machine; ``NONE`` needs no setup and leaves the machine as it is. (K,) int64
    calendar
        When it can be worked on: machine, people and maintenance together; ``NONE`` always. (K,) int64
    first_need, needs
        Its rows of ``needs``. (K,) int64
    """

    machine: Ints
    time: Ints
    family: Ints
    calendar: Ints
    first_need: Ints
    needs: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Needs:
    """What a mode, or a setup, holds of pools from its start to its end (closures included). (Q,) int64 each.

    Attributes
    ----------
    pool
        The pool.
    amount
        How much of it, in its own unit (thousandths of a person, pieces of a tool). >= 1
    """

    pool: Ints
    amount: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Machines:
    """What does one thing at a time, or one batch.

    Attributes
    ----------
    room
        1: one operation at a time. More: operations of one family (or all of none) whose pieces fit begin and end
        together, each for the longest of their times; 0 is not allowed. (M,) int64 [pieces]
    free
        Nothing begins before. (M,) int64 [tick]
    state
        Family it is set up for at the start; ``NONE``: for none, so that the first one is set up. (M,) int64
    setup
        Its matrix in ``setups``; ``NONE``: no setups. (M,) int64
    ahead
        The setup may be done before the work has come; else it begins when the work is there. (M,) bool
    calendar
        When setups can be done; ``NONE`` always. A setup begins while open; closures interrupt it, nothing else does.
        (M,) int64
    first_need, needs
        Rows of ``needs``: what a setup holds of pools from its start to its end (a setter). (M,) int64
    """

    room: Ints
    free: Ints
    state: Ints
    setup: Ints
    ahead: Flags
    calendar: Ints
    first_need: Ints
    needs: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Pools:
    """What is there in numbers: people of a skill, tools, stations with very many places.

    Attributes
    ----------
    first_level, levels
        Its rows of ``level_from`` and ``level``. (P,) int64, levels >= 1
    level_from
        From when on the level holds, until the next row; the first row begins at 0. (L,) int64 [tick]
    level
        How much there is. (L,) int64, in the pool's own unit, >= 0
    """

    first_level: Ints
    levels: Ints
    level_from: Ints
    level: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Arcs:
    """What waits for what. An arc counts only when both its operations are done (their routes are taken).

    Attributes
    ----------
    before, after
        Operations. (A,) int64
    from_start
        Counted from the start of ``before`` (overlap), else from its end. (A,) bool
    least
        ``after`` begins at least so long after: transport, cure; may be negative. (A,) int64 [tick]
    most
        And at most so long after; ``NONE`` without limit; 0 with ``least`` 0: no wait. (A,) int64 [tick]
    """

    before: Ints
    after: Ints
    from_start: Flags
    least: Ints
    most: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Calendars:
    """When work can be done.

    Attributes
    ----------
    first_window, windows
        Rows of ``opens`` and ``closes``. (C,) int64; they must reach past the end of any useful schedule
    opens, closes
        Windows in rising order, apart from each other. (W,) int64 [tick], opens < closes
    """

    first_window: Ints
    windows: Ints
    opens: Ints
    closes: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Goal:
    """One level of what is sought: a weighted sum of measures. Levels count one after the other.

    Attributes
    ----------
    measures
        What is added up.
    weights
        How much of each. >= 0
    """

    measures: tuple[Measure, ...]
    weights: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class ScheduleProblem:
    """What a scheduler reads.

    Attributes
    ----------
    setups
        Setup matrices: from the family the machine is in (last row: from none) to the family of the work. (X, F + 1, F)
        int64 [tick]
    goals
        What is sought, the first before the second.
    """

    jobs: Jobs
    operations: Operations
    modes: Modes
    needs: Needs
    machines: Machines
    pools: Pools
    arcs: Arcs
    calendars: Calendars
    setups: Ints
    goals: tuple[Goal, ...] = (Goal(("makespan",), (1,)),)


@dataclass(frozen=True, slots=True)
class Limit:
    """How long a search may last; the first that is reached ends it.

    Attributes
    ----------
    work
        Rounds of improvement, in the search's own unit: the same answer twice. [-]
    seconds
        Of the clock: as good as the machine allows, not the same twice. [s]
    """

    work: int | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Schedule:
    """When each operation runs, and where.

    Attributes
    ----------
    start, end
        ``NONE`` where its route is not taken. (N,) int64 [tick]
    mode
        Mode it runs in, in the numbering of ``Modes``; ``NONE`` where it does not run. (N,) int64
    setup
        Start of the setup right before it; ``NONE`` without one. Operations of a batch share it. (N,) int64 [tick]
    values
        What the goals come to, level by level.
    bounds
        What no schedule goes below, level by level: the first always holds, later ones given the values before them.
    proven
        No schedule is better.
    complete
        Every deadline and longest wait is kept; a schedule that breaks one is shown only where none was found that
        keeps them all.
    history
        Seconds or work after which a value of the first level was reached, for pictures.
    """

    start: Ints
    end: Ints
    mode: Ints
    setup: Ints
    values: tuple[int, ...]
    bounds: tuple[int, ...]
    proven: bool = False
    complete: bool = True
    history: tuple[tuple[float, int], ...] = ()
