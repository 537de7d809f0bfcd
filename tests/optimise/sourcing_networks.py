"""Small random networks of sourcing, and their best plans by trying everything."""

from __future__ import annotations

import itertools

import numpy as np
from scipy.optimize import linprog

from plantwright.problems.sourcing import (
    Content,
    Exposures,
    Limits,
    Makings,
    Offers,
    Purchases,
    Shipments,
    SourcingProblem,
    Steps,
)

METHODS = (
    ("build-down", "transaction-value"),
    ("build-down", "net-cost"),
    ("build-up", "transaction-value"),
    ("build-up", "net-cost"),
    ("sats-1286", "transaction-value"),
    ("value-added", "transaction-value"),
    ("points", "transaction-value"),
)
PRODUCTS, MODULE, PART, RAW = (0, 1), 2, 3, 4
HERE, ABROAD = 0, 1
"""Sites: the plant, whose country is local, and a partner."""


def network(seed: int, years: int | None = None) -> SourcingProblem:
    """Two products of a module and parts; the module is bought, made here, or made by a partner and shipped.

    Countries: 0 local, 1 the partner's, 2 another, 3 unknown. Nodes are item + 5 site.
    """
    rng = np.random.default_rng(seed)
    years = years or int(rng.integers(1, 3))
    method, of = METHODS[seed % len(METHODS)]
    lines = 1 if method == "points" else int(rng.integers(1, 3))
    items, node = 5, lambda item, site: item + 5 * site
    demand = np.zeros((lines, 10, years))
    for product in PRODUCTS:
        demand[product if lines == 2 else 0, product] = rng.integers(5, 20, years)
    uses = np.zeros((4, 10))
    uses[0, [MODULE, PART]] = 1, rng.integers(1, 3)
    uses[1, [MODULE, PART]] = 2, 1
    uses[2, RAW] = uses[3, node(RAW, ABROAD)] = rng.integers(1, 4)
    incremental_allowed = lines == 1
    offers, purchases = _offers(rng, years, incremental_allowed, node)
    prices = np.array([300.0, 420.0]) * rng.uniform(0.9, 1.2, 2)
    sales = np.stack([sum(prices[product] * demand[line, product] for product in PRODUCTS) for line in range(lines)])
    needs = np.zeros((lines, items, years))
    for line in range(lines):
        a, b = demand[line, 0], demand[line, 1]
        needs[line] = [a, b, a + 2 * b, a * uses[0, PART] + b, (a + 2 * b) * uses[2, RAW]]
    local = np.array([True, False, False, bool(rng.random() < 0.3)])
    if method == "sats-1286":
        local[-1] = False
    return SourcingProblem(
        node_item=np.tile(np.arange(5), 2),
        node_site=np.repeat([HERE, ABROAD], 5),
        site_country=np.array([0, 1]),
        demand=demand,
        sales=sales,
        need=needs,
        discount=0.9 ** np.arange(years + 1),
        holding=0.1,
        home=np.array([True, False]),
        offers=offers,
        purchases=purchases,
        makings=Makings(
            node=np.array([0, 1, MODULE, node(MODULE, ABROAD)]),
            uses=uses,
            cost=np.array([20.0, 30.0, *rng.uniform(15, 60, 2)]),
            capacity=np.stack(
                [np.full(years, np.inf)] * 2
                + [np.full(years, float(rng.integers(0, 25))), np.full(years, float(rng.integers(10, 60)))]
            ),
            opening=np.array([0.0, 0.0, 0.0, float(rng.choice([0, 150]))]),
            carbon=np.array([1.0, 1.0, 2.0, 3.0]),
            final=np.array([True, True, False, False]),
        ),
        steps=Steps(
            making=np.array([2]),
            capacity=np.array([40.0]),
            cost=np.array([float(rng.integers(50, 400))]),
            delay=np.array([int(rng.integers(0, 2))]),
            life=np.array([rng.choice([np.inf, 4.0])]),
        ),
        shipments=Shipments(
            start=np.array([node(MODULE, ABROAD)]),
            end=np.array([MODULE]),
            freight=rng.uniform(1, 4, 1),
            duty=rng.uniform(0, 0.1, 1),
            holding=np.array([0.5]),
            carbon=np.array([1.0]),
            invoice=rng.uniform(60, 90, 1),
        ),
        content=Content(
            method=method,
            of=of,
            at="invoice" if rng.random() < 0.4 else "cost",
            floor=np.full((lines, years), np.nan),
            measured=np.ones(lines, dtype=bool),
            local=local,
            points=np.array([0.0, 0.0, 4.0, 3.0, 2.0]) * (method == "points"),
        ),
        exposures=Exposures(
            line=np.array([0, lines - 1]),
            needs=np.array([[True, False, True, True, True], [False, True, True, True, True]]),
            margin=np.stack([sales.sum(axis=0) * 0.2] * 2),
            recovery=np.array([0.2, 0.3, 0.5, 0.25]),
        ),
        limits=Limits(
            budget=np.full(years, np.inf), investment=np.inf, country=np.full(4, np.inf), carbon=np.full(years, np.inf)
        ),
    )


