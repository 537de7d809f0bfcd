"""Mechanism 14: energy, labour and money by state."""

import math

import pytest
from hypothesis import given, reject, settings

from plantwright.codes import IDLE, IDLE_BECAUSE, STATE, WAIT_BATCH
from plantwright.compile import lift, lower
from plantwright.engine.replication import Deadlock
from plantwright.engine.run import run
from plantwright.model.station import State
from plantwright.results import STATES, Spending
from plantwright.study.spending import spending_of
from tests.strategies import plants
from tests.trial import plant_of, simulate

HOUR = 3600

SAW = """
money: {base: EUR, rates: {USD: 0.5}}
energy: {price: 0.2 EUR/kWh}
stations:
  saw:
    power: {busy: 10 kW, setup: 4 kW, idle: 2 kW, down: 500 W}
    running-cost: 6 EUR/h
    setup: {first: 10 min, between-families: 5 min}
    failures: [{uptime: 30 min busy, repair: 15 min}]
items: {p: {made-by: p, release: {every: 20 min}}}
routes: {p: [{op: cut, station: saw, time: 12 min}]}
"""


def test_power_by_state_adds_up_to_energy():
    # Parts come at 20, 40, 60, ... Set up 20 to 30, busy 30 to 42, 42 to 54, idle to 60, busy to 66 (30 min busy), down
    # to 81, busy to 87, 87 to 99 (the one of 80), idle to 100, busy to 112, idle to 120.
    trial = simulate(SAW, 2 * HOUR)
    minutes = {"setup": 10, "busy": 12 + 12 + 6 + 6 + 12 + 12, "down": 15, "idle": 20 + 6 + 1 + 8}
    assert trial.states("saw") == {state: 60 * time for state, time in minutes.items()}
    spent = trial.run.spending
    expected = {"busy": 10 * 60, "setup": 4 * 10, "idle": 2 * 35, "down": 0.5 * 15}
    found = {state: kwh for state, kwh in spent.energy_kwh["saw"].items() if kwh}
    assert found == pytest.approx({state: kw_min / 60 for state, kw_min in expected.items()})
    assert spent.energy_cost["saw"] == pytest.approx(0.2 * sum(expected.values()) / 60)
    assert spent.running_cost["saw"] == pytest.approx(6 * (60 + 10) / 60)
    assert spent.good_units == 5


def test_a_machine_that_stands_ready_draws_what_idle_does():
    # a is blocked from 1 h on, b idle until 1 h: both draw 3 kW then; off shift nothing.
    trial = simulate(
        """
        calendars: {c: {shifts: ["00:00-03:00"]}}
        stations:
          a: {power: {idle: 3 kW}, calendar: c}
          b: {power: {idle: 3 kW, off shift: 100 W}, room: 0, calendar: c}
        items: {p: {made-by: p, release: {saturated: true}}}
        routes: {p: [{op: x, station: a, time: 1 h}, {op: y, station: b, time: 10 h}]}
        """,
        4 * HOUR,
        bin_s=HOUR,
    )
    spent = trial.run.spending
    assert {state: kwh for state, kwh in spent.energy_kwh["a"].items() if kwh} == {"blocked": 3}
    assert {state: kwh for state, kwh in spent.energy_kwh["b"].items() if kwh} == {"idle": 3, "off shift": 0.1}


PEOPLE = """
calendars: {day: {shifts: ["00:00-01:00"]}}
crews: {fitters: {skills: [fit], people: 3, wage: 20 EUR/h, calendar: day}}
stations: {a: {machines: 2, end-of-shift: finish}}
items: {p: {made-by: p, release: {every: 25 min, group: 2}}}
routes: {p: [{op: x, station: a, time: 20 min, people: {fit: 1}}]}
"""


def test_people_are_paid_while_they_are_there_and_while_they_finish_what_they_do():
    # Present 0 to 60: 3 x 60 min. Two machines work 25 to 45 and 50 to 70, the last 10 min after the shift.
    spent = simulate(PEOPLE, 2 * HOUR).run.spending
    assert spent.attended_h["fitters"] == pytest.approx((3 * 60 + 2 * 10) / 60)
    assert spent.held_h["fitters"] == pytest.approx(2 * (20 + 20) / 60)
    assert spent.labour_cost["fitters"] == pytest.approx(20 * (3 * 60 + 2 * 10) / 60)


def test_hours_after_a_warm_up_are_those_after_it():
    # From 65 min on, when two people stay on for 5 min more.
    spent = simulate(PEOPLE, 2 * HOUR, warmup=65 * 60).run.spending
    assert spent.attended_h["fitters"] == pytest.approx(2 * 5 / 60)
    assert spent.held_h["fitters"] == pytest.approx(2 * 5 / 60)


def test_bought_pieces_cost_their_own_price_or_that_of_the_first_offer_at_the_quantity_ordered():
    # A screw 0.10 EUR; a bearing 4 USD at 100 a time, and 10 % duty; paint has no price; the frame is made here.
    trial = simulate(
        """
        money: {base: EUR, rates: {USD: 0.5}}
        stations: {a: {}, b: {}}
        suppliers: {near: {}, far: {}}
        offers:
          far-bearing:
            {item: bearing, supplier: far, lead-time: 1 h, prices: {1: 9 USD, 100: 4 USD, 500: 3 USD}, tariff: 10 %}
          near-bearing: {item: bearing, supplier: near, lead-time: 1 h, prices: {1: 2 EUR}}
        items:
          screw: {buy: {}, price: 0.1 EUR}
          bearing: {buy: {from: [far-bearing, near-bearing], policy: {s: 50, Q: 100}}}
          paint: {buy: {}}
          frame: {made-by: frame, policy: {kanban: 2}, price: 7 EUR}
        routes:
          frame: [{op: weld, station: b, time: 1 min, uses: {screw: 2}}]
          unit: [{op: join, station: a, time: 8 min, uses: {frame: 1, screw: 4, bearing: 2, paint: 1}}]
        products: {unit: {made-by: unit, release: {every: 10 min}}}
        """,
        65 * 60,
    )
    spent = trial.run.spending
    # Six units, each with a frame that is made anew.
    assert spent.consumed == {"screw": 6 * (2 + 4), "bearing": 6 * 2}
    assert spent.material_cost == pytest.approx({"screw": 36 * 0.1, "bearing": 12 * 4 * 0.5 * 1.1})


