from dataclasses import replace

import numpy as np
import pytest

from plantwright.optimise.sourcing import check
from plantwright.optimise.sourcing.charges import charges, floor_slopes, landed
from plantwright.optimise.sourcing.front import front
from plantwright.optimise.sourcing.model import Model
from plantwright.optimise.sourcing.plan import plan_of
from plantwright.optimise.sourcing.relax import conflict, reach
from plantwright.optimise.sourcing.solve import Question, solve
from plantwright.optimise.sourcing.switching import cheaper, dearer
from tests.optimise.sourcing_networks import PART, Tried, network


def floored(problem, share):
    """The same problem with a floor on local content: so far on the way from the cheapest plan to what is reachable."""
    model = Model(problem)
    cheapest = solve(model)
    if cheapest is None:
        return None
    rows = len(model.limits["floor"].bound)
    best = reach(model, {"floor": np.ones(rows)}, {"floor": np.zeros(rows)})
    low = 1.0 - model.limits["floor"].reached(cheapest.x).max()
    high = 1.0 - best.bounds["floor"].max()
    floor = np.full((problem.lines, problem.years), low + share * (high - low))
    return problem.replace(content=replace(problem.content, floor=floor))


def equals_trying_everything(seed, years):
    problem = floored(network(seed, years), 0.3 + 0.4 * (seed % 3) / 2)
    if problem is None:
        assert Tried(network(seed, years)).best() is None
        return False
    model = Model(problem)
    found = solve(model)
    tried = Tried(problem, float(problem.content.floor[0, 0])).best()
    assert found.objective == pytest.approx(tried, rel=1e-6)
    plan = plan_of(model, found.x)
    assert check.faults(problem, plan) == ()
    assert check.cost(problem, plan) == pytest.approx(found.objective, rel=1e-9)
    return True


def solved(seeds):
    """How many of them have a plan; the others have none either when everything is tried."""
    return sum(equals_trying_everything(seed, 1) for seed in seeds)


@pytest.mark.parametrize("block", range(4))
def test_plans_with_a_floor_cost_what_the_best_of_all_tried_costs(block):
    assert solved(range(12 * block, 12 * block + 12)) >= 10


@pytest.mark.slow
@pytest.mark.parametrize("block", range(10))
def test_so_do_two_hundred_more(block):
    assert solved(range(50 + 20 * block, 70 + 20 * block)) >= 16


@pytest.mark.slow
@pytest.mark.parametrize("seed", [301, 302, 303, 304, 305, 306, 308, 309])
def test_so_do_plans_of_two_years(seed):
    equals_trying_everything(seed, 2)


def test_the_check_sees_a_plan_that_is_not_allowed():
    problem = floored(network(14, 1), 0.6)
    model = Model(problem)
    plan = plan_of(model, solve(model).x)
    doubled = replace(plan, bought=plan.bought * 2)
    assert any("come" in fault for fault in check.faults(problem, doubled))
    assert any("is the price" in fault for fault in check.faults(problem, replace(plan, paid=plan.paid * 0.9)))
    cheapest = plan_of(model, solve(model, Question({"floor": np.full(1, np.inf)})).x)
    assert any("under the floor" in fault for fault in check.faults(problem, cheapest))


@pytest.mark.parametrize("seed", [1, 7, 14, 18, 21, 23, 24, 35, 50, 56])
def test_the_slope_of_the_floor_lies_between_finite_differences_at_fixed_decisions(seed):
    problem = floored(network(seed, 1), 0.5)
    model = Model(problem)
    best = solve(model)
    limit, step = model.limits["floor"].bound, 1e-6
    sides = []
    for sign in (-1, 1):
        moved = solve(model, Question({"floor": limit - sign * step}), fixed=best.x)
        sides.append((moved.objective - best.objective) / (sign * step))
    slope = float(floor_slopes(model, best).sum())
    room = 1e-4 * max(1.0, abs(sides[1]))
    assert sides[0] - room <= slope <= sides[1] + room
    assert slope > 0


def test_one_point_more_is_never_cheaper_and_is_what_solving_again_gives():
    problem = floored(network(35, 1), 0.4)
    model = Model(problem)
    best = solve(model)
    more = solve(model, Question({"floor": model.limits["floor"].bound - 0.01}))
    again = problem.replace(content=replace(problem.content, floor=problem.content.floor + 0.01))
    assert more.objective == pytest.approx(Tried(again, float(again.content.floor[0, 0])).best(), rel=1e-6)
    assert more.objective >= best.objective


@pytest.mark.parametrize("seed", [1, 8, 24, 48])
def test_an_offer_is_chosen_below_its_switching_price_and_not_above(seed):
    problem = network(seed, 1)
    model = Model(problem)
    best = solve(model)
    for offer in range(len(problem.offers.item)):
        lots = model.columns.bought[:, model.columns.lot_offer == offer].ravel()
        pieces = float((best.x * model.columns.unit)[lots].sum())
        switch = cheaper(model, best, offer)
        if switch is None or pieces:
            continue
        for factor, is_bought in ((1.001, True), (0.999, False)):
            price = problem.offers.price.copy()
            price[problem.offers.price_offer == offer] -= factor * switch.price
            other = Model(problem.replace(offers=replace(problem.offers, price=price)))
            x = solve(other).x
            assert (x[lots].sum() > 1e-6) == is_bought


