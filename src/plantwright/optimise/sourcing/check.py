"""A plan verified against its problem by plain arithmetic: nothing here is shared with the programme that made it."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from plantwright.problems.sourcing import SourcingPlan, SourcingProblem

SLACK = 1e-6
"""How far an inequality may be missed, as a share of its larger side. [-]"""


def faults(problem: SourcingProblem, plan: SourcingPlan) -> tuple[str, ...]:
    """Everything that a plan does and must not do, in words; empty where it keeps to all of it.

    Parameters
    ----------
    problem
        What binds it.
    plan
        The plan.
    """
    looks = (_signs, _balance, _prices, _offers, _makings, _steps, _content, _limits, _exposure)
    return tuple(fault for look in looks for fault in look(problem, plan))


def cost(problem: SourcingProblem, plan: SourcingPlan) -> float:
    """Money of all years, worth today, less what steps keep. [money]"""
    total = math.fsum(problem.discount[year] * spent(problem, plan, year) for year in range(problem.years))
    for step, year in zip(*np.nonzero(plan.built), strict=True):
        used = max(0, problem.years - int(year) - int(problem.steps.delay[step]))
        life = problem.steps.life[step]
        if math.isfinite(life):
            total -= problem.discount[-1] * problem.steps.cost[step] * max(0.0, 1.0 - used / life)
    return total


def spent(problem: SourcingProblem, plan: SourcingPlan, year: int) -> float:
    """Money of a year. [money]"""
    buys, ships = problem.purchases, problem.shipments
    money = 0.0
    for line in range(problem.lines):
        for way in range(len(buys.offer)):
            on_price = 1.0 + buys.duty[way] + problem.holding * buys.lead[way]
            money += plan.paid[line, way, year] * on_price + plan.bought[line, way, year] * buys.freight[way]
        for making in range(len(problem.makings.node)):
            money += plan.made[line, making, year] * problem.makings.cost[making]
        for way in range(len(ships.start)):
            duty = 0.0 if math.isnan(ships.invoice[way]) else ships.duty[way] * ships.invoice[way]
            money += plan.shipped[line, way, year] * (ships.freight[way] + ships.holding[way] + duty)
    return money + _once(problem, plan, year)


def _once(problem: SourcingProblem, plan: SourcingPlan, year: int) -> float:
    return float(
        problem.offers.qualification[plan.qualified[:, year]].sum()
        + problem.makings.opening[plan.opened[:, year]].sum()
        + problem.steps.cost[plan.built[:, year]].sum()
    )


def _over(left: float, right: float) -> bool:
    """Whether left <= right is broken by more than rounding."""
    return left > right + SLACK * max(abs(left), abs(right) if math.isfinite(right) else 0.0, 1e-6)


def _signs(problem: SourcingProblem, plan: SourcingPlan) -> Iterator[str]:
    for name in ("bought", "paid", "made", "shipped"):
        if (getattr(plan, name) < 0).any():
            yield f"{name} is negative"


def _balance(problem: SourcingProblem, plan: SourcingPlan) -> Iterator[str]:
    """What comes is what goes."""
    buys, makings, ships = problem.purchases, problem.makings, problem.shipments
    for line, node, year in np.ndindex(problem.demand.shape):
        comes, goes = [], [problem.demand[line, node, year]]
        comes += [plan.bought[line, way, year] for way in np.flatnonzero(buys.node == node)]
        for making in range(len(makings.node)):
            pieces = plan.made[line, making, year]
            if makings.node[making] == node:
                comes.append(pieces)
            taken = makings.uses[making, node] * pieces
            (goes if taken >= 0 else comes).append(abs(taken))
        for way in range(len(ships.start)):
            if ships.end[way] == node:
                comes.append(plan.shipped[line, way, year])
            if ships.start[way] == node:
                goes.append(plan.shipped[line, way, year])
        if abs(math.fsum(comes) - math.fsum(goes)) > SLACK * max(math.fsum(comes), math.fsum(goes), 1e-6):
            yield f"node {node}, line {line}, year {year}: {math.fsum(comes)} come, {math.fsum(goes)} go"


def _prices(problem: SourcingProblem, plan: SourcingPlan) -> Iterator[str]:
    """What is paid is the price of the quantity."""
    offers = problem.offers
    for offer in range(len(offers.item)):
        ways = np.flatnonzero(problem.purchases.offer == offer)
        mine = offers.price_offer == offer
        starts, prices = offers.price_from[mine], offers.price[mine]
        for year in range(problem.years):
            pieces = float(plan.bought[:, ways, year].sum())
            paid = float(plan.paid[:, ways, year].sum())
            if offers.incremental[offer]:
                ends = [*starts[1:], math.inf]
                begins = [0.0, *starts[1:]]
                due = [math.fsum(max(0.0, min(pieces, e) - b) * p for b, e, p in zip(begins, ends, prices))]
            else:  # at the very quantity from which a price holds, either may have been taken
                fits = [k for k in range(len(starts)) if k == 0 or pieces >= starts[k] * (1 - SLACK)]
                due = [pieces * prices[fits[-1]]]
                if len(fits) > 1 and pieces <= starts[fits[-1]] * (1 + SLACK):
                    due.append(pieces * prices[fits[-2]])
            if all(abs(paid - money) > SLACK * max(paid, money, 1e-6) for money in due):
                yield f"offer {offer}, year {year}: {paid} paid for {pieces}, {due[0]} is the price"


def _offers(problem: SourcingProblem, plan: SourcingPlan) -> Iterator[str]:
    """Minimum, capacity, qualification."""
    offers = problem.offers
    for offer in range(len(offers.item)):
        for year in range(problem.years):
            pieces = float(plan.bought[:, problem.purchases.offer == offer, year].sum())
            if not pieces:
                continue
            if _over(offers.minimum[offer], pieces):
                yield f"offer {offer}, year {year}: {pieces} are fewer than its minimum {offers.minimum[offer]}"
            if _over(pieces, offers.capacity[offer, year]):
                yield f"offer {offer}, year {year}: {pieces} are more than it can deliver"
            if offers.qualification[offer] > 0 and not plan.qualified[offer, : year + 1].any():
                yield f"offer {offer}, year {year}: bought, but not qualified"


def _makings(problem: SourcingProblem, plan: SourcingPlan) -> Iterator[str]:
    """Capacity with its steps, opening."""
    makings, steps = problem.makings, problem.steps
    for making in range(len(makings.node)):
        for year in range(problem.years):
            pieces = float(plan.made[:, making, year].sum())
            there = makings.capacity[making, year]
            for step in np.flatnonzero(steps.making == making):
                ready = year - int(steps.delay[step])
                if ready >= 0 and plan.built[step, : ready + 1].any():
                    there += steps.capacity[step]
            if _over(pieces, there):
                yield f"making {making}, year {year}: {pieces} are more than {there}"
            if pieces and makings.opening[making] > 0 and not plan.opened[making, : year + 1].any():
                yield f"making {making}, year {year}: made, but not opened"


def _steps(problem: SourcingProblem, plan: SourcingPlan) -> Iterator[str]:
    """Each once, in order."""
    for step, making in enumerate(problem.steps.making):
        if plan.built[step].sum() > 1:
            yield f"step {step} is paid twice"
        earlier = [other for other in range(step) if problem.steps.making[other] == making]
        if not plan.built[step].any() or not earlier:
            continue
        before = plan.built[earlier[-1]]
        if not before.any() or before.argmax() > plan.built[step].argmax():
            yield f"step {step} comes before the one written before it"


def local_content(problem: SourcingProblem, plan: SourcingPlan, line: int, year: int) -> float:
    """Local content as `problem` measures it, piece by piece. [-]"""
    content = problem.content
    if content.method == "points":
        return float(_points(problem, plan, line, year) / content.points.sum())
    sold = float(problem.sales[line, year])
    purchases, foreign, landed, local = _materials(problem, plan, line, year)
    added_here, added_abroad, assembly = _added(problem, plan, line, year)
    if content.method == "value-added":
        return (sold - purchases - added_abroad) / sold
    if content.method == "sats-1286":
        return 1.0 - (landed + added_abroad + _carried(problem, plan, line, year)) / sold
    base = sold if content.of == "transaction-value" else purchases + added_here + added_abroad
    if content.method == "build-up":
        return (local + added_here - assembly) / base
    return (base - foreign - added_abroad) / base


def _materials(problem: SourcingProblem, plan: SourcingPlan, line: int, year: int) -> tuple[float, float, float, float]:
    """Value of bought pieces: all, not local, not local and landed, local."""
    offers, buys, content = problem.offers, problem.purchases, problem.content
    whole = foreign = landed = 0.0
    for way, offer in enumerate(buys.offer):
        paid, pieces = plan.paid[line, way, year], plan.bought[line, way, year]
        abroad = math.fsum(offers.content[offer][~content.local])
        unknown = offers.content[offer][-1] if content.local[-1] else 0.0
        whole += paid
        foreign += paid * abroad
        landed += (paid * (1.0 + buys.duty[way]) + pieces * buys.freight[way]) * (abroad + unknown)
    return whole, foreign, landed, whole - foreign


def _added(problem: SourcingProblem, plan: SourcingPlan, line: int, year: int) -> tuple[float, float, float]:
    """What sites add here and abroad, and the local making of what is sold."""
    makings, ships, buys = problem.makings, problem.shipments, problem.purchases
    here = abroad = assembly = 0.0
    for site, country in enumerate(problem.site_country):
        converted = sum(
            plan.made[line, making, year] * makings.cost[making]
            for making, node in enumerate(makings.node)
            if problem.node_site[node] == site
        )
        if problem.content.at == "invoice" and not problem.home[site]:
            sent = sum(
                plan.shipped[line, way, year]
                * ships.invoice[way]
                * ((problem.node_site[ships.start[way]] == site) * 1 - (problem.node_site[ships.end[way]] == site) * 1)
                for way in range(len(ships.start))
                if plan.shipped[line, way, year]
            )
            material = sum(
                plan.paid[line, way, year] for way, node in enumerate(buys.node) if problem.node_site[node] == site
            )
            adds = sent - material
        else:
            adds = converted
        if problem.content.local[country]:
            here += adds
            assembly += sum(
                plan.made[line, making, year] * makings.cost[making]
                for making, node in enumerate(makings.node)
                if problem.node_site[node] == site and makings.final[making]
            )
        else:
            abroad += adds
    return here, abroad, assembly


def _carried(problem: SourcingProblem, plan: SourcingPlan, line: int, year: int) -> float:
    """Freight and duty of what comes from sites abroad."""
    ships, local, total = problem.shipments, problem.content.local, 0.0
    for way in range(len(ships.start)):
        start, end = (problem.site_country[problem.node_site[node[way]]] for node in (ships.start, ships.end))
        if local[end] and not local[start] and plan.shipped[line, way, year]:
            invoice = 0.0 if math.isnan(ships.invoice[way]) else ships.invoice[way]
            total += plan.shipped[line, way, year] * (ships.freight[way] + ships.duty[way] * invoice)
    return total


def _points(problem: SourcingProblem, plan: SourcingPlan, line: int, year: int) -> float:
    """Points of items of which enough local pieces are there."""
    content, total = problem.content, 0.0
    for item in np.flatnonzero(content.points):
        pieces = 0.0
        for way, offer in enumerate(problem.purchases.offer):
            if problem.offers.item[offer] == item and problem.offers.content[offer][content.local].sum() > 0.5:
                pieces += plan.bought[line, way, year]
        for making, node in enumerate(problem.makings.node):
            if problem.node_item[node] == item and content.local[problem.site_country[problem.node_site[node]]]:
                pieces += plan.made[line, making, year]
        if not _over(problem.need[line, item, year], pieces):
            total += content.points[item]
    return total


def _content(problem: SourcingProblem, plan: SourcingPlan) -> Iterator[str]:
    for line in range(problem.lines):
        for year in range(problem.years):
            floor = problem.content.floor[line, year]
            if not math.isnan(floor) and _over(floor, local_content(problem, plan, line, year)):
                reached = local_content(problem, plan, line, year)
                yield f"line {line}, year {year}: local content {reached:.6f} is under the floor of {floor:.6f}"


def _limits(problem: SourcingProblem, plan: SourcingPlan) -> Iterator[str]:
    """Budgets, carbon, countries."""
    limits = problem.limits
    once = math.fsum(_once(problem, plan, year) for year in range(problem.years))
    if _over(once, limits.investment):
        yield f"{once} of investment is more than {limits.investment}"
    for year in range(problem.years):
        if _over(spent(problem, plan, year), limits.budget[year]):
            yield f"year {year}: the budget is exceeded"
        if _over(carbon(problem, plan, year), limits.carbon[year]):
            yield f"year {year}: the carbon limit is exceeded"
        by_country = country_values(problem, plan, year)
        for country, share in enumerate(limits.country):
            if _over(by_country[country], share * by_country.sum()):
                yield f"year {year}: country {country} has more than its share"


def carbon(problem: SourcingProblem, plan: SourcingPlan, year: int) -> float:
    """Emissions of a year. [kg]"""
    return float(
        plan.bought[:, :, year].sum(axis=0) @ problem.purchases.carbon
        + plan.made[:, :, year].sum(axis=0) @ problem.makings.carbon
        + plan.shipped[:, :, year].sum(axis=0) @ problem.shipments.carbon
    )


def country_values(problem: SourcingProblem, plan: SourcingPlan, year: int) -> np.ndarray:
    """Value by country at cost, the last one unknown. (C,) float64 [money]"""
    values = np.zeros(problem.offers.content.shape[1])
    for way, offer in enumerate(problem.purchases.offer):
        values += plan.paid[:, way, year].sum() * problem.offers.content[offer]
    for making, node in enumerate(problem.makings.node):
        where = problem.site_country[problem.node_site[node]]
        values[where] += plan.made[:, making, year].sum() * problem.makings.cost[making]
    return values


def worst_losses(problem: SourcingProblem, plan: SourcingPlan) -> np.ndarray:
    """Margin lost with each supplier over its time to recover, without stock or other suppliers, in its worst year.

    Returns
    -------
    ndarray
        (V,) float64 [money]
    """
    exposures, offers = problem.exposures, problem.offers
    worst = np.zeros(len(exposures.recovery))
    for supplier, recovery in enumerate(exposures.recovery):
        for year in range(problem.years):
            lost = 0.0
            for product, line in enumerate(exposures.line):
                shares = [0.0]
                for item in np.flatnonzero(exposures.needs[product]):
                    mine = (offers.supplier == supplier) & (offers.item == item)
                    pieces = float(plan.bought[line, mine[problem.purchases.offer], year].sum())
                    need = problem.need[line, item, year]
                    shares.append(pieces / need if need else 0.0)
                lost += exposures.margin[product, year] * max(shares)
            worst[supplier] = max(worst[supplier], lost * recovery)
    return worst


def _exposure(problem: SourcingProblem, plan: SourcingPlan) -> Iterator[str]:
    if math.isfinite(problem.limits.exposure):
        for supplier, loss in enumerate(worst_losses(problem, plan)):
            if _over(loss, problem.limits.exposure):
                yield f"supplier {supplier}: {loss} would be lost with it"