def test_money_comes_in_base_currency():
    dollars = SAW.replace("6 EUR/h", "12 USD/h").replace("0.2 EUR/kWh", "400 USD/MWh")
    assert simulate(dollars, 2 * HOUR).run.spending.cost == pytest.approx(simulate(SAW, 2 * HOUR).run.spending.cost)


def test_good_units_are_the_products_or_what_is_built_into_nothing():
    assert simulate(SAW, 2 * HOUR).run.spending.good_units == 5
    kit = """
    stations: {a: {}, b: {}}
    items: {part: {made-by: part, policy: {kanban: 4}}, unit: {made-by: unit, release: {every: 100 s}}}
    routes: {part: [{op: x, station: a, time: 1 s}], unit: [{op: y, station: b, time: 1 s, uses: {part: 3}}]}
    """
    assert simulate(kit, 350).run.spending.good_units == 3


def test_states_of_the_document_are_those_of_the_engine():
    assert State.__args__ == STATES


@settings(max_examples=25)
@given(plants())
def test_what_is_spent_balances_whatever_the_plant(tree):
    power = {state: f"{code + 1} kW" for code, state in enumerate(STATES)}
    for number, station in enumerate(tree["stations"].values()):
        station["power"] = power
        station["running-cost"] = f"{number + 1} EUR/h"
    for crew in tree["crews"].values():
        crew["wage"] = "7 EUR/h"
    tree["items"]["ore"]["price"] = "3 EUR"
    tree["energy"] = {"price": "0.25 EUR/kWh"}
    plant = plant_of(tree)
    problem = lower(plant, mode="as-written", until_s=600)
    lines = []
    try:
        outcome = run(
            problem.world, seed=1, replication=0, until=600 * 10**6, log=lambda chunk: lines.extend(chunk.tolist())
        )
    except Deadlock:
        reject()
    found = lift(plant, problem, outcome)
    spent = found.spending
    assert spent.total_energy_kwh == pytest.approx(energy_of(lines, outcome.world, 600 * 10**6), rel=1e-9)
    assert all(kwh >= 0 for states in spent.energy_kwh.values() for kwh in states.values())
    assert math.fsum(spent.energy_cost.values()) == pytest.approx(0.25 * spent.total_energy_kwh, rel=1e-12)
    assert spent.labour_cost == pytest.approx({name: 7 * hours for name, hours in spent.attended_h.items()})
    assert spent.material_cost.get("ore", 0) == 3 * found.items["ore"].consumed
    assert all(spent.attended_h[name] >= held - 1e-12 for name, held in spent.held_h.items())
    balances([found])


def energy_of(lines, world, end):
    """Energy by the trace, line by line and machine by machine, with code + 1 kW in each state. [kWh]"""
    since = {}
    state = {}
    reason = {}
    kw_ticks = 0

    def close(machine, now):
        code = state[machine]
        if code == IDLE:
            code = reason.get(world.machine.station[machine], IDLE)
        code = IDLE if code == WAIT_BATCH else code
        return (code + 1) * (now - since[machine])

    for now, code, _, who, _, new in lines:
        if code == STATE:
            kw_ticks += close(who, now) if who in state else 0
            state[who], since[who] = new, now
        elif code == IDLE_BECAUSE:
            mine = [machine for machine in state if world.machine.station[machine] == who]
            for machine in mine:
                kw_ticks += close(machine, now)
                since[machine] = now
            reason[who] = new
    return (kw_ticks + sum(close(machine, end) for machine in state)) / 3.6e9


def balances(runs):
    """The parts of an answer add up to the whole."""
    answer = spending_of(runs)
    parts = {
        "energy": [station.energy_cost_per_h for station in answer.stations.values()],
        "running": [station.running_cost_per_h for station in answer.stations.values()],
        "labour": [crew.labour_cost_per_h for crew in answer.crews.values()],
        "material": [material.material_cost_per_h for material in answer.materials.values()],
    }
    for kind, figures in parts.items():
        assert math.fsum(figure.mean for figure in figures) == pytest.approx(answer.cost_per_h[kind].mean, rel=1e-12)
    kinds = math.fsum(answer.cost_per_h[kind].mean for kind in parts)
    assert kinds == pytest.approx(answer.cost_per_h["total"].mean, rel=1e-12)
    if answer.good_units_per_h.mean and len(runs) == 1:
        whole = answer.cost_per_h["total"].mean / answer.good_units_per_h.mean
        assert whole == pytest.approx(answer.unit_cost["total"].mean, rel=1e-12)


def test_an_answer_of_several_replications_balances_too():
    document = SAW.replace("every: 20 min", "every: exponential(20 min)")
    balances([simulate(document, 5 * HOUR, seed=seed, bin_s=HOUR).run for seed in (1, 2, 3)])


def test_nothing_is_told_where_nothing_costs_anything():
    plain = """
    stations: {a: {}}
    items: {p: {made-by: p, release: {every: 9 s}}}
    routes: {p: [{op: x, station: a, time: 1 s}]}
    """
    found = simulate(plain, 105).run
    assert spending_of([found]) is None
    assert found.spending == Spending(currency="EUR", good_units=11)
