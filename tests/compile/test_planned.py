"""A plan of orders, followed by the engine in place of policies and releases."""

import pytest

from plantwright.compile import lift, lower
from plantwright.compile.planned import Planned
from plantwright.engine.run import run
from plantwright.model.state import State
from plantwright.units import TICKS_PER_SECOND
from tests.audit import audit
from tests.trial import Trial, plant_of

PLANT = """
from: 2027-03-01
stations: {{m: {{}}, n: {{}}}}
items:
  ore: {{buy: {{policy: {{s: 2, Q: 4}}}}, start: 3}}
  p: {{made-by: p, policy: {{kanban: 5}}, start: 0}}
routes:
  p: [{{op: x, station: m, time: 1 s, uses: {{ore: 1}}, good: {good}}}]
  f: [{{op: y, station: n, time: 1 s, uses: {{p: 1}}}}]
products: {{f: {{made-by: f}}}}
demand: {{f: {{orders: [{{date: 2027-03-02, pieces: 4}}]}}}}
offers: {{mine: {{item: ore, lead-time: "{lead}"}}}}
"""
NOW = State.model_validate({"at": "2027-03-01 00:00"})


def follow(orders, until=120.0, *, good="100 %", lead="20 s", seed=1, pulled=()):
    """Run the plant with these orders: item, pieces, begin and due [s], offer."""
    plant = plant_of(PLANT.format(good=good, lead=lead))
    plan = {name: [] for name in ("ore", "p", "f") if name not in pulled}
    for item, *order in orders:
        plan[item].append(Planned(*order))
    problem = lower(plant, mode="as-written", until_s=until, state=NOW, plan=plan)
    outcome = run(problem.world, seed=seed, replication=0, until=round(until * TICKS_PER_SECOND), bin=TICKS_PER_SECOND)
    audit(outcome)
    return Trial(problem, outcome, lift(plant, problem, outcome), 1.0)


def test_parts_enter_on_the_date_of_their_order_and_nothing_else_calls_for_any():
    trial = follow([("p", 2, 10.0, 30.0), ("p", 1, 40.0, 60.0)])
    assert trial.times("p") == [11, 12, 41]
    assert trial.levels("ore")[-1] == 0
    assert trial.record("item", "ore").received == 0


def test_a_purchase_comes_its_lead_time_after_it_was_ordered():
    trial = follow([("ore", 7, 15.0, 40.0, "mine")])
    assert trial.levels("ore")[33:36] == [3, 10, 10]


def test_an_exponential_lead_time_begins_with_the_order_too():
    trial = follow([("ore", 7, 100.0, 101.0, "mine")], lead="exponential(2 s)")
    assert trial.levels("ore")[99] == 3
    assert trial.levels("ore")[-1] == 10


def test_scrapped_pieces_are_made_again_until_the_order_is_complete():
    trial = follow([("ore", 50, 0.0, 20.0, "mine"), ("p", 8, 30.0, 60.0)], good="60 %")
    assert trial.items["p"].finished == 8
    assert trial.record("item", "ore").consumed > 8


def test_products_are_begun_by_the_plan_and_not_by_their_demand():
    plan = [("p", 3, 0.0, 10.0), ("f", 2, 50.0, 60.0)]
    trial = follow(plan)
    assert trial.times("f") == [51, 52]


@pytest.mark.parametrize("seed", [1, 2])
def test_lead_times_are_drawn_anew_for_each_order(seed):
    plan = [("ore", 1, 10.0 * number, 50.0, "mine") for number in range(1, 6)]
    trial = follow(plan, lead="uniform(1 s, 9 s)", seed=seed)
    waits = [time - 10 * number for number, time in enumerate(trial_receipts(trial), start=1)]
    assert all(1 <= wait <= 10 for wait in waits)
    assert len(set(waits)) > 1


def trial_receipts(trial):
    levels = [3, *trial.levels("ore")]
    return [second for second in range(1, len(levels)) if levels[second] > levels[second - 1]]


def test_what_is_not_in_the_plan_is_called_for_as_written():
    # the kanban of p holds five and none is there: five are made at once, and two more for those that f takes
    trial = follow([("ore", 20, 0.0, 20.0, "mine"), ("f", 2, 50.0, 60.0)], pulled=["p"])
    assert trial.items["p"].finished == 7
    assert trial.items["f"].finished == 2