def _offers(rng, years, incremental_allowed, node):
    """Module from abroad; parts local and from abroad with a break; raw material here and at the partner."""
    item = np.array([MODULE, PART, PART, RAW, RAW])
    broken = np.array([False, True, True, False, bool(rng.random() < 0.5)])
    price_offer, price_from, price = [], [], []
    worth = rng.uniform([70, 20, 14, 8, 6], [110, 34, 26, 16, 14])
    for offer, usual in enumerate(worth):
        price_offer.append(offer)
        price_from.append(1.0)
        price.append(usual)
        if broken[offer]:
            price_offer.append(offer)
            price_from.append(float(rng.integers(6, 30)))
            price.append(usual * rng.uniform(0.6, 0.95))
    content = np.zeros((5, 4))
    for offer, home in enumerate([2, 0, 2, 0, 2]):
        shares = rng.dirichlet([0.4, 0.4, 0.4, 0.4])
        content[offer] = 0.3 * shares
        content[offer, home] += 0.7
    incremental = np.array([False, False, incremental_allowed and rng.random() < 0.5, False, False])
    offers = Offers(
        item=item,
        supplier=np.array([0, 1, 2, 1, 3]),
        incremental=incremental,
        minimum=np.array([0.0, 0.0, float(rng.choice([0, 8])), 0.0, 0.0]),
        capacity=np.array([[60.0], [float(rng.integers(10, 40))], [100.0], [200.0], [300.0]]) * np.ones((1, years)),
        qualification=np.array([0.0, 0.0, float(rng.choice([0, 60])), 0.0, 0.0]),
        content=content,
        price_offer=np.array(price_offer),
        price_from=np.array(price_from),
        price=np.array(price),
    )
    purchases = Purchases(
        offer=np.array([0, 1, 2, 3, 4, 4]),
        node=np.array([MODULE, PART, PART, RAW, RAW, node(RAW, ABROAD)]),
        freight=rng.uniform(0, 2, 6),
        duty=rng.choice([0.0, 0.05, 0.1], 6),
        lead=rng.uniform(0, 0.5, 6),
        carbon=rng.uniform(0.5, 3, 6),
    )
    return offers, purchases


def recipes(problem: SourcingProblem, node: int) -> list[dict]:
    """Every way to get one piece to a node: pieces by ("buy" | "make" | "ship", number)."""
    found = [{("buy", way): 1.0} for way in np.flatnonzero(problem.purchases.node == node)]
    for making in np.flatnonzero(problem.makings.node == node):
        takes = [(n, u) for n, u in enumerate(problem.makings.uses[making]) if u]
        for parts in itertools.product(*(recipes(problem, n) for n, _ in takes)):
            recipe = {("make", making): 1.0}
            for (_, pieces), part in zip(takes, parts, strict=True):
                for key, amount in part.items():
                    recipe[key] = recipe.get(key, 0.0) + pieces * amount
            found.append(recipe)
    for way in np.flatnonzero(problem.shipments.end == node):
        for part in recipes(problem, problem.shipments.start[way]):
            found.append({**part, ("ship", way): 1.0})
    return found


