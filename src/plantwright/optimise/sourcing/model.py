"""The constraint families of sourcing, one method each."""

from __future__ import annotations

import numpy as np

from plantwright.optimise.sourcing.columns import Columns
from plantwright.optimise.sourcing.limits import Limit, limits_of
from plantwright.optimise.sourcing.measures import Measures
from plantwright.optimise.sourcing.rows import Rows
from plantwright.problems.sourcing import SourcingProblem


class Model:
    """The programme of a problem, without its limits; those are put before it anew for each question.

    In the inequalities q are pieces bought, m made, s shipped, d demanded, u used per piece, z, w, v, y, e decisions of
    0 or 1; the letters of the axes are those of `plantwright.problems.sourcing`.

    Parameters
    ----------
    problem
        What is to be decided.
    """

    def __init__(self, problem: SourcingProblem) -> None:
        self.problem = problem
        self.columns = Columns(problem)
        self.measures = Measures(problem, self.columns)
        self.rows = Rows(self.columns.size)
        self.balance()
        self.tiers()
        self.increments()
        self.qualification()
        self.capacity()
        self.opening()
        self.steps()
        self.points()
        self.losses()
        self.limits: dict[str, Limit] = limits_of(problem, self.measures)
        self.cost = self.measures.total_cost()

    def balance(self) -> None:
        """What comes to a node is used there, goes on or is sold: for every line p, node n and year t

        ``sum_b q[p,b,t] + sum_m m[p,m,t] + sum_in s[p,h,t] - sum_out s[p,h,t] - sum_m u[m,n] m[p,m,t] = d[p,n,t]``.
        """
        problem, at = self.problem, self.columns
        node_of_lot = problem.purchases.node[at.lot_purchase]
        makings, ways = problem.makings, problem.shipments
        for node in range(len(problem.node_item)):
            bought = np.flatnonzero(node_of_lot == node)
            made = (makings.node == node).astype(float) - makings.uses[:, node]
            shipped = (ways.end == node).astype(float) - (ways.start == node)
            making, way = np.flatnonzero(made), np.flatnonzero(shipped)
            for line in range(problem.lines):
                for year in range(problem.years):
                    demand = float(problem.demand[line, node, year])
                    terms = [
                        (at.bought[line, bought, year], 1.0),
                        (at.made[line, making, year], made[making]),
                        (at.shipped[line, way, year], shipped[way]),
                    ]
                    pieces = [(columns, factor * at.unit[columns]) for columns, factor in terms]
                    if demand or any(len(columns) for columns, _ in terms):
                        self.rows.add([*pieces, (at.served, -demand)], 0.0, 0.0)

    def tiers(self) -> None:
        """An offer with all-units prices is bought at one of them, in its range: for every offer o and year t

        ``from[k] z[k,t] <= sum_p sum_b q[p,b,k,t] <= to[k] z[k,t]`` and ``sum_k z[k,t] <= 1``,

        where the range of the first price begins at the minimum and no range goes beyond the capacity.
        """
        problem, at = self.problem, self.columns
        for offer in np.flatnonzero(~problem.offers.incremental).tolist():
            tiers = np.flatnonzero(problem.offers.price_offer == offer)
            starts = problem.offers.price_from[tiers]
            least = np.maximum(starts, problem.offers.minimum[offer])
            least[0] = problem.offers.minimum[offer]
            for year in range(problem.years):
                most = self._most(offer, year)
                ends = np.minimum(np.append(starts[1:], np.inf), most)
                for number, tier in enumerate(tiers):
                    if ends[number] < least[number]:
                        self.rows.add([(at.tier[tier, year], 1.0)], upper=0.0)
                    self._between(int(tier), year, float(least[number]), float(ends[number]))
                self.rows.add([(at.tier[tiers, year], 1.0)], upper=1.0)

    def increments(self) -> None:
        """Where a lower price holds only beyond its quantity, the pieces before it are bought first: for every k, t

        ``(to[k] - from[k]) z[k+1,t] <= sum_p sum_b q[p,b,k,t] <= (to[k] - from[k]) z[k,t]``,
        ``z[k+1,t] <= z[k,t]`` and ``sum_k q >= minimum z[1,t]``.
        """
        problem, at = self.problem, self.columns
        for offer in np.flatnonzero(problem.offers.incremental).tolist():
            tiers = np.flatnonzero(problem.offers.price_offer == offer)
            starts = problem.offers.price_from[tiers].copy()
            starts[0] = 0.0
            for year in range(problem.years):
                most = self._most(offer, year)
                ends = np.minimum(np.append(starts[1:], np.inf), most)
                width = np.maximum(ends - starts, 0.0)
                for number, tier in enumerate(tiers):
                    lots = at.bought[:, at.lot_tier == tier, year].ravel()
                    pieces = (lots, at.unit[lots])
                    self.rows.add([pieces, (at.tier[tier, year], -float(width[number]))], upper=0.0)
                    if number + 1 < len(tiers):
                        after = at.tier[tiers[number + 1], year]
                        self.rows.add([pieces, (after, -float(width[number]))], lower=0.0)
                        self.rows.add([(after, 1.0), (at.tier[tier, year], -1.0)], upper=0.0)
                if problem.offers.minimum[offer] > 0:
                    lots = at.bought[:, at.lot_offer == offer, year].ravel()
                    first = (at.tier[tiers[0], year], -float(problem.offers.minimum[offer]))
                    self.rows.add([(lots, at.unit[lots]), first], lower=0.0)

    def qualification(self) -> None:
        """Only a qualified offer is bought, and it stays qualified: for every offer o with a cost, price k and year t

        ``z[k,t] <= sum_{t' <= t} w[o,t']`` and ``sum_t w[o,t] <= 1``.
        """
        at, offers = self.columns, self.problem.offers
        for offer in np.flatnonzero(offers.qualification > 0):
            for year in range(self.problem.years):
                before = (at.qualified[offer, : year + 1], -1.0)
                for tier in np.flatnonzero(offers.price_offer == offer):
                    self.rows.add([(at.tier[tier, year], 1.0), before], upper=0.0)
            self.rows.add([(at.qualified[offer], 1.0)], upper=1.0)

    def capacity(self) -> None:
        """What is made fits what is there and what was built in time: for every making m and year t

        ``sum_p m[p,m,t] <= capacity[m,t] + sum_x added[x] sum_{t' <= t - delay[x]} y[x,t']``.
        """
        problem, at = self.problem, self.columns
        for making, node in enumerate(problem.makings.node):
            steps = np.flatnonzero(problem.steps.making == making)
            for year in range(problem.years):
                there = float(problem.makings.capacity[making, year])
                most = float(at.most[problem.node_item[node], year])
                columns = at.made[:, making, year]
                terms = [(columns, at.unit[columns])]
                for step in steps:
                    ready = at.built[step, : max(0, year - int(problem.steps.delay[step]) + 1)]
                    terms.append((ready, np.full(len(ready), -float(problem.steps.capacity[step]))))
                if np.isfinite(there):
                    self.rows.add(terms, upper=there)
                if problem.makings.opening[making] > 0:
                    self.rows.add([terms[0], (at.running[making, year], -most)], upper=0.0)

    def opening(self) -> None:
        """Only what was opened is made: for every making m with a cost of opening and year t

        ``r[m,t] <= sum_{t' <= t} v[m,t']`` and ``sum_t v[m,t] <= 1``.
        """
        at = self.columns
        for making in np.flatnonzero(self.problem.makings.opening > 0):
            for year in range(self.problem.years):
                opened = at.opened[making, : year + 1]
                self.rows.add([(at.running[making, year], 1.0), (opened, -1.0)], upper=0.0)
            self.rows.add([(at.opened[making], 1.0)], upper=1.0)

    def steps(self) -> None:
        """A step is paid once, and not before the one written before it: for every step x and year t

        ``sum_t y[x,t] <= 1`` and ``sum_{t' <= t} y[x+1,t'] <= sum_{t' <= t} y[x,t']``.
        """
        at, of = self.columns, self.problem.steps.making
        for step in range(len(of)):
            self.rows.add([(at.built[step], 1.0)], upper=1.0)
            earlier = np.flatnonzero(of[:step] == of[step])
            for year in range(self.problem.years if len(earlier) else 0):
                before = at.built[earlier[-1], : year + 1]
                self.rows.add([(at.built[step, : year + 1], 1.0), (before, -1.0)], upper=0.0)

    def points(self) -> None:
        """Points of an item are earned where local pieces of it cover the bill: for every line p, item i and year t

        ``need[p,i,t] e[p,i,t] <= sum of local q[p,b,t] + sum of local m[p,m,t]``.

        A bought piece is local where more than half of its value is, a made one where its site is.
        """
        problem, at, content = self.problem, self.columns, self.problem.content
        if content.method != "points":
            return
        offer_is_local = problem.offers.content @ content.local > 0.5
        site_is_local = content.local[problem.site_country]
        lots, nodes = offer_is_local[at.lot_offer], problem.makings.node
        made_here = site_is_local[problem.node_site[nodes]]
        for item in np.flatnonzero(content.points > 0):
            bought = np.flatnonzero(lots & (problem.offers.item[at.lot_offer] == item))
            made = np.flatnonzero(made_here & (problem.node_item[nodes] == item))
            for line in range(problem.lines):
                for year in range(problem.years):
                    need = float(problem.need[line, item, year])
                    columns = np.concatenate([at.bought[line, bought, year], at.made[line, made, year]])
                    earned = (at.earned[line, item, year], -need)
                    self.rows.add([(columns, at.unit[columns]), earned], lower=0.0)

    def losses(self) -> None:
        """With a supplier stops what lacks any of its items: for every supplier v, product g, item i and year t

        ``lost[v,g,t] >= sum of q[p,b,t] from v of i / need[p,i,t]``, p the line of g.
        """
        problem, at, exposures = self.problem, self.columns, self.problem.exposures
        if not len(exposures.line):
            return
        for supplier, item in sorted(set(zip(problem.offers.supplier, problem.offers.item, strict=True))):
            same = (problem.offers.supplier == supplier) & (problem.offers.item == item)
            lots = np.flatnonzero(same[at.lot_offer])
            for product in np.flatnonzero(exposures.needs[:, item]):
                line = exposures.line[product]
                for year in range(problem.years):
                    need = float(problem.need[line, item, year])
                    columns = at.bought[line, lots, year]
                    if need > 0:
                        share = (at.lost[supplier, product, year], -1.0)
                        self.rows.add([(columns, at.unit[columns] / need), share], upper=0.0)

    def _most(self, offer: int, year: int) -> float:
        """Most pieces of an offer in a year."""
        item = self.problem.offers.item[offer]
        return float(min(self.problem.offers.capacity[offer, year], self.columns.most[item, year]))

    def _between(self, tier: int, year: int, least: float, most: float) -> None:
        at = self.columns
        lots = at.bought[:, at.lot_tier == tier, year].ravel()
        decision = at.tier[tier, year]
        self.rows.add([(lots, at.unit[lots]), (decision, -most)], upper=0.0)
        if least > 0:
            self.rows.add([(lots, at.unit[lots]), (decision, -least)], lower=0.0)
