"""Scheduling problems written down row by row."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from plantwright.problems.schedule import (
    NEVER,
    NONE,
    Arcs,
    Calendars,
    Goal,
    Jobs,
    Machines,
    Modes,
    Needs,
    Operations,
    Pools,
    Schedule,
    ScheduleProblem,
)


def way(machine=NONE, time=1, family=NONE, calendar=NONE, needs=()):
    """A mode: on a machine, for so long, with (pool, amount) pairs."""
    return {"machine": machine, "time": time, "family": family, "calendar": calendar, "needs": tuple(needs)}


def goals(*levels):
    """Levels of one measure each, or of (measure, weight) pairs."""
    pairs = [[(level, 1)] if isinstance(level, str) else list(level) for level in levels]
    return tuple(Goal(tuple(name for name, _ in level), tuple(weight for _, weight in level)) for level in pairs)


@dataclass
class Draft:
    """Rows of a problem; each method adds one and gives its number."""

    jobs: list = field(default_factory=list)
    operations: list = field(default_factory=list)
    modes: list = field(default_factory=list)
    machines: list = field(default_factory=list)
    pools: list = field(default_factory=list)
    arcs: list = field(default_factory=list)
    calendars: list = field(default_factory=list)
    setups: list = field(default_factory=list)

    def job(self, release=0, due=NEVER, deadline=NEVER, weight=1, routes=1):
        row = {"release": release, "due": due, "deadline": deadline, "weight": weight, "routes": routes}
        return _add(self.jobs, row)

    def operation(self, job, *ways, **told):
        """Of a job, in one of these ways; the rest (``route``, ``blocks``, ``pieces`` ...) by name."""
        row = {
            "job": job,
            "first_mode": len(self.modes),
            "modes": len(ways),
            "route": NONE,
            "blocks": False,
            "interruptible": False,
            "pieces": 1,
            "fixed_mode": NONE,
            "fixed_start": NONE,
            "reference_mode": NONE,
            "reference_start": NONE,
        }
        self.modes += ways
        return _add(self.operations, row | told)

    def machine(self, **told):
        row = {"room": 1, "free": 0, "state": NONE, "setup": NONE, "ahead": True, "calendar": NONE, "needs": ()}
        return _add(self.machines, row | told)

    def pool(self, *levels):
        """(from, level) pairs, or one level for good."""
        return _add(self.pools, [(0, levels[0])] if isinstance(levels[0], int) else list(levels))

    def calendar(self, *windows):
        return _add(self.calendars, list(windows))

    def arc(self, before, after, least=0, most=NONE, from_start=False):
        row = {"before": before, "after": after, "from_start": from_start, "least": least, "most": most}
        return _add(self.arcs, row)

    def matrix(self, rows):
        """From each family, and in the last row from none, to each."""
        return _add(self.setups, rows)

    def problem(self, *levels):
        """The problem, and what is sought in it (the makespan)."""
        needs = [pair for row in (*self.modes, *self.machines) for pair in row["needs"]]
        firsts = np.cumsum([0, *(len(row["needs"]) for row in (*self.modes, *self.machines))])[:-1]
        families = len(self.setups[0][0]) if self.setups else 1 + max((row["family"] for row in self.modes), default=0)
        levels_of, windows = [row for pool in self.pools for row in pool], [row for c in self.calendars for row in c]
        return ScheduleProblem(
            jobs=Jobs(*_columns(self.jobs, "release due deadline weight routes")),
            operations=Operations(
                *_columns(self.operations, "job route first_mode modes"),
                *_columns(self.operations, "blocks interruptible", bool),
                *_columns(self.operations, "pieces fixed_mode fixed_start reference_mode reference_start"),
            ),
            modes=Modes(
                *_columns(self.modes, "machine time family calendar"),
                _ints(firsts[: len(self.modes)]),
                _ints([len(row["needs"]) for row in self.modes]),
            ),
            needs=Needs(_ints([pool for pool, _ in needs]), _ints([amount for _, amount in needs])),
            machines=Machines(
                *_columns(self.machines, "room free state setup"),
                *_columns(self.machines, "ahead", bool),
                *_columns(self.machines, "calendar"),
                _ints(firsts[len(self.modes) :]),
                _ints([len(row["needs"]) for row in self.machines]),
            ),
            pools=Pools(
                *_parts(self.pools), _ints([row[0] for row in levels_of]), _ints([row[1] for row in levels_of])
            ),
            arcs=Arcs(
                *_columns(self.arcs, "before after"),
                *_columns(self.arcs, "from_start", bool),
                *_columns(self.arcs, "least most"),
            ),
            calendars=Calendars(
                *_parts(self.calendars), _ints([row[0] for row in windows]), _ints([w[1] for w in windows])
            ),
            setups=np.array(self.setups, np.int64) if self.setups else np.zeros((0, families + 1, families), np.int64),
            goals=goals(*levels) if levels else goals("makespan"),
        )


def schedule(starts, ends, modes, setups=None, values=(0,), bounds=None, **told):
    """A schedule from lists; bounds of nothing."""
    setups = [NONE] * len(starts) if setups is None else setups
    bounds = (0,) * len(values) if bounds is None else bounds
    return Schedule(_ints(starts), _ints(ends), _ints(modes), _ints(setups), tuple(values), tuple(bounds), **told)


def _add(rows, row):
    rows.append(row)
    return len(rows) - 1


def _ints(values):
    return np.array(list(values), np.int64)


def _columns(rows, names, kind=np.int64):
    return [np.array([row[name] for row in rows], kind) for name in names.split()]


def _parts(lists):
    """First row and number of rows of each."""
    sizes = [len(rows) for rows in lists]
    return _ints(np.cumsum([0, *sizes])[:-1]), _ints(sizes)
