"""Mechanism 1: one queue, several machines, and which waiting part is next."""

import pytest

from tests.trial import simulate

QUEUE = """
stations: {{m: {{rule: {rule}}}}}
items:
  blocker: {{made-by: blocker, release: {{every: 100 s}}}}
  long: {{made-by: long, release: {{every: 120 s}}}}
  short: {{made-by: short, release: {{every: 130 s}}}}
routes:
  blocker: [{{op: x, station: m, time: 60 s}}]
  long: [{{op: x, station: m, time: 20 s, priority: 2}}]
  short: [{{op: x, station: m, time: 10 s, priority: 1}}]
"""


@pytest.mark.parametrize(
    ("rule", "long", "short"),
    [
        # The blocker holds the machine from 100 to 160; by then the long one waits since 120, the short one since 130.
        ("fifo", 180, 190),
        ("due", 180, 190),  # without dates parts are due when they enter
        ("shortest", 190, 170),
        ("priority", 190, 170),
    ],
)
def test_the_rule_says_which_waiting_part_is_next(rule, long, short):
    trial = simulate(QUEUE.format(rule=rule), 199)
    assert trial.times("blocker") == [160]
    assert (trial.times("long"), trial.times("short")) == ([long], [short])


DATED = """
from: 2027-03-01
stations: {{m: {{rule: {rule}}}}}
routes:
  early: [{{op: x, station: m, time: {early} h}}]
  late: [{{op: x, station: m, time: {late} h}}]
products:
  early: {{made-by: early, ahead: 8 h}}
  late: {{made-by: late}}
demand:
  early: {{orders: [{{date: 2027-03-01, pieces: 1}}]}}
  late: {{orders: [{{date: 2027-03-04, pieces: 3}}]}}
"""


def hours(trial, item):
    return [time / 3600 for time in trial.times(item)]


def test_earliest_due_date_goes_before_arrival():
    # Three late ones (due on day 3) may begin at once, 5 h each; the early one (due at noon) from 4:00 on. At 5:00 it
    # overtakes the two that have waited since midnight.
    due = simulate(DATED.format(rule="due", early=1, late=5), 86_400, bin_s=3600)
    assert (hours(due, "late"), hours(due, "early")) == ([5, 11, 16], [6])
    fifo = simulate(DATED.format(rule="fifo", early=1, late=5), 86_400, bin_s=3600)
    assert (hours(fifo, "late"), hours(fifo, "early")) == ([5, 10, 15], [16])


def test_critical_ratio_weighs_the_time_left_by_the_work_left():
    # At 1:00 the early one is not there yet; at 5:00 it has 7 h for 1 h of work (ratio 7), a late one 79 h for 20 h of
    # work (ratio 4): the late one goes first, although it is due later. At 20:00 the early one is 8 h late, and no
    # ratio is
    # smaller than a negative one.
    trial = simulate(DATED.format(rule="critical-ratio", early=1, late=20), 42 * 3600, bin_s=3600)
    assert (hours(trial, "late"), hours(trial, "early")) == ([20, 41], [21])


def test_same_family_first_follows_the_setup():
    # Red and blue arrive by turns every 10 s, each takes 10 s, a change of family 30 s. Kept to one family, a machine
    # changes only when nothing of it waits.
    document = """
    stations: {{m: {{rule: {rule}, setup: 30 s between families}}}}
    items:
      blue: {{made-by: blue, release: {{every: 20 s}}}}
      red: {{made-by: red, release: {{every: 20 s}}}}
    routes:
      blue: [{{op: x, station: m, time: 5 s}}]
      red: [{{op: x, station: m, time: 5 s}}]
    """
    kept = simulate(document.format(rule="same-family"), 400)
    mixed = simulate(document.format(rule="fifo"), 400)
    assert mixed.stations["m"].setups == 11  # 20 to 400 s: 35 s each, all of them changes
    assert kept.stations["m"].setups < 11
    assert kept.stations["m"].pieces > mixed.stations["m"].pieces


