"""The balance as a constraint programme: one method for each family of constraints, its inequality in the docstring.

x(i,s) = 1 where task i is in station s; used(s) = 1 where a station has a task; copies(s) how often it is there.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from plantwright.optimise.balance.construct import Draft
from plantwright.optimise.balance.groups import Groups
from plantwright.optimise.balance.line import WEIGHTS
from plantwright.optimise.balance.span import fastest
from plantwright.optimise.balance.weights import stations_for, strongest
from plantwright.optimise.solver import cp_sat
from plantwright.problems.balance import EITHER, LEFT, NONE, BalanceProblem, Flags, Measure, Requirement

EVERYTHING = None
"""Keep every requirement."""


class BalanceModel:
    """Variables and constraints of a problem.

    Parameters
    ----------
    problem, groups
        What is balanced.
    stations
        Stations that the line may have. [-]
    shortest, longest
        What the takt may be: equal where it is given. [tick]
    keep
        Requirements that bind; None: all of them.
    """

    def __init__(
        self,
        problem: BalanceProblem,
        groups: Groups,
        stations: int,
        shortest: int,
        longest: int,
        keep: frozenset[Requirement] | None = EVERYTHING,
    ) -> None:
        self.problem, self.groups, self.keep = problem, groups, keep
        self.model: Any = cp_sat().CpModel()
        self.tasks, self.stations = range(problem.tasks), range(stations)
        self.shortest, self.longest = shortest, longest
        self.takt = self.model.new_int_var(shortest, longest, "takt")
        new = self.model.new_bool_var
        self.x = [[new(f"x{task}_{station}") for station in self.stations] for task in self.tasks]
        self.used = [new(f"used{station}") for station in self.stations]
        self.copies = [self.model.new_int_var(0, problem.parallel, f"copies{station}") for station in self.stations]
        self.people: Any = sum(self.copies)
        self.goals: dict[Measure, Any] = {}
        for family in (self._assignment, self._use, self._order, self._load, self._variants, self._zones):
            family()
        if problem.workers is not None:
            self._workers()
        if problem.places > 1:
            self._places()
        self._enough()

    def binds(self, kind: Any, index: int = NONE) -> bool:
        return self.keep is None or Requirement(kind, index) in self.keep

    def _assignment(self) -> None:
        """Σ over s of x(i,s) = 1."""
        for row in self.x:
            self.model.add_exactly_one(row)

    def _use(self) -> None:
        """x(i,s) ≤ used(s) ≤ Σ over i of x(i,s); used(s) ≤ copies(s) ≤ k used(s); where stations have no names
        used(s) ≥ used(s + 1).
        """
        zoning, present = self.problem.zoning, self.problem.present
        for station in self.stations:
            for row in self.x:
                self.model.add_implication(row[station], self.used[station])
            self.model.add_bool_or([*(row[station] for row in self.x), ~self.used[station]])
            self.model.add(self.copies[station] >= self.used[station])
            self.model.add(self.copies[station] <= self.problem.parallel * self.used[station])
        if present is None and (zoning is None or zoning.allowed is None):
            for first, second in zip(self.used, self.used[1:], strict=False):
                self.model.add_implication(second, first)
        if self.problem.stations is not None and self.binds("stations"):
            self.model.add(sum(self.copies) <= self.problem.stations)

    def _order(self) -> None:
        """Σ over r ≤ s of x(j,r) ≤ Σ over r ≤ s of x(i,r), i before j."""
        for index, (first, second) in enumerate(self.problem.arcs.tolist()):
            if self.binds("order", index):
                for station in self.stations[:-1]:
                    self.model.add(sum(self.x[second][: station + 1]) <= sum(self.x[first][: station + 1]))

    def _load(self) -> None:
        """Σ over i of t(i) x(i,s) ≤ takt places copies(s), with t over the whole mix and as many takts."""
        if self.problem.workers is not None:
            return
        pieces, places = int(self.problem.pieces.sum()), self.problem.places
        for station in self.stations:
            work = self._work(self.problem.mixed, station)
            if self.problem.parallel == 1:
                self.model.add(work <= pieces * places * self.takt)
                self.model.add(work <= pieces * places * self.longest * self.used[station])
            elif self.shortest == self.longest:
                self.model.add(work <= pieces * self.longest * self.copies[station])
            else:
                room = self.model.new_int_var(0, self.longest * self.problem.parallel, "")
                self.model.add_multiplication_equality(room, [self.takt, self.copies[station]])
                self.model.add(work <= pieces * room)

    def _work(self, time: Any, station: int) -> Any:
        return sum(int(time[task]) * self.x[task][station] for task in self.tasks)

    def _variants(self) -> None:
        """Σ over i of t(v,i) x(i,s) ≤ longest copies(s)."""
        if self.problem.longest is not None and self.binds("longest"):
            for time in self.problem.variants:
                for station in self.stations:
                    self.model.add(self._work(time, station) <= self.problem.longest * self.copies[station])

    def _zones(self) -> None:
        """x(i,s) = x(j,s) together; x(i,s) + x(j,s) ≤ 1 apart."""
        zoning = self.problem.zoning
        if zoning is None:
            return
        for index, (one, other) in enumerate(zoning.together.tolist()):
            for station in self.stations if self.binds("together", index) else ():
                self.model.add(self.x[one][station] == self.x[other][station])
        for index, (one, other) in enumerate(zoning.apart.tolist()):
            for station in self.stations if self.binds("apart", index) else ():
                self.model.add_at_most_one(self.x[one][station], self.x[other][station])
        if zoning.allowed is not None:
            self._allow(zoning.allowed)

    def _allow(self, allowed: Flags) -> None:
        """x(i,s) = 0 where a task is not allowed."""
        for task in self.tasks:
            if self.binds("allowed", task):
                for station in self.stations:
                    if station >= allowed.shape[1] or not allowed[task, station]:
                        self.model.add(self.x[task][station] == 0)

    def _workers(self) -> None:
        """a(i,w) where a task is a worker's: z(w,s) + x(i,s) ≤ 1 + a(i,w), z(w,s) + a(i,w) ≤ 1 + x(i,s);
        Σ over w of z(w,s) = used(s), Σ over s of z(w,s) ≤ 1, Σ over i of t(w,i) a(i,w) ≤ takt.
        """
        time = self.problem.workers
        assert time is not None
        new, model = self.model.new_bool_var, self.model
        self.z = [[new("") for _ in self.stations] for _ in time]
        mine = [[new("") for _ in self.tasks] for _ in time]
        for task in self.tasks:
            model.add_exactly_one(row[task] for row in mine)
        for worker, row in enumerate(self.z):
            model.add_at_most_one(row)
            for task in self.tasks:
                if time[worker, task] == NONE and self.binds("worker", task):
                    model.add(mine[worker][task] == 0)
                for station in self.stations:
                    here, done = row[station], self.x[task][station]
                    model.add_bool_or(~here, ~done, mine[worker][task])
                    model.add_bool_or(~here, ~mine[worker][task], done)
            times = np.where(time[worker] == NONE, fastest(time), time[worker])
            model.add(sum(int(times[task]) * mine[worker][task] for task in self.tasks) <= self.takt)
        for station in self.stations:
            model.add(sum(row[station] for row in self.z) == self.used[station])

    def _places(self) -> None:
        """Stations lie behind each other on one axis of time: start(i) = H station(i) + b(i), b(i) + t(i) ≤ takt;
        start(i) + t(i) ≤ start(j), i before j; what is done at one place does not overlap.
        """
        problem, model = self.problem, self.model
        time = [-(-int(each) // int(problem.pieces.sum())) for each in problem.mixed]
        span, places = self.longest, range(problem.places)
        self.y = [[model.new_bool_var("") for _ in places] for _ in self.tasks]
        self.begin = [model.new_int_var(0, max(0, span - each), "") for each in time]
        start = []
        for task in self.tasks:
            model.add_exactly_one(self.y[task])
            station = sum(at * self.x[task][at] for at in self.stations)
            start.append(model.new_int_var(0, span * len(self.stations), ""))
            model.add(start[task] == span * station + self.begin[task])
            model.add(self.begin[task] + time[task] <= self.takt)
            side = EITHER if problem.side is None else int(problem.side[task])
            if side != EITHER and self.binds("side", task):
                model.add(self.y[task][side - LEFT] == 1)
        for index, (first, second) in enumerate(problem.arcs.tolist()):
            if self.binds("order", index):
                model.add(start[first] + time[first] <= start[second])
        taken = [[model.new_bool_var("") for _ in places] for _ in self.stations]
        for place in places:
            model.add_no_overlap(
                model.new_optional_fixed_size_interval_var(start[task], time[task], self.y[task][place], "")
                for task in self.tasks
            )
            for station in self.stations:
                for task in self.tasks:
                    model.add_bool_or(~self.x[task][station], ~self.y[task][place], taken[station][place])
        if problem.side is None:
            for row in taken:
                for first, second in zip(row, row[1:], strict=False):
                    model.add_implication(second, first)
        self.people = sum(each for row in taken for each in row)
        for station in self.stations:
            work = self._work(time, station)
            model.add(work <= self.longest * sum(taken[station]))

    def _enough(self) -> None:
        """What follows from the sums alone: takt Σ people(s) ≥ Σ t(i), and people by the weights of tasks;
        with workers takt W ≥ Σ over i of the fastest t(w,i) and takt ≥ the longest of them.
        """
        problem = self.problem
        if problem.workers is not None:
            time = fastest(problem.workers)
            self.model.add(self.takt * len(problem.workers) >= int(time.sum()))
            self.model.add(self.takt >= int(time.max(initial=0)))
            return
        room = self.longest * int(problem.pieces.sum())
        self.model.add(self.people * room >= int(problem.mixed.sum()))
        self.model.add(sum(self.copies) * problem.places >= self.people)
        if problem.parallel == 1 and int(problem.mixed.max(initial=0)) <= room:
            self.model.add(self.people >= stations_for(*strongest(problem.mixed, room, WEIGHTS)))

    def goal(self, name: Measure) -> Any:
        """The expression of a measure: see ``Measure``."""
        if name not in self.goals:
            stations = sum(self.copies)
            if name == "stations":
                self.goals[name] = stations
            elif name == "people":
                self.goals[name] = self.people
            elif name == "takt":
                self.goals[name] = self.takt
            else:
                self.goals[name] = getattr(self, f"_{name}")()
        return self.goals[name]

    def _line_time(self) -> Any:
        """Σ over s of copies(s), times the takt."""
        most = len(self.stations) * self.problem.parallel
        number = self.model.new_int_var(0, most, "")
        self.model.add(number == sum(self.copies))
        product = self.model.new_int_var(0, most * self.longest, "")
        self.model.add_multiplication_equality(product, [number, self.takt])
        return product

    def _overload(self) -> Any:
        """over(v,s) ≥ Σ over i of t(v,i) x(i,s) − takt copies(s)."""
        terms = []
        for pieces, time in zip(self.problem.pieces.tolist(), self.problem.variants, strict=True):
            for station in self.stations:
                over = self.model.new_int_var(0, int(time.sum()), "")
                if self.shortest == self.longest:
                    room = self.longest * self.copies[station]
                else:
                    room = self.model.new_int_var(0, self.longest * self.problem.parallel, "")
                    self.model.add_multiplication_equality(room, [self.takt, self.copies[station]])
                self.model.add(over >= self._work(time, station) - room)
                terms.append(pieces * over)
        return sum(terms)

    def _moved(self) -> Any:
        """Σ of the cost of tasks that are not in their station of today."""
        present = self.problem.present
        if present is None:
            return self.model.new_constant(0)
        stays = [
            int(present.cost[task])
            * (1 - (self.x[task][at] if (at := int(present.station[task])) < len(self.stations) else 0))
            for task in self.tasks
            if present.station[task] != NONE
        ]
        return sum(stays) if stays else self.model.new_constant(0)

    def _cost(self) -> Any:
        """Stations, people, and equipment(g,s) ≥ x(i,s), ≥ copies(s) − k (1 − x(i,s)) where task i needs g;
        takt Σ over s of equipment(g,s) ≥ Σ over these of t(i) (times the places of a station).
        """
        prices = self.problem.prices
        if prices is None:
            return self.model.new_constant(0)
        total = prices.station * sum(self.copies) + prices.person * self.people
        for kind, price in enumerate(prices.equipment.tolist()):
            needing = np.flatnonzero(prices.needs[:, kind]).tolist() if prices.needs is not None else []
            numbers: list[Any] = []
            for station in self.stations if needing else ():
                number = self.model.new_int_var(0, self.problem.parallel, "")
                for task in needing:
                    there = self.problem.parallel * (1 - self.x[task][station])
                    self.model.add(number >= self.x[task][station])
                    if self.problem.parallel > 1:
                        self.model.add(number >= self.copies[station] - there)
                numbers.append(number)
            if numbers:
                total += price * sum(numbers)
                self._equipped(needing, numbers)
        return total

    def _equipped(self, needing: list[int], numbers: list[Any]) -> None:
        """What follows from the sums alone: see ``_cost``."""
        self.model.add(sum(numbers) >= 1)
        if self.problem.workers is None:
            room = self.longest * int(self.problem.pieces.sum()) * self.problem.places
            self.model.add(sum(numbers) * room >= int(self.problem.mixed[needing].sum()))

    def hint(self, draft: Draft) -> None:
        """Begin with a balance."""
        self.model.clear_hints()
        hint = self.model.add_hint
        for task in self.tasks:
            for station in self.stations:
                hint(self.x[task][station], bool(draft.station[task] == station))
            if self.problem.places > 1:
                hint(self.begin[task], int(draft.start[task]))
                for place, chosen in enumerate(self.y[task]):
                    hint(chosen, bool(draft.place[task] == place))
        for station in self.stations:
            copies = int(draft.copies[station]) if station < len(draft.copies) else 0
            hint(self.copies[station], copies)
            hint(self.used[station], copies > 0)
            for worker, row in enumerate(self.z if self.problem.workers is not None else ()):
                hint(row[station], bool(station < len(draft.worker) and draft.worker[station] == worker))
        hint(self.takt, draft.takt)

    def read(self, solver: Any) -> Draft:
        """The balance that a solver found."""
        size = len(self.stations)
        station = np.array([[solver.value(each) for each in row] for row in self.x]).reshape(-1, size) @ np.arange(size)
        zeros = np.zeros(len(self.tasks), dtype=np.int64)
        place = start = zeros
        worker = np.full(size, NONE, dtype=np.int64)
        if self.problem.places > 1:
            place = np.array([[solver.value(each) for each in row] for row in self.y]).argmax(axis=1).astype(np.int64)
            start = np.array([solver.value(each) for each in self.begin], dtype=np.int64)
        if self.problem.workers is not None:
            chosen = np.array([[solver.value(each) for each in row] for row in self.z])
            worker = np.where(chosen.any(axis=0), chosen.argmax(axis=0), NONE).astype(np.int64)
        copies = np.array([solver.value(each) for each in self.copies], dtype=np.int64)
        return Draft(station.astype(np.int64), place, start, worker, copies, int(solver.value(self.takt)))
