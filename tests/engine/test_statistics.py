"""Mechanism 17: flow times, waits, yields and service with their quantiles; ISO 22400-2 from the states (15)."""

import math

import pytest
from hypothesis import given, settings, strategies as st

from plantwright.codes import NONE
from plantwright.study.figures import items_of, stations_of
from plantwright.study.indicators import indicators_of
from tests.audit import audit, in_process
from tests.strategies import plants
from tests.trial import plant_of, simulate, simulate_drawn

QUEUE = """
stations: {a: {}, b: {}}
items: {p: {made-by: p, release: {every: 10 s}}}
routes: {p: [{op: x, station: a, time: 1 s}, {op: y, station: b, time: 12 s}]}
"""


def figures(document, until, **options):
    """Items and stations as an answer shows them."""
    trial = simulate(document, until, **options)
    plant = plant_of(document)
    return items_of(plant, [trial.run])["p"], stations_of(plant, [trial.run])


def test_waiting_times_of_items_and_stations_have_their_quantiles():
    # Parts reach b at 11, 21, 31, 41, 51, are taken there at 11, 23, 35, 47, 59; four of them are finished by then.
    item, stations = figures(QUEUE, 59)
    assert item.wait_mean_s.mean == pytest.approx((0 + 2 + 4 + 6) / 4)
    for label, of_item, of_station in (("p50", 2, 4), ("p90", 6, 8), ("p95", 6, 8), ("p99", 6, 8)):
        assert getattr(item, f"wait_{label}_s").mean == pytest.approx(of_item, rel=0.005)
        assert getattr(stations["b"], f"wait_{label}_s").mean == pytest.approx(of_station, rel=0.005)
    for label, expected in (("p50", 15), ("p90", 19), ("p95", 19), ("p99", 19)):
        assert getattr(item, f"flow_time_{label}_s").mean == pytest.approx(expected, rel=0.005)
    assert item.departure_cv2.mean == pytest.approx(0, abs=1e-9)


def test_quantiles_of_an_exponential_wait():
    # M/M/1 at one half: P(wait > t) = 0.5 exp(-0.5 t / 5 s), so P90 is 10 ln 5 s and P99 10 ln 50 s.
    item, stations = figures(
        """
        stations: {m: {}}
        items: {p: {made-by: p, release: {every: exponential(10 s)}}}
        routes: {p: [{op: x, station: m, time: exponential(5 s)}]}
        """,
        400_000,
        bin_s=100_000,
    )
    assert item.wait_p90_s.mean == pytest.approx(10 * math.log(5), rel=0.06)
    assert item.wait_p99_s.mean == pytest.approx(10 * math.log(50), rel=0.12)
    assert stations["m"].wait_p90_s.mean == pytest.approx(item.wait_p90_s.mean)
    assert item.departure_cv2.mean == pytest.approx(1, rel=0.03)  # Burke: departures of M/M/1 are Poisson


def test_first_pass_yield_and_rolled_yield():
    # Nobody is scrapped: 80 % pass x at the first try, 90 % pass y; what is rejected is done again and passes.
    document = """
    stations: {a: {}, b: {}}
    items: {p: {made-by: p, release: {saturated: true}}}
    routes:
      p:
        - {op: x, station: a, time: 1 s, good: [80 %, 100 %], else: {to: x}}
        - {op: y, station: b, time: 100 ms, good: [90 %, 100 %], else: {to: y}}
    """
    trial = simulate(document, 4000, bin_s=1000)
    item = items_of(plant_of(document), [trial.run])["p"]
    passed = item.first_pass_yield_by_operation
    tolerance = 5 * (0.2 / 3000) ** 0.5
    assert passed["x"].mean == pytest.approx(0.8, abs=tolerance)
    assert passed["y"].mean == pytest.approx(0.9, abs=tolerance)
    assert item.rolled_yield.mean == pytest.approx(passed["x"].mean * passed["y"].mean)
    assert item.first_pass_yield.mean == pytest.approx(0.8 * 0.9, abs=tolerance)
    assert trial.items["p"].scrapped == 0


