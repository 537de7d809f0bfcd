"""What is lost when nodes of a supply network are cut off, and how long nothing is: one warm linear programme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from plantwright.optimise.linear import Row, linear, solved
from plantwright.optimise.scale import sizes
from plantwright.problems.exposure import Cut, Exposure, ExposureProblem, Floats, Indices

if TYPE_CHECKING:
    import highspy

TOLERANCE = 1e-9
"""Of the solver; flows and losses near it, relative to the demand, are none. [-]"""
NONE = 1e-7
"""Below this share of all margin a loss is none, and below this rate of use stock lasts for ever. [-]"""
DIGITS = 9
"""Significant digits that results keep: as many as the tolerance vouches for. [-]"""


def exposure(problem: ExposureProblem, cuts: Sequence[Cut]) -> Exposure:
    """Loss until the recovery and time to survive of each outage.

    Parameters
    ----------
    problem
        The network.
    cuts
        The outages. Outages of several nodes that have the first one in common are solved from that of the first one
        alone, which saves time and changes nothing else.

    Notes
    -----
    With flows x, unmet demand l and time t, an outage that closes the ways L has

        loss      minimise  sum_i f_i l_i   at t = time to recover,
        survival  maximise  t               at l = 0,

    both subject to ``s_i + sum of what is given - sum of what is taken >= d_i t - l_i`` for each item,
    ``x_a <= c_a t`` for each way, ``sum of x_a through n <= C_n t`` for each node, ``0 <= l_i <= d_i t``, and
    ``x_a = 0`` for a in L. Divided by t these are rates, 1/t is the variable, and all capacities are bounds: survival
    is the least 1/t, and endless where that is 0. One model serves both: between outages only bounds (and, once,
    costs) change, and the simplex method goes on from the basis of the network with fewer nodes lost, which stays dual
    feasible. Where the best flows of that network do not use a way that is now closed they remain the best, and nothing
    is solved.

    References
    ----------
    D. Simchi-Levi et al., Identifying risks and mitigating disruptions in the automotive supply chain, Interfaces
    45(5), 2015, models TTR and TTS, doi 10.1287/inte.2015.0804.
    """
    network = _Network(problem)
    losses, unmet = network.losses(cuts)
    return Exposure(losses, network.survivals(cuts), unmet, network.solved)


class _Found(NamedTuple):
    """An optimum in scaled units, and the basis from which the search goes on."""

    value: float
    columns: Floats
    basis: highspy.HighsBasis


class _Network:
    """The linear programme, kept warm. Columns: rates of ways, rates of unmet demand, one over time."""

    def __init__(self, problem: ExposureProblem) -> None:
        self.problem = problem
        self.ways = len(problem.gives)
        self.demanded = np.flatnonzero(problem.demand > 0)
        self.size = sizes(problem.demand, problem.gives, problem.uses, problem.pieces)
        self.worth = float((problem.margin * problem.demand).sum()) or 1.0
        self.time = self.ways + len(self.demanded)
        self.closed_by = _ways_of_nodes(problem)
        self.open_to = problem.capacity / self.size[problem.gives]
        self.solved = 0
        self._is_closed = np.zeros(self.ways, dtype=bool)
        items, nodes = self._items(), self._nodes()
        demand = problem.demand / self.size
        least = np.concatenate([demand, np.full(len(nodes), -np.inf)])
        most = np.concatenate([np.full(len(items), np.inf), np.ones(len(nodes))])
        columns = self.time + 1
        bounds = np.zeros(columns), np.concatenate([self.open_to, demand[self.demanded], [np.inf]])
        self.highs = linear(np.zeros(columns), bounds, items + nodes, (least, most), tolerance=TOLERANCE)

    def _items(self) -> list[Row]:
        """For each item ``s_i / t + given - taken + unmet >= demand``, every item counted in its own throughput."""
        problem, size = self.problem, self.size
        rows: list[dict[int, float]] = [{self.time: lies} for lies in problem.stock / size]
        for way, item in enumerate(problem.gives):
            rows[item][way] = 1.0
        for (way, item), pieces in zip(problem.uses, problem.pieces, strict=True):
            rows[item][int(way)] = rows[item].get(int(way), 0.0) - pieces * size[problem.gives[way]] / size[item]
        for place, item in enumerate(self.demanded):
            rows[item][self.ways + place] = 1.0
        return [(np.array(list(row), dtype=np.int64), np.array(list(row.values()))) for row in rows]

    def _nodes(self) -> list[Row]:
        """For each node with a capacity of its own ``sum through it / capacity <= 1``."""
        size, gives = self.size, self.problem.gives
        return [
            (self.closed_by[node], size[gives[self.closed_by[node]]] / capacity)
            for node, capacity in enumerate(self.problem.node_capacity)
            if np.isfinite(capacity)
        ]

    # ------------------------------------------------------------------------------------------------ the two models

    def losses(self, cuts: Sequence[Cut]) -> tuple[Floats, Floats]:
        """Least margin lost of each outage [money], and what is then not delivered [pieces]."""
        margin, demand = self.problem.margin[self.demanded], self.problem.demand[self.demanded]
        size = self.size[self.demanded]
        cost = np.append(margin * size / self.worth, 0.0)
        self._ask(cost, most=demand / size)
        losses, unmet = np.zeros(len(cuts)), np.zeros((len(cuts), len(self.problem.demand)))
        for place, found in self._each(cuts, [cut.recovery for cut in cuts]):
            short = found.columns[self.ways : self.time]
            unmet[place, self.demanded] = np.where(short > NONE, short, 0.0) * size * cuts[place].recovery
            losses[place] = _told(found.value, self.worth * cuts[place].recovery)
        return losses, unmet

    def survivals(self, cuts: Sequence[Cut]) -> Floats:
        """Longest time without a loss of each outage [periods]."""
        self._ask(np.append(np.zeros(len(self.demanded)), 1.0), most=np.zeros(len(self.demanded)))
        self.highs.changeColBounds(self.time, 0.0, np.inf)
        found = np.zeros(len(cuts))
        for place, each in self._each(cuts, [None] * len(cuts)):
            found[place] = _told(1.0 / each.value, 1.0) if each.value > NONE else np.inf
        return found

    def _ask(self, cost: Floats, most: Floats) -> None:
        """Costs of unmet demand and of 1/t, and how much may be unmet."""
        columns = np.arange(self.ways, self.time + 1, dtype=np.int32)
        self.highs.changeColsCost(len(columns), columns, cost)
        self.highs.changeColsBounds(len(most), columns[:-1], np.zeros(len(most)), most)

    # ----------------------------------------------------------------------------------------------------- the search

    def _each(self, cuts: Sequence[Cut], times: Sequence[float | None]) -> Iterator[tuple[int, _Found]]:
        """Place and optimum of each outage, solved only where that of fewer nodes lost does not serve."""
        known: dict[tuple[tuple[int, ...], float | None], _Found | None] = {}

        def of(nodes: tuple[int, ...], time: float | None, reference: _Found | None) -> _Found | None:
            if (nodes, time) not in known:
                known[nodes, time] = self._optimum(nodes, time, reference)
            return known[nodes, time]

        for place, (cut, time) in enumerate(zip(cuts, times, strict=True)):
            if time is not None and time <= 0:
                continue
            whole = of((), time, None)
            alone = [of((node,), time, whole) for node in cut.nodes]
            if None in alone:
                continue
            closed = self._ways_closed(cut.nodes)
            serve = (each for each in alone if each is not None and (each.columns[closed] <= TOLERANCE).all())
            found = next(serve, None) or self._optimum(cut.nodes, time, alone[0] if alone else whole)
            if found is not None:
                yield place, found

    def _optimum(self, nodes: tuple[int, ...], time: float | None, reference: _Found | None) -> _Found | None:
        """The optimum without these nodes; None where demand cannot be met at any time, however short."""
        closed = self._ways_closed(nodes)
        if reference is not None and (reference.columns[closed] <= TOLERANCE).all():
            return reference
        if time is not None:
            self.highs.changeColBounds(self.time, 1.0 / time, 1.0 / time)
        self._close(closed)
        if reference is not None:
            self.highs.setBasis(reference.basis)
        self.highs.run()
        self.solved += 1
        if time is None and self.highs.getModelStatus().name == "kInfeasible":
            return None
        solved(self.highs)
        columns = np.array(self.highs.getSolution().col_value)
        return _Found(self.highs.getObjectiveValue(), columns, self.highs.getBasis())

    def _ways_closed(self, nodes: tuple[int, ...]) -> Indices:
        if len(nodes) == 1:
            return self.closed_by[nodes[0]]
        return np.concatenate([np.zeros(0, dtype=np.int64), *(self.closed_by[node] for node in nodes)])

    def _close(self, closed: Indices) -> None:
        """Close these ways and open all others: only bounds that differ are changed."""
        wanted = np.zeros(self.ways, dtype=bool)
        wanted[closed] = True
        changed = np.flatnonzero(wanted != self._is_closed).astype(np.int32)
        most = np.where(wanted[changed], 0.0, self.open_to[changed])
        self.highs.changeColsBounds(len(changed), changed, np.zeros(len(changed)), most)
        self._is_closed = wanted


def _ways_of_nodes(problem: ExposureProblem) -> list[Indices]:
    found: list[list[int]] = [[] for _ in problem.node_capacity]
    for way, node in problem.passes:
        found[node].append(int(way))
    return [np.array(ways, dtype=np.int64) for ways in found]


def _told(value: float, unit: float) -> float:
    """A scaled value in its unit, without the last digits, for which the solver does not vouch."""
    return 0.0 if value <= NONE else float(f"{value * unit:.{DIGITS}g}")
