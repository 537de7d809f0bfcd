"""Mechanisms 15, 16 and 17: states, the empty start, accounts that add up."""

import pytest

from plantwright.results import STATES
from tests.audit import audit, chain
from tests.trial import simulate

MM1 = """
stations: {m: {}}
items: {p: {made-by: p, release: {every: exponential(10 s)}}}
routes: {p: [{op: x, station: m, time: exponential(8 s)}]}
"""


def test_off_shift_goes_before_down_and_down_before_blocked():
    # a is blocked from 2 on (b takes for ever), down from 10 to 30, off shift from 60 on.
    trial = simulate(
        """
        calendars: {c: {shifts: ["00:00-00:01"]}}
        stations: {a: {calendar: c, failures: [{uptime: 10 s, repair: 20 s}]}, b: {room: 0}}
        items: {p: {made-by: p, release: {saturated: true}}}
        routes: {p: [{op: x, station: a, time: 1 s}, {op: y, station: b, time: 1 h}]}
        """,
        100,
    )
    # Up again at 30, down once more from 40 on: 10 + 20 of the first minute.
    assert trial.states("a") == {"busy": 2, "blocked": 8 + 10, "down": 20 + 20, "off shift": 40}


def test_states_add_up_to_the_time_elapsed_exactly():
    trial = simulate(MM1.replace("{m: {}}", "{m: {machines: 3}}"), 1000.000001, warmup=123.456789)
    ticks = {name: round(time * 1e6) for name, time in trial.stations["m"].state_s.items()}
    assert sum(ticks.values()) == 3 * (1_000_000_001 - 123_456_789)
    assert tuple(ticks) == STATES


def test_a_station_is_active_from_part_to_part_as_long_as_it_never_waits():
    # a always has the next part; b works from 3 to 5, from 6 to 8, from 9 to 11 and waits a second in between.
    trial = simulate(
        """
        stations: {a: {}, b: {}}
        items: {p: {made-by: p, release: {saturated: true}}}
        routes: {p: [{op: x, station: a, time: 3 s}, {op: y, station: b, time: 2 s}]}
        """,
        10.5,
        bin_s=1.0,
    )
    a, b = (trial.outcome.active[:, index] / 1e6 for index in range(2))
    assert a[[1, 4, 9]].tolist() == [2.0, 5.0, 10.0]  # at the end of each second
    assert b[[1, 3, 6, 7, 9]].tolist() == [-1e-6, 1.0, 1.0, -1e-6, 1.0]


def test_several_machines_are_active_while_all_of_them_are():
    # Parts come at 2, 4, 6, ... and take 3 s: the second machine joins at 4, 6, ... for a second each time.
    trial = simulate(
        """
        stations: {m: {machines: 2}}
        items: {p: {made-by: p, release: {every: 2 s}}}
        routes: {p: [{op: x, station: m, time: 3 s}]}
        """,
        8.4,
        bin_s=0.6,
    )
    active = trial.outcome.active[:, 0] / 1e6
    assert active[[3, 6, 7, 10]].round(6).tolist() == [-1e-6, 0.2, 0.8, 0.6]  # at 2.4, 4.2, 4.8 and 6.6


def test_a_run_begins_empty_with_the_stocks_of_the_document():
    trial = simulate(
        """
        stations: {m: {}}
        items:
          full: {made-by: x, policy: {kanban: 5}}
          told: {made-by: x, policy: {kanban: 5}, start: 2}
          bought: {buy: {from: mine, policy: {s: 3, Q: 4}}}
          none: {made-by: x, release: {every: 100 s}}
        offers: {mine: {item: bought, lead-time: 1 h}}
        routes: {x: [{op: x, station: m, time: 10 s}]}
        """,
        1,
    )
    stock = {name: int(trial.record("item", name).stock) for name in ("full", "told", "bought", "none")}
    assert stock == {"full": 5, "told": 2, "bought": 7, "none": 0}


def test_the_same_seed_is_the_same_run_and_another_is_not():
    first, again, other = (simulate(MM1, 2000, seed=seed).run for seed in (1, 1, 2))
    assert first.items == again.items
    assert first.stations == again.stations
    assert first.items != other.items


def test_warming_up_leaves_the_course_of_events_alone():
    whole, late = simulate(MM1, 3000), simulate(MM1, 3000, warmup=1000)
    assert late.items["p"].finished == len([time for time in whole.times("p") if time > 1000])
    audit(whole.outcome)