def test_a_part_whose_lot_failed_has_not_passed_the_first_time():
    trial = simulate(
        """
        stations: {a: {}, lab: {}, b: {}}
        items: {p: {made-by: p, release: {every: 10 s}}}
        routes:
          p:
            - {op: make, station: a, time: 1 s,
               sample: {every: 2, operations: [look], good: 0.001 %, else: {to: make, tries: 1, then: sort}}}
            - {op: look, station: lab, time: 1 s, side: true}
            - {op: sort, station: b, time: 1 s, inspects: true, side: true, then: done}
        """,
        100,
    )
    assert trial.items["p"].finished > 4
    assert trial.items["p"].first_passed == 0


def test_service_level_is_the_share_of_orders_met_in_full_at_once():
    # Orders of two at 10, 20, 30, 40, made in 8 s apiece to a base stock of two: only the first is met in full.
    item, _ = figures(
        """
        stations: {m: {}}
        items: {p: {made-by: p, policy: {base-stock: 2}}}
        routes: {p: [{op: x, station: m, time: 8 s}]}
        demand: {p: {every: 10 s, pieces: 2}}
        """,
        45,
    )
    assert item.service_level.mean == 1 / 4
    assert item.fill_rate.mean == 3 / 8


def test_indicators_of_iso_22400_come_from_the_states():
    # Set up 10 min, busy 60, down 15, idle 35 of two hours; one failure; nothing rejected.
    trial = simulate(
        """
        stations: {saw: {setup: {first: 10 min}, failures: [{uptime: 31 min busy, repair: 15 min}]}}
        items: {p: {made-by: p, release: {every: 20 min}}}
        routes: {p: [{op: cut, station: saw, time: 12 min}]}
        """,
        7200,
        bin_s=60,
    )
    minutes = {"down": 15, "setup": 10, "busy": 60, "idle": 35}
    assert trial.states("saw") == {name: 60 * time for name, time in minutes.items()}
    expected = {
        "availability": 60 / 120,
        "effectiveness": 1,
        "quality_ratio": 1,
        "oee": 60 / 120,
        "nee": 70 / 120,
        "allocation_efficiency": 85 / 120,
        "utilisation_efficiency": 60 / 85,
        "technical_efficiency": 60 / 75,
        "setup_ratio": 10 / 70,
        "mttr_s": 15 * 60,
        "mtbf_s": 120 * 60,
    }
    assert indicators_of(trial.stations["saw"]) == pytest.approx(expected)


def test_slow_machines_and_rejects_lower_the_overall_effectiveness():
    # Twenty pieces of ten seconds, each second one rejected.
    trial = simulate(
        """
        stations: {m: {machines: [{speed: 0.5}]}}
        items: {p: {made-by: p, release: {saturated: true}}}
        routes: {p: [{op: x, station: m, time: 5 s, good: [0 %, 100 %], else: {to: x}}]}
        """,
        200,
    )
    found = indicators_of(trial.stations["m"])
    expected = {"availability": 1, "effectiveness": 0.5, "quality_ratio": 0.5, "oee": 0.25}
    assert {name: found[name] for name in expected} == pytest.approx(expected)


@settings(max_examples=25)
@given(plants())
def test_little_holds_between_measured_quantities_whatever_the_plant(tree):
    """From an empty start the integral of what is in process is the time that each part spent there, one by one."""
    trial = simulate(tree, 600, bin_s=100)
    world, now = trial.outcome.world, trial.outcome.end
    audit(trial.outcome)
    for i, item in enumerate(world.item):
        if item.release == NONE or item.scrapped or world.release.pieces[item.release] != 1:
            continue
        inside = sum(now - int(world.part[p].born) for p in in_process(world) if world.part[p].item_ == i)
        assert int(item.wip_area) + int(item.wip) * now == int(item.flow_sum) + inside


@settings(max_examples=25)
@given(plants(), st.integers(0, 300))
def test_components_consumed_are_built_in_scrapped_or_inside(tree, warmup):
    """Also over a warm-up; the engine checks it too, and refuses a run that violates it."""
    world = simulate_drawn(tree, 600, bin_s=100, warmup=warmup).outcome.world
    assert world.item.consumed.sum() == world.item.taken.sum()
    if warmup == 0:
        assert (world.item.taken == world.item.built_in + world.item.lost_in + world.item.contents).all()
