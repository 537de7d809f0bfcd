"""Where safety stock costs least when every stage guarantees its service: trees exactly and fast, other networks by a
mixed-integer programme.

References
----------
S. C. Graves, S. P. Willems (2000), "Optimizing strategic safety stock placement in supply chains", Manufacturing &
Service Operations Management 2(1), doi 10.1287/msom.2.1.68.23267 (trees). T. L. Magnanti, Z.-J. M. Shen, J. Shu,
D. Simchi-Levi, C.-P. Teo (2006), "Inventory placement in acyclic supply chain networks", Operations Research Letters
34(2), doi 10.1016/j.orl.2005.04.004 (networks as a programme over the pieces of the concave cost).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from plantwright.optimise.solver import highs
from plantwright.problems.guaranteed import Floats, GuaranteeProblem, Guarantees, Ints


def guaranteed(problem: GuaranteeProblem, *, nodes: int = 100_000) -> Guarantees:
    """The promises that cost least; in networks that are no trees within so many ``nodes`` of the search.

    Raises
    ------
    ValueError
        The network has a cycle.
    RunError
        It is no tree and HiGHS is not installed.

    Notes
    -----
    With whole processing times there is an optimal solution in whole periods: between the points where the cost of a
    stage bends the constraints are those of a network.
    """
    longest = longest_times(problem)
    if _is_forest(problem):
        return _Forest(problem, longest).solve()
    return _network(problem, longest, nodes)


def longest_times(problem: GuaranteeProblem) -> Ints:
    """Time until a stage can serve when nobody keeps stock. (S,) int64 [periods]

    Raises
    ------
    ValueError
        The network has a cycle.
    """
    longest = problem.inbound.copy()
    waits = np.bincount(problem.downstream, minlength=problem.stages)
    order = [stage for stage in range(problem.stages) if waits[stage] == 0]
    for stage in order:
        longest[stage] += problem.time[stage]
        for served in problem.downstream[problem.upstream == stage].tolist():
            longest[served] = max(longest[served], longest[stage])
            waits[served] -= 1
            if waits[served] == 0:
                order.append(served)
    if len(order) < problem.stages:
        raise ValueError("the stages serve one another in a circle")
    return longest


def _is_forest(problem: GuaranteeProblem) -> bool:
    """Whether no two stages are joined in two ways, whatever the direction."""
    group = list(range(problem.stages))

    def head(stage: int) -> int:
        while group[stage] != stage:
            stage = group[stage]
        return stage

    for one, other in zip(problem.upstream.tolist(), problem.downstream.tolist(), strict=True):
        if head(one) == head(other):
            return False
        group[head(one)] = head(other)
    return True


def _result(problem: GuaranteeProblem, service: Ints, lower_bound: float | None = None) -> Guarantees:
    """Everything that follows from the quoted times; with no bound the cost is one."""
    inbound = problem.inbound.copy()
    np.maximum.at(inbound, problem.downstream, service[problem.upstream])
    covered = inbound + problem.time - service
    cost = float(problem.price @ np.sqrt(covered))
    return Guarantees(service, inbound, covered, cost, cost if lower_bound is None else min(cost, lower_bound))


class _Step(NamedTuple):
    """A stage as seen by the one neighbour that is still left.

    Attributes
    ----------
    stage, neighbour : int
        The neighbour is -1 where none is left.
    serves : bool
        Whether the stage serves the neighbour (else it is served).
    total : ndarray
        Least cost of everything behind it, by quoted time and inbound time. (T, T) float64 [money]
    """

    stage: int
    neighbour: int
    serves: bool
    total: Floats


class _Forest:
    """Dynamic programming from the leaves: what everything behind a stage costs, by the one time that it shares."""

    def __init__(self, problem: GuaranteeProblem, longest: Ints) -> None:
        self.problem = problem
        self.times = np.arange(int(longest.max(initial=0)) + 1)
        self.by_quoted = np.zeros((problem.stages, len(self.times)))
        """Cost of what the stage serves and is settled, by the time that it quotes."""
        self.by_inbound = np.zeros((problem.stages, len(self.times)))
        """Cost of what serves the stage and is settled, by the time until everything is there."""

    def solve(self) -> Guarantees:
        """Settle leaf after leaf, then read the times back in the opposite order."""
        neighbours: list[dict[int, bool]] = [{} for _ in range(self.problem.stages)]
        for one, other in zip(self.problem.upstream.tolist(), self.problem.downstream.tolist(), strict=True):
            neighbours[one][other], neighbours[other][one] = True, False
        steps: list[_Step] = []
        ready = [stage for stage, near in enumerate(neighbours) if len(near) <= 1]
        settled = [False] * self.problem.stages
        for stage in ready:
            if settled[stage]:
                continue
            settled[stage] = True
            steps.append(self._settle(stage, neighbours[stage]))
            for neighbour in neighbours[stage]:
                del neighbours[neighbour][stage]
                if len(neighbours[neighbour]) <= 1:
                    ready.append(neighbour)
        return self._read(steps)

    def _settle(self, stage: int, near: dict[int, bool]) -> _Step:
        total = self._total(stage)
        if not near:
            return _Step(stage, -1, False, total)
        (neighbour, serves), *_ = near.items()
        if serves:  # the neighbour waits at least as long as is quoted
            self.by_inbound[neighbour] += np.minimum.accumulate(total.min(axis=1))
        else:  # the stage waits at least as long as the neighbour quotes
            self.by_quoted[neighbour] += np.minimum.accumulate(total.min(axis=0)[::-1])[::-1]
        return _Step(stage, neighbour, serves, total)

    def _total(self, stage: int) -> Floats:
        """Cost of the stage and all that is settled behind it. (T, T) by quoted and inbound time"""
        quoted, inbound = self.times[:, None], self.times[None, :]
        covered = inbound + self.problem.time[stage] - quoted
        allowed = (covered >= 0) & (quoted <= self.problem.promise[stage]) & (inbound >= self.problem.inbound[stage])
        own = self.problem.price[stage] * np.sqrt(np.maximum(covered, 0))
        total: Floats = np.where(allowed, own + self.by_quoted[stage][:, None] + self.by_inbound[stage], np.inf)
        return total

    def _read(self, steps: list[_Step]) -> Guarantees:
        service = np.zeros(self.problem.stages, np.int64)
        inbound = np.zeros(self.problem.stages, np.int64)
        for step in reversed(steps):
            total = step.total
            if step.neighbour >= 0 and step.serves:
                total = np.where(self.times[:, None] <= inbound[step.neighbour], total, np.inf)
            elif step.neighbour >= 0:
                total = np.where(self.times >= service[step.neighbour], total, np.inf)
            quoted, waits = np.unravel_index(int(np.argmin(total)), total.shape)
            service[step.stage], inbound[step.stage] = quoted, waits
        return _result(self.problem, service)


def _network(problem: GuaranteeProblem, longest: Ints, nodes: int) -> Guarantees:
    """The programme: of each stage exactly one covered time, and times that fit together along the arcs."""
    model: Any = highs().Highs()
    for name, value in {"output_flag": False, "threads": 1, "random_seed": 0, "mip_max_nodes": nodes}.items():
        model.setOptionValue(name, value)
    model.setOptionValue("mip_rel_gap", 1e-9)
    service, inbound = [], []
    for stage in range(problem.stages):
        most = min(int(longest[stage]), int(problem.promise[stage]))
        waits = int(longest[stage] - problem.time[stage])
        service.append(model.addVariable(0, most))
        inbound.append(model.addVariable(int(problem.inbound[stage]), waits))
        covered = [model.addBinary(problem.price[stage] * float(np.sqrt(time))) for time in range(longest[stage] + 1)]
        model.addConstr(model.qsum(covered) == 1)
        spans = model.qsum(time * each for time, each in enumerate(covered))
        model.addConstr(spans == inbound[stage] + int(problem.time[stage]) - service[stage])
    for one, other in zip(problem.upstream.tolist(), problem.downstream.tolist(), strict=True):
        model.addConstr(inbound[other] >= service[one])
    model.run()
    info = model.getInfo()
    quoted = np.zeros(problem.stages, np.int64)  # to serve at once is always possible
    if info.primal_solution_status == highs().SolutionStatus.kSolutionStatusFeasible:
        values = np.array(model.getSolution().col_value)
        quoted = np.round(values[[each.index for each in service]]).astype(np.int64)
    return _result(problem, quoted, float(info.mip_dual_bound))