def test_a_family_is_kept_where_changing_costs_nothing():
    # All five arrive at 10 s: red, blue, red, blue ... by document order would alternate; the rule keeps to a family.
    document = """
    stations: {m: {rule: same-family}}
    items:
      red: {made-by: red, release: {every: 10 s, group: 3}}
      blue: {made-by: blue, release: {every: 10 s, group: 3}}
    routes:
      red: [{op: x, station: m, time: 1 s, family: red}, {op: y, station: m, time: 1 s, family: blue}]
      blue: [{op: x, station: m, time: 1 s, family: blue}]
    """
    trial = simulate(document, 19.5, bin_s=0.5)
    # Red first operations 10..13, then all that is blue: the blue ones (arrived first) 13..16, red second ones 16..19.
    assert (trial.times("blue"), trial.times("red")) == ([14, 15, 16], [17, 18, 19])


def test_machines_of_a_station_may_differ_in_speed():
    trial = simulate(
        """
        stations: {m: {machines: [{speed: 2}, {}]}}
        items: {p: {made-by: p, release: {saturated: true}}}
        routes: {p: [{op: x, station: m, time: 10 s}]}
        """,
        20,
    )
    assert trial.times("p") == [5, 10, 10, 15, 20, 20]


def test_a_machine_takes_only_what_it_is_qualified_for():
    # Machine 1 takes only a, machine 2 all. Both arrive at 10, 20, ...; b waits for machine 2 although 1 is idle.
    trial = simulate(
        """
        stations: {m: {machines: [{only: [a]}, {}]}}
        items:
          a: {made-by: a, release: {every: 10 s}}
          b: {made-by: b, release: {every: 10 s, group: 2}}
        routes:
          a: [{op: x, station: m, time: 9 s}]
          b: [{op: x, station: m, time: 4 s}]
        """,
        19,
    )
    assert trial.times("a") == [19]
    assert trial.times("b") == [14, 18]


def test_the_machine_that_is_idle_longest_is_used_first():
    # A part every 10 s for 1 s: the two machines take turns, which their clocks of busy time show.
    trial = simulate(
        """
        stations: {m: {machines: 2}}
        items: {p: {made-by: p, release: {every: 10 s}}}
        routes: {p: [{op: x, station: m, time: 1 s}]}
        """,
        45,
    )
    assert list(trial.outcome.world.machine.cycles) == [2, 2]


@pytest.mark.parametrize("rule", ["fifo", "due", "shortest", "priority", "same-family"])
def test_ties_fall_to_arrival_order(rule):
    # The blocker holds the machine from 100 to 160. Then b waits since 120 and c since 130: equal for every rule.
    document = QUEUE.format(rule=rule).replace("time: 20 s, priority: 2", "time: 10 s, priority: 1, family: f")
    document = document.replace("time: 10 s, priority: 1}", "time: 10 s, priority: 1, family: f}")
    trial = simulate(document, 199)
    assert (trial.times("long"), trial.times("short")) == ([170], [180])


@pytest.mark.parametrize("missing", ["uses: {ore: 1}", "people: {fit: 1}", "tools: {jig: 1}"])
def test_a_part_that_waits_for_more_than_the_machine_is_passed_by_others(missing):
    # Two p come at 10 and lack their ore (or the fitter, or the jig, both at h) until 30; q comes at 12 and goes first.
    trial = simulate(
        f"""
        crews: {{f: {{skills: [fit], people: 1}}}}
        tools: {{jig: {{}}}}
        stations: {{m: {{}}, n: {{}}, quarry: {{machines: 2}}}}
        items:
          p: {{made-by: p, release: {{every: 10 s, group: 2}}}}
          q: {{made-by: q, release: {{every: 12 s}}}}
          h: {{made-by: h, release: {{every: 9 s}}}}
          ore: {{made-by: ore, release: {{every: 29 s, group: 2}}}}
        routes:
          p: [{{op: x, station: m, time: 2 s, {missing}}}]
          q: [{{op: x, station: m, time: 1 s}}]
          h: [{{op: x, station: n, time: 21 s, people: {{fit: 1}}, tools: {{jig: 1}}}}]
          ore: [{{op: x, station: quarry, time: 1 s}}]
        """,
        32.5,
        bin_s=0.5,
    )
    assert trial.times("q")[0] == 13
    assert trial.times("p") == [32]