class Tried:
    """The best plan by trying every decision; for each, a linear programme over recipes."""

    def __init__(self, problem: SourcingProblem, floor: float | None = None, exposure: float = np.inf):
        self.problem, self.floor, self.exposure = problem, floor, exposure
        self.units = []  # line, node, recipe
        for line, node in itertools.product(range(problem.lines), range(len(problem.node_item))):
            if problem.demand[line, node].any():
                self.units += [(line, node, recipe) for recipe in recipes(problem, node)]

    def best(self) -> float | None:
        found = [cost for choice in self._choices() if (cost := self._cost(*choice)) is not None]
        return min(found) if found else None

    def _choices(self):
        offers, years = self.problem.offers, self.problem.years
        per_offer = []
        for offer in range(len(offers.item)):
            tiers = np.flatnonzero(offers.price_offer == offer)
            plain = len(tiers) == 1 and not offers.minimum[offer] and not offers.qualification[offer]
            options = [tiers[0]] if plain else [None, *tiers]
            per_offer.append(list(itertools.product(options, repeat=years)))
        building = [None, *range(years)]
        opening = [None, *range(years)] if self.problem.makings.opening[3] else [0]
        earned = [()]
        if self.floor is not None and self.problem.content.method == "points":
            points = self.problem.content.points
            subsets = itertools.chain.from_iterable(itertools.combinations((MODULE, PART, RAW), n) for n in range(4))
            enough = [set_ for set_ in subsets if sum(points[list(set_)]) >= self.floor * points.sum() - 1e-9]
            earned = list(itertools.product(enough, repeat=years))
        return itertools.product(itertools.product(*per_offer), building, opening, earned)

    def _cost(self, tiers, built, opened, earned):
        """The best quantities at these tiers (by offer and year), this year of the step, this year of the opening."""
        p, width = self.problem, len(self.units)
        fixed = self._fixed(tiers, built, opened)
        blocks = []
        for year in range(p.years):
            price, const, least, upper = self._prices(tiers, year)
            for offer in np.flatnonzero(const):  # paid before the last increment, with duty and holding
                way = np.flatnonzero(p.purchases.offer == offer)[0]
                on = 1.0 + p.purchases.duty[way] + p.holding * p.purchases.lead[way]
                fixed += p.discount[year] * const[offer] * on
            rows = [*self._offer_rows(least, upper), *self._making_rows(year, built, opened)]
            rows += [self._points_row(item, year) for item in (earned[year] if earned else ())]
            if self.floor is not None and p.content.method != "points":
                rows += [self._floor_row(line, year, price, const) for line in range(p.lines)]
            cost = [p.discount[year] * self._unit_cost(recipe, price) for _, _, recipe in self.units]
            blocks.append((cost, rows, self._demand_rows(year)))
        cost = np.concatenate([cost for cost, _, _ in blocks])
        spread = [
            [(np.pad(row, (year * width, (p.years - 1 - year) * width)), most) for row, most in block[kind]]
            for kind in (1, 2)
            for year, block in enumerate(blocks)
        ]
        unequal = list(itertools.chain.from_iterable(spread[: p.years]))
        equal = list(itertools.chain.from_iterable(spread[p.years :]))
        found = linprog(cost, *_split(unequal), *_split(equal), bounds=(0, None))
        return found.fun + fixed if found.status == 0 else None

    def _fixed(self, tiers, built, opened):
        """Qualifications, the step less what it keeps, the opening."""
        p, fixed = self.problem, 0.0
        for offer, by_year in enumerate(tiers):
            used = [year for year, tier in enumerate(by_year) if tier is not None]
            fixed += p.discount[used[0]] * p.offers.qualification[offer] if used else 0.0
        if built is not None:
            used = max(0, p.years - built - p.steps.delay[0])
            left = max(0.0, 1 - used / p.steps.life[0]) if np.isfinite(p.steps.life[0]) else 0.0
            fixed += p.steps.cost[0] * (p.discount[built] - p.discount[-1] * left)
        return fixed if opened is None else fixed + p.discount[opened] * p.makings.opening[3]

    def _offer_rows(self, least, upper):
        for offer in range(len(least)):
            row = np.array([self._pieces(recipe, offer) for _, _, recipe in self.units])
            yield from ((row, upper[offer]), (-row, -least[offer]))

    def _making_rows(self, year, built, opened):
        p = self.problem
        for making in range(4):
            there = p.makings.capacity[making, year]
            if making == 2 and built is not None and year >= built + p.steps.delay[0]:
                there += p.steps.capacity[0]
            if making == 3 and (opened is None or year < opened):
                there = 0.0
            if np.isfinite(there):
                yield np.array([recipe.get(("make", making), 0.0) for _, _, recipe in self.units]), there

    def _demand_rows(self, year):
        p = self.problem
        for line, node in itertools.product(range(p.lines), range(len(p.node_item))):
            if p.demand[line, node].any():
                row = np.array([float((line, node) == (of, to)) for of, to, _ in self.units])
                yield row, p.demand[line, node, year]

    def _points_row(self, item, year):
        row = np.array([-self._local_pieces(recipe, item) for _, _, recipe in self.units])
        return row, -self.problem.need[0, item, year]

    def _floor_row(self, line, year, price, const):
        short, base = np.zeros(len(self.units)), np.zeros(len(self.units))
        for number, (of, _, recipe) in enumerate(self.units):
            if of == line:
                short[number], base[number] = self._short(recipe, price)
        constant = self._constant_short(line, year, const)
        if self.problem.content.of == "net-cost":
            return short - (1 - self.floor) * base, (1 - self.floor) * constant[1] - constant[0]
        return short, (1 - self.floor) * self.problem.sales[line, year] - constant[0]

    def _prices(self, tiers, year):
        """Price per offer, what was paid before the last step, least and most pieces."""
        offers = self.problem.offers
        count = len(offers.item)
        price, const, least, most = np.zeros(count), np.zeros(count), np.zeros(count), np.zeros(count)
        for offer in range(count):
            tier = tiers[offer][year]
            if tier is None:
                continue
            mine = np.flatnonzero(offers.price_offer == offer)
            after = [k for k in mine if k > tier]
            first = tier == mine[0]
            least[offer] = 0.0 if first else offers.price_from[tier]
            most[offer] = min(offers.capacity[offer, year], offers.price_from[after[0]] if after else np.inf)
            price[offer] = offers.price[tier]
            if offers.incremental[offer] and not first:
                const[offer] = (offers.price[mine[0]] - offers.price[tier]) * offers.price_from[tier]
            least[offer] = max(least[offer], offers.minimum[offer])
        return price, const, least, most

    def _pieces(self, recipe, offer):
        return sum(
            n for (kind, way), n in recipe.items() if kind == "buy" and self.problem.purchases.offer[way] == offer
        )

    def _local_pieces(self, recipe, item):
        p, local = self.problem, 0.0
        for (kind, number), pieces in recipe.items():
            if kind == "buy" and p.offers.item[p.purchases.offer[number]] == item:
                shares = p.offers.content[p.purchases.offer[number]]
                local += pieces * (sum(shares[c] for c in range(4) if p.content.local[c]) > 0.5)
            if kind == "make" and p.makings.node[number] == item:  # nodes of the plant bear the item's number
                local += pieces
        return local

    def _unit_cost(self, recipe, price):
        p, total = self.problem, 0.0
        for (kind, number), pieces in recipe.items():
            if kind == "buy":
                each = price[p.purchases.offer[number]]
                total += pieces * (
                    each * (1 + p.purchases.duty[number] + p.holding * p.purchases.lead[number])
                    + p.purchases.freight[number]
                )
            elif kind == "make":
                total += pieces * p.makings.cost[number]
            else:
                ships = p.shipments
                total += pieces * (
                    ships.freight[number] + ships.holding[number] + ships.duty[number] * ships.invoice[number]
                )
        return total

    def _shares(self):
        """Foreign share of each offer's value."""
        p = self.problem
        return np.array([sum(row[c] for c in range(4) if not p.content.local[c]) for row in p.offers.content])

    def _short(self, recipe, price):
        """Value that is not local in one unit, and the net cost of it: traced from what it is built of."""
        p, foreign = self.problem, self._shares()
        invoiced = p.content.at == "invoice"
        bought = {"all": 0.0, "foreign": 0.0, "landed": 0.0}
        abroad = {"all": 0.0}  # what the partner buys
        for (kind, number), pieces in recipe.items():
            if kind == "buy":
                offer = p.purchases.offer[number]
                value = pieces * price[offer]
                bought["all"] += value
                bought["foreign"] += value * foreign[offer]
                landed = value * (1 + p.purchases.duty[number]) + pieces * p.purchases.freight[number]
                bought["landed"] += landed * foreign[offer]
                if p.node_site[p.purchases.node[number]] == ABROAD:
                    abroad["all"] += value
        here = sum(n * p.makings.cost[m] for (kind, m), n in recipe.items() if kind == "make" and m != 3)
        assembly = sum(n * p.makings.cost[m] for (kind, m), n in recipe.items() if kind == "make" and m in (0, 1))
        modules = recipe.get(("ship", 0), 0.0)
        partner = modules * p.shipments.invoice[0] - abroad["all"] if invoiced else modules * p.makings.cost[3]
        net_cost = bought["all"] + here + partner
        method = p.content.method
        if method == "build-down":
            return bought["foreign"] + partner, net_cost
        if method == "value-added":
            return bought["all"] + partner, net_cost
        if method == "sats-1286":
            carried = modules * (p.shipments.freight[0] + p.shipments.duty[0] * p.shipments.invoice[0])
            return bought["landed"] + partner + carried, net_cost
        materials = bought["all"] - bought["foreign"] + here - assembly
        if p.content.of == "net-cost":
            return net_cost - materials, net_cost
        return -materials, net_cost  # the sales are added as a constant

    def _constant_short(self, line, year, const):
        """What incremental prices add: value paid before the last step; and the sales where they are the base."""
        p, foreign = self.problem, self._shares()
        short = base = 0.0
        for offer in np.flatnonzero(const):
            way = np.flatnonzero(p.purchases.offer == offer)[0]
            base += const[offer]
            share = {"value-added": 1.0}.get(p.content.method, foreign[offer])
            if p.content.method == "sats-1286":
                share *= 1 + p.purchases.duty[way]
            if p.content.method == "build-up" and p.content.of == "transaction-value":
                share = foreign[offer] - 1.0
            short += const[offer] * share
        if p.content.method == "build-up" and p.content.of == "transaction-value":
            short += p.sales[line, year]
        return short, base


def _split(rows):
    return np.array([row for row, _ in rows]), np.array([most for _, most in rows])
