"""Mechanism 4: routes, alternatives, rework and repair."""

import pytest

from tests.trial import simulate


def test_a_station_serves_many_items_and_a_route_comes_back():
    # p visits a, b, a. q shares a. All by arrival order.
    trial = simulate(
        """
        stations: {a: {}, b: {}}
        items:
          p: {made-by: p, release: {every: 20 s}}
          q: {made-by: q, release: {every: 21 s}}
        routes:
          p: [{op: x, station: a, time: 3 s}, {op: y, station: b, time: 1 s}, {op: z, station: a, time: 2 s}]
          q: [{op: x, station: a, time: 4 s}]
        """,
        39,
    )
    # p: a 20 to 23, b to 24; q: a 23 to 27; p: a 27 to 29.
    assert (trial.times("p"), trial.times("q")) == ([29], [27])


def test_the_preferred_station_that_can_take_a_part_at_once_gets_it():
    # a takes the first part of each pair, b the second; a third would queue at the shorter queue, a before b.
    trial = simulate(
        """
        stations: {a: {}, b: {}}
        items: {p: {made-by: p, release: {every: 100 s, group: 4}}}
        routes: {p: [{op: x, station: [a, b], time: 10 s}]}
        """,
        199,
    )
    assert trial.times("p") == [110, 110, 120, 120]
    assert (trial.stations["a"].completions, trial.stations["b"].completions) == (2, 2)
    lone = simulate(
        """
        stations: {a: {}, b: {}}
        items: {p: {made-by: p, release: {every: 100 s}}}
        routes: {p: [{op: x, station: [b, a], time: 10 s}]}
        """,
        499,
    )
    assert (lone.stations["a"].completions, lone.stations["b"].completions) == (0, 4)


def test_an_alternative_off_shift_is_left_out():
    trial = simulate(
        """
        from: 2027-03-01
        calendars: {late: {shifts: ["12:00-24:00"]}}
        stations: {a: {calendar: late}, b: {}}
        items: {p: {made-by: p, release: {every: 1 h}}}
        routes: {p: [{op: x, station: [a, b], time: 90 min}]}
        """,
        11.9 * 3600,
        bin_s=3600,
    )
    assert trial.stations["a"].completions == 0
    assert trial.stations["b"].completions == 7


REWORK = """
stations: {{a: {{}}, r: {{}}}}
items: {{p: {{made-by: p, release: {{every: 100 s}}}}, screw: {{}}}}
routes:
  p:
    - {{op: x, station: a, time: 10 s, good: {good}, else: {{to: {to}, {cap}}}}}
    - {{op: mend, station: r, time: 1 s, side: true}}
    - {{op: strip, station: r, time: 2 s, side: true, gives: {{screw: 3}}}}
"""


def test_a_rejected_part_goes_back_to_an_operation():
    # The first try always fails, the second always succeeds: 10 s twice.
    trial = simulate(REWORK.format(good="[0 %, 100 %]", to="x", cap="tries: 5"), 199)
    assert trial.times("p") == [120]
    assert (trial.items["p"].rejected, trial.items["p"].inspected) == (1, 2)


def test_a_repaired_part_returns_to_the_operation_that_sent_it():
    trial = simulate(REWORK.format(good="[0 %, 0 %, 100 %]", to="mend", cap="tries: 5"), 199)
    assert trial.times("p") == [132]  # 10, 1, 10, 1, 10
    assert trial.stations["r"].completions == 2


def test_past_its_tries_a_part_is_scrapped():
    # Two tries allowed: it is sent to repair twice and scrapped at its third failure.
    trial = simulate(REWORK.format(good="0.001 %", to="mend", cap="tries: 2"), 199)
    assert trial.times("p") == []
    assert trial.items["p"].scrapped == 1
    assert trial.stations["r"].completions == 2
    assert trial.stations["a"].completions == 3


