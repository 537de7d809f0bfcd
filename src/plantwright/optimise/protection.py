"""The cheapest stock and options with which every one of several losses is survived, by mixed-integer programming."""

from __future__ import annotations

from typing import Any

import numpy as np

from plantwright.errors import Finding, RunError
from plantwright.optimise.linear import Row, by_rows, programme
from plantwright.optimise.scale import throughput
from plantwright.optimise.solver import highs
from plantwright.problems.exposure import Floats
from plantwright.problems.protection import ProtectionPlan, ProtectionProblem, Scenario

GAP = 1e-4
"""Share of its cost to which the plan is proven cheapest. [-]"""
NODES = 20_000
"""Nodes of the search at most: a limit that every machine reaches with the same plan. [-]"""


def protection(problem: ProtectionProblem) -> ProtectionPlan | None:
    """The cheapest protection; None where nothing that can be bought survives every scenario.

    Notes
    -----
    Stock e and options y are shared, everything else is decided anew in each scenario:

        minimise    sum of cost e + sum of cost y
        subject to  z_0 = stock + e;  z_t = z_t-1 + arriving + given - taken - demand >= 0
                    given <= capacity + sum of gains y
                    what is made until each step <= what is planned
                    e >= 0, y in {0, 1}

    References
    ----------
    The survival constraint is model TTS of D. Simchi-Levi et al., Interfaces 45(5), 2015, doi 10.1287/inte.2015.0804,
    for each scenario; stock and capacity are its right-hand sides, chosen here.

    Raises
    ------
    RunError
        The solver finds no plan within its nodes.
    """
    model = _Model(problem)
    return model.solve()


class _Model:
    """Columns: stock of all items, options, then gives and shelves of each scenario."""

    def __init__(self, problem: ProtectionProblem) -> None:
        self.problem = problem
        self.items, self.options = len(problem.stock_cost), len(problem.option_cost)
        self.width = self.items + self.options
        self.scale = _scales(problem)
        self.rows: list[Row] = []
        self.least: list[float] = []
        self.most: list[float] = []
        keeps = np.where(np.isfinite(problem.stock_cost), np.inf, 0.0)
        self.upper: list[Floats] = [keeps, np.ones(self.options)]
        for scenario in problem.scenarios:
            self._add(scenario)

    def _add(self, scenario: Scenario) -> None:
        steps, ways = scenario.capacity.shape
        begin, per_step = self.width, ways + len(scenario.items)
        gaining = {way for _, way, _ in scenario.gains}
        bound = np.full((steps, per_step), np.inf)
        bound[:, :ways] = scenario.capacity / self.scale[scenario.items[scenario.gives]]
        bound[:, [way for way in range(ways) if way in gaining]] = np.inf
        self.upper.append(bound.ravel())
        self.width += steps * per_step
        for step in range(steps):
            self._balances(scenario, begin, per_step, step)
            self._gains(scenario, begin, per_step, step)
            self._plans(scenario, begin, per_step, step)

    def _balances(self, scenario: Scenario, begin: int, per_step: int, step: int) -> None:
        """Shelf before, given and arriving, less taken, less the shelf after, is what customers take."""
        ways, scale = len(scenario.gives), self.scale[scenario.items]
        at = begin + step * per_step
        entries: list[dict[int, float]] = [{at + ways + item: -1.0} for item in range(len(scenario.items))]
        for item, entry in enumerate(entries):
            entry[at - per_step + ways + item if step else int(scenario.items[item])] = 1.0
        for way, item in enumerate(scenario.gives):
            entries[item][at + way] = 1.0
        for (way, item), pieces in zip(scenario.uses, scenario.pieces, strict=True):
            taken = pieces * scale[scenario.gives[way]] / scale[item]
            entries[item][at + int(way)] = entries[item].get(at + int(way), 0.0) - taken
        wanted = (scenario.demand[step] - scenario.arriving[step] - (0.0 if step else scenario.stock)) / scale
        for entry, value in zip(entries, wanted, strict=True):
            self._row(entry, value, value)

    def _gains(self, scenario: Scenario, begin: int, per_step: int, step: int) -> None:
        """What a way gives is at most its capacity and what options add to it."""
        for way in {way for _, way, _ in scenario.gains}:
            unit = self.scale[scenario.items[scenario.gives[way]]]
            entry = {begin + step * per_step + way: 1.0}
            for option, gained, more in scenario.gains:
                if gained == way:
                    column = self.items + option
                    entry[column] = entry.get(column, 0.0) - more[step] / unit
            self._row(entry, -np.inf, scenario.capacity[step, way] / unit)

    def _plans(self, scenario: Scenario, begin: int, per_step: int, step: int) -> None:
        """What is made of an item until now is no more than what is planned until now."""
        for item in np.flatnonzero(np.isfinite(scenario.most_made[step])):
            ways = [way for way, given in enumerate(scenario.gives) if given == item]
            entry = {begin + earlier * per_step + way: 1.0 for earlier in range(step + 1) for way in ways}
            if entry:
                self._row(entry, -np.inf, scenario.most_made[step, item] / self.scale[scenario.items[item]])

    def _row(self, entries: dict[int, float], least: float, most: float) -> None:
        self.rows.append((np.array(list(entries), dtype=np.int64), np.array(list(entries.values()))))
        self.least.append(least)
        self.most.append(most)

    def solve(self) -> ProtectionPlan | None:
        """The plan."""
        module, problem = highs(), self.problem
        cost = np.zeros(self.width)
        stock_cost = np.where(np.isfinite(problem.stock_cost), problem.stock_cost, 0.0)
        cost[: self.items] = stock_cost * self.scale
        cost[self.items : self.items + self.options] = problem.option_cost
        worth = float(cost.max(initial=0.0)) or 1.0
        model = module.Highs()
        settings: dict[str, Any] = {"output_flag": False, "threads": 1, "random_seed": 1}
        settings |= {"mip_rel_gap": GAP, "mip_max_nodes": NODES}
        for name, value in settings.items():
            model.setOptionValue(name, value)
        whole = np.arange(self.width) < self.items + self.options
        whole[: self.items] = False
        bounds = np.zeros(self.width), np.concatenate(self.upper)
        limits = np.array(self.least), np.array(self.most)
        model.passModel(programme(cost / worth, bounds, by_rows(self.rows), limits, whole=whole))
        model.run()
        info = model.getInfo()
        if model.getModelStatus().name in ("kInfeasible", "kUnboundedOrInfeasible"):
            return None
        if info.primal_solution_status != 2:
            what = f"no protection was found: {model.modelStatusToString(model.getModelStatus()).lower()}"
            raise RunError(Finding("E481", what, "Ask for a shorter survival."))
        found = np.array(model.getSolution().col_value)
        stock = np.where(found[: self.items] > 1e-7, found[: self.items], 0.0) * self.scale
        options = found[self.items : self.items + self.options] > 0.5
        value = float(stock_cost @ stock + problem.option_cost @ options)
        bound = info.mip_dual_bound if self.options else info.objective_function_value
        return ProtectionPlan(stock, np.flatnonzero(options), value, min(value, float(bound) * worth))


def _scales(problem: ProtectionProblem) -> Floats:
    """About what flows of each item in a step of the scenarios. (I,) float64 [pieces]"""
    scale = np.zeros(len(problem.stock_cost))
    for scenario in problem.scenarios:
        flow = throughput(scenario.demand.mean(axis=0), scenario.gives, scenario.uses, scenario.pieces)
        np.maximum.at(scale, scenario.items, flow)
    return np.where(scale > 0, scale, 1.0)