def test_littles_law_holds_exactly_from_an_empty_start():
    # The integral of the queue is the sum of all waits, over or so far, to the microsecond.
    trial = simulate(MM1, 5000)
    world, now = trial.outcome.world, trial.outcome.end
    so_far = sum(now - int(world.part[p].entered) for p in chain(world, world.lane[0].first))
    record = trial.record("station", "m")
    assert int(record.queue_area) + int(record.waiting) * now == int(record.wait_sum) + so_far
    assert record.waits > 300


def test_flow_times_and_the_time_between_departures():
    # Parts at 10, 20, 30: 1 s each, then 12 s on b: flow times 13, 15, 17; departures 12 s apart.
    trial = simulate(
        """
        stations: {a: {}, b: {}}
        items: {p: {made-by: p, release: {every: 10 s}}}
        routes: {p: [{op: x, station: a, time: 1 s}, {op: y, station: b, time: 12 s}]}
        """,
        47,
    )
    item = trial.items["p"]
    assert trial.times("p") == [23, 35, 47]
    assert item.flow_time_mean_s == 15
    assert item.flow_time_quantiles_s["P50"] == pytest.approx(15, rel=0.004)
    assert item.flow_time_quantiles_s["P99"] == pytest.approx(17, rel=0.004)
    assert item.departure_cv2 == pytest.approx(0, abs=1e-9)
    assert trial.stations["b"].wait_mean_s == (0 + 2 + 4 + 6) / 4  # the fourth is taken at 47


def test_work_in_process_is_an_integral_over_time():
    # One part inside from 10 to 23, 20 to 35, 30 to 47 and 40 to 47.
    trial = simulate(
        """
        stations: {a: {}, b: {}}
        items: {p: {made-by: p, release: {every: 10 s}}}
        routes: {p: [{op: x, station: a, time: 1 s}, {op: y, station: b, time: 12 s}]}
        """,
        47,
    )
    assert trial.items["p"].wip_mean == pytest.approx((13 + 15 + 17 + 7) / 47)


def test_fill_rate_is_the_share_met_at_once():
    # Orders at 10, 20, 30, 40 of two pieces each, made in 8 s apiece to a base stock of two.
    trial = simulate(
        """
        stations: {m: {}}
        items: {p: {made-by: p, policy: {base-stock: 2}}}
        routes: {p: [{op: x, station: m, time: 8 s}]}
        demand: {p: {every: 10 s, pieces: 2}}
        """,
        45,
    )
    # Met: 2 at 10; at 20 one (made at 18); at 30 none (26 went to a customer); at 40 none.
    assert trial.items["p"].ordered == 8
    assert trial.items["p"].met_at_once == 3


def test_a_plant_that_stands_still_says_so():
    # Five are needed at once and only four can be inside.
    trial = simulate(
        """
        stations: {m: {batch: {max: 5, min: 5}}}
        items: {p: {made-by: p, release: {conwip: 4}}}
        routes: {p: [{op: x, station: m, time: 1 s}]}
        """,
        100,
    )
    assert trial.run.stopped == "exhausted"
    assert "4 pieces in process" in trial.run.notes[0]


LACKING = """
crews: {{f: {{skills: [fit], people: 1}}}}
stations: {{a: {{}}, b: {{}}}}
items:
  ore: {{buy: {{from: mine, policy: {{s: 0, Q: 1}}}}, start: 0}}
  p: {{made-by: p, release: {{every: 12 s}}}}
  q: {{made-by: q, release: {{every: {every}}}}}
offers: {{mine: {{item: ore, lead-time: 20 s}}}}
routes:
  p: [{{op: x, station: a, time: 5 s, uses: {{ore: 1}}, people: {{fit: 1}}}}]
  q: [{{op: x, station: b, time: 20 s, people: {{fit: 1}}}}]
"""


def test_a_machine_that_lacks_both_waits_for_people():
    # p comes at 12, the fitter is with q from 10 to 30, the ore comes at 20.
    assert simulate(LACKING.format(every="10 s"), 29).states("a") == {"idle": 12, "waiting for people": 17}


def test_a_reason_stands_as_long_as_it_holds():
    # At 12 only the ore is missing; that the fitter goes to q at 15 changes nothing until it comes at 20.
    found = simulate(LACKING.format(every="15 s"), 29).states("a")
    assert found == {"idle": 12, "starved for kit": 8, "waiting for people": 9}