def test_past_its_tries_a_part_may_be_taken_apart():
    trial = simulate(REWORK.format(good="0.001 %", to="mend", cap="tries: 1, then: strip"), 199)
    # 10, repair 1, 10, teardown 2: at 123 it is gone and three screws are there.
    assert trial.items["p"].scrapped == 1
    assert trial.levels("screw")[121:123] == [0, 3]


def test_without_a_cap_a_part_tries_for_ever():
    trial = simulate(REWORK.format(good="0.001 %", to="x", cap="tries: 1000").replace(", tries: 1000", ""), 1000)
    assert trial.items["p"].scrapped == 0
    assert trial.stations["a"].completions == 90


def test_an_uncapped_share_of_good_parts_sets_the_number_of_visits():
    # Three in four pass: 4/3 visits a part in the long run.
    trial = simulate(
        """
        stations: {a: {}}
        items: {p: {made-by: p, release: {saturated: true}}}
        routes: {p: [{op: x, station: a, time: 1 s, good: 75 %, else: {to: x}}]}
        """,
        8_000,
        bin_s=1000,
    )
    assert trial.stations["a"].completions / trial.items["p"].finished == pytest.approx(4 / 3, rel=0.03)


def test_a_part_with_a_choice_does_not_wait_behind_one_that_its_machine_keeps():
    # From 110 to 160 c is down and keeps its q, which waits for a. At 120 there is room before a; p, done at 130, finds
    # b busy until 200 and goes there, q or no q: 140 to 160.
    trial = simulate(
        """
        stations:
          a: {room: 1}
          b: {room: 0}
          c: {locked: true, failures: [{uptime: 110 s, repair: 50 s}]}
          d: {}
        items:
          p: {made-by: p, release: {every: 125 s}}
          q: {made-by: q, release: {every: 100 s}}
          r: {made-by: r, release: {every: 100 s, group: 2}}
          s: {made-by: s, release: {every: 100 s}}
        routes:
          p: [{op: x, station: d, time: 5 s}, {op: y, station: [b, a], time: 20 s}]
          q: [{op: x, station: c, time: 5 s}, {op: y, station: a, time: 20 s}]
          r: [{op: y, station: a, time: 20 s}]
          s: [{op: y, station: b, time: 100 s}]
        """,
        190,
    )
    assert (trial.times("p"), trial.times("q"), trial.times("r")) == ([160], [180], [120, 140])


def test_of_busy_stations_the_one_with_the_shortest_queue_per_machine_is_taken():
    # a has one machine and one part waiting, b two machines and one part waiting: half as long a queue.
    trial = simulate(
        """
        stations: {a: {}, b: {machines: 2}}
        items: {p: {made-by: p, release: {every: 100 s, group: 6}}}
        routes: {p: [{op: x, station: [a, b], time: 10 s}]}
        """,
        101,
    )
    # Three begin. The fourth finds no queue and goes to a, the preferred one; the fifth to b; the sixth to b again,
    # where half a part waits per machine and not a whole one.
    assert (trial.record("station", "a").waiting, trial.record("station", "b").waiting) == (1, 2)


def test_tries_count_rejections_in_a_row_by_one_operation():
    # x fails once in two, y always once: x rejects (1), then y, then x again (1, not 2): with one try nobody is lost.
    document = """
    stations: {{a: {{}}, b: {{}}}}
    items: {{p: {{made-by: p, release: {{every: 100 s}}}}}}
    routes:
      p:
        - {{op: x, station: a, time: 1 s, good: [0 %, 100 %], else: {{to: x, tries: 1}}}}
        - {{op: y, station: b, time: 1 s, good: {y}, else: {{to: x, tries: 1}}}}
    """
    # x, x (passes), y rejects, and x counts anew: rejected, passes; y passes at its second try.
    again = simulate(document.format(y="[0 %, 100 %]"), 199)
    assert again.items["p"].scrapped == 0
    # y counts anew too, since x rejected in between: its second rejection is again a first one.
    assert again.times("p") == []
    assert again.stations["b"].completions > 10
