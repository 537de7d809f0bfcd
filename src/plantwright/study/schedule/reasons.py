"""Why every bar stands where it stands: what it waited for, read off the finished schedule.

A bar's earliest begin is bounded by its material, by what comes before it, by its machine and by the setup of that.
Where it begins at the latest of these, that is what it waited for; where only the calendar lies between, it is that.
Where it begins later, somebody or something of a pool was not there at the earlier moment, or others of its batch were
not; where that is not so either, it was put later on purpose.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import NamedTuple

import numpy as np

from plantwright.compile.schedule.names import Gate, Lowered
from plantwright.problems.schedule import NONE, Ints, Schedule
from plantwright.study.schedule.hours import Hours


class Bound(NamedTuple):
    """Something before which a bar cannot begin.

    Attributes
    ----------
    at
        The moment. [tick]
    kind
        What it is.
    other
        The operation that it is about; ``NONE`` where it is about none.
    """

    at: int
    kind: str
    other: int = NONE


class Reason(NamedTuple):
    """What a bar waited for.

    Attributes
    ----------
    kind
        One of the reasons of ``ScheduleBar``.
    other
        The operation that it waited for; ``NONE`` where it was something else.
    what
        The pool that was used up; empty where it was none.
    since
        From when on it could have begun but for this. [tick]
    """

    kind: str
    other: int
    what: str
    since: int


RANK = ("start", "release", "machine", "part", "predecessor", "missing")
"""Of bounds at the same moment the last of these counts."""


class Reasons:
    """The reasons of a schedule.

    Parameters
    ----------
    lowered, schedule
        A schedule that keeps every constraint.
    """

    def __init__(self, lowered: Lowered, schedule: Schedule) -> None:
        self.lowered = lowered
        self.problem = lowered.problem
        self.start: list[int] = schedule.start.tolist()
        self.end: list[int] = schedule.end.tolist()
        self.mode: list[int] = schedule.mode.tolist()
        self.setup: list[int] = schedule.setup.tolist()
        self.hours = Hours(self.problem.calendars)
        self._machine: list[int] = self.problem.modes.machine.tolist()
        self._calendar: list[int] = self.problem.modes.calendar.tolist()
        self._time: list[int] = self.problem.modes.time.tolist()

    def of(self, index: int) -> Reason:
        """What an operation that runs waited for."""
        if isinstance(self.lowered.steps[index], Gate):
            return Reason("missing", NONE, "", 0)
        latest = max(self._bounds(index), key=lambda bound: (bound.at, RANK.index(bound.kind)))
        if self.problem.operations.fixed_start[index] == self.start[index]:
            return Reason("fixed", NONE, "", latest.at)
        ready = self._after_setup(index, latest.at)
        begins = self.hours.begin(
            self._calendar[self.mode[index]], ready, self._time[self.mode[index]], whole=self._is_whole(index)
        )
        if self.start[index] <= ready:
            kind = "setup" if ready > latest.at else latest.kind
            return Reason(kind, latest.other, "", latest.at)
        if self.start[index] <= begins:
            return Reason("calendar", latest.other, "", latest.at)
        return self._later(index, begins, latest)

    def _later(self, index: int, begins: int, latest: Bound) -> Reason:
        """Why it begins later than its own begin would allow."""
        partner = self._partner(index)
        if partner is not None:
            return Reason("batch", partner, "", begins)
        pool = self._full(index, begins)
        if pool != NONE:
            kind = {"people": "crew", "tool": "tool", "places": "places"}[self.lowered.pools[pool].kind]
            what = " or ".join(self.lowered.pools[pool].names)
            return Reason(kind, self._who_let_go(pool, index), what, begins)
        follower = self._held_by(index, begins)
        if follower != NONE:
            return Reason("within", follower, "", begins)
        return Reason("later", latest.other, "", begins)

    def _held_by(self, index: int, begins: int) -> int:
        """What has to begin soon after it, and could not, had it begun earlier; ``NONE`` where there is nothing."""
        arcs, mode = self.problem.arcs, self.mode[index]
        ends = self.hours.finish(self._calendar[mode], begins, self._time[mode])
        for arc in np.flatnonzero((arcs.before == index) & (arcs.most != NONE)).tolist():
            after = int(arcs.after[arc])
            base = begins if arcs.from_start[arc] else ends
            if self.start[after] != NONE and self.start[after] - base > int(arcs.most[arc]):
                return after
        return NONE

    def _bounds(self, index: int) -> list[Bound]:
        job = int(self.problem.operations.job[index])
        release = int(self.problem.jobs.release[job])
        found = [Bound(release, "release" if release else "start")]
        for before, lag, from_start in self._before[index]:
            if self.start[before] == NONE:
                continue
            at = (self.start[before] if from_start else self.end[before]) + lag
            step = self.lowered.steps[before]
            is_own = int(self.problem.operations.job[before]) == job
            kind = "missing" if isinstance(step, Gate) else "predecessor" if is_own else "part"
            found.append(Bound(at, kind, before))
        previous = self._previous[index]
        if previous != NONE:
            found.append(Bound(self._free_after(previous), "machine", previous))
        return found

    def _after_setup(self, index: int, at: int) -> int:
        """When its setup is done; a moment itself where it has none, or where that is later."""
        if self.setup[index] == NONE:
            return at
        machine = self._machine[self.mode[index]]
        calendar = int(self.problem.machines.calendar[machine])
        return max(at, self.hours.finish(calendar, self.setup[index], self._setup_time(index, machine)))

    def _setup_time(self, index: int, machine: int) -> int:
        """Working time of the setup before a bar. [tick]"""
        matrix = int(self.problem.machines.setup[machine])
        family = int(self.problem.modes.family[self.mode[index]])
        if matrix == NONE or family == NONE:
            return 0
        return int(self.problem.setups[matrix, self._family_before[index], family])

    def setup_time(self, index: int) -> int:
        """Working time of the setup before a bar; 0 without one. [tick]"""
        return self._setup_time(index, self._machine[self.mode[index]]) if self.setup[index] != NONE else 0

    def _is_whole(self, index: int) -> bool:
        return not bool(self.problem.operations.interruptible[index])

    def _free_after(self, index: int) -> int:
        """When an operation lets its machine go: at its end, or, where it blocks, when what follows begins."""
        if not self.problem.operations.blocks[index]:
            return self.end[index]
        followers = [self.start[after] for after in self._after[index] if self.start[after] != NONE]
        return max(self.end[index], min(followers, default=self.end[index]))

    def _partner(self, index: int) -> int | None:
        """Who of its batch could not begin earlier; None where it is alone, or was itself the last to come."""
        machine = self._machine[self.mode[index]]
        if machine == NONE or self.problem.machines.room[machine] <= 1:
            return None
        mine = [each for each in self._on[machine] if self.start[each] == self.start[index] and each != index]
        ready = {each: max(bound.at for bound in self._bounds(each)) for each in [*mine, index]}
        last = max(mine, key=lambda each: ready[each], default=None)
        return last if last is not None and ready[last] > ready[index] else None

    def _full(self, index: int, begins: int) -> int:
        """A pool of which too little would be left, had the operation begun earlier; ``NONE`` where there is none."""
        mode = self.mode[index]
        first, count = int(self.problem.modes.first_need[mode]), int(self.problem.modes.needs[mode])
        ends = self.hours.finish(self._calendar[mode], begins, self._time[mode])
        for row in range(first, first + count):
            pool, amount = int(self.problem.needs.pool[row]), int(self.problem.needs.amount[row])
            if self._peak(pool, index, begins, ends) + amount > self._least(pool, begins, ends):
                return pool
        return NONE

    def _peak(self, pool: int, index: int, begins: int, ends: int) -> int:
        """Most that others hold of a pool at one moment between two."""
        start, end, amount, who = self._holders[pool]
        mine = (start < ends) & (end > begins) & (who != index)
        if not mine.any():
            return 0
        start, end, amount = np.maximum(start[mine], begins), end[mine], amount[mine]
        changes = sorted([*zip(start.tolist(), amount.tolist()), *zip(end.tolist(), (-amount).tolist())])
        held, most = 0, 0
        for _, change in changes:
            held += change
            most = max(most, held)
        return most

    def _least(self, pool: int, begins: int, ends: int) -> int:
        """Lowest level of a pool between two moments."""
        levels = self.lowered.pools[pool].levels
        inside = [level for at, level in levels if begins <= at < ends]
        return min([*inside, next((level for at, level in reversed(levels) if at <= begins), levels[0][1])])

    def _who_let_go(self, pool: int, index: int) -> int:
        """The operation that held some of a pool and ended last before another began."""
        _, end, _, who = self._holders[pool]
        before = (end <= self.start[index]) & (who != index)
        return int(who[before][np.argmax(end[before])]) if before.any() else NONE

    @cached_property
    def _before(self) -> list[list[tuple[int, int, bool]]]:
        arcs = self.problem.arcs
        found: list[list[tuple[int, int, bool]]] = [[] for _ in self.start]
        columns = (arcs.before.tolist(), arcs.after.tolist(), arcs.least.tolist(), arcs.from_start.tolist())
        for before, after, least, from_start in zip(*columns, strict=True):
            found[after].append((before, least, from_start))
        return found

    @cached_property
    def _after(self) -> list[list[int]]:
        found: list[list[int]] = [[] for _ in self.start]
        for before, after in zip(self.problem.arcs.before.tolist(), self.problem.arcs.after.tolist(), strict=True):
            found[before].append(after)
        return found

    @cached_property
    def _on(self) -> dict[int, list[int]]:
        """Operations on each machine in the order in which they begin."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for index, start in enumerate(self.start):
            if start != NONE and self._machine[self.mode[index]] != NONE:
                found[self._machine[self.mode[index]]].append(index)
        for row in found.values():
            row.sort(key=lambda each: (self.start[each], self.end[each], each))
        return dict(found)

    @cached_property
    def _previous(self) -> list[int]:
        """What was on the machine before each operation, its own batch left out."""
        found = [NONE] * len(self.start)
        for row in self._on.values():
            for place, index in enumerate(row):
                for other in reversed(row[:place]):
                    if self.start[other] < self.start[index] or self.end[other] <= self.start[index]:
                        found[index] = other
                        break
        return found

    @cached_property
    def _family_before(self) -> list[int]:
        """What its machine was set up for before each operation; the last row of the matrix for nothing."""
        families = len(self.lowered.families)
        found = [families] * len(self.start)
        for machine, row in self._on.items():
            state = int(self.problem.machines.state[machine])
            now = families if state == NONE else state
            for index in row:
                found[index] = now
                family = int(self.problem.modes.family[self.mode[index]])
                now = now if family == NONE else family
        return found

    @cached_property
    def _holders(self) -> list[tuple[Ints, Ints, Ints, Ints]]:
        """Who holds how much of each pool, from when until when: start, end, amount, operation."""
        rows: list[list[tuple[int, int, int, int]]] = [[] for _ in self.lowered.pools]
        needs, modes, machines = self.problem.needs, self.problem.modes, self.problem.machines
        for index, start in enumerate(self.start):
            if start == NONE:
                continue
            mode = self.mode[index]
            first = int(modes.first_need[mode])
            for row in range(first, first + int(modes.needs[mode])):
                rows[int(needs.pool[row])].append((start, self.end[index], int(needs.amount[row]), index))
            if self.setup[index] != NONE:
                machine = self._machine[mode]
                first = int(machines.first_need[machine])
                for row in range(first, first + int(machines.needs[machine])):
                    rows[int(needs.pool[row])].append((self.setup[index], start, int(needs.amount[row]), index))
        columns = [np.array(each, dtype=np.int64).reshape(-1, 4).T for each in rows]
        return [(each[0], each[1], each[2], each[3]) for each in columns]
