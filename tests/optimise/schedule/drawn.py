"""Drawn scheduling problems in which every feature can meet every other; a new feature joins here.

Without ``most``, ``deadline`` and ``fixed`` each has a schedule: jobs one after the other, when all is open and there.
"""

from __future__ import annotations

from hypothesis import strategies as st

from plantwright.problems.schedule import NEVER, NONE
from tests.optimise.schedule.draft import Draft, way

ALWAYS = frozenset(
    "modes routes calendars interruptible setups ahead setters batches pools levels lags overlap blocking release due "
    "weights state free rests branches reference".split()
)
"""Features that never leave a problem without a schedule."""

TIGHT = frozenset({"most", "deadline", "fixed"})
"""Features that may."""

LONGEST = 5
"""Of operations and setups. [tick]"""

SINGLE = ("makespan", "tardiness", "late", "flow", "setups", "earliness", "moved")


@st.composite
def problems(draw, features=ALWAYS, jobs=3, operations=3, machines=3):
    """A problem of at most so many jobs, operations in a job and machines, with some of these features."""
    allowed = sorted(features)
    on = frozenset(draw(st.sets(st.sampled_from(allowed)))) if allowed else frozenset()
    draft = Draft()
    _calendars(draw, draft, on)
    _pools(draw, draft, on)
    families = _machines(draw, draft, on, machines)
    for _ in range(draw(st.integers(1, jobs))):
        _job(draw, draft, on, operations, families)
    measures = sorted(set(SINGLE) - (set() if "due" in on else {"tardiness", "late", "earliness"}))
    wanted = draw(st.lists(st.sampled_from(measures), min_size=1, max_size=2, unique=True))
    if draw(st.booleans()):
        return draft.problem([(measure, draw(st.integers(1, 3))) for measure in wanted])
    return draft.problem(*wanted)


def _calendars(draw, draft, on):
    """Shifts long enough for any operation, long enough in number for any schedule."""
    for _ in range(draw(st.integers(1, 2)) if "calendars" in on else 0):
        first, shift, rest = draw(st.integers(0, 4)), draw(st.integers(LONGEST, 8)), draw(st.integers(1, 4))
        draft.calendar(*((first + day * (shift + rest), first + day * (shift + rest) + shift) for day in range(60)))


def _pools(draw, draft, on):
    """Two units at the end; what is held of a pool at a time, by an operation and by a setup, is one each."""
    for _ in range(draw(st.integers(1, 2)) if "pools" in on else 0):
        if "levels" in on and draw(st.booleans()):
            lacks = draw(st.integers(1, 6))
            draft.pool(
                (0, draw(st.integers(0, 2))), (lacks, draw(st.integers(0, 1))), (lacks + draw(st.integers(1, 6)), 2)
            )
        else:
            draft.pool(2)


def _machines(draw, draft, on, machines):
    """Machines, and how many setup families there are."""
    families = draw(st.integers(1, 3)) if "setups" in on else 2
    if "setups" in on:
        lengths = st.integers(0, LONGEST)
        draft.matrix([[0 if row == to else draw(lengths) for to in range(families)] for row in range(families + 1)])
    for _ in range(draw(st.integers(1, machines))):
        draft.machine(
            room=draw(st.integers(1, 4)) if "batches" in on else 1,
            free=draw(st.integers(0, 4)) if "free" in on else 0,
            state=draw(st.integers(NONE, families - 1)) if "state" in on else NONE,
            setup=draw(st.integers(NONE, 0)) if "setups" in on else NONE,
            ahead=draw(st.booleans()) if "ahead" in on else False,
            calendar=_one_of(draw, draft.calendars),
            needs=((draw(st.integers(0, len(draft.pools) - 1)), 1),) if draft.pools and "setters" in on else (),
        )
    return families


def _job(draw, draft, on, operations, families):
    job = draft.job(
        release=draw(st.integers(0, 6)) if "release" in on else 0,
        due=draw(st.integers(1, 20) | st.just(NEVER)) if "due" in on else NEVER,
        deadline=draw(st.integers(8, 40) | st.just(NEVER)) if "deadline" in on else NEVER,
        weight=draw(st.integers(0, 3)) if "weights" in on else 1,
        routes=draw(st.integers(1, 2)) if "routes" in on else 1,
    )
    many, routes = draw(st.integers(1, operations)), draft.jobs[job]["routes"]
    mine = []
    for _ in range(many):
        route = draw(st.integers(NONE, routes - 1)) if routes > 1 else NONE
        mine.append(_operation(draw, draft, on, job, route, families))
    _arcs(draw, draft, on, mine)


def _operation(draw, draft, on, job, route, families):
    ways = [_way(draw, draft, on, families) for _ in range(draw(st.integers(1, 2)) if "modes" in on else 1)]
    first = len(draft.modes)
    fixed, was = "fixed" in on and draw(st.booleans()), "reference" in on and draw(st.booleans())
    return draft.operation(
        job,
        *ways,
        route=route,
        interruptible=draw(st.booleans()) if "interruptible" in on else False,
        pieces=draw(
            st.integers(
                1, min([4, *(draft.machines[row["machine"]]["room"] for row in ways if row["machine"] != NONE)])
            )
        ),
        fixed_mode=first if fixed and draw(st.booleans()) else NONE,
        fixed_start=draw(st.integers(0, 12)) if fixed and route == NONE else NONE,
        reference_mode=first if was else NONE,
        reference_start=draw(st.integers(0, 12)) if was else NONE,
    )


def _way(draw, draft, on, families):
    is_rest = "rests" in on and draw(st.integers(0, 4)) == 0
    return way(
        machine=NONE if is_rest else draw(st.integers(0, len(draft.machines) - 1)),
        time=draw(st.integers(1, LONGEST)),
        family=NONE if is_rest else draw(st.integers(NONE if "rests" in on else 0, families - 1)),
        calendar=_one_of(draw, draft.calendars),
        needs=((draw(st.integers(0, len(draft.pools) - 1)), 1),) if draft.pools and draw(st.booleans()) else (),
    )


def _arcs(draw, draft, on, mine):
    """A chain, or with ``branches`` any order that rises; blocking where the next one is surely elsewhere."""
    for index, after in enumerate(mine[1:], 1):
        before = mine[draw(st.integers(0, index - 1))] if "branches" in on else mine[index - 1]
        least = draw(st.integers(-2, 4)) if "lags" in on else 0
        most = max(0, least) + draw(st.integers(0, 3)) if "most" in on and draw(st.booleans()) else NONE
        draft.arc(before, after, least, most, from_start="overlap" in on and draw(st.booleans()))
    for operation in mine:
        after = [arc["after"] for arc in draft.arcs if arc["before"] == operation]
        if "blocking" in on and not _on(draft, [operation]) & _on(draft, after) and draw(st.booleans()):
            draft.operations[operation]["blocks"] = True


def _on(draft, operations):
    """Machines on which these can run."""
    rows = [draft.operations[operation] for operation in operations]
    modes = [draft.modes[mode] for row in rows for mode in range(row["first_mode"], row["first_mode"] + row["modes"])]
    return {mode["machine"] for mode in modes}


def _one_of(draw, rows):
    return draw(st.integers(NONE, len(rows) - 1)) if rows else NONE
