"""A plan, lowered: each lot goes its own way, to the machines that a schedule names, in its sequence."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plantwright.arrays import World
from plantwright.codes import CONSTANT, FOREVER, INTERRUPT, LOGNORMAL, NONE, PRIORITY, UNLIMITED
from plantwright.compile.certain import certain, moments
from plantwright.compile.following.records import Followed, Lot, Visit, ticks
from plantwright.compile.following.supplies import releases, shelves
from plantwright.compile.problem import Problem
from plantwright.compile.rows import blank
from plantwright.units import TICKS_PER_SECOND

WAYS = ("next", "otherwise", "past_tries", "sample_operation", "sample_otherwise", "sample_past", "owner")
"""Columns of an operation that lead to others of its route."""
FIRST = -1
"""Rank of what no plan speaks of, such as repairs: it goes before what is planned."""


def follow(
    problem: Problem,
    lots: Sequence[Lot],
    *,
    early_s: float | None = None,
    is_certain: bool = False,
    set_up: Mapping[str, str] | None = None,
) -> Followed:
    """Let a lowered plant follow a plan and make nothing else.

    Parameters
    ----------
    problem
        A plant lowered with some order for each item of the plan.
    lots
        The plan.
    early_s
        How long before its time in the schedule an operation may begin; whenever its turn has come where left out.
        No lot enters before its time. [s]
    is_certain
        Whether everything takes the time that the schedule took it to take, and nothing fails.
    set_up
        The family that a machine, as ``station/machine``, is set up for at the start.

    Notes
    -----
    What the plan does not make is never short; what it makes too little of was there at the start. Queues have room
    for all that wait where any can. A lot moves as one part; where it holds several, its time is that of all of
    them one after the other: of the same mean and variance, lognormal. In an oven a lot takes the time of one part,
    and of a batch every lot takes the longest. Lots are not sampled and not sent on in parts.
    """
    world = certain(problem.world, whole=TICKS_PER_SECOND) if is_certain else problem.world
    build = _Build(problem, world, lots, early_s, is_certain)
    for machine, family in (set_up or {}).items():
        if machine in build.machines and family in problem.names.families:
            build.machine.family[build.machines[machine]] = problem.names.families.index(family)
    build.write_operations()
    build.write_lanes()
    followed = build.world()
    names = replace(problem.names, operations=tuple(build.names), demands=())
    return Followed(replace(problem, world=followed, names=names), build.first, tuple(build.rows))


class _Build:
    """The arrays of the world that follows, as they are written."""

    def __init__(
        self, problem: Problem, world: World, lots: Sequence[Lot], early_s: float | None, is_certain: bool
    ) -> None:
        self.lots = lots
        self.old = world
        self.early = None if early_s is None else ticks(early_s)
        self.is_certain = is_certain
        self.machines = {name: row for row, name in enumerate(problem.names.machines)}
        self.stations = {name: row for row, name in enumerate(problem.names.stations)}
        self.places: dict[int, int] = {}
        self.stop_within: set[int] = set()
        self.items = {name: row for row, name in enumerate(problem.names.items)}
        self.names = list(problem.names.operations)
        self.route: dict[str, list[int]] = {}
        for row, (item, _) in enumerate(problem.names.operations):
            self.route.setdefault(item, []).append(row)
        self.first = np.zeros(len(lots), np.int64)
        self.rows: list[NDArray[np.int64]] = []
        self.laws: dict[tuple[float, float], int] = {}
        self.new_laws: list[tuple[int, float, float]] = []
        self.means = [moments(law, world.share)[0] for law in world.law]
        self.operation: Any = world.operation
        self.visit: Any = None
        self.choice: Any = None
        self.lane: Any = None
        self.station: Any = world.station.copy()
        self.machine: Any = world.machine.copy()

    # -------------------------------------------------------------------------------------------------- operations

    def write_operations(self) -> None:
        """Operations of its own for each lot, behind those of the plant."""
        blocks = [self.old.operation]
        base = len(self.old.operation)
        for number, lot in enumerate(self.lots):
            route = self.route[lot.item]
            block = self.old.operation[route[0] : route[-1] + 1].copy()
            for column in WAYS:
                block[column] = np.where(block[column] >= 0, block[column] + base - route[0], block[column])
            block.sample_every[:] = 0
            block.transfer[:] = 0
            blocks.append(block)
            self.first[number] = base
            self.names += [self.names[row] for row in route]
            base += len(block)
        self.operation = np.concatenate(blocks).view(np.recarray)
        self.visit = blank("visit", base)
        for number, lot in enumerate(self.lots):
            self._write_visits(number, lot)

    def _write_visits(self, number: int, lot: Lot) -> None:
        route = self.route[lot.item]
        first = int(self.first[number])
        self.visit.job[first : first + len(route)] = first
        row_of = {self.names[row][1]: first + place for place, row in reversed(list(enumerate(route)))}
        rows = [row_of[visit.operation] for visit in lot.visits]
        own = dict(zip(rows, lot.visits, strict=True))
        for row in range(first, first + len(route)):
            self._take_time(row, lot, own.get(row))
        for row, visit in own.items():
            self._write_visit(row, visit)
            if lot.pieces > self._together(row):
                self.stop_within.add(self.places[row])
        self.rows.append(np.array(rows, np.int64))

    def _write_visit(self, row: int, visit: Visit) -> None:
        self.visit.machine[row] = self.machines.get(visit.machine, NONE)
        self.places[row] = int(self.stations[visit.machine.partition("/")[0]])
        begins = 0 if self.early is None else ticks(visit.begins_s) - self.early
        self.visit.not_before[row] = max(0, begins, ticks(visit.earliest_s))
        self.visit.rest[row] = ticks(visit.rest_s)
        if visit.is_alone:
            for column in ("needs", "attends", "tools"):
                self.operation[column][row] = 0
        if self.is_certain:
            self._take_exactly(row, ticks(visit.takes_s))

    def _together(self, row: int) -> int:
        """Pieces of a part."""
        return int(self.old.release[self.old.item.release[self.operation.item_[row]]].pieces)

    def _take_time(self, row: int, lot: Lot, visit: Visit | None) -> None:
        """An operation takes as long as all parts of its lot one after the other, or as many rounds as are said."""
        op = self.operation[row]
        together = self._together(row)
        rounds = math.ceil(lot.pieces / together) if visit is None or visit.rounds is None else visit.rounds
        if rounds == 1 and lot.pieces <= together:
            return
        for column in ("load_law", "unload_law"):
            if op[column] != NONE:
                self.operation[column][row] = self._law(int(op[column]), rounds, float(rounds))
        if op.law == NONE:
            return
        once = float(rounds * together) if op.per_piece else float(rounds)
        if self.old.station.batch_max[self.old.choice.station[op.first_choice]] > 0:
            self.operation.law[row] = self._law(int(op.law), rounds, once)
        else:
            self.operation.law[row] = self._law(int(op.law), rounds, once / lot.pieces)
            self.operation.per_piece[row] = 1

    def _law(self, law: int, rounds: int, scale: float) -> int:
        """The law of ``scale`` times the mean of so many times drawn from a law."""
        mean, variance = moments(self.old.law[law], self.old.share)
        return self._law_row(mean * scale, variance / mean**2 / rounds if mean > 0.0 else 0.0)

    def _law_row(self, mean: float, scv: float) -> int:
        key = (mean, scv)
        if key not in self.laws:
            self.laws[key] = len(self.old.law) + len(self.new_laws)
            spread = math.log1p(scv)
            columns = (LOGNORMAL, math.log(mean) - spread / 2.0, math.sqrt(spread)) if scv else (CONSTANT, mean, 0.0)
            self.new_laws.append(columns)
            self.means.append(mean)
        return self.laws[key]

    def _take_exactly(self, row: int, takes: int) -> None:
        """An operation takes the time of the schedule, loading and unloading included."""
        machine = int(self.visit.machine[row])
        speed = float(self.machine.speed[machine]) if machine != NONE else 1.0
        self.operation.law[row] = self._law_row(takes * speed, 0.0)
        for column in ("per_piece", "attends"):
            self.operation[column][row] = 0
        for column in ("load_law", "unload_law"):
            self.operation[column][row] = NONE

    # ------------------------------------------------------------------------------------------------------- lanes

    def write_lanes(self) -> None:
        """Lanes of each station: those of what is not planned, then one after the other of each machine's plan."""
        batches, anywhere = self._batches(), self._anywhere()
        lanes: list[dict[str, int]] = []
        moved = np.zeros(len(self.old.lane), np.int64)
        for s in range(len(self.station)):
            st = self.station[s]
            first = len(lanes)
            for old in range(st.first_lane, st.first_lane + st.lanes):
                moved[old] = len(lanes)
                lanes.append({"station": s, "family": int(self.old.lane.family[old]), "rank": FIRST})
            planned = False
            for m in range(st.first_machine, st.first_machine + st.machines):
                self.machine.turn[m] = len(lanes)
                for batch in batches.get(m, ()):
                    self._add_lane(lanes, s, batch)
                    planned = True
            for row in anywhere.get(s, ()):
                self._add_lane(lanes, s, [row])
                planned = True
            self._settle_station(s, first, len(lanes) - first, planned)
        self.lane = blank("lane", len(lanes))
        for row, columns in enumerate(lanes):
            for name, value in columns.items():
                self.lane[name][row] = value
        self._write_choices(moved)

    def _add_lane(self, lanes: list[dict[str, int]], s: int, batch: list[int]) -> None:
        self.visit.lane[batch] = len(lanes)
        family = int(self.operation.family[batch[0]])
        lanes.append({"station": s, "family": family, "rank": len(lanes), "planned": len(batch)})

    def _anywhere(self) -> dict[int, list[int]]:
        """For each station the operations that any of its machines takes, in the order of the plan."""
        begins = [
            (visit.begins_s, row)
            for lot, rows in zip(self.lots, self.rows, strict=True)
            for visit, row in zip(lot.visits, rows.tolist(), strict=True)
            if self.visit.machine[row] == NONE
        ]
        found: dict[int, list[int]] = {}
        for _, row in sorted(begins):
            found.setdefault(self.places[row], []).append(row)
        return found

    def _settle_station(self, s: int, first: int, lanes: int, is_planned: bool) -> None:
        st = self.station
        st.first_lane[s], st.lanes[s] = first, lanes
        if st.room[s] > 0:
            st.room[s] = UNLIMITED
        if s in self.stop_within and st.batch_max[s] == 0:
            st.end_of_shift[s] = INTERRUPT
        if is_planned:
            st.rule[s], st.restricted[s], st.accepts_down[s] = PRIORITY, 1, 0
            st.batch_min[s], st.batch_wait[s] = min(1, int(st.batch_max[s])), FOREVER

    def _batches(self) -> dict[int, list[list[int]]]:
        """For each machine its operations in the order of the plan, those that an oven takes together in one list."""
        begins: dict[int, list[tuple[int, int, int]]] = {}
        for lot, rows in zip(self.lots, self.rows, strict=True):
            for visit, row in zip(lot.visits, rows.tolist(), strict=True):
                if self.visit.machine[row] != NONE:
                    key = (ticks(visit.begins_s), ticks(visit.takes_s), row)
                    begins.setdefault(int(self.visit.machine[row]), []).append(key)
        found: dict[int, list[list[int]]] = {}
        for m, order in begins.items():
            order.sort()
            if self.station.batch_max[self.machine.station[m]] > 0:
                found[m] = [[row for _, _, row in group] for _, group in groupby(order, key=lambda each: each[0])]
                for batch in found[m]:
                    self._bake_longest(batch)
            else:
                found[m] = [[row] for _, _, row in order]
        return found

    def _bake_longest(self, batch: list[int]) -> None:
        """Whoever is first in the oven: it takes the longest of the times."""
        self.operation.law[batch] = max((int(self.operation.law[row]) for row in batch), key=self.means.__getitem__)

    def _write_choices(self, moved: NDArray[np.int64]) -> None:
        """One place for what is planned; for the rest those that the plant gives it."""
        before = self.old.choice.copy()
        if len(before):
            before.lane = moved[before.lane]
        rows = [before]
        count = len(before)
        planned = np.flatnonzero(self.visit.lane != NONE)
        for row in planned:
            self.operation.first_choice[row], self.operation.choices[row] = count, 1
            count += 1
        added = blank("choice", len(planned))
        added.station = [self.places[row] for row in planned.tolist()]
        added.lane = self.visit.lane[planned]
        rows.append(added)
        self.choice = np.concatenate(rows).view(np.recarray)

    # ------------------------------------------------------------------------------------------------------- the rest

    def world(self) -> World:
        """The world that follows the plan."""
        release, opening = releases(self.old, self.lots, self.items, self.first)
        laws = np.zeros(len(self.new_laws), self.old.law.dtype).view(np.recarray)
        for row, (kind, a, b) in enumerate(self.new_laws):
            laws.kind[row], laws.a[row], laws.b[row], laws.first[row] = kind, a, b, NONE
        qualified = self.old.qualified
        if qualified.shape == (1, 1):
            qualified = np.ones((len(self.machine), len(self.old.item)), np.uint8)
        return self.old._replace(
            event=blank("event", len(self.old.event) + len(self.visit)),  # each may have its time-out
            operation=self.operation,
            visit=self.visit,
            choice=self.choice,
            lane=self.lane,
            station=self.station,
            machine=self.machine,
            release=release,
            opening=opening,
            item=shelves(self.old, self.lots, self.items, self.rows, self.operation),
            law=np.concatenate([self.old.law, laws]).view(np.recarray),
            launcher=self.old.launcher[:0],
            demand=self.old.demand[:0],
            qualified=qualified,
        )
