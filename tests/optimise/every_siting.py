"""Sitings by trying every choice of sites, in plain Python; shares nothing with the solvers it judges."""

import itertools
import math


def choices(must, closed, most):
    """Every set of sites that may be open."""
    free = [site for site in range(len(must)) if not must[site] and not closed[site]]
    given = [site for site in range(len(must)) if must[site]]
    for count in range(min(len(free), most - len(given)) + 1 if most >= len(given) else 0):
        for chosen in itertools.combinations(free, count):
            yield tuple(sorted([*given, *chosen]))


def least_cost_whole(problem):
    """Facility location, each customer from one site: every choice of sites and every assignment."""
    best = math.inf
    customers = range(problem.cost.shape[1])
    for sites in choices(problem.must, problem.closed, problem.most):
        fixed = sum(problem.fixed[site] for site in sites)
        for served in itertools.product(sites, repeat=len(customers)):
            load = dict.fromkeys(sites, 0.0)
            cost = fixed
            for customer, site in enumerate(served):
                load[site] += problem.demand[customer]
                cost += problem.cost[site][customer]
            if all(load[site] <= problem.capacity[site] + 1e-9 for site in sites):
                best = min(best, cost)
    return best


def least_cost_in_parts(problem):
    """Facility location, demands may be split: for each choice the transport problem as a flow of whole pieces."""
    best = math.inf
    for sites in choices(problem.must, problem.closed, problem.most):
        transport = cheapest_flow(problem, sites)
        best = min(best, transport + sum(problem.fixed[site] for site in sites))
    return best


def cheapest_flow(problem, sites):
    """Least cost of serving everybody from these sites: augmenting paths of least cost (Bellman-Ford)."""
    customers = range(problem.cost.shape[1])
    source, sink = "source", "sink"
    room, price = {}, {}

    def arc(start, end, most, cost):
        room[start, end], room[end, start] = most, 0
        price[start, end], price[end, start] = cost, -cost

    for site in sites:
        arc(source, ("site", site), problem.capacity[site], 0.0)
        for customer in customers:
            if math.isfinite(problem.cost[site][customer]) and problem.demand[customer]:
                each = problem.cost[site][customer] / problem.demand[customer]
                arc(("site", site), ("customer", customer), math.inf, each)
    for customer in customers:
        arc(("customer", customer), sink, problem.demand[customer], 0.0)
    left, total = sum(problem.demand), 0.0
    while left > 0:
        way, cost = cheapest_way(room, price, source, sink)
        if way is None:
            return math.inf
        amount = min(room[each] for each in way)
        for start, end in way:
            room[start, end] -= amount
            room[end, start] += amount
        left -= amount
        total += cost * amount
    return total


def cheapest_way(room, price, source, sink):
    far, before = {source: 0.0}, {}
    for _ in range(len(room)):
        changed = False
        for (start, end), left in room.items():
            if left > 0 and start in far and far[start] + price[start, end] < far.get(end, math.inf) - 1e-9:
                far[end], before[end], changed = far[start] + price[start, end], start, True
        if not changed:
            break
    if sink not in far:
        return None, math.inf
    way, node = [], sink
    while node != source:
        way.append((before[node], node))
        node = before[node]
    return way, far[sink]


def least_farthest(problem):
    """p-centre: the greatest distance of the best choice."""
    best = math.inf
    customers = [customer for customer in range(problem.cost.shape[1]) if problem.demand[customer]]
    for sites in choices(problem.must, problem.closed, problem.most):
        if sites:
            best = min(best, max(min(problem.cost[site][customer] for site in sites) for customer in customers))
    return best


def least_posts(problem):
    """Set covering: the cheapest choice that sees every point often enough."""
    best = math.inf
    for posts in choices(problem.must, problem.closed, problem.most):
        cost = sum(problem.cost[post] for post in posts)
        often = [sum(bool(problem.sees[post][point]) for post in posts) for point in range(problem.sees.shape[1])]
        enough = all(seen >= problem.times for seen, weight in zip(often, problem.weight, strict=True) if weight)
        if enough and cost <= problem.budget + 1e-9:
            best = min(best, cost)
    return best


def most_seen(problem):
    """Maximal covering with backup: the most weight that a choice sees."""
    best = -math.inf
    for posts in choices(problem.must, problem.closed, problem.most):
        if sum(problem.cost[post] for post in posts) > problem.budget + 1e-9:
            continue
        value = 0.0
        for point, weight in enumerate(problem.weight):
            often = sum(bool(problem.sees[post][point]) for post in posts)
            value += weight * ((often >= 1) + problem.backup * (often >= 2))
        best = max(best, value)
    return best


def least_unserved(problem):
    """What stays unserved at least with every site open: the greatest flow by augmenting paths."""
    customers = range(problem.cost.shape[1])
    sites = [site for site in range(len(problem.must)) if not problem.closed[site]]
    room = {}
    for site in sites:
        room["source", ("site", site)], room[("site", site), "source"] = problem.capacity[site], 0
        for customer in customers:
            if math.isfinite(problem.cost[site][customer]):
                room[("site", site), ("customer", customer)] = math.inf
                room[("customer", customer), ("site", site)] = 0
    for customer in customers:
        room[("customer", customer), "sink"], room["sink", ("customer", customer)] = problem.demand[customer], 0
    free = dict.fromkeys(room, 0.0)
    sent = 0.0
    while True:
        way, _ = cheapest_way(room, free, "source", "sink")
        if way is None:
            return sum(problem.demand) - sent
        amount = min(room[each] for each in way)
        for start, end in way:
            room[start, end] -= amount
            room[end, start] += amount
        sent += amount