def test_a_chosen_offer_is_given_up_beyond_its_switching_price():
    problem = network(14, 1)
    model = Model(problem)
    best = solve(model)
    tested = 0
    for offer in range(len(problem.offers.item)):
        lots = model.columns.bought[:, model.columns.lot_offer == offer].ravel()
        switch = dearer(model, best, offer)
        if switch is None or not best.x[lots].sum() > 1e-6:
            continue
        for factor, is_less in ((1.001, True), (0.999, False)):
            price = problem.offers.price.copy()
            price[problem.offers.price_offer == offer] += factor * switch.price
            x = solve(Model(problem.replace(offers=replace(problem.offers, price=price)))).x
            assert (x[lots].sum() < best.x[lots].sum() - 1e-6) == is_less
        tested += 1
    assert tested


def test_a_floor_that_no_plan_reaches_says_how_far_it_has_to_come_down():
    problem = floored(network(14, 1), 1.0)
    highest = float(problem.content.floor[0, 0])
    asked = problem.replace(content=replace(problem.content, floor=problem.content.floor + 0.02))
    model = Model(asked)
    assert solve(model) is None
    needed = conflict(model).alone["floor"]
    assert 1.0 - needed == pytest.approx(np.full(1, highest), abs=1e-6)


def test_two_limits_that_exclude_each_other_name_both_ways_out():
    problem = floored(network(35, 1), 0.9)
    model = Model(problem)
    dear = solve(model).objective
    cheap = solve(model, Question({"floor": np.full(len(model.limits["floor"].bound), np.inf)})).objective
    budget = np.array([(cheap + dear) / 2])
    limited = Model(problem.replace(limits=replace(problem.limits, budget=budget)))
    assert solve(limited) is None
    ways = conflict(limited).alone
    assert set(ways) == {"budget", "floor"}
    assert ways["budget"] == pytest.approx([dear], rel=1e-6)
    assert solve(limited, Question({"floor": ways["floor"] + 1e-7})) is not None
    assert solve(limited, Question({"floor": ways["floor"] - 1e-5})) is None


def test_limits_that_none_alone_can_save_are_loosened_together():
    problem = floored(network(35, 1), 1.0)
    problem = problem.replace(
        content=replace(problem.content, floor=problem.content.floor + 0.02),
        limits=replace(problem.limits, budget=np.array([1.0])),
    )
    model = Model(problem)
    found = conflict(model)
    assert found.alone == {}
    shares = {name: found.together[name] / model.limits[name].bound for name in ("floor", "budget")}
    assert shares["floor"][0] == pytest.approx(shares["budget"][0])
    loose = {name: bound * (1 + 1e-7) for name, bound in found.together.items()}
    tight = {name: bound * (1 - 1e-4) for name, bound in found.together.items()}
    assert solve(model, Question(loose)) is not None
    assert solve(model, Question(tight)) is None


def test_too_little_capacity_says_how_much_of_the_demand_can_be_met():
    problem = network(14, 1)
    capacity = problem.offers.capacity.copy()
    need = problem.need.sum(axis=0)[PART, 0]
    mine = problem.offers.item == PART
    capacity[mine] = 0.25 * need
    short = Model(problem.replace(offers=replace(problem.offers, capacity=capacity, minimum=np.zeros(5))))
    assert solve(short) is None
    found = conflict(short)
    assert found.served == pytest.approx(0.5)
    assert found.alone == {}


def test_what_limits_charge_makes_chosen_lots_equally_dear():
    problem = floored(network(35, 1), 0.5)
    model = Model(problem)
    best = solve(model)
    added = charges(model, best)
    assert set(added) == {"floor"}
    reduced = best.reduced[model.columns.bought] / model.columns.unit[model.columns.bought]
    parts = np.flatnonzero(problem.offers.item[model.columns.lot_offer] == PART)
    for line in range(problem.lines):
        prices = landed(model)[parts] + added["floor"][line, parts, 0] - reduced[line, parts, 0]
        tiers = best.x[model.columns.tier[model.columns.lot_tier[parts], 0]] > 0.5
        free = prices[tiers]
        duals = free - free[0]
        capped = [
            problem.offers.capacity[model.columns.lot_offer[lot], 0] * (1 - 1e-6)
            <= (best.x * model.columns.unit)[model.columns.bought[:, lot, 0]].sum()
            for lot in parts[tiers]
        ]
        assert all(abs(gap) < 1e-6 or is_capped for gap, is_capped in zip(duals, capped, strict=True)) or any(capped)


def test_nothing_on_the_front_is_beaten_and_its_ends_are_the_extremes():
    problem = network(35, 1)
    model = Model(problem)
    points = front(model)
    assert len(points) >= 3
    assert points[0].cost == pytest.approx(solve(model).objective)
    for one in points:
        for other in points:
            if one is not other:
                assert one.cost < other.cost or one.content > other.content or one.exposure < other.exposure
        losses = check.worst_losses(problem, plan_of(model, one.solution.x))
        assert losses.max() <= one.exposure * (1 + 1e-6)
